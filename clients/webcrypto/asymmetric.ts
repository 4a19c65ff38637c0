/** What key pairs have in common, whatever their family: the way of both halves in and out, and their usages. */
import {
  type KeyAttributes,
  PSA_KEY_TYPE_IS_KEY_PAIR,
  PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR,
} from '../../psa-api/constants.ts';
import type { Algorithm, Jwk, KeyData, KeyFormat, KeyWish } from './algorithm.ts';
import { equal } from './bytes.ts';
import { idOf, type Place, PsaCryptoKey, type PsaKeyAlgorithm } from './crypto-key.ts';
import type { Device } from './device.ts';
import { failure } from './errors.ts';
import { type KeyUsage, onlyUsages, type Params, someUsage } from './params.ts';
import { allowedUsages, flagsOf, isExtractable } from './symmetric.ts';

/** Key data in PSA's formats (PSA Crypto 1.3, 9.6.1). */
export type Parsed =
  | { readonly type: 'public'; readonly data: Uint8Array }
  /** With the public half where the data had it, which must be the right one. */
  | { readonly type: 'private'; readonly data: Uint8Array; readonly publicData?: Uint8Array | undefined };

/** A family of keys with all its parameters known. */
export interface KeyFamily {
  /** PSA_KEY_TYPE_..._KEY_PAIR. */
  readonly pairType: number;
  /** Where the parameters say it. */
  readonly bits?: number;
  readonly alg: number;
  parse(data: KeyData, wish: KeyWish): Parsed;
  writePublic(format: Exclude<KeyFormat, 'pkcs8'>, data: Uint8Array): Uint8Array | Jwk;
  writePrivate(format: 'pkcs8' | 'jwk', data: Uint8Array, publicData: Uint8Array): Uint8Array | Jwk;
  /** Of the KeyAlgorithm, beside its name. */
  describe(publicData: Uint8Array): Readonly<Record<string, unknown>>;
}

export interface PairScheme {
  readonly name: string;
  readonly publicUsages: readonly KeyUsage[];
  readonly privateUsages: readonly KeyUsage[];
  /** PSA flags beside those of the usages. */
  readonly moreFlags?: { readonly public: number; readonly private: number };
  family(params: Params): KeyFamily;
  /** The parameters of a key in the device, with what the caller says of it. */
  paramsFor(attributes: KeyAttributes, params: Params): Params;
  /** The id; psa_generate_key where not given. */
  generate?(device: Device, params: Params, attributes: Partial<KeyAttributes>): Promise<number>;
}

const placeOfPublic = (
  scheme: PairScheme,
  family: KeyFamily,
  usages: readonly KeyUsage[],
  data: Uint8Array,
): Place => {
  const more = usages.length === 0 ? 0 : (scheme.moreFlags?.public ?? 0);
  const type = PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(family.pairType);
  const usage = flagsOf({ usages, extractable: false }) | more;
  const bits = family.bits === undefined ? {} : { bits: family.bits };
  return { kind: 'public', attributes: { type, ...bits, usage, alg: family.alg }, data };
};

/** The bytes of a public key. */
export const publicDataOf = (key: PsaCryptoKey): Uint8Array => {
  const place = PsaCryptoKey.place(key);
  if (place.kind !== 'public') throw new TypeError(`a ${key.type} key, where a public one is due`);
  return place.data;
};

/** Which half is to come, before anything is read: only a JSON Web Key says so itself. */
const halfOf = (data: KeyData): Parsed['type'] => {
  if (data.format === 'jwk') return data.jwk.d === undefined ? 'public' : 'private';
  return data.format === 'pkcs8' ? 'private' : 'public';
};

const pick = (usages: readonly KeyUsage[], allowed: readonly KeyUsage[]): KeyUsage[] =>
  usages.filter((usage) => allowed.includes(usage));

export type PairOperations = Required<
  Pick<Algorithm, 'generateKey' | 'importKey' | 'exportKey' | 'adopt' | 'publicKey'>
>;

