/** Keys in PEM in the export formats of PSA Crypto (1.3, 9.2): what node reads, as the key type has it. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_K1,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_KEY_PAIR,
  PSA_KEY_TYPE_IS_RSA,
} from '../../psa-api/constants.ts';
import { fail } from './fields.ts';

/** Families and sizes of the curves by their names in JWK (RFC 7518, RFC 8037, RFC 8812). */
const CURVES: Readonly<Record<string, readonly [family: number, bits: number]>> = {
  'P-256': [PSA_ECC_FAMILY_SECP_R1, 256],
  'P-384': [PSA_ECC_FAMILY_SECP_R1, 384],
  'P-521': [PSA_ECC_FAMILY_SECP_R1, 521],
  secp256k1: [PSA_ECC_FAMILY_SECP_K1, 256],
  Ed25519: [PSA_ECC_FAMILY_TWISTED_EDWARDS, 255],
  Ed448: [PSA_ECC_FAMILY_TWISTED_EDWARDS, 448],
  X25519: [PSA_ECC_FAMILY_MONTGOMERY, 255],
  X448: [PSA_ECC_FAMILY_MONTGOMERY, 448],
};

export interface PemKey {
  readonly bits: number;
  readonly data: Uint8Array;
}

const parse = (where: string, pem: string, isPair: boolean): KeyObject => {
  try {
    return isPair ? createPrivateKey(pem) : createPublicKey(pem);
  } catch (error) {
    const what = isPair ? 'an unencrypted private key' : 'a key or a certificate';
    const why = error instanceof Error ? error.message : String(error);
    return fail(where, `expected ${what} in PEM; ${why}`);
  }
};

const decode = (part = ''): Uint8Array => Uint8Array.from(Buffer.from(part, 'base64url'));

const curveKey = (where: string, type: number, key: KeyObject): PemKey => {
  if (key.asymmetricKeyType === 'rsa') return fail(where, 'an RSA key; the type says another');
  const { crv = '', d, x, y } = jwk(where, key);
  const [family, bits = 0] = CURVES[crv] ?? [];
  if (family !== PSA_KEY_TYPE_ECC_GET_FAMILY(type))
    return fail(where, `a key on ${crv}; the type says another family of curves`);
  if (d !== undefined) return { bits, data: decode(d) };
  return { bits, data: y === undefined ? decode(x) : Uint8Array.of(4, ...decode(x), ...decode(y)) };
};

const jwk = (where: string, key: KeyObject) => {
  try {
    return key.export({ format: 'jwk' });
  } catch {
    return fail(where, 'a key on a curve that cannot be read from PEM; give it as hex');
  }
};

/** `type`: a key type that PSA Crypto has; a public key is taken from a key pair too. */
export const pemKey = (where: string, type: number, pem: string): PemKey => {
  const isPair = PSA_KEY_TYPE_IS_KEY_PAIR(type);
  if (PSA_KEY_TYPE_IS_ECC(type)) return curveKey(where, type, parse(where, pem, isPair));
  if (!PSA_KEY_TYPE_IS_RSA(type))
    return fail(where, 'PEM is for RSA and elliptic curves; give this type as hex');
  const key = parse(where, pem, isPair);
  if (key.asymmetricKeyType !== 'rsa') return fail(where, 'no RSA key, as the type says');
  return { bits: 0, data: Uint8Array.from(key.export({ type: 'pkcs1', format: 'der' }) as Buffer) };
};
