/** Rules about keys: each with calls that it finds, and calls that it must not. */
import { describe, expect, it } from 'vitest';
import { createDevice } from '../../../../emulator/device.ts';
import {
  PSA_ALG_CTR,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_GCM,
  PSA_ALG_SHA_256,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_SIGN_HASH,
} from '../../../../psa-api/constants.ts';
import { hex, join, NOTHING, unhex } from '../../../support/bytes.ts';
import { inProcess } from '../../../support/device.ts';
import { evidenceOf, examine, PROFILES, rulesOf } from '../../../support/diagnosis.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import {
  AES_KEY,
  ALL_USAGE,
  aesKey,
  P256_PAIR_TYPE,
  P256_POINT,
  P256_PUBLIC_TYPE,
  P256_SCALAR,
  p256Pair,
  p256Public,
} from '../../../support/keys.ts';
import { must } from '../../../support/status.ts';

const ECDSA = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
const SPKI = unhex(`3059301306072a8648ce3d020106082a8648ce3d030107034200${hex(P256_POINT)}`);

describe.each(PROFILES)('on %s', (profile) => {
  describe('import-type', () => {
    it.each([
      ['a point as AES', PSA_KEY_TYPE_AES, P256_POINT, /65 bytes are a public point/],
      ['17 bytes as AES', PSA_KEY_TYPE_AES, join(AES_KEY, AES_KEY.subarray(0, 1)), /which has 16, 24, 32/],
      ['a point as a pair', P256_PAIR_TYPE, P256_POINT, /its type is PSA_KEY_TYPE_ECC_PUBLIC_KEY/],
      ['a scalar as a public key', P256_PUBLIC_TYPE, P256_SCALAR, /its type is PSA_KEY_TYPE_ECC_KEY_PAIR/],
      ['a point without its first byte', P256_PUBLIC_TYPE, P256_POINT.subarray(1), /without the byte 0x04/],
      ['a SubjectPublicKeyInfo', P256_PUBLIC_TYPE, SPKI, /PSA takes the point alone/],
    ])('finds %s', async (_, type, data, what) => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await psa.importKey({ type, alg: ECDSA, usage: ALL_USAGE }, data);
      });
      expect(rulesOf(findings)).toEqual(['import-type']);
      expect(findings[0]?.what).toMatch(what);
    });

    it('finds an algorithm that the type can never be used with, before anything has failed', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const { key } = await must(
          psa.importKey({ type: PSA_KEY_TYPE_AES, alg: ECDSA, usage: PSA_KEY_USAGE_SIGN_HASH }, P256_SCALAR),
        );
        await psa.signHash(key, ECDSA, P256_SCALAR);
        await psa.destroyKey(key);
      });
      expect(rulesOf(findings)).toEqual(['import-type']);
      expect(evidenceOf(findings[0])).toEqual(['psa_import_key']);
      expect(findings[0]?.consequences).toBe(1);
    });

    it('leaves alone keys that are what they say', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        for (const key of [
          await aesKey(psa, PSA_ALG_GCM),
          await p256Pair(psa, PSA_ALG_ECDSA_ANY),
          await p256Public(psa, ECDSA),
        ])
          await must(psa.destroyKey(key));
      });
      expect(findings).toEqual([]);
    });
  });

  describe('persistent-id-collision', () => {
    it('finds an id that is still taken, with the key that has it', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        for (let handshake = 0; handshake < 2; handshake++) {
          await psa.importKey({ type: P256_PUBLIC_TYPE, alg: ECDSA, usage: ALL_USAGE, id: 1234 }, P256_POINT);
          // The signature is wrong, and the error path returns without psa_destroy_key.
          await psa.verifyHash(1234, ECDSA, P256_SCALAR, P256_POINT.subarray(1));
        }
      });
      expect(rulesOf(findings)).toEqual(['persistent-id-collision']);
      expect(evidenceOf(findings[0])).toEqual(['psa_import_key', 'psa_verify_hash', 'psa_import_key']);
      expect(findings[0]?.what).toMatch(
        /id 0x000004d2 has a persistent key, made by psa_import_key \(#\d+\)/,
      );
    });

    it('finds one from before the trace', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await psa.generateKey({ type: PSA_KEY_TYPE_AES, bits: 128, id: 0x3ffffffe });
      });
      expect(rulesOf(findings)).toEqual(['persistent-id-collision']);
      expect(findings[0]?.what).toMatch(/from before the trace/);
    });

    it('leaves alone an id that was freed, and the same id of another client', async () => {
      const findings = await examine({ profile }, async ({ psa, another }) => {
        for (let i = 0; i < 2; i++) {
          await must(psa.destroyKey(await aesKey(psa, PSA_ALG_GCM, { id: 5 })));
        }
        await aesKey(psa, PSA_ALG_GCM, { id: 5 });
        await aesKey((await another({ owner: 3 })).psa, PSA_ALG_GCM, { id: 5 });
      });
      expect(findings).toEqual([]);
    });
  });

  describe('key-gone', () => {
    it('finds a key that was destroyed, and the id 0', async () => {
      const destroyed = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_CTR);
        await must(psa.destroyKey(key));
        await psa.cipherEncrypt(key, PSA_ALG_CTR, AES_KEY);
        await psa.destroyKey(key);
      });
      expect(rulesOf(destroyed)).toEqual(['key-gone']);
      expect(evidenceOf(destroyed[0])).toEqual(['psa_import_key', 'psa_destroy_key', 'psa_cipher_encrypt']);
      expect(destroyed[0]?.consequences).toBe(1);
      const never = await examine({ profile }, async ({ psa }) => {
        await psa.cipherEncrypt(0, PSA_ALG_CTR, AES_KEY);
      });
      expect(rulesOf(never)).toEqual(['key-gone']);
    });

    it('finds a volatile key that was closed, which is its end', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_CTR);
        await must(psa.closeKey(key));
        await psa.cipherEncrypt(key, PSA_ALG_CTR, AES_KEY);
      });
      expect(rulesOf(findings)).toEqual(['key-gone']);
      expect(evidenceOf(findings[0])).toEqual(['psa_import_key', 'psa_close_key', 'psa_cipher_encrypt']);
    });

    it('finds a persistent key from before the trace that was destroyed in it', async () => {
      const store = temporaryFolder();
      const before = createDevice({ profile, store, insecureSeed: 1 });
      await aesKey((await inProcess(before)).psa, PSA_ALG_CTR, { id: 6 });
      before.close();
      const findings = await examine({ profile, store, insecureSeed: 1 }, async ({ psa }) => {
        await must(psa.destroyKey(6));
        await psa.cipherEncrypt(6, PSA_ALG_CTR, AES_KEY);
      });
      expect(rulesOf(findings)).toEqual(['key-gone']);
      expect(evidenceOf(findings[0])).toEqual(['psa_destroy_key', 'psa_cipher_encrypt']);
    });

    it('leaves alone who asks whether a key is there', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await psa.getKeyAttributes(77);
        await psa.openKey(77);
        const key = await aesKey(psa, PSA_ALG_CTR, { id: 77 });
        await must(psa.closeKey((await must(psa.openKey(77))).handle));
        await must(psa.cipherEncrypt(key, PSA_ALG_CTR, AES_KEY));
        await must(psa.destroyKey(key));
        await psa.getKeyAttributes(77);
        await must(psa.destroyKey(0));
      });
      expect(findings).toEqual([]);
    });
  });

  describe('key-policy', () => {
    it('finds an algorithm and a use that the key is not for', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_CTR, { usage: PSA_KEY_USAGE_DECRYPT });
        await psa.cipherEncrypt(key, PSA_ALG_CTR, AES_KEY);
        const pair = await p256Pair(psa, ECDSA, { usage: PSA_KEY_USAGE_SIGN_HASH });
        await psa.signHash(pair, PSA_ALG_ECDSA_ANY, P256_SCALAR);
        await psa.destroyKey(key);
        await psa.destroyKey(pair);
      });
      expect(rulesOf(findings)).toEqual(['key-policy', 'key-policy']);
      expect(findings[0]?.what).toMatch(/\(PSA_KEY_TYPE_AES\) has no PSA_KEY_USAGE_ENCRYPT\.$/);
      expect(findings[1]?.what).toMatch(
        /is for PSA_ALG_ECDSA\(PSA_ALG_SHA_256\), and the call asks for PSA_ALG_ECDSA_ANY\.$/,
      );
    });

    it('leaves alone uses that are permitted, and a key that may not be exported', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_CTR, { usage: PSA_KEY_USAGE_ENCRYPT });
        await must(psa.cipherEncrypt(key, PSA_ALG_CTR, AES_KEY));
        await psa.exportKey(key);
        await must(psa.destroyKey(key));
      });
      expect(findings).toEqual([]);
    });
  });

  describe('unfreed-keys', () => {
    it('finds volatile keys at the end', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_GCM);
        await aesKey(psa, PSA_ALG_CTR);
        await must(psa.aeadEncrypt(key, PSA_ALG_GCM, new Uint8Array(12), NOTHING, AES_KEY));
      });
      expect(rulesOf(findings)).toEqual(['unfreed-keys']);
      expect(findings[0]?.details).toHaveLength(2);
      expect(findings[0]?.details[0]).toMatch(
        /PSA_KEY_TYPE_AES: made by psa_import_key \(#\d+\), last used by psa_aead_encrypt/,
      );
      expect(findings[0]?.details[1]).toMatch(/never used/);
    });

    it('leaves alone persistent keys, and keys that were destroyed', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await aesKey(psa, PSA_ALG_GCM, { id: 9 });
        await must(psa.destroyKey(await aesKey(psa, PSA_ALG_GCM)));
      });
      expect(findings).toEqual([]);
    });
  });
});

it('unfreed-keys finds that there is no room for another', async () => {
  const findings = await examine({ profile: 'stm32h573-sm-1.2' }, async ({ psa }) => {
    for (let i = 0; i < 32; i++) await aesKey(psa, PSA_ALG_CTR);
    const { key } = await psa.importKey(
      { type: PSA_KEY_TYPE_AES, alg: PSA_ALG_CTR, usage: ALL_USAGE },
      AES_KEY,
    );
    await psa.cipherEncrypt(key, PSA_ALG_CTR, AES_KEY);
  });
  expect(rulesOf(findings)).toEqual(['unfreed-keys']);
  expect(findings[0]?.what).toMatch(/PSA_ERROR_INSUFFICIENT_MEMORY: 32 volatile keys/);
  expect(findings[0]?.details).toHaveLength(17);
  expect(findings[0]?.consequences).toBe(1);
});
