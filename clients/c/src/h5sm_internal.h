/* First in every file of the library: which system it asks for, and that what its files share stays inside it. */
#ifndef H5SM_INTERNAL_H
#define H5SM_INTERNAL_H

/* Sockets, threads, signals and clocks, and memory that is no file's, in strict C11 too. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#ifndef _DARWIN_C_SOURCE
#define _DARWIN_C_SOURCE
#endif

/* Hidden in the libraries, static in the single file. */
#ifndef H5SM_INTERNAL
#define H5SM_INTERNAL __attribute__((visibility("hidden")))
#endif

#endif
