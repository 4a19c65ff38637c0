/** SubtleCrypto over PSA calls. Web Cryptography API, clause 14. */
import type { webcrypto } from 'node:crypto';
import type { Jwk, KeyData, KeyFormat, KeyWish } from './algorithm.ts';
import { bufferOf, copyOf } from './bytes.ts';
import { PsaCryptoKey, type PsaCryptoKeyPair } from './crypto-key.ts';
import type { Device } from './device.ts';
import { failure, translate } from './errors.ts';
import { type Identifier, type KeyUsage, type Params, usagesOf } from './params.ts';
import { canDo, type Normalized, normalize } from './registry.ts';

type Source = webcrypto.BufferSource;
type OctetCurve = 'Ed25519' | 'X25519';

const FORMATS: readonly string[] = ['raw', 'pkcs8', 'spki', 'jwk'];

const formatOf = (format: unknown): KeyFormat => {
  if (!FORMATS.includes(String(format))) throw new TypeError(`${String(format)}: no key format`);
  return format as KeyFormat;
};

const isJwk = (data: unknown): data is Jwk =>
  typeof data === 'object' && data !== null && !ArrayBuffer.isView(data) && !(data instanceof ArrayBuffer);

const keyData = (format: KeyFormat, data: unknown): KeyData => {
  if (format !== 'jwk') return { format, bytes: copyOf(data, 'key data') };
  if (!isJwk(data)) throw new TypeError('key data: expected a JSON Web Key, an object');
  return { format, jwk: data };
};

const wishOf = (extractable: unknown, usages: unknown): KeyWish => ({
  extractable: Boolean(extractable),
  usages: usagesOf(usages),
});

/** 14.3.10: all but public keys are for those who asked for it. */
const exportable = (key: PsaCryptoKey): void => {
  if (!key.extractable)
    throw failure('InvalidAccessError', `this ${key.algorithm.name} key is not extractable`);
};

const bytesOfKey = (exported: Uint8Array | Jwk): Uint8Array =>
  exported instanceof Uint8Array ? exported : new TextEncoder().encode(JSON.stringify(exported));

const parseJwk = (bytes: Uint8Array): Jwk => {
  try {
    const jwk: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isJwk(jwk)) return jwk;
  } catch {
    // Said below: the parser's words would show what was decrypted.
  }
  throw failure('DataError', 'what was unwrapped is no JSON Web Key');
};

export class PsaSubtleCrypto implements webcrypto.SubtleCrypto {
  readonly #device: Device;

  /** Use createCrypto. */
  constructor(device: Device) {
    this.#device = device;
  }

  get [Symbol.toStringTag](): string {
    return 'SubtleCrypto';
  }

