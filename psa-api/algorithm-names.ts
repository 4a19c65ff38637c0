/** Algorithm identifiers in the specification's words, and the parts that an implementation must have for each. */

import {
  PSA_ALG_IS_AEAD,
  PSA_ALG_IS_KEY_AGREEMENT,
  PSA_ALG_IS_MAC,
  PSA_ALG_KEY_AGREEMENT_GET_BASE,
  PSA_ALG_KEY_AGREEMENT_GET_KDF,
} from './algorithm-algebra.ts';
import * as algorithms from './algorithms.ts';

const HASH = 0xff;
const HASH_CATEGORY = 0x02000000;
const LENGTH = 0x3f0000;
/** "At least this length" of a MAC and of an AEAD tag (10.2.3, 10.5.3). */
const AT_LEAST = 0x8000;

/** Identifiers that stand for one algorithm. */
const SINGLE: ReadonlyMap<number, string> = new Map(
  Object.entries(algorithms).flatMap(([name, value]) =>
    typeof value === 'number' && value !== algorithms.PSA_ALG_NONE ? [[value, name] as const] : [],
  ),
);

/** Those with a hash in their low byte. */
const OVER_A_HASH: readonly (readonly [name: string, of: (hash: number) => number])[] = [
  ['PSA_ALG_HMAC', algorithms.PSA_ALG_HMAC],
  ['PSA_ALG_RSA_PKCS1V15_SIGN', algorithms.PSA_ALG_RSA_PKCS1V15_SIGN],
  ['PSA_ALG_RSA_PSS', algorithms.PSA_ALG_RSA_PSS],
  ['PSA_ALG_RSA_PSS_ANY_SALT', algorithms.PSA_ALG_RSA_PSS_ANY_SALT],
  ['PSA_ALG_ECDSA', algorithms.PSA_ALG_ECDSA],
  ['PSA_ALG_DETERMINISTIC_ECDSA', algorithms.PSA_ALG_DETERMINISTIC_ECDSA],
  ['PSA_ALG_RSA_OAEP', algorithms.PSA_ALG_RSA_OAEP],
  ['PSA_ALG_HKDF', algorithms.PSA_ALG_HKDF],
  ['PSA_ALG_HKDF_EXTRACT', algorithms.PSA_ALG_HKDF_EXTRACT],
  ['PSA_ALG_HKDF_EXPAND', algorithms.PSA_ALG_HKDF_EXPAND],
  ['PSA_ALG_TLS12_PRF', algorithms.PSA_ALG_TLS12_PRF],
  ['PSA_ALG_TLS12_PSK_TO_MS', algorithms.PSA_ALG_TLS12_PSK_TO_MS],
  ['PSA_ALG_SP800_108_COUNTER_HMAC', algorithms.PSA_ALG_SP800_108_COUNTER_HMAC],
  ['PSA_ALG_PBKDF2_HMAC', algorithms.PSA_ALG_PBKDF2_HMAC],
  ['PSA_ALG_JPAKE', algorithms.PSA_ALG_JPAKE],
  ['PSA_ALG_SPAKE2P_HMAC', algorithms.PSA_ALG_SPAKE2P_HMAC],
  ['PSA_ALG_SPAKE2P_CMAC', algorithms.PSA_ALG_SPAKE2P_CMAC],
];

/** By what is left of them without the hash. */
const WITH_HASH: ReadonlyMap<number, string> = new Map(
  OVER_A_HASH.map(([name, of]) => [of(algorithms.PSA_ALG_NONE), name]),
);

/** The algorithm without the length of its MAC or tag. */
const sansLength = (alg: number): number => {
  if (PSA_ALG_IS_MAC(alg)) return (alg & ~(LENGTH | AT_LEAST)) >>> 0;
  return PSA_ALG_IS_AEAD(alg)
    ? algorithms.PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG((alg & ~AT_LEAST) >>> 0)
    : alg;
};

const hex = (alg: number): string => `0x${alg.toString(16).padStart(8, '0')}`;

/** The hash in an identifier, by name; none for the bare family. */
const hashPart = (alg: number): string[] => {
  const hash = (HASH_CATEGORY | (alg & HASH)) >>> 0;
  return (alg & HASH) === 0 ? [] : [SINGLE.get(hash) ?? hex(hash)];
};

const partsOfOne = (alg: number): readonly string[] => {
  const base = sansLength(alg);
  const single = SINGLE.get(base);
  if (single !== undefined) return [single];
  const family = WITH_HASH.get((base & ~HASH) >>> 0);
  return family === undefined ? [hex(base)] : [family, ...hashPart(base)];
};

/**
 * What a device must have to compute `alg`: the family and its hash, the agreement and its derivation. Lengths of
 * MACs and tags are left out; what has no name stands as its number.
 */
export const algorithmParts = (alg: number): readonly string[] => {
  if (!PSA_ALG_IS_KEY_AGREEMENT(alg)) return partsOfOne(alg);
  const kdf = PSA_ALG_KEY_AGREEMENT_GET_KDF(alg);
  const bare = (kdf & 0xffff) === 0;
  return [...partsOfOne(PSA_ALG_KEY_AGREEMENT_GET_BASE(alg)), ...(bare ? [] : partsOfOne(kdf))];
};

const call = ([family = '', ...rest]: readonly string[]): string =>
  rest.length === 0 ? family : `${family}(${rest.join(', ')})`;

const lengthOf = (alg: number): number => (alg & LENGTH) >>> 16;

const nameOfOne = (alg: number): string => {
  const exact = SINGLE.get(alg);
  if (exact !== undefined) return exact;
  const base = sansLength(alg);
  const name = call(partsOfOne(base));
  if (base === alg) return name;
  const least = (alg & AT_LEAST) !== 0;
  if (PSA_ALG_IS_MAC(alg))
    return `${least ? 'PSA_ALG_AT_LEAST_THIS_LENGTH_MAC' : 'PSA_ALG_TRUNCATED_MAC'}(${name}, ${lengthOf(alg)})`;
  const shape = least ? 'PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG' : 'PSA_ALG_AEAD_WITH_SHORTENED_TAG';
  return `${shape}(${name}, ${lengthOf(alg)})`;
};

/** As a program writes it: `PSA_ALG_ECDSA(PSA_ALG_SHA_256)`; the number in hex where the parts have no names. */
export const algorithmName = (alg: number): string => {
  if (alg === algorithms.PSA_ALG_NONE) return 'PSA_ALG_NONE';
  if (!PSA_ALG_IS_KEY_AGREEMENT(alg)) return nameOfOne(alg);
  const kdf = PSA_ALG_KEY_AGREEMENT_GET_KDF(alg);
  const base = nameOfOne(PSA_ALG_KEY_AGREEMENT_GET_BASE(alg));
  return (kdf & 0xffff) === 0 ? base : `PSA_ALG_KEY_AGREEMENT(${base}, ${nameOfOne(kdf)})`;
};

/** Every name that `algorithmParts` gives for identifiers of the specification. */
export const ALGORITHM_PARTS: readonly string[] = [...new Set([...SINGLE.values(), ...WITH_HASH.values()])];
