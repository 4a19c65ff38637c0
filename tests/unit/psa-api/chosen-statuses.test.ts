/** Behaviours that an independent suite of PSA Crypto tests found missing here, each with its clause of PSA Crypto 1.3. */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CipherSuite } from '../../../psa-api/call.ts';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM,
  PSA_ALG_CCM_STAR_NO_TAG,
  PSA_ALG_CFB,
  PSA_ALG_CMAC,
  PSA_ALG_CTR,
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_ED448PH,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_JPAKE,
  PSA_ALG_OFB,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_SHA_256,
  PSA_ALG_SPAKE2P_HMAC,
  PSA_ALG_XTS,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_DES,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_PEPPER,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_SPAKE2P_KEY_PAIR,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_PAKE_CONFIRMED_KEY,
  PSA_PAKE_PRIMITIVE_TYPE_ECC,
  PSA_PAKE_ROLE_CLIENT,
  PSA_PAKE_ROLE_SERVER,
  PSA_PAKE_STEP_CONFIRM,
  PSA_PAKE_STEP_KEY_SHARE,
  PSA_PAKE_UNCONFIRMED_KEY,
} from '../../../psa-api/constants.ts';
import {
  aeadOperationInit,
  cipherOperationInit,
  keyDerivationOperationInit,
  type Psa,
  pakeOperationInit,
} from '../../../psa-api/generated/psa.ts';
import { bytesOf, hex, join, NOTHING, unhex } from '../../support/bytes.ts';
import { openForTest } from '../../support/device.ts';
import { ALL_USAGE, aesKey, p256Pair, p256Public, passwordKey, rsaPair } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

const importKey = async (psa: Psa, type: number, alg: number, data: Uint8Array, usage = ALL_USAGE) =>
  (await must(psa.importKey({ type, alg, usage }, data))).key;

/** Parity is wrong in every second byte. */
const DES_ELEMENTS = Uint8Array.from({ length: 24 }, (_, i) => i * 9);
const DES_LENGTHS = [8, 16, 24];
const desKey = (psa: Psa, alg: number, length = 8) =>
  importKey(psa, PSA_KEY_TYPE_DES, alg, DES_ELEMENTS.subarray(0, length));

const DES_MODES: readonly (readonly [alg: number, name: string])[] = [
  [PSA_ALG_ECB_NO_PADDING, 'ecb'],
  [PSA_ALG_CBC_NO_PADDING, 'cbc'],
  [PSA_ALG_CBC_PKCS7, 'cbc-pkcs7'],
  [PSA_ALG_CFB, 'cfb'],
  [PSA_ALG_OFB, 'ofb'],
];

const desCases = DES_MODES.flatMap(([alg, name]) =>
  DES_LENGTHS.map((length) => [`${length * 8} bits ${name}`, alg, name, length] as const),
);

/** OpenSSL with three elements: the key, with its first element in place of those that it lacks. */
const openssl = (
  direction: 'encrypt' | 'decrypt',
  name: string,
  length: number,
  iv: Uint8Array,
  data: Uint8Array,
) => {
  const at = (element: number) => {
    const from = (element * 8) % (length === 16 ? 16 : length);
    return DES_ELEMENTS.subarray(from, from + 8);
  };
  const key = join(at(0), at(1), at(2));
  const create = direction === 'encrypt' ? createCipheriv : createDecipheriv;
  const cipher = create(`des-ede3-${name.slice(0, 3)}`, key, name === 'ecb' ? null : iv);
  cipher.setAutoPadding(name === 'cbc-pkcs7');
  return bytesOf(Buffer.concat([cipher.update(data), cipher.final()]));
};

