/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* One call each: the parameters in their order, then the exchange (h5sm_call.h). */
#include "h5sm_crypto.h"

psa_status_t psa_crypto_init(void)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0001);
    return h5sm_end(&call);
}

psa_status_t psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0101);
    h5sm_uint(&call, key);
    h5sm_attributes_out(&call, attributes);
    return h5sm_end(&call);
}

psa_status_t psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                            psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0201);
    h5sm_attributes(&call, attributes);
    h5sm_bytes(&call, data, data_length);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0202);
    h5sm_attributes(&call, attributes);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_copy_key(psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0203);
    h5sm_uint(&call, source_key);
    h5sm_attributes(&call, attributes);
    h5sm_id_out(&call, target_key);
    return h5sm_end(&call);
}

psa_status_t psa_destroy_key(psa_key_id_t key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0204);
    h5sm_uint(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_purge_key(psa_key_id_t key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0205);
    h5sm_uint(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_export_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0206);
    h5sm_uint(&call, key);
    h5sm_room(&call, data, data_size, data_length);
    return h5sm_end(&call);
}

psa_status_t psa_export_public_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0207);
    h5sm_uint(&call, key);
    h5sm_room(&call, data, data_size, data_length);
    return h5sm_end(&call);
}

psa_status_t psa_generate_key_custom(const psa_key_attributes_t *attributes,
                                     const psa_custom_key_parameters_t *custom, const uint8_t *custom_data,
                                     size_t custom_data_length, psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0208);
    h5sm_attributes(&call, attributes);
    h5sm_custom(&call, custom);
    h5sm_bytes(&call, custom_data, custom_data_length);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_attach_key(const psa_key_attributes_t *attributes, const uint8_t *label, size_t label_length,
                            psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0209);
    h5sm_attributes(&call, attributes);
    h5sm_bytes(&call, label, label_length);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_check_key_usage(psa_key_id_t key, psa_algorithm_t alg, psa_key_usage_t usage)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x020a);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_uint(&call, usage);
    return h5sm_end(&call);
}

psa_status_t psa_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *hash,
                              size_t hash_size, size_t *hash_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0301);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_room(&call, hash, hash_size, hash_length);
    return h5sm_end(&call);
}

psa_status_t psa_hash_compare(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              const uint8_t *hash, size_t hash_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0302);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_bytes(&call, hash, hash_length);
    return h5sm_end(&call);
}

psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0304);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0308);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0305);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0308);
    h5sm_bytes(&call, input, input_length);
    return h5sm_end(&call);
}

psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size,
                             size_t *hash_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0306);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0308);
    h5sm_room(&call, hash, hash_size, hash_length);
    return h5sm_end(&call);
}

psa_status_t psa_hash_verify(psa_hash_operation_t *operation, const uint8_t *hash, size_t hash_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0307);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0308);
    h5sm_bytes(&call, hash, hash_length);
    return h5sm_end(&call);
}

psa_status_t psa_hash_abort(psa_hash_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0308);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0308);
    return h5sm_end(&call);
}

psa_status_t psa_hash_suspend(psa_hash_operation_t *operation, uint8_t *hash_state, size_t hash_state_size,
                              size_t *hash_state_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0309);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0308);
    h5sm_room(&call, hash_state, hash_state_size, hash_state_length);
    return h5sm_end(&call);
}

psa_status_t psa_hash_resume(psa_hash_operation_t *operation, const uint8_t *hash_state,
                             size_t hash_state_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x030a);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0308);
    h5sm_bytes(&call, hash_state, hash_state_length);
    return h5sm_end(&call);
}

psa_status_t psa_hash_clone(const psa_hash_operation_t *source_operation,
                            psa_hash_operation_t *target_operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x030b);
    h5sm_source(&call, H5SM_HANDLE(source_operation));
    h5sm_operation(&call, H5SM_HANDLE(target_operation), 0x0308);
    return h5sm_end(&call);
}

