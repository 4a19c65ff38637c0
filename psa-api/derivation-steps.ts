/**
 * Inputs of a key derivation, u16. PSA Crypto 1.3, 10.6.2 leaves the values to the implementation:
 * these are the ones that Mbed TLS, TF-PSA-Crypto and TF-M share.
 */

export const PSA_KEY_DERIVATION_INPUT_SECRET = 0x0101;
export const PSA_KEY_DERIVATION_INPUT_PASSWORD = 0x0102;
export const PSA_KEY_DERIVATION_INPUT_OTHER_SECRET = 0x0103;
export const PSA_KEY_DERIVATION_INPUT_LABEL = 0x0201;
export const PSA_KEY_DERIVATION_INPUT_SALT = 0x0202;
export const PSA_KEY_DERIVATION_INPUT_INFO = 0x0203;
export const PSA_KEY_DERIVATION_INPUT_SEED = 0x0204;
export const PSA_KEY_DERIVATION_INPUT_COST = 0x0205;
export const PSA_KEY_DERIVATION_INPUT_CONTEXT = 0x0206;

/** Bytes: u32 on every host so that 32-bit and 64-bit clients agree. PSA Crypto 1.3, 10.6.4. */
export const PSA_KEY_DERIVATION_UNLIMITED_CAPACITY = 0xffffffff;
