/** Hashes. */
import { createHash } from 'node:crypto';
import {
  PSA_ALG_AES_MMO_ZIGBEE,
  PSA_ALG_CTR,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA3_256,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, bytesOf, NOTHING } from '../../support/bytes.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_HASH } from '../../support/unsupported.ts';
import { type Given, type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const ABC = ascii('abc');
const DIGEST = bytesOf(createHash('sha256').update('abc').digest());
const WRONG = DIGEST.with(0, (DIGEST[0] ?? 0) ^ 1);
/** One byte more than this hash is defined for (10.2.1); untouched, it takes no memory. */
const BEYOND_MMO = new Uint8Array(2 ** 29);

/** An operation that has taken 'abc'. */
const running = async ({ psa }: Given, alg = PSA_ALG_SHA_256): Promise<number> => {
  const operation = hashOperationInit();
  await must(psa.hashSetup(operation, alg));
  await must(psa.hashUpdate(operation, ABC));
  return operation.handle;
};

const suspended = async ({ psa }: Given): Promise<Uint8Array> => {
  const operation = hashOperationInit();
  await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
  await must(psa.hashUpdate(operation, ABC));
  return (await must(psa.hashSuspend(operation))).hashState;
};

export const scenes: Scenes = {
  psa_hash_compute: () => ({ alg: PSA_ALG_SHA_256, input: ABC }),
  psa_hash_compare: () => ({ alg: PSA_ALG_SHA_256, input: ABC, hash: DIGEST }),
  psa_hash_setup: () => ({ alg: PSA_ALG_SHA_256 }),
  psa_hash_update: async (given) => ({ operation: await running(given), input: ABC }),
  psa_hash_finish: async (given) => ({ operation: await running(given) }),
  psa_hash_verify: async (given) => ({ operation: await running(given), hash: DIGEST }),
  psa_hash_abort: async (given) => ({ operation: await running(given) }),
  psa_hash_suspend: async (given) => ({ operation: await running(given) }),
  psa_hash_resume: async (given) => ({ hash_state: await suspended(given) }),
  psa_hash_clone: async (given) => ({ source_operation: await running(given) }),
};

const withAlgorithm: readonly RemoteFunction[] = ['psa_hash_compute', 'psa_hash_compare', 'psa_hash_setup'];
const comparing: readonly RemoteFunction[] = ['psa_hash_compare', 'psa_hash_verify'];

export const rows: readonly Row[] = [
  ...withAlgorithm.flatMap((name) => [
    row(name, 'INVALID_ARGUMENT', 'the algorithm is no hash', { alg: PSA_ALG_CTR }),
    row(name, 'NOT_SUPPORTED', 'the hash algorithm is not there', { alg: UNKNOWN_HASH }),
  ]),
  row('psa_hash_compute', 'INVALID_ARGUMENT', 'the input is longer than the algorithm takes', {
    alg: PSA_ALG_AES_MMO_ZIGBEE,
    input: BEYOND_MMO,
  }),
  row('psa_hash_compare', 'INVALID_ARGUMENT', 'the input is longer than the algorithm takes', {
    alg: PSA_ALG_AES_MMO_ZIGBEE,
    input: BEYOND_MMO,
  }),
  row(
    'psa_hash_update',
    'INVALID_ARGUMENT',
    'all input is longer than the algorithm takes',
    async (given) => ({
      operation: await running(given, PSA_ALG_AES_MMO_ZIGBEE),
      input: BEYOND_MMO.subarray(3),
    }),
  ),
  ...comparing.flatMap((name) => [
    row(name, 'INVALID_SIGNATURE', 'the hash is another', { hash: WRONG }),
    row(name, 'INVALID_SIGNATURE', 'the hash is the beginning of the right one', {
      hash: DIGEST.slice(0, 31),
    }),
  ]),
  row('psa_hash_suspend', 'NOT_SUPPORTED', 'the algorithm has no suspend state', async (given) => ({
    operation: await running(given, PSA_ALG_SHA3_256),
  })),
  row('psa_hash_resume', 'INVALID_ARGUMENT', 'the state is empty', { hash_state: NOTHING }),
  row('psa_hash_resume', 'INVALID_ARGUMENT', 'a byte of the state is missing', (_, { hash_state }) => ({
    hash_state: (hash_state as Uint8Array).slice(0, -1),
  })),
  row('psa_hash_resume', 'INVALID_ARGUMENT', 'the state names no hash', (_, { hash_state }) => ({
    hash_state: (hash_state as Uint8Array).with(0, 0x04),
  })),
  row(
    'psa_hash_resume',
    'NOT_SUPPORTED',
    'the state is of a hash that is not there',
    (_, { hash_state }) => ({
      hash_state: (hash_state as Uint8Array).with(3, 0xfe),
    }),
  ),
];
