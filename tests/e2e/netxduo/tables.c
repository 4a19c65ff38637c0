/* The tables, as nx_secure_tls_session_create and _create_ext go through them; statuses; sizes of metadata.
 * SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#include "h5sm_nx_tls.h"

/* What a session looks up, by algorithm; for a symmetric cipher the key size has to match too. */
static const NX_CRYPTO_METHOD *find(UINT id, UINT role, UINT key_size)
{
    UINT i;

    for (i = 0; i < h5sm_nx_crypto_array_size; i++) {
        if (h5sm_nx_crypto_array[i]->nx_crypto_algorithm == id &&
            (role != NX_CRYPTO_ROLE_SYMMETRIC || h5sm_nx_crypto_array[i]->nx_crypto_key_size_in_bits == key_size * 8)) {
            return h5sm_nx_crypto_array[i];
        }
    }
    return NULL;
}

static const NX_SECURE_TLS_CIPHERSUITE_INFO *row_of(USHORT suite)
{
    USHORT i;

    for (i = 0; i < h5sm_nx_tls_ciphers.nx_secure_tls_ciphersuite_lookup_table_size; i++) {
        if (h5sm_nx_tls_ciphers.nx_secure_tls_ciphersuite_lookup_table[i].nx_secure_tls_ciphersuite == suite) {
            return &h5sm_nx_tls_ciphers.nx_secure_tls_ciphersuite_lookup_table[i];
        }
    }
    return NULL;
}

static const NX_CRYPTO_METHOD *x509_method(USHORT id, int hash)
{
    USHORT i;

    for (i = 0; i < h5sm_nx_tls_ciphers.nx_secure_tls_x509_cipher_table_size; i++) {
        const NX_SECURE_X509_CRYPTO *row = &h5sm_nx_tls_ciphers.nx_secure_tls_x509_cipher_table[i];

        if (row->nx_secure_x509_crypto_identifier == id) {
            return hash ? row->nx_secure_x509_hash_method : row->nx_secure_x509_public_cipher_method;
        }
    }
    return NULL;
}

static const NX_CRYPTO_METHOD *role_of(const NX_SECURE_TLS_CIPHERSUITE_INFO *row, UINT role)
{
    switch (role) {
    case NX_CRYPTO_ROLE_KEY_EXCHANGE:
        return row->nx_secure_tls_public_cipher;
    case NX_CRYPTO_ROLE_SIGNATURE_CRYPTO:
        return row->nx_secure_tls_public_auth;
    case NX_CRYPTO_ROLE_SYMMETRIC:
        return row->nx_secure_tls_session_cipher;
    case NX_CRYPTO_ROLE_MAC_HASH:
        return row->nx_secure_tls_hash;
    case NX_CRYPTO_ROLE_PRF:
        return row->nx_secure_tls_prf;
    default:
        return NULL;
    }
}

/* Both forms have the same suites with the same methods, and no role is missing: NetX drops such a suite silently. */
static void same_suites(void)
{
    UINT suites = 0, i, r;

    for (i = 0; i < h5sm_nx_ciphersuite_map_size; i++) {
        const NX_CRYPTO_CIPHERSUITE *entry = h5sm_nx_ciphersuite_map[i];
        const int tls = entry->nx_crypto_internal_id == NX_SECURE_APPLICATION_TLS;
        UINT roles = 0;

        for (r = 0; entry->nx_crypto_ciphers[r].nx_crypto_role_id != NX_CRYPTO_ROLE_NONE; r++) {
            const UINT role = entry->nx_crypto_ciphers[r].nx_crypto_role_id;
            const NX_CRYPTO_METHOD *found =
                find(entry->nx_crypto_ciphers[r].nx_crypto_role_cipher_id, role, entry->nx_crypto_symmetric_key_size);

            CHECK(r < 7 && found != NULL);
            roles |= 1u << role;
            if (!tls) {
                CHECK(found == x509_method(entry->nx_crypto_ciphersuite_id, role == NX_CRYPTO_ROLE_SIGNATURE_HASH));
            } else if (role_of(row_of(entry->nx_crypto_ciphersuite_id), role) != NULL) {
                CHECK(found == role_of(row_of(entry->nx_crypto_ciphersuite_id), role));
            }
        }
        suites += tls ? 1 : 0;
        CHECK_EQUAL(roles & (tls ? 0x76u : 0x0cu), tls ? 0x76u : 0x0cu);
    }
    CHECK_EQUAL(suites, h5sm_nx_tls_ciphers.nx_secure_tls_ciphersuite_lookup_table_size);
    CHECK_EQUAL(h5sm_nx_ciphersuite_map_size - suites, h5sm_nx_tls_ciphers.nx_secure_tls_x509_cipher_table_size);
}

