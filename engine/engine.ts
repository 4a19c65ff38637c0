/**
 * What an engine offers: primitives, and nothing of keys, ids or policies.
 *
 * Lengths are bytes, numbers inside byte strings are big-endian, unless a line says otherwise.
 * An engine throws only on a caller's programming error (a length its contract excludes); an input
 * that may come from outside and may be bad is answered with `undefined` or `false`.
 */

import type { JpakeParty, JpakeState, Spake2p } from './pake.ts';

export type * from './pake.ts';

export type HashName =
  | 'md5'
  | 'ripemd160'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha256-192'
  | 'sha384'
  | 'sha512'
  | 'sha512-224'
  | 'sha512-256'
  | 'sha3-224'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'
  | 'shake128-256'
  | 'shake256-192'
  | 'shake256-256'
  | 'shake256-512'
  | 'aes-mmo-zigbee';

/**
 * Arithmetic that may take long, in pieces of a few milliseconds at most: each `next` does one, the last gives
 * the result, `return` abandons it. The synchronous function of the same name does all pieces at once.
 */
export type Long<T> = Generator<undefined, T, undefined>;

/** `length` random bytes; the device's generator, deterministic when the device is seeded. */
export type RandomBytes = (length: number) => Uint8Array;

/** A hash between two updates. */
export interface SuspendedHash {
  /** Of all bytes so far, those of `unprocessed` among them. */
  readonly inputLength: number;
  /** The chaining value: MD5 and RIPEMD-160 little-endian words, others big-endian. */
  readonly state: Uint8Array;
  /** As many bytes as `inputLength` modulo the block. */
  readonly unprocessed: Uint8Array;
}

/** A running hash. After `digest` or `wipe` the object is spent. */
export interface HashState {
  update(data: Uint8Array): void;
  digest(): Uint8Array;
  clone(): HashState;
  /** undefined: MD5, RIPEMD-160, SHA-1 and SHA-2 alone have this form. The object goes on. */
  suspend(): SuspendedHash | undefined;
  wipe(): void;
}

export type XofName = 'shake128' | 'shake256';

/** A running extendable-output function: all `update`, then any `read`, each going on where the last ended. */
export interface XofState {
  update(data: Uint8Array): void;
  read(length: number): Uint8Array;
  wipe(): void;
}

/** A running MAC; `digest` gives the whole, untruncated MAC. After `digest` or `wipe` it is spent. */
export interface MacState {
  update(data: Uint8Array): void;
  digest(): Uint8Array;
  wipe(): void;
}

/** An HMAC key with its two padded blocks absorbed once; `start` costs no key schedule. */
export interface HmacKey {
  start(): MacState;
  wipe(): void;
}

/** An AES key: schedules, GHASH table and CMAC subkeys are made once, when first needed. */
export interface AesKey {
  readonly bits: 128 | 192 | 256;
  wipe(): void;
}

/** A key of DES, or of TDEA with two or three elements (SP 800-67). Its parity bits are not looked at. */
export interface DesKey {
  readonly bits: 64 | 128 | 192;
  wipe(): void;
}

/** 'ccm-star' is CCM* without a tag: CTR over the counter blocks of CCM, from 1. */
export type CipherMode = 'ecb' | 'cbc' | 'cbc-pkcs7' | 'ctr' | 'cfb' | 'ofb' | 'ccm-star';
/** Without CCM*, defined for blocks of 16 bytes alone, and CTR, whose random first blocks soon meet when they have 8. */
export type DesMode = Exclude<CipherMode, 'ctr' | 'ccm-star'>;
export type StreamCipherName = 'chacha20' | 'xchacha20';
export type Direction = 'encrypt' | 'decrypt';

/**
 * A running unauthenticated cipher. `update` gives every byte that can be given (CTR, CCM*, CFB, OFB,
 * stream ciphers: as many as came in; ECB, CBC: whole blocks at once, the last included, without holding
 * one back; CBC-PKCS7 decryption: all but the last block; XTS: all but the last 16 to 31 bytes). Input is
 * never written to and may be reused.
 */
export interface CipherState {
  /** Bytes that `update` would give for `inputLength` more bytes. */
  updateLength(inputLength: number): number;
  update(input: Uint8Array): Uint8Array;
  /** Bytes held back: for ECB, CBC a non-zero count here means a partial block, which `finish` refuses. */
  readonly pending: number;
  /**
   * The rest. `'partial-block'`: length is not a multiple of the block, for XTS less than a block;
   * `'bad-padding'`: PKCS#7 wrong.
   */
  finish(): Uint8Array | 'partial-block' | 'bad-padding';
  wipe(): void;
}

