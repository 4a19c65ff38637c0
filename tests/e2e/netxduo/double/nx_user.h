/* What an application's nx_user.h says for these methods. */
#define NX_SECURE_ENABLE_ECC_CIPHERSUITE
#define NX_SECURE_ENABLE_AEAD_CIPHER
#include "h5sm_nx_user.h"

/* Another layer of methods says the rest itself. */
#ifdef TEST_NX_USER
#include TEST_NX_USER
#endif

/* NetX's own default, which copies what cannot be copied: for a test that has to fail */
#ifdef TEST_PLAIN_CLONE
#undef NX_SECURE_HASH_METADATA_CLONE
#undef NX_SECURE_HASH_CLONE_CLEANUP
#endif
