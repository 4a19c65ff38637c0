/** Algorithms and usage flags to draw from: what both libraries have, what one has, and what nobody has. */
import * as psa from '../../../psa-api/constants.ts';
import type { Generator } from '../../support/generator.ts';

/** Hashes of both libraries. */
export const HASHES = [
  psa.PSA_ALG_MD5,
  psa.PSA_ALG_RIPEMD160,
  psa.PSA_ALG_SHA_1,
  psa.PSA_ALG_SHA_224,
  psa.PSA_ALG_SHA_256,
  psa.PSA_ALG_SHA_384,
  psa.PSA_ALG_SHA_512,
] as const;

/** Hashes of one of them or of none, and what is no hash at all. */
const ODD_HASHES = [
  psa.PSA_ALG_NONE,
  psa.PSA_ALG_ANY_HASH,
  psa.PSA_ALG_MD4,
  psa.PSA_ALG_SHA3_256,
  psa.PSA_ALG_SHA_512_256,
  psa.PSA_ALG_SHAKE256_512,
  0x02000042,
];

export const ODD_HASH_ALGS: readonly number[] = ODD_HASHES;

/** Modes for whole blocks, which libmbedcrypto has for AES and for DES. */
export const BLOCK_MODES: readonly number[] = [
  psa.PSA_ALG_ECB_NO_PADDING,
  psa.PSA_ALG_CBC_NO_PADDING,
  psa.PSA_ALG_CBC_PKCS7,
];

/** Modes that make a stream of a block cipher, which libmbedcrypto has for AES alone. */
const STREAM_MODES = [psa.PSA_ALG_CTR, psa.PSA_ALG_CFB, psa.PSA_ALG_OFB];

const hmacs = HASHES.map(psa.PSA_ALG_HMAC);
const tag = psa.PSA_ALG_AEAD_WITH_SHORTENED_TAG;
const tagAtLeast = psa.PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG;
const truncated = psa.PSA_ALG_TRUNCATED_MAC;
const atLeast = psa.PSA_ALG_AT_LEAST_THIS_LENGTH_MAC;
const BLOCK_AEADS = [psa.PSA_ALG_GCM, psa.PSA_ALG_CCM];
const AEADS = [...BLOCK_AEADS, psa.PSA_ALG_CHACHA20_POLY1305];
const TAGS = [1, 3, 4, 5, 8, 12, 13, 15];
const SHA256 = psa.PSA_ALG_SHA_256;
const HMAC256 = psa.PSA_ALG_HMAC(SHA256);

export const DERIVATIONS: readonly number[] = [
  ...HASHES.map(psa.PSA_ALG_HKDF),
  psa.PSA_ALG_HKDF(SHA256),
  psa.PSA_ALG_TLS12_PRF(SHA256),
  psa.PSA_ALG_TLS12_PRF(psa.PSA_ALG_SHA_384),
  psa.PSA_ALG_TLS12_PSK_TO_MS(SHA256),
  psa.PSA_ALG_TLS12_PSK_TO_MS(psa.PSA_ALG_SHA_384),
];

const ODD_DERIVATIONS = [
  psa.PSA_ALG_HKDF(psa.PSA_ALG_NONE),
  psa.PSA_ALG_HKDF(psa.PSA_ALG_ANY_HASH),
  psa.PSA_ALG_HKDF(psa.PSA_ALG_SHA3_256),
  psa.PSA_ALG_TLS12_PRF(psa.PSA_ALG_SHA_512),
  psa.PSA_ALG_PBKDF2_HMAC(SHA256),
  psa.PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
];

const withAgreement = (kdfs: readonly number[]): number[] =>
  kdfs.map((kdf) => psa.PSA_ALG_KEY_AGREEMENT(psa.PSA_ALG_ECDH, kdf));

