/**
 * What an engine offers: primitives, and nothing of keys, ids or policies.
 *
 * Lengths are bytes, numbers inside byte strings are big-endian, unless a line says otherwise.
 * An engine throws only on a caller's programming error (a length its contract excludes); an input
 * that may come from outside and may be bad is answered with `undefined` or `false`.
 */

export type HashName =
  | 'md5'
  | 'ripemd160'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512-224'
  | 'sha512-256'
  | 'sha3-224'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'
  | 'shake256-512';

/** `length` random bytes; the device's generator, deterministic when the device is seeded. */
export type RandomBytes = (length: number) => Uint8Array;

/** A running hash. After `digest` or `wipe` the object is spent. */
export interface HashState {
  update(data: Uint8Array): void;
  digest(): Uint8Array;
  clone(): HashState;
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

export type CipherMode = 'ecb' | 'cbc' | 'cbc-pkcs7' | 'ctr' | 'cfb' | 'ofb';
export type Direction = 'encrypt' | 'decrypt';

/**
 * A running unauthenticated cipher. `update` gives every byte that can be given (CTR, CFB, OFB: as
 * many as came in; ECB, CBC: whole blocks at once, the last included, without holding one back;
 * CBC-PKCS7 decryption: all but the last block). Input is never written to and may be reused.
 */
export interface CipherState {
  /** Bytes that `update` would give for `inputLength` more bytes. */
  updateLength(inputLength: number): number;
  update(input: Uint8Array): Uint8Array;
  /** Bytes held back: for ECB, CBC a non-zero count here means a partial block, which `finish` refuses. */
  readonly pending: number;
  /** The rest. `'partial-block'`: length is not a multiple of the block; `'bad-padding'`: PKCS#7 wrong. */
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

export type CurveName = 'secp256r1' | 'secp384r1' | 'secp521r1';

/** Where an ECDSA per-signature secret comes from: the generator, or RFC 6979 with this hash. */
export type NonceSource = { readonly random: RandomBytes } | { readonly rfc6979: HashName };

/** A short Weierstrass curve over a prime field (SEC 1), scalars and coordinates of fixed length. */
export interface Curve {
  readonly name: CurveName;
  readonly bits: number;
  /** Length of a private key and of a coordinate: 32, 48, 66. */
  readonly byteLength: number;
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

export interface Kdf {
  /** RFC 5869 2.2. */
  hkdfExtract(hash: HashName, salt: Uint8Array, secret: Uint8Array): Uint8Array;
  /** RFC 5869 2.3; the caller keeps to 255 blocks. */
  hkdfExpand(hash: HashName, prk: Uint8Array, info: Uint8Array): KdfStream;
  /** RFC 5246 5: P_hash(secret, label || seed). */
  tls12Prf(hash: HashName, secret: Uint8Array, labelAndSeed: Uint8Array): KdfStream;
  /** RFC 8018 5.2 with HMAC as the PRF. */
  pbkdf2Hmac(hash: HashName, password: Uint8Array, salt: Uint8Array, iterations: number): KdfStream;
}

export interface Engine {
  readonly name: string;
  hash(name: HashName): HashState;
  /** Output length and input block length (the HMAC block) of a hash. */
  hashLengths(name: HashName): { readonly output: number; readonly block: number };
  hmacKey(hash: HashName, key: Uint8Array): HmacKey;
  /** `key` is 16, 24 or 32 long. */
  aesKey(key: Uint8Array): AesKey;
  cmac(key: AesKey): MacState;
  /** `iv` is 16 long (CTR: the first counter block), and absent for ECB. */
  cipher(key: AesKey, mode: CipherMode, direction: Direction, iv?: Uint8Array): CipherState;
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
  curve(name: CurveName): Curve;
  readonly rsa: Rsa;
  readonly kdf: Kdf;
  /** Comparison in time that depends on the lengths alone. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
}