psa_status_t psa_mac_compute(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                             uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0401);
    h5sm_habits(&call, H5SM_LEAVES_LENGTH);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_room(&call, mac, mac_size, mac_length);
    return h5sm_end(&call);
}

psa_status_t psa_mac_verify(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            const uint8_t *mac, size_t mac_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0402);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_bytes(&call, mac, mac_length);
    return h5sm_end(&call);
}

psa_status_t psa_mac_sign_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0404);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0409);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_mac_verify_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0405);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0409);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_mac_update(psa_mac_operation_t *operation, const uint8_t *input, size_t input_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0406);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0409);
    h5sm_bytes(&call, input, input_length);
    return h5sm_end(&call);
}

psa_status_t psa_mac_sign_finish(psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size,
                                 size_t *mac_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0407);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0409);
    h5sm_room(&call, mac, mac_size, mac_length);
    return h5sm_end(&call);
}

psa_status_t psa_mac_verify_finish(psa_mac_operation_t *operation, const uint8_t *mac, size_t mac_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0408);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0409);
    h5sm_bytes(&call, mac, mac_length);
    return h5sm_end(&call);
}

psa_status_t psa_mac_abort(psa_mac_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0409);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0409);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0501);
    h5sm_habits(&call, H5SM_FILLS_OUTPUT | H5SM_LEAVES_LENGTH);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0502);
    h5sm_habits(&call, H5SM_FILLS_OUTPUT | H5SM_LEAVES_LENGTH);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_encrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0504);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x050a);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_decrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0505);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x050a);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_generate_iv(psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size,
                                    size_t *iv_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0506);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x050a);
    h5sm_room(&call, iv, iv_size, iv_length);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_set_iv(psa_cipher_operation_t *operation, const uint8_t *iv, size_t iv_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0507);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x050a);
    h5sm_bytes(&call, iv, iv_length);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_update(psa_cipher_operation_t *operation, const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0508);
    h5sm_habits(&call, H5SM_FILLS_OUTPUT);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x050a);
    h5sm_bytes(&call, input, input_length);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_finish(psa_cipher_operation_t *operation, uint8_t *output, size_t output_size,
                               size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0509);
    h5sm_habits(&call, H5SM_FILLS_OUTPUT);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x050a);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_cipher_abort(psa_cipher_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x050a);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x050a);
    return h5sm_end(&call);
}

