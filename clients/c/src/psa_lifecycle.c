/* The life cycle call, as the board's library answers it. */
/* All else in the libraries is hidden. */
#pragma GCC visibility push(default)
#include <psa/lifecycle.h>
#pragma GCC visibility pop

uint32_t psa_rot_lifecycle_state(void)
{
    return PSA_LIFECYCLE_UNKNOWN;
}
