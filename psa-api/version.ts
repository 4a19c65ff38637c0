/** Version of the API whose names and behaviour this implements. PSA Crypto 1.5, 8.2. */

export const PSA_CRYPTO_API_VERSION_MAJOR = 1;
export const PSA_CRYPTO_API_VERSION_MINOR = 5;
