/** PSA calls for the Web Cryptography API, beside those for TLS: long inputs in pieces, keys for the length of a use. */
import { concat } from '../../psa-api/bytes.ts';
import {
  type KeyAttributes,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_SUCCESS,
} from '../../psa-api/constants.ts';
import {
  aeadOperationInit,
  cipherOperationInit,
  hashOperationInit,
  macOperationInit,
} from '../../psa-api/generated/psa.ts';
import { PsaFailure } from '../tls/failure.ts';
import { Primitives } from '../tls/primitives.ts';
import type { Place } from './crypto-key.ts';

/** Longer input goes in pieces: they must fit what a device shares with its callers (16 KiB). */
const PIECE = 4096;

const piecesOf = (data: Uint8Array): Uint8Array[] => {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += PIECE) pieces.push(data.subarray(at, at + PIECE));
  return pieces;
};

export interface AeadInput {
  readonly key: number;
  readonly alg: number;
  readonly nonce: Uint8Array;
  readonly additionalData: Uint8Array;
}

export class Device extends Primitives {
  #last: Promise<unknown> = Promise.resolve();

  /** One operation object at a time: a device has few of them (eight on the STM32H573). */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => {});
    return mine;
  }

  async attributes(key: number): Promise<KeyAttributes> {
    return (await this.must('psa_get_key_attributes', () => this.psa.getKeyAttributes(key))).attributes;
  }

  /** PSA Crypto 1.3, 9.7.2: an exponent that is not 65537 is custom data, big-endian without leading zeros. */
  generateRsaKey(attributes: Partial<KeyAttributes>, exponent: Uint8Array): Promise<number> {
    return this.create(async () => {
      const { key } = await this.must('psa_generate_key_custom', () =>
        this.psa.generateKeyCustom(attributes, { flags: 0 }, exponent),
      );
      return key;
    });
  }

  /** Whatever `work` does, a key that was imported for it is gone afterwards. */
  async withKey<T>(place: Place, work: (id: number) => Promise<T>): Promise<T> {
    if (place.kind === 'device') return work(place.id);
    const attributes = place.kind === 'public' ? place.attributes : {};
    return this.withImported(attributes, place.data, work);
  }

  async withImported<T>(
    attributes: Partial<KeyAttributes>,
    data: Uint8Array,
    work: (id: number) => Promise<T>,
  ): Promise<T> {
    const id = await this.importKey(attributes, data);
    try {
      return await work(id);
    } finally {
      await this.destroyKey(id);
    }
  }

  async digest(alg: number, data: Uint8Array): Promise<Uint8Array> {
    if (data.length <= PIECE) return this.hash(alg, data);
    return this.alone(async () => {
      const operation = hashOperationInit();
      try {
        await this.must('psa_hash_setup', () => this.psa.hashSetup(operation, alg));
        for (const piece of piecesOf(data))
          await this.must('psa_hash_update', () => this.psa.hashUpdate(operation, piece));
        return (await this.must('psa_hash_finish', () => this.psa.hashFinish(operation))).hash;
      } finally {
        await this.attempt('psa_hash_abort', () => this.psa.hashAbort(operation));
      }
    });
  }

  override async mac(key: number, alg: number, data: Uint8Array): Promise<Uint8Array> {
    if (data.length <= PIECE) return super.mac(key, alg, data);
    return this.alone(async () => {
      const operation = macOperationInit();
      try {
        await this.must('psa_mac_sign_setup', () => this.psa.macSignSetup(operation, key, alg));
        for (const piece of piecesOf(data))
          await this.must('psa_mac_update', () => this.psa.macUpdate(operation, piece));
        return (await this.must('psa_mac_sign_finish', () => this.psa.macSignFinish(operation))).mac;
      } finally {
        await this.attempt('psa_mac_abort', () => this.psa.macAbort(operation));
      }
    });
  }

  /** False for a wrong MAC; any other failure throws. */
  async macVerify(key: number, alg: number, data: Uint8Array, mac: Uint8Array): Promise<boolean> {
    if (data.length <= PIECE)
      return this.#matches('psa_mac_verify', () => this.psa.macVerify(key, alg, data, mac));
    return this.alone(async () => {
      const operation = macOperationInit();
      try {
        await this.must('psa_mac_verify_setup', () => this.psa.macVerifySetup(operation, key, alg));
        for (const piece of piecesOf(data))
          await this.must('psa_mac_update', () => this.psa.macUpdate(operation, piece));
        const finish = () => this.psa.macVerifyFinish(operation, mac);
        return await this.#matches('psa_mac_verify_finish', finish);
      } finally {
        await this.attempt('psa_mac_abort', () => this.psa.macAbort(operation));
      }
    });
  }

  /** The hash of a long message is computed by itself, where the key's policy has PSA_KEY_USAGE_SIGN_HASH. */
  async sign(place: Place, alg: number, hash: number, data: Uint8Array): Promise<Uint8Array> {
    const byHash = place.kind === 'device' && (place.usage & PSA_KEY_USAGE_SIGN_HASH) !== 0;
    if (data.length <= PIECE || !byHash) return this.withKey(place, (id) => this.signMessage(id, alg, data));
    const digest = await this.digest(hash, data);
    return this.withKey(place, async (id) => {
      const { signature } = await this.must('psa_sign_hash', () => this.psa.signHash(id, alg, digest));
      return signature;
    });
  }

  async verify(
    place: Place,
    alg: number,
    hash: number,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    if (data.length <= PIECE)
      return this.withKey(place, (id) => this.verifyMessage(id, alg, data, signature));
    const digest = await this.digest(hash, data);
    return this.withKey(place, (id) =>
      this.#matches('psa_verify_hash', () => this.psa.verifyHash(id, alg, digest, signature)),
    );
  }

  /** With an IV that is given, which psa_cipher_encrypt would not take (10.4.2). */
  cipher(
    direction: 'encrypt' | 'decrypt',
    key: number,
    alg: number,
    iv: Uint8Array,
    data: Uint8Array,
  ): Promise<Uint8Array> {
    return this.alone(async () => {
      const operation = cipherOperationInit();
      const output: Uint8Array[] = [];
      try {
        if (direction === 'encrypt')
          await this.must('psa_cipher_encrypt_setup', () => this.psa.cipherEncryptSetup(operation, key, alg));
        else
          await this.must('psa_cipher_decrypt_setup', () => this.psa.cipherDecryptSetup(operation, key, alg));
        await this.must('psa_cipher_set_iv', () => this.psa.cipherSetIv(operation, iv));
        for (const piece of piecesOf(data)) {
          const update = () => this.psa.cipherUpdate(operation, piece);
          output.push((await this.must('psa_cipher_update', update)).output);
        }
        const finish = () => this.psa.cipherFinish(operation);
        output.push((await this.must('psa_cipher_finish', finish)).output);
        return concat(...output);
      } finally {
        await this.attempt('psa_cipher_abort', () => this.psa.cipherAbort(operation));
      }
    });
  }

  /** Ciphertext and tag. */
  async seal(input: AeadInput, plaintext: Uint8Array): Promise<Uint8Array> {
    const { key, alg, nonce, additionalData } = input;
    if (plaintext.length + additionalData.length > PIECE) {
      const sealed = await this.#aead('encrypt', input, plaintext);
      if (sealed !== undefined) return sealed;
    }
    const { ciphertext } = await this.must('psa_aead_encrypt', () =>
      this.psa.aeadEncrypt(key, alg, nonce, additionalData, plaintext),
    );
    return ciphertext;
  }

  /** `sealed` ends with a tag of `tagLength` bytes. A wrong one is PSA_ERROR_INVALID_SIGNATURE. */
  async unseal(input: AeadInput, sealed: Uint8Array, tagLength: number): Promise<Uint8Array> {
    const { key, alg, nonce, additionalData } = input;
    if (sealed.length + additionalData.length > PIECE) {
      const end = sealed.length - tagLength;
      const opened = await this.#aead('decrypt', input, sealed.subarray(0, end), sealed.subarray(end));
      if (opened !== undefined) return opened;
    }
    const { plaintext } = await this.must('psa_aead_decrypt', () =>
      this.psa.aeadDecrypt(key, alg, nonce, additionalData, sealed),
    );
    return plaintext;
  }

  /** In pieces; undefined where the device has no multi-part AEAD (Secure Manager 1.1). */
  #aead(
    direction: 'encrypt' | 'decrypt',
    { key, alg, nonce, additionalData }: AeadInput,
    data: Uint8Array,
    tag?: Uint8Array,
  ): Promise<Uint8Array | undefined> {
    return this.alone(async () => {
      const operation = aeadOperationInit();
      const output: Uint8Array[] = [];
      const { psa } = this;
      try {
        const name = `psa_aead_${direction}_setup`;
        const { status } = await this.attempt(name, () =>
          direction === 'encrypt'
            ? psa.aeadEncryptSetup(operation, key, alg)
            : psa.aeadDecryptSetup(operation, key, alg),
        );
        if (status === PSA_ERROR_NOT_SUPPORTED) return undefined;
        if (status !== PSA_SUCCESS) throw new PsaFailure(name, status);
        await this.must('psa_aead_set_lengths', () =>
          psa.aeadSetLengths(operation, additionalData.length, data.length),
        );
        await this.must('psa_aead_set_nonce', () => psa.aeadSetNonce(operation, nonce));
        for (const piece of piecesOf(additionalData))
          await this.must('psa_aead_update_ad', () => psa.aeadUpdateAd(operation, piece));
        for (const piece of piecesOf(data)) {
          const update = () => psa.aeadUpdate(operation, piece);
          output.push((await this.must('psa_aead_update', update)).output);
        }
        if (tag !== undefined) {
          const verify = () => psa.aeadVerify(operation, tag);
          output.push((await this.must('psa_aead_verify', verify)).plaintext);
        } else {
          const last = await this.must('psa_aead_finish', () => psa.aeadFinish(operation));
          output.push(last.ciphertext, last.tag);
        }
        return concat(...output);
      } finally {
        await this.attempt('psa_aead_abort', () => psa.aeadAbort(operation));
      }
    });
  }

  async encryptAsymmetric(
    place: Place,
    alg: number,
    data: Uint8Array,
    salt: Uint8Array,
  ): Promise<Uint8Array> {
    return this.withKey(place, async (id) => {
      const call = () => this.psa.asymmetricEncrypt(id, alg, data, salt);
      return (await this.must('psa_asymmetric_encrypt', call)).output;
    });
  }

  async decryptAsymmetric(
    place: Place,
    alg: number,
    data: Uint8Array,
    salt: Uint8Array,
  ): Promise<Uint8Array> {
    return this.withKey(place, async (id) => {
      const call = () => this.psa.asymmetricDecrypt(id, alg, data, salt);
      return (await this.must('psa_asymmetric_decrypt', call)).output;
    });
  }

  async #matches(name: string, call: () => Promise<{ readonly status: number }>): Promise<boolean> {
    const { status } = await this.attempt(name, call);
    if (status === PSA_ERROR_INVALID_SIGNATURE) return false;
    if (status !== PSA_SUCCESS) throw new PsaFailure(name, status);
    return true;
  }
}
