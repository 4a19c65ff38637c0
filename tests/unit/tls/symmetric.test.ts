/** Hashes, MACs, key derivation and ciphers of the adapter against node:crypto. */
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PsaFailure } from '../../../clients/tls/index.ts';
import { PSA_ERROR_INVALID_SIGNATURE } from '../../../psa-api/constants.ts';
import { bytesOf } from '../../support/bytes.ts';
import { open } from './device.ts';

const ramp = (length: number, start = 0): Uint8Array => Uint8Array.from({ length }, (_, i) => start + i);

const HASHES = [
  ['SHA-1', 'sha1', 20],
  ['SHA-256', 'sha256', 32],
  ['SHA-384', 'sha384', 48],
] as const;

describe.each(HASHES)('%s', (name, node, length) => {
  test('hash', async () => {
    const { crypto, calls } = await open();
    for (const n of [0, 1, 63, 64, 200]) {
      const expected = bytesOf(createHash(node).update(ramp(n)).digest());
      expect(await crypto.hash(name, ramp(n))).toEqual(expected);
    }
    expect(calls.filter((call) => call === 'psa_hash_compute')).toHaveLength(5);
  });

  test('hmac', async () => {
    const { crypto } = await open();
    for (const n of [1, 20, 32, 48, 64, 200]) {
      const key = await crypto.importKey(name, ramp(n));
      expect(key).toMatchObject({ kind: 'key', algorithm: name });
      const expected = bytesOf(createHmac(node, ramp(n)).update(ramp(99)).digest());
      expect(await crypto.hmac(name, key, ramp(99))).toEqual(expected);
    }
  });

  test.each([
    ['psa-full', 'psa_key_derivation_setup'],
    // It has no PSA_ALG_HKDF_EXTRACT.
    ['stm32h573-sm-1.2', 'psa_mac_compute'],
  ])('extract on %s: RFC 5869 2.2, no salt being as long a salt of zeros', async (profile, by) => {
    const { crypto, device, calls } = await open({}, profile);
    const before = device.status().keys.volatile;
    const expected = (salt: Uint8Array) => bytesOf(createHmac(node, salt).update(ramp(40)).digest());
    expect(await crypto.extract(name, length, ramp(40), ramp(17))).toEqual(expected(ramp(17)));
    expect(await crypto.extract(name, length, ramp(40), 'a salt')).toEqual(expected(Buffer.from('a salt')));
    const zeros = expected(new Uint8Array(length));
    expect(await crypto.extract(name, length, ramp(40), '')).toEqual(zeros);
    expect(await crypto.extract(name, length, ramp(40), new Uint8Array(0))).toEqual(zeros);
    expect(calls.filter((call) => call === by)).toHaveLength(4);
    expect(device.status().keys.volatile).toBe(before);
    expect(device.status().operations).toEqual([]);
  });
});

describe.each([
  ['AES-128-GCM', 'aes-128-gcm', 16],
  ['AES-256-GCM', 'aes-256-gcm', 32],
] as const)('%s', (name, node, keyLength) => {
  test('both ways', async () => {
    const { crypto } = await open();
    const key = await crypto.importKey(name, ramp(keyLength));
    for (const n of [0, 1, 16, 31, 1000]) {
      const [iv, aead, data] = [ramp(12, n), ramp(13), ramp(n)];
      const cipher = createCipheriv(node, ramp(keyLength), iv).setAAD(aead);
      const expected = bytesOf(Buffer.concat([cipher.update(data), cipher.final()]));
      const { ciphertext, authTag } = await crypto.authenticatedEncrypt(name, { key, iv, aead, data });
      expect(bytesOf(ciphertext)).toEqual(expected);
      expect(bytesOf(authTag)).toEqual(bytesOf(cipher.getAuthTag()));
      const back = await crypto.authenticatedDecrypt(name, { key, iv, aead, data: ciphertext, authTag });
      expect(back.plaintext).toEqual(data);
    }
  });

  test('a wrong tag, ciphertext, nonce or additional data is refused by name', async () => {
    const { crypto } = await open();
    const key = await crypto.importKey(name, ramp(keyLength));
    const sealed = { key, iv: ramp(12), aead: ramp(13) };
    const { ciphertext, authTag } = await crypto.authenticatedEncrypt(name, { ...sealed, data: ramp(20) });
    const good = { ...sealed, data: ciphertext, authTag };
    const other = (data: Uint8Array) => data.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
    const changed = [
      { ...good, authTag: other(authTag) },
      { ...good, data: other(ciphertext) },
      { ...good, iv: other(good.iv) },
      { ...good, aead: other(good.aead) },
    ];
    for (const options of changed) {
      const failure = await crypto.authenticatedDecrypt(name, options).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PsaFailure);
      expect(failure).toMatchObject({
        message: `${name}: psa_aead_decrypt answered PSA_ERROR_INVALID_SIGNATURE`,
        status: PSA_ERROR_INVALID_SIGNATURE,
        psaFunction: 'psa_aead_decrypt',
      });
    }
  });

  test('a key of another length is refused', async () => {
    const { crypto } = await open();
    const refused = `${name}: psa_import_key answered PSA_ERROR_INVALID_ARGUMENT`;
    await expect(crypto.importKey(name, ramp(keyLength === 16 ? 32 : 16))).rejects.toThrow(refused);
    await expect(crypto.importKey(name, ramp(0))).rejects.toThrow(refused);
  });
});

test('AES-128-CBC both ways, with the IV given and no padding of its own', async () => {
  const { crypto } = await open();
  const key = await crypto.importKey('AES-128-CBC', ramp(16));
  for (const n of [16, 32, 160]) {
    const iv = ramp(16, n);
    const cipher = createCipheriv('aes-128-cbc', ramp(16), iv).setAutoPadding(false);
    const expected = bytesOf(Buffer.concat([cipher.update(ramp(n)), cipher.final()]));
    expect(await crypto.encrypt('AES-128-CBC', { key, iv, data: ramp(n) })).toEqual(expected);
    const decipher = createDecipheriv('aes-128-cbc', ramp(16), iv).setAutoPadding(false);
    const back = bytesOf(Buffer.concat([decipher.update(expected), decipher.final()]));
    expect(await crypto.decrypt('AES-128-CBC', { key, iv, data: expected })).toEqual(back);
  }
});

test('AES-128-CBC leaves no operation behind when the data is no whole number of blocks', async () => {
  const { crypto, device } = await open();
  const key = await crypto.importKey('AES-128-CBC', ramp(16));
  const encrypted = crypto.encrypt('AES-128-CBC', { key, iv: ramp(16), data: ramp(17) });
  await expect(encrypted).rejects.toThrow(
    'AES-128-CBC: psa_cipher_finish answered PSA_ERROR_INVALID_ARGUMENT',
  );
  const decrypted = crypto.decrypt('AES-128-CBC', { key, iv: ramp(16), data: ramp(17) });
  await expect(decrypted).rejects.toThrow(
    'AES-128-CBC: psa_cipher_decrypt answered PSA_ERROR_INVALID_ARGUMENT',
  );
  await expect(crypto.decrypt('AES-128-CBC', { key, iv: ramp(12), data: ramp(16) })).rejects.toThrow(
    'an IV of 12',
  );
  expect(device.status().operations).toEqual([]);
});
