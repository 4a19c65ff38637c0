/** Key identifier ranges, u32. PSA Crypto 1.3, 9.4. */

export const PSA_KEY_ID_NULL = 0;
export const PSA_KEY_ID_USER_MIN = 0x00000001;
export const PSA_KEY_ID_USER_MAX = 0x3fffffff;
export const PSA_KEY_ID_VENDOR_MIN = 0x40000000;
export const PSA_KEY_ID_VENDOR_MAX = 0x7fffffff;

/** STM32H5 Secure Manager's device unique key for the application: built in, yet inside the user range. */
export const PSA_KEY_ID_ST_DUA_USER = 0x3ffffffe;
