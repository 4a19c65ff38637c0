/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* The PSA Certified Crypto API 1.5. Every function below is one call to the emulator (docs/functions.md). */

#ifndef PSA_CRYPTO_H
#define PSA_CRYPTO_H

#include <psa/error.h>
#include <psa/crypto_types.h>
#include <psa/crypto_values.h>
#include <psa/crypto_sizes.h>
#include <psa/crypto_struct.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- library ---- */

/** Makes the library ready; may be called again at any time. Since 1.0. */
psa_status_t psa_crypto_init(void);

/* ---- key attributes ---- */

/** Tells what a key is and what it may be used for. Since 1.0. */
psa_status_t psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes);

/* ---- key management ---- */

/** Makes a key from its bytes. Since 1.0. */
psa_status_t psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                            psa_key_id_t *key);

/** Makes a key from random numbers. Since 1.0. */
psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key);

/** Makes a key with the same material, with the usage that both policies allow. Since 1.0. */
psa_status_t psa_copy_key(psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key);

/** Destroys a key and its stored form; key 0 is no error. Since 1.0. */
psa_status_t psa_destroy_key(psa_key_id_t key);

/** Drops copies of a persistent key from memory; it stays stored. Since 1.0. */
psa_status_t psa_purge_key(psa_key_id_t key);

/** Gives the bytes of a key that may be exported. Since 1.0. */
psa_status_t psa_export_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/** Gives the public part of an asymmetric key. Since 1.0. */
psa_status_t psa_export_public_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/** Makes a key from random numbers, with parameters of production. Since 1.3. */
psa_status_t psa_generate_key_custom(const psa_key_attributes_t *attributes,
                                     const psa_custom_key_parameters_t *custom, const uint8_t *custom_data,
                                     size_t custom_data_length, psa_key_id_t *key);

/** Makes a volatile key of material that the implementation holds under a label. Since 1.4. */
psa_status_t psa_attach_key(const psa_key_attributes_t *attributes, const uint8_t *label, size_t label_length,
                            psa_key_id_t *key);

/** Tells whether a key can be used in one way with an algorithm. Since 1.4. */
psa_status_t psa_check_key_usage(psa_key_id_t key, psa_algorithm_t alg, psa_key_usage_t usage);

/* ---- hash ---- */

/** Hashes a message in one call. Since 1.0. */
psa_status_t psa_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *hash,
                              size_t hash_size, size_t *hash_length);

/** Hashes a message and compares the result with an expected one. Since 1.0. */
psa_status_t psa_hash_compare(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              const uint8_t *hash, size_t hash_length);

/** Begins the hash of a message that comes in parts. Since 1.0. */
psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg);

/** Takes the next part of the message. Since 1.0. */
psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the hash and ends the operation. Since 1.0. */
psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size,
                             size_t *hash_length);

