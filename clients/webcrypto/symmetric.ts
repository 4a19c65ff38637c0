/** What secret keys have in common: they are raw bytes or `oct` keys, and their usages are flags of PSA. */
import {
  type KeyAttributes,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_UNWRAP,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
  PSA_KEY_USAGE_WRAP,
} from '../../psa-api/constants.ts';
import type { Algorithm, Jwk, KeyData, KeyFormat, KeyWish } from './algorithm.ts';
import { toBase64Url } from './bytes.ts';
import { idOf, PsaCryptoKey } from './crypto-key.ts';
import type { Device } from './device.ts';
import { failure } from './errors.ts';
import { checkJwk, type Expected, memberOf } from './jwk.ts';
import { type KeyUsage, onlyUsages, type Params, someUsage } from './params.ts';

/** Flags that the usages of a WebCrypto key need in a PSA policy. */
const FLAGS: Readonly<Record<KeyUsage, number>> = {
  encrypt: PSA_KEY_USAGE_ENCRYPT,
  decrypt: PSA_KEY_USAGE_DECRYPT,
  sign: PSA_KEY_USAGE_SIGN_MESSAGE,
  verify: PSA_KEY_USAGE_VERIFY_MESSAGE,
  deriveKey: PSA_KEY_USAGE_DERIVE,
  deriveBits: PSA_KEY_USAGE_DERIVE,
  wrapKey: PSA_KEY_USAGE_ENCRYPT,
  unwrapKey: PSA_KEY_USAGE_DECRYPT,
};

/** Of keys for PSA_ALG_KW, which wrap and do not encrypt. */
const WRAPPING_FLAGS = { ...FLAGS, wrapKey: PSA_KEY_USAGE_WRAP, unwrapKey: PSA_KEY_USAGE_UNWRAP };

export const flagsOf = ({ usages, extractable }: KeyWish, wraps = false): number => {
  const table = wraps ? WRAPPING_FLAGS : FLAGS;
  const flags = usages.reduce((all, usage) => all | table[usage], 0);
  return extractable ? flags | PSA_KEY_USAGE_EXPORT : flags;
};

/** PSA Crypto 1.3, 9.5.2: a flag for hashes allows messages too. */
const implied = (usage: number): number =>
  usage |
  ((usage & PSA_KEY_USAGE_SIGN_HASH) !== 0 ? PSA_KEY_USAGE_SIGN_MESSAGE : 0) |
  ((usage & PSA_KEY_USAGE_VERIFY_HASH) !== 0 ? PSA_KEY_USAGE_VERIFY_MESSAGE : 0);

/** InvalidAccessError for a usage that the policy of a key in the device does not allow. */
export const allowedUsages = (
  { usage }: KeyAttributes,
  usages: readonly KeyUsage[],
  what: string,
  wraps = false,
): void => {
  const allowed = implied(usage);
  const strange = usages.find(
    (word) => (flagsOf({ usages: [word], extractable: false }, wraps) & ~allowed) !== 0,
  );
  if (strange !== undefined)
    throw failure('InvalidAccessError', `${what}: the policy of this key does not allow ${strange}`);
};

export const isExtractable = ({ usage }: KeyAttributes): boolean => (usage & PSA_KEY_USAGE_EXPORT) !== 0;

export interface SecretScheme {
  readonly name: string;
  readonly usages: readonly KeyUsage[];
  readonly type: number;
  /** Whether wrapKey and unwrapKey are PSA_KEY_USAGE_WRAP and UNWRAP. */
  readonly wraps?: boolean;
  /** How many bits generateKey makes. */
  generatedBits(params: Params): number;
  /** How many bits of `bytes` importKey takes: all of them, or DataError. */
  importedBits(params: Params, bytes: Uint8Array): number;
  /** "Get key length". */
  keyLength(params: Params): number;
  /** Of the KeyAlgorithm, beside its name. */
  describe(params: Params, bits: number): Readonly<Record<string, unknown>>;
  /** PSA algorithm of the policy. */
  policy(params: Params): number;
  readonly use: Expected['use'];
  /** `alg` of a JSON Web Key. */
  jwkAlg(params: Params, bits: number): string;
  /** Parameters of a key in the device that its policy knows and the caller need not say. */
  complete?(params: Params, attributes: KeyAttributes): Params;
}

