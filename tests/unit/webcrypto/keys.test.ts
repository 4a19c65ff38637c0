/** Keys of the device as CryptoKeys: whose they are, what they may do, when they end. */
import { describe, expect, test } from 'vitest';
import { type PsaCrypto, PsaFailure } from '../../../clients/webcrypto/index.ts';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CTR,
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_RSA_OAEP,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_PERMITTED,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../../psa-api/constants.ts';
import { must } from '../../support/status.ts';
import { NODE, openCrypto, pattern } from '../../support/webcrypto.ts';

const GCM = { name: 'AES-GCM', iv: pattern(12) };
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

const aes = (crypto: PsaCrypto, extractable = false) =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, extractable, ['encrypt', 'decrypt']);

describe.each(['psa-full', 'stm32h573-sm-1.2', 'stm32h573-sm-1.1'])('the DUA user key of %s', (profile) => {
  test('signs, and never leaves', async () => {
    const { crypto } = await openCrypto({ profile });
    const { subtle } = crypto;
    const key = await crypto.keyFromId(PSA_KEY_ID_ST_DUA_USER, 'ECDSA', ['sign']);
    expect(key).toMatchObject({
      type: 'private',
      extractable: false,
      algorithm: { name: 'ECDSA', namedCurve: 'P-256' },
      usages: ['sign'],
    });
    const publicKey = await subtle.getPublicKey(key, ['verify']);
    const spki = await subtle.exportKey('spki', publicKey);
    const atNode = await NODE.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'verify',
    ]);
    for (const length of [10, 20_000]) {
      const signature = await subtle.sign(ES256, key, pattern(length));
      expect(await NODE.verify(ES256, atNode, signature, pattern(length))).toBe(true);
      expect(await subtle.verify(ES256, publicKey, signature, pattern(length))).toBe(true);
    }
    await expect(subtle.exportKey('pkcs8', key)).rejects.toMatchObject({ name: 'InvalidAccessError' });
    // It is read-only: destroying it is refused, and it goes on signing.
    await expect(crypto.destroyKey(key)).rejects.toMatchObject({
      name: 'InvalidAccessError',
      cause: { status: PSA_ERROR_NOT_PERMITTED, psaFunction: 'psa_destroy_key' },
    });
    await expect(subtle.sign(ES256, key, pattern(1))).resolves.toBeInstanceOf(ArrayBuffer);
  });
});

