/** What the device can do, in the specification's names. */
import * as constants from '../psa-api/constants.ts';
import { FUNCTIONS } from '../psa-api/functions.ts';
import type { Capabilities } from '../psa-api/service.ts';
import {
  CIPHERS,
  curveSizes,
  HASHES,
  HMAC_HASHES,
  MAX_KEY_BYTES,
  RSA_MAX_BITS,
  RSA_MIN_BITS,
} from '../psa-api/support.ts';
import type { Profile } from './profiles/profile.ts';

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
    ...[...CIPHERS.keys()].map(nameOf),
    'PSA_ALG_GCM',
    'PSA_ALG_CCM',
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
    'PSA_ALG_ECDH',
  ];
};

const bytes = `8 to ${MAX_KEY_BYTES * 8}, whole bytes`;
const rsa = `${RSA_MIN_BITS} to ${RSA_MAX_BITS}, whole bytes`;
const secp = curveSizes(constants.PSA_ECC_FAMILY_SECP_R1);

const KEY_TYPES: Capabilities['keyTypes'] = [
  ...['RAW_DATA', 'HMAC', 'DERIVE', 'PASSWORD', 'PASSWORD_HASH', 'PEPPER'].map((name) => ({
    name: `PSA_KEY_TYPE_${name}`,
    bits: bytes,
  })),
  { name: 'PSA_KEY_TYPE_AES', bits: [128, 192, 256] },
  { name: 'PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)', bits: secp },
  { name: 'PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)', bits: secp },
  { name: 'PSA_KEY_TYPE_RSA_KEY_PAIR', bits: rsa },
  { name: 'PSA_KEY_TYPE_RSA_PUBLIC_KEY', bits: rsa },
];

export const capabilities = (profile: Profile, implemented: ReadonlySet<string>): Capabilities => ({
  profile: profile.name,
  functions: FUNCTIONS.map(({ name, since, group, local }) => ({
    name,
    since,
    group,
    // Initializers and accessors are code of the client libraries, and complete.
    implemented: local || implemented.has(name),
  })),
  algorithms: algorithms(),
  keyTypes: KEY_TYPES,
  limits: { ...profile.limits },
});
