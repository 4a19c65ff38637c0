/** Reading, exporting, generating, copying and destroying keys. PSA Crypto 1.3, 9. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_CCM,
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_HMAC,
  PSA_ALG_NONE,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_KEY_ID_NULL,
  PSA_KEY_ID_VENDOR_MAX,
  PSA_KEY_ID_VENDOR_MIN,
  PSA_KEY_LIFETIME_VOLATILE,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_RSA_PUBLIC_KEY,
  PSA_KEY_USAGE_CACHE,
  PSA_KEY_USAGE_COPY,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../../psa-api/constants.ts';
import { ascii, bytesOf, hex, NOTHING, unhex } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import {
  AES_KEY,
  ALL_USAGE,
  aesKey,
  hmacKey,
  P256_PAIR_TYPE,
  P256_POINT,
  P256_PUBLIC_TYPE,
  P256_SCALAR,
  p256Pair,
  RSA_PUBLIC,
  rawKey,
  rsaPair,
} from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_KEY_TYPE } from '../../support/unsupported.ts';

onBothCarriers((carrier, open) => {
  describe(`keys ${carrier}`, () => {
    it('have complete attributes', async () => {
      const { psa } = await open();
      const alg = PSA_ALG_ECDSA(PSA_ALG_ANY_HASH);
      const usage = PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_CACHE;
      const { key } = await must(psa.importKey({ type: P256_PAIR_TYPE, alg, usage }, P256_SCALAR));
      const { attributes } = await must(psa.getKeyAttributes(key));
      expect(attributes).toEqual({
        type: P256_PAIR_TYPE,
        bits: 256,
        lifetime: PSA_KEY_LIFETIME_VOLATILE,
        usage: usage | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE,
        alg,
        id: key,
      });
      expect(key).toBeGreaterThanOrEqual(PSA_KEY_ID_VENDOR_MIN);
      expect(key).toBeLessThanOrEqual(PSA_KEY_ID_VENDOR_MAX);
    });

    it('give room errors and stay as they are', async () => {
      const { psa } = await open();
      const key = await p256Pair(psa, PSA_ALG_ECDH);
      expect(await named(psa.exportKey(key, 31))).toBe('BUFFER_TOO_SMALL');
      expect(await named(psa.exportPublicKey(key, 64))).toBe('BUFFER_TOO_SMALL');
      expect(hex((await must(psa.exportKey(key, 32))).data)).toBe(hex(P256_SCALAR));
      expect(hex((await must(psa.exportPublicKey(key, 65))).data)).toBe(hex(P256_POINT));
    });

    it('are exported with leave, public parts always', async () => {
      const { psa } = await open();
      const pair = await p256Pair(psa, PSA_ALG_ECDH, { usage: 0 });
      expect(await named(psa.exportKey(pair))).toBe('NOT_PERMITTED');
      expect(hex((await must(psa.exportPublicKey(pair))).data)).toBe(hex(P256_POINT));
      const point = await must(psa.importKey({ type: P256_PUBLIC_TYPE }, P256_POINT));
      expect(hex((await must(psa.exportKey(point.key))).data)).toBe(hex(P256_POINT));
      expect(hex((await must(psa.exportPublicKey(point.key))).data)).toBe(hex(P256_POINT));
      const rsa = await rsaPair(psa, PSA_ALG_NONE, { usage: 0 });
      expect(hex((await must(psa.exportPublicKey(rsa))).data)).toBe(hex(RSA_PUBLIC));
      expect(await named(psa.exportPublicKey(await aesKey(psa, PSA_ALG_GCM)))).toBe('INVALID_ARGUMENT');
    });

    it('are gone once destroyed', async () => {
      const { psa, device } = await open();
      const key = await aesKey(psa, PSA_ALG_GCM);
      await must(psa.destroyKey(key));
      expect(await named(psa.destroyKey(key))).toBe('INVALID_HANDLE');
      expect(await named(psa.getKeyAttributes(key))).toBe('INVALID_HANDLE');
      expect(await named(psa.purgeKey(key))).toBe('INVALID_HANDLE');
      expect(await named(psa.exportKey(key))).toBe('INVALID_HANDLE');
      expect(await named(psa.copyKey(key, {}))).toBe('INVALID_HANDLE');
      expect(device.status().keys.volatile).toBe(0);
    });

    it('with the null id: destroying does nothing, all else is INVALID_HANDLE', async () => {
      const { psa } = await open();
      expect(await named(psa.destroyKey(PSA_KEY_ID_NULL))).toBe('SUCCESS');
      expect(await named(psa.purgeKey(PSA_KEY_ID_NULL))).toBe('INVALID_HANDLE');
      expect(await named(psa.getKeyAttributes(PSA_KEY_ID_NULL))).toBe('INVALID_HANDLE');
      expect(await named(psa.exportPublicKey(PSA_KEY_ID_NULL))).toBe('INVALID_HANDLE');
    });

    it('of another owner are not there', async () => {
      const { psa, another } = await open();
      const key = await aesKey(psa, PSA_ALG_GCM, { id: 7 });
      const other = await another({ owner: 42 });
      expect(await named(other.psa.exportKey(key))).toBe('INVALID_HANDLE');
      expect(await named(other.psa.destroyKey(key))).toBe('INVALID_HANDLE');
      // The id is free for the other owner, and the two keys know nothing of each other.
      await hmacKey(other.psa, PSA_ALG_NONE, { id: 7 });
      await must(other.psa.destroyKey(7));
      expect(hex((await must(psa.exportKey(7))).data)).toBe(hex(AES_KEY));
      const same = await another();
      expect(hex((await must(same.psa.exportKey(7))).data)).toBe(hex(AES_KEY));
    });

    it('survive a purge', async () => {
      const { psa } = await open();
      for (const extra of [{}, { id: 9 }]) {
        const key = await aesKey(psa, PSA_ALG_GCM, extra);
        await must(psa.purgeKey(key));
        expect(hex((await must(psa.exportKey(key))).data)).toBe(hex(AES_KEY));
      }
    });
  });
});

describe('psa_generate_key', () => {
  const usage = PSA_KEY_USAGE_EXPORT;

  it.each([
    [PSA_KEY_TYPE_RAW_DATA, 8, 1],
    [PSA_KEY_TYPE_HMAC, 256, 32],
    [PSA_KEY_TYPE_DERIVE, 65528, 8191],
    [PSA_KEY_TYPE_AES, 192, 24],
    [P256_PAIR_TYPE, 256, 32],
    [P256_PAIR_TYPE, 384, 48],
    [P256_PAIR_TYPE, 521, 66],
  ])('makes a key of type %i and %i bits', async (type, bits, length) => {
    const { psa } = await openForTest();
    const { key } = await must(psa.generateKey({ type, bits, usage }));
    expect((await must(psa.getKeyAttributes(key))).attributes).toMatchObject({ type, bits, usage, id: key });
    const { data } = await must(psa.exportKey(key));
    expect(data.length).toBe(length);
    const again = await must(psa.generateKey({ type, bits, usage }));
    if (length > 8) expect(hex((await must(psa.exportKey(again.key))).data)).not.toBe(hex(data));
    // What is exported can be imported.
    expect(await named(psa.importKey({ type, bits }, data))).toBe('SUCCESS');
  });

  it.each([
    ['no type', { bits: 128 }, 'INVALID_ARGUMENT', 'NOT_SUPPORTED'],
    ['no size', { type: PSA_KEY_TYPE_AES }, 'INVALID_ARGUMENT'],
    ['a size that AES has not', { type: PSA_KEY_TYPE_AES, bits: 100 }, 'INVALID_ARGUMENT'],
    ['a size that is no whole byte', { type: PSA_KEY_TYPE_HMAC, bits: 9 }, 'INVALID_ARGUMENT'],
    ['a public key', { type: P256_PUBLIC_TYPE, bits: 256 }, 'INVALID_ARGUMENT'],
    ['an RSA public key', { type: PSA_KEY_TYPE_RSA_PUBLIC_KEY, bits: 1024 }, 'INVALID_ARGUMENT'],
    ['RSA of no size', { type: PSA_KEY_TYPE_RSA_KEY_PAIR }, 'INVALID_ARGUMENT'],
    ['RSA that is weak', { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 512 }, 'NOT_SUPPORTED'],
    ['RSA that is too large', { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 8192 }, 'NOT_SUPPORTED'],
    ['RSA of odd size', { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 1025 }, 'INVALID_ARGUMENT'],
    ['a curve of another size', { type: P256_PAIR_TYPE, bits: 255 }, 'NOT_SUPPORTED', 'INVALID_ARGUMENT'],
    ['a type that is not supported', { type: UNKNOWN_KEY_TYPE, bits: 128 }, 'NOT_SUPPORTED'],
    ['an unknown usage', { type: PSA_KEY_TYPE_AES, bits: 128, usage: 0x40 }, 'INVALID_ARGUMENT'],
  ] as const)('refuses %s', async (_, attributes, ...statuses) => {
    const { psa, device } = await openForTest();
    expect(statuses).toContain(await named(psa.generateKey(attributes)));
    expect(device.status().keys.volatile).toBe(0);
  });
});

describe('psa_generate_key_custom', () => {
  const rsa = { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 1024 };
  const aes = { type: PSA_KEY_TYPE_AES, bits: 128 };

  it.each([
    ['no exponent', '', '010001'],
    ['3', '03', '03'],
    ['65537, low byte first', '01000100', '010001'],
    ['257', '0101', '0101'],
  ])('takes an RSA exponent: %s', async (_, data, exponent) => {
    const { psa } = await openForTest();
    const { key } = await must(psa.generateKeyCustom(rsa, { flags: 0 }, unhex(data)));
    const exported = await must(psa.exportPublicKey(key));
    expect(
      hex(exported.data).endsWith(
        `02${exponent.length === 6 ? '03' : exponent.length === 4 ? '02' : '01'}${exponent}`,
      ),
    ).toBe(true);
  });

  it.each([
    ['flags', rsa, 1, '', 'INVALID_ARGUMENT'],
    ['flags of another type', aes, 1, '', 'INVALID_ARGUMENT'],
    ['data of another type', aes, 0, '03', 'INVALID_ARGUMENT'],
    ['an even exponent', rsa, 0, '04', 'INVALID_ARGUMENT'],
    ['exponent 0', rsa, 0, '0000', 'INVALID_ARGUMENT'],
    ['exponent 1', rsa, 0, '01', 'INVALID_ARGUMENT'],
    ['an exponent that is too large', rsa, 0, '010000000001', 'NOT_SUPPORTED'],
    ['a public key', { type: PSA_KEY_TYPE_RSA_PUBLIC_KEY, bits: 1024 }, 0, '', 'INVALID_ARGUMENT'],
  ] as const)('refuses %s', async (_, attributes, flags, data, status) => {
    const { psa } = await openForTest();
    expect(await named(psa.generateKeyCustom(attributes, { flags }, unhex(data)))).toBe(status);
  });

  it('is psa_generate_key with the default parameters', async () => {
    const { psa } = await openForTest({ insecureSeed: 1 });
    const { psa: twin } = await openForTest({ insecureSeed: 1 });
    const usage = PSA_KEY_USAGE_EXPORT;
    const { key } = await must(psa.generateKeyCustom({ ...aes, usage }, { flags: 0 }, NOTHING));
    const { key: other } = await must(twin.generateKey({ ...aes, usage }));
    expect((await must(psa.exportKey(key))).data).toEqual((await must(twin.exportKey(other))).data);
  });
});

describe('psa_copy_key', () => {
  const usage = ALL_USAGE;

  it('has the usage that both sides permit', async () => {
    const { psa } = await openForTest();
    const source = await hmacKey(psa, PSA_ALG_HMAC(PSA_ALG_SHA_256), {
      usage: PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_EXPORT,
    });
    const { targetKey } = await must(
      psa.copyKey(source, {
        usage: PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE,
        alg: PSA_ALG_HMAC(PSA_ALG_SHA_256),
      }),
    );
    expect((await must(psa.getKeyAttributes(targetKey))).attributes).toEqual({
      type: PSA_KEY_TYPE_HMAC,
      bits: 160,
      lifetime: 0,
      usage: PSA_KEY_USAGE_SIGN_MESSAGE,
      alg: PSA_ALG_HMAC(PSA_ALG_SHA_256),
      id: targetKey,
    });
    expect(await named(psa.exportKey(targetKey))).toBe('NOT_PERMITTED');
  });

  // The flags are a bitwise-and; invalid flags are an error of the functions that make a new policy.
  it('has no flag that nobody has defined', async () => {
    const { psa } = await openForTest();
    const source = await aesKey(psa, PSA_ALG_GCM);
    const unknown = 0x40000040;
    const { targetKey } = await must(
      psa.copyKey(source, { usage: unknown | PSA_KEY_USAGE_EXPORT, alg: PSA_ALG_GCM }),
    );
    expect((await must(psa.getKeyAttributes(targetKey))).attributes.usage).toBe(PSA_KEY_USAGE_EXPORT);
  });

  it('has the algorithm that both sides permit', async () => {
    const { psa } = await openForTest();
    const source = await p256Pair(psa, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH));
    const alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    const { targetKey } = await must(psa.copyKey(source, { usage, alg }));
    expect((await must(psa.getKeyAttributes(targetKey))).attributes.alg).toBe(alg);
    const hash = new Uint8Array(64);
    expect(await named(psa.signHash(targetKey, PSA_ALG_ECDSA(PSA_ALG_SHA_512), hash))).toBe('NOT_PERMITTED');
  });

  it('is a key of its own', async () => {
    const { psa } = await openForTest();
    const source = await aesKey(psa, PSA_ALG_GCM);
    const { targetKey } = await must(psa.copyKey(source, { usage, alg: PSA_ALG_GCM, id: 11 }));
    expect(targetKey).toBe(11);
    await must(psa.destroyKey(source));
    expect(hex((await must(psa.exportKey(11))).data)).toBe(hex(AES_KEY));
  });

  it.each([
    ['another type', { type: PSA_KEY_TYPE_HMAC, alg: PSA_ALG_GCM }, 'INVALID_ARGUMENT'],
    ['another size', { bits: 256, alg: PSA_ALG_GCM }, 'INVALID_ARGUMENT'],
    ['another algorithm', { alg: PSA_ALG_CCM }, 'INVALID_ARGUMENT'],
    ['a read-only lifetime', { id: 3, lifetime: 0xff, alg: PSA_ALG_GCM }, 'INVALID_ARGUMENT'],
    ['the same type and size', { type: PSA_KEY_TYPE_AES, bits: 128, alg: PSA_ALG_GCM }, 'SUCCESS'],
  ] as const)('with %s: %s', async (_, attributes, status) => {
    const { psa } = await openForTest();
    const source = await aesKey(psa, PSA_ALG_GCM);
    expect(await named(psa.copyKey(source, { usage: 0, ...attributes }))).toBe(status);
  });

  it('needs leave', async () => {
    const { psa } = await openForTest();
    const source = await aesKey(psa, PSA_ALG_GCM, { usage: PSA_KEY_USAGE_EXPORT });
    expect(await named(psa.copyKey(source, { alg: PSA_ALG_GCM }))).toBe('NOT_PERMITTED');
    const raw = await rawKey(psa, PSA_ALG_NONE, { usage: PSA_KEY_USAGE_COPY });
    expect(await named(psa.copyKey(raw, {}))).toBe('SUCCESS');
  });
});

describe('key material', () => {
  it('is the same after the caller changes its buffer', async () => {
    const { psa } = await openForTest();
    const data = bytesOf(ascii('sixteen bytes!!!'));
    const { key } = await must(psa.importKey({ type: PSA_KEY_TYPE_AES, usage: PSA_KEY_USAGE_EXPORT }, data));
    data.fill(0);
    const exported = await must(psa.exportKey(key));
    expect(exported.data).toEqual(ascii('sixteen bytes!!!'));
    exported.data.fill(0);
    expect((await must(psa.exportKey(key))).data).toEqual(ascii('sixteen bytes!!!'));
  });
});
