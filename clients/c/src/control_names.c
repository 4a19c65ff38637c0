/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* The names of the functions of the device. */
#include "h5sm_control.h"

#include <string.h>

static const struct {
    uint32_t id;
    const char *name;
} functions[] = {
    { 0x0001, "psa_crypto_init" },
    { 0x0101, "psa_get_key_attributes" },
    { 0x0201, "psa_import_key" },
    { 0x0202, "psa_generate_key" },
    { 0x0203, "psa_copy_key" },
    { 0x0204, "psa_destroy_key" },
    { 0x0205, "psa_purge_key" },
    { 0x0206, "psa_export_key" },
    { 0x0207, "psa_export_public_key" },
    { 0x0208, "psa_generate_key_custom" },
    { 0x0209, "psa_attach_key" },
    { 0x020a, "psa_check_key_usage" },
    { 0x0301, "psa_hash_compute" },
    { 0x0302, "psa_hash_compare" },
    { 0x0304, "psa_hash_setup" },
    { 0x0305, "psa_hash_update" },
    { 0x0306, "psa_hash_finish" },
    { 0x0307, "psa_hash_verify" },
    { 0x0308, "psa_hash_abort" },
    { 0x0309, "psa_hash_suspend" },
    { 0x030a, "psa_hash_resume" },
    { 0x030b, "psa_hash_clone" },
    { 0x0401, "psa_mac_compute" },
    { 0x0402, "psa_mac_verify" },
    { 0x0404, "psa_mac_sign_setup" },
    { 0x0405, "psa_mac_verify_setup" },
    { 0x0406, "psa_mac_update" },
    { 0x0407, "psa_mac_sign_finish" },
    { 0x0408, "psa_mac_verify_finish" },
    { 0x0409, "psa_mac_abort" },
    { 0x0501, "psa_cipher_encrypt" },
    { 0x0502, "psa_cipher_decrypt" },
    { 0x0504, "psa_cipher_encrypt_setup" },
    { 0x0505, "psa_cipher_decrypt_setup" },
    { 0x0506, "psa_cipher_generate_iv" },
    { 0x0507, "psa_cipher_set_iv" },
    { 0x0508, "psa_cipher_update" },
    { 0x0509, "psa_cipher_finish" },
    { 0x050a, "psa_cipher_abort" },
    { 0x0601, "psa_aead_encrypt" },
    { 0x0602, "psa_aead_decrypt" },
    { 0x0604, "psa_aead_encrypt_setup" },
    { 0x0605, "psa_aead_decrypt_setup" },
    { 0x0606, "psa_aead_set_lengths" },
    { 0x0607, "psa_aead_generate_nonce" },
    { 0x0608, "psa_aead_set_nonce" },
    { 0x0609, "psa_aead_update_ad" },
    { 0x060a, "psa_aead_update" },
    { 0x060b, "psa_aead_finish" },
    { 0x060c, "psa_aead_verify" },
    { 0x060d, "psa_aead_abort" },
    { 0x0702, "psa_key_derivation_setup" },
    { 0x0703, "psa_key_derivation_get_capacity" },
    { 0x0704, "psa_key_derivation_set_capacity" },
    { 0x0705, "psa_key_derivation_input_bytes" },
    { 0x0706, "psa_key_derivation_input_integer" },
    { 0x0707, "psa_key_derivation_input_key" },
    { 0x0708, "psa_key_derivation_output_bytes" },
    { 0x0709, "psa_key_derivation_output_key" },
    { 0x070a, "psa_key_derivation_output_key_custom" },
    { 0x070b, "psa_key_derivation_verify_bytes" },
    { 0x070c, "psa_key_derivation_verify_key" },
    { 0x070d, "psa_key_derivation_abort" },
    { 0x0801, "psa_sign_message" },
    { 0x0802, "psa_verify_message" },
    { 0x0803, "psa_sign_hash" },
    { 0x0804, "psa_verify_hash" },
    { 0x0805, "psa_sign_message_with_context" },
    { 0x0806, "psa_verify_message_with_context" },
    { 0x0807, "psa_sign_hash_with_context" },
    { 0x0808, "psa_verify_hash_with_context" },
    { 0x080a, "psa_sign_setup" },
    { 0x080b, "psa_sign_set_context" },
    { 0x080c, "psa_sign_update" },
    { 0x080d, "psa_sign_finish" },
    { 0x080e, "psa_sign_abort" },
    { 0x0810, "psa_verify_setup" },
    { 0x0811, "psa_verify_set_context" },
    { 0x0812, "psa_verify_update" },
    { 0x0813, "psa_verify_finish" },
    { 0x0814, "psa_verify_abort" },
    { 0x0901, "psa_asymmetric_encrypt" },
    { 0x0902, "psa_asymmetric_decrypt" },
    { 0x0a01, "psa_raw_key_agreement" },
    { 0x0a02, "psa_key_derivation_key_agreement" },
    { 0x0a03, "psa_key_agreement" },
    { 0x0b01, "psa_encapsulate" },
    { 0x0b02, "psa_decapsulate" },
    { 0x0c09, "psa_pake_setup" },
    { 0x0c0a, "psa_pake_set_role" },
    { 0x0c0b, "psa_pake_set_user" },
    { 0x0c0c, "psa_pake_set_peer" },
    { 0x0c0d, "psa_pake_set_context" },
    { 0x0c0e, "psa_pake_output" },
    { 0x0c0f, "psa_pake_input" },
    { 0x0c10, "psa_pake_get_shared_key" },
    { 0x0c11, "psa_pake_abort" },
    { 0x0d01, "psa_generate_random" },
    { 0x0e02, "psa_xof_setup" },
    { 0x0e03, "psa_xof_set_context" },
    { 0x0e04, "psa_xof_update" },
    { 0x0e05, "psa_xof_output" },
    { 0x0e06, "psa_xof_abort" },
    { 0x0f01, "psa_wrap_key" },
    { 0x0f02, "psa_unwrap_key" },
    { 0x4001, "psa_its_set" },
    { 0x4002, "psa_its_get" },
    { 0x4003, "psa_its_get_info" },
    { 0x4004, "psa_its_remove" },
    { 0x4101, "psa_initial_attest_get_token" },
    { 0x4102, "psa_initial_attest_get_token_size" },
    { 0x5001, "h5sm_read_system_flash" },
    { 0x4403, "psa_connect" },
    { 0x4404, "psa_call" },
    { 0x4405, "psa_close" },
    { 0x4501, "psa_open_key" },
    { 0x4502, "psa_close_key" },
};

#define COUNT (sizeof functions / sizeof functions[0])

const char *h5sm_ctl_function_name(uint32_t function)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (functions[i].id == function) {
            return functions[i].name;
        }
    }
    return "(no function)";
}

uint32_t h5sm_ctl_function_id(const char *name)
{
    for (size_t i = 0; name != NULL && i < COUNT; i++) {
        if (strcmp(functions[i].name, name) == 0) {
            return functions[i].id;
        }
    }
    return 0;
}
