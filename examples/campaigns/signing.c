/*
 * A program under a campaign: signs a message's hash, and verifies. Compiled with -DIGNORES_STATUS it has the planted
 * error: it looks at no status. With H5SM_NEGATIVE the signature is wrong, and has to be refused.
 */
#include <psa/crypto.h>
#include <stdio.h>
#include <stdlib.h>

static psa_key_id_t key;

static void must(const char *what, psa_status_t status)
{
#ifndef IGNORES_STATUS
    if (status == PSA_SUCCESS)
        return;
    fprintf(stderr, "%s answered %d\n", what, (int)status);
    if (key != 0)
        psa_destroy_key(key);
    exit(1);
#else
    (void)what;
    (void)status;
#endif
}

int main(void)
{
    static const uint8_t message[] = "a message";
    uint8_t hash[32] = {0}, signature[64] = {0};
    size_t length = 0;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

    must("psa_crypto_init", psa_crypto_init());
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    must("psa_generate_key", psa_generate_key(&attributes, &key));
    must("psa_hash_compute",
         psa_hash_compute(PSA_ALG_SHA_256, message, sizeof message, hash, sizeof hash, &length));
    must("psa_sign_hash", psa_sign_hash(key, PSA_ALG_ECDSA(PSA_ALG_SHA_256), hash, sizeof hash, signature,
                                        sizeof signature, &length));
    if (getenv("H5SM_NEGATIVE") != NULL)
        signature[40] ^= 1;
    must("psa_verify_hash",
         psa_verify_hash(key, PSA_ALG_ECDSA(PSA_ALG_SHA_256), hash, sizeof hash, signature, length));
    must("psa_destroy_key", psa_destroy_key(key));
    for (size_t i = 0; i < sizeof hash; i++)
        printf("%02x", hash[i]);
    printf(" verified\n");
    return 0;
}
