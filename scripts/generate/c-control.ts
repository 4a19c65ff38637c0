/** clients/c: what a test asks of the emulator, and the ids and names of the functions that it asks about. */
import { CONTROL_FUNCTIONS } from '../../psa-api/control-functions.ts';
import { TABLE } from '../../psa-api/functions.ts';
import { C_HEADER, stub } from './c.ts';
import { hex4 } from './text.ts';

/** Those that a device is called by. */
const called = TABLE.filter(({ local, library }) => !local && library !== 'control');

/** Functions whose body is written by hand. */
const HAND_WRITTEN: ReadonlySet<string> = new Set([
  'h5sm_ctl_calls',
  'h5sm_ctl_expect_call',
  'h5sm_ctl_verify',
  'h5sm_ctl_fault_add',
  'h5sm_ctl_fail',
]);

export const cFunctionsHeader = (): string => `${C_HEADER}
/* The functions of the device by number, as records of calls name them. A number never changes. */

#ifndef H5SM_FUNCTIONS_H
#define H5SM_FUNCTIONS_H

${called.map(({ name, id }) => `#define H5SM_FN_${name} ${hex4(id)}u\n`).join('')}
#endif /* H5SM_FUNCTIONS_H */
`;

export const cControlStubs = (): string => `${C_HEADER}
/* One call each (h5sm_call.h). */
#include "h5sm_control.h"

${CONTROL_FUNCTIONS.filter(({ name }) => !HAND_WRITTEN.has(name))
  .map(stub)
  .join('\n')}`;

export const cControlNames = (): string => `${C_HEADER}
/* The names of the functions of the device. */
#include "h5sm_control.h"

#include <string.h>

static const struct {
    uint32_t id;
    const char *name;
} functions[] = {
${called.map(({ name, id }) => `    { ${hex4(id)}, "${name}" },\n`).join('')}};

#define COUNT (sizeof functions / sizeof functions[0])

const char *h5sm_ctl_function_name(uint32_t function)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (functions[i].id == function) {
            return functions[i].name;
        }
    }
    return "(no function)";
}

uint32_t h5sm_ctl_function_id(const char *name)
{
    for (size_t i = 0; name != NULL && i < COUNT; i++) {
        if (strcmp(functions[i].name, name) == 0) {
            return functions[i].id;
        }
    }
    return 0;
}
`;