describe('a key that is there already', () => {
  const usage = PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;
  const made = [
    [
      'AES-GCM',
      {
        type: PSA_KEY_TYPE_AES,
        bits: 256,
        usage: PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT,
        alg: PSA_ALG_GCM,
      },
      ['encrypt', 'decrypt'],
      { name: 'AES-GCM', length: 256 },
      'secret',
    ],
    [
      'HMAC',
      {
        type: PSA_KEY_TYPE_HMAC,
        bits: 160,
        usage: usage | PSA_KEY_USAGE_EXPORT,
        alg: PSA_ALG_HMAC(PSA_ALG_SHA_384),
      },
      ['sign', 'verify'],
      { name: 'HMAC', length: 160, hash: { name: 'SHA-384' } },
      'secret',
    ],
    [
      'HKDF',
      {
        type: PSA_KEY_TYPE_DERIVE,
        bits: 256,
        usage: PSA_KEY_USAGE_DERIVE,
        alg: PSA_ALG_HKDF(PSA_ALG_SHA_256),
      },
      ['deriveBits'],
      { name: 'HKDF', hash: { name: 'SHA-256' } },
      'secret',
    ],
    [
      'ECDSA',
      {
        type: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
        bits: 384,
        usage: PSA_KEY_USAGE_SIGN_HASH,
        alg: PSA_ALG_ECDSA(PSA_ALG_SHA_384),
      },
      ['sign'],
      { name: 'ECDSA', namedCurve: 'P-384' },
      'private',
    ],
    [
      'RSA-OAEP',
      {
        type: PSA_KEY_TYPE_RSA_KEY_PAIR,
        bits: 2048,
        usage: PSA_KEY_USAGE_DECRYPT,
        alg: PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256),
      },
      ['decrypt'],
      {
        name: 'RSA-OAEP',
        modulusLength: 2048,
        publicExponent: Uint8Array.of(1, 0, 1),
        hash: { name: 'SHA-256' },
      },
      'private',
    ],
  ] as const;

  test.each(made)('%s is described by its attributes', async (name, attributes, usages, algorithm, type) => {
    const { crypto, psa } = await openCrypto();
    const { key: id } = await must(psa.generateKey(attributes));
    const key = await crypto.keyFromId(id, name, usages);
    expect(key).toMatchObject({ type, usages, algorithm });
    expect(key.extractable).toBe((attributes.usage & PSA_KEY_USAGE_EXPORT) !== 0);
    expect(key.algorithm).toEqual(algorithm);
    // It is not one of those that end with the crypto.
    expect(crypto.keyCount()).toBe(0);
    await crypto.close();
    await must(psa.getKeyAttributes(id));
  });

  test('a public key', async () => {
    const { crypto, psa } = await openCrypto();
    const { publicKey, privateKey } = await crypto.subtle.generateKey(
      { name: 'ECDSA', namedCurve: 'P-256' },
      true,
      ['sign', 'verify'],
    );
    const type = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);
    const attributes = { type, usage: PSA_KEY_USAGE_VERIFY_MESSAGE, alg: PSA_ALG_ECDSA(PSA_ALG_SHA_256) };
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
    const { key: id } = await must(psa.importKey(attributes, point));
    const key = await crypto.keyFromId(id, 'ECDSA', ['verify']);
    expect(key).toMatchObject({ type: 'public', algorithm: { namedCurve: 'P-256' } });
    const signature = await crypto.subtle.sign(ES256, privateKey, pattern(3));
    expect(await crypto.subtle.verify(ES256, key, signature, pattern(3))).toBe(true);
  });

  test('is refused where type, curve or policy are others', async () => {
    const { crypto, psa } = await openCrypto();
    const attributes = { type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT, alg: PSA_ALG_CTR };
    const { key: id } = await must(psa.generateKey(attributes));
    const adopt = (name: string, usages: readonly ('encrypt' | 'decrypt' | 'sign')[]) =>
      crypto.keyFromId(id, { name, hash: 'SHA-256' }, usages);
    await expect(adopt('AES-CTR', ['encrypt', 'decrypt'])).rejects.toThrow(
      'AES-CTR: the policy of this key does not allow decrypt',
    );
    await expect(adopt('HMAC', ['sign'])).rejects.toThrow('the key in the device is of another type');
    await expect(adopt('ECDSA', ['sign'])).rejects.toThrow('is on none of its curves');
    await expect(adopt('RSA-OAEP', ['decrypt'])).rejects.toThrow('is of another type');
    await expect(adopt('AES-CTR', ['sign'])).rejects.toMatchObject({ name: 'SyntaxError' });
    await expect(
      crypto.keyFromId(PSA_KEY_ID_ST_DUA_USER, { name: 'ECDSA', namedCurve: 'P-384' }, ['sign']),
    ).rejects.toMatchObject({ name: 'InvalidAccessError' });
    await expect(crypto.keyFromId(77, 'AES-CTR', ['encrypt'])).rejects.toMatchObject({
      name: 'InvalidAccessError',
    });
  });

  test('a policy for another algorithm shows at its use', async () => {
    const { crypto, psa } = await openCrypto();
    const usage = PSA_KEY_USAGE_ENCRYPT;
    const attributes = { type: PSA_KEY_TYPE_AES, bits: 128, usage, alg: PSA_ALG_CBC_NO_PADDING };
    const { key: id } = await must(psa.generateKey(attributes));
    const key = await crypto.keyFromId(id, 'AES-CBC', ['encrypt']);
    const refused = crypto.subtle.encrypt({ name: 'AES-CBC', iv: pattern(16) }, key, pattern(16));
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidAccessError',
      cause: { status: PSA_ERROR_NOT_PERMITTED, psaFunction: 'psa_cipher_encrypt_setup' },
    });
  });

  test('opaque: HKDF derives from it and its output stays in the device', async () => {
    const { crypto, psa, calls } = await openCrypto();
    const attributes = {
      type: PSA_KEY_TYPE_DERIVE,
      usage: PSA_KEY_USAGE_DERIVE,
      alg: PSA_ALG_HKDF(PSA_ALG_SHA_256),
    };
    const { key: id } = await must(psa.importKey(attributes, pattern(32)));
    const base = await crypto.keyFromId(id, 'HKDF', ['deriveKey']);
    const use = { name: 'HKDF', hash: 'SHA-256', salt: pattern(8), info: pattern(8) };
    calls.length = 0;
    const key = await crypto.subtle.deriveKey(use, base, { name: 'AES-GCM', length: 128 }, false, [
      'encrypt',
    ]);
    expect(calls).toContain('psa_key_derivation_output_key');
    expect(calls).not.toContain('psa_key_derivation_output_bytes');
    expect(calls).not.toContain('psa_import_key');
    const atNode = await NODE.importKey('raw', pattern(32), 'HKDF', false, ['deriveKey']);
    const same = await NODE.deriveKey(use, atNode, { name: 'AES-GCM', length: 128 }, false, ['encrypt']);
    expect(await crypto.subtle.encrypt(GCM, key, pattern(9))).toEqual(
      await NODE.encrypt(GCM, same, pattern(9)),
    );
  });
});