/** Compares the hash with an expected one and ends the operation. Since 1.0. */
psa_status_t psa_hash_verify(psa_hash_operation_t *operation, const uint8_t *hash, size_t hash_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_hash_abort(psa_hash_operation_t *operation);

/** Gives the state of the operation, to be resumed later, and ends it. Since 1.0. */
psa_status_t psa_hash_suspend(psa_hash_operation_t *operation, uint8_t *hash_state, size_t hash_state_size,
                              size_t *hash_state_length);

/** Begins an operation from a suspended state. Since 1.0. */
psa_status_t psa_hash_resume(psa_hash_operation_t *operation, const uint8_t *hash_state,
                             size_t hash_state_length);

/** Begins an operation that has taken the same parts as another. Since 1.0. */
psa_status_t psa_hash_clone(const psa_hash_operation_t *source_operation,
                            psa_hash_operation_t *target_operation);

/* ---- MAC ---- */

/** Authenticates a message in one call. Since 1.0. */
psa_status_t psa_mac_compute(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                             uint8_t *mac, size_t mac_size, size_t *mac_length);

/** Compares the MAC of a message with an expected one. Since 1.0. */
psa_status_t psa_mac_verify(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            const uint8_t *mac, size_t mac_length);

/** Begins the MAC of a message that comes in parts. Since 1.0. */
psa_status_t psa_mac_sign_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Begins the verification of the MAC of a message that comes in parts. Since 1.0. */
psa_status_t psa_mac_verify_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Takes the next part of the message. Since 1.0. */
psa_status_t psa_mac_update(psa_mac_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the MAC and ends the operation. Since 1.0. */
psa_status_t psa_mac_sign_finish(psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size,
                                 size_t *mac_length);

/** Compares the MAC with an expected one and ends the operation. Since 1.0. */
psa_status_t psa_mac_verify_finish(psa_mac_operation_t *operation, const uint8_t *mac, size_t mac_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_mac_abort(psa_mac_operation_t *operation);

/* ---- cipher ---- */

/** Encrypts a message with a random IV, which comes before the ciphertext. Since 1.0. */
psa_status_t psa_cipher_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/** Decrypts a message that begins with its IV. Since 1.0. */
psa_status_t psa_cipher_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/** Begins the encryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_cipher_encrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/** Begins the decryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_cipher_decrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/** Chooses a random IV for an encryption. Since 1.0. */
psa_status_t psa_cipher_generate_iv(psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size,
                                    size_t *iv_length);

/** Sets the IV. Since 1.0. */
psa_status_t psa_cipher_set_iv(psa_cipher_operation_t *operation, const uint8_t *iv, size_t iv_length);

/** Takes the next part of the message and gives what is ready. Since 1.0. */
psa_status_t psa_cipher_update(psa_cipher_operation_t *operation, const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *output_length);

/** Gives the rest and ends the operation. Since 1.0. */
psa_status_t psa_cipher_finish(psa_cipher_operation_t *operation, uint8_t *output, size_t output_size,
                               size_t *output_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_cipher_abort(psa_cipher_operation_t *operation);

/* ---- AEAD ---- */

/** Encrypts and authenticates a message in one call; the tag ends the ciphertext. Since 1.0. */
psa_status_t psa_aead_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *plaintext,
                              size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size,
                              size_t *ciphertext_length);

/** Verifies and decrypts a message in one call. Since 1.0. */
psa_status_t psa_aead_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *ciphertext,
                              size_t ciphertext_length, uint8_t *plaintext, size_t plaintext_size,
                              size_t *plaintext_length);

/** Begins the encryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_aead_encrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Begins the decryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_aead_decrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Announces how long the additional data and the message will be. Since 1.0. */
psa_status_t psa_aead_set_lengths(psa_aead_operation_t *operation, size_t ad_length, size_t plaintext_length);

/** Chooses a random nonce for an encryption. Since 1.0. */
psa_status_t psa_aead_generate_nonce(psa_aead_operation_t *operation, uint8_t *nonce, size_t nonce_size,
                                     size_t *nonce_length);

/** Sets the nonce. Since 1.0. */
psa_status_t psa_aead_set_nonce(psa_aead_operation_t *operation, const uint8_t *nonce, size_t nonce_length);

/** Takes the next part of the additional data. Since 1.0. */
psa_status_t psa_aead_update_ad(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length);

/** Takes the next part of the message and gives what is ready. Since 1.0. */
psa_status_t psa_aead_update(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length,
                             uint8_t *output, size_t output_size, size_t *output_length);

/** Gives the rest of the ciphertext and the tag, and ends the operation. Since 1.0. */
psa_status_t psa_aead_finish(psa_aead_operation_t *operation, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length, uint8_t *tag, size_t tag_size, size_t *tag_length);

/** Gives the rest of the plaintext if the tag is right, and ends the operation. Since 1.0. */
psa_status_t psa_aead_verify(psa_aead_operation_t *operation, uint8_t *plaintext, size_t plaintext_size,
                             size_t *plaintext_length, const uint8_t *tag, size_t tag_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_aead_abort(psa_aead_operation_t *operation);

/* ---- key derivation ---- */

/** Begins a key derivation. Since 1.0. */
psa_status_t psa_key_derivation_setup(psa_key_derivation_operation_t *operation, psa_algorithm_t alg);

/** Tells how many bytes the operation can still give. Since 1.0. */
psa_status_t psa_key_derivation_get_capacity(const psa_key_derivation_operation_t *operation,
                                             size_t *capacity);

/** Lowers the number of bytes that the operation can give. Since 1.0. */
psa_status_t psa_key_derivation_set_capacity(psa_key_derivation_operation_t *operation, size_t capacity);

/** Gives an input of the derivation as bytes. Since 1.0. */
psa_status_t psa_key_derivation_input_bytes(psa_key_derivation_operation_t *operation,
                                            psa_key_derivation_step_t step, const uint8_t *data,
                                            size_t data_length);

/** Gives an input of the derivation as a number. Since 1.1. */
psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, uint64_t value);

/** Gives an input of the derivation as a key. Since 1.0. */
psa_status_t psa_key_derivation_input_key(psa_key_derivation_operation_t *operation,
                                          psa_key_derivation_step_t step, psa_key_id_t key);

/** Takes the next bytes of the derived stream. Since 1.0. */
psa_status_t psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output,
                                             size_t output_length);

/** Makes a key from the derived stream. Since 1.0. */
psa_status_t psa_key_derivation_output_key(const psa_key_attributes_t *attributes,
                                           psa_key_derivation_operation_t *operation, psa_key_id_t *key);

/** Makes a key from the derived stream, with parameters of production. Since 1.3. */
psa_status_t psa_key_derivation_output_key_custom(const psa_key_attributes_t *attributes,
                                                  psa_key_derivation_operation_t *operation,
                                                  const psa_custom_key_parameters_t *custom,
                                                  const uint8_t *custom_data, size_t custom_data_length,
                                                  psa_key_id_t *key);

/** Compares the next bytes of the derived stream with expected ones. Since 1.1. */
psa_status_t psa_key_derivation_verify_bytes(psa_key_derivation_operation_t *operation,
                                             const uint8_t *expected_output, size_t output_length);

/** Compares the next bytes of the derived stream with those of a key. Since 1.1. */
psa_status_t psa_key_derivation_verify_key(psa_key_derivation_operation_t *operation, psa_key_id_t expected);

/** Ends the operation. Since 1.0. */
psa_status_t psa_key_derivation_abort(psa_key_derivation_operation_t *operation);

/* ---- signature ---- */

/** Signs a message. Since 1.0. */
psa_status_t psa_sign_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                              size_t input_length, uint8_t *signature, size_t signature_size,
                              size_t *signature_length);

