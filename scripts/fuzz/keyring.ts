/** Keys that can be imported, and the algorithms each of them is for: what deep states are reached with. */
import * as c from '../../psa-api/constants.ts';
import type { Random } from './random.ts';

export interface Recipe {
  readonly type: number;
  readonly bits: number;
  readonly data: (random: Random) => Uint8Array;
  readonly algorithms: readonly number[];
}

const RSA_1024 = Buffer.from(
  [
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
  ].join(''),
  'base64',
);

const RSA = new Uint8Array(RSA_1024);

const drawn =
  (length: number) =>
  (random: Random): Uint8Array =>
    random.bytes(length);

/** A scalar well below the order of a curve of this many bits. */
const scalar =
  (bits: number) =>
  (random: Random): Uint8Array => {
    const data = random.bytes((bits + 7) >> 3);
    data[0] = 0;
    data[1] = (data[1] ?? 0) & 0x7f;
    return data;
  };

const clamped =
  (length: number) =>
  (random: Random): Uint8Array => {
    const data = random.bytes(length);
    data[0] = (data[0] ?? 0) & (length === 32 ? 0xf8 : 0xfc);
    const last = length - 1;
    data[last] = length === 32 ? ((data[last] ?? 0) & 0x7f) | 0x40 : (data[last] ?? 0) | 0x80;
    return data;
  };

/** Two scalars, each below the order. */
const spake2p = (random: Random): Uint8Array => {
  const data = random.bytes(64);
  data[0] = 0;
  data[32] = 0;
  return data;
};

const recipe = (
  type: number,
  bits: number,
  data: Recipe['data'],
  ...algorithms: readonly number[]
): Recipe => ({ type, bits, data, algorithms });

const { PSA_ALG_SHA_256: SHA256, PSA_ALG_SHA_384: SHA384, PSA_ALG_ANY_HASH: ANY } = c;
const CIPHERS = [
  c.PSA_ALG_CTR,
  c.PSA_ALG_CFB,
  c.PSA_ALG_OFB,
  c.PSA_ALG_CBC_NO_PADDING,
  c.PSA_ALG_CBC_PKCS7,
  c.PSA_ALG_ECB_NO_PADDING,
  c.PSA_ALG_CCM_STAR_NO_TAG,
];
const DES_CIPHERS = [c.PSA_ALG_ECB_NO_PADDING, c.PSA_ALG_CBC_NO_PADDING, c.PSA_ALG_CBC_PKCS7];
const MACS = [c.PSA_ALG_CMAC, c.PSA_ALG_CBC_MAC, c.PSA_ALG_TRUNCATED_MAC(c.PSA_ALG_CMAC, 8)];
const AEADS = [
  c.PSA_ALG_CCM,
  c.PSA_ALG_GCM,
  c.PSA_ALG_AEAD_WITH_SHORTENED_TAG(c.PSA_ALG_CCM, 4),
  c.PSA_ALG_AEAD_WITH_SHORTENED_TAG(c.PSA_ALG_GCM, 12),
];
const DERIVATIONS = [
  c.PSA_ALG_HKDF(SHA256),
  c.PSA_ALG_HKDF_EXTRACT(SHA256),
  c.PSA_ALG_HKDF_EXPAND(SHA384),
  c.PSA_ALG_TLS12_PRF(SHA256),
  c.PSA_ALG_TLS12_PSK_TO_MS(SHA384),
  c.PSA_ALG_SP800_108_COUNTER_HMAC(SHA256),
];
const ECC = [
  c.PSA_ALG_ECDSA(ANY),
  c.PSA_ALG_DETERMINISTIC_ECDSA(ANY),
  c.PSA_ALG_ECDSA_ANY,
  c.PSA_ALG_ECDH,
  c.PSA_ALG_KEY_AGREEMENT(c.PSA_ALG_ECDH, c.PSA_ALG_HKDF(SHA256)),
  c.PSA_ALG_ECIES_SEC1,
];
const ecc = (family: number, bits: number): Recipe =>
  recipe(c.PSA_KEY_TYPE_ECC_KEY_PAIR(family), bits, scalar(bits), ...ECC);

