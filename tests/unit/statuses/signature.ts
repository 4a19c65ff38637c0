/** Signatures in one call. */
import {
  PSA_ALG_AES_MMO_ZIGBEE,
  PSA_ALG_CTR,
  PSA_ALG_ECDSA,
  PSA_ALG_ED25519PH,
  PSA_ALG_EDDSA_CTX,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { aesKey, importing, p256Pair, p256Public, rsaPair } from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_HASH } from '../../support/unsupported.ts';
import { type Given, type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const ECDSA = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
const UNKNOWN = PSA_ALG_ECDSA(UNKNOWN_HASH);
/** Over the one hash with an end that can be reached (10.2.1), and a message beyond it, which takes no memory. */
const MMO = PSA_ALG_ECDSA(PSA_ALG_AES_MMO_ZIGBEE);
const BEYOND_MMO = new Uint8Array(2 ** 29);
const ABC = ascii('abc');
const HASH = new Uint8Array(32).fill(5);
const HASH_512 = new Uint8Array(64).fill(5);
const CONTEXT = ascii('context');
const LONG_CONTEXT = new Uint8Array(256);
const ed25519Pair = importing(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), HASH);

const signedMessage = async ({ psa }: Given): Promise<Uint8Array> =>
  (await must(psa.signMessage(await p256Pair(psa, ECDSA), ECDSA, ABC))).signature;
const signedHash = async ({ psa }: Given): Promise<Uint8Array> =>
  (await must(psa.signHash(await p256Pair(psa, ECDSA), ECDSA, HASH))).signature;
const signedInContext = async ({ psa }: Given): Promise<Uint8Array> => {
  const key = await ed25519Pair(psa, PSA_ALG_EDDSA_CTX);
  return (await must(psa.signMessageWithContext(key, PSA_ALG_EDDSA_CTX, ABC, CONTEXT))).signature;
};
const signedHashInContext = async ({ psa }: Given): Promise<Uint8Array> => {
  const key = await ed25519Pair(psa, PSA_ALG_ED25519PH);
  return (await must(psa.signHashWithContext(key, PSA_ALG_ED25519PH, HASH_512, CONTEXT))).signature;
};

const ecdsa = async (given: Given) => ({ key: await given.key(p256Pair, ECDSA), alg: ECDSA });
const eddsa = async (given: Given, alg: number) => ({ key: await given.key(ed25519Pair, alg), alg });

export const scenes: Scenes = {
  psa_sign_message: async (given) => ({ ...(await ecdsa(given)), input: ABC }),
  psa_verify_message: async (given) => ({
    ...(await ecdsa(given)),
    input: ABC,
    signature: await signedMessage(given),
  }),
  psa_sign_hash: async (given) => ({ ...(await ecdsa(given)), hash: HASH }),
  psa_verify_hash: async (given) => ({
    ...(await ecdsa(given)),
    hash: HASH,
    signature: await signedHash(given),
  }),
  psa_sign_message_with_context: async (given) => ({
    ...(await eddsa(given, PSA_ALG_EDDSA_CTX)),
    input: ABC,
    context: CONTEXT,
  }),
  psa_verify_message_with_context: async (given) => ({
    ...(await eddsa(given, PSA_ALG_EDDSA_CTX)),
    input: ABC,
    context: CONTEXT,
    signature: await signedInContext(given),
  }),
  psa_sign_hash_with_context: async (given) => ({
    ...(await eddsa(given, PSA_ALG_ED25519PH)),
    hash: HASH_512,
    context: CONTEXT,
  }),
  psa_verify_hash_with_context: async (given) => ({
    ...(await eddsa(given, PSA_ALG_ED25519PH)),
    hash: HASH_512,
    context: CONTEXT,
    signature: await signedHashInContext(given),
  }),
};

const signing: readonly RemoteFunction[] = [
  'psa_sign_message',
  'psa_sign_hash',
  'psa_sign_message_with_context',
  'psa_sign_hash_with_context',
];
const verifying: readonly RemoteFunction[] = [
  'psa_verify_message',
  'psa_verify_hash',
  'psa_verify_message_with_context',
  'psa_verify_hash_with_context',
];
const onHashes: readonly RemoteFunction[] = [
  'psa_sign_hash',
  'psa_verify_hash',
  'psa_sign_hash_with_context',
  'psa_verify_hash_with_context',
];
const onMessages: readonly RemoteFunction[] = [
  'psa_sign_message',
  'psa_verify_message',
  'psa_sign_message_with_context',
  'psa_verify_message_with_context',
];
const inContext: readonly RemoteFunction[] = [
  'psa_sign_message_with_context',
  'psa_verify_message_with_context',
  'psa_sign_hash_with_context',
  'psa_verify_hash_with_context',
];

export const rows: readonly Row[] = [
  ...[...signing, ...verifying].flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the key is for another algorithm', { alg: PSA_ALG_ECDSA(PSA_ALG_SHA_384) }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm signs nothing', { alg: PSA_ALG_CTR }),
    row(name, 'NOT_SUPPORTED', 'the hash of the algorithm is not there', async ({ psa }) => ({
      key: await p256Pair(psa, UNKNOWN),
      alg: UNKNOWN,
    })),
  ]),
  ...signing.map((name) =>
    row(name, 'INVALID_ARGUMENT', 'the key is a public key', async ({ psa }) => ({
      key: await p256Public(psa, ECDSA),
      alg: ECDSA,
    })),
  ),
  ...signing.map((name) =>
    row(name, 'INVALID_ARGUMENT', 'the key is of a type that the algorithm is not for', async ({ psa }) => ({
      key: await rsaPair(psa, ECDSA),
      alg: ECDSA,
    })),
  ),
  ...verifying.flatMap((name) => [
    row(name, 'NOT_SUPPORTED', 'the key is of a type that the algorithm is not for', async ({ psa }) => ({
      key: await aesKey(psa, ECDSA),
      alg: ECDSA,
    })),
    row(name, 'INVALID_SIGNATURE', 'the signature is changed', (_, { signature }) => ({
      signature: (signature as Uint8Array).map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
    })),
    row(name, 'INVALID_SIGNATURE', 'the signature is empty', { signature: NOTHING }),
  ]),
  ...onHashes.map((name) =>
    row(name, 'INVALID_ARGUMENT', 'the hash is a byte short', (_, { hash }) => ({
      hash: (hash as Uint8Array).slice(1),
    })),
  ),
  ...onMessages.map((name) =>
    row(
      name,
      'INVALID_ARGUMENT',
      'the message is longer than the algorithm takes',
      async ({ psa }, inputs) => ({
        key: await p256Pair(psa, MMO),
        alg: MMO,
        input: BEYOND_MMO,
        ...('context' in inputs ? { context: NOTHING } : {}),
      }),
    ),
  ),
  ...inContext.flatMap((name) => [
    row(name, 'INVALID_ARGUMENT', 'the context is longer than the algorithm takes', {
      context: LONG_CONTEXT,
    }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm has no context', async ({ psa }, inputs) => ({
      key: await p256Pair(psa, ECDSA),
      alg: ECDSA,
      ...('hash' in inputs ? { hash: HASH } : {}),
    })),
  ]),
  row('psa_verify_message_with_context', 'INVALID_SIGNATURE', 'the context is another', { context: ABC }),
  row('psa_verify_hash_with_context', 'INVALID_SIGNATURE', 'the context is another', { context: ABC }),
];
