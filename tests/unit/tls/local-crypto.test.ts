/** The trap that shows whether anything but the device computes: it has to close, and to open again. */
import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { withoutLocalCrypto } from '../../../demo/local-crypto.ts';

test('Web Crypto throws inside and works outside', async () => {
  const digest = () => webcrypto.subtle.digest('SHA-256', new Uint8Array(1));
  const random = () => globalThis.crypto.getRandomValues(new Uint8Array(1));
  expect((await digest()).byteLength).toBe(32);
  await withoutLocalCrypto(async () => {
    expect(digest).toThrow('local cryptography was used: digest');
    expect(random).toThrow('local cryptography was used: getRandomValues');
    expect(() => globalThis.crypto.subtle.exportKey).not.toThrow();
  });
  expect((await digest()).byteLength).toBe(32);
  expect(random()).toHaveLength(1);
});

test('it opens again when the work fails', async () => {
  await expect(withoutLocalCrypto(() => Promise.reject(new Error('the work')))).rejects.toThrow('the work');
  expect((await webcrypto.subtle.digest('SHA-256', new Uint8Array(1))).byteLength).toBe(32);
});
