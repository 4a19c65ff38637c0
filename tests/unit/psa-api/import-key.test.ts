/** psa_import_key: every key type, good and bad. PSA Crypto 1.3, 9.2 and 9.6.1. */

import { describe, expect, it } from 'vitest';
import type { KeyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_KEY_ID_NULL,
  PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_PEPPER,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_RSA_PUBLIC_KEY,
  PSA_KEY_USAGE_EXPORT,
} from '../../../psa-api/constants.ts';
import { hex, join, NOTHING, unhex } from '../../support/bytes.ts';
import { openForTest } from '../../support/device.ts';
import {
  AES_KEY,
  HMAC_KEY,
  P256_PAIR_TYPE,
  P256_POINT,
  P256_PUBLIC_TYPE,
  P256_SCALAR,
  RSA_PAIR,
  RSA_PUBLIC,
} from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_FAMILY, UNKNOWN_KEY_TYPE } from '../../support/unsupported.ts';

const spoilt = (data: Uint8Array, at: number): Uint8Array => {
  const wrong = data.slice();
  const i = at < 0 ? data.length + at : at;
  wrong[i] = (wrong[i] ?? 0) ^ 1;
  return wrong;
};

const P256_ORDER = unhex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

interface Import {
  readonly name: string;
  readonly attributes: Partial<KeyAttributes>;
  readonly data: Uint8Array;
  readonly status: string;
  /** Where 9.6.1 has two statuses for the same thing: what is no type or size at all may be not supported as well. */
  readonly or?: string;
  /** The size of a key that is taken. */
  readonly bits?: number;
}

const AES = { type: PSA_KEY_TYPE_AES };
const PAIR = { type: P256_PAIR_TYPE };
const PUBLIC = { type: P256_PUBLIC_TYPE };
const RSA = { type: PSA_KEY_TYPE_RSA_KEY_PAIR };
const RSA_ONLY = { type: PSA_KEY_TYPE_RSA_PUBLIC_KEY };

