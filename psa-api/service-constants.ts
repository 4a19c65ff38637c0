/** Constants of the services beside Crypto: PSA Secure Storage API 1.0, 5.2, and PSA Attestation API 1.0. */

export const PSA_ITS_API_VERSION_MAJOR = 1;
export const PSA_ITS_API_VERSION_MINOR = 0;

export const PSA_STORAGE_FLAG_NONE = 0;
/** The data can be neither changed nor removed. */
export const PSA_STORAGE_FLAG_WRITE_ONCE = 1;
export const PSA_STORAGE_FLAG_NO_CONFIDENTIALITY = 2;
export const PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION = 4;

export const PSA_STORAGE_SUPPORT_SET_EXTENDED = 1;

export const PSA_INITIAL_ATTEST_API_VERSION_MAJOR = 1;
export const PSA_INITIAL_ATTEST_API_VERSION_MINOR = 0;

export const PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32 = 32;
export const PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48 = 48;
export const PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64 = 64;
/** No token is longer, in bytes; the value of the device's own header. */
export const PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE = 700;
