/* Compiles where the library is there that docs/differences.md is about. */
#include <mbedtls/version.h>
#include <psa/crypto.h>

#if MBEDTLS_VERSION_MAJOR != 2 || MBEDTLS_VERSION_MINOR != 28
#error "not libmbedcrypto 2.28"
#endif

int main(void)
{
    return (int)psa_crypto_init();
}
