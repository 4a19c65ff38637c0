/** The C and C++ programs of the comparison that are not a grid, and what they must print. */

import * as psa from '../../../psa-api/constants.ts';
import type { Grid } from './grid.ts';
import { constantCall, gridOf } from './grid.ts';
import { constants, functions, includes, initialisers, inlineFunctions, sizes } from './headers.ts';

const printing = (lines: readonly string[]): string =>
  ['#include <stdio.h>', includes, 'int main(void) {', ...lines, 'return 0;', '}'].join('\n');

// Constants.

export const constantsProgram = printing(
  constants.map(({ name }) => `printf("${name} %lld\\n", (long long)(${name}));`),
);

/** Each constant, and each macro with constant arguments, as the length of an array and as a static initialiser. */
export const constantExpressions = (grids: readonly Grid[]): string =>
  [
    includes,
    ...[...constants.map(({ name }) => name), ...grids.map(constantCall)].flatMap((expression, i) => [
      `extern char length_${i}[(size_t)(${expression}) % 7u + 1u];`,
      `extern const unsigned long long value_${i};`,
      `const unsigned long long value_${i} = (unsigned long long)(${expression});`,
    ]),
  ].join('\n');

/** Wants C11. */
export const sizeTypes = [
  includes,
  ...sizes
    .map((macro) => (macro.parameters ? constantCall(gridOf(macro)) : macro.name))
    .map(
      (size, i) => `_Static_assert(_Generic((${size}), size_t: 1, default: 0), "size ${i} is no size_t");`,
    ),
].join('\n');

// Structures: [C expression, bytes].

const OPERATIONS = [
  'hash',
  'mac',
  'cipher',
  'aead',
  'key_derivation',
  'pake',
  'xof',
  'sign',
  'verify',
] as const;

const LAYOUT: ReadonlyArray<readonly [string, number]> = [
  ['sizeof(psa_key_attributes_t)', 24],
  ['offsetof(psa_key_attributes_t, type)', 0],
  ['offsetof(psa_key_attributes_t, bits)', 2],
  ['offsetof(psa_key_attributes_t, lifetime)', 4],
  ['offsetof(psa_key_attributes_t, policy)', 8],
  ['offsetof(psa_key_attributes_t, policy.usage)', 8],
  ['offsetof(psa_key_attributes_t, policy.alg)', 12],
  ['offsetof(psa_key_attributes_t, policy.alg2)', 16],
  ['offsetof(psa_key_attributes_t, id)', 20],
  ['sizeof(psa_pake_cipher_suite_t)', 12],
  ['offsetof(psa_pake_cipher_suite_t, algorithm)', 0],
  ['offsetof(psa_pake_cipher_suite_t, type)', 4],
  ['offsetof(psa_pake_cipher_suite_t, family)', 5],
  ['offsetof(psa_pake_cipher_suite_t, bits)', 6],
  ['offsetof(psa_pake_cipher_suite_t, key_confirmation)', 8],
  ['sizeof(psa_custom_key_parameters_t)', 4],
  ['sizeof(psa_status_t)', 4],
  ['sizeof(psa_key_id_t)', 4],
  ['sizeof(psa_key_handle_t)', 4],
  ['sizeof(psa_key_type_t)', 2],
  ['sizeof(psa_algorithm_t)', 4],
  ...OPERATIONS.flatMap(
    (family): ReadonlyArray<readonly [string, number]> => [
      [`sizeof(psa_${family}_operation_t)`, 4],
      [`offsetof(psa_${family}_operation_t, handle)`, 0],
    ],
  ),
];

export const layoutProgram = printing(
  LAYOUT.map(([expression]) => `printf("${expression} %lu\\n", (unsigned long)${expression});`),
);
export const layoutExpected = LAYOUT.map(([expression, bytes]) => `${expression} ${bytes}`);

// Initializers as functions.

const INITIAL = [
  'psa_hash_operation_init()',
  'psa_mac_operation_init()',
  'psa_cipher_operation_init()',
  'psa_aead_operation_init()',
  'psa_key_derivation_operation_init()',
  'psa_pake_operation_init()',
  'psa_xof_operation_init()',
  'psa_sign_operation_init()',
  'psa_verify_operation_init()',
] as const;

export const initialProgram = printing(
  INITIAL.map((call) => `printf("${call} %lu\\n", (unsigned long)${call}.handle);`),
);
export const initialExpected = INITIAL.map((call) => `${call} 0`);

// Setters: the two orders of lifetime and id, and the limits of bits.

const LIFETIMES = [0, 1, 0xff, 0x100, 0x101, 0xffffff00] as const;
const IDS = [1, 0x3ffffffe, 0x40000000] as const;
const PAIRS = LIFETIMES.flatMap((lifetime) => IDS.map((id) => ({ lifetime, id })));
const START = { type: 0x7112, bits: 256, alg: 0x06000609, usage: 0x3000 } as const;

