/* The system flash at the addresses of the board. Reading it is a stub (psa_stubs.c). */
#include "h5sm_crypto.h"

#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ERASED 0xff

static uintptr_t page_start(uintptr_t address, size_t page)
{
    return address & ~(uintptr_t)(page - 1);
}

psa_status_t h5sm_map_system_flash(void)
{
    static bool mapped;
    if (mapped) {
        return PSA_SUCCESS;
    }
    uint8_t image[H5SM_SYSTEM_FLASH_SIZE];
    psa_status_t status = h5sm_read_system_flash(H5SM_SYSTEM_FLASH_ADDRESS, image, sizeof image);
    if (status != PSA_SUCCESS) {
        return status;
    }
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = page_start(H5SM_SYSTEM_FLASH_ADDRESS, page);
    uintptr_t last = page_start(H5SM_SYSTEM_FLASH_ADDRESS + sizeof image - 1, page);
    size_t size = last - start + page;
    // A wish, not MAP_FIXED, which would take the place of whatever is there.
    uint8_t *memory = mmap((void *)start, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    if ((uintptr_t)memory != start) {
        munmap(memory, size);
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    memset(memory, ERASED, size);
    memcpy(memory + (H5SM_SYSTEM_FLASH_ADDRESS - start), image, sizeof image);
    mapped = mprotect(memory, size, PROT_READ) == 0;
    return mapped ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_MEMORY;
}
