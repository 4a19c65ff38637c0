/**
 * Identifiers that are well formed and that nothing stands for: for tests of NOT_SUPPORTED, whatever comes to be
 * supported. Algorithms are a vendor's, whose bit is bit 31 (PSA Crypto 1.3, B.1).
 */

/** Not allocated. */
export const UNKNOWN_HASH = 0x020000fe;
export const UNKNOWN_MAC = 0x83000100;
export const UNKNOWN_CIPHER = 0x84c07f00;
export const UNKNOWN_AEAD = 0x85100100;
export const UNKNOWN_SIGNATURE = 0x86000100;
export const UNKNOWN_DERIVATION = 0x88000100;
/** A standalone key agreement, not allocated. */
export const UNKNOWN_AGREEMENT = 0x097f0000;
/** A symmetric key type of a vendor. */
export const UNKNOWN_KEY_TYPE = 0xa400;
/** A curve family that is not allocated. */
export const UNKNOWN_FAMILY = 0x7e;
export const UNKNOWN_ENCRYPTION = 0x87000100;
export const UNKNOWN_PAKE = 0x8a000100;
export const UNKNOWN_KEY_WRAP = 0x8b400100;
export const UNKNOWN_ENCAPSULATION = 0x8c000100;
export const UNKNOWN_XOF = 0x8d000100;
