/* psa_generate_random: any number of bytes. */
#include "h5sm_crypto.h"

psa_status_t psa_generate_random(uint8_t *output, size_t output_size)
{
    return h5sm_generate_random(output, output_size);
}