export const RECIPES: readonly Recipe[] = [
  ...[16, 24, 32].map((n) =>
    recipe(c.PSA_KEY_TYPE_AES, 8 * n, drawn(n), ...CIPHERS, ...MACS, ...AEADS, c.PSA_ALG_KW, c.PSA_ALG_KWP),
  ),
  recipe(c.PSA_KEY_TYPE_AES, 256, drawn(32), c.PSA_ALG_XTS, c.PSA_ALG_SP800_108_COUNTER_CMAC),
  recipe(c.PSA_KEY_TYPE_AES, 512, drawn(64), c.PSA_ALG_XTS),
  ...[8, 24].map((n) => recipe(c.PSA_KEY_TYPE_DES, 8 * n, drawn(n), ...DES_CIPHERS)),
  recipe(c.PSA_KEY_TYPE_CHACHA20, 256, drawn(32), c.PSA_ALG_STREAM_CIPHER, c.PSA_ALG_CHACHA20_POLY1305),
  recipe(c.PSA_KEY_TYPE_XCHACHA20, 256, drawn(32), c.PSA_ALG_STREAM_CIPHER, c.PSA_ALG_XCHACHA20_POLY1305),
  recipe(
    c.PSA_KEY_TYPE_HMAC,
    256,
    drawn(32),
    c.PSA_ALG_HMAC(SHA256),
    c.PSA_ALG_HMAC(SHA384),
    DERIVATIONS[5] ?? 0,
  ),
  recipe(c.PSA_KEY_TYPE_HMAC, 8, drawn(1), c.PSA_ALG_TRUNCATED_MAC(c.PSA_ALG_HMAC(SHA256), 4)),
  recipe(c.PSA_KEY_TYPE_DERIVE, 256, drawn(32), ...DERIVATIONS),
  recipe(c.PSA_KEY_TYPE_RAW_DATA, 128, drawn(16), ...DERIVATIONS),
  recipe(
    c.PSA_KEY_TYPE_PASSWORD,
    128,
    drawn(16),
    c.PSA_ALG_PBKDF2_HMAC(SHA256),
    c.PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
    c.PSA_ALG_JPAKE(SHA256),
  ),
  recipe(
    c.PSA_KEY_TYPE_PASSWORD_HASH,
    256,
    drawn(32),
    c.PSA_ALG_PBKDF2_HMAC(SHA256),
    c.PSA_ALG_JPAKE(SHA256),
  ),
  recipe(c.PSA_KEY_TYPE_PEPPER, 128, drawn(16), c.PSA_ALG_PBKDF2_HMAC(SHA256)),
  recipe(
    c.PSA_KEY_TYPE_RSA_KEY_PAIR,
    1024,
    () => RSA,
    c.PSA_ALG_RSA_PKCS1V15_SIGN(ANY),
    c.PSA_ALG_RSA_PSS(ANY),
    c.PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
    c.PSA_ALG_RSA_PKCS1V15_CRYPT,
    c.PSA_ALG_RSA_OAEP(SHA256),
  ),
  ...[192, 224, 256, 384, 521].map((bits) => ecc(c.PSA_ECC_FAMILY_SECP_R1, bits)),
  ...[192, 225, 256].map((bits) => ecc(c.PSA_ECC_FAMILY_SECP_K1, bits)),
  ...[160, 192, 224, 256, 320, 384, 512].map((bits) => ecc(c.PSA_ECC_FAMILY_BRAINPOOL_P_R1, bits)),
  recipe(c.PSA_KEY_TYPE_ECC_KEY_PAIR(c.PSA_ECC_FAMILY_MONTGOMERY), 255, clamped(32), ...ECC.slice(3)),
  recipe(c.PSA_KEY_TYPE_ECC_KEY_PAIR(c.PSA_ECC_FAMILY_MONTGOMERY), 448, clamped(56), ...ECC.slice(3)),
  recipe(
    c.PSA_KEY_TYPE_ECC_KEY_PAIR(c.PSA_ECC_FAMILY_TWISTED_EDWARDS),
    255,
    drawn(32),
    c.PSA_ALG_PURE_EDDSA,
    c.PSA_ALG_ED25519PH,
    c.PSA_ALG_EDDSA_CTX,
  ),
  recipe(
    c.PSA_KEY_TYPE_ECC_KEY_PAIR(c.PSA_ECC_FAMILY_TWISTED_EDWARDS),
    448,
    drawn(57),
    c.PSA_ALG_PURE_EDDSA,
    c.PSA_ALG_ED448PH,
    c.PSA_ALG_EDDSA_CTX,
  ),
  recipe(
    c.PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(c.PSA_ECC_FAMILY_SECP_R1),
    256,
    spake2p,
    c.PSA_ALG_SPAKE2P_HMAC(SHA256),
    c.PSA_ALG_SPAKE2P_CMAC(SHA256),
    c.PSA_ALG_SPAKE2P_MATTER,
  ),
];
