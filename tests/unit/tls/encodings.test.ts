/** DER to PSA and back, against node:crypto and by hand. */
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readEcdsaSignature, readSpki, writeEcdsaSignature, writeSpki } from '../../../clients/tls/index.ts';
import { bytesOf, unhex } from '../../support/bytes.ts';

describe.each([
  ['P-256', 64],
  ['P-384', 96],
] as const)('%s', (curve, length) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  const der = bytesOf(publicKey.export({ type: 'spki', format: 'der' }));

  test('public keys', () => {
    const key = readSpki(der);
    expect([key.kind, key.data[0], key.data.length]).toEqual([curve, 4, length + 1]);
    expect(writeSpki(key)).toEqual(der);
    expect(
      createPublicKey({ key: Buffer.from(writeSpki(key)), type: 'spki', format: 'der' }).equals(publicKey),
    ).toBe(true);
  });

  test('signatures, with every length of r and s that comes along', () => {
    const lengths = new Set<number>();
    for (let i = 0; i < 300; i++) {
      const message = Buffer.from(`message ${i}`);
      const signature = bytesOf(sign('sha256', message, privateKey));
      lengths.add(signature.length);
      const raw = readEcdsaSignature(signature, curve);
      if (raw === undefined) throw new Error(`not read: ${Buffer.from(signature).toString('hex')}`);
      expect(raw).toHaveLength(length);
      expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true);
      expect(writeEcdsaSignature(raw)).toEqual(signature);
    }
    expect(lengths.size).toBeGreaterThan(2);
  });
});

test('RSA public keys', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const der = bytesOf(publicKey.export({ type: 'spki', format: 'der' }));
  const key = readSpki(der);
  expect(key.kind).toBe('RSA');
  expect(key.data).toEqual(bytesOf(publicKey.export({ type: 'pkcs1', format: 'der' })));
  expect(writeSpki(key)).toEqual(der);
});

describe('signatures at the edges', () => {
  test('small integers', () => {
    const raw = new Uint8Array(64);
    raw[31] = 1;
    raw[63] = 0x80;
    expect(writeEcdsaSignature(raw)).toEqual(unhex('3007 020101 02020080'));
    expect(readEcdsaSignature(unhex('3007 020101 02020080'), 'P-256')).toEqual(raw);
  });

  test('the largest', () => {
    const raw = new Uint8Array(64).fill(0xff);
    expect(readEcdsaSignature(writeEcdsaSignature(raw), 'P-256')).toEqual(raw);
  });

  test.each([
    ['empty', ''],
    ['one integer', '3003 020101'],
    ['three integers', '3009 020101 020101 020101'],
    ['bytes after it', '3006 020101 020101 00'],
    ['negative', '3006 020181 020101'],
    ['a zero too many', '3007 02020001 020101'],
    ['indefinite length', '3080 020101 020101 0000'],
    ['a length in too many bytes', '308106 020101 020101'],
    ['too large for the curve', `3026 0221 01${'00'.repeat(32)} 020101`],
    ['an integer of 34 bytes', `3027 0222 00ff${'00'.repeat(32)} 020101`],
  ])('%s is none', (_, digits) => {
    expect(readEcdsaSignature(unhex(digits), 'P-256')).toBeUndefined();
  });
});
