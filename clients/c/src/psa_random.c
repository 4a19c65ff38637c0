/* psa_generate_random: any number of bytes, in calls whose answers fit into a frame. */
#include "h5sm_call.h"
#include "h5sm_protocol.h"

#define CHUNK ((size_t)1 << 20)

static psa_status_t generate_chunk(uint8_t *output, size_t size)
{
    h5sm_call_t call;
    h5sm_begin(&call, H5SM_PSA_GENERATE_RANDOM);
    h5sm_fill(&call, output, size);
    return h5sm_end(&call);
}

psa_status_t psa_generate_random(uint8_t *output, size_t output_size)
{
    // None are asked for too: before psa_crypto_init that is an error like any other call.
    psa_status_t status = generate_chunk(output, output_size < CHUNK ? output_size : CHUNK);
    for (size_t done = CHUNK; status == PSA_SUCCESS && done < output_size; done += CHUNK) {
        size_t left = output_size - done;
        status = generate_chunk(output + done, left < CHUNK ? left : CHUNK);
    }
    return status;
}