describe('the life of keys', () => {
  test('a private or secret key is in the device until it is destroyed', async () => {
    const { crypto, device } = await openCrypto();
    const key = await aes(crypto);
    expect([device.status().keys.volatile, crypto.keyCount()]).toEqual([1, 1]);
    await crypto.destroyKey(key);
    expect([device.status().keys.volatile, crypto.keyCount()]).toEqual([0, 0]);
  });

  test('a destroyed key is refused, although its id may be in use again', async () => {
    const { crypto } = await openCrypto({ profile: 'stm32h573-sm-1.2' });
    const key = await aes(crypto);
    await crypto.destroyKey(key);
    const next = await aes(crypto);
    await expect(crypto.subtle.encrypt(GCM, key, pattern(1))).rejects.toMatchObject({
      name: 'InvalidAccessError',
      message: 'this secret AES-GCM key was destroyed',
    });
    await expect(crypto.subtle.encrypt(GCM, next, pattern(1))).resolves.toBeInstanceOf(ArrayBuffer);
    await expect(crypto.destroyKey(key)).rejects.toMatchObject({ name: 'InvalidAccessError' });
  });

  test('public keys never fill the device', async () => {
    const { crypto, device } = await openCrypto({ profile: 'stm32h573-sm-1.2' });
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
    const { publicKey, privateKey } = await crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify']);
    const signature = await crypto.subtle.sign(ES256, privateKey, pattern(1));
    const raw = await crypto.subtle.exportKey('raw', publicKey);
    for (let i = 0; i < 40; i++) {
      const key = await crypto.subtle.importKey('raw', raw, ecdsa, true, ['verify']);
      expect(await crypto.subtle.verify(ES256, key, signature, pattern(1))).toBe(true);
    }
    expect(device.status().keys.volatile).toBe(1);
    await crypto.destroyKey(publicKey);
    await expect(crypto.subtle.verify(ES256, publicKey, signature, pattern(1))).rejects.toThrow('destroyed');
  });

  test('a full device says what makes room', async () => {
    const { crypto } = await openCrypto({ profile: 'stm32h573-sm-1.2' });
    const fill = async () => {
      for (;;) await aes(crypto);
    };
    await expect(fill()).rejects.toMatchObject({
      name: 'OperationError',
      message: expect.stringContaining('PSA_ERROR_INSUFFICIENT_MEMORY; destroyKey makes room in the device'),
    });
    expect(crypto.keyCount()).toBe(32);
  });

  test('closing destroys them all', async () => {
    const { crypto, device } = await openCrypto();
    await Promise.all([aes(crypto), aes(crypto), aes(crypto)]);
    await crypto.close();
    expect(device.status().keys.volatile).toBe(0);
    await expect(aes(crypto)).rejects.toThrow('closed');
  });

  test('a HKDF key with a hash goes into the device at once', async () => {
    const { crypto, device } = await openCrypto();
    const { subtle } = crypto;
    const late = await subtle.importKey('raw', pattern(32), 'HKDF', false, ['deriveBits']);
    expect(device.status().keys.volatile).toBe(0);
    const early = await subtle.importKey('raw', pattern(32), { name: 'HKDF', hash: 'SHA-256' }, false, [
      'deriveBits',
    ]);
    expect(device.status().keys.volatile).toBe(1);
    const use = { name: 'HKDF', hash: 'SHA-256', salt: pattern(4), info: pattern(4) };
    expect(await subtle.deriveBits(use, early, 256)).toEqual(await subtle.deriveBits(use, late, 256));
    // Its policy is for that hash alone.
    await expect(subtle.deriveBits({ ...use, hash: 'SHA-512' }, early, 256)).rejects.toMatchObject({
      name: 'InvalidAccessError',
    });
  });

  test('key data that is changed afterwards, and frozen keys', async () => {
    const { crypto } = await openCrypto();
    const data = pattern(16);
    const importing = crypto.subtle.importKey('raw', data, 'AES-GCM', true, ['encrypt']);
    data.fill(0);
    const key = await importing;
    expect(new Uint8Array(await crypto.subtle.exportKey('raw', key))).toEqual(pattern(16));
    expect(() => key.usages.push('decrypt')).toThrow(TypeError);
    expect(Object.prototype.toString.call(key)).toBe('[object CryptoKey]');
    expect(JSON.stringify(key)).not.toContain('id');
  });
});

