/** Arguments at and beyond the edges, and keys of every kind to use them with. */
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import * as constants from '../../psa-api/constants.ts';
import {
  PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG,
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_ANY_HASH,
  PSA_ALG_AT_LEAST_THIS_LENGTH_MAC,
  PSA_ALG_KEY_AGREEMENT,
  PSA_ALG_TRUNCATED_MAC,
  PSA_KEY_TYPE_IS_DH,
  PSA_KEY_TYPE_IS_RSA,
} from '../../psa-api/constants.ts';
import { RECIPES } from './keyring.ts';
import type { Random } from './random.ts';

const numbers = (prefix: string): number[] =>
  Object.entries(constants).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'number' ? [value] : [],
  );

export const HASHES = numbers('PSA_ALG_').filter((alg) => alg >>> 24 === 0x02);

/** Constructors of one hash: their names say what they are. */
const WITH_HASH = Object.entries(constants).flatMap(([name, value]) =>
  /^PSA_ALG_(HMAC|RSA_|ECDSA$|DETERMINISTIC_|HASH_|HKDF|TLS12_|SP800|PBKDF2_HMAC|JPAKE|SPAKE2P_|WPA3)/.test(
    name,
  ) &&
  typeof value === 'function' &&
  value.length === 1
    ? [value as (hash: number) => number]
    : [],
);

const BASE_ALGORITHMS = [
  ...numbers('PSA_ALG_'),
  ...WITH_HASH.flatMap((make) => [...HASHES, PSA_ALG_ANY_HASH].map((hash) => make(hash))),
];

const category = (alg: number): number => (alg >>> 24) & 0x7f;
const ofCategory = (wanted: number): number[] => BASE_ALGORITHMS.filter((alg) => category(alg) === wanted);

const LENGTHS = [0, 1, 4, 7, 8, 12, 13, 16, 17, 32, 63];

/** Every algorithm that the constants can name, with lengths and compositions at the edges. */
export const ALGORITHMS: readonly number[] = [
  ...BASE_ALGORITHMS,
  ...ofCategory(0x03).flatMap((mac) =>
    LENGTHS.flatMap((n) => [PSA_ALG_TRUNCATED_MAC(mac, n), PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(mac, n)]),
  ),
  ...ofCategory(0x05).flatMap((aead) =>
    LENGTHS.flatMap((n) => [
      PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead, n),
      PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(aead, n),
    ]),
  ),
  ...ofCategory(0x09).flatMap((agreement) =>
    ofCategory(0x08).map((derivation) => PSA_ALG_KEY_AGREEMENT(agreement, derivation)),
  ),
];

const FAMILIES = [
  ...numbers('PSA_ECC_FAMILY_'),
  ...numbers('PSA_DH_FAMILY_'),
  ...numbers('PSA_SLH_DSA_FAMILY_'),
  0,
];

export const KEY_TYPES: readonly number[] = [
  ...numbers('PSA_KEY_TYPE_'),
  ...[0x7100, 0x4100, 0x7200, 0x4200, 0x7400, 0x4400, 0x7180, 0x4180, 0x3280, 0x3300].flatMap((base) =>
    FAMILIES.map((family) => base | family),
  ),
];

const BITS = [
  0, 1, 7, 8, 40, 56, 64, 112, 128, 160, 192, 224, 225, 239, 255, 256, 320, 384, 448, 512, 521, 528, 1016,
  1024, 2048, 65528, 65535,
];

const LIFETIMES = [0, 0, 0, 0, 0, 0, 1, 2, 0x80, 0xff, 0x100, 0x101, 0xffffff00, 0xffffffff];

/** Persistent keys stay within these, so that they can be destroyed at the end. */
export const PERSISTENT_IDS = [1, 2, 0x3ffffffd, 0x3fffffff] as const;
const IDS = [...PERSISTENT_IDS, 0, 0x3ffffffe, 0x40000000, 0x7fffffff, 0x80000000, 0xffffffff];

export const OWNERS = [-1, 1, 0x7fffffff, -0x80000000] as const;

const STEPS = numbers('PSA_KEY_DERIVATION_INPUT_');

export const ALL_USAGE = numbers('PSA_KEY_USAGE_').reduce((all, flag) => all | flag, 0);

const EDGES = [
  0, 1, 2, 15, 16, 17, 255, 256, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];
const SIZES = [
  0, 1, 8, 12, 13, 16, 17, 20, 32, 48, 64, 65, 96, 128, 133, 256, 512, 4096, 0x7fffffff, 0xffffffff,
];
const COSTS = [0n, 1n, 2n, 3n, 33n, 100n, 0x100000000n, 0x8000000000000000n, 0xffffffffffffffffn];
const BYTE_LENGTHS = [
  0, 1, 4, 8, 11, 12, 13, 15, 16, 17, 20, 24, 28, 31, 32, 33, 48, 56, 57, 63, 64, 65, 66, 97, 112, 114, 127,
  128, 129, 133, 256, 257, 300,
];

/** Algorithms of functions that take no key: nothing else would tell which are meant. */
export const OF_GROUP: ReadonlyMap<string, readonly number[]> = new Map([
  ['hash', HASHES],
  ['XOF', ofCategory(0x0d)],
]);

export const edge = (random: Random): number => (random.once(3) ? random.u32() : random.pick(EDGES));
/** Around the packs of system flash. */
export const address = (random: Random): number =>
  random.once(4) ? edge(random) : 0x0bf9fbf0 + random.below(0x420);
export const room = (random: Random): number => (random.once(8) ? edge(random) : random.pick(SIZES));
export const cost = (random: Random): bigint => random.pick(COSTS);
export const algorithm = (random: Random): number =>
  random.once(20) ? random.u32() : random.pick(ALGORITHMS);
export const keyType = (random: Random): number =>
  random.once(20) ? random.u32() & 0xffff : random.pick(KEY_TYPES);
export const step = (random: Random): number =>
  random.once(20) ? random.u32() & 0xffff : random.pick(STEPS);

export const bytes = (random: Random): Uint8Array => {
  if (random.once(5000)) return random.bytes(random.pick([65535, 65536, 70_001, 1_000_000]));
  const data = random.bytes(random.pick(BYTE_LENGTHS));
  if (random.once(10)) data.fill(random.pick([0, 0xff]));
  return data;
};

/** Of a key that there may be. */
const plausible = (random: Random): KeyAttributes => {
  const { type, bits, algorithms } = random.pick(RECIPES);
  return { type, bits, lifetime: 0, usage: ALL_USAGE, alg: random.pick(algorithms), id: 0 };
};

export const attributes = (random: Random): KeyAttributes => {
  if (random.once(3)) return plausible(random);
  const type = keyType(random);
  const lifetime = random.pick(LIFETIMES);
  return {
    type,
    bits: random.once(20) ? random.u32() & 0xffff : random.pick(BITS),
    lifetime,
    usage: random.once(4) ? random.u32() : ALL_USAGE,
    alg: algorithm(random),
    id: lifetime === 0 && !random.once(10) ? 0 : random.pick(IDS),
  };
};

/** Persistent keys with other ids would stay behind, and some sizes take minutes to make: not asked for. */
export const isTooMuch = ({ type, bits, lifetime, id }: KeyAttributes): boolean => {
  const isKept = (lifetime & 0xff) !== 0 && !IDS.includes(id);
  const isLarge = (PSA_KEY_TYPE_IS_RSA(type) && bits > 1024) || (PSA_KEY_TYPE_IS_DH(type) && bits > 2048);
  return isKept || isLarge;
};
