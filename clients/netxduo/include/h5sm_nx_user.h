/* What NetX Duo has to be told at compile time: include this file in nx_user.h (NX_INCLUDE_USER_DEFINE_FILE), which
 * every file of NetX reads first. Plain C types only, because none of NetX's exist there yet.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef H5SM_NX_USER_H
#define H5SM_NX_USER_H

#ifdef __cplusplus
extern "C" {
#endif

/** Makes the digest of a running hash available without ending it: NX_SECURE_HASH_METADATA_CLONE. A hash of h5sm is
 * cloned by psa_hash_clone; anything else, that of another method, is copied. NetX ignores the result, so a clone that
 * failed answers the failure when its digest is asked for. */
unsigned int h5sm_nx_hash_clone(void *destination, const void *source, unsigned long length);

/** Ends what h5sm_nx_hash_clone has made: NX_SECURE_HASH_CLONE_CLEANUP. Memory of other methods is left alone. */
void h5sm_nx_hash_clone_cleanup(void *metadata, unsigned long length);

/** A random number of 31 bits from psa_generate_random: NX_RAND. If there is none, H5SM_NX_RANDOM_FAILED. */
int h5sm_nx_rand(void);

/** `bits` random bits, rounded up to bytes, from psa_generate_random: NX_CRYPTO_RBG. Returns an NX_CRYPTO status. */
unsigned int h5sm_nx_rbg(unsigned int bits, unsigned char *result);

#define NX_SECURE_HASH_METADATA_CLONE h5sm_nx_hash_clone
#define NX_SECURE_HASH_CLONE_CLEANUP  h5sm_nx_hash_clone_cleanup
#define NX_RAND                       h5sm_nx_rand
#define NX_CRYPTO_RBG                 h5sm_nx_rbg

/* TLS 1.3 makes its key share with the method of the table, and its shared secret with the method that NetX names
 * itself. Where NetX's own list of methods (nx_crypto_methods.c) is left out of the program, the name can be ours. */
#ifdef H5SM_NX_ECDHE_EVERYWHERE
#define crypto_method_ecdhe h5sm_nx_method_ecdhe
#endif

#ifdef __cplusplus
}
#endif

#endif /* H5SM_NX_USER_H */
