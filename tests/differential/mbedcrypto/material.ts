/** Key material: of types that both libraries have, spoilt, and types that one or none has. */
import * as psa from '../../../psa-api/constants.ts';
import { NOTHING } from '../../support/bytes.ts';
import type { Generator } from '../../support/generator.ts';
import { RSA_PAIR, RSA_PUBLIC } from '../../support/keys.ts';
import { RSA1031, RSA2048 } from '../../unit/engine/rsa-keys.ts';
import { anyCurve, CURVE25519, ecc, publicType, SMALL_ORDER } from './curves.ts';

/** A kind of key with valid material. `public` is there where it has a public part, in its own format. */
export interface Material {
  readonly type: number;
  readonly bits: number;
  readonly data: Uint8Array;
  readonly public?: { readonly type: number; readonly data: Uint8Array };
}

export const symmetric = (type: number, data: Uint8Array): Material => ({
  type,
  bits: data.length * 8,
  data,
});

export const aes = (random: Generator): Material =>
  symmetric(psa.PSA_KEY_TYPE_AES, random.bytes(random.pick([16, 16, 24, 32])));

export const des = (random: Generator): Material =>
  symmetric(psa.PSA_KEY_TYPE_DES, random.bytes(random.pick([8, 16, 24])));

export const chacha20 = (random: Generator): Material =>
  symmetric(psa.PSA_KEY_TYPE_CHACHA20, random.bytes(32));

export const RSA_1024: Material = {
  type: psa.PSA_KEY_TYPE_RSA_KEY_PAIR,
  bits: 1024,
  data: RSA_PAIR,
  public: { type: psa.PSA_KEY_TYPE_RSA_PUBLIC_KEY, data: RSA_PUBLIC },
};

export const RSA_2048: Material = { type: psa.PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 2048, data: RSA2048 };

/** Valid, and of no size that anybody supports. */
const RSA_1031: Material = { type: psa.PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 1031, data: RSA1031 };

export const publicOf = (material: Material): Material => ({ ...material, ...(material.public ?? {}) });

/** Material of any type that both have. */
export const anyMaterial = (random: Generator): Material =>
  random.pick([
    () => aes(random),
    () => aes(random),
    () => des(random),
    () => chacha20(random),
    () => symmetric(psa.PSA_KEY_TYPE_HMAC, random.bytes(random.between(1, 150))),
    () => symmetric(psa.PSA_KEY_TYPE_DERIVE, random.bytes(random.between(1, 60))),
    () => symmetric(psa.PSA_KEY_TYPE_RAW_DATA, random.bytes(random.between(1, 60))),
    () => ecc(random, anyCurve(random)),
    () => publicOf(ecc(random, anyCurve(random))),
    () => RSA_1024,
    () => publicOf(RSA_1024),
    () => (random.below(10) === 0 ? RSA_1031 : RSA_1024),
  ])();

/** Types of one library, of none, and nonsense. */
export const ODD_TYPES: readonly number[] = [
  psa.PSA_KEY_TYPE_NONE,
  psa.PSA_KEY_TYPE_PASSWORD,
  psa.PSA_KEY_TYPE_CAMELLIA,
  psa.PSA_KEY_TYPE_XCHACHA20,
  psa.PSA_KEY_TYPE_ECC_KEY_PAIR(psa.PSA_ECC_FAMILY_TWISTED_EDWARDS),
  psa.PSA_KEY_TYPE_ECC_KEY_PAIR(psa.PSA_ECC_FAMILY_SECP_R2),
  psa.PSA_KEY_TYPE_ECC_PUBLIC_KEY(psa.PSA_ECC_FAMILY_SECT_K1),
  psa.PSA_KEY_TYPE_ECC_KEY_PAIR(0x7f),
  psa.PSA_KEY_TYPE_DH_KEY_PAIR(psa.PSA_DH_FAMILY_RFC7919),
  0x00ff,
  0x7fff,
  0xffff,
];

/** Material spoilt in one way. */
export const spoilt = (random: Generator, { type, data }: Material): Uint8Array =>
  random.pick([
    () => NOTHING,
    () => random.bytes(1),
    () => data.subarray(0, data.length - 1),
    () => (type === publicType(CURVE25519) ? random.pick(SMALL_ORDER) : data.subarray(1)),
    () => new Uint8Array([...data, 0]),
    () => new Uint8Array(data.length),
    () => new Uint8Array(data.length).fill(0xff),
    () => data.map((byte, i) => (i === data.length - 1 ? byte ^ 1 : byte)),
    () => data.map((byte, i) => (i === 0 ? byte ^ 6 : byte)),
  ])();