const SHOW =
  'printf("%u %u %u %u %u %u\\n", (unsigned)psa_get_key_type(&a), (unsigned)psa_get_key_bits(&a),' +
  ' (unsigned)psa_get_key_lifetime(&a), (unsigned)psa_get_key_usage_flags(&a),' +
  ' (unsigned)psa_get_key_algorithm(&a), (unsigned)psa_get_key_id(&a));';

export const settersProgram = printing([
  'psa_key_attributes_t a = PSA_KEY_ATTRIBUTES_INIT;',
  ...PAIRS.flatMap(({ lifetime, id }) => {
    const start = [
      'psa_reset_key_attributes(&a);',
      `psa_set_key_type(&a, ${START.type}u); psa_set_key_bits(&a, ${START.bits}u);`,
      `psa_set_key_algorithm(&a, ${START.alg}u); psa_set_key_usage_flags(&a, ${START.usage}u);`,
    ];
    const setLifetime = `psa_set_key_lifetime(&a, ${lifetime}u);`;
    const setId = `psa_set_key_id(&a, ${id}u);`;
    return [...start, setLifetime, setId, SHOW, ...start, setId, setLifetime, SHOW];
  }),
  'psa_set_key_bits(&a, 65528u); printf("%u ", (unsigned)psa_get_key_bits(&a));',
  'psa_set_key_bits(&a, 65529u); printf("%u\\n", (unsigned)psa_get_key_bits(&a));',
]);

const shown = (a: psa.KeyAttributes): string => [a.type, a.bits, a.lifetime, a.usage, a.alg, a.id].join(' ');

export const settersExpected = [
  ...PAIRS.flatMap(({ lifetime, id }) => [
    shown(psa.keyAttributes({ ...START, lifetime, id })),
    shown(psa.setKeyLifetime(psa.setKeyId(psa.keyAttributes(START), id), lifetime)),
  ]),
  '65528 65535',
];

// Cipher suite, C++ and old names.

const SUITE_PRIMITIVES = [0x01120100, 0x02031000, 0xffffffff] as const;

export const suiteProgram = printing([
  'psa_pake_cipher_suite_t suite = psa_pake_cipher_suite_init();',
  'psa_pake_cs_set_algorithm(&suite, PSA_ALG_JPAKE(PSA_ALG_SHA_256));',
  'psa_pake_cs_set_key_confirmation(&suite, PSA_PAKE_UNCONFIRMED_KEY);',
  ...SUITE_PRIMITIVES.map(
    (primitive) =>
      `psa_pake_cs_set_primitive(&suite, ${primitive}u);` +
      ' printf("%u %u %u\\n", (unsigned)psa_pake_cs_get_algorithm(&suite),' +
      ' (unsigned)psa_pake_cs_get_primitive(&suite), (unsigned)psa_pake_cs_get_key_confirmation(&suite));',
  ),
]);

export const suiteExpected = SUITE_PRIMITIVES.map(
  (primitive) => `${psa.PSA_ALG_JPAKE(psa.PSA_ALG_SHA_256)} ${primitive} ${psa.PSA_PAKE_UNCONFIRMED_KEY}`,
);

const typeOfInitialiser = (name: string): string => `${name.replace(/_INIT$/, '').toLowerCase()}_t`;

/** Every macro, initialiser and inline function in one translation unit of C++. */
export const cppProgram = [
  constantExpressions(functions.map(gridOf)),
  ...initialisers.map((name) => `extern const ${typeOfInitialiser(name)} object_${name};`),
  ...initialisers.map((name) => `const ${typeOfInitialiser(name)} object_${name} = ${name};`),
  'template <typename T> void use(T) {}',
  'void all();',
  'void all() {',
  ...inlineFunctions.map((name) => `  use(&${name});`),
  '}',
].join('\n');

/** The old names of adapters written for TF-M 1.x and Mbed TLS 2. */
export const compatProgram = `#define H5SM_PSA_COMPAT
#include <psa/crypto.h>
psa_status_t sign(psa_key_id_t id, const uint8_t *hash, uint8_t *signature, size_t *length);
psa_status_t sign(psa_key_id_t id, const uint8_t *hash, uint8_t *signature, size_t *length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_handle_t handle = PSA_KEY_HANDLE_INIT;
    psa_status_t status = psa_open_key(id, &handle);

    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN | PSA_KEY_USAGE_VERIFY);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_CURVE_SECP256R1));
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_CURVE_SECP384R1));
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = psa_asymmetric_sign(handle, PSA_ALG_ECDSA(PSA_ALG_SHA_256), hash, 32, signature, 64, length);
    if (status == PSA_SUCCESS) {
        status = psa_asymmetric_verify(handle, PSA_ALG_ECDSA(PSA_ALG_SHA_256), hash, 32, signature, *length);
    }
    (void)psa_close_key(handle);
    return status;
}
`;