describe('what failed', () => {
  test('has the PSA function and status in its cause', async () => {
    const { crypto } = await openCrypto();
    const key = await aes(crypto);
    const error: unknown = await crypto.subtle.decrypt(GCM, key, pattern(32)).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DOMException);
    const { cause } = error as Error;
    expect(cause).toBeInstanceOf(PsaFailure);
    expect(cause).toMatchObject({ psaFunction: 'psa_aead_decrypt', status: PSA_ERROR_INVALID_SIGNATURE });
    const wrong = crypto.subtle.importKey(
      'raw',
      Uint8Array.of(4, ...pattern(64)),
      { name: 'ECDH', namedCurve: 'P-256' },
      true,
      [],
    );
    await expect(wrong).rejects.toMatchObject({
      name: 'DataError',
      cause: { status: PSA_ERROR_INVALID_ARGUMENT },
    });
  });

  test('the public half in the data must be that of the private key', async () => {
    const { crypto, device } = await openCrypto();
    const [one, other] = await Promise.all(
      [1, 2].map(async () => {
        const pair = await NODE.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
        return NODE.exportKey('jwk', pair.privateKey);
      }),
    );
    const mixed = { ...one, d: other?.d ?? '' };
    const importing = crypto.subtle.importKey('jwk', mixed, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
    ]);
    await expect(importing).rejects.toMatchObject({ name: 'DataError' });
    expect(device.status().keys.volatile).toBe(0);
  });

  test('what a profile lacks is NotSupportedError', async () => {
    const { crypto } = await openCrypto({ profile: 'stm32h573-sm-1.2' });
    const { subtle } = crypto;
    const lacks = { name: 'NotSupportedError' };
    await expect(subtle.generateKey({ name: 'Ed25519' }, false, ['sign'])).rejects.toMatchObject(lacks);
    await expect(subtle.generateKey({ name: 'X25519' }, false, ['deriveBits'])).rejects.toMatchObject(lacks);
    await expect(
      subtle.generateKey({ name: 'AES-CBC', length: 192 }, false, ['encrypt']),
    ).rejects.toMatchObject(lacks);
    const password = await subtle.importKey('raw', pattern(8), 'PBKDF2', false, ['deriveBits']);
    const use = { name: 'PBKDF2', hash: 'SHA-256', salt: pattern(8), iterations: 2 };
    await expect(subtle.deriveBits(use, password, 256)).rejects.toMatchObject(lacks);
  });

  test('what PSA lacks is too', async () => {
    const { crypto } = await openCrypto();
    const { subtle } = crypto;
    const rsa = {
      name: 'RSA-PSS',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    };
    const { privateKey } = await subtle.generateKey(rsa, false, ['sign']);
    await expect(
      subtle.sign({ name: 'RSA-PSS', saltLength: 20 }, privateKey, pattern(1)),
    ).rejects.toMatchObject({
      name: 'NotSupportedError',
      message: "RSA-PSS: saltLength 20; with SHA-256, PSA's is 32",
    });
    const bits = subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 129 }, false, ['sign']);
    await expect(bits).rejects.toMatchObject({ name: 'NotSupportedError' });
  });
});

describe.each(['stm32h573-sm-1.2', 'stm32h573-sm-1.1'])('on %s', (profile) => {
  test('long inputs go in pieces', async () => {
    const { crypto } = await openCrypto({ profile });
    const { subtle } = crypto;
    const data = pattern(40_000);
    expect(await subtle.digest('SHA-256', data)).toEqual(await NODE.digest('SHA-256', data));
    const key = await subtle.importKey('raw', pattern(32), 'AES-CBC', false, ['encrypt']);
    const atNode = await NODE.importKey('raw', pattern(32), 'AES-CBC', false, ['encrypt']);
    const cbc = { name: 'AES-CBC', iv: pattern(16) };
    // More at a time than the device has operations.
    const many = await Promise.all(Array.from({ length: 12 }, () => subtle.encrypt(cbc, key, data)));
    const expected = await NODE.encrypt(cbc, atNode, data);
    for (const one of many) expect(one).toEqual(expected);
  });

  test('GCM: as much as the device can do at all', async () => {
    const { crypto } = await openCrypto({ profile });
    const { subtle } = crypto;
    const key = await subtle.importKey('raw', pattern(32), 'AES-GCM', false, ['encrypt', 'decrypt']);
    const atNode = await NODE.importKey('raw', pattern(32), 'AES-GCM', false, ['encrypt']);
    const sealed = await subtle.encrypt(GCM, key, pattern(6000));
    expect(sealed).toEqual(await NODE.encrypt(GCM, atNode, pattern(6000)));
    expect(new Uint8Array(await subtle.decrypt(GCM, key, sealed))).toEqual(pattern(6000));
    const long = subtle.encrypt(GCM, key, pattern(40_000));
    // Secure Manager 1.1 has no multi-part AEAD, and in one call this is more than its shared area.
    if (profile === 'stm32h573-sm-1.1') await expect(long).rejects.toMatchObject({ name: 'OperationError' });
    else expect(await long).toEqual(await NODE.encrypt(GCM, atNode, pattern(40_000)));
  });
});
