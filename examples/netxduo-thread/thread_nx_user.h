/* What the adaptation says in nx_user.h, behind h5sm_nx_user.h: its own clone of a running hash, or none.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef THREAD_NX_USER_H
#define THREAD_NX_USER_H

unsigned int thread_hash_clone(void *destination, const void *source, unsigned long length);

#if defined THREAD_SOFTWARE_HASH || defined THREAD_SOFTWARE_SLOT || defined THREAD_SOFTWARE_ROW || \
    defined THREAD_UNCHECKED_CLONE || defined THREAD_HASH_LEAK
#undef NX_SECURE_HASH_METADATA_CLONE
#undef NX_SECURE_HASH_CLONE_CLEANUP
#define NX_SECURE_HASH_METADATA_CLONE thread_hash_clone
#endif

#ifdef THREAD_MEMCPY_CLONE
#undef NX_SECURE_HASH_METADATA_CLONE
#undef NX_SECURE_HASH_CLONE_CLEANUP
#endif

#endif
