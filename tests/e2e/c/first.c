/* The first program that a user writes. */
#include <psa/crypto.h>

#include <stdio.h>

int main(void)
{
    uint8_t hash[PSA_HASH_LENGTH(PSA_ALG_SHA_256)];
    size_t length = 0;
    psa_status_t status = psa_crypto_init();
    if (status == PSA_SUCCESS) {
        status = psa_hash_compute(PSA_ALG_SHA_256, NULL, 0, hash, sizeof hash, &length);
    }
    printf("%d %lu\n", (int)status, (unsigned long)length);
    return status == PSA_SUCCESS ? 0 : 1;
}
