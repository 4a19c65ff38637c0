/** The adapter inside the stack that it is for; shape.ts holds their types against each other. */
import { setCryptoImplementation, crypto as stackCrypto } from '@reclaimprotocol/tls';
import { expect, test } from 'vitest';
import { open } from './device.ts';

test('the stack starts without any cryptography and then has ours only', async () => {
  expect(stackCrypto).toEqual({});
  const { crypto } = await open();
  setCryptoImplementation(crypto);
  expect(Object.keys(stackCrypto).sort()).toEqual(Object.keys(crypto).sort());
  for (const [name, value] of Object.entries(stackCrypto)) expect(value).toBe(Reflect.get(crypto, name));
});

test('its functions work apart from their object, as the stack uses them', async () => {
  const { hash, randomBytes } = (await open()).crypto;
  expect(await hash('SHA-256', new Uint8Array(3))).toHaveLength(32);
  expect(randomBytes(5)).toHaveLength(5);
});