/** A running AEAD: all `updateAd`, then all `update`, then `tag`. Every byte comes out at once. */
export interface AeadState {
  updateAd(data: Uint8Array): void;
  /** As many bytes as came in. */
  update(input: Uint8Array): Uint8Array;
  /** The tag, of the length asked for at the start, of what has passed. The object is spent after it. */
  tag(): Uint8Array;
  wipe(): void;
}

/** KW and KWP of SP 800-38F. */
export type KeyWrapMode = 'kw' | 'kwp';

export type CurveName =
  | 'secp192k1'
  | 'secp224k1'
  | 'secp256k1'
  | 'secp192r1'
  | 'secp224r1'
  | 'secp256r1'
  | 'secp384r1'
  | 'secp521r1'
  | 'brainpoolP160r1'
  | 'brainpoolP192r1'
  | 'brainpoolP224r1'
  | 'brainpoolP256r1'
  | 'brainpoolP320r1'
  | 'brainpoolP384r1'
  | 'brainpoolP512r1';

/** Where an ECDSA per-signature secret comes from: the generator, or RFC 6979 with this hash. */
export type NonceSource = { readonly random: RandomBytes } | { readonly rfc6979: HashName };

/** A short Weierstrass curve over a prime field (SEC 1), scalars and coordinates of fixed length. */
export interface Curve {
  readonly name: CurveName;
  /** Of the order; that of secp224k1 has 225. */
  readonly bits: number;
  /** Length of a private key and of each half of a signature. */
  readonly byteLength: number;
  /** Length of a coordinate and of a shared secret: `byteLength`, but for secp224k1, one less. */
  readonly coordinateLength: number;
  /** A uniform private key in 1..n-1 by FIPS 186-5 A.2.2 (rejection) from `random`. */
  generate(random: RandomBytes): Uint8Array;
  /** The private key is `byteLength` long and in 1..n-1. */
  isPrivateKey(privateKey: Uint8Array): boolean;
  /** The bytes are 0x04 || X || Y, a point on the curve other than infinity. */
  isPublicKey(publicKey: Uint8Array): boolean;
  /** 0x04 || X || Y. */
  publicKey(privateKey: Uint8Array): Uint8Array;
  /** r || s, each `byteLength` long; the hash is truncated to the order's length (FIPS 186-5 6.4.1). */
  sign(privateKey: Uint8Array, hash: Uint8Array, nonce: NonceSource): Uint8Array;
  verify(publicKey: Uint8Array, hash: Uint8Array, signature: Uint8Array): boolean;
  /** The x coordinate of the shared point (SEC 1 3.3.1); undefined for an invalid peer point. */
  ecdh(privateKey: Uint8Array, peer: Uint8Array): Uint8Array | undefined;
}

export type MontgomeryCurveName = 'x25519' | 'x448';

/** ECDH of RFC 7748; keys and secrets are little-endian and `byteLength` long. Any such string is a public key. */
export interface MontgomeryCurve {
  readonly name: MontgomeryCurveName;
  /** 255 or 448. */
  readonly bits: number;
  readonly byteLength: number;
  /** The key with the forced bits of RFC 7748 5, in new bytes; other functions force them by themselves. */
  clamp(privateKey: Uint8Array): Uint8Array;
  publicKey(privateKey: Uint8Array): Uint8Array;
  /** undefined for a peer of low order, whose secret would be zero, and for one of another length. */
  ecdh(privateKey: Uint8Array, peer: Uint8Array): Uint8Array | undefined;
}

export type EdwardsCurveName = 'ed25519' | 'ed448';

/**
 * Which algorithm of RFC 8032: with `prehashed`, Ed25519ph or Ed448ph, and the message is PH(M), 64 bytes; else
 * Ed448, or for the other curve, Ed25519 without and Ed25519ctx with a context, be it empty. A context has at
 * most 255 bytes.
 */
export interface EddsaOptions {
  readonly prehashed?: boolean;
  readonly context?: Uint8Array;
  /**
   * Z of draft-irtf-cfrg-det-sigs-with-noise: fresh random bytes, as many as a key has, that go into the
   * per-signature secret. Without them signing is RFC 8032's. Verifying does not look at it.
   */
  readonly noise?: Uint8Array;
}

/** EdDSA of RFC 8032; keys are `byteLength` long, signatures twice that. Any such string is a private key. */
export interface EdwardsCurve {
  readonly name: EdwardsCurveName;
  /** 255 or 448. */
  readonly bits: number;
  readonly byteLength: number;
  /** The bytes are the encoding of a point. */
  isPublicKey(publicKey: Uint8Array): boolean;
  publicKey(privateKey: Uint8Array): Uint8Array;
  sign(privateKey: Uint8Array, message: Uint8Array, options?: EddsaOptions): Uint8Array;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, options?: EddsaOptions): boolean;
}

export type FfdhGroupName = 'ffdhe2048' | 'ffdhe3072' | 'ffdhe4096' | 'ffdhe6144' | 'ffdhe8192';

