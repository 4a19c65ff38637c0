/** Matchers that hold, and what they say where they do not. */
import { describe, expect } from 'vitest';
import { deviceTest } from '../../../clients/testing/vitest.ts';
import {
  PSA_ALG_CCM,
  PSA_ALG_GCM,
  PSA_ALG_SHA_256,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../../psa-api/constants.ts';
import { createPsa, hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';

const test = deviceTest({ profile: 'psa-full' });
const AES = { type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT, alg: PSA_ALG_GCM };

const messageOf = (assertion: () => void): string => {
  try {
    assertion();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('the assertion holds');
};

describe('toHaveCalled', () => {
  test('compares only what is given', async ({ device }) => {
    await device.hashCompute(PSA_ALG_SHA_256, ascii('abc'));
    expect(device).toHaveCalled('psa_hash_compute');
    expect(device).toHaveCalled('psa_hash_compute', { alg: PSA_ALG_SHA_256, client: -1 });
    expect(device).toHaveCalled('psa_hash_compute', { lengths: { input: 3 }, status: expect.any(Number) });
    expect(device).not.toHaveCalled('psa_hash_compute', { lengths: { input: 4 } });
    expect(device).not.toHaveCalled('psa_hash_setup');
  });

  test('compares numbers and digests by parameter', async ({ device }) => {
    const { key } = await device.generateKey(AES);
    await device.hashCompute(PSA_ALG_SHA_256, ascii('abc'));
    expect(device).toHaveCalled('psa_generate_key', {
      made: key,
      keyType: PSA_KEY_TYPE_AES,
      keyBits: 128,
      scalars: { 'attributes.usage': PSA_KEY_USAGE_ENCRYPT },
    });
    // FIPS 180-2, appendix B.1
    expect(device).toHaveCalled('psa_hash_compute', { digests: { input: 'ba7816bf8f01cfea' } });
    expect(device).not.toHaveCalled('psa_hash_compute', { digests: { input: 'ba7816bf8f01cfeb' } });
  });

  test('counts', async ({ device }) => {
    await device.generateRandom(8);
    await device.generateRandom(8);
    expect(device).toHaveCalled('psa_generate_random', { times: 2 });
    expect(device).not.toHaveCalled('psa_generate_random', { times: 1 });
    expect(device).toHaveCalled('psa_generate_random', { lengths: { output: 9 }, times: 0 });
    expect(
      messageOf(() => expect(device).toHaveCalled('psa_generate_random', { times: 3 })),
    ).toMatchInlineSnapshot(`
      "expected the device to have called psa_generate_random 3 times; it did 2 times
      calls made:
         1  psa_generate_random(output 8 B) = PSA_SUCCESS
         2  psa_generate_random(output 8 B) = PSA_SUCCESS"
    `);
  });

  test('says what differs, in names', async ({ device }) => {
    const { key } = await device.generateKey(AES);
    await device.aeadEncrypt(key, PSA_ALG_CCM, new Uint8Array(12), NOTHING, ascii('text'));
    const expected = { key, alg: PSA_ALG_GCM, status: 0, lengths: { plaintext: 4 } };
    expect(messageOf(() => expect(device).toHaveCalled('psa_aead_encrypt', expected))).toMatchInlineSnapshot(`
      "expected the device to have called psa_aead_encrypt with key 0x40000000, alg PSA_ALG_GCM, status PSA_SUCCESS, lengths.plaintext 4 B; it did 0 times
      calls made:
         1  psa_generate_key(attributes.type PSA_KEY_TYPE_AES, attributes.bits 128, attributes.usage 0x00000100, attributes.alg PSA_ALG_GCM, made 0x40000000) = PSA_SUCCESS
         2  psa_aead_encrypt(key 0x40000000, PSA_ALG_CCM, nonce 12 B, additional_data 0 B, plaintext 4 B, ciphertext room unbounded) = PSA_ERROR_NOT_PERMITTED
            not as expected: alg PSA_ALG_CCM, status PSA_ERROR_NOT_PERMITTED"
    `);
  });

  test('says what was called in spite of .not, and that nothing was', async ({ device }) => {
    expect(messageOf(() => expect(device).toHaveCalled('psa_hash_compute'))).toMatchInlineSnapshot(`
      "expected the device to have called psa_hash_compute; it did 0 times
      no calls were made"
    `);
    await device.hashCompute(PSA_ALG_SHA_256, NOTHING);
    expect(messageOf(() => expect(device).not.toHaveCalled('psa_hash_compute'))).toMatchInlineSnapshot(`
      "expected the device not to have called psa_hash_compute; it did 1 time
      calls made:
         1  psa_hash_compute(PSA_ALG_SHA_256, input 0 B, hash 32 B) = PSA_SUCCESS"
    `);
  });

  test('lists the last of many calls', async ({ device }) => {
    for (let i = 0; i < 45; i++) await device.generateRandom(i + 1);
    const message = messageOf(() => expect(device).toHaveCalled('psa_hash_compute'));
    expect(message).toContain('calls made, the last 40 of 45:\n   6  psa_generate_random(output 6 B)');
    expect(message).not.toContain('   5  psa');
  });

  test('refuses names that no call can have, which .not would never notice', ({ device }) => {
    expect(() => expect(device).not.toHaveCalled('psa_aead_encipher')).toThrow(
      'psa_aead_encipher: no function of the device',
    );
    expect(() => expect(device).not.toHaveCalled('psa_hash_compute', { lengths: { plaintext: 3 } })).toThrow(
      'lengths.plaintext: no parameter of psa_hash_compute; there are alg, input, hash, hash_size',
    );
    const misspelt = { algorithm: PSA_ALG_SHA_256 } as object;
    expect(() => expect(device).not.toHaveCalled('psa_hash_compute', misspelt)).toThrow(
      'algorithm: no field of an expected call',
    );
    const missing = { key: undefined } as object;
    expect(() => expect(device).toHaveCalled('psa_hash_compute', missing)).toThrow('key: undefined');
    expect(() => expect(device).toHaveCalled('psa_hash_compute', { times: 0.5 })).toThrow('times: 0.5');
    expect(() => expect({}).toHaveCalled('psa_hash_compute')).toThrow('expected a device');
  });
});

describe('toLeaveNoOperationsOpen', () => {
  test('holds when operations are finished or aborted', async ({ device }) => {
    const [first, second] = [hashOperationInit(), hashOperationInit()];
    await device.hashSetup(first, PSA_ALG_SHA_256);
    await device.hashSetup(second, PSA_ALG_SHA_256);
    expect(device).not.toLeaveNoOperationsOpen();
    await device.hashFinish(first);
    await device.hashAbort(second);
    expect(device).toLeaveNoOperationsOpen();
    expect(messageOf(() => expect(device).not.toLeaveNoOperationsOpen())).toMatch(
      /^expected operations to be left/,
    );
  });

  test('names those that are open, of clients that went too', async ({ device }) => {
    await device.hashSetup(hashOperationInit(), PSA_ALG_SHA_256);
    const other = device.service.connect({ owner: 7 });
    const psa = createPsa(other.call);
    await psa.cryptoInit();
    await psa.hashSetup(hashOperationInit(), PSA_ALG_SHA_256);
    other.close();
    expect(messageOf(() => expect(device).toLeaveNoOperationsOpen())).toMatchInlineSnapshot(`
      "expected no operation to be left open; 2 operations:
        hash operation 2, PSA_ALG_SHA_256, client 7, open when its connection ended
        hash operation 1, PSA_ALG_SHA_256, client -1
      calls made:
         1  psa_hash_setup(hash 0->1, PSA_ALG_SHA_256) = PSA_SUCCESS
         2  psa_crypto_init() = PSA_SUCCESS
         3  psa_hash_setup(hash 0->2, PSA_ALG_SHA_256) = PSA_SUCCESS"
    `);
  });
});

describe('toLeaveNoVolatileKeys', () => {
  test('holds when keys are destroyed, and names those that are not', async ({ device }) => {
    const { key } = await device.generateKey(AES);
    expect(messageOf(() => expect(device).toLeaveNoVolatileKeys())).toMatchInlineSnapshot(`
      "expected no volatile key to be left; 1 key:
        key 0x40000000, client -1
      calls made:
         1  psa_generate_key(attributes.type PSA_KEY_TYPE_AES, attributes.bits 128, attributes.usage 0x00000100, attributes.alg PSA_ALG_GCM, made 0x40000000) = PSA_SUCCESS"
    `);
    await device.destroyKey(key);
    expect(device).toLeaveNoVolatileKeys();
  });
});
