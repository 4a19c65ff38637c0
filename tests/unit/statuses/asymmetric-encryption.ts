/** Asymmetric encryption. */
import {
  PSA_ALG_ECDH,
  PSA_ALG_RSA_OAEP,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_SHA_256,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { p256Pair, rsaPair, rsaPublic } from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_ENCRYPTION } from '../../support/unsupported.ts';
import { type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const OAEP = PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256);
const ABC = ascii('abc');
const LABEL = ascii('label');
/** A block of the length of the modulus. */
const BLOCK = new Uint8Array(128).fill(1);

export const scenes: Scenes = {
  psa_asymmetric_encrypt: async (given) => ({
    key: await given.key(rsaPublic, OAEP),
    alg: OAEP,
    input: ABC,
    salt: LABEL,
  }),
  psa_asymmetric_decrypt: async (given) => {
    const { psa } = given;
    const { output } = await must(psa.asymmetricEncrypt(await rsaPublic(psa, OAEP), OAEP, ABC, LABEL));
    return { key: await given.key(rsaPair, OAEP), alg: OAEP, input: output, salt: LABEL };
  },
};

const both: readonly RemoteFunction[] = ['psa_asymmetric_encrypt', 'psa_asymmetric_decrypt'];

export const rows: readonly Row[] = [
  ...both.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the key is for another algorithm', {
      alg: PSA_ALG_RSA_PKCS1V15_CRYPT,
      salt: NOTHING,
    }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm encrypts nothing', { alg: PSA_ALG_ECDH }),
    row(name, 'INVALID_ARGUMENT', 'the key is of a type that the algorithm is not for', async ({ psa }) => ({
      key: await p256Pair(psa, OAEP),
    })),
    row(
      name,
      'INVALID_ARGUMENT',
      'the algorithm has no salt',
      { alg: PSA_ALG_RSA_PKCS1V15_CRYPT },
      { keys: { alg: PSA_ALG_RSA_PKCS1V15_CRYPT } },
    ),
    row(name, 'INVALID_ARGUMENT', 'the input has a length that no input has', { input: BLOCK.subarray(1) }),
    row(
      name,
      'NOT_SUPPORTED',
      'the encryption algorithm is not there',
      { alg: UNKNOWN_ENCRYPTION, salt: NOTHING },
      { keys: { alg: UNKNOWN_ENCRYPTION } },
    ),
  ]),
  row('psa_asymmetric_decrypt', 'INVALID_ARGUMENT', 'the key is a public key', async ({ psa }) => ({
    key: await rsaPublic(psa, OAEP),
  })),
  row('psa_asymmetric_decrypt', 'INVALID_PADDING', 'the input ends in no padding', { input: BLOCK }),
  row('psa_asymmetric_decrypt', 'INVALID_PADDING', 'the salt is another', { salt: ABC }),
];
