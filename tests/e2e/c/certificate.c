/* The certificates as firmware gets them: from the utility, and by reading system flash itself. argv[1]: the folder to
 * write them to. Without one, only the size of the user key's certificate is told. */
#include <h5sm/system_flash.h>
#include <stm32_cert.h>

#include "check.h"

static void save(const char *folder, const char *name, const uint8_t *bytes, size_t length)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    CHECK_EQUAL(fwrite(bytes, 1, length, file), length);
    CHECK_EQUAL(fclose(file), 0);
}

static void certificate(CERT_Id_t id, const char *folder, const char *name)
{
    uint8_t bytes[DUA_PUBLIC_PART_MAX_SIZE_BYTES + 1];
    uint32_t size = 0;
    memset(bytes, 0xee, sizeof bytes);
    CHECK_EQUAL(UTIL_CERT_GetCertificateSize(id, &size), CERT_OK);
    CHECK(size > 400 && size <= DUA_PUBLIC_PART_MAX_SIZE_BYTES);
    CHECK_EQUAL(UTIL_CERT_GetCertificate(id, bytes), CERT_OK);
    // A buffer of that size is enough.
    CHECK_EQUAL(bytes[size], 0xee);
    save(folder, name, bytes, size);
}

static void refusals(void)
{
    uint32_t size = 99;
    uint8_t bytes[DUA_PUBLIC_PART_MAX_SIZE_BYTES];
    CHECK_EQUAL(UTIL_CERT_GetCertificateSize((CERT_Id_t)3, &size), CERT_ERROR);
    CHECK_EQUAL(UTIL_CERT_GetCertificateSize(DUA_USER, NULL), CERT_ERROR);
    CHECK_EQUAL(UTIL_CERT_GetCertificate((CERT_Id_t)0, bytes), CERT_ERROR);
    CHECK_EQUAL(UTIL_CERT_GetCertificate(DUA_USER, NULL), CERT_ERROR);
    CHECK_EQUAL(size, 99);
    CHECK_EQUAL(h5sm_read_system_flash(0x08000000, bytes, 1), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(h5sm_read_system_flash(H5SM_SYSTEM_FLASH_ADDRESS, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
}

/* Through pointers, at the addresses that the board has. */
static void raw(const char *folder)
{
    static uint8_t copy[H5SM_SYSTEM_FLASH_SIZE];
    const uint8_t *flash = (const uint8_t *)(uintptr_t)H5SM_SYSTEM_FLASH_ADDRESS;
    CHECK_EQUAL(h5sm_map_system_flash(), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_map_system_flash(), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_read_system_flash(H5SM_SYSTEM_FLASH_ADDRESS, copy, sizeof copy), PSA_SUCCESS);
    CHECK_BYTES(flash, copy, sizeof copy);
    const uint8_t *pack2 = (const uint8_t *)(uintptr_t)CERT_CHIP_PACK2_ADDR;
    save(folder, "serial", pack2 + CERT_ST_DUA_USER_SERIAL_OFFSET, 10);
    save(folder, "public-key", pack2 + CERT_ST_DUA_USER_PUB_KEY_OFFSET, 64);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        uint32_t size = 0;
        CERT_Status_t status = UTIL_CERT_GetCertificateSize(DUA_USER, &size);
        printf("%d %lu\n", (int)status, (unsigned long)size);
        if (status == CERT_HW_ERROR) {
            CHECK_EQUAL(h5sm_map_system_flash(), PSA_ERROR_COMMUNICATION_FAILURE);
        }
        return status == CERT_OK ? 0 : 1;
    }
    // Flash is there before psa_crypto_init, which is not called.
    certificate(DUA_USER, argv[1], "user.der");
    certificate(DUA_INITIAL_ATTEST, argv[1], "initial-attestation.der");
    refusals();
    raw(argv[1]);
    return 0;
}
