/* The structures of <psa/crypto.h> as elements of frames (docs/wire.md, "Elements"). */
#include "h5sm_crypto.h"

void h5sm_attributes(h5sm_call_t *call, const psa_key_attributes_t *attributes)
{
    if (h5sm_require(call, attributes != NULL)) {
        const uint32_t values[] = { psa_get_key_type(attributes),     (uint32_t)psa_get_key_bits(attributes),
                                    psa_get_key_lifetime(attributes), psa_get_key_usage_flags(attributes),
                                    psa_get_key_algorithm(attributes), psa_get_key_id(attributes) };
        h5sm_integers(call, values, 6);
    }
}

void h5sm_cipher_suite(h5sm_call_t *call, const psa_pake_cipher_suite_t *suite)
{
    if (h5sm_require(call, suite != NULL)) {
        psa_pake_primitive_t primitive = psa_pake_cs_get_primitive(suite);
        const uint32_t values[] = { psa_pake_cs_get_algorithm(suite), primitive >> 24, primitive >> 16 & 0xff,
                                    primitive & 0xffff, psa_pake_cs_get_key_confirmation(suite) };
        h5sm_integers(call, values, 5);
    }
}

void h5sm_custom(h5sm_call_t *call, const psa_custom_key_parameters_t *custom)
{
    if (h5sm_require(call, custom != NULL)) {
        h5sm_integers(call, &custom->flags, 1);
    }
}

/* [type, bits, lifetime, usage, alg, id], as the device says it: the setters would tie the id to the lifetime. */
static void make_attributes(void *object, const uint32_t *v)
{
    psa_key_attributes_t *attributes = object;
    *attributes = psa_key_attributes_init();
    if (v != NULL) {
        attributes->type = (psa_key_type_t)v[0];
        attributes->bits = (uint16_t)v[1];
        attributes->lifetime = v[2];
        attributes->policy.usage = v[3];
        attributes->policy.alg = v[4];
        attributes->id = v[5];
    }
}

void h5sm_attributes_out(h5sm_call_t *call, psa_key_attributes_t *attributes)
{
    h5sm_object_out(call, attributes, 6, make_attributes);
}
