/** The values that each parameter of a function-like macro takes in the comparison, by the parameter's name. */

import * as psa from '../../../psa-api/constants.ts';

type Exports = Readonly<Record<string, unknown>>;

/** Numeric constants whose name begins so. */
const named = (prefix: string): number[] =>
  Object.entries(psa as Exports)
    .filter(([name, value]) => name.startsWith(prefix) && typeof value === 'number')
    .map(([, value]) => value as number);

const distinct = (values: readonly number[]): number[] => [...new Set(values.map((value) => value >>> 0))];

const algorithms = named('PSA_ALG_');
const hashes = algorithms.filter(psa.PSA_ALG_IS_HASH);

const withHash: ReadonlyArray<(hash: number) => number> = [
  psa.PSA_ALG_HMAC,
  psa.PSA_ALG_BLAKE2_MAC,
  psa.PSA_ALG_RSA_PKCS1V15_SIGN,
  psa.PSA_ALG_RSA_PSS,
  psa.PSA_ALG_RSA_PSS_ANY_SALT,
  psa.PSA_ALG_ECDSA,
  psa.PSA_ALG_DETERMINISTIC_ECDSA,
  psa.PSA_ALG_HASH_SLH_DSA,
  psa.PSA_ALG_DETERMINISTIC_HASH_SLH_DSA,
  psa.PSA_ALG_HASH_ML_DSA,
  psa.PSA_ALG_DETERMINISTIC_HASH_ML_DSA,
  psa.PSA_ALG_RSA_OAEP,
  psa.PSA_ALG_HKDF,
  psa.PSA_ALG_HKDF_EXTRACT,
  psa.PSA_ALG_HKDF_EXPAND,
  psa.PSA_ALG_TLS12_PRF,
  psa.PSA_ALG_TLS12_PSK_TO_MS,
  psa.PSA_ALG_SP800_108_COUNTER_HMAC,
  psa.PSA_ALG_PBKDF2_HMAC,
  psa.PSA_ALG_WPA3_SAE_H2E,
  psa.PSA_ALG_JPAKE,
  psa.PSA_ALG_SPAKE2P_HMAC,
  psa.PSA_ALG_SPAKE2P_CMAC,
  psa.PSA_ALG_WPA3_SAE_FIXED,
  psa.PSA_ALG_WPA3_SAE_GDH,
];

const composite = withHash.flatMap((build) => hashes.map(build));
const derivations = [...algorithms, ...composite].filter(psa.PSA_ALG_IS_KEY_DERIVATION);
const macs = [...algorithms, ...composite].filter(psa.PSA_ALG_IS_MAC);
const aeads = algorithms.filter(psa.PSA_ALG_IS_AEAD);

const lengths = [0, 1, 4, 8, 12, 13, 15, 16, 20, 32, 48, 63, 64, 100];

const shortened = lengths.flatMap((length) => [
  ...macs.flatMap((mac) => [
    psa.PSA_ALG_TRUNCATED_MAC(mac, length),
    psa.PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(mac, length),
  ]),
  ...aeads.flatMap((aead) => [
    psa.PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead, length),
    psa.PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(aead, length),
  ]),
]);

const agreements = [psa.PSA_ALG_ECDH, psa.PSA_ALG_FFDH].flatMap((agreement) =>
  derivations.map((derivation) => psa.PSA_ALG_KEY_AGREEMENT(agreement, derivation)),
);

/** Not in any table: implementation-defined, unknown and damaged identifiers. */
const strange = [
  0x82000009, 0x83800009, 0x02000006, 0x02000080, 0x04404200, 0x05500300, 0x7fffffff, 0xffffffff,
];

const alg = distinct([...algorithms, ...composite, ...shortened, ...agreements, ...strange]);

const families = [
  ...named('PSA_ECC_FAMILY_'),
  ...named('PSA_DH_FAMILY_'),
  ...named('PSA_SLH_DSA_FAMILY_'),
  0x7f,
  0xff,
];

