/**
 * Algorithm identifiers, u32. PSA Crypto 1.3, 10 and appendix B.1:
 * vendor[31] category[30:24] S[23] B[22] LEN/T2[21:16] T1[15:8] H[7:0].
 * Constants and the macros that build an identifier; the questions asked of one are in algorithm-algebra.ts.
 */

export const PSA_ALG_NONE = 0;

// Hashes, 10.2. H of every composite algorithm is the low byte of one of these.
export const PSA_ALG_MD2 = 0x02000001;
export const PSA_ALG_MD4 = 0x02000002;
export const PSA_ALG_MD5 = 0x02000003;
export const PSA_ALG_RIPEMD160 = 0x02000004;
export const PSA_ALG_SHA_1 = 0x02000005;
export const PSA_ALG_AES_MMO_ZIGBEE = 0x02000007;
export const PSA_ALG_SHA_224 = 0x02000008;
export const PSA_ALG_SHA_256 = 0x02000009;
export const PSA_ALG_SHA_384 = 0x0200000a;
export const PSA_ALG_SHA_512 = 0x0200000b;
export const PSA_ALG_SHA_512_224 = 0x0200000c;
export const PSA_ALG_SHA_512_256 = 0x0200000d;
export const PSA_ALG_SHA_256_192 = 0x0200000e;
export const PSA_ALG_SHA3_224 = 0x02000010;
export const PSA_ALG_SHA3_256 = 0x02000011;
export const PSA_ALG_SHA3_384 = 0x02000012;
export const PSA_ALG_SHA3_512 = 0x02000013;
export const PSA_ALG_SM3 = 0x02000014;
export const PSA_ALG_SHAKE256_512 = 0x02000015;
export const PSA_ALG_SHAKE128_256 = 0x02000016;
export const PSA_ALG_SHAKE256_192 = 0x02000017;
export const PSA_ALG_SHAKE256_256 = 0x02000018;
export const PSA_ALG_ASCON_HASH256 = 0x02000019;
export const PSA_ALG_BLAKE2S_HASH256 = 0x0200001c;
export const PSA_ALG_BLAKE2SP_HASH256 = 0x0200001d;
export const PSA_ALG_BLAKE2B_HASH512 = 0x0200001e;
export const PSA_ALG_BLAKE2BP_HASH512 = 0x0200001f;
/** Policy only: any hash, as H of a signature algorithm. */
export const PSA_ALG_ANY_HASH = 0x020000ff;

// Extendable output functions, since 1.4.
export const PSA_ALG_SHAKE128 = 0x0d000100;
export const PSA_ALG_SHAKE256 = 0x0d000200;
export const PSA_ALG_ASCON_XOF128 = 0x0d000300;
export const PSA_ALG_ASCON_CXOF128 = 0x0d008300;

// MAC over a block cipher, 10.3.
export const PSA_ALG_CBC_MAC = 0x03c00100;
export const PSA_ALG_CMAC = 0x03c00200;

// Unauthenticated ciphers, 10.4.
export const PSA_ALG_STREAM_CIPHER = 0x04800100;
export const PSA_ALG_CTR = 0x04c01000;
export const PSA_ALG_CFB = 0x04c01100;
export const PSA_ALG_OFB = 0x04c01200;
export const PSA_ALG_CCM_STAR_NO_TAG = 0x04c01300;
/** Policy only: CCM_STAR_NO_TAG and every CCM. */
export const PSA_ALG_CCM_STAR_ANY_TAG = 0x04c09300;
export const PSA_ALG_CBC_NO_PADDING = 0x04404000;
export const PSA_ALG_CBC_PKCS7 = 0x04404100;
export const PSA_ALG_ECB_NO_PADDING = 0x04404400;
export const PSA_ALG_XTS = 0x0440ff00;

// AEAD with the default tag of 16 bytes, 10.5.
export const PSA_ALG_CCM = 0x05500100;
export const PSA_ALG_GCM = 0x05500200;
export const PSA_ALG_CHACHA20_POLY1305 = 0x05100500;
export const PSA_ALG_XCHACHA20_POLY1305 = 0x05100600;
export const PSA_ALG_ASCON_AEAD128 = 0x05100700;

// Signatures, 10.7.
export const PSA_ALG_RSA_PKCS1V15_SIGN_RAW = 0x06000200;
export const PSA_ALG_ECDSA_ANY = 0x06000600;
export const PSA_ALG_PURE_EDDSA = 0x06000800;
export const PSA_ALG_ED25519PH = 0x0600090b;
export const PSA_ALG_ED448PH = 0x06000915;
export const PSA_ALG_EDDSA_CTX = 0x06000a00;
export const PSA_ALG_SLH_DSA = 0x06004000;
export const PSA_ALG_DETERMINISTIC_SLH_DSA = 0x06004100;
export const PSA_ALG_ML_DSA = 0x06004400;
export const PSA_ALG_DETERMINISTIC_ML_DSA = 0x06004500;
export const PSA_ALG_LMS = 0x06004800;
export const PSA_ALG_HSS = 0x06004900;
export const PSA_ALG_XMSS = 0x06004a00;
export const PSA_ALG_XMSS_MT = 0x06004b00;

// Asymmetric encryption, 10.8.
export const PSA_ALG_RSA_PKCS1V15_CRYPT = 0x07000200;

// Key derivation, 10.6.
export const PSA_ALG_TLS12_ECJPAKE_TO_PMS = 0x08000609;
export const PSA_ALG_SP800_108_COUNTER_CMAC = 0x08000800;
export const PSA_ALG_PBKDF2_AES_CMAC_PRF_128 = 0x08800200;

