/** Key agreement whose secret is an output or a key, and key encapsulation. */
import { keyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_ECIES_SEC1,
  PSA_ALG_FFDH,
  PSA_ALG_SHA_256,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_DERIVE,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { importing, P256_POINT, p256Pair, p256Public } from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_AGREEMENT, UNKNOWN_ENCAPSULATION } from '../../support/unsupported.ts';
import { type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const SECRET = keyAttributes({ type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_DERIVE });
/** On the line of the curve's coordinates, not on the curve. */
const NO_POINT = P256_POINT.with(64, 0);
const ed25519Pair = importing(
  PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS),
  new Uint8Array(32).fill(5),
);

export const scenes: Scenes = {
  psa_raw_key_agreement: async (given) => ({
    alg: PSA_ALG_ECDH,
    private_key: await given.key(p256Pair, PSA_ALG_ECDH),
    peer_key: P256_POINT,
  }),
  psa_key_agreement: async (given) => ({
    private_key: await given.key(p256Pair, PSA_ALG_ECDH),
    peer_key: P256_POINT,
    alg: PSA_ALG_ECDH,
    attributes: SECRET,
  }),
  psa_encapsulate: async (given) => ({
    key: await given.key(p256Public, PSA_ALG_ECIES_SEC1),
    alg: PSA_ALG_ECIES_SEC1,
    attributes: SECRET,
  }),
  psa_decapsulate: async (given) => {
    const { psa } = given;
    const open = await p256Public(psa, PSA_ALG_ECIES_SEC1);
    const { ciphertext } = await must(psa.encapsulate(open, PSA_ALG_ECIES_SEC1, SECRET));
    return {
      key: await given.key(p256Pair, PSA_ALG_ECIES_SEC1),
      alg: PSA_ALG_ECIES_SEC1,
      ciphertext,
      attributes: SECRET,
    };
  },
};

const agreements: readonly RemoteFunction[] = ['psa_raw_key_agreement', 'psa_key_agreement'];
const encapsulations: readonly RemoteFunction[] = ['psa_encapsulate', 'psa_decapsulate'];
const secrets: readonly RemoteFunction[] = ['psa_key_agreement', ...encapsulations];

export const rows: readonly Row[] = [
  ...agreements.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the key is for another algorithm', { alg: PSA_ALG_FFDH }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm agrees on nothing', { alg: PSA_ALG_SHA_256 }),
    row(name, 'INVALID_ARGUMENT', 'the key is a public key', async ({ psa }) => ({
      private_key: await p256Public(psa, PSA_ALG_ECDH),
    })),
    row(name, 'INVALID_ARGUMENT', 'the key is of a curve that only signs', async ({ psa }) => ({
      private_key: await ed25519Pair(psa, PSA_ALG_ECDH),
    })),
    row(name, 'INVALID_ARGUMENT', 'the peer is no point of the curve', { peer_key: NO_POINT }),
    row(
      name,
      'NOT_SUPPORTED',
      'the agreement algorithm is not there',
      { alg: UNKNOWN_AGREEMENT },
      { keys: { alg: UNKNOWN_AGREEMENT } },
    ),
  ]),
  ...encapsulations.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the key is for another algorithm', { alg: UNKNOWN_ENCAPSULATION }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm encapsulates nothing', { alg: PSA_ALG_ECDH }),
    row(name, 'INVALID_ARGUMENT', 'the key is of a curve that only signs', async ({ psa }) => ({
      key: await ed25519Pair(psa, PSA_ALG_ECIES_SEC1),
    })),
    row(
      name,
      'NOT_SUPPORTED',
      'the encapsulation algorithm is not there',
      { alg: UNKNOWN_ENCAPSULATION },
      { keys: { alg: UNKNOWN_ENCAPSULATION } },
    ),
  ]),
  row('psa_decapsulate', 'INVALID_ARGUMENT', 'the key is a public key', async ({ psa }) => ({
    key: await p256Public(psa, PSA_ALG_ECIES_SEC1),
  })),
  row('psa_decapsulate', 'INVALID_ARGUMENT', 'the ciphertext is no point of the curve', {
    ciphertext: NO_POINT,
  }),
  ...secrets.flatMap((name) => [
    row(name, 'INVALID_ARGUMENT', 'the secret is no key of the type', {
      attributes: { ...SECRET, type: PSA_KEY_TYPE_AES },
    }),
    row(name, 'INVALID_ARGUMENT', 'the secret has another size', { attributes: { ...SECRET, bits: 128 } }),
  ]),
];
