/** Keys that tests import: fixed bytes, so that nothing has to be generated. */

import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import {
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_RSA_PUBLIC_KEY,
  PSA_KEY_USAGE_CACHE,
  PSA_KEY_USAGE_COPY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import { bytesOf, unhex } from './bytes.ts';
import { must } from './status.ts';

export const AES_KEY = unhex('2b7e151628aed2a6abf7158809cf4f3c');
export const HMAC_KEY = unhex('0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b');
/** RFC 6979 A.2.5. */
export const P256_SCALAR = unhex('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721');
export const P256_POINT = unhex(`
  0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6
  7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299`);

const RSA_LINES = [
  'MIICXAIBAAKBgQDTg/DwP7/22SXRXBvWWNW+1K45bw5ny/cKfCIJJTBN/uO2hepHwGvHhLRyvV6zCTvPEwsaUC7C',
  'RrlZ6tc9Nk9kuD8i1v0WV84Y7nm4sNXi48NQyXJraUqEH8ag8dgZ8bIvPV1/9X/Ei4L30diKj16f1hlyYUxMFd3F',
  'rz2p5+4fUQIDAQABAoGAZAVdl06eKU3wSzuCUm85zH7oUHKK3lyeWs/ujGKQoCFrbzGOYxXEIdpINoYEVSeFp9t6',
  'gZvvMKGfHr0lwWWATuTrB26sAjSa8r+BQ7Z2ljad3NPFFc2HldNw/1XcMczzlInwqOQnKZBDJgd7r6zdryG5xlG7',
  'up6gnh6JPHzlLgECQQD7wq8jkKIT509u3ST+xVnct8tK4ZxupYehN+rWeOfYwjEXIaYi8o07hcHFAGcQ1A/oaoaQ',
  'q0UqRykn5+6O21nhAkEA1xPDo8yqLzlr/pud7roZt1KZXSUBNtGZHutWd+0MEsOFzGISy+KOp7N50FSbImBVsnLC',
  'hEbzuFJqR2u2dOfTcQJBAM64CH63X53gLETnqFzZRvQIphASOBRSLo+eDmGUXSqKKSzJIFVJu9XH+lb8AaS7u2Qn',
  'M97OAri4PX7a3fLHAYECQAo52ldzZ7QPGt9kLsIm/woEV15iYAhnNsyNi/Lvxl8uBLKPBy3Ce93lXqlVHHsp8Wkm',
  'o7D+XqAo6vyyVl6Al0ECQGVI2HN9OIVeSZMhFHS6vQ8nelbiB/QI2m6/rKWKa9qqLDBovNObm/HSRPvSg58OGahm',
  '2XLpFZszovvnRzB6y/k=',
];

/** A key of 1024 bits with the exponent 65537. */
export const RSA_PAIR = bytesOf(Buffer.from(RSA_LINES.join(''), 'base64'));

const rsaKey = createPrivateKey({ key: Buffer.from(RSA_PAIR), format: 'der', type: 'pkcs1' });
export const RSA_PUBLIC = bytesOf(createPublicKey(rsaKey).export({ type: 'pkcs1', format: 'der' }));

export const P256_PAIR_TYPE = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
export const P256_PUBLIC_TYPE = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);

/** Every usage there is in 1.3. */
export const ALL_USAGE =
  PSA_KEY_USAGE_EXPORT |
  PSA_KEY_USAGE_COPY |
  PSA_KEY_USAGE_CACHE |
  PSA_KEY_USAGE_ENCRYPT |
  PSA_KEY_USAGE_DECRYPT |
  PSA_KEY_USAGE_SIGN_MESSAGE |
  PSA_KEY_USAGE_VERIFY_MESSAGE |
  PSA_KEY_USAGE_SIGN_HASH |
  PSA_KEY_USAGE_VERIFY_HASH |
  PSA_KEY_USAGE_DERIVE |
  PSA_KEY_USAGE_VERIFY_DERIVATION;

type Extra = Partial<KeyAttributes>;

/** A maker of keys of one type and content. */
export const importing =
  (type: number, data: Uint8Array) =>
  async (psa: Psa, alg: number, extra: Extra = {}): Promise<number> =>
    (await must(psa.importKey({ type, alg, usage: ALL_USAGE, ...extra }, data))).key;

/** With all usages, unless `extra` says otherwise. */
export const aesKey = importing(PSA_KEY_TYPE_AES, AES_KEY);
export const hmacKey = importing(PSA_KEY_TYPE_HMAC, HMAC_KEY);
export const deriveKey = importing(PSA_KEY_TYPE_DERIVE, HMAC_KEY);
export const rawKey = importing(PSA_KEY_TYPE_RAW_DATA, HMAC_KEY);
export const passwordKey = importing(PSA_KEY_TYPE_PASSWORD, HMAC_KEY);
export const p256Pair = importing(P256_PAIR_TYPE, P256_SCALAR);
export const p256Public = importing(P256_PUBLIC_TYPE, P256_POINT);
export const rsaPair = importing(PSA_KEY_TYPE_RSA_KEY_PAIR, RSA_PAIR);
export const rsaPublic = importing(PSA_KEY_TYPE_RSA_PUBLIC_KEY, RSA_PUBLIC);
