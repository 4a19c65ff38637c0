/** Keys: their attributes, creation, export and end. */
import { keyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CTR,
  PSA_ALG_GCM,
  PSA_ALG_NONE,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { AES_KEY, ALL_USAGE, aesKey, hmacKey, P256_PUBLIC_TYPE, p256Pair } from '../../support/keys.ts';
import { UNKNOWN_CIPHER } from '../../support/unsupported.ts';
import { type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const CTR = PSA_ALG_CTR;
const AES = keyAttributes({ type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT, alg: CTR });
const RSA = keyAttributes({ type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 1024 });

export const scenes: Scenes = {
  psa_get_key_attributes: async (given) => ({ key: await given.key(aesKey, CTR) }),
  psa_import_key: () => ({ attributes: AES, data: AES_KEY }),
  psa_generate_key: () => ({ attributes: AES }),
  psa_generate_key_custom: () => ({ attributes: AES, custom: { flags: 0 }, custom_data: NOTHING }),
  psa_copy_key: async (given) => ({ source_key: await given.key(aesKey, CTR), attributes: AES }),
  psa_attach_key: () => ({ attributes: AES, label: ascii('a key') }),
  psa_destroy_key: async (given) => ({ key: await given.key(aesKey, CTR) }),
  psa_purge_key: async (given) => ({ key: await given.key(aesKey, CTR) }),
  psa_export_key: async (given) => ({ key: await given.key(aesKey, CTR) }),
  psa_export_public_key: async (given) => ({ key: await given.key(p256Pair, CTR) }),
  psa_check_key_usage: async (given) => ({
    key: await given.key(aesKey, CTR),
    alg: CTR,
    usage: PSA_KEY_USAGE_ENCRYPT,
  }),
};

const generating: readonly RemoteFunction[] = ['psa_generate_key', 'psa_generate_key_custom'];

export const rows: readonly Row[] = [
  row('psa_import_key', 'INVALID_ARGUMENT', 'there are no data', { data: NOTHING }),
  row('psa_import_key', 'INVALID_ARGUMENT', 'the size is another than that of the data', {
    attributes: { ...AES, bits: 256 },
  }),
  row('psa_import_key', 'INVALID_ARGUMENT', 'the data are no key of the type', { data: AES_KEY.slice(1) }),
  ...generating.flatMap((name) => [
    row(name, 'INVALID_ARGUMENT', 'the key would be a public key', {
      attributes: { ...AES, type: P256_PUBLIC_TYPE, bits: 256 },
    }),
    row(name, 'INVALID_ARGUMENT', 'the size is none of the type', { attributes: { ...AES, bits: 129 } }),
  ]),
  row('psa_generate_key_custom', 'INVALID_ARGUMENT', 'the parameters have flags', { custom: { flags: 1 } }),
  row('psa_generate_key_custom', 'INVALID_ARGUMENT', 'the exponent is even', {
    attributes: RSA,
    custom_data: Uint8Array.of(4),
  }),
  row('psa_generate_key_custom', 'NOT_SUPPORTED', 'the exponent is beyond 32 bits', {
    attributes: RSA,
    custom_data: Uint8Array.of(1, 0, 0, 0, 1),
  }),
  row('psa_copy_key', 'INVALID_ARGUMENT', 'the copy would have another type', {
    attributes: { ...AES, type: PSA_KEY_TYPE_RSA_KEY_PAIR },
  }),
  row('psa_copy_key', 'INVALID_ARGUMENT', 'the copy would have another size', {
    attributes: { ...AES, bits: 256 },
  }),
  row('psa_copy_key', 'INVALID_ARGUMENT', 'no algorithm is permitted by both policies', {
    attributes: { ...AES, alg: PSA_ALG_GCM },
  }),
  row('psa_attach_key', 'DOES_NOT_EXIST', 'no material stands behind the label'),
  row('psa_attach_key', 'INVALID_ARGUMENT', 'the key would be persistent', {
    attributes: { ...AES, lifetime: PSA_KEY_LIFETIME_PERSISTENT, id: 5 },
  }),
  row('psa_destroy_key', 'NOT_PERMITTED', 'the key is built in', { key: PSA_KEY_ID_ST_DUA_USER }),
  row('psa_export_key', 'NOT_PERMITTED', 'the key is built in and only signs', {
    key: PSA_KEY_ID_ST_DUA_USER,
  }),
  row('psa_export_public_key', 'INVALID_ARGUMENT', 'the key has no public part', async ({ psa }) => ({
    key: await aesKey(psa, CTR),
  })),
  row('psa_check_key_usage', 'NOT_PERMITTED', 'the key is for another algorithm', {
    alg: PSA_ALG_CBC_NO_PADDING,
  }),
  row('psa_check_key_usage', 'INVALID_ARGUMENT', 'export is asked of an algorithm', {
    usage: PSA_KEY_USAGE_EXPORT,
  }),
  row('psa_check_key_usage', 'INVALID_ARGUMENT', 'encryption is asked of no algorithm', {
    alg: PSA_ALG_NONE,
  }),
  row('psa_check_key_usage', 'INVALID_ARGUMENT', 'the algorithm has no such role', {
    usage: PSA_KEY_USAGE_SIGN_HASH,
  }),
  row('psa_check_key_usage', 'INVALID_ARGUMENT', 'several usages are asked at once', { usage: ALL_USAGE }),
  row(
    'psa_check_key_usage',
    'INVALID_ARGUMENT',
    'the key is of a type that the algorithm is not for',
    async ({ psa }) => ({
      key: await hmacKey(psa, CTR),
    }),
  ),
  row(
    'psa_check_key_usage',
    'NOT_SUPPORTED',
    'the algorithm is not there',
    { alg: UNKNOWN_CIPHER },
    { keys: { alg: UNKNOWN_CIPHER } },
  ),
];
