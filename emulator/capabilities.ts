/** What the device can do, in the specification's names. */

import { AES_CIPHERS } from '../psa-api/cipher-schemes.ts';
import * as constants from '../psa-api/constants.ts';
import { FUNCTIONS, type FunctionRow, type Library, TABLE } from '../psa-api/functions.ts';
import { MAX_KEY_BYTES, RSA_MAX_BITS, RSA_MIN_BITS, sizesOf } from '../psa-api/key-sizes.ts';
import { keyTypeNamed } from '../psa-api/key-type-names.ts';
import { XOFS } from '../psa-api/operations/xof.ts';
import type { Capabilities, SettingReport } from '../psa-api/service.ts';
import type { Supports } from '../psa-api/services.ts';
import { HASHES, HMAC_HASHES } from '../psa-api/support.ts';
import { type Facts, type Profile, settingsOf } from './profiles/profile.ts';
import type { SettingName, Settings } from './profiles/settings.ts';
import { createSupport } from './support.ts';

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(constants).flatMap(([name, value]) =>
    name.startsWith('PSA_ALG_') && typeof value === 'number' ? [[value, name] as const] : [],
  ),
);

const nameOf = (alg: number): string => NAMES.get(alg) ?? `0x${alg.toString(16)}`;

const over = (template: string, hashes: Iterable<number>): string[] =>
  [...hashes].map((hash) => `${template}(${nameOf(hash)})`);

const algorithms = (): string[] => {
  const hashes = [...HASHES.keys()];
  const hmac = [...HMAC_HASHES.keys()];
  const tls = [constants.PSA_ALG_SHA_256, constants.PSA_ALG_SHA_384];
  return [
    ...hashes.map(nameOf),
    ...over('PSA_ALG_HMAC', hmac),
    'PSA_ALG_CMAC',
    ...AES_CIPHERS.map(nameOf),
    'PSA_ALG_STREAM_CIPHER',
    'PSA_ALG_GCM',
    'PSA_ALG_CCM',
    'PSA_ALG_CHACHA20_POLY1305',
    'PSA_ALG_XCHACHA20_POLY1305',
    ...['PSA_ALG_HKDF', 'PSA_ALG_HKDF_EXTRACT', 'PSA_ALG_HKDF_EXPAND', 'PSA_ALG_PBKDF2_HMAC'].flatMap((kdf) =>
      over(kdf, hmac),
    ),
    ...['PSA_ALG_TLS12_PRF', 'PSA_ALG_TLS12_PSK_TO_MS'].flatMap((kdf) => over(kdf, tls)),
    'PSA_ALG_ECDSA_ANY',
    ...['PSA_ALG_ECDSA', 'PSA_ALG_RSA_PSS', 'PSA_ALG_RSA_PSS_ANY_SALT'].flatMap((alg) => over(alg, hashes)),
    ...over('PSA_ALG_DETERMINISTIC_ECDSA', hmac),
    'PSA_ALG_RSA_PKCS1V15_SIGN_RAW',
    ...over('PSA_ALG_RSA_PKCS1V15_SIGN', hashes),
    'PSA_ALG_RSA_PKCS1V15_CRYPT',
    ...over('PSA_ALG_RSA_OAEP', hashes),
    'PSA_ALG_PURE_EDDSA',
    'PSA_ALG_EDDSA_CTX',
    'PSA_ALG_ED25519PH',
    'PSA_ALG_ED448PH',
    'PSA_ALG_ECDH',
    'PSA_ALG_FFDH',
    'PSA_ALG_ECIES_SEC1',
    ...over('PSA_ALG_SP800_108_COUNTER_HMAC', hmac),
    'PSA_ALG_SP800_108_COUNTER_CMAC',
    'PSA_ALG_PBKDF2_AES_CMAC_PRF_128',
    'PSA_ALG_TLS12_ECJPAKE_TO_PMS',
    ...['PSA_ALG_JPAKE', 'PSA_ALG_SPAKE2P_HMAC', 'PSA_ALG_SPAKE2P_CMAC'].flatMap((alg) => over(alg, hmac)),
    'PSA_ALG_SPAKE2P_MATTER',
    ...[...XOFS.keys()].map(nameOf),
    'PSA_ALG_KW',
    'PSA_ALG_KWP',
  ];
};

const bytes = `8 to ${MAX_KEY_BYTES * 8}, whole bytes`;
const rsa = `${RSA_MIN_BITS} to ${RSA_MAX_BITS}, whole bytes`;

const FAMILIES = [
  ['SECP_R1', constants.PSA_ECC_FAMILY_SECP_R1],
  ['SECP_K1', constants.PSA_ECC_FAMILY_SECP_K1],
  ['BRAINPOOL_P_R1', constants.PSA_ECC_FAMILY_BRAINPOOL_P_R1],
  ['MONTGOMERY', constants.PSA_ECC_FAMILY_MONTGOMERY],
  ['TWISTED_EDWARDS', constants.PSA_ECC_FAMILY_TWISTED_EDWARDS],
] as const;

