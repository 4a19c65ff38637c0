/* One psa_call with two vectors each way, and what has become of them. Tests hold the other end. */
#include <psa/client.h>

#include <stdio.h>
#include <string.h>

static void show(const psa_outvec *vector)
{
    printf(" %zu:", vector->len);
    for (size_t i = 0; i < 8; i++) {
        printf("%02x", (unsigned)((const uint8_t *)vector->base)[i]);
    }
}

int main(void)
{
    uint8_t first[8];
    uint8_t second[8];
    const psa_invec in[] = { { "abc", 3 }, { "", 0 } };
    psa_outvec out[] = { { first, 8 }, { second, 4 } };
    memset(first, 0xee, sizeof first);
    memset(second, 0xee, sizeof second);
    psa_handle_t handle = psa_connect(PSA_SID_STORAGE, 1);
    printf("%d", (int)handle);
    printf(" %d", (int)psa_call(handle, 1002, in, 2, out, 2));
    show(&out[0]);
    show(&out[1]);
    psa_close(handle);
    printf("\n");
    return 0;
}