describe('DES (9.2, 10.4.1)', () => {
  it('keys keep the parity that they are imported with', async () => {
    const { psa } = await openForTest();
    for (const length of DES_LENGTHS) {
      const key = await desKey(psa, PSA_ALG_CBC_NO_PADDING, length);
      expect(hex((await must(psa.exportKey(key))).data)).toBe(hex(DES_ELEMENTS.subarray(0, length)));
    }
  });

  it('keys that are generated have odd parity', async () => {
    const { psa } = await openForTest();
    const attributes = { type: PSA_KEY_TYPE_DES, bits: 192, alg: PSA_ALG_CBC_PKCS7, usage: ALL_USAGE };
    const { key } = await must(psa.generateKey(attributes));
    const ones = (byte: number) => byte.toString(2).replaceAll('0', '').length;
    for (const byte of (await must(psa.exportKey(key))).data) expect(ones(byte) % 2).toBe(1);
  });

  it.each(desCases)('%s as OpenSSL, whole and in parts', async (_, alg, name, length) => {
    const { psa } = await openForTest();
    const key = await desKey(psa, alg, length);
    const plain = Uint8Array.from({ length: name === 'cbc-pkcs7' ? 37 : 40 }, (_unused, i) => 255 - i);
    const ivLength = name === 'ecb' ? 0 : 8;
    const { output } = await must(psa.cipherEncrypt(key, alg, plain));
    const iv = output.subarray(0, ivLength);
    expect(hex(output.subarray(ivLength))).toBe(hex(openssl('encrypt', name, length, iv, plain)));
    expect(hex((await must(psa.cipherDecrypt(key, alg, output))).output)).toBe(hex(plain));

    const operation = cipherOperationInit();
    await must(psa.cipherDecryptSetup(operation, key, alg));
    if (ivLength > 0) await must(psa.cipherSetIv(operation, iv));
    const parts: Uint8Array[] = [];
    for (const end of [1, 8, 9, 30, output.length - ivLength]) {
      const from = parts.length === 0 ? 0 : ([0, 1, 8, 9, 30][parts.length] ?? 0);
      const body = output.subarray(ivLength + from, ivLength + end);
      parts.push((await must(psa.cipherUpdate(operation, body))).output);
    }
    parts.push((await must(psa.cipherFinish(operation))).output);
    expect(hex(join(...parts))).toBe(hex(openssl('decrypt', name, length, iv, output.subarray(ivLength))));
  });

  it.each([
    ['CTR', PSA_ALG_CTR, 'NOT_SUPPORTED'],
    ['XTS', PSA_ALG_XTS, 'NOT_SUPPORTED'],
    ['CCM*, which needs blocks of 16 bytes', PSA_ALG_CCM_STAR_NO_TAG, 'INVALID_ARGUMENT'],
  ])('is not there with %s', async (_, alg, status) => {
    const { psa } = await openForTest();
    const key = await desKey(psa, alg);
    expect(await named(psa.cipherEncryptSetup(cipherOperationInit(), key, alg))).toBe(status);
    expect(await named(psa.cipherDecrypt(key, alg, DES_ELEMENTS))).toBe(status);
  });

  it.each([
    ['CCM', PSA_ALG_CCM],
    ['GCM', PSA_ALG_GCM],
  ])('is invalid with %s (10.5.1)', async (_, alg) => {
    const { psa } = await openForTest();
    const key = await desKey(psa, alg, 16);
    expect(await named(psa.aeadEncryptSetup(aeadOperationInit(), key, alg))).toBe('INVALID_ARGUMENT');
  });

  it('has no CMAC here', async () => {
    const { psa } = await openForTest();
    expect(await named(psa.macCompute(await desKey(psa, PSA_ALG_CMAC, 24), PSA_ALG_CMAC, NOTHING))).toBe(
      'NOT_SUPPORTED',
    );
  });
});

describe('a key of a type that the algorithm is not for', () => {
  const HASH = new Uint8Array(32);
  const PKCS1 = PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256);
  const ECDSA = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
  const SIGNERS: readonly (readonly [string, (psa: Psa, alg: number) => Promise<number>, number])[] = [
    ['an AES key, RSA', aesKey, PKCS1],
    ['an AES key, ECDSA', aesKey, ECDSA],
    ['an RSA key, ECDSA', rsaPair, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256)],
    ['a curve key, RSA', p256Pair, PKCS1],
  ];

  it.each(SIGNERS)('%s: invalid to sign with, not supported to verify (10.7.6)', async (_, make, alg) => {
    const { psa } = await openForTest();
    const key = await make(psa, alg);
    expect([
      await named(psa.signHash(key, alg, HASH)),
      await named(psa.signMessage(key, alg, HASH)),
      await named(psa.verifyHash(key, alg, HASH, HASH)),
      await named(psa.verifyMessage(key, alg, HASH, HASH)),
    ]).toEqual(['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'NOT_SUPPORTED', 'NOT_SUPPORTED']);
  });

  it.each([
    ['a curve key, a signature algorithm', p256Public, PSA_ALG_ECDSA_ANY, 'NOT_SUPPORTED'],
    ['an RSA key, a hash', rsaPair, PSA_ALG_SHA_256, 'INVALID_ARGUMENT'],
    ['an AES key, RSA', aesKey, PSA_ALG_RSA_PKCS1V15_CRYPT, 'INVALID_ARGUMENT'],
  ])('%s: refused to encrypt with (10.8.2)', async (_, make, alg, status) => {
    const { psa } = await openForTest();
    expect(await named(psa.asymmetricEncrypt(await make(psa, alg), alg, HASH, NOTHING))).toBe(status);
  });
});

