/** How an application's module is tested with `h5sm/testing/vitest`. */
import { expect } from 'vitest';
import { deviceTest } from '../../../clients/testing/vitest.ts';
import {
  check,
  PSA_ALG_GCM,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../../index.ts';
import { ascii } from '../../support/bytes.ts';
import { open, seal } from './gcm-envelope.ts';

let key = 0;
const test = deviceTest({
  profile: 'stm32h573-sm-1.2',
  async prepare(device) {
    const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    ({ key } = check(
      await device.generateKey({ type: PSA_KEY_TYPE_AES, bits: 256, usage, alg: PSA_ALG_GCM }),
    ));
  },
});

const [header, plaintext] = [ascii('to: bob'), ascii('attack at dawn')];

test('seals with one call and a nonce of the device', async ({ device }) => {
  const sealed = await seal(device, key, header, plaintext);
  expect(sealed).toHaveLength(12 + plaintext.length + 16);
  expect(device).toHaveCalled('psa_generate_random', { lengths: { output: 12 }, times: 1 });
  expect(device).toHaveCalled('psa_aead_encrypt', {
    key,
    alg: PSA_ALG_GCM,
    status: 0,
    lengths: { nonce: 12, additional_data: 7, plaintext: 14, ciphertext: 30 },
  });
  expect(device).toLeaveNoOperationsOpen();
  expect(device).toLeaveNoVolatileKeys();
});

test('opens what it sealed', async ({ device }) => {
  expect(await open(device, key, header, await seal(device, key, header, plaintext))).toEqual(plaintext);
});

test('opens nothing under another header', async ({ device }) => {
  const sealed = await seal(device, key, header, plaintext);
  expect(await open(device, key, ascii('to: eve'), sealed)).toBeUndefined();
  expect(device).toHaveCalled('psa_aead_decrypt', { key, status: -149 }); // PSA_ERROR_INVALID_SIGNATURE
});

test('says so when the device cannot seal, and leaves nothing behind', async ({ device }) => {
  device.failCall('psa_aead_encrypt', PSA_ERROR_INSUFFICIENT_MEMORY);
  await expect(seal(device, key, header, plaintext)).rejects.toThrow('PSA_ERROR_INSUFFICIENT_MEMORY');
  expect(device).toLeaveNoOperationsOpen();
  expect(await seal(device, key, header, plaintext)).toHaveLength(42);
});

test('a fault ends with its test', async ({ device }) => {
  expect(device.faults.list()).toEqual([]);
});
