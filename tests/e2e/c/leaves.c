/* Leaves a hash operation open and a volatile key behind, and hashes once. */
#include <psa/crypto.h>

int main(void)
{
    static const uint8_t text[3] = { 'a', 'b', 'c' };
    uint8_t hash[PSA_HASH_LENGTH(PSA_ALG_SHA_256)];
    size_t length = 0;
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 0;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 128);
    if (psa_crypto_init() != PSA_SUCCESS || psa_generate_key(&attributes, &key) != PSA_SUCCESS ||
        psa_hash_compute(PSA_ALG_SHA_256, text, sizeof text, hash, sizeof hash, &length) != PSA_SUCCESS ||
        psa_hash_setup(&operation, PSA_ALG_SHA_256) != PSA_SUCCESS) {
        return 1;
    }
    return 0;
}