describe('Ed448 and Ed448ph (10.7.4)', () => {
  /** RFC 8032 7.4, one octet. */
  const POINT = unhex(`
    43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c086
    6aea01eb00742802b8438ea4cb82169c235160627b4c3a9480`);
  const SIGNATURE = unhex(`
    26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f435
    2541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cb
    cee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0f
    f3348ab21aa4adafd1d234441cf807c03a00`);

  it.each([
    ['the algorithm without prehash', PSA_ALG_PURE_EDDSA, 'SUCCESS'],
    ['not the one with prehash', PSA_ALG_ED448PH, 'INVALID_SIGNATURE'],
  ])('a signature of RFC 8032 7.4 is of %s', async (_, alg, status) => {
    const { psa } = await openForTest();
    const type = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS);
    const key = await importKey(psa, type, alg, POINT);
    expect(await named(psa.verifyMessage(key, alg, Uint8Array.of(3), SIGNATURE))).toBe(status);
  });
});

describe('a number as the input of a derivation (10.6.3)', () => {
  it.each([
    ['PBKDF2, before the cost', PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), false, PSA_KEY_DERIVATION_INPUT_SALT],
    ['PBKDF2, after it', PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), true, PSA_KEY_DERIVATION_INPUT_SALT],
    ['HKDF', PSA_ALG_HKDF(PSA_ALG_SHA_256), false, PSA_KEY_DERIVATION_INPUT_SALT],
  ])('is invalid where bytes belong: %s', async (_, alg, cost, step) => {
    const { psa } = await openForTest();
    const operation = keyDerivationOperationInit();
    await must(psa.keyDerivationSetup(operation, alg));
    if (cost) await must(psa.keyDerivationInputInteger(operation, PSA_KEY_DERIVATION_INPUT_COST, 1n));
    expect(await named(psa.keyDerivationInputInteger(operation, step, 1n))).toBe('INVALID_ARGUMENT');
  });

  it('is out of order the second time', async () => {
    const { psa } = await openForTest();
    const operation = keyDerivationOperationInit();
    await must(psa.keyDerivationSetup(operation, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256)));
    await must(psa.keyDerivationInputInteger(operation, PSA_KEY_DERIVATION_INPUT_COST, 1n));
    const again = psa.keyDerivationInputInteger(operation, PSA_KEY_DERIVATION_INPUT_COST, 1n);
    expect(await named(again)).toBe('BAD_STATE');
  });
});