const IMPORTS: readonly Import[] = [
  ...[
    PSA_KEY_TYPE_RAW_DATA,
    PSA_KEY_TYPE_HMAC,
    PSA_KEY_TYPE_DERIVE,
    PSA_KEY_TYPE_PASSWORD,
    PSA_KEY_TYPE_PASSWORD_HASH,
    PSA_KEY_TYPE_PEPPER,
  ].flatMap((type): Import[] => {
    const title = type.toString(16);
    return [
      { name: `${title} of one byte`, attributes: { type }, data: unhex('00'), status: 'SUCCESS', bits: 8 },
      {
        name: `${title} of the largest size`,
        attributes: { type },
        data: new Uint8Array(8191),
        status: 'SUCCESS',
        bits: 65528,
      },
      {
        name: `${title} too large`,
        attributes: { type },
        data: new Uint8Array(8192),
        status: 'NOT_SUPPORTED',
      },
      { name: `${title} empty`, attributes: { type }, data: NOTHING, status: 'INVALID_ARGUMENT' },
      {
        name: `${title} of another size`,
        attributes: { type, bits: 128 },
        data: HMAC_KEY,
        status: 'INVALID_ARGUMENT',
      },
    ];
  }),
  { name: 'AES-128', attributes: AES, data: AES_KEY, status: 'SUCCESS', bits: 128 },
  { name: 'AES-192', attributes: AES, data: new Uint8Array(24), status: 'SUCCESS', bits: 192 },
  {
    name: 'AES-256',
    attributes: { ...AES, bits: 256 },
    data: new Uint8Array(32),
    status: 'SUCCESS',
    bits: 256,
  },
  { name: 'AES of 15 bytes', attributes: AES, data: new Uint8Array(15), status: 'INVALID_ARGUMENT' },
  {
    name: 'AES of another size',
    attributes: { ...AES, bits: 256 },
    data: AES_KEY,
    status: 'INVALID_ARGUMENT',
  },
  { name: 'AES empty', attributes: AES, data: NOTHING, status: 'INVALID_ARGUMENT' },
  { name: 'P-256 pair', attributes: PAIR, data: P256_SCALAR, status: 'SUCCESS', bits: 256 },
  {
    name: 'P-256 pair, size given',
    attributes: { ...PAIR, bits: 256 },
    data: P256_SCALAR,
    status: 'SUCCESS',
    bits: 256,
  },
  {
    name: 'P-256 pair as P-384',
    attributes: { ...PAIR, bits: 384 },
    data: P256_SCALAR,
    status: 'INVALID_ARGUMENT',
  },
  { name: 'P-256 scalar 0', attributes: PAIR, data: new Uint8Array(32), status: 'INVALID_ARGUMENT' },
  { name: 'P-256 scalar n', attributes: PAIR, data: P256_ORDER, status: 'INVALID_ARGUMENT' },
  {
    name: 'P-256 scalar n - 1',
    attributes: PAIR,
    data: spoilt(P256_ORDER, -1),
    status: 'SUCCESS',
    bits: 256,
  },
  { name: 'P-256 scalar short', attributes: PAIR, data: P256_SCALAR.subarray(1), status: 'INVALID_ARGUMENT' },
  { name: 'P-256 public', attributes: PUBLIC, data: P256_POINT, status: 'SUCCESS', bits: 256 },
  {
    name: 'P-256 point off the curve',
    attributes: PUBLIC,
    data: spoilt(P256_POINT, -1),
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'P-256 point in another form',
    attributes: PUBLIC,
    data: spoilt(P256_POINT, 0),
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'P-256 point compressed',
    attributes: PUBLIC,
    data: join(unhex('03'), P256_POINT.subarray(1, 33)),
    status: 'INVALID_ARGUMENT',
  },
  { name: 'P-256 point at infinity', attributes: PUBLIC, data: unhex('00'), status: 'INVALID_ARGUMENT' },
  {
    name: 'P-256 point cut off',
    attributes: PUBLIC,
    data: P256_POINT.subarray(0, 64),
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'a curve size that is not supported',
    attributes: { ...PAIR, bits: 255 },
    data: P256_SCALAR,
    status: 'NOT_SUPPORTED',
    or: 'INVALID_ARGUMENT',
  },
  {
    name: 'a curve family that is not supported',
    attributes: { type: PSA_KEY_TYPE_ECC_KEY_PAIR(UNKNOWN_FAMILY) },
    data: P256_SCALAR,
    status: 'NOT_SUPPORTED',
  },
  { name: 'RSA pair', attributes: RSA, data: RSA_PAIR, status: 'SUCCESS', bits: 1024 },
  {
    name: 'RSA pair of another size',
    attributes: { ...RSA, bits: 2048 },
    data: RSA_PAIR,
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'RSA pair with bytes behind',
    attributes: RSA,
    data: join(RSA_PAIR, unhex('00')),
    status: 'INVALID_ARGUMENT',
  },
  { name: 'RSA pair cut off', attributes: RSA, data: RSA_PAIR.subarray(0, -1), status: 'INVALID_ARGUMENT' },
  {
    name: 'RSA pair whose numbers do not fit',
    attributes: RSA,
    data: spoilt(RSA_PAIR, -1),
    status: 'INVALID_ARGUMENT',
  },
  { name: 'RSA pair that is a public key', attributes: RSA, data: RSA_PUBLIC, status: 'INVALID_ARGUMENT' },
  { name: 'RSA pair that is no DER', attributes: RSA, data: HMAC_KEY, status: 'INVALID_ARGUMENT' },
  { name: 'RSA public', attributes: RSA_ONLY, data: RSA_PUBLIC, status: 'SUCCESS', bits: 1024 },
  { name: 'RSA public that is a pair', attributes: RSA_ONLY, data: RSA_PAIR, status: 'INVALID_ARGUMENT' },
  {
    name: 'RSA public with bytes behind',
    attributes: RSA_ONLY,
    data: join(RSA_PUBLIC, unhex('00')),
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'RSA public of 512 bits',
    attributes: RSA_ONLY,
    data: join(unhex('3048024100'), unhex('c7'.repeat(64)), unhex('0203010001')),
    status: 'NOT_SUPPORTED',
  },
  {
    name: 'RSA public of any odd modulus',
    attributes: RSA_ONLY,
    data: join(unhex('30818902818100'), unhex('c7'.repeat(128)), unhex('0203010001')),
    status: 'SUCCESS',
    bits: 1024,
  },
  {
    name: 'RSA public of 1031 bits',
    attributes: RSA_ONLY,
    data: join(unhex('308189028181'), unhex('7f'.repeat(129)), unhex('0203010001')),
    status: 'NOT_SUPPORTED',
  },
  {
    name: 'RSA public with an even modulus',
    attributes: RSA_ONLY,
    data: join(unhex('30818902818100'), unhex('c8'.repeat(128)), unhex('0203010001')),
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'no type',
    attributes: {},
    data: HMAC_KEY,
    status: 'INVALID_ARGUMENT',
    or: 'NOT_SUPPORTED',
  },
  {
    name: 'a type that is not supported',
    attributes: { type: UNKNOWN_KEY_TYPE },
    data: new Uint8Array(32),
    status: 'NOT_SUPPORTED',
  },
  {
    name: 'an unknown usage',
    attributes: { ...AES, usage: 0x80000000 },
    data: AES_KEY,
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'another location',
    attributes: { ...AES, lifetime: PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(0, 1) },
    data: AES_KEY,
    status: 'INVALID_ARGUMENT',
  },
];

describe('psa_import_key', () => {
  it.each(IMPORTS)('$name: $status', async ({ attributes, data, status, or = status, bits }) => {
    const { psa } = await openForTest();
    const imported = await psa.importKey({ usage: PSA_KEY_USAGE_EXPORT, ...attributes }, data);
    expect([status, or]).toContain(await named(imported));
    if (status !== 'SUCCESS') {
      expect(imported.key).toBe(PSA_KEY_ID_NULL);
      return;
    }
    expect((await must(psa.getKeyAttributes(imported.key))).attributes.bits).toBe(bits);
    expect(hex((await must(psa.exportKey(imported.key))).data)).toBe(hex(data));
  });

  it('refuses a volatile key with an id', async () => {
    const { psa, call } = await openForTest();
    // The setters of every client make such a key persistent, so the call record is written by hand.
    const attributes = { type: PSA_KEY_TYPE_AES, bits: 0, lifetime: 0, usage: 0, alg: 0, id: 5 };
    expect((await call(0x0201, [attributes, AES_KEY]))[0]).toBe(PSA_ERROR_INVALID_ARGUMENT);
    expect(await named(psa.getKeyAttributes(5))).toBe('INVALID_HANDLE');
  });
});
