/**
 * What a TLS stack needs, in terms of the PSA Crypto API: knows algorithms and key ids of PSA, no stack. Every
 * failure is a PsaFailure. Keys made here are volatile and end with `close`.
 */
import { concat } from '../../psa-api/bytes.ts';
import {
  type KeyAttributes,
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_ECDH,
  PSA_ALG_HKDF_EXTRACT,
  PSA_ALG_HMAC,
  PSA_ERROR_COMMUNICATION_FAILURE,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_SUCCESS,
} from '../../psa-api/constants.ts';
import { cipherOperationInit, keyDerivationOperationInit, type Psa } from '../../psa-api/generated/psa.ts';
import { PsaFailure } from './failure.ts';

type Attributes = Partial<KeyAttributes>;

/** Hears of every call before it is made, by its name in C. */
export type OnCall = (psaFunction: string) => void;

/** CBC's IV and AES's block (SP 800-38A 6.2). */
const BLOCK = 16;
/** Of GCM and ChaCha20-Poly1305 with their default tag (10.5.1). */
const TAG = 16;

const NO_SALT = new Uint8Array(0);

export class Primitives {
  readonly psa: Psa;
  readonly #onCall: OnCall | undefined;
  readonly #keys = new Set<number>();
  /** Keys being made: `close` waits for them, so that none is left behind. */
  readonly #births = new Set<Promise<number>>();
  #closed = false;
  #extracts = true;

  constructor(psa: Psa, onCall?: OnCall) {
    this.psa = psa;
    this.#onCall = onCall;
  }

  /** Keys that `close` is going to destroy. */
  get keyCount(): number {
    return this.#keys.size;
  }

  importKey(attributes: Attributes, data: Uint8Array): Promise<number> {
    return this.create(async () => {
      const { key } = await this.must('psa_import_key', () => this.psa.importKey(attributes, data));
      return key;
    });
  }

  generateKey(attributes: Attributes): Promise<number> {
    return this.create(async () => {
      const { key } = await this.must('psa_generate_key', () => this.psa.generateKey(attributes));
      return key;
    });
  }

  async destroyKey(key: number): Promise<void> {
    this.#keys.delete(key);
    await this.must('psa_destroy_key', () => this.psa.destroyKey(key));
  }

  async exportKey(key: number): Promise<Uint8Array> {
    return (await this.must('psa_export_key', () => this.psa.exportKey(key))).data;
  }

  async exportPublicKey(key: number): Promise<Uint8Array> {
    return (await this.must('psa_export_public_key', () => this.psa.exportPublicKey(key))).data;
  }

  async random(length: number): Promise<Uint8Array> {
    return (await this.must('psa_generate_random', () => this.psa.generateRandom(length))).output;
  }

  async hash(alg: number, input: Uint8Array): Promise<Uint8Array> {
    return (await this.must('psa_hash_compute', () => this.psa.hashCompute(alg, input))).hash;
  }

  async mac(key: number, alg: number, input: Uint8Array): Promise<Uint8Array> {
    return (await this.must('psa_mac_compute', () => this.psa.macCompute(key, alg, input))).mac;
  }

  /**
   * RFC 5869 2.2; `length` is that of the hash. Devices without PSA_ALG_HKDF_EXTRACT, as the STM32H573, compute it as
   * the HMAC that it is.
   */
  async hkdfExtract(hash: number, salt: Uint8Array, secret: Uint8Array, length: number): Promise<Uint8Array> {
    if (this.#extracts) {
      try {
        return await this.#extract(hash, salt, secret, length);
      } catch (error) {
        if (!(error instanceof PsaFailure) || error.status !== PSA_ERROR_NOT_SUPPORTED) throw error;
        this.#extracts = false;
      }
    }
    // No key is empty in PSA; HMAC pads with zeros (RFC 2104 2).
    const data = salt.length === 0 ? new Uint8Array(length) : salt;
    const alg = PSA_ALG_HMAC(hash);
    const usage = PSA_KEY_USAGE_SIGN_MESSAGE;
    const key = await this.importKey({ type: PSA_KEY_TYPE_HMAC, usage, alg }, data);
    try {
      return await this.mac(key, alg, secret);
    } finally {
      this.#keys.delete(key);
      await this.attempt('psa_destroy_key', () => this.psa.destroyKey(key));
    }
  }

