/** Signatures of messages that come in parts. */
import {
  PSA_ALG_AES_MMO_ZIGBEE,
  PSA_ALG_CTR,
  PSA_ALG_ECDSA,
  PSA_ALG_ED25519PH,
  PSA_ALG_IS_ECDSA,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import {
  type SignOperation,
  signOperationInit,
  type VerifyOperation,
  verifyOperationInit,
} from '../../../psa-api/generated/psa.ts';
import { ascii } from '../../support/bytes.ts';
import { aesKey, importing, p256Pair, p256Public } from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_HASH } from '../../support/unsupported.ts';
import { type Given, type KeyMaker, type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const ECDSA = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
const UNKNOWN = PSA_ALG_ECDSA(UNKNOWN_HASH);
/** An algorithm with a context. */
const PH = PSA_ALG_ED25519PH;
/** Over the one hash with an end that can be reached (10.2.1), and a message beyond it, which takes no memory. */
const MMO = PSA_ALG_ECDSA(PSA_ALG_AES_MMO_ZIGBEE);
const BEYOND_MMO = new Uint8Array(2 ** 29);
const ABC = ascii('abc');
const CONTEXT = ascii('context');
const LONG_CONTEXT = new Uint8Array(256);
/** More than half of what PureEdDSA takes in parts here. */
const HALF = new Uint8Array(2 ** 23 + 1);
const ed25519Pair = importing(
  PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS),
  new Uint8Array(32).fill(5),
);

const pairFor = (alg: number): KeyMaker => (PSA_ALG_IS_ECDSA(alg) ? p256Pair : ed25519Pair);

const signing = async ({ psa }: Given, alg = ECDSA): Promise<SignOperation> => {
  const operation = signOperationInit();
  await must(psa.signSetup(operation, await pairFor(alg)(psa, alg), alg));
  return operation;
};

const signature = async ({ psa }: Given): Promise<Uint8Array> =>
  (await must(psa.signMessage(await p256Pair(psa, ECDSA), ECDSA, ABC))).signature;

const verifying = async (given: Given, alg = ECDSA): Promise<VerifyOperation> => {
  const { psa } = given;
  const operation = verifyOperationInit();
  const key = await pairFor(alg)(psa, alg);
  await must(psa.verifySetup(operation, key, alg, await signature(given)));
  return operation;
};

/** With the message that the signature is of. */
const verified = async (given: Given, message = ABC): Promise<number> => {
  const operation = await verifying(given);
  await must(given.psa.verifyUpdate(operation, message));
  return operation.handle;
};

export const scenes: Scenes = {
  psa_sign_setup: async (given) => ({ key: await given.key(p256Pair, ECDSA), alg: ECDSA }),
  psa_sign_set_context: async (given) => ({ operation: (await signing(given, PH)).handle, context: CONTEXT }),
  psa_sign_update: async (given) => ({ operation: (await signing(given)).handle, input: ABC }),
  psa_sign_finish: async (given) => ({ operation: (await signing(given)).handle }),
  psa_sign_abort: async (given) => ({ operation: (await signing(given)).handle }),
  psa_verify_setup: async (given) => ({
    key: await given.key(p256Pair, ECDSA),
    alg: ECDSA,
    signature: await signature(given),
  }),
  psa_verify_set_context: async (given) => ({
    operation: (await verifying(given, PH)).handle,
    context: CONTEXT,
  }),
  psa_verify_update: async (given) => ({ operation: (await verifying(given)).handle, input: ABC }),
  psa_verify_finish: async (given) => ({ operation: await verified(given) }),
  psa_verify_abort: async (given) => ({ operation: await verified(given) }),
};

const setups: readonly RemoteFunction[] = ['psa_sign_setup', 'psa_verify_setup'];
const contexts: readonly RemoteFunction[] = ['psa_sign_set_context', 'psa_verify_set_context'];

export const rows: readonly Row[] = [
  ...setups.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the key is for another algorithm', { alg: PSA_ALG_ECDSA(PSA_ALG_SHA_384) }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm signs nothing', { alg: PSA_ALG_CTR }),
    row(name, 'NOT_SUPPORTED', 'the hash of the algorithm is not there', async ({ psa }) => ({
      key: await p256Pair(psa, UNKNOWN),
      alg: UNKNOWN,
    })),
  ]),
  row('psa_sign_setup', 'INVALID_ARGUMENT', 'the key is a public key', async ({ psa }) => ({
    key: await p256Public(psa, ECDSA),
  })),
  row('psa_sign_setup', 'INVALID_ARGUMENT', 'the algorithm needs the message twice', async ({ psa }) => ({
    key: await ed25519Pair(psa, PSA_ALG_PURE_EDDSA),
    alg: PSA_ALG_PURE_EDDSA,
  })),
  row(
    'psa_verify_setup',
    'NOT_SUPPORTED',
    'the key is of a type that the algorithm is not for',
    async ({ psa }) => ({
      key: await aesKey(psa, ECDSA),
    }),
  ),
  row('psa_verify_setup', 'INVALID_ARGUMENT', 'the key is of another curve', async ({ psa }) => ({
    key: await ed25519Pair(psa, ECDSA),
  })),
  ...contexts.map((name) =>
    row(name, 'INVALID_ARGUMENT', 'the context is longer than the algorithm takes', {
      context: LONG_CONTEXT,
    }),
  ),
  row('psa_sign_set_context', 'INVALID_ARGUMENT', 'the algorithm has no context', async (given) => ({
    operation: (await signing(given)).handle,
  })),
  row('psa_verify_set_context', 'INVALID_ARGUMENT', 'the algorithm has no context', async (given) => ({
    operation: (await verifying(given)).handle,
  })),
  row('psa_sign_set_context', 'BAD_STATE', 'there is a context', async (given) => {
    const operation = await signing(given, PH);
    await must(given.psa.signSetContext(operation, CONTEXT));
    return { operation: operation.handle };
  }),
  row('psa_verify_set_context', 'BAD_STATE', 'there is a context', async (given) => {
    const operation = await verifying(given, PH);
    await must(given.psa.verifySetContext(operation, CONTEXT));
    return { operation: operation.handle };
  }),
  row('psa_sign_set_context', 'BAD_STATE', 'there has been input', async (given) => {
    const operation = await signing(given, PH);
    await must(given.psa.signUpdate(operation, ABC));
    return { operation: operation.handle };
  }),
  row('psa_verify_set_context', 'BAD_STATE', 'there has been input', async (given) => {
    const operation = await verifying(given, PH);
    await must(given.psa.verifyUpdate(operation, ABC));
    return { operation: operation.handle };
  }),
  row(
    'psa_sign_update',
    'INVALID_ARGUMENT',
    'all input is longer than the algorithm takes',
    async (given) => ({
      operation: (await signing(given, MMO)).handle,
      input: BEYOND_MMO,
    }),
  ),
  row(
    'psa_verify_update',
    'INVALID_ARGUMENT',
    'all input is longer than the algorithm takes',
    async (given) => ({
      operation: (await verifying(given, MMO)).handle,
      input: BEYOND_MMO,
    }),
  ),
  row('psa_verify_update', 'NOT_SUPPORTED', 'all input is longer than can be kept', async (given) => {
    const operation = await verifying(given, PSA_ALG_PURE_EDDSA);
    await must(given.psa.verifyUpdate(operation, HALF));
    return { operation: operation.handle, input: HALF };
  }),
  row('psa_verify_finish', 'INVALID_SIGNATURE', 'the message is another', async (given) => ({
    operation: await verified(given, CONTEXT),
  })),
];
