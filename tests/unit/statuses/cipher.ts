/** Unauthenticated ciphers. */
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM_STAR_NO_TAG,
  PSA_ALG_CTR,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_GCM,
  PSA_KEY_TYPE_DES,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { type CipherOperation, cipherOperationInit, type Psa } from '../../../psa-api/generated/psa.ts';
import { ascii, join } from '../../support/bytes.ts';
import { aesKey, hmacKey, importing } from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_CIPHER } from '../../support/unsupported.ts';
import { type Given, type Row, rowsOf, type Scene, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const CBC = PSA_ALG_CBC_PKCS7;
const ABC = ascii('abc');
const IV = new Uint8Array(16).fill(7);
/** Two blocks whose end is no padding. */
const UNPADDED = new Uint8Array(32);
/** One byte more than CCM* counts with its nonce of 13 bytes (10.6.1, PSA_ALG_CCM). */
const BEYOND_CCM = new Uint8Array(2 ** 16);
const desKey = importing(PSA_KEY_TYPE_DES, new Uint8Array(24).fill(1));

const encryption = async (psa: Psa, alg = CBC): Promise<CipherOperation> => {
  const operation = cipherOperationInit();
  await must(psa.cipherEncryptSetup(operation, await aesKey(psa, alg), alg));
  return operation;
};

const decryption = async (psa: Psa, alg = CBC): Promise<CipherOperation> => {
  const operation = cipherOperationInit();
  await must(psa.cipherDecryptSetup(operation, await aesKey(psa, alg), alg));
  return operation;
};

/** An operation with its IV and a block of input. */
const running = async (
  { psa }: Given,
  operation: CipherOperation,
  input: Uint8Array = UNPADDED,
): Promise<number> => {
  await must(psa.cipherSetIv(operation, IV));
  await must(psa.cipherUpdate(operation, input));
  return operation.handle;
};

const setup: Scene = async (given) => ({ key: await given.key(aesKey, CBC), alg: CBC });

export const scenes: Scenes = {
  psa_cipher_encrypt: async (given) => ({ ...(await setup(given)), input: ABC }),
  psa_cipher_decrypt: async (given) => {
    const { output } = await must(given.psa.cipherEncrypt(await aesKey(given.psa, CBC), CBC, ABC));
    return { ...(await setup(given)), input: output };
  },
  psa_cipher_encrypt_setup: setup,
  psa_cipher_decrypt_setup: setup,
  psa_cipher_generate_iv: async ({ psa }) => ({ operation: (await encryption(psa)).handle }),
  psa_cipher_set_iv: async ({ psa }) => ({ operation: (await encryption(psa)).handle, iv: IV }),
  psa_cipher_update: async (given) => ({
    operation: await running(given, await encryption(given.psa)),
    input: UNPADDED,
  }),
  psa_cipher_finish: async (given) => ({ operation: await running(given, await encryption(given.psa)) }),
  psa_cipher_abort: async (given) => ({ operation: await running(given, await encryption(given.psa)) }),
};

const withKey: readonly RemoteFunction[] = [
  'psa_cipher_encrypt',
  'psa_cipher_decrypt',
  'psa_cipher_encrypt_setup',
  'psa_cipher_decrypt_setup',
];
const whole: readonly RemoteFunction[] = ['psa_cipher_encrypt', 'psa_cipher_decrypt'];
const settingIv: readonly RemoteFunction[] = ['psa_cipher_generate_iv', 'psa_cipher_set_iv'];

export const rows: readonly Row[] = [
  ...withKey.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the key is for another algorithm', { alg: PSA_ALG_CTR }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm is no cipher', { alg: PSA_ALG_GCM }),
    row(name, 'INVALID_ARGUMENT', 'the key is of a type that the algorithm is not for', async ({ psa }) => ({
      key: await hmacKey(psa, CBC),
    })),
    row(
      name,
      'NOT_SUPPORTED',
      'the cipher algorithm is not there',
      { alg: UNKNOWN_CIPHER },
      { keys: { alg: UNKNOWN_CIPHER } },
    ),
    row(name, 'NOT_SUPPORTED', 'the key is of a type that has not this mode here', async ({ psa }) => ({
      key: await desKey(psa, PSA_ALG_CTR),
      alg: PSA_ALG_CTR,
    })),
  ]),
  ...whole.flatMap((name) => [
    row(
      name,
      'INVALID_ARGUMENT',
      'the input is not a number of blocks',
      { alg: PSA_ALG_CBC_NO_PADDING, input: new Uint8Array(33) },
      { keys: { alg: PSA_ALG_CBC_NO_PADDING } },
    ),
    row(
      name,
      'INVALID_ARGUMENT',
      'the input is longer than the algorithm takes',
      { alg: PSA_ALG_CCM_STAR_NO_TAG, input: join(new Uint8Array(13), BEYOND_CCM) },
      { keys: { alg: PSA_ALG_CCM_STAR_NO_TAG } },
    ),
  ]),
  row('psa_cipher_decrypt', 'INVALID_ARGUMENT', 'the input is shorter than the IV', { input: IV.slice(1) }),
  row('psa_cipher_decrypt', 'INVALID_PADDING', 'the input ends in no padding', { input: new Uint8Array(48) }),
  ...settingIv.flatMap((name) => [
    row(name, 'BAD_STATE', 'the algorithm has no IV', async ({ psa }) => ({
      operation: (await encryption(psa, PSA_ALG_ECB_NO_PADDING)).handle,
    })),
    row(name, 'BAD_STATE', 'the IV is set', async (given) => ({
      operation: await running(given, await encryption(given.psa)),
    })),
  ]),
  row('psa_cipher_generate_iv', 'BAD_STATE', 'the operation decrypts', async ({ psa }) => ({
    operation: (await decryption(psa)).handle,
  })),
  row('psa_cipher_set_iv', 'INVALID_ARGUMENT', 'the IV is a byte short', { iv: IV.slice(1) }),
  row('psa_cipher_update', 'BAD_STATE', 'there is no IV', async ({ psa }) => ({
    operation: (await encryption(psa)).handle,
  })),
  row(
    'psa_cipher_update',
    'INVALID_ARGUMENT',
    'all input is longer than the algorithm takes',
    async ({ psa }) => {
      const operation = await encryption(psa, PSA_ALG_CCM_STAR_NO_TAG);
      await must(psa.cipherGenerateIv(operation));
      await must(psa.cipherUpdate(operation, ABC));
      return { operation: operation.handle, input: BEYOND_CCM.subarray(3) };
    },
  ),
  row('psa_cipher_finish', 'BAD_STATE', 'there is no IV', async ({ psa }) => ({
    operation: (await encryption(psa)).handle,
  })),
  row('psa_cipher_finish', 'INVALID_ARGUMENT', 'all input is not a number of blocks', async (given) => ({
    operation: await running(given, await encryption(given.psa, PSA_ALG_CBC_NO_PADDING), ABC),
  })),
  row('psa_cipher_finish', 'INVALID_PADDING', 'the input ends in no padding', async (given) => ({
    operation: await running(given, await decryption(given.psa)),
  })),
];
