/** getRandomValues and randomUUID: bytes of the device's generator, ahead of time. */
import { expect, test } from 'vitest';
import { openCrypto } from '../../support/webcrypto.ts';

test('bytes are those of the device, and no two the same', async () => {
  const { crypto } = await openCrypto();
  const one = crypto.getRandomValues(new Uint8Array(32));
  const other = crypto.getRandomValues(new Uint32Array(8));
  expect(Buffer.from(one)).not.toEqual(Buffer.from(other.buffer));
  const again = (await openCrypto()).crypto.getRandomValues(new Uint8Array(32));
  // The same seed.
  expect(again).toEqual(one);
});

test('only what was asked for is written', async () => {
  const { crypto } = await openCrypto();
  const whole = new Uint8Array(16);
  crypto.getRandomValues(whole.subarray(4, 8));
  expect([...whole.subarray(0, 4), ...whole.subarray(8)]).toEqual(new Array(12).fill(0));
  expect(whole.subarray(4, 8)).not.toEqual(new Uint8Array(4));
});

test('no integers, and too much', async () => {
  const { crypto } = await openCrypto();
  const name = (array: ArrayBufferView | null): unknown => {
    try {
      return crypto.getRandomValues(array);
    } catch (error) {
      return error instanceof Error ? error.name : error;
    }
  };
  expect(name(new Float64Array(1))).toBe('TypeMismatchError');
  expect(name(new DataView(new ArrayBuffer(1)))).toBe('TypeMismatchError');
  expect(name(null)).toBe('TypeMismatchError');
  expect(name(new Uint8Array(65_537))).toBe('QuotaExceededError');
});

test('a pool that has run dry says so, and is full again when asked', async () => {
  const { crypto } = await openCrypto({ randomPool: 64 });
  expect(() => crypto.getRandomValues(new Uint8Array(65))).toThrow(
    '65 random bytes: the pool holds 64 of 64; raise randomPool, or await fillRandomPool() before',
  );
  crypto.getRandomValues(new Uint8Array(64));
  await crypto.fillRandomPool();
  crypto.getRandomValues(new Uint8Array(64));
});

test('a pool of the most that can be asked for', async () => {
  const { crypto } = await openCrypto({ randomPool: 65_536, profile: 'stm32h573-sm-1.2' });
  const all = crypto.getRandomValues(new Uint8Array(65_536));
  expect(new Set(all).size).toBe(256);
});

test('UUIDs of version 4', async () => {
  const { crypto } = await openCrypto();
  const uuids = Array.from({ length: 8 }, () => crypto.randomUUID());
  expect(new Set(uuids).size).toBe(8);
  for (const uuid of uuids)
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