/** Verifies the signature of a message. Since 1.0. */
psa_status_t psa_verify_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *signature, size_t signature_length);

/** Signs a hash that has been computed before. Since 1.0. */
psa_status_t psa_sign_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           uint8_t *signature, size_t signature_size, size_t *signature_length);

/** Verifies the signature of a hash that has been computed before. Since 1.0. */
psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                             const uint8_t *signature, size_t signature_length);

/** Signs a message together with a context. Since 1.4. */
psa_status_t psa_sign_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                           size_t input_length, const uint8_t *context, size_t context_length,
                                           uint8_t *signature, size_t signature_size,
                                           size_t *signature_length);

/** Verifies the signature of a message and a context. Since 1.4. */
psa_status_t psa_verify_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                             size_t input_length, const uint8_t *context,
                                             size_t context_length, const uint8_t *signature,
                                             size_t signature_length);

/** Signs a hash that has been computed before, together with a context. Since 1.4. */
psa_status_t psa_sign_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                        size_t hash_length, const uint8_t *context, size_t context_length,
                                        uint8_t *signature, size_t signature_size, size_t *signature_length);

/** Verifies the signature of a hash and a context. Since 1.4. */
psa_status_t psa_verify_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                          size_t hash_length, const uint8_t *context, size_t context_length,
                                          const uint8_t *signature, size_t signature_length);

/** Begins the signature of a message that comes in parts. Since 1.5. */
psa_status_t psa_sign_setup(psa_sign_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Sets the context of the signature, before the first part. Since 1.5. */
psa_status_t psa_sign_set_context(psa_sign_operation_t *operation, const uint8_t *context,
                                  size_t context_length);

/** Takes the next part of the message. Since 1.5. */
psa_status_t psa_sign_update(psa_sign_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the signature and ends the operation. Since 1.5. */
psa_status_t psa_sign_finish(psa_sign_operation_t *operation, uint8_t *signature, size_t signature_size,
                             size_t *signature_length);

/** Ends the operation without a result. Since 1.5. */
psa_status_t psa_sign_abort(psa_sign_operation_t *operation);

/** Begins the verification of the signature of a message that comes in parts. Since 1.5. */
psa_status_t psa_verify_setup(psa_verify_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg,
                              const uint8_t *signature, size_t signature_length);

/** Sets the context of the signature, before the first part. Since 1.5. */
psa_status_t psa_verify_set_context(psa_verify_operation_t *operation, const uint8_t *context,
                                    size_t context_length);

/** Takes the next part of the message. Since 1.5. */
psa_status_t psa_verify_update(psa_verify_operation_t *operation, const uint8_t *input, size_t input_length);

/** Tells whether the signature is right and ends the operation. Since 1.5. */
psa_status_t psa_verify_finish(psa_verify_operation_t *operation);

/** Ends the operation without a result. Since 1.5. */
psa_status_t psa_verify_abort(psa_verify_operation_t *operation);

/* ---- asymmetric encryption ---- */

/** Encrypts a short message with a public key. Since 1.0. */
psa_status_t psa_asymmetric_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/** Decrypts a short message with a private key. Since 1.0. */
psa_status_t psa_asymmetric_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/* ---- key agreement ---- */

/** Gives the shared secret of a key agreement as bytes. Since 1.0. */
psa_status_t psa_raw_key_agreement(psa_algorithm_t alg, psa_key_id_t private_key, const uint8_t *peer_key,
                                   size_t peer_key_length, uint8_t *output, size_t output_size,
                                   size_t *output_length);

/** Gives the shared secret of a key agreement to a key derivation. Since 1.0. */
psa_status_t psa_key_derivation_key_agreement(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, psa_key_id_t private_key,
                                              const uint8_t *peer_key, size_t peer_key_length);

/** Makes a key from the shared secret of a key agreement. Since 1.2. */
psa_status_t psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length,
                               psa_algorithm_t alg, const psa_key_attributes_t *attributes, psa_key_id_t *key);

/* ---- key encapsulation ---- */

/** Makes a fresh key, and a ciphertext from which the private key makes the same one. Since 1.3. */
psa_status_t psa_encapsulate(psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length);

/** Makes the key that a ciphertext of an encapsulation stands for. Since 1.3. */
psa_status_t psa_decapsulate(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *ciphertext,
                             size_t ciphertext_length, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key);

/* ---- PAKE ---- */

/** Begins a password-authenticated key exchange. Since 1.3. */
psa_status_t psa_pake_setup(psa_pake_operation_t *operation, psa_key_id_t password_key,
                            const psa_pake_cipher_suite_t *cipher_suite);

/** Says which side this is. Since 1.3. */
psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role);

