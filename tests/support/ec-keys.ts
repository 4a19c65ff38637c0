/** Keys of NIST curves between the API's encodings and OpenSSL's. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { expect } from 'vitest';
import {
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../psa-api/constants.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import { bytesOf, hex, join } from './bytes.ts';
import { must } from './status.ts';

export interface CurveNames {
  readonly bits: number;
  readonly jwk: string;
  readonly openssl: string;
  /** Length of a coordinate. */
  readonly length: number;
  readonly order: bigint;
}

export const CURVES: readonly CurveNames[] = [
  {
    bits: 256,
    jwk: 'P-256',
    openssl: 'prime256v1',
    length: 32,
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  {
    bits: 384,
    jwk: 'P-384',
    openssl: 'secp384r1',
    length: 48,
    order:
      0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  {
    bits: 521,
    jwk: 'P-521',
    openssl: 'secp521r1',
    length: 66,
    order:
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
];

export interface EcPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** As psa_import_key takes them. */
  readonly scalar: Uint8Array;
  readonly point: Uint8Array;
}

const decoded = (text: string | undefined): Uint8Array => bytesOf(Buffer.from(text ?? '', 'base64url'));
const encoded = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

const pointOf = ({ x, y }: JsonWebKey): Uint8Array => join(Uint8Array.of(4), decoded(x), decoded(y));

export const opensslPair = ({ openssl }: CurveNames): EcPair => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: openssl });
  const jwk = privateKey.export({ format: 'jwk' });
  return { privateKey, publicKey, scalar: decoded(jwk.d), point: pointOf(jwk) };
};

export const pairFrom = ({ jwk: crv, length }: CurveNames, scalar: Uint8Array, point: Uint8Array): EcPair => {
  const publicJwk = {
    kty: 'EC',
    crv,
    x: encoded(point.subarray(1, 1 + length)),
    y: encoded(point.subarray(1 + length)),
  };
  return {
    privateKey: createPrivateKey({ format: 'jwk', key: { ...publicJwk, d: encoded(scalar) } }),
    publicKey: createPublicKey({ format: 'jwk', key: publicJwk }),
    scalar,
    point,
  };
};

/** The same key in OpenSSL and in a device. */
export interface SharedPair extends EcPair {
  readonly key: number;
  /** The public part alone, in the device. */
  readonly publicId: number;
}

const USAGE =
  PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_DERIVE;
const PAIR = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
const PUBLIC = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);

/** Ten keys permitted for `alg`, half of them made by OpenSSL and half by the device. */
export const sharedPairs = async (psa: Psa, curve: CurveNames, alg: number): Promise<SharedPair[]> => {
  const shared: SharedPair[] = [];
  const attributes = { type: PAIR, bits: curve.bits, alg, usage: USAGE };
  for (let i = 0; i < 10; i++) {
    let pair: EcPair;
    let key: number;
    if (i % 2 === 0) {
      pair = opensslPair(curve);
      ({ key } = await must(psa.importKey(attributes, pair.scalar)));
      expect(hex((await must(psa.exportPublicKey(key))).data)).toBe(hex(pair.point));
    } else {
      ({ key } = await must(psa.generateKey(attributes)));
      const [scalar, point] = [await must(psa.exportKey(key)), await must(psa.exportPublicKey(key))];
      pair = pairFrom(curve, scalar.data, point.data);
    }
    const { key: publicId } = await must(psa.importKey({ ...attributes, type: PUBLIC }, pair.point));
    shared.push({ ...pair, key, publicId });
  }
  return shared;
};