const GROUP = constants.PSA_DH_FAMILY_RFC7919;
const SPAKE2P = constants.PSA_ECC_FAMILY_SECP_R1;

const fixed = (name: string, type: number) => ({ name, bits: sizesOf(type) ?? [] });

const KEY_TYPES: Capabilities['keyTypes'] = [
  ...['RAW_DATA', 'HMAC', 'DERIVE', 'PASSWORD', 'PASSWORD_HASH', 'PEPPER'].map((name) => ({
    name: `PSA_KEY_TYPE_${name}`,
    bits: bytes,
  })),
  fixed('PSA_KEY_TYPE_AES', constants.PSA_KEY_TYPE_AES),
  fixed('PSA_KEY_TYPE_CHACHA20', constants.PSA_KEY_TYPE_CHACHA20),
  fixed('PSA_KEY_TYPE_XCHACHA20', constants.PSA_KEY_TYPE_XCHACHA20),
  fixed('PSA_KEY_TYPE_DES', constants.PSA_KEY_TYPE_DES),
  ...FAMILIES.flatMap(([name, family]) => [
    fixed(`PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_${name})`, constants.PSA_KEY_TYPE_ECC_KEY_PAIR(family)),
    fixed(
      `PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_${name})`,
      constants.PSA_KEY_TYPE_ECC_PUBLIC_KEY(family),
    ),
  ]),
  { name: 'PSA_KEY_TYPE_RSA_KEY_PAIR', bits: rsa },
  { name: 'PSA_KEY_TYPE_RSA_PUBLIC_KEY', bits: rsa },
  fixed('PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919)', constants.PSA_KEY_TYPE_DH_KEY_PAIR(GROUP)),
  fixed('PSA_KEY_TYPE_DH_PUBLIC_KEY(PSA_DH_FAMILY_RFC7919)', constants.PSA_KEY_TYPE_DH_PUBLIC_KEY(GROUP)),
  fixed(
    'PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)',
    constants.PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(SPAKE2P),
  ),
  fixed(
    'PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)',
    constants.PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(SPAKE2P),
  ),
];

/** Whether every part of an algorithm's name is on the list. */
const isListed = (list: readonly string[] | null, name: string): boolean =>
  list === null || (name.match(/PSA_ALG_\w+/g) ?? []).every((part) => list.includes(part));

const sizesLeft = (
  support: Supports,
  type: number,
  bits: readonly number[] | string,
): readonly number[] | string =>
  typeof bits === 'string' ? bits : bits.filter((size) => support.key(type, size));

const keyTypes = ({ keyTypes: types, rsaBits }: Settings, support: Supports): Capabilities['keyTypes'] =>
  KEY_TYPES.filter(({ name }) => types === null || types.includes(name)).map(({ name, bits }) => {
    if (name.startsWith('PSA_KEY_TYPE_RSA') && rsaBits !== null) return { name, bits: rsaBits.map(Number) };
    return { name, bits: sizesLeft(support, keyTypeNamed(name) ?? 0, bits) };
  });

/** The facts of a profile in rows. */
export const settingReports = ({ facts }: Profile): SettingReport[] =>
  Object.entries(facts).flatMap(([setting, fact]: [string, Facts[SettingName]]) =>
    [fact].flat().map(({ value, source, confidence }) => ({ setting, value, source, confidence })),
  );

const SERVICES: readonly Library[] = [
  'its',
  'attestation',
  'fwu',
  'lifecycle',
  'device',
  'framework',
  'tf-m',
  'control',
];

export const capabilities = (profile: Profile, implemented: ReadonlySet<string>): Capabilities => {
  const settings = settingsOf(profile);
  // Initializers and accessors are code of the client libraries, and complete.
  const isImplemented = ({ name, local, refused }: FunctionRow) =>
    !refused && (local || implemented.has(name)) && !settings.absentFunctions?.includes(name);
  const ofLibrary = (library: Library) =>
    TABLE.filter((row) => row.library === library).map((row) => ({
      name: row.name,
      since: row.since,
      implemented: isImplemented(row),
    }));
  return {
    profile: profile.name,
    summary: profile.summary,
    functions: FUNCTIONS.map((row) => ({
      name: row.name,
      since: row.since,
      group: row.group,
      implemented: isImplemented(row),
    })),
    services: SERVICES.map((library) => ({ library, functions: ofLibrary(library) })),
    algorithms: algorithms().filter((name) => isListed(settings.algorithms, name)),
    keyTypes: keyTypes(settings, createSupport(settings)),
    settings: settingReports(profile),
  };
};