const type = distinct([
  ...named('PSA_KEY_TYPE_'),
  ...families.flatMap((family) => [
    psa.PSA_KEY_TYPE_ECC_KEY_PAIR(family),
    psa.PSA_KEY_TYPE_ECC_PUBLIC_KEY(family),
    psa.PSA_KEY_TYPE_DH_KEY_PAIR(family),
    psa.PSA_KEY_TYPE_DH_PUBLIC_KEY(family),
    psa.PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(family),
    psa.PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(family),
    psa.PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(family),
    psa.PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY(family),
    psa.PSA_KEY_TYPE_WPA3_SAE_ECC(family),
    psa.PSA_KEY_TYPE_WPA3_SAE_DH(family),
  ]),
  0x8001,
  0xf001,
  0x2700,
  0xffff,
]);

const bits = [
  0, 1, 8, 64, 128, 192, 224, 225, 255, 256, 384, 448, 512, 521, 768, 1024, 1031, 2048, 3072, 4096, 8192,
];
const inputs = [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 255, 256, 16384, 65535];
const steps = [...named('PSA_PAKE_STEP_'), 0, 9, 255];

const primitives = distinct([
  ...[psa.PSA_PAKE_PRIMITIVE_TYPE_ECC, psa.PSA_PAKE_PRIMITIVE_TYPE_DH, 0].flatMap((kind) =>
    [0x12, 0x17, 0x30, 0x41, 0x42, 0x03].flatMap((family) =>
      [192, 255, 256, 384, 448, 521, 2048].map((size) => psa.PSA_PAKE_PRIMITIVE(kind, family, size)),
    ),
  ),
  0xffffffff,
]);

export interface Domain {
  readonly ctype: string;
  readonly values: readonly number[];
}

const of = (ctype: string, values: readonly number[]): Domain => ({ ctype, values });

const INPUT = of('size_t', inputs);
const TYPE = of('psa_key_type_t', type);
const BITS = of('size_t', bits);
const STEP = of('psa_pake_step_t', steps);
const LIFETIMES = [0, 1, 0x7f, 0xff, 0x100, 0x101, 0x1ff, 0x80000001, 0xffffff00, 0xffffffff];

const DOMAINS: Readonly<Record<string, Domain>> = {
  alg: of('psa_algorithm_t', alg),
  hash: of('psa_algorithm_t', hashes),
  mac: of('psa_algorithm_t', distinct([...macs, ...shortened])),
  aead: of('psa_algorithm_t', distinct([...aeads, ...shortened, ...strange])),
  agreement: of('psa_algorithm_t', [psa.PSA_ALG_ECDH, psa.PSA_ALG_FFDH]),
  derivation: of('psa_algorithm_t', derivations),
  length: of('size_t', lengths),
  type: TYPE,
  key_type: TYPE,
  wrap_key_type: of('psa_key_type_t', named('PSA_KEY_TYPE_')),
  bits: BITS,
  key_bits: BITS,
  bytes: INPUT,
  curve: of('psa_ecc_family_t', families),
  group: of('psa_dh_family_t', families),
  set: of('psa_slh_dsa_family_t', families),
  input_length: INPUT,
  plaintext_length: INPUT,
  ciphertext_length: INPUT,
  lifetime: of('psa_key_lifetime_t', LIFETIMES),
  persistence: of('psa_key_persistence_t', [0, 1, 2, 0x80, 0xff]),
  location: of('psa_key_location_t', [0, 1, 0x7fffff, 0x800000, 0xffffff]),
  primitive: of('psa_pake_primitive_t', primitives),
  input_step: STEP,
  output_step: STEP,
  'PSA_PAKE_PRIMITIVE type': of('psa_pake_primitive_type_t', [0, 1, 2, 0xff]),
  'PSA_PAKE_PRIMITIVE family': of('psa_pake_family_t', families),
  'PSA_PAKE_PRIMITIVE bits': of('size_t', [...bits, 0xffff, 0x10000, 0xffffffff]),
};

/** By macro and parameter, or by parameter alone. */
export function domain(macro: string, parameter: string): Domain {
  const found = DOMAINS[`${macro} ${parameter}`] ?? DOMAINS[parameter];
  if (found === undefined) throw new Error(`${macro}: no values for a parameter named ${parameter}`);
  return found;
}
