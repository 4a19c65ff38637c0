/* Firmware update without firmware: arguments are checked as the board's library checks them, all else is refused. */
/* All else in the libraries is hidden. */
#pragma GCC visibility push(default)
#include <psa/update.h>
#pragma GCC visibility pop

static psa_status_t without_firmware(bool valid)
{
    return valid ? PSA_ERROR_NOT_SUPPORTED : PSA_ERROR_INVALID_ARGUMENT;
}

psa_status_t psa_fwu_write(psa_image_id_t image_id, size_t block_offset, const void *block, size_t block_size)
{
    (void)image_id;
    (void)block_offset;
    (void)block_size;
    return without_firmware(block != NULL);
}

psa_status_t psa_fwu_install(psa_image_id_t image_id, psa_image_id_t *dependency_uuid,
                             psa_image_version_t *dependency_version)
{
    (void)image_id;
    return without_firmware(dependency_uuid != NULL && dependency_version != NULL);
}

psa_status_t psa_fwu_abort(psa_image_id_t image_id)
{
    (void)image_id;
    return without_firmware(true);
}

psa_status_t psa_fwu_query(psa_image_id_t image_id, psa_image_info_t *info)
{
    (void)image_id;
    return without_firmware(info != NULL);
}

psa_status_t psa_fwu_request_reboot(void)
{
    return without_firmware(true);
}

psa_status_t psa_fwu_accept(psa_image_id_t image_id)
{
    (void)image_id;
    return without_firmware(true);
}

psa_status_t psa_fwu_request_rollback(uint32_t error)
{
    (void)error;
    return without_firmware(true);
}

void psa_fwu_get_image_id_iterator(psa_fwu_iterator_t *iterator)
{
    (void)iterator;
}

bool psa_fwu_get_image_id_next(psa_fwu_iterator_t *iterator)
{
    (void)iterator;
    return true;
}

bool psa_fwu_get_image_id_valid(psa_fwu_iterator_t *iterator)
{
    (void)iterator;
    return true;
}

psa_status_t psa_fwu_get_image_id(psa_fwu_iterator_t *iterator, psa_image_id_t *image_id)
{
    (void)iterator;
    (void)image_id;
    return without_firmware(true);
}
