/** Keys of RFC 8410: Ed25519 and X25519, whose bytes are the same everywhere. */
import type { Jwk, KeyWish } from './algorithm.ts';
import type { KeyFamily, Parsed } from './asymmetric.ts';
import { toBase64Url } from './bytes.ts';
import {
  type AlgorithmIdentifier,
  readOctets,
  readPkcs8,
  readSpki,
  writeOctets,
  writePkcs8,
  writeSpki,
} from './der.ts';
import { failure } from './errors.ts';
import { checkJwk, memberOf } from './jwk.ts';

export interface OctetCurve {
  readonly name: 'Ed25519' | 'X25519';
  readonly oid: string;
  readonly pairType: number;
  readonly alg: number;
}

const OCTETS = 32;

/** RFC 7748 5: bits that every use of the key forces, and that psa_import_key wants to see forced. */
const forced = (scalar: Uint8Array): Uint8Array =>
  scalar.map((byte, i) => {
    if (i === 0) return byte & 0xf8;
    return i === OCTETS - 1 ? (byte & 0x7f) | 0x40 : byte;
  });

export const octetKeys = ({ name, oid, pairType, alg }: OctetCurve): KeyFamily => {
  const algorithm = { oid };
  const refuse = (why: string): never => {
    throw failure('DataError', `${name}: ${why}`);
  };
  const octets = (data: Uint8Array): Uint8Array =>
    data.length === OCTETS ? data : refuse(`a key of ${data.length} bytes; it has ${OCTETS}`);
  const secret = (data: Uint8Array): Uint8Array => (name === 'X25519' ? forced(octets(data)) : octets(data));
  const checkAlgorithm = (found: AlgorithmIdentifier): void => {
    // RFC 8410 3: the parameters must be absent.
    if (found.oid !== oid || found.parameters !== undefined) refuse(`a key of ${found.oid}`);
  };

  const parseJwk = (jwk: Jwk, wish: KeyWish): Parsed => {
    const signs = name === 'Ed25519';
    const expected = { kty: 'OKP', use: signs ? 'sig' : 'enc' } as const;
    checkJwk(jwk, signs ? { ...expected, algs: ['EdDSA', 'Ed25519'] } : expected, wish);
    if (jwk.crv !== name) refuse(`a JSON Web Key for ${String(jwk.crv)}`);
    const publicData = octets(memberOf(jwk, 'x'));
    return jwk.d === undefined
      ? { type: 'public', data: publicData }
      : { type: 'private', data: secret(memberOf(jwk, 'd')), publicData };
  };

  // RFC 9864 2.2 gives the signature scheme of the curve a name of its own.
  const named = name === 'Ed25519' ? { alg: name } : {};
  const publicJwk = (data: Uint8Array): Jwk => ({ kty: 'OKP', crv: name, ...named, x: toBase64Url(data) });

  return {
    pairType,
    bits: 255,
    alg,
    describe: () => ({}),
    parse: (data, wish) => {
      if (data.format === 'jwk') return parseJwk(data.jwk, wish);
      if (data.format === 'raw') return { type: 'public', data: octets(data.bytes) };
      const wrapped = data.format === 'spki' ? readSpki(data.bytes) : readPkcs8(data.bytes);
      checkAlgorithm(wrapped.algorithm);
      return data.format === 'spki'
        ? { type: 'public', data: octets(wrapped.data) }
        : { type: 'private', data: secret(readOctets(wrapped.data)) };
    },
    writePublic: (format, data) => {
      if (format === 'raw') return data.slice();
      return format === 'spki' ? writeSpki({ algorithm, data }) : publicJwk(data);
    },
    writePrivate: (format, data, publicData) =>
      format === 'pkcs8'
        ? writePkcs8({ algorithm, data: writeOctets(data) })
        : { ...publicJwk(publicData), d: toBase64Url(data) },
  };
};
