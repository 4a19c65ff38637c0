/* <h5sm/ctl.h> as a file of the library sees it. */
#ifndef H5SM_CONTROL_H
#define H5SM_CONTROL_H

#include "h5sm_call.h"

/* The library's own functions are hidden, these are not. */
#pragma GCC visibility push(default)
#include <h5sm/ctl.h>
#pragma GCC visibility pop

#endif