static void rows(void)
{
    static const USHORT expected[] = {TLS_AES_128_GCM_SHA256,
                                      TLS_AES_128_CCM_SHA256,
                                      TLS_AES_128_CCM_8_SHA256,
                                      TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                      TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                                      TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
                                      TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256};
    size_t i;

    for (i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const NX_SECURE_TLS_CIPHERSUITE_INFO *row = row_of(expected[i]);
        const int aead = row->nx_secure_tls_session_cipher->nx_crypto_ICV_size_in_bits > 0;
        const int tls13 = expected[i] >> 8 == 0x13;

        CHECK_EQUAL(row->nx_secure_tls_session_key_size, 16);
        CHECK_EQUAL(row->nx_secure_tls_session_cipher->nx_crypto_key_size_in_bits, 128);
        CHECK_EQUAL(row->nx_secure_tls_hash_size, row->nx_secure_tls_hash->nx_crypto_ICV_size_in_bits / 8);
        /* The key block of TLS 1.2 is cut by these: 4 bytes of IV for AEAD, no MAC keys. */
        CHECK_EQUAL(row->nx_secure_tls_session_cipher->nx_crypto_IV_size_in_bits, aead ? 32 : 128);
        CHECK_EQUAL(row->nx_secure_tls_hash_size, aead && !tls13 ? 0 : 32);
    }
    CHECK(h5sm_nx_tls_ciphers.nx_secure_tls_handshake_hash_sha256_method == &h5sm_nx_method_sha256);
    CHECK_EQUAL(h5sm_nx_ecc_supported_groups_size, 3);
    for (i = 0; i < 3; i++) {
        CHECK_EQUAL(h5sm_nx_ecc_curves[i]->nx_crypto_algorithm & 0xffff, h5sm_nx_ecc_supported_groups[i]);
        CHECK(find(h5sm_nx_ecc_curves[i]->nx_crypto_algorithm, NX_CRYPTO_ROLE_NONE, 0) == h5sm_nx_ecc_curves[i]);
    }
}

/* What the header and the guide say */
static void sizes(void)
{
    const ULONG wide = sizeof(void *) - 4;

    CHECK_EQUAL(h5sm_nx_method_none.nx_crypto_metadata_area_size, 0);
    CHECK_EQUAL(h5sm_nx_method_sha256.nx_crypto_metadata_area_size, 36);
    CHECK_EQUAL(h5sm_nx_method_hmac.nx_crypto_metadata_area_size, 32);
    CHECK_EQUAL(h5sm_nx_method_tls_prf_sha256.nx_crypto_metadata_area_size, 36 + wide);
    CHECK_EQUAL(h5sm_nx_method_hkdf.nx_crypto_metadata_area_size, 100);
    CHECK_EQUAL(h5sm_nx_method_aes_cbc_128.nx_crypto_metadata_area_size, 28);
    CHECK_EQUAL(h5sm_nx_method_aes_128_gcm_16.nx_crypto_metadata_area_size, 112 + wide);
    CHECK_EQUAL(h5sm_nx_method_ecdhe.nx_crypto_metadata_area_size, 32);
    CHECK_EQUAL(h5sm_nx_method_ecdsa.nx_crypto_metadata_area_size, 32);
    CHECK_EQUAL(h5sm_nx_method_rsa.nx_crypto_metadata_area_size, 36 + wide);
}

/* Without a device each method fails, says so, and the PSA status can be asked for. */
static void without_a_device(void)
{
    unsigned char output[64] = {0};
    const unsigned char key[16] = {1};
    NX_CRYPTO_EXTENDED_OUTPUT out = {output, sizeof output, 0};
    slice at = place(0, &h5sm_nx_method_sha256);

    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_INITIALIZE), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call(at, NX_CRYPTO_VERIFY, NULL, 0, key, 3, NULL, output, 32), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(h5sm_nx_psa_status(), PSA_ERROR_COMMUNICATION_FAILURE);
    at = place(0, &h5sm_nx_method_hmac_sha256);
    CHECK_EQUAL(call_init(at, key, sizeof key), OK);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HASH_INITIALIZE, key, sizeof key), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call(at, NX_CRYPTO_AUTHENTICATE, key, 128, key, 3, NULL, output, 32), NX_CRYPTO_NOT_SUCCESSFUL);
    at = place(0, &h5sm_nx_method_tls_prf_sha256);
    CHECK_EQUAL(call_init(at, key, sizeof key), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_PRF, key, 5, key, 5, NULL, output, 12), NX_CRYPTO_NOT_SUCCESSFUL);
    at = place(0, &h5sm_nx_method_hkdf);
    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_with(at, NX_CRYPTO_HKDF_SET_HASH, &h5sm_nx_method_sha256), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXTRACT, key, 128, key, 5, NULL, output, 32), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HKDF_SET_PRK, key, 16), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXPAND, key, 128, NULL, 0, NULL, output, 32), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call_init(place(0, &h5sm_nx_method_aes_cbc_128), key, 16), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call_init(place(0, &h5sm_nx_method_aes_128_gcm_16), key, 16), NX_CRYPTO_NOT_SUCCESSFUL);
    at = place(0, &h5sm_nx_method_ecdhe);
    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_EC_CURVE_SET, (bytes)&h5sm_nx_method_ec_secp256r1, 8), OK);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_DH_SETUP, &out, sizeof out), NX_CRYPTO_NOT_SUCCESSFUL);
    at = place(0, &h5sm_nx_method_ecdsa);
    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_EC_CURVE_SET, (bytes)&h5sm_nx_method_ec_secp256r1, 8), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_AUTHENTICATE, key, 128, output, 32, NULL, &out, sizeof out),
                NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(NX_CRYPTO_RBG(64, output), NX_CRYPTO_NOT_SUCCESSFUL);
}

int main(int count, char **arguments)
{
    if (count == 1) {
        same_suites();
        rows();
        sizes();
    } else if (strcmp(arguments[1], "rand") == 0) {
        printf("%d\n", NX_RAND()); /* ends the program: there are no random numbers to go on with */
    } else {
        without_a_device();
    }
    puts("tables: all is well");
    return 0;
}
