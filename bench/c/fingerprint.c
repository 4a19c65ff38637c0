/* Says what makes a device this device: with the same seed every run prints the same. */
#include <psa/crypto.h>

#include <stdio.h>

int main(void)
{
    uint8_t bytes[16 + 65];
    size_t length = 0;

    if (psa_crypto_init() != PSA_SUCCESS || psa_generate_random(bytes, 16) != PSA_SUCCESS ||
        psa_export_public_key(PSA_KEY_ID_ST_DUA_USER, bytes + 16, 65, &length) != PSA_SUCCESS) {
        return 1;
    }
    for (size_t i = 0; i < 16 + length; i++) {
        printf("%02x", bytes[i]);
    }
    putchar('\n');
    return 0;
}
