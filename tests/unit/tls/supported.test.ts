/** What a device is found to be able to do, and that the question leaves nothing behind. */
import { expect, test } from 'vitest';
import { supportedBy } from '../../../clients/tls/index.ts';
import { PSA_ERROR_INSUFFICIENT_MEMORY, PSA_ERROR_NOT_SUPPORTED } from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { openPsa } from './device.ts';

test('everything that the stack has, preferred ones first', async () => {
  const { psa, device } = await openPsa();
  expect(await supportedBy(psa)).toEqual({
    cipherSuites: [
      'TLS_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
    ],
    namedCurves: ['SECP256R1', 'SECP384R1', 'X25519'],
    signatureAlgorithms: [
      'ECDSA_SECP256R1_SHA256',
      'ECDSA_SECP384R1_SHA256',
      'RSA_PSS_RSAE_SHA256',
      'RSA_PKCS1_SHA256',
      'RSA_PKCS1_SHA384',
      'RSA_PKCS1_SHA512',
    ],
  });
  expect(device.status().keys.volatile).toBe(0);
  expect(device.status().operations).toEqual([]);
});

test('the board has neither ChaCha20-Poly1305 nor X25519', async () => {
  const { psa, device } = await openPsa('stm32h573-sm-1.2');
  const { cipherSuites, namedCurves, signatureAlgorithms } = await supportedBy(psa);
  expect(cipherSuites).toHaveLength(9);
  expect(cipherSuites.filter((suite) => suite.includes('CHACHA20'))).toEqual([]);
  expect(namedCurves).toEqual(['SECP256R1', 'SECP384R1']);
  expect(signatureAlgorithms).toHaveLength(6);
  expect(device.status().keys.volatile).toBe(0);
});

test('a device with less is found to have less', async () => {
  const { psa } = await openPsa();
  const lesser: Psa = {
    ...psa,
    cipherEncryptSetup: async () => ({ status: PSA_ERROR_NOT_SUPPORTED }),
    importKey: async (attributes, data) =>
      attributes.bits === 256 ? { status: PSA_ERROR_NOT_SUPPORTED, key: 0 } : psa.importKey(attributes, data),
  };
  const { cipherSuites, signatureAlgorithms } = await supportedBy(lesser);
  expect(cipherSuites.filter((suite) => /256_GCM|CBC/.test(suite))).toEqual([]);
  expect(cipherSuites).toContain('TLS_AES_128_GCM_SHA256');
  expect(signatureAlgorithms).not.toContain('ECDSA_SECP256R1_SHA256');
});

test('any other failure is one', async () => {
  const { psa, device } = await openPsa();
  const full: Psa = {
    ...psa,
    macCompute: async () => ({ status: PSA_ERROR_INSUFFICIENT_MEMORY, mac: new Uint8Array(0) }),
  };
  await expect(supportedBy(full)).rejects.toThrow('psa_mac_compute answered PSA_ERROR_INSUFFICIENT_MEMORY');
  expect(device.status().keys.volatile).toBe(0);
});