export const ALGORITHMS = {
  hash: [...HASHES],
  mac: [
    ...hmacs,
    HMAC256,
    psa.PSA_ALG_CMAC,
    ...[4, 10, 16].map((n) => truncated(psa.PSA_ALG_CMAC, n)),
    ...[10, 20, 32].map((n) => truncated(HMAC256, n)),
    ...HASHES.flatMap((hash) =>
      [4, psa.PSA_HASH_LENGTH(hash) - 1].map((n) => truncated(psa.PSA_ALG_HMAC(hash), n)),
    ),
  ],
  macPolicy: [atLeast(HMAC256, 8), atLeast(HMAC256, 32), atLeast(psa.PSA_ALG_CMAC, 6)],
  macOdd: [
    psa.PSA_ALG_HMAC(psa.PSA_ALG_NONE),
    psa.PSA_ALG_HMAC(psa.PSA_ALG_ANY_HASH),
    psa.PSA_ALG_CBC_MAC,
    truncated(HMAC256, 1),
    truncated(HMAC256, 3),
    truncated(HMAC256, 33),
    truncated(psa.PSA_ALG_CMAC, 17),
    atLeast(HMAC256, 3),
  ],
  cipher: [...BLOCK_MODES, ...STREAM_MODES, psa.PSA_ALG_STREAM_CIPHER],
  cipherOdd: [psa.PSA_ALG_XTS, psa.PSA_ALG_CCM_STAR_NO_TAG],
  aead: [...AEADS, ...AEADS, ...BLOCK_AEADS.flatMap((alg) => [4, 8, 12].map((n) => tag(alg, n)))],
  aeadPolicy: AEADS.flatMap((alg) => [tagAtLeast(alg, 4), tagAtLeast(alg, 12)]),
  aeadOdd: [
    ...AEADS.flatMap((alg) => [...TAGS, 17, 63].map((n) => tag(alg, n))),
    psa.PSA_ALG_XCHACHA20_POLY1305,
  ],
  derivation: DERIVATIONS,
  derivationOdd: [...ODD_DERIVATIONS, ...withAgreement(ODD_DERIVATIONS)],
  agreement: [psa.PSA_ALG_ECDH, ...withAgreement(DERIVATIONS)],
  agreementOdd: [psa.PSA_ALG_FFDH, psa.PSA_ALG_KEY_AGREEMENT(psa.PSA_ALG_FFDH, psa.PSA_ALG_HKDF(SHA256))],
  ecdsa: [
    ...HASHES.map(psa.PSA_ALG_ECDSA),
    ...HASHES.map(psa.PSA_ALG_DETERMINISTIC_ECDSA),
    psa.PSA_ALG_ECDSA_ANY,
  ],
  ecdsaPolicy: [
    psa.PSA_ALG_ECDSA(psa.PSA_ALG_ANY_HASH),
    psa.PSA_ALG_DETERMINISTIC_ECDSA(psa.PSA_ALG_ANY_HASH),
  ],
  rsaSign: [
    ...HASHES.map(psa.PSA_ALG_RSA_PKCS1V15_SIGN),
    psa.PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
    ...HASHES.slice(0, 5).map(psa.PSA_ALG_RSA_PSS),
    ...HASHES.slice(0, 5).map(psa.PSA_ALG_RSA_PSS_ANY_SALT),
  ],
  rsaSignPolicy: [
    psa.PSA_ALG_RSA_PKCS1V15_SIGN(psa.PSA_ALG_ANY_HASH),
    psa.PSA_ALG_RSA_PSS(psa.PSA_ALG_ANY_HASH),
    psa.PSA_ALG_RSA_PSS_ANY_SALT(psa.PSA_ALG_ANY_HASH),
  ],
  signOdd: [
    psa.PSA_ALG_PURE_EDDSA,
    psa.PSA_ALG_ECDSA(psa.PSA_ALG_SHA3_256),
    psa.PSA_ALG_RSA_PSS(psa.PSA_ALG_NONE),
    psa.PSA_ALG_DETERMINISTIC_ECDSA(psa.PSA_ALG_NONE),
  ],
  rsaCrypt: [psa.PSA_ALG_RSA_PKCS1V15_CRYPT, ...HASHES.slice(0, 5).map(psa.PSA_ALG_RSA_OAEP)],
  rsaCryptOdd: [psa.PSA_ALG_RSA_OAEP(psa.PSA_ALG_NONE), psa.PSA_ALG_RSA_OAEP(psa.PSA_ALG_ANY_HASH)],
} as const satisfies Record<string, readonly number[]>;

const EVERY: readonly number[] = [...Object.values(ALGORITHMS).flat(), ...ODD_HASHES, 0xffffffff, 0x7fffffff];

/** Any algorithm of any kind, now and then one that nobody has defined. */
export const anyAlgorithm = (random: Generator): number => {
  const alg = random.pick(EVERY);
  return random.below(30) === 0 ? (alg ^ (1 << random.below(31))) >>> 0 : alg;
};

export const SIGN_USAGE =
  psa.PSA_KEY_USAGE_SIGN_HASH |
  psa.PSA_KEY_USAGE_SIGN_MESSAGE |
  psa.PSA_KEY_USAGE_VERIFY_HASH |
  psa.PSA_KEY_USAGE_VERIFY_MESSAGE;
export const CRYPT_USAGE = psa.PSA_KEY_USAGE_ENCRYPT | psa.PSA_KEY_USAGE_DECRYPT;

/** Every flag that both libraries know. */
export const USAGES: readonly number[] = [
  psa.PSA_KEY_USAGE_EXPORT,
  psa.PSA_KEY_USAGE_COPY,
  psa.PSA_KEY_USAGE_ENCRYPT,
  psa.PSA_KEY_USAGE_DECRYPT,
  psa.PSA_KEY_USAGE_SIGN_MESSAGE,
  psa.PSA_KEY_USAGE_VERIFY_MESSAGE,
  psa.PSA_KEY_USAGE_SIGN_HASH,
  psa.PSA_KEY_USAGE_VERIFY_HASH,
  psa.PSA_KEY_USAGE_DERIVE,
];
