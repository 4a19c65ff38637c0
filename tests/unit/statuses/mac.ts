/** Message authentication codes. */
import { createHmac } from 'node:crypto';
import {
  PSA_ALG_AT_LEAST_THIS_LENGTH_MAC,
  PSA_ALG_CMAC,
  PSA_ALG_CTR,
  PSA_ALG_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_TRUNCATED_MAC,
  PSA_KEY_TYPE_DES,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { macOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, bytesOf } from '../../support/bytes.ts';
import { aesKey, HMAC_KEY, hmacKey, importing } from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_MAC } from '../../support/unsupported.ts';
import { type Given, type Row, rowsOf, type Scene, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const HMAC = PSA_ALG_HMAC(PSA_ALG_SHA_256);
const ABC = ascii('abc');
const MAC = bytesOf(createHmac('sha256', HMAC_KEY).update('abc').digest());
const WRONG = MAC.with(0, (MAC[0] ?? 0) ^ 1);
const desKey = importing(PSA_KEY_TYPE_DES, new Uint8Array(24).fill(1));

const signing = async ({ psa }: Given): Promise<number> => {
  const operation = macOperationInit();
  await must(psa.macSignSetup(operation, await hmacKey(psa, HMAC), HMAC));
  await must(psa.macUpdate(operation, ABC));
  return operation.handle;
};

const verifying = async ({ psa }: Given): Promise<number> => {
  const operation = macOperationInit();
  await must(psa.macVerifySetup(operation, await hmacKey(psa, HMAC), HMAC));
  await must(psa.macUpdate(operation, ABC));
  return operation.handle;
};

const setup: Scene = async (given) => ({ key: await given.key(hmacKey, HMAC), alg: HMAC });

export const scenes: Scenes = {
  psa_mac_compute: async (given) => ({ ...(await setup(given)), input: ABC }),
  psa_mac_verify: async (given) => ({ ...(await setup(given)), input: ABC, mac: MAC }),
  psa_mac_sign_setup: setup,
  psa_mac_verify_setup: setup,
  psa_mac_update: async (given) => ({ operation: await signing(given), input: ABC }),
  psa_mac_sign_finish: async (given) => ({ operation: await signing(given) }),
  psa_mac_verify_finish: async (given) => ({ operation: await verifying(given), mac: MAC }),
  psa_mac_abort: async (given) => ({ operation: await signing(given) }),
};

const withKey: readonly RemoteFunction[] = [
  'psa_mac_compute',
  'psa_mac_verify',
  'psa_mac_sign_setup',
  'psa_mac_verify_setup',
];
const comparing: readonly RemoteFunction[] = ['psa_mac_verify', 'psa_mac_verify_finish'];

export const rows: readonly Row[] = [
  ...withKey.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the key is for another algorithm', { alg: PSA_ALG_TRUNCATED_MAC(HMAC, 8) }),
    row(
      name,
      'INVALID_ARGUMENT',
      'the algorithm is no MAC',
      { alg: PSA_ALG_CTR },
      { keys: { alg: PSA_ALG_CTR } },
    ),
    row(
      name,
      'INVALID_ARGUMENT',
      'the algorithm is a wildcard',
      { alg: PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC, 8) },
      { keys: { alg: PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC, 8) } },
    ),
    row(name, 'INVALID_ARGUMENT', 'the key is of a type that the algorithm is not for', async ({ psa }) => ({
      key: await aesKey(psa, HMAC),
    })),
    row(
      name,
      'INVALID_ARGUMENT',
      'the MAC would be longer than the hash',
      { alg: PSA_ALG_TRUNCATED_MAC(HMAC, 33) },
      {
        keys: { alg: PSA_ALG_TRUNCATED_MAC(HMAC, 33) },
      },
    ),
    row(
      name,
      'NOT_SUPPORTED',
      'the MAC algorithm is not there',
      { alg: UNKNOWN_MAC },
      { keys: { alg: UNKNOWN_MAC } },
    ),
    row(name, 'NOT_SUPPORTED', 'the block cipher has no CMAC here', async ({ psa }) => ({
      key: await desKey(psa, PSA_ALG_CMAC),
      alg: PSA_ALG_CMAC,
    })),
  ]),
  ...comparing.flatMap((name) => [
    row(name, 'INVALID_SIGNATURE', 'the MAC is another', { mac: WRONG }),
    row(name, 'INVALID_SIGNATURE', 'the MAC is the beginning of the right one', { mac: MAC.slice(0, 31) }),
  ]),
  row('psa_mac_sign_finish', 'BAD_STATE', 'the operation verifies', async (given) => ({
    operation: await verifying(given),
  })),
  row('psa_mac_verify_finish', 'BAD_STATE', 'the operation signs', async (given) => ({
    operation: await signing(given),
  })),
];
