/** Authenticated encryption with associated data. */
import {
  PSA_ALG_CCM,
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_CTR,
  PSA_ALG_GCM,
  PSA_KEY_TYPE_CHACHA20,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { type AeadOperation, aeadOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { aesKey, hmacKey, importing } from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_AEAD } from '../../support/unsupported.ts';
import { type Given, type KeyMaker, type Row, rowsOf, type Scene, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const GCM = PSA_ALG_GCM;
const CHACHA = PSA_ALG_CHACHA20_POLY1305;
const chachaKey = importing(PSA_KEY_TYPE_CHACHA20, new Uint8Array(32).fill(1));
const NONCE = new Uint8Array(12).fill(7);
const AD = ascii('header');
const TEXT = ascii('the text');
/** One byte more than CCM counts beside a nonce of 13 bytes (10.6.1). */
const BEYOND_CCM = 2 ** 16;

type Way = 'encrypt' | 'decrypt';

const started = async (
  { psa }: Given,
  way: Way,
  alg = GCM,
  make: KeyMaker = aesKey,
): Promise<AeadOperation> => {
  const operation = aeadOperationInit();
  const key = await make(psa, alg);
  await must(
    way === 'encrypt' ? psa.aeadEncryptSetup(operation, key, alg) : psa.aeadDecryptSetup(operation, key, alg),
  );
  return operation;
};

/** With a nonce; lengths as far as they are given. */
const running = async (
  given: Given,
  way: Way,
  lengths?: readonly [ad: number, text: number],
): Promise<AeadOperation> => {
  const operation = await started(given, way);
  if (lengths !== undefined) await must(given.psa.aeadSetLengths(operation, ...lengths));
  await must(given.psa.aeadSetNonce(operation, NONCE));
  return operation;
};

const sealed = async ({ psa }: Given): Promise<Uint8Array> =>
  (await must(psa.aeadEncrypt(await aesKey(psa, GCM), GCM, NONCE, AD, TEXT))).ciphertext;

/** A decryption that has taken all, and the tag that belongs to it. */
const decrypted = async (given: Given) => {
  const message = await sealed(given);
  const operation = await running(given, 'decrypt');
  await must(given.psa.aeadUpdateAd(operation, AD));
  await must(given.psa.aeadUpdate(operation, message.subarray(0, TEXT.length)));
  return { operation: operation.handle, tag: message.slice(TEXT.length) };
};

const setup: Scene = async (given) => ({ key: await given.key(aesKey, GCM), alg: GCM });

export const scenes: Scenes = {
  psa_aead_encrypt: async (given) => ({
    ...(await setup(given)),
    nonce: NONCE,
    additional_data: AD,
    plaintext: TEXT,
  }),
  psa_aead_decrypt: async (given) => ({
    ...(await setup(given)),
    nonce: NONCE,
    additional_data: AD,
    ciphertext: await sealed(given),
  }),
  psa_aead_encrypt_setup: setup,
  psa_aead_decrypt_setup: setup,
  psa_aead_set_lengths: async (given) => ({
    operation: (await started(given, 'encrypt')).handle,
    ad_length: AD.length,
    plaintext_length: TEXT.length,
  }),
  psa_aead_generate_nonce: async (given) => ({ operation: (await started(given, 'encrypt')).handle }),
  psa_aead_set_nonce: async (given) => ({
    operation: (await started(given, 'decrypt')).handle,
    nonce: NONCE,
  }),
  psa_aead_update_ad: async (given) => ({ operation: (await running(given, 'encrypt')).handle, input: AD }),
  psa_aead_update: async (given) => ({ operation: (await running(given, 'encrypt')).handle, input: TEXT }),
  psa_aead_finish: async (given) => ({ operation: (await running(given, 'encrypt')).handle }),
  psa_aead_verify: decrypted,
  psa_aead_abort: async (given) => ({ operation: (await running(given, 'encrypt')).handle }),
};

const withKey: readonly RemoteFunction[] = [
  'psa_aead_encrypt',
  'psa_aead_decrypt',
  'psa_aead_encrypt_setup',
  'psa_aead_decrypt_setup',
];
const whole: readonly (readonly [RemoteFunction, string])[] = [
  ['psa_aead_encrypt', 'plaintext'],
  ['psa_aead_decrypt', 'ciphertext'],
];
const settingNonce: readonly RemoteFunction[] = ['psa_aead_generate_nonce', 'psa_aead_set_nonce'];
const ending: readonly (readonly [RemoteFunction, Way])[] = [
  ['psa_aead_finish', 'encrypt'],
  ['psa_aead_verify', 'decrypt'],
];

export const rows: readonly Row[] = [
  ...withKey.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the key is for another algorithm', { alg: PSA_ALG_CCM }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm is no AEAD', { alg: PSA_ALG_CTR }),
    row(name, 'INVALID_ARGUMENT', 'the key is of a type that the algorithm is not for', async ({ psa }) => ({
      key: await hmacKey(psa, GCM),
    })),
    row(
      name,
      'NOT_SUPPORTED',
      'the AEAD algorithm is not there',
      { alg: UNKNOWN_AEAD },
      { keys: { alg: UNKNOWN_AEAD } },
    ),
  ]),
  ...whole.flatMap(([name, text]) => [
    row(name, 'INVALID_ARGUMENT', 'the nonce is empty', { nonce: NOTHING }),
    row(name, 'NOT_SUPPORTED', 'the nonce selects a variant that is not there', async ({ psa }) => ({
      key: await chachaKey(psa, CHACHA),
      alg: CHACHA,
      nonce: new Uint8Array(8),
    })),
    row(
      name,
      'INVALID_ARGUMENT',
      'the text is longer than the nonce leaves room to count',
      { alg: PSA_ALG_CCM, nonce: new Uint8Array(13), [text]: new Uint8Array(BEYOND_CCM + 16) },
      { keys: { alg: PSA_ALG_CCM } },
    ),
  ]),
  row('psa_aead_decrypt', 'INVALID_ARGUMENT', 'the ciphertext is shorter than the tag', {
    ciphertext: new Uint8Array(15),
  }),
  row('psa_aead_decrypt', 'INVALID_SIGNATURE', 'the ciphertext is changed', (_, { ciphertext }) => ({
    ciphertext: (ciphertext as Uint8Array).map((byte) => byte ^ 1),
  })),
  row('psa_aead_decrypt', 'INVALID_SIGNATURE', 'the additional data are others', { additional_data: TEXT }),
  row('psa_aead_set_lengths', 'BAD_STATE', 'the nonce is set', async (given) => ({
    operation: (await running(given, 'encrypt')).handle,
  })),
  ...settingNonce.flatMap((name) => [
    row(name, 'BAD_STATE', 'the nonce is set', async (given) => ({
      operation: (await running(given, 'encrypt')).handle,
    })),
    row(name, 'BAD_STATE', 'the algorithm needs the lengths first', async (given) => ({
      operation: (await started(given, 'encrypt', PSA_ALG_CCM)).handle,
    })),
  ]),
  row('psa_aead_generate_nonce', 'BAD_STATE', 'the operation decrypts', async (given) => ({
    operation: (await started(given, 'decrypt')).handle,
  })),
  row(
    'psa_aead_set_nonce',
    'NOT_SUPPORTED',
    'the nonce selects a variant that is not there',
    async (given) => ({
      operation: (await started(given, 'encrypt', CHACHA, chachaKey)).handle,
      nonce: new Uint8Array(8),
    }),
  ),
  row('psa_aead_set_nonce', 'INVALID_ARGUMENT', 'the nonce is empty', { nonce: NOTHING }),
  row(
    'psa_aead_set_nonce',
    'INVALID_ARGUMENT',
    'the nonce leaves no room to count the text',
    async (given) => {
      const operation = await started(given, 'encrypt', PSA_ALG_CCM);
      await must(given.psa.aeadSetLengths(operation, 0, BEYOND_CCM));
      return { operation: operation.handle, nonce: new Uint8Array(13) };
    },
  ),
  row('psa_aead_update_ad', 'BAD_STATE', 'there is no nonce', async (given) => ({
    operation: (await started(given, 'encrypt')).handle,
  })),
  row('psa_aead_update_ad', 'BAD_STATE', 'there has been text', async (given) => {
    const operation = await running(given, 'encrypt');
    await must(given.psa.aeadUpdate(operation, TEXT));
    return { operation: operation.handle };
  }),
  row(
    'psa_aead_update_ad',
    'INVALID_ARGUMENT',
    'the additional data are longer than announced',
    async (given) => ({
      operation: (await running(given, 'encrypt', [AD.length - 1, 0])).handle,
    }),
  ),
  row('psa_aead_update', 'BAD_STATE', 'there is no nonce', async (given) => ({
    operation: (await started(given, 'encrypt')).handle,
  })),
  row('psa_aead_update', 'INVALID_ARGUMENT', 'additional data are missing', async (given) => ({
    operation: (await running(given, 'encrypt', [1, TEXT.length])).handle,
  })),
  row('psa_aead_update', 'INVALID_ARGUMENT', 'the text is longer than announced', async (given) => ({
    operation: (await running(given, 'encrypt', [0, TEXT.length - 1])).handle,
  })),
  ...ending.flatMap(([name, way]) => [
    row(name, 'BAD_STATE', 'there is no nonce', async (given) => ({
      operation: (await started(given, way)).handle,
    })),
    row(name, 'INVALID_ARGUMENT', 'additional data are missing', async (given) => ({
      operation: (await running(given, way, [1, 0])).handle,
    })),
    row(name, 'INVALID_ARGUMENT', 'text is missing', async (given) => ({
      operation: (await running(given, way, [0, 1])).handle,
    })),
  ]),
  row('psa_aead_finish', 'BAD_STATE', 'the operation decrypts', async (given) => ({
    operation: (await running(given, 'decrypt')).handle,
  })),
  row('psa_aead_verify', 'BAD_STATE', 'the operation encrypts', async (given) => ({
    operation: (await running(given, 'encrypt')).handle,
  })),
  row('psa_aead_verify', 'INVALID_SIGNATURE', 'the tag is another', { tag: new Uint8Array(16) }),
];
