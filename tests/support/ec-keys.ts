/** Keys of NIST curves between the API's encodings and OpenSSL's. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { bytesOf, join } from './bytes.ts';

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