/** A safe prime group of RFC 7919, generator 2; keys and secrets are `byteLength` long. */
export interface FfdhGroup {
  readonly name: FfdhGroupName;
  readonly bits: number;
  readonly byteLength: number;
  /** A uniform exponent in 1..p-1 by rejection from `random`. */
  generate(random: RandomBytes): Uint8Array;
  /** 1..p-1. */
  isPrivateKey(privateKey: Uint8Array): boolean;
  /** 2..p-2. */
  isPublicKey(publicKey: Uint8Array): boolean;
  publicKey(privateKey: Uint8Array): Uint8Array;
  publicKeyLong(privateKey: Uint8Array): Long<Uint8Array>;
  /** undefined for an invalid public key, and for a secret that is 1 or p - 1. */
  agree(privateKey: Uint8Array, peer: Uint8Array): Uint8Array | undefined;
  agreeLong(privateKey: Uint8Array, peer: Uint8Array): Long<Uint8Array | undefined>;
}

export interface RsaPublicKey {
  readonly bits: number;
  /** Length of the modulus. */
  readonly byteLength: number;
}

export interface RsaPrivateKey extends RsaPublicKey {
  readonly public: RsaPublicKey;
  wipe(): void;
}

/** RFC 8017. Encodings of keys are RSAPrivateKey and RSAPublicKey (A.1), DER. */
export interface Rsa {
  /** undefined: not DER, not that structure, more than two primes, or numbers that do not belong together. */
  privateKey(der: Uint8Array): RsaPrivateKey | undefined;
  publicKey(der: Uint8Array): RsaPublicKey | undefined;
  encodePublicKey(key: RsaPublicKey): Uint8Array;
  /** DER of a new key of `bits` (even), exponent `e` odd; FIPS 186-5 A.1.3 from `random`. */
  generate(bits: number, e: bigint, random: RandomBytes): Uint8Array;
  generateLong(bits: number, e: bigint, random: RandomBytes): Long<Uint8Array>;

  /** RSASSA-PKCS1-v1_5. `hash` names the DigestInfo; undefined means the raw form with no DigestInfo.
   * undefined: the modulus is too short for this digest. */
  signPkcs1(key: RsaPrivateKey, hash: HashName | undefined, digest: Uint8Array): Uint8Array | undefined;
  verifyPkcs1(
    key: RsaPublicKey,
    hash: HashName | undefined,
    digest: Uint8Array,
    signature: Uint8Array,
  ): boolean;
  /** RSASSA-PSS, MGF1 with the same hash. undefined: the modulus is too short for digest and salt. */
  signPss(
    key: RsaPrivateKey,
    hash: HashName,
    digest: Uint8Array,
    saltLength: number,
    random: RandomBytes,
  ): Uint8Array | undefined;
  /** `saltLength` 'any' accepts every salt length. */
  verifyPss(
    key: RsaPublicKey,
    hash: HashName,
    digest: Uint8Array,
    saltLength: number | 'any',
    signature: Uint8Array,
  ): boolean;
  /** RSAES-PKCS1-v1_5. undefined: the message is longer than k - 11. */
  encryptPkcs1(key: RsaPublicKey, message: Uint8Array, random: RandomBytes): Uint8Array | undefined;
  /** undefined: padding wrong. `ciphertext` is k long. */
  decryptPkcs1(key: RsaPrivateKey, ciphertext: Uint8Array): Uint8Array | undefined;
  /** RSAES-OAEP, MGF1 with the same hash. undefined: the message is too long. */
  encryptOaep(
    key: RsaPublicKey,
    hash: HashName,
    label: Uint8Array,
    message: Uint8Array,
    random: RandomBytes,
  ): Uint8Array | undefined;
  decryptOaep(
    key: RsaPrivateKey,
    hash: HashName,
    label: Uint8Array,
    ciphertext: Uint8Array,
  ): Uint8Array | undefined;
}

/** Bytes of key derivation in order; every `read` goes on where the last ended. */
export interface KdfStream {
  read(length: number): Uint8Array;
  wipe(): void;
}

/** A stream whose blocks take long. A stream with an abandoned read is good for `wipe` alone. */
export interface LongKdfStream extends KdfStream {
  readLong(length: number): Long<Uint8Array>;
}

