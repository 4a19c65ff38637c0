/** clients/c: headers and stubs of the services beside Crypto, each for a library of its own. */
import { type Library, TABLE } from '../../psa-api/functions.ts';
import * as constants from '../../psa-api/service-constants.ts';
import { C_HEADER, declarations, stub } from './c.ts';

const rowsOf = (library: Library) => TABLE.filter((f) => f.library === library && !f.local);

const defines = (prefix: string, value: (of: number) => string): string =>
  Object.entries(constants)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, of]) => `#define ${name} ${value(of)}\n`)
    .join('');

const plain = (of: number): string => `${of}`;
const size = (of: number): string => `(${of}u)`;

const header = (what: string, guard: string, includes: string, body: string): string => `${C_HEADER}
/* ${what} */

#ifndef ${guard}
#define ${guard}

${includes}
#ifdef __cplusplus
extern "C" {
#endif

${body}
#ifdef __cplusplus
}
#endif

#endif /* ${guard} */
`;

export const cStorageHeader = (): string =>
  header(
    'Internal Trusted Storage: PSA Certified Secure Storage API 1.0.',
    'PSA_INTERNAL_TRUSTED_STORAGE_H',
    '#include <stddef.h>\n#include <stdint.h>\n\n#include <psa/error.h>\n#include <psa/storage_common.h>\n',
    `${defines('PSA_ITS_API_', plain)}\n${declarations(rowsOf('its'))}`,
  );

export const cAttestationHeader = (): string =>
  header(
    'Initial Attestation: PSA Certified Attestation API 1.0.',
    'PSA_INITIAL_ATTESTATION_H',
    '#include <stddef.h>\n#include <stdint.h>\n\n#include <psa/error.h>\n',
    [
      defines('PSA_INITIAL_ATTEST_API_', plain),
      `/* Sizes of a challenge, in bytes. There are no others. */\n${defines('PSA_INITIAL_ATTEST_CHALLENGE_', size)}`,
      `/* No token is longer, in bytes. */\n${defines('PSA_INITIAL_ATTEST_MAX_', size)}`,
      declarations(rowsOf('attestation')),
    ].join('\n'),
  );

export const cStorageStubs = (): string => `${C_HEADER}
/* One call each (h5sm_call.h). */
#include "h5sm_storage.h"

${rowsOf('its').map(stub).join('\n')}`;

export const cAttestationStubs = (): string => `${C_HEADER}
/* One call each (h5sm_call.h). */
#include "h5sm_call.h"

/* The library's own functions are hidden, these are not. */
#pragma GCC visibility push(default)
#include <psa/initial_attestation.h>
#pragma GCC visibility pop

${rowsOf('attestation').map(stub).join('\n')}`;