// Key agreement, 10.9.
export const PSA_ALG_FFDH = 0x09010000;
export const PSA_ALG_ECDH = 0x09020000;

// PAKE, 10.11.
export const PSA_ALG_SPAKE2P_MATTER = 0x0a000609;
/** Policy only: any WPA3-SAE, since 1.4. */
export const PSA_ALG_WPA3_SAE_ANY = 0x0a0088ff;

// Key wrapping, since 1.4.
export const PSA_ALG_KW = 0x0b400100;
export const PSA_ALG_KWP = 0x0bc00200;

// Key encapsulation, 10.10.
export const PSA_ALG_ECIES_SEC1 = 0x0c000100;
export const PSA_ALG_ML_KEM = 0x0c000200;

const withHash = (base: number, hash: number): number => base | (hash & 0xff);

/** LEN[21:16] and the wildcard flag W[15] of a MAC or an AEAD. */
const LENGTH_FIELD = 0x003f8000;
const AT_LEAST = 0x00008000;

const withLength = (alg: number, length: number): number =>
  ((alg & ~LENGTH_FIELD) | ((length & 0x3f) << 16)) >>> 0;

// MAC constructors, 10.3.1.
export const PSA_ALG_HMAC = (hash: number): number => withHash(0x03800000, hash);
export const PSA_ALG_BLAKE2_MAC = (hash: number): number => withHash(0x03800300, hash);
export const PSA_ALG_TRUNCATED_MAC = (mac: number, length: number): number => withLength(mac, length);
export const PSA_ALG_FULL_LENGTH_MAC = (mac: number): number => withLength(mac, 0);
export const PSA_ALG_AT_LEAST_THIS_LENGTH_MAC = (mac: number, length: number): number =>
  (withLength(mac, length) | AT_LEAST) >>> 0;

// AEAD constructors, 10.5.1.
export const PSA_ALG_AEAD_WITH_SHORTENED_TAG = (aead: number, length: number): number =>
  withLength(aead, length);
export const PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG = (aead: number, length: number): number =>
  (withLength(aead, length) | AT_LEAST) >>> 0;
export const PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG = (aead: number): number => {
  const full = withLength(aead, 16);
  switch (full) {
    case PSA_ALG_CCM:
    case PSA_ALG_GCM:
    case PSA_ALG_CHACHA20_POLY1305:
    case PSA_ALG_XCHACHA20_POLY1305:
    case PSA_ALG_ASCON_AEAD128:
      return full;
    default:
      return PSA_ALG_NONE;
  }
};

// Signature constructors, 10.7.
export const PSA_ALG_RSA_PKCS1V15_SIGN = (hash: number): number => withHash(0x06000200, hash);
export const PSA_ALG_RSA_PSS = (hash: number): number => withHash(0x06000300, hash);
export const PSA_ALG_RSA_PSS_ANY_SALT = (hash: number): number => withHash(0x06001300, hash);
export const PSA_ALG_ECDSA = (hash: number): number => withHash(0x06000600, hash);
export const PSA_ALG_DETERMINISTIC_ECDSA = (hash: number): number => withHash(0x06000700, hash);
export const PSA_ALG_HASH_SLH_DSA = (hash: number): number => withHash(0x06004200, hash);
export const PSA_ALG_DETERMINISTIC_HASH_SLH_DSA = (hash: number): number => withHash(0x06004300, hash);
export const PSA_ALG_HASH_ML_DSA = (hash: number): number => withHash(0x06004600, hash);
export const PSA_ALG_DETERMINISTIC_HASH_ML_DSA = (hash: number): number => withHash(0x06004700, hash);

// Asymmetric encryption constructor, 10.8.
export const PSA_ALG_RSA_OAEP = (hash: number): number => withHash(0x07000300, hash);

// Key derivation constructors, 10.6.1.
export const PSA_ALG_HKDF = (hash: number): number => withHash(0x08000100, hash);
export const PSA_ALG_TLS12_PRF = (hash: number): number => withHash(0x08000200, hash);
export const PSA_ALG_TLS12_PSK_TO_MS = (hash: number): number => withHash(0x08000300, hash);
export const PSA_ALG_HKDF_EXTRACT = (hash: number): number => withHash(0x08000400, hash);
export const PSA_ALG_HKDF_EXPAND = (hash: number): number => withHash(0x08000500, hash);
export const PSA_ALG_SP800_108_COUNTER_HMAC = (hash: number): number => withHash(0x08000700, hash);
export const PSA_ALG_PBKDF2_HMAC = (hash: number): number => withHash(0x08800100, hash);
export const PSA_ALG_WPA3_SAE_H2E = (hash: number): number => withHash(0x08800400, hash);

/** Categories 0x09 and 0x08 are chosen so that OR composes them. Clause 10.9.3. */
export const PSA_ALG_KEY_AGREEMENT = (agreement: number, derivation: number): number =>
  (agreement | derivation) >>> 0;

// PAKE constructors, 10.11.
export const PSA_ALG_JPAKE = (hash: number): number => withHash(0x0a000100, hash);
export const PSA_ALG_SPAKE2P_HMAC = (hash: number): number => withHash(0x0a000400, hash);
export const PSA_ALG_SPAKE2P_CMAC = (hash: number): number => withHash(0x0a000500, hash);
export const PSA_ALG_WPA3_SAE_FIXED = (hash: number): number => withHash(0x0a000800, hash);
export const PSA_ALG_WPA3_SAE_GDH = (hash: number): number => withHash(0x0a000900, hash);