/** Says who this side is. Since 1.3. */
psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len);

/** Says who the other side is. Since 1.3. */
psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len);

/** Gives the context that both sides agree on. Since 1.3. */
psa_status_t psa_pake_set_context(psa_pake_operation_t *operation, const uint8_t *context, size_t context_len);

/** Gives the next element for the other side. Since 1.3. */
psa_status_t psa_pake_output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output,
                             size_t output_size, size_t *output_length);

/** Takes the next element from the other side. Since 1.3. */
psa_status_t psa_pake_input(psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *input,
                            size_t input_length);

/** Makes a key from the shared secret and ends the operation. Since 1.3. */
psa_status_t psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes,
                                     psa_key_id_t *key);

/** Ends the operation. Since 1.3. */
psa_status_t psa_pake_abort(psa_pake_operation_t *operation);

/* ---- random ---- */

/** Gives random bytes. Since 1.0. */
psa_status_t psa_generate_random(uint8_t *output, size_t output_size);

/* ---- XOF ---- */

/** Begins an extendable output of an input that comes in parts. Since 1.4. */
psa_status_t psa_xof_setup(psa_xof_operation_t *operation, psa_algorithm_t alg);

/** Sets the context, before the first part, of an algorithm that has one. Since 1.4. */
psa_status_t psa_xof_set_context(psa_xof_operation_t *operation, const uint8_t *context,
                                 size_t context_length);

/** Takes the next part of the input. Since 1.4. */
psa_status_t psa_xof_update(psa_xof_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the next bytes of the output; the first call ends the input. Since 1.4. */
psa_status_t psa_xof_output(psa_xof_operation_t *operation, uint8_t *output, size_t output_length);

/** Ends the operation. Since 1.4. */
psa_status_t psa_xof_abort(psa_xof_operation_t *operation);

/* ---- key wrapping ---- */

/** Gives the bytes of a key that may be exported, encrypted with another key. Since 1.4. */
psa_status_t psa_wrap_key(psa_key_id_t wrapping_key, psa_algorithm_t alg, psa_key_id_t key, uint8_t *data,
                          size_t data_size, size_t *data_length);

/** Makes a key from bytes that were encrypted with another key. Since 1.4. */
psa_status_t psa_unwrap_key(const psa_key_attributes_t *attributes, psa_key_id_t wrapping_key,
                            psa_algorithm_t alg, const uint8_t *data, size_t data_length, psa_key_id_t *key);

/* ---- functions of the device that the specification does not have ---- */

/** Finds a key: its handle is its identifier. Of TF-M 1.5. */
psa_status_t psa_open_key(psa_key_id_t key, psa_key_handle_t *handle);

/** Frees the memory of a key: a volatile one is destroyed. Of TF-M 1.5. */
psa_status_t psa_close_key(psa_key_handle_t handle);

#ifdef __cplusplus
}
#endif

#include <psa/crypto_compat.h>

#endif /* PSA_CRYPTO_H */