describe('PAKE', () => {
  const JPAKE = PSA_ALG_JPAKE(PSA_ALG_SHA_256);
  const SPAKE2P = PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256);
  const suite = (alg: number, keyConfirmation: number): CipherSuite => ({
    alg,
    type: PSA_PAKE_PRIMITIVE_TYPE_ECC,
    family: PSA_ECC_FAMILY_SECP_R1,
    bits: 256,
    keyConfirmation,
  });
  /** w0 || w1: 1 and 2. */
  const PAIR = Uint8Array.from({ length: 64 }, (_, i) => (i === 31 ? 1 : i === 63 ? 2 : 0));
  const spake2pKey = (psa: Psa, alg: number, usage = ALL_USAGE) =>
    importKey(psa, PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), alg, PAIR, usage);

  it.each([
    ['J-PAKE with confirmation', passwordKey, JPAKE, PSA_PAKE_CONFIRMED_KEY],
    ['SPAKE2+ without', spake2pKey, SPAKE2P, PSA_PAKE_UNCONFIRMED_KEY],
    ['SPAKE2+ with something else', spake2pKey, SPAKE2P, 2],
  ])('%s is an invalid suite (10.11.5, 10.11.6)', async (_, make, alg, keyConfirmation) => {
    const { psa } = await openForTest();
    const key = await make(psa, alg);
    const answer = psa.pakeSetup(pakeOperationInit(), key, suite(alg, keyConfirmation));
    expect(await named(answer)).toBe('INVALID_ARGUMENT');
  });

  it('says that the key does not permit it before it looks at the rest of the suite', async () => {
    const { psa } = await openForTest();
    const key = await passwordKey(psa, JPAKE, { usage: PSA_KEY_USAGE_ENCRYPT });
    const answer = psa.pakeSetup(pakeOperationInit(), key, suite(JPAKE, PSA_PAKE_CONFIRMED_KEY));
    expect(await named(answer)).toBe('NOT_PERMITTED');
  });

  it.each([
    [0, 'INVALID_ARGUMENT'],
    [1, 'SUCCESS'],
    [300, 'SUCCESS'],
  ])('identities of J-PAKE with %d bytes: %s (10.11.4)', async (length, status) => {
    const { psa } = await openForTest();
    const key = await passwordKey(psa, JPAKE);
    for (const set of [psa.pakeSetUser, psa.pakeSetPeer]) {
      const operation = pakeOperationInit();
      await must(psa.pakeSetup(operation, key, suite(JPAKE, PSA_PAKE_UNCONFIRMED_KEY)));
      expect(await named(set(operation, new Uint8Array(length)))).toBe(status);
    }
  });

  it('identities of SPAKE2+ have any length', async () => {
    const { psa } = await openForTest();
    const operation = pakeOperationInit();
    await must(
      psa.pakeSetup(operation, await spake2pKey(psa, SPAKE2P), suite(SPAKE2P, PSA_PAKE_CONFIRMED_KEY)),
    );
    expect(await named(psa.pakeSetUser(operation, new Uint8Array(300)))).toBe('SUCCESS');
  });

  it.each([
    ['derivation', PSA_KEY_TYPE_DERIVE, 'SUCCESS'],
    ['HMAC', PSA_KEY_TYPE_HMAC, 'SUCCESS'],
    ['AES', PSA_KEY_TYPE_AES, 'SUCCESS'],
    ['ChaCha20', PSA_KEY_TYPE_CHACHA20, 'SUCCESS'],
    ['password', PSA_KEY_TYPE_PASSWORD, 'INVALID_ARGUMENT'],
    ['password hash', PSA_KEY_TYPE_PASSWORD_HASH, 'INVALID_ARGUMENT'],
    ['pepper', PSA_KEY_TYPE_PEPPER, 'INVALID_ARGUMENT'],
    ['raw data', PSA_KEY_TYPE_RAW_DATA, 'INVALID_ARGUMENT'],
  ])('the secret of SPAKE2+ as a key for %s (10.11.4)', async (_, type, status) => {
    const { psa } = await openForTest();
    const key = await spake2pKey(psa, SPAKE2P);
    const party = async (role: number) => {
      const operation = pakeOperationInit();
      await must(psa.pakeSetup(operation, key, suite(SPAKE2P, PSA_PAKE_CONFIRMED_KEY)));
      await must(psa.pakeSetRole(operation, role));
      return operation;
    };
    const prover = await party(PSA_PAKE_ROLE_CLIENT);
    const verifier = await party(PSA_PAKE_ROLE_SERVER);
    const send = async (from: typeof prover, to: typeof prover, step: number) =>
      must(psa.pakeInput(to, step, (await must(psa.pakeOutput(from, step))).output));
    await send(prover, verifier, PSA_PAKE_STEP_KEY_SHARE);
    await send(verifier, prover, PSA_PAKE_STEP_KEY_SHARE);
    await send(verifier, prover, PSA_PAKE_STEP_CONFIRM);
    await send(prover, verifier, PSA_PAKE_STEP_CONFIRM);
    expect(await named(psa.pakeGetSharedKey(prover, { type, usage: ALL_USAGE }))).toBe(status);
  });
});
