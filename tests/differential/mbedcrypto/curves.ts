/** Keys on the elliptic curves of both libraries, their public halves as OpenSSL computes them. */
import { createECDH, createPrivateKey, createPublicKey } from 'node:crypto';
import * as psa from '../../../psa-api/constants.ts';
import { unhex } from '../../support/bytes.ts';
import type { Generator } from '../../support/generator.ts';
import type { Material } from './material.ts';

export interface Curve {
  readonly family: number;
  readonly bits: number;
  /** OpenSSL's name. */
  readonly name: string;
}

const {
  PSA_ECC_FAMILY_SECP_R1: R1,
  PSA_ECC_FAMILY_SECP_K1: K1,
  PSA_ECC_FAMILY_BRAINPOOL_P_R1: BRAINPOOL,
  PSA_ECC_FAMILY_MONTGOMERY: MONTGOMERY,
} = psa;

export const P256: Curve = { family: R1, bits: 256, name: 'prime256v1' };
export const P384: Curve = { family: R1, bits: 384, name: 'secp384r1' };
export const P521: Curve = { family: R1, bits: 521, name: 'secp521r1' };
const NIST = [P256, P384, P521];
export const SECP256K1: Curve = { family: K1, bits: 256, name: 'secp256k1' };
const OTHERS: readonly Curve[] = [
  SECP256K1,
  { family: R1, bits: 192, name: 'prime192v1' },
  { family: R1, bits: 224, name: 'secp224r1' },
  { family: K1, bits: 192, name: 'secp192k1' },
  { family: BRAINPOOL, bits: 256, name: 'brainpoolP256r1' },
  { family: BRAINPOOL, bits: 384, name: 'brainpoolP384r1' },
  { family: BRAINPOOL, bits: 512, name: 'brainpoolP512r1' },
];

/** Curves for ECDSA and ECDH. */
export const WEIERSTRASS: readonly Curve[] = [...NIST, ...OTHERS];

/** For ECDH alone. */
export const CURVE25519: Curve = { family: MONTGOMERY, bits: 255, name: 'x25519' };

export const CURVES: readonly Curve[] = [...WEIERSTRASS, CURVE25519];

export const pairType = ({ family }: Curve): number => psa.PSA_KEY_TYPE_ECC_KEY_PAIR(family);
export const publicType = ({ family }: Curve): number => psa.PSA_KEY_TYPE_ECC_PUBLIC_KEY(family);

/** Most of the time a curve of NIST's, and of these the cheapest. */
const anyWeierstrass = (random: Generator): Curve =>
  random.pick([P256, P256, P256, P256, P384, P521, random.pick(OTHERS), random.pick(OTHERS)]);

/** Any for key agreement. */
export const anyCurve = (random: Generator): Curve =>
  random.below(5) === 0 ? CURVE25519 : anyWeierstrass(random);

/** A scalar below every order of this length. */
const scalar = (random: Generator, bits: number): Uint8Array => {
  const data = random.bytes(Math.ceil(bits / 8));
  data[0] = bits % 8 === 0 ? (data[0] ?? 0) & 0x7f : 0;
  return data;
};

/** RFC 7748 5: the bits that every private key has (9.2, key format of ECC key pairs). */
export const clamped = (data: Uint8Array): Uint8Array =>
  data.map((byte, i) => (i === 0 ? byte & 0xf8 : i === 31 ? (byte & 0x7f) | 0x40 : byte));

/** Public keys for Curve25519 that give 0 with every private key (RFC 7748 6.1): 0, 1, p - 1, p, p + 1 and two others. */
export const SMALL_ORDER: readonly Uint8Array[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
].map(unhex);

/** RFC 8410: what stands before the bytes of a private key in PKCS #8. */
const PKCS8 = unhex('302e020100300506032b656e04220420');

const montgomeryPoint = (data: Uint8Array): Uint8Array => {
  const pair = createPrivateKey({ key: Buffer.concat([PKCS8, data]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(pair).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(-32));
};

const weierstrassPoint = (name: string, data: Uint8Array): Uint8Array => {
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(data);
  return new Uint8Array(ecdh.getPublicKey());
};

export const ecc = (random: Generator, curve: Curve = anyWeierstrass(random)): Material => {
  const { family, bits, name } = curve;
  const isMontgomery = family === MONTGOMERY;
  const data = isMontgomery ? clamped(random.bytes(32)) : scalar(random, bits);
  const point = isMontgomery ? montgomeryPoint(data) : weierstrassPoint(name, data);
  return { type: pairType(curve), bits, data, public: { type: publicType(curve), data: point } };
};
