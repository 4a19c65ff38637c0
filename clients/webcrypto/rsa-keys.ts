/** RSA keys: DER of RSAPublicKey and RSAPrivateKey (RFC 8017 A.1), which PSA has, inside SPKI, PKCS #8 and JWK. */
import { PSA_KEY_TYPE_RSA_KEY_PAIR } from '../../psa-api/constants.ts';
import type { Jwk, KeyWish } from './algorithm.ts';
import type { KeyFamily, Parsed } from './asymmetric.ts';
import { toBase64Url } from './bytes.ts';
import {
  readIntegers,
  readPkcs8,
  readSpki,
  type Wrapped,
  writeIntegers,
  writePkcs8,
  writeSpki,
} from './der.ts';
import { failure } from './errors.ts';
import type { Hash } from './hashes.ts';
import { checkJwk, memberOf } from './jwk.ts';
import type { Params } from './params.ts';

/** RFC 8017 A.1 and RFC 3279 2.3.1: the parameters are NULL. */
const RSA_ENCRYPTION = { oid: '1.2.840.113549.1.1.1', parameters: null } as const;

/** RFC 7518 3.1 and 4.1, by scheme. */
const JWK_ALGS: Readonly<Record<string, string>> = {
  'RSASSA-PKCS1-v1_5': 'RS',
  'RSA-PSS': 'PS',
  'RSA-OAEP': 'RSA-OAEP-',
};

const jwkAlg = (scheme: string, { name }: Hash): string => {
  const digits = name.slice('SHA-'.length);
  if (scheme === 'RSA-OAEP' && digits === '1') return 'RSA-OAEP';
  return `${JWK_ALGS[scheme] ?? ''}${digits}`;
};

const PRIVATE_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

const bitLength = ([first = 0, ...rest]: Uint8Array): number =>
  first === 0 ? 0 : 32 - Math.clz32(first) + rest.length * 8;

const readPublic = (data: Uint8Array): { modulus: Uint8Array; exponent: Uint8Array } => {
  const [modulus, exponent] = readIntegers(data, 2, 'RSAPublicKey');
  if (modulus === undefined || exponent === undefined)
    throw failure('DataError', 'RSAPublicKey: it has two numbers');
  return { modulus, exponent };
};

export const rsaKeys = ({ name: scheme }: Params, hash: Hash, alg: number): KeyFamily => {
  const jwkName = jwkAlg(scheme, hash);

  const unwrap = ({ algorithm, data }: Wrapped): Uint8Array => {
    if (algorithm.oid !== RSA_ENCRYPTION.oid)
      throw failure('DataError', `${scheme}: a key of ${algorithm.oid}, not of RSA`);
    return data;
  };

  const parseJwk = (jwk: Jwk, wish: KeyWish): Parsed => {
    const use = scheme === 'RSA-OAEP' ? 'enc' : 'sig';
    checkJwk(jwk, { kty: 'RSA', use, algs: [jwkName] }, wish);
    const publicData = writeIntegers([memberOf(jwk, 'n'), memberOf(jwk, 'e')]);
    if (jwk.d === undefined) return { type: 'public', data: publicData };
    const { oth } = jwk;
    if (oth !== undefined) throw failure('NotSupportedError', `${scheme}: keys of more than two primes`);
    const numbers = PRIVATE_MEMBERS.map((member) => memberOf(jwk, member));
    return { type: 'private', data: writeIntegers([Uint8Array.of(), ...numbers]), publicData };
  };

  const publicJwk = (data: Uint8Array): Jwk => {
    const { modulus, exponent } = readPublic(data);
    return { kty: 'RSA', alg: jwkName, n: toBase64Url(modulus), e: toBase64Url(exponent) };
  };

  const privateJwk = (data: Uint8Array): Jwk => {
    const [, ...numbers] = readIntegers(data, 1 + PRIVATE_MEMBERS.length, 'RSAPrivateKey');
    const members = PRIVATE_MEMBERS.map((member, i) => [member, toBase64Url(numbers[i] ?? Uint8Array.of())]);
    return { kty: 'RSA', alg: jwkName, ...Object.fromEntries(members) };
  };

  return {
    pairType: PSA_KEY_TYPE_RSA_KEY_PAIR,
    alg,
    parse: (data, wish) => {
      switch (data.format) {
        case 'jwk':
          return parseJwk(data.jwk, wish);
        case 'spki':
          return { type: 'public', data: unwrap(readSpki(data.bytes)) };
        case 'pkcs8':
          return { type: 'private', data: unwrap(readPkcs8(data.bytes)) };
        default:
          throw failure('NotSupportedError', `${scheme}: no key format raw; it has spki, pkcs8 and jwk`);
      }
    },
    describe: (publicData) => {
      const { modulus, exponent } = readPublic(publicData);
      return {
        modulusLength: bitLength(modulus),
        publicExponent: exponent,
        hash: { name: hash.name },
      };
    },
    writePublic: (format, data) => {
      if (format === 'raw')
        throw failure('NotSupportedError', `${scheme}: no key format raw; it has spki, pkcs8 and jwk`);
      return format === 'spki' ? writeSpki({ algorithm: RSA_ENCRYPTION, data }) : publicJwk(data);
    },
    writePrivate: (format, data) =>
      format === 'pkcs8' ? writePkcs8({ algorithm: RSA_ENCRYPTION, data }) : privateJwk(data),
  };
};
