/* The functions that <psa/crypto_struct.h> has as static inline, as symbols of the library: for callers that were
 * compiled with other headers, where they are functions. In a single-file build this comes first. */
#define H5SM_PSA_EXPORT_INLINES
#include <psa/crypto_struct.h>