/** The key operations of an asymmetric algorithm. */
export const keyPairs = (scheme: PairScheme): PairOperations => {
  const { name } = scheme;

  const publicKey = (
    device: Device,
    family: KeyFamily,
    usages: readonly KeyUsage[],
    data: Uint8Array,
    extractable = true,
  ): PsaCryptoKey => {
    const algorithm: PsaKeyAlgorithm = { name, ...family.describe(data) };
    const place = placeOfPublic(scheme, family, usages, data);
    return new PsaCryptoKey(device, place, 'public', algorithm, extractable, usages);
  };

  const privateKey = (
    device: Device,
    family: KeyFamily,
    wish: KeyWish,
    key: { readonly id: number; readonly usage: number; readonly publicData: Uint8Array },
  ): PsaCryptoKey => {
    const algorithm: PsaKeyAlgorithm = { name, ...family.describe(key.publicData) };
    const place = { kind: 'device', id: key.id, usage: key.usage } as const;
    return new PsaCryptoKey(device, place, 'private', algorithm, wish.extractable, wish.usages);
  };

  const pairAttributes = (family: KeyFamily, wish: KeyWish) => ({
    type: family.pairType,
    ...(family.bits === undefined ? {} : { bits: family.bits }),
    usage: flagsOf(wish) | (scheme.moreFlags?.private ?? 0),
    alg: family.alg,
  });

  const importPublic = async (
    device: Device,
    family: KeyFamily,
    wish: KeyWish,
    data: Uint8Array,
  ): Promise<PsaCryptoKey> => {
    const key = publicKey(device, family, wish.usages, data, wish.extractable);
    // Whether it is one, only the device can tell.
    await device.withKey(PsaCryptoKey.place(key), async () => {});
    return key;
  };

  const importPrivate = async (
    device: Device,
    family: KeyFamily,
    wish: KeyWish,
    parsed: Extract<Parsed, { type: 'private' }>,
  ): Promise<PsaCryptoKey> => {
    someUsage(wish.usages, `${name} private key`);
    const attributes = pairAttributes(family, wish);
    const id = await device.importKey(attributes, parsed.data);
    try {
      const publicData = await device.exportPublicKey(id);
      if (parsed.publicData !== undefined && !equal(parsed.publicData, publicData))
        throw failure('DataError', `${name}: the public key in the data is not that of the private key`);
      return privateKey(device, family, wish, { id, usage: attributes.usage, publicData });
    } catch (error) {
      await device.destroyKey(id);
      throw error;
    }
  };

  return {
    async generateKey(device, params, { extractable, usages }) {
      const allowed = [...scheme.publicUsages, ...scheme.privateUsages];
      onlyUsages(usages, allowed, name);
      const wish = { extractable, usages: pick(usages, scheme.privateUsages) };
      someUsage(wish.usages, `${name} private key`);
      const family = scheme.family(params);
      const attributes = pairAttributes(family, wish);
      const id = await (scheme.generate?.(device, params, attributes) ?? device.generateKey(attributes));
      const publicData = await device.exportPublicKey(id);
      return {
        publicKey: publicKey(device, family, pick(usages, scheme.publicUsages), publicData),
        privateKey: privateKey(device, family, wish, { id, usage: attributes.usage, publicData }),
      };
    },

    async importKey(device, params, data, wish) {
      const family = scheme.family(params);
      const half = halfOf(data);
      const allowed = half === 'public' ? scheme.publicUsages : scheme.privateUsages;
      onlyUsages(wish.usages, allowed, `${name} ${half} key`);
      const parsed = family.parse(data, wish);
      return parsed.type === 'public'
        ? importPublic(device, family, wish, parsed.data)
        : importPrivate(device, family, wish, parsed);
    },

    async exportKey(device, format, key) {
      const family = scheme.family(key.algorithm);
      const wrong = (): DOMException =>
        failure('InvalidAccessError', `${name}: a ${key.type} key has no format ${format}`);
      const whole = (written: Uint8Array | Jwk) =>
        written instanceof Uint8Array
          ? written
          : { ...written, key_ops: [...key.usages], ext: key.extractable };
      if (key.type === 'public') {
        if (format === 'pkcs8') throw wrong();
        return whole(family.writePublic(format, publicDataOf(key)));
      }
      if (format !== 'pkcs8' && format !== 'jwk') throw wrong();
      const id = idOf(key);
      const data = await device.exportKey(id);
      return whole(family.writePrivate(format, data, await device.exportPublicKey(id)));
    },

    async adopt(device, id, attributes, params, { usages }) {
      const full = scheme.paramsFor(attributes, params);
      const family = scheme.family(full);
      const isPair = PSA_KEY_TYPE_IS_KEY_PAIR(attributes.type);
      const publicType = PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(family.pairType);
      if (PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(attributes.type) !== publicType)
        throw failure('InvalidAccessError', `${name}: the key in the device is of another type`);
      onlyUsages(usages, isPair ? scheme.privateUsages : scheme.publicUsages, name);
      allowedUsages(attributes, usages, name);
      const publicData = await device.exportPublicKey(id);
      if (!isPair) return publicKey(device, family, usages, publicData);
      const wish = { usages, extractable: isExtractable(attributes) };
      return privateKey(device, family, wish, { id, usage: attributes.usage, publicData });
    },

    async publicKey(device, key, usages) {
      onlyUsages(usages, scheme.publicUsages, `${name} public key`);
      const family = scheme.family(key.algorithm);
      return publicKey(device, family, usages, await device.exportPublicKey(idOf(key)));
    },
  };
};