psa_status_t psa_aead_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *plaintext,
                              size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size,
                              size_t *ciphertext_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0601);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, nonce, nonce_length);
    h5sm_bytes(&call, additional_data, additional_data_length);
    h5sm_bytes(&call, plaintext, plaintext_length);
    h5sm_room(&call, ciphertext, ciphertext_size, ciphertext_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *ciphertext,
                              size_t ciphertext_length, uint8_t *plaintext, size_t plaintext_size,
                              size_t *plaintext_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0602);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, nonce, nonce_length);
    h5sm_bytes(&call, additional_data, additional_data_length);
    h5sm_bytes(&call, ciphertext, ciphertext_length);
    h5sm_room(&call, plaintext, plaintext_size, plaintext_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_encrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0604);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_aead_decrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0605);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_aead_set_lengths(psa_aead_operation_t *operation, size_t ad_length, size_t plaintext_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0606);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_size(&call, ad_length);
    h5sm_size(&call, plaintext_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_generate_nonce(psa_aead_operation_t *operation, uint8_t *nonce, size_t nonce_size,
                                     size_t *nonce_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0607);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_room(&call, nonce, nonce_size, nonce_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_set_nonce(psa_aead_operation_t *operation, const uint8_t *nonce, size_t nonce_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0608);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_bytes(&call, nonce, nonce_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_update_ad(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0609);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_bytes(&call, input, input_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_update(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length,
                             uint8_t *output, size_t output_size, size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x060a);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_bytes(&call, input, input_length);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_finish(psa_aead_operation_t *operation, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length, uint8_t *tag, size_t tag_size, size_t *tag_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x060b);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_room(&call, ciphertext, ciphertext_size, ciphertext_length);
    h5sm_room(&call, tag, tag_size, tag_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_verify(psa_aead_operation_t *operation, uint8_t *plaintext, size_t plaintext_size,
                             size_t *plaintext_length, const uint8_t *tag, size_t tag_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x060c);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    h5sm_room(&call, plaintext, plaintext_size, plaintext_length);
    h5sm_bytes(&call, tag, tag_length);
    return h5sm_end(&call);
}

psa_status_t psa_aead_abort(psa_aead_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x060d);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x060d);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_setup(psa_key_derivation_operation_t *operation, psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0702);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_get_capacity(const psa_key_derivation_operation_t *operation,
                                             size_t *capacity)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0703);
    h5sm_source(&call, H5SM_HANDLE(operation));
    h5sm_size_out(&call, capacity);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_set_capacity(psa_key_derivation_operation_t *operation, size_t capacity)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0704);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_size(&call, capacity);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_input_bytes(psa_key_derivation_operation_t *operation,
                                            psa_key_derivation_step_t step, const uint8_t *data,
                                            size_t data_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0705);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_uint(&call, step);
    h5sm_bytes(&call, data, data_length);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, uint64_t value)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0706);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_uint(&call, step);
    h5sm_u64(&call, value);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_input_key(psa_key_derivation_operation_t *operation,
                                          psa_key_derivation_step_t step, psa_key_id_t key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0707);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_uint(&call, step);
    h5sm_uint(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output,
                                             size_t output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0708);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_fill(&call, output, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_output_key(const psa_key_attributes_t *attributes,
                                           psa_key_derivation_operation_t *operation, psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0709);
    h5sm_attributes(&call, attributes);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_output_key_custom(const psa_key_attributes_t *attributes,
                                                  psa_key_derivation_operation_t *operation,
                                                  const psa_custom_key_parameters_t *custom,
                                                  const uint8_t *custom_data, size_t custom_data_length,
                                                  psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x070a);
    h5sm_attributes(&call, attributes);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_custom(&call, custom);
    h5sm_bytes(&call, custom_data, custom_data_length);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_verify_bytes(psa_key_derivation_operation_t *operation,
                                             const uint8_t *expected_output, size_t output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x070b);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_bytes(&call, expected_output, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_verify_key(psa_key_derivation_operation_t *operation, psa_key_id_t expected)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x070c);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_uint(&call, expected);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_abort(psa_key_derivation_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x070d);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    return h5sm_end(&call);
}

psa_status_t psa_sign_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                              size_t input_length, uint8_t *signature, size_t signature_size,
                              size_t *signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0801);
    h5sm_habits(&call, H5SM_FILLS_OUTPUT | H5SM_LEAVES_LENGTH);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_room(&call, signature, signature_size, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_verify_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *signature, size_t signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0802);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_bytes(&call, signature, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_sign_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0803);
    h5sm_habits(&call, H5SM_FILLS_OUTPUT);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, hash, hash_length);
    h5sm_room(&call, signature, signature_size, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                             const uint8_t *signature, size_t signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0804);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, hash, hash_length);
    h5sm_bytes(&call, signature, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_sign_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                           size_t input_length, const uint8_t *context, size_t context_length,
                                           uint8_t *signature, size_t signature_size,
                                           size_t *signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0805);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_bytes(&call, context, context_length);
    h5sm_room(&call, signature, signature_size, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_verify_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                             size_t input_length, const uint8_t *context,
                                             size_t context_length, const uint8_t *signature,
                                             size_t signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0806);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_bytes(&call, context, context_length);
    h5sm_bytes(&call, signature, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_sign_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                        size_t hash_length, const uint8_t *context, size_t context_length,
                                        uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0807);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, hash, hash_length);
    h5sm_bytes(&call, context, context_length);
    h5sm_room(&call, signature, signature_size, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_verify_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                          size_t hash_length, const uint8_t *context, size_t context_length,
                                          const uint8_t *signature, size_t signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0808);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, hash, hash_length);
    h5sm_bytes(&call, context, context_length);
    h5sm_bytes(&call, signature, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_sign_setup(psa_sign_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x080a);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x080e);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_sign_set_context(psa_sign_operation_t *operation, const uint8_t *context,
                                  size_t context_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x080b);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x080e);
    h5sm_bytes(&call, context, context_length);
    return h5sm_end(&call);
}