const bytesIn = (scheme: SecretScheme, params: Params, data: KeyData, wish: KeyWish): Uint8Array => {
  if (data.format === 'raw') return data.bytes;
  if (data.format !== 'jwk')
    throw failure('NotSupportedError', `${scheme.name}: no key format ${data.format}; it has raw and jwk`);
  const bytes = memberOf(data.jwk, 'k');
  const expected = { kty: 'oct', use: scheme.use, algs: [scheme.jwkAlg(params, bytes.length * 8)] } as const;
  checkJwk(data.jwk, expected, wish);
  return bytes;
};

/** The key operations of a symmetric algorithm. */
export const secretKeys = (
  scheme: SecretScheme,
): Required<Pick<Algorithm, 'generateKey' | 'importKey' | 'exportKey' | 'adopt' | 'keyLength' | 'plan'>> => {
  const { name, type } = scheme;
  const wraps = scheme.wraps === true;

  const plan = (params: Params, bits: number, wish: KeyWish) => ({
    attributes: { type, bits, usage: flagsOf(wish, wraps), alg: scheme.policy(params) },
    algorithm: { name, ...scheme.describe(params, bits) },
  });

  const check = ({ usages }: KeyWish): void => {
    onlyUsages(usages, scheme.usages, name);
    someUsage(usages, name);
  };

  return {
    plan: (params, bits, wish) => {
      check(wish);
      return plan(params, bits, wish);
    },

    keyLength: (params) => scheme.keyLength(params),

    async generateKey(device, params, wish) {
      check(wish);
      const { attributes, algorithm } = plan(params, scheme.generatedBits(params), wish);
      const id = await device.generateKey(attributes);
      const place = { kind: 'device', id, usage: attributes.usage } as const;
      return new PsaCryptoKey(device, place, 'secret', algorithm, wish.extractable, wish.usages);
    },

    async importKey(device, params, data, wish) {
      check(wish);
      const bytes = bytesIn(scheme, params, data, wish);
      const { attributes, algorithm } = plan(params, scheme.importedBits(params, bytes), wish);
      const id = await device.importKey(attributes, bytes);
      const place = { kind: 'device', id, usage: attributes.usage } as const;
      return new PsaCryptoKey(device, place, 'secret', algorithm, wish.extractable, wish.usages);
    },

    exportKey: (device, format, key) => exportSecret(scheme, device, format, key),

    async adopt(device, id, attributes, params, { usages }) {
      if (attributes.type !== type)
        throw failure('InvalidAccessError', `${name}: the key in the device is of another type`);
      onlyUsages(usages, scheme.usages, name);
      allowedUsages(attributes, usages, name, wraps);
      const whole = scheme.complete?.(params, attributes) ?? params;
      const algorithm = { name, ...scheme.describe(whole, attributes.bits) };
      const place = { kind: 'device', id, usage: attributes.usage } as const;
      return new PsaCryptoKey(device, place, 'secret', algorithm, isExtractable(attributes), usages);
    },
  };
};

const exportSecret = async (
  scheme: SecretScheme,
  device: Device,
  format: KeyFormat,
  key: PsaCryptoKey,
): Promise<Uint8Array | Jwk> => {
  if (format !== 'raw' && format !== 'jwk')
    throw failure('NotSupportedError', `${scheme.name}: no key format ${format}; it has raw and jwk`);
  const bytes = await device.exportKey(idOf(key));
  if (format === 'raw') return bytes;
  return {
    kty: 'oct',
    k: toBase64Url(bytes),
    alg: scheme.jwkAlg(key.algorithm, bytes.length * 8),
    key_ops: [...key.usages],
    ext: key.extractable,
  };
};
