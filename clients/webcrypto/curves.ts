/** Keys on the NIST curves: formats of PSA and of the Web Cryptography API, clauses 23.6 and 24.4. */
import { concat } from '../../psa-api/bytes.ts';
import {
  type KeyAttributes,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
} from '../../psa-api/constants.ts';
import type { Jwk, KeyData, KeyWish } from './algorithm.ts';
import type { KeyFamily, Parsed } from './asymmetric.ts';
import { toBase64Url } from './bytes.ts';
import {
  type AlgorithmIdentifier,
  readEcPrivateKey,
  readPkcs8,
  readSpki,
  writeEcPrivateKey,
  writePkcs8,
  writeSpki,
} from './der.ts';
import { failure } from './errors.ts';
import { checkJwk, memberOf } from './jwk.ts';
import { has, type Params, textOf } from './params.ts';

const PAIR = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);

/** RFC 5480 2.1.1 and 2.1.1.1. */
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';

interface Curve {
  readonly name: string;
  readonly bits: number;
  readonly oid: string;
  /** RFC 7518 3.4. */
  readonly signature: string;
}

const CURVES: readonly Curve[] = [
  { name: 'P-256', bits: 256, oid: '1.2.840.10045.3.1.7', signature: 'ES256' },
  { name: 'P-384', bits: 384, oid: '1.3.132.0.34', signature: 'ES384' },
  { name: 'P-521', bits: 521, oid: '1.3.132.0.35', signature: 'ES512' },
];

const curveOf = (params: Params): Curve => {
  const name = textOf(params, 'namedCurve');
  const curve = CURVES.find((known) => known.name === name);
  if (curve === undefined) throw failure('NotSupportedError', `${params.name}: no curve ${name}`);
  return curve;
};

/** The curve of a key in the device, which the caller need not name. */
export const curveParams = ({ type, bits }: KeyAttributes, params: Params): Params => {
  const curve = CURVES.find((known) => known.bits === bits);
  // Of the public type the two bits that make it a pair are missing.
  if (curve === undefined || (type | 0x3000) !== PAIR)
    throw failure('InvalidAccessError', `${params.name}: the key in the device is on none of its curves`);
  if (has(params, 'namedCurve') && textOf(params, 'namedCurve') !== curve.name)
    throw failure('InvalidAccessError', `${params.name}: the key in the device is on ${curve.name}`);
  return { ...params, namedCurve: curve.name };
};

export const curveKeys = (params: Params, alg: number): KeyFamily => {
  const { name: scheme } = params;
  const curve = curveOf(params);
  const size = Math.ceil(curve.bits / 8);
  const algorithm = { oid: EC_PUBLIC_KEY, parameters: curve.oid };

  const refuse = (why: string): never => {
    throw failure('DataError', `${scheme} ${curve.name}: ${why}`);
  };
  const checkAlgorithm = ({ oid, parameters }: AlgorithmIdentifier): void => {
    if (oid !== EC_PUBLIC_KEY || parameters !== curve.oid) refuse(`a key of ${oid} ${parameters ?? ''}`);
  };
  const scalar = (data: Uint8Array): Uint8Array =>
    data.length === size ? data : refuse(`a private key of ${data.length} bytes; it has ${size}`);
  /** SEC 1 2.3.3, as psa_import_key takes it: uncompressed. */
  const point = (data: Uint8Array): Uint8Array => {
    if (data[0] === 2 || data[0] === 3)
      throw failure('NotSupportedError', `${scheme}: compressed points; PSA takes uncompressed ones`);
    return data.length === 1 + 2 * size && data[0] === 4 ? data : refuse('no uncompressed point of it');
  };
  const coordinate = (jwk: Jwk, member: 'x' | 'y' | 'd'): Uint8Array => {
    const bytes = memberOf(jwk, member);
    return bytes.length === size ? bytes : refuse(`${member} of ${bytes.length} bytes; it has ${size}`);
  };

  const parsePkcs8 = (der: Uint8Array): Parsed => {
    const wrapped = readPkcs8(der);
    checkAlgorithm(wrapped.algorithm);
    const { privateKey, publicKey } = readEcPrivateKey(wrapped.data);
    return { type: 'private', data: scalar(privateKey), publicData: publicKey };
  };

  const parseJwk = (jwk: Jwk, wish: KeyWish): Parsed => {
    const signs = scheme === 'ECDSA';
    const expected = { kty: 'EC', use: signs ? 'sig' : 'enc' } as const;
    checkJwk(jwk, signs ? { ...expected, algs: [curve.signature] } : expected, wish);
    if (jwk.crv !== curve.name) refuse(`a JSON Web Key for ${String(jwk.crv)}`);
    const data = concat(Uint8Array.of(4), coordinate(jwk, 'x'), coordinate(jwk, 'y'));
    if (jwk.d === undefined) return { type: 'public', data };
    return { type: 'private', data: coordinate(jwk, 'd'), publicData: data };
  };

  const parse = (data: KeyData, wish: KeyWish): Parsed => {
    if (data.format === 'jwk') return parseJwk(data.jwk, wish);
    if (data.format === 'pkcs8') return parsePkcs8(data.bytes);
    if (data.format === 'raw') return { type: 'public', data: point(data.bytes) };
    const wrapped = readSpki(data.bytes);
    checkAlgorithm(wrapped.algorithm);
    return { type: 'public', data: point(wrapped.data) };
  };

  const publicJwk = (data: Uint8Array): Jwk => ({
    kty: 'EC',
    crv: curve.name,
    x: toBase64Url(data.subarray(1, 1 + size)),
    y: toBase64Url(data.subarray(1 + size)),
  });

  return {
    pairType: PAIR,
    bits: curve.bits,
    alg,
    parse,
    describe: () => ({ namedCurve: curve.name }),
    writePublic: (format, data) => {
      if (format === 'raw') return data.slice();
      return format === 'spki' ? writeSpki({ algorithm, data }) : publicJwk(data);
    },
    writePrivate: (format, data, publicData) =>
      format === 'pkcs8'
        ? writePkcs8({ algorithm, data: writeEcPrivateKey(data, publicData) })
        : { ...publicJwk(publicData), d: toBase64Url(data) },
  };
};
