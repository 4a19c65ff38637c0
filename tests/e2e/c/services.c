/* A firmware's way through the services beside Crypto; no psa_crypto_init comes before them. */
#include <psa/initial_attestation.h>
#include <psa/internal_trusted_storage.h>
#include <psa/lifecycle.h>
#include <psa/update.h>

#include "check.h"

static const psa_storage_uid_t uid = 0xfedcba9876543210u;
static const char text[] = "what firmware wants to keep";

static void expect_info(size_t size, psa_storage_create_flags_t flags)
{
    struct psa_storage_info_t info;
    memset(&info, 0xee, sizeof info);
    CHECK_EQUAL(psa_its_get_info(uid, &info), PSA_SUCCESS);
    CHECK_EQUAL(info.capacity, size);
    CHECK_EQUAL(info.size, size);
    CHECK_EQUAL(info.flags, flags);
}

static void storage(void)
{
    char read[64];
    size_t length = 99;
    struct psa_storage_info_t info = { 1, 2, 3 };
    memset(read, 0x5a, sizeof read);
    CHECK_EQUAL(psa_its_get(uid, 0, sizeof read, read, &length), PSA_ERROR_DOES_NOT_EXIST);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(psa_its_get_info(uid, &info), PSA_ERROR_DOES_NOT_EXIST);
    CHECK_EQUAL(info.capacity + info.size + info.flags, 0);
    CHECK_EQUAL(psa_its_set(uid, sizeof text, text, PSA_STORAGE_FLAG_NO_CONFIDENTIALITY), PSA_SUCCESS);
    expect_info(sizeof text, PSA_STORAGE_FLAG_NO_CONFIDENTIALITY);
    CHECK_EQUAL(psa_its_get(uid, 5, sizeof read, read, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, sizeof text - 5);
    CHECK_BYTES(read, text + 5, sizeof text - 5);
    // What was not read is left alone.
    CHECK_EQUAL(read[sizeof text - 5], 0x5a);
    CHECK_EQUAL(psa_its_get(uid, sizeof text, 0, NULL, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(psa_its_get(uid, sizeof text + 1, 0, NULL, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_its_set(uid, 0, NULL, PSA_STORAGE_FLAG_WRITE_ONCE), PSA_SUCCESS);
    expect_info(0, PSA_STORAGE_FLAG_WRITE_ONCE);
    CHECK_EQUAL(psa_its_set(uid, 1, text, 0), PSA_ERROR_NOT_PERMITTED);
    CHECK_EQUAL(psa_its_remove(uid), PSA_ERROR_NOT_PERMITTED);
    CHECK_EQUAL(psa_its_remove(uid + 1), PSA_ERROR_DOES_NOT_EXIST);
}

/* Arguments that no caller can mean. */
static void storage_misused(void)
{
    char read[4];
    size_t length = 99;
    CHECK_EQUAL(psa_its_set(0, 1, text, 0), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_its_set(1, 1, NULL, 0), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_its_set(1, 1, text, 8), PSA_ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(psa_its_set(1, 4, text, 0), PSA_SUCCESS);
    CHECK_EQUAL(psa_its_get(1, 0, 4, NULL, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_its_get(1, 0, 4, read, NULL), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_its_get_info(1, NULL), PSA_ERROR_INVALID_ARGUMENT);
    // More than any caller's memory: 5.3, "cannot access some or all of the memory".
    CHECK_EQUAL(psa_its_get(1, 0, UINT32_MAX, read, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_its_get(1, 0, SIZE_MAX, read, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(psa_its_get(1, SIZE_MAX, 1, read, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_its_remove(1), PSA_SUCCESS);
}

static void attestation(void)
{
    uint8_t challenge[PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48];
    uint8_t token[PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE];
    size_t size = 0;
    size_t length = 0;
    memset(challenge, 0x2a, sizeof challenge);
    CHECK_EQUAL(psa_initial_attest_get_token_size(sizeof challenge, &size), PSA_SUCCESS);
    CHECK(size > sizeof challenge && size <= sizeof token);
    CHECK_EQUAL(psa_initial_attest_get_token(challenge, sizeof challenge, token, sizeof token, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, size);
    // COSE_Sign1: tag 18, an array of four.
    CHECK_EQUAL(token[0], 0xd2);
    CHECK_EQUAL(token[1], 0x84);
    CHECK_EQUAL(psa_initial_attest_get_token(challenge, sizeof challenge, token, size - 1, &length),
                PSA_ERROR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(psa_initial_attest_get_token(challenge, 47, token, sizeof token, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_initial_attest_get_token(NULL, 32, token, sizeof token, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_initial_attest_get_token_size(47, &size), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(size, 0);
    CHECK_EQUAL(psa_initial_attest_get_token_size(32, NULL), PSA_ERROR_INVALID_ARGUMENT);
}

/* Answered without an emulator. */
static void firmware(void)
{
    psa_image_id_t image = FWU_CALCULATE_IMAGE_ID(PSA_FWU_SLOT_ID_DL, PSA_FWU_TYPE_ID_NONSECURE, 0);
    psa_image_id_t dependency;
    psa_image_version_t version;
    psa_image_info_t info;
    psa_fwu_iterator_t iterator = 0;
    CHECK_EQUAL(image, 0x0102);
    CHECK_EQUAL(FWU_IMAGE_ID_GET_TYPE(image), PSA_FWU_TYPE_ID_NONSECURE);
    CHECK_EQUAL(FWU_IMAGE_ID_GET_SLOT(image), PSA_FWU_SLOT_ID_DL);
    CHECK_EQUAL(psa_fwu_write(image, 0, text, sizeof text), PSA_ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(psa_fwu_write(image, 0, NULL, 0), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_fwu_install(image, &dependency, &version), PSA_ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(psa_fwu_install(image, &dependency, NULL), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_fwu_query(image, &info), PSA_ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(psa_fwu_query(image, NULL), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_fwu_abort(image), PSA_ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(psa_fwu_accept(image), PSA_ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(psa_fwu_request_reboot(), PSA_ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(psa_fwu_request_rollback(0), PSA_ERROR_NOT_SUPPORTED);
    psa_fwu_get_image_id_iterator(&iterator);
    CHECK(psa_fwu_get_image_id_valid(&iterator) && psa_fwu_get_image_id_next(&iterator));
    CHECK_EQUAL(psa_fwu_get_image_id(&iterator, &image), PSA_ERROR_NOT_SUPPORTED);
    CHECK_EQUAL(psa_rot_lifecycle_state(), PSA_LIFECYCLE_UNKNOWN);
}

int main(void)
{
    if (psa_its_remove(1) != PSA_ERROR_COMMUNICATION_FAILURE) {
        storage();
        storage_misused();
        attestation();
    } else {
        puts("services: no emulator");
    }
    firmware();
    puts("services: all is well");
    return 0;
}
