/**
 * What the Secure Manager's own client does beside calling (secure_manager_api V2.1.0), function by function. The
 * C library does the same where the profile asks for it.
 */

/** Fills the output buffer with random bytes first, unless it overlaps the input. */
export const FILLS_OUTPUT: ReadonlySet<string> = new Set([
  'psa_cipher_encrypt',
  'psa_cipher_decrypt',
  'psa_cipher_update',
  'psa_cipher_finish',
  'psa_sign_hash',
  'psa_sign_message',
]);

/** Does not touch the length after an error; every other function leaves the size of the buffer in it. */
export const LEAVES_LENGTH: ReadonlySet<string> = new Set([
  'psa_mac_compute',
  'psa_cipher_encrypt',
  'psa_cipher_decrypt',
  'psa_sign_message',
  // As in TF-M 1.5's client.
  'psa_initial_attest_get_token',
]);
