/** A module as an application has it: messages sealed with AES-GCM, nonce in front. */
import { check, PSA_AEAD_NONCE_LENGTH, PSA_ALG_GCM, PSA_KEY_TYPE_AES, type Psa } from '../../../index.ts';

const NONCE_LENGTH = PSA_AEAD_NONCE_LENGTH(PSA_KEY_TYPE_AES, PSA_ALG_GCM);

export const seal = async (
  psa: Psa,
  key: number,
  header: Uint8Array,
  plaintext: Uint8Array,
): Promise<Uint8Array> => {
  const { output: nonce } = check(await psa.generateRandom(NONCE_LENGTH));
  const { ciphertext } = check(await psa.aeadEncrypt(key, PSA_ALG_GCM, nonce, header, plaintext));
  return Uint8Array.of(...nonce, ...ciphertext);
};

/** undefined for what was not sealed with this key and header. */
export const open = async (
  psa: Psa,
  key: number,
  header: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> => {
  const [nonce, ciphertext] = [sealed.subarray(0, NONCE_LENGTH), sealed.subarray(NONCE_LENGTH)];
  const { status, plaintext } = await psa.aeadDecrypt(key, PSA_ALG_GCM, nonce, header, ciphertext);
  return status === 0 ? plaintext : undefined;
};