  /** The secret enters as a key, the salt before it (10.6.1). */
  async #extract(hash: number, salt: Uint8Array, secret: Uint8Array, length: number): Promise<Uint8Array> {
    const alg = PSA_ALG_HKDF_EXTRACT(hash);
    const usage = PSA_KEY_USAGE_DERIVE;
    const key = await this.importKey({ type: PSA_KEY_TYPE_DERIVE, usage, alg }, secret);
    const psa = this.psa;
    const operation = keyDerivationOperationInit();
    try {
      await this.must('psa_key_derivation_setup', () => psa.keyDerivationSetup(operation, alg));
      await this.must('psa_key_derivation_input_bytes', () =>
        psa.keyDerivationInputBytes(operation, PSA_KEY_DERIVATION_INPUT_SALT, salt),
      );
      await this.must('psa_key_derivation_input_key', () =>
        psa.keyDerivationInputKey(operation, PSA_KEY_DERIVATION_INPUT_SECRET, key),
      );
      const { output } = await this.must('psa_key_derivation_output_bytes', () =>
        psa.keyDerivationOutputBytes(operation, length),
      );
      return output;
    } finally {
      // Neither is of use any more; a failure of theirs must not hide the first one.
      await this.attempt('psa_key_derivation_abort', () => psa.keyDerivationAbort(operation));
      this.#keys.delete(key);
      await this.attempt('psa_destroy_key', () => psa.destroyKey(key));
    }
  }

  async aeadEncrypt(
    key: number,
    alg: number,
    nonce: Uint8Array,
    additionalData: Uint8Array,
    plaintext: Uint8Array,
  ): Promise<{ ciphertext: Uint8Array; tag: Uint8Array }> {
    const { ciphertext: sealed } = await this.must('psa_aead_encrypt', () =>
      this.psa.aeadEncrypt(key, alg, nonce, additionalData, plaintext),
    );
    const end = sealed.length - TAG;
    return { ciphertext: sealed.subarray(0, end), tag: sealed.subarray(end) };
  }

  /** A wrong tag is a PsaFailure with PSA_ERROR_INVALID_SIGNATURE. */
  async aeadDecrypt(
    key: number,
    alg: number,
    nonce: Uint8Array,
    additionalData: Uint8Array,
    ciphertext: Uint8Array,
    tag: Uint8Array,
  ): Promise<Uint8Array> {
    const sealed = concat(ciphertext, tag);
    const { plaintext } = await this.must('psa_aead_decrypt', () =>
      this.psa.aeadDecrypt(key, alg, nonce, additionalData, sealed),
    );
    return plaintext;
  }

  /** Whole blocks. psa_cipher_encrypt makes an IV of its own (10.4.2), so one that is given takes four calls. */
  async cbcEncrypt(key: number, iv: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array> {
    const psa = this.psa;
    const operation = cipherOperationInit();
    await this.must('psa_cipher_encrypt_setup', () =>
      psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_NO_PADDING),
    );
    await this.must('psa_cipher_set_iv', () => psa.cipherSetIv(operation, iv));
    const update = await this.must('psa_cipher_update', () => psa.cipherUpdate(operation, plaintext));
    const finish = await this.must('psa_cipher_finish', () => psa.cipherFinish(operation));
    return concat(update.output, finish.output);
  }

  async cbcDecrypt(key: number, iv: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array> {
    if (iv.length !== BLOCK) throw new RangeError(`an IV of ${iv.length} bytes: CBC takes ${BLOCK}`);
    const { output } = await this.must('psa_cipher_decrypt', () =>
      this.psa.cipherDecrypt(key, PSA_ALG_CBC_NO_PADDING, concat(iv, ciphertext)),
    );
    return output;
  }

  /** The shared secret itself, as TLS key schedules outside the device want it. `peer` in the PSA key format. */
  async agree(key: number, peer: Uint8Array): Promise<Uint8Array> {
    const { output } = await this.must('psa_raw_key_agreement', () =>
      this.psa.rawKeyAgreement(PSA_ALG_ECDH, key, peer),
    );
    return output;
  }

  /** ECDSA signatures are r || s. */
  async signMessage(key: number, alg: number, message: Uint8Array): Promise<Uint8Array> {
    const { signature } = await this.must('psa_sign_message', () => this.psa.signMessage(key, alg, message));
    return signature;
  }

  /** False for a wrong signature; any other failure throws. */
  async verifyMessage(
    key: number,
    alg: number,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    const verify = () => this.psa.verifyMessage(key, alg, message, signature);
    const { status } = await this.attempt('psa_verify_message', verify);
    if (status === PSA_ERROR_INVALID_SIGNATURE) return false;
    if (status !== PSA_SUCCESS) throw new PsaFailure('psa_verify_message', status);
    return true;
  }

  async encrypt(key: number, alg: number, plaintext: Uint8Array): Promise<Uint8Array> {
    const { output } = await this.must('psa_asymmetric_encrypt', () =>
      this.psa.asymmetricEncrypt(key, alg, plaintext, NO_SALT),
    );
    return output;
  }

  /** Destroys every key that was made here. From then on none can be made. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#births);
    const keys = [...this.#keys];
    this.#keys.clear();
    const outcomes = await Promise.all(
      keys.map((key) => this.attempt('psa_destroy_key', () => this.psa.destroyKey(key))),
    );
    for (const { status } of outcomes) {
      // Volatile keys have ended with a connection that is lost.
      if (status !== PSA_SUCCESS && status !== PSA_ERROR_COMMUNICATION_FAILURE)
        throw new PsaFailure('psa_destroy_key', status);
    }
  }

  /** A key that `close` destroys, by the call that makes it. */
  async create(make: () => Promise<number>): Promise<number> {
    if (this.#closed) throw new Error('the adapter is closed: it makes no more keys');
    const birth = make().then((key) => {
      this.#keys.add(key);
      return key;
    });
    this.#births.add(birth);
    try {
      return await birth;
    } finally {
      this.#births.delete(birth);
    }
  }

  /** A call whose status the caller looks at. */
  attempt<A extends { readonly status: number }>(name: string, call: () => Promise<A>): Promise<A> {
    this.#onCall?.(name);
    return call();
  }

  /** A call that has to succeed: any other status is a PsaFailure. */
  async must<A extends { readonly status: number }>(name: string, call: () => Promise<A>): Promise<A> {
    const answer = await this.attempt(name, call);
    if (answer.status !== PSA_SUCCESS) throw new PsaFailure(name, answer.status);
    return answer;
  }
}