psa_status_t psa_sign_update(psa_sign_operation_t *operation, const uint8_t *input, size_t input_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x080c);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x080e);
    h5sm_bytes(&call, input, input_length);
    return h5sm_end(&call);
}

psa_status_t psa_sign_finish(psa_sign_operation_t *operation, uint8_t *signature, size_t signature_size,
                             size_t *signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x080d);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x080e);
    h5sm_room(&call, signature, signature_size, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_sign_abort(psa_sign_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x080e);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x080e);
    return h5sm_end(&call);
}

psa_status_t psa_verify_setup(psa_verify_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg,
                              const uint8_t *signature, size_t signature_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0810);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0814);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, signature, signature_length);
    return h5sm_end(&call);
}

psa_status_t psa_verify_set_context(psa_verify_operation_t *operation, const uint8_t *context,
                                    size_t context_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0811);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0814);
    h5sm_bytes(&call, context, context_length);
    return h5sm_end(&call);
}

psa_status_t psa_verify_update(psa_verify_operation_t *operation, const uint8_t *input, size_t input_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0812);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0814);
    h5sm_bytes(&call, input, input_length);
    return h5sm_end(&call);
}

psa_status_t psa_verify_finish(psa_verify_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0813);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0814);
    return h5sm_end(&call);
}

psa_status_t psa_verify_abort(psa_verify_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0814);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0814);
    return h5sm_end(&call);
}

psa_status_t psa_asymmetric_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0901);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_bytes(&call, salt, salt_length);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_asymmetric_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0902);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, input, input_length);
    h5sm_bytes(&call, salt, salt_length);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_raw_key_agreement(psa_algorithm_t alg, psa_key_id_t private_key, const uint8_t *peer_key,
                                   size_t peer_key_length, uint8_t *output, size_t output_size,
                                   size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0a01);
    h5sm_uint(&call, alg);
    h5sm_uint(&call, private_key);
    h5sm_bytes(&call, peer_key, peer_key_length);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_key_derivation_key_agreement(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, psa_key_id_t private_key,
                                              const uint8_t *peer_key, size_t peer_key_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0a02);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x070d);
    h5sm_uint(&call, step);
    h5sm_uint(&call, private_key);
    h5sm_bytes(&call, peer_key, peer_key_length);
    return h5sm_end(&call);
}

psa_status_t psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length,
                               psa_algorithm_t alg, const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0a03);
    h5sm_uint(&call, private_key);
    h5sm_bytes(&call, peer_key, peer_key_length);
    h5sm_uint(&call, alg);
    h5sm_attributes(&call, attributes);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_encapsulate(psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0b01);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_attributes(&call, attributes);
    h5sm_id_out(&call, output_key);
    h5sm_room(&call, ciphertext, ciphertext_size, ciphertext_length);
    return h5sm_end(&call);
}

psa_status_t psa_decapsulate(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *ciphertext,
                             size_t ciphertext_length, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0b02);
    h5sm_uint(&call, key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, ciphertext, ciphertext_length);
    h5sm_attributes(&call, attributes);
    h5sm_id_out(&call, output_key);
    return h5sm_end(&call);
}

