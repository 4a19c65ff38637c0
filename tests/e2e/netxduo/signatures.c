/* Steps of ECDSA and RSA for a test that knows the other side: lines come, answers go.
 *
 *     sign <curve> <private key or key id> <digest> <room>   -> <status> <DER>
 *     verify <curve> <public key> <digest> <DER>             -> <status>
 *     raw <coordinate length> <DER>                          -> <status> <r || s>
 *     der <r || s>                                           -> <DER>
 *     hash <algorithm> <message>                             -> <digest>
 *     rsa <op> <modulus> <exponent> <signature> <room>       -> <status> <block>
 *     dua                                                    -> public key
 *     left                                                   -> ok
 *
 * Byte strings are hexadecimal, - if empty; statuses are NX_CRYPTO's.
 * SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "h5sm_nx_internal.h"

static char words[8][4096];

static void print_hex(const unsigned char *from, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        printf("%02x", from[i]);
    }
}

static const NX_CRYPTO_METHOD *curve_of(const char *name)
{
    return name[0] == '2'   ? &h5sm_nx_method_ec_secp256r1
           : name[0] == '3' ? &h5sm_nx_method_ec_secp384r1
                            : &h5sm_nx_method_ec_secp521r1;
}

static const NX_CRYPTO_METHOD *hash_of(const char *name)
{
    return name[0] == '2' && name[1] == '2' ? &h5sm_nx_method_sha224
           : name[0] == '2'                 ? &h5sm_nx_method_sha256
           : name[0] == '3'                 ? &h5sm_nx_method_sha384
                                            : &h5sm_nx_method_sha512;
}

static slice ecdsa(const char *curve)
{
    const slice at = place(0, &h5sm_nx_method_ecdsa);

    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_EC_CURVE_SET, (bytes)curve_of(curve), sizeof(void *)), OK);
    return at;
}

static unsigned char a[2048], b[2048], c[2048];

static size_t hex(const char *word, unsigned char *into)
{
    return word[0] == '-' ? 0 : unhex(word, into, 2048);
}

static void sign(void)
{
    const slice at = ecdsa(words[1]);
    const size_t key = hex(words[2], a);
    const size_t digest = hex(words[3], b);
    NX_CRYPTO_EXTENDED_OUTPUT out = {c, (ULONG)strtoul(words[4], NULL, 10), 0};
    const UINT status = call(at, NX_CRYPTO_AUTHENTICATE, a, key * 8, b, digest, NULL, &out, sizeof out);

    printf("%x ", status);
    print_hex(c, out.nx_crypto_extended_output_actual_size);
    CHECK_EQUAL(call_cleanup(at), OK);
}

static void verify(void)
{
    slice at = move(ecdsa(words[1]), 1);
    const size_t key = hex(words[2], a);
    const size_t digest = hex(words[3], b);
    const size_t signature = hex(words[4], c);

    printf("%x", call(at, NX_CRYPTO_VERIFY, a, key * 8, b, digest, NULL, c, signature));
    CHECK_EQUAL(call_cleanup(at), OK);
}

static void raw(void)
{
    const size_t coordinate = strtoul(words[1], NULL, 10);
    const UINT status = h5sm_nx_signature_raw(a, hex(words[2], a), b, coordinate);

    printf("%x ", status);
    print_hex(b, status == OK ? 2 * coordinate : 0);
}

static void der(void)
{
    const size_t coordinate = hex(words[1], a) / 2;
    const size_t length = h5sm_nx_signature_der(a, coordinate, b, sizeof b);

    CHECK_EQUAL(h5sm_nx_signature_der(a, coordinate, c, length - 1), 0);
    CHECK_EQUAL(h5sm_nx_signature_der(a, coordinate, c, length), length);
    print_hex(b, length);
}

static void hash(void)
{
    const slice at = place(2, hash_of(words[1]));
    const size_t length = at.method->nx_crypto_ICV_size_in_bits / 8u;

    CHECK_EQUAL(call_hash(at, a, hex(words[2], a), b, length), OK);
    print_hex(b, length);
}

static void rsa(void)
{
    slice at = place(0, &h5sm_nx_method_rsa);
    const UINT op = words[1][0] == 'd' ? NX_CRYPTO_DECRYPT : NX_CRYPTO_ENCRYPT;
    const size_t modulus = hex(words[2], a);
    const size_t exponent = hex(words[3], b);
    const size_t signature = hex(words[4], c);
    const size_t room = strtoul(words[5], NULL, 10);
    static unsigned char block[1024];
    UINT status;

    CHECK_EQUAL(call_init(at, a, modulus), OK);
    at = move(at, 1);
    status = call(at, op, b, exponent * 8, c, signature, NULL, block, room);
    printf("%x ", status);
    print_hex(block, status == OK ? signature : 0);
    CHECK_EQUAL(call_cleanup(at), OK);
}

static void dua(void)
{
    size_t length = 0;

    CHECK_EQUAL(psa_export_public_key(PSA_KEY_ID_ST_DUA_USER, a, sizeof a, &length), PSA_SUCCESS);
    print_hex(a, length);
}

static void left(void)
{
    check_nothing_left();
    printf("ok");
}

static const struct {
    const char *name;
    void (*run)(void);
} steps[] = {{"sign", sign}, {"verify", verify}, {"raw", raw}, {"der", der},
             {"hash", hash}, {"rsa", rsa},       {"dua", dua}, {"left", left}};

int main(void)
{
    static char line[16384];
    size_t i;

    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    while (fgets(line, sizeof line, stdin) != NULL) {
        memset(words, 0, sizeof words);
        sscanf(line, "%4095s %4095s %4095s %4095s %4095s %4095s", words[0], words[1], words[2], words[3], words[4],
               words[5]);
        for (i = 0; i < sizeof steps / sizeof steps[0]; i++) {
            if (strcmp(words[0], steps[i].name) == 0) {
                steps[i].run();
            }
        }
        putchar('\n');
        fflush(stdout);
    }
    return 0;
}
