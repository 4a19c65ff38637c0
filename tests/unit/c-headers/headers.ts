/** The public C headers, read as text: what they define. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const INCLUDE = fileURLToPath(new URL('../../../clients/c/include/', import.meta.url));
export const SOURCE = fileURLToPath(new URL('../../../clients/c/src/', import.meta.url));

/** In the order in which <psa/crypto.h> includes them. */
const PARTS = ['error.h', 'crypto_types.h', 'crypto_values.h', 'crypto_sizes.h', 'crypto_struct.h'] as const;

/** <psa/crypto.h> is generated; without it the parts do for everything but the prototypes. */
export const hasCryptoHeader = existsSync(`${INCLUDE}psa/crypto.h`);

export const includes = (hasCryptoHeader ? ['crypto.h'] : PARTS)
  .map((part) => `#include <psa/${part}>`)
  .join('\n');

export interface Macro {
  readonly name: string;
  /** Absent for a constant. */
  readonly parameters?: readonly string[];
}

const DEFINE = /^#define (PSA_\w+)(?:\(([^)]*)\))?(?=\s)/gm;

/** Include guards and initialisers of structures have no number. */
const isValue = (name: string): boolean => !/_(H|INIT)$/.test(name);

const macrosOf = (text: string): Macro[] =>
  [...text.matchAll(DEFINE)].map(([, name = '', parameters]) =>
    parameters === undefined ? { name } : { name, parameters: parameters.split(',').map((p) => p.trim()) },
  );

const read = (file: string): string => readFileSync(`${INCLUDE}psa/${file}`, 'utf8');

/** Every PSA_ macro of the headers of the crypto API, without the old names. */
export const macros: readonly Macro[] = readdirSync(`${INCLUDE}psa`)
  .filter((file) => (PARTS as readonly string[]).includes(file) || file === 'crypto.h')
  .flatMap((file) => macrosOf(read(file)))
  .filter(({ name }) => isValue(name));

export const constants = macros.filter((macro) => macro.parameters === undefined);
export const functions = macros.filter((macro) => macro.parameters !== undefined);

/** Every macro of the header of sizes has the type size_t. */
export const sizes = macrosOf(read('crypto_sizes.h')).filter(
  ({ name }) => isValue(name) && !name.startsWith('PSA_ALG'),
);

export const initialisers: readonly string[] = macrosOf(read('crypto_struct.h'))
  .map(({ name }) => name)
  .filter((name) => name.endsWith('_INIT'));

export const inlineFunctions: readonly string[] = [
  ...read('crypto_struct.h').matchAll(/^H5SM_PSA_INLINE .*?\b(psa_\w+)\(/gm),
].map(([, name = '']) => name);