psa_status_t psa_pake_setup(psa_pake_operation_t *operation, psa_key_id_t password_key,
                            const psa_pake_cipher_suite_t *cipher_suite)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c09);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    h5sm_uint(&call, password_key);
    h5sm_cipher_suite(&call, cipher_suite);
    return h5sm_end(&call);
}

psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c0a);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    h5sm_uint(&call, role);
    return h5sm_end(&call);
}

psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c0b);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    h5sm_bytes(&call, user_id, user_id_len);
    return h5sm_end(&call);
}

psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c0c);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    h5sm_bytes(&call, peer_id, peer_id_len);
    return h5sm_end(&call);
}

psa_status_t psa_pake_set_context(psa_pake_operation_t *operation, const uint8_t *context, size_t context_len)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c0d);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    h5sm_bytes(&call, context, context_len);
    return h5sm_end(&call);
}

psa_status_t psa_pake_output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output,
                             size_t output_size, size_t *output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c0e);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    h5sm_uint(&call, step);
    h5sm_room(&call, output, output_size, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_pake_input(psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *input,
                            size_t input_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c0f);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    h5sm_uint(&call, step);
    h5sm_bytes(&call, input, input_length);
    return h5sm_end(&call);
}

psa_status_t psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes,
                                     psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c10);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    h5sm_attributes(&call, attributes);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t psa_pake_abort(psa_pake_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0c11);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0c11);
    return h5sm_end(&call);
}

psa_status_t psa_xof_setup(psa_xof_operation_t *operation, psa_algorithm_t alg)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0e02);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0e06);
    h5sm_uint(&call, alg);
    return h5sm_end(&call);
}

psa_status_t psa_xof_set_context(psa_xof_operation_t *operation, const uint8_t *context,
                                 size_t context_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0e03);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0e06);
    h5sm_bytes(&call, context, context_length);
    return h5sm_end(&call);
}

psa_status_t psa_xof_update(psa_xof_operation_t *operation, const uint8_t *input, size_t input_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0e04);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0e06);
    h5sm_bytes(&call, input, input_length);
    return h5sm_end(&call);
}

psa_status_t psa_xof_output(psa_xof_operation_t *operation, uint8_t *output, size_t output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0e05);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0e06);
    h5sm_fill(&call, output, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_xof_abort(psa_xof_operation_t *operation)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0e06);
    h5sm_operation(&call, H5SM_HANDLE(operation), 0x0e06);
    return h5sm_end(&call);
}

psa_status_t psa_wrap_key(psa_key_id_t wrapping_key, psa_algorithm_t alg, psa_key_id_t key, uint8_t *data,
                          size_t data_size, size_t *data_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0f01);
    h5sm_uint(&call, wrapping_key);
    h5sm_uint(&call, alg);
    h5sm_uint(&call, key);
    h5sm_room(&call, data, data_size, data_length);
    return h5sm_end(&call);
}

psa_status_t psa_unwrap_key(const psa_key_attributes_t *attributes, psa_key_id_t wrapping_key,
                            psa_algorithm_t alg, const uint8_t *data, size_t data_length, psa_key_id_t *key)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x0f02);
    h5sm_attributes(&call, attributes);
    h5sm_uint(&call, wrapping_key);
    h5sm_uint(&call, alg);
    h5sm_bytes(&call, data, data_length);
    h5sm_id_out(&call, key);
    return h5sm_end(&call);
}

psa_status_t h5sm_read_system_flash(uint32_t address, uint8_t *output, size_t output_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x5001);
    h5sm_uint(&call, address);
    h5sm_fill(&call, output, output_length);
    return h5sm_end(&call);
}

psa_status_t psa_open_key(psa_key_id_t key, psa_key_handle_t *handle)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x4501);
    h5sm_uint(&call, key);
    h5sm_id_out(&call, handle);
    return h5sm_end(&call);
}

psa_status_t psa_close_key(psa_key_handle_t handle)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x4502);
    h5sm_uint(&call, handle);
    return h5sm_end(&call);
}