export interface Kdf {
  /** RFC 5869 2.2. */
  hkdfExtract(hash: HashName, salt: Uint8Array, secret: Uint8Array): Uint8Array;
  /** RFC 5869 2.3; the caller keeps to 255 blocks. */
  hkdfExpand(hash: HashName, prk: Uint8Array, info: Uint8Array): KdfStream;
  /** RFC 5246 5: P_hash(secret, label || seed). */
  tls12Prf(hash: HashName, secret: Uint8Array, labelAndSeed: Uint8Array): KdfStream;
  /** RFC 8018 5.2 with HMAC as the PRF. */
  pbkdf2Hmac(hash: HashName, password: Uint8Array, salt: Uint8Array, iterations: number): LongKdfStream;
  /** RFC 8018 5.2 with AES-CMAC-PRF-128 (RFC 4615) as the PRF. */
  pbkdf2AesCmac(password: Uint8Array, salt: Uint8Array, iterations: number): LongKdfStream;
  /** SP 800-108r1 4.1 with HMAC: blocks of HMAC(key, [i]_4 || label || 0x00 || context || [8 * outputLength]_4). */
  counterHmac(
    hash: HashName,
    key: Uint8Array,
    label: Uint8Array,
    context: Uint8Array,
    outputLength: number,
  ): KdfStream;
  /** The same with CMAC, each block's input followed by K(0), CMAC(key, label || ...). `outputLength` below 2^29. */
  counterCmac(key: AesKey, label: Uint8Array, context: Uint8Array, outputLength: number): KdfStream;
}

export interface Engine {
  readonly name: string;
  hash(name: HashName): HashState;
  /** undefined: the hash has no such form, or the lengths do not belong together. */
  resumeHash(name: HashName, suspended: SuspendedHash): HashState | undefined;
  xof(name: XofName): XofState;
  /** Output length and input block length (the HMAC block) of a hash. */
  hashLengths(name: HashName): { readonly output: number; readonly block: number };
  hmacKey(hash: HashName, key: Uint8Array): HmacKey;
  /** `key` is 16, 24 or 32 long. */
  aesKey(key: Uint8Array): AesKey;
  cmac(key: AesKey): MacState;
  /**
   * `iv` is 16 long (CTR: the first counter block; CCM*: 7..13, the nonce), and absent for ECB. With CCM* the
   * caller keeps to fewer than 2^(8 * (15 - iv.length)) bytes.
   */
  cipher(key: AesKey, mode: CipherMode, direction: Direction, iv?: Uint8Array): CipherState;
  /** `key` is 8, 16 or 24 long. */
  desKey(key: Uint8Array): DesKey;
  /** As `cipher`, with blocks of 8. */
  desCipher(key: DesKey, mode: DesMode, direction: Direction, iv?: Uint8Array): CipherState;
  /** IEEE 1619; the two halves of an XTS key as keys of one length, `iv` the 16 bytes of the tweak. */
  xts(key: AesKey, tweakKey: AesKey, direction: Direction, iv: Uint8Array): CipherState;
  /**
   * Enciphering and deciphering are the same; `key` is 32 long. `iv` of chacha20: 12, the nonce of RFC 8439; 16,
   * a counter of 4 before it; 8, the nonce of the original with its counter of 64 bits. Of xchacha20: 24, the
   * nonce; 32, a counter of 8 before it. Counters are little-endian, 0 where absent, and wrap.
   */
  streamCipher(name: StreamCipherName, key: Uint8Array, iv: Uint8Array): CipherState;
  /** SP 800-38D; `nonce` of any length from 1, `tagLength` 4, 8, 12..16. */
  gcm(key: AesKey, direction: Direction, nonce: Uint8Array, tagLength: number): AeadState;
  /** SP 800-38C; `nonce` 7..13, `tagLength` even 4..16, both total lengths known at the start. */
  ccm(
    key: AesKey,
    direction: Direction,
    nonce: Uint8Array,
    tagLength: number,
    adLength: number,
    messageLength: number,
  ): AeadState;
  /** RFC 8439 2.8 with a `nonce` of 12, and its extension to one of 24; `key` is 32 long, the tag 16. */
  chachaPoly1305(name: StreamCipherName, key: Uint8Array, direction: Direction, nonce: Uint8Array): AeadState;
  /** undefined: KW takes whole semiblocks of 8 bytes, two or more, KWP one byte or more. */
  wrapKey(key: AesKey, mode: KeyWrapMode, plain: Uint8Array): Uint8Array | undefined;
  /** undefined: of a length that no wrapping has, or not wrapped under this key. */
  unwrapKey(key: AesKey, mode: KeyWrapMode, wrapped: Uint8Array): Uint8Array | undefined;
  curve(name: CurveName): Curve;
  montgomeryCurve(name: MontgomeryCurveName): MontgomeryCurve;
  edwardsCurve(name: EdwardsCurveName): EdwardsCurve;
  ffdhGroup(name: FfdhGroupName): FfdhGroup;
  readonly rsa: Rsa;
  readonly kdf: Kdf;
  /** undefined: the password is a multiple of the curve's order. */
  jpake(party: JpakeParty, password: Uint8Array, random: RandomBytes): JpakeState | undefined;
  readonly spake2p: Spake2p;
  /** Comparison in time that depends on the lengths alone. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
}