  async encrypt(algorithm: Identifier, key: webcrypto.CryptoKey, data: Source): Promise<ArrayBuffer> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'encrypt');
      const bytes = copyOf(data, 'data');
      const used = this.#use(key, wanted.params, 'encrypt');
      return bufferOf(await wanted.algorithm.encrypt(this.#device, wanted.params, used, bytes));
    });
  }

  async decrypt(algorithm: Identifier, key: webcrypto.CryptoKey, data: Source): Promise<ArrayBuffer> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'decrypt');
      const bytes = copyOf(data, 'data');
      const used = this.#use(key, wanted.params, 'decrypt');
      return bufferOf(await wanted.algorithm.decrypt(this.#device, wanted.params, used, bytes));
    });
  }

  /** ECDSA signatures are r || s, each as long as the curve's order. */
  async sign(algorithm: Identifier, key: webcrypto.CryptoKey, data: Source): Promise<ArrayBuffer> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'sign');
      const bytes = copyOf(data, 'data');
      const used = this.#use(key, wanted.params, 'sign');
      return bufferOf(await wanted.algorithm.sign(this.#device, wanted.params, used, bytes));
    });
  }

  async verify(
    algorithm: Identifier,
    key: webcrypto.CryptoKey,
    signature: Source,
    data: Source,
  ): Promise<boolean> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'verify');
      const [bytes, signed] = [copyOf(signature, 'signature'), copyOf(data, 'data')];
      const used = this.#use(key, wanted.params, 'verify');
      return wanted.algorithm.verify(this.#device, wanted.params, used, bytes, signed);
    });
  }

  async digest(algorithm: Identifier, data: Source): Promise<ArrayBuffer> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'digest');
      return bufferOf(await wanted.algorithm.digest(this.#device, copyOf(data, 'data')));
    });
  }

  async generateKey(
    algorithm: OctetCurve | { readonly name: OctetCurve },
    extractable: boolean,
    usages: readonly webcrypto.KeyUsage[],
  ): Promise<PsaCryptoKeyPair>;
  async generateKey(
    algorithm: webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams,
    extractable: boolean,
    usages: readonly webcrypto.KeyUsage[],
  ): Promise<PsaCryptoKeyPair>;
  async generateKey(
    algorithm: webcrypto.AesKeyGenParams | webcrypto.HmacKeyGenParams | webcrypto.Pbkdf2Params,
    extractable: boolean,
    usages: readonly webcrypto.KeyUsage[],
  ): Promise<PsaCryptoKey>;
  async generateKey(
    algorithm: Identifier,
    extractable: boolean,
    usages: readonly webcrypto.KeyUsage[],
  ): Promise<PsaCryptoKeyPair | PsaCryptoKey>;
  async generateKey(
    algorithm: Identifier,
    extractable: boolean,
    usages: readonly webcrypto.KeyUsage[],
  ): Promise<PsaCryptoKeyPair | PsaCryptoKey> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'generateKey');
      return wanted.algorithm.generateKey(this.#device, wanted.params, wishOf(extractable, usages));
    });
  }

  async importKey(
    format: KeyFormat,
    data: Source | Jwk,
    algorithm: Identifier,
    extractable: boolean,
    usages: readonly webcrypto.KeyUsage[],
  ): Promise<PsaCryptoKey> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'importKey');
      const given = keyData(formatOf(format), data);
      return wanted.algorithm.importKey(this.#device, wanted.params, given, wishOf(extractable, usages));
    });
  }

  async exportKey(format: 'jwk', key: webcrypto.CryptoKey): Promise<Jwk>;
  async exportKey(format: Exclude<KeyFormat, 'jwk'>, key: webcrypto.CryptoKey): Promise<ArrayBuffer>;
  async exportKey(format: KeyFormat, key: webcrypto.CryptoKey): Promise<ArrayBuffer | Jwk>;
  async exportKey(format: KeyFormat, key: webcrypto.CryptoKey): Promise<ArrayBuffer | Jwk> {
    return this.#run(async () => {
      const exported = await this.#export(formatOf(format), PsaCryptoKey.of(this.#device, key));
      return exported instanceof Uint8Array ? bufferOf(exported) : exported;
    });
  }

  /** `length` in bits; null for the whole secret of a key agreement. */
  async deriveBits(
    algorithm: Identifier,
    baseKey: webcrypto.CryptoKey,
    length: number | null = null,
  ): Promise<ArrayBuffer> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'deriveBits');
      const used = this.#use(baseKey, wanted.params, 'deriveBits');
      return bufferOf(await wanted.algorithm.deriveBits(this.#device, wanted.params, used, length));
    });
  }

  /** With HKDF and PBKDF2, AES and HMAC keys are derived inside the device; what ECDH agrees on passes here. */
  async deriveKey(
    algorithm: Identifier,
    baseKey: webcrypto.CryptoKey,
    derivedKeyAlgorithm: Identifier,
    extractable: boolean,
    usages: readonly webcrypto.KeyUsage[],
  ): Promise<PsaCryptoKey> {
    return this.#run(async () => {
      const wanted = normalize(algorithm, 'deriveBits');
      const target = normalize(derivedKeyAlgorithm, 'keyLength');
      const used = this.#use(baseKey, wanted.params, 'deriveKey');
      return this.#derive(wanted, used, target, wishOf(extractable, usages));
    });
  }

  async wrapKey(
    format: KeyFormat,
    key: webcrypto.CryptoKey,
    wrappingKey: webcrypto.CryptoKey,
    wrapAlgorithm: Identifier,
  ): Promise<ArrayBuffer> {
    return this.#run(async () => {
      const form = formatOf(format);
      const subject = PsaCryptoKey.of(this.#device, key);
      if (canDo(wrapAlgorithm, 'wrapKey')) {
        const { algorithm, params } = normalize(wrapAlgorithm, 'wrapKey');
        const used = this.#use(wrappingKey, params, 'wrapKey');
        const bytes = bytesOfKey(await this.#export(form, subject));
        return bufferOf(await algorithm.wrapKey(this.#device, params, used, bytes));
      }
      const { algorithm, params } = normalize(wrapAlgorithm, 'encrypt');
      const used = this.#use(wrappingKey, params, 'wrapKey');
      const bytes = bytesOfKey(await this.#export(form, subject));
      return bufferOf(await algorithm.encrypt(this.#device, params, used, bytes));
    });
  }

  async unwrapKey(
    format: KeyFormat,
    wrappedKey: Source,
    unwrappingKey: webcrypto.CryptoKey,
    unwrapAlgorithm: Identifier,
    unwrappedKeyAlgorithm: Identifier,
    extractable: boolean,
    usages: readonly webcrypto.KeyUsage[],
  ): Promise<PsaCryptoKey> {
    return this.#run(async () => {
      const form = formatOf(format);
      const wrapped = copyOf(wrappedKey, 'wrapped key');
      const { algorithm, params } = normalize(unwrappedKeyAlgorithm, 'importKey');
      const wish = wishOf(extractable, usages);
      const bytes = await this.#unwrap(unwrapAlgorithm, unwrappingKey, wrapped);
      const data: KeyData = form === 'jwk' ? { format: form, jwk: parseJwk(bytes) } : { format: form, bytes };
      return algorithm.importKey(this.#device, params, data, wish);
    });
  }

  /** The public half of a private key ("Modern Algorithms in the Web Cryptography API", getPublicKey). */
  async getPublicKey(key: webcrypto.CryptoKey, usages: readonly webcrypto.KeyUsage[]): Promise<PsaCryptoKey> {
    return this.#run(async () => {
      const used = PsaCryptoKey.of(this.#device, key);
      if (used.type !== 'private')
        throw failure('InvalidAccessError', `a ${used.type} key has no public half`);
      const { algorithm } = normalize(used.algorithm, 'publicKey');
      return algorithm.publicKey(this.#device, used, usagesOf(usages));
    });
  }

  /** Every failure of the device, by its name here. */
  async #run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw translate(error);
    }
  }

  /** InvalidAccessError unless the key is for this algorithm and this use. */
  #use(key: unknown, { name }: Params, usage: KeyUsage): PsaCryptoKey {
    const used = PsaCryptoKey.of(this.#device, key);
    if (used.algorithm.name !== name)
      throw failure('InvalidAccessError', `${name}: this key is for ${used.algorithm.name}`);
    if (!used.usages.includes(usage))
      throw failure('InvalidAccessError', `${name}: this ${used.type} key has no usage ${usage}`);
    return used;
  }

  #export(format: KeyFormat, key: PsaCryptoKey): Promise<Uint8Array | Jwk> {
    const { algorithm } = normalize(key.algorithm, 'exportKey');
    exportable(key);
    return algorithm.exportKey(this.#device, format, key);
  }

  async #derive(
    wanted: Normalized<'deriveBits'>,
    key: PsaCryptoKey,
    target: Normalized<'keyLength'>,
    wish: KeyWish,
  ): Promise<PsaCryptoKey> {
    const device = this.#device;
    const length = target.algorithm.keyLength(target.params);
    const { plan } = target.algorithm;
    if (wanted.algorithm.deriveInside !== undefined && plan !== undefined && length !== null) {
      const planned = plan(target.params, length, wish);
      const id = await wanted.algorithm.deriveInside(device, wanted.params, key, planned);
      const place = { kind: 'device', id, usage: planned.attributes.usage ?? 0 } as const;
      return new PsaCryptoKey(device, place, 'secret', planned.algorithm, wish.extractable, wish.usages);
    }
    const bytes = await wanted.algorithm.deriveBits(device, wanted.params, key, length);
    const { algorithm, params } = normalize(target.params, 'importKey');
    return algorithm.importKey(device, params, { format: 'raw', bytes }, wish);
  }

  async #unwrap(identifier: unknown, key: unknown, wrapped: Uint8Array): Promise<Uint8Array> {
    if (canDo(identifier, 'unwrapKey')) {
      const { algorithm, params } = normalize(identifier, 'unwrapKey');
      return algorithm.unwrapKey(this.#device, params, this.#use(key, params, 'unwrapKey'), wrapped);
    }
    const { algorithm, params } = normalize(identifier, 'decrypt');
    return algorithm.decrypt(this.#device, params, this.#use(key, params, 'unwrapKey'), wrapped);
  }
}
