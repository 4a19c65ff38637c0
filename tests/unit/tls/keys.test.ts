/** Keys of the adapter: what they may do, when they end, and how a failure is told. */
import { describe, expect, test } from 'vitest';
import { createTlsCrypto, Primitives, PsaFailure } from '../../../clients/tls/index.ts';
import { createDevice } from '../../../emulator/device.ts';
import {
  KEY_ATTRIBUTES_INIT,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_KEY_ID_ST_DUA_USER,
} from '../../../psa-api/constants.ts';
import { createPsa, type Psa } from '../../../psa-api/generated/psa.ts';
import { open, openPsa } from './device.ts';

const KEY = new Uint8Array(16).fill(7);

describe('the end of keys', () => {
  test('close destroys all of them and no others', async () => {
    const { crypto, psa, device, calls } = await open();
    const bystander = await createTlsCrypto(psa);
    await bystander.importKey('SHA-256', KEY);
    await crypto.importKey('AES-128-GCM', KEY);
    await crypto.importKey('SHA-256', KEY);
    await crypto.generateKeyPair('P-256');
    expect([crypto.keyCount(), device.status().keys.volatile]).toEqual([3, 4]);
    await crypto.close();
    expect([crypto.keyCount(), device.status().keys.volatile]).toEqual([0, 1]);
    expect(calls.filter((name) => name === 'psa_destroy_key')).toHaveLength(3);
    await crypto.close();
    await bystander[Symbol.asyncDispose]();
    expect(device.status().keys.volatile).toBe(0);
  });

  test('close waits for keys that are being made', async () => {
    const { crypto, device } = await open();
    const imports = [crypto.importKey('AES-128-GCM', KEY), crypto.generateKeyPair('P-384')];
    await crypto.close();
    await Promise.allSettled(imports);
    expect(device.status().keys.volatile).toBe(0);
  });

  test('nothing is done after close', async () => {
    const { crypto, device } = await open();
    await crypto.close();
    await expect(crypto.importKey('SHA-256', KEY)).rejects.toThrow('closed');
    await expect(crypto.generateKeyPair('P-256')).rejects.toThrow('closed');
    expect(() => crypto.randomBytes(1)).toThrow('closed');
    expect(device.status().keys.volatile).toBe(0);
  });

  test('close says when a key cannot be destroyed, after trying all', async () => {
    const { crypto, psa, device } = await open();
    const key = await crypto.importKey('SHA-256', KEY);
    await crypto.importKey('AES-128-GCM', KEY);
    if (key.kind === 'key') await psa.destroyKey(key.id);
    await expect(crypto.close()).rejects.toThrow('psa_destroy_key answered PSA_ERROR_INVALID_HANDLE');
    expect(device.status().keys.volatile).toBe(0);
  });

  test('a lost connection has taken its volatile keys along', async () => {
    const { crypto, psa } = await open();
    await crypto.importKey('SHA-256', KEY);
    const lost = -145;
    const failing: Psa = { ...psa, destroyKey: async () => ({ status: lost }) };
    const primitives = new Primitives(failing);
    await primitives.generateKey({ ...KEY_ATTRIBUTES_INIT, type: 0x2400, bits: 128 });
    await expect(primitives.close()).resolves.toBeUndefined();
  });
});

describe('secret keys stay in the device', () => {
  test('unless asked for', async () => {
    const { crypto } = await open();
    for (const algorithm of ['AES-128-GCM', 'AES-128-CBC', 'SHA-256'] as const) {
      const key = await crypto.importKey(algorithm, KEY);
      await expect(crypto.exportKey(key)).rejects.toThrow(
        `${algorithm}: psa_export_key answered PSA_ERROR_NOT_PERMITTED`,
      );
    }
    const { privKey } = await crypto.generateKeyPair('P-256');
    await expect(crypto.exportKey(privKey)).rejects.toThrow('PSA_ERROR_NOT_PERMITTED');
  });

  test('exportable gives them back', async () => {
    const { crypto } = await open({ exportable: true });
    for (const algorithm of ['AES-128-GCM', 'AES-128-CBC', 'SHA-256'] as const)
      expect(await crypto.exportKey(await crypto.importKey(algorithm, KEY))).toEqual(KEY);
    const { privKey } = await crypto.generateKeyPair('P-256');
    expect(await crypto.exportKey(privKey)).toHaveLength(32);
  });

  test('a key does what it was imported for and nothing else', async () => {
    const { crypto } = await open();
    const mac = await crypto.importKey('SHA-256', KEY);
    const sealing = { iv: new Uint8Array(12), aead: KEY, data: KEY };
    await expect(crypto.authenticatedEncrypt('AES-128-GCM', { key: mac, ...sealing })).rejects.toThrow(
      PsaFailure,
    );
    await expect(crypto.hmac('SHA-384', mac, KEY)).rejects.toThrow(
      'SHA-384: psa_mac_compute answered PSA_ERROR_NOT_PERMITTED',
    );
    const { pubKey, privKey } = await crypto.generateKeyPair('P-256');
    await expect(crypto.hmac('SHA-256', pubKey, KEY)).rejects.toThrow("a peer's public key");
    await expect(crypto.calculateSharedSecret('P-256', privKey, privKey)).rejects.toThrow('not public');
  });
});

describe('what a device cannot do', () => {
  const missing = (algorithm: string, psaFunction: string) => ({
    message: `${algorithm}: ${psaFunction} answered PSA_ERROR_NOT_SUPPORTED`,
    status: PSA_ERROR_NOT_SUPPORTED,
    psaFunction,
  });

  test('is said by algorithm, function and status', async () => {
    const { psa } = await openPsa();
    const none = async () => ({ status: PSA_ERROR_NOT_SUPPORTED, key: 0 }) as const;
    const crypto = await createTlsCrypto({ ...psa, importKey: none, generateKey: none });
    const imported = crypto.importKey('CHACHA20-POLY1305', new Uint8Array(32));
    await expect(imported).rejects.toMatchObject(missing('CHACHA20-POLY1305', 'psa_import_key'));
    const generated = crypto.generateKeyPair('X25519');
    await expect(generated).rejects.toMatchObject(missing('X25519', 'psa_generate_key'));
  });

  test('a name that is none of the stack is a mistake of the caller', async () => {
    const { crypto } = await open();
    for (const name of ['AES-512-GCM', 'toString', '__proto__'])
      await expect(Reflect.apply(crypto.importKey, undefined, [name, KEY])).rejects.toThrow('no algorithm');
  });

  test('a device that was not initialized says so at once', async () => {
    const device = createDevice({ profile: 'psa-full', insecureSeed: 'tls' });
    const psa = createPsa(device.connect().call);
    await expect(createTlsCrypto(psa)).rejects.toThrow('psa_generate_random answered PSA_ERROR_BAD_STATE');
    device.close();
  });
});

test('a client certificate could be signed with the built-in key', async () => {
  const { psa } = await openPsa();
  const primitives = new Primitives(psa);
  const signature = await primitives.signMessage(PSA_KEY_ID_ST_DUA_USER, 0x06000609, KEY);
  expect(signature).toHaveLength(64);
  const key = PSA_KEY_ID_ST_DUA_USER;
  expect(await primitives.verifyMessage(key, 0x06000609, KEY, signature)).toBe(true);
  expect(await primitives.verifyMessage(key, 0x06000609, KEY.subarray(1), signature)).toBe(false);
  await primitives.close();
  // The built-in key was not made here, so it does not end here.
  expect(await primitives.verifyMessage(key, 0x06000609, KEY, signature)).toBe(true);
});
