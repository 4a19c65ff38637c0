/** Rules about operation objects: each with calls that it finds, and calls that it must not. */
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CCM,
  PSA_ALG_CTR,
  PSA_ALG_SHA_256,
} from '../../../../psa-api/constants.ts';
import {
  aeadOperationInit,
  cipherOperationInit,
  hashOperationInit,
} from '../../../../psa-api/generated/psa.ts';
import { evidenceOf, examine, PROFILES, rulesOf } from '../../../support/diagnosis.ts';
import { aesKey } from '../../../support/keys.ts';
import { must } from '../../../support/status.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => i & 0xff);

describe.each(PROFILES)('on %s', (profile) => {
  describe('stale-operation', () => {
    it('finds an object of a copy that was finished', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const operation = cipherOperationInit();
        const key = await aesKey(psa, PSA_ALG_CTR);
        await psa.cipherEncryptSetup(operation, key, PSA_ALG_CTR);
        await psa.cipherSetIv(operation, bytes(16));
        await psa.cipherFinish({ ...operation });
        await psa.cipherUpdate(operation, bytes(3));
        await psa.destroyKey(key);
      });
      expect(rulesOf(findings)).toEqual(['stale-operation']);
      expect(evidenceOf(findings[0])).toEqual([
        'psa_cipher_encrypt_setup',
        'psa_cipher_finish',
        'psa_cipher_update',
      ]);
    });

    it('finds an object that was never initialized', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await psa.hashUpdate({ ...hashOperationInit(), handle: 0xa5a5a5a5 }, bytes(1));
      });
      expect(rulesOf(findings)).toEqual(['stale-operation']);
      expect(findings[0]?.what).toMatch(/handle 2779096485 was never given out/);
    });

    it('finds the handle of another family, and of another client', async () => {
      const findings = await examine({ profile }, async ({ psa, another }) => {
        const hash = hashOperationInit();
        await must(psa.hashSetup(hash, PSA_ALG_SHA_256));
        await psa.cipherUpdate({ ...cipherOperationInit(), handle: hash.handle }, bytes(1));
        await (await another({ owner: 7 })).psa.hashUpdate({ ...hash }, bytes(1));
        await psa.hashAbort(hash);
      });
      expect(rulesOf(findings)).toEqual(['stale-operation', 'stale-operation']);
      expect(findings[0]?.what).toMatch(/is no cipher operation: hash operation \d+/);
      expect(findings[1]?.what).toMatch(/hash operation \d+ .*of the non-secure application/);
    });

    it('leaves alone a clone that is finished, and objects aborted twice', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const [running, copy] = [hashOperationInit(), hashOperationInit()];
        await psa.hashSetup(running, PSA_ALG_SHA_256);
        await psa.hashUpdate(running, bytes(5));
        await psa.hashClone(running, copy);
        await psa.hashFinish(copy);
        await psa.hashAbort(copy);
        await psa.hashAbort(copy);
        await psa.hashUpdate(running, bytes(5));
        await psa.hashFinish(running);
      });
      expect(findings).toEqual([]);
    });
  });

  describe('finished-twice', () => {
    it('finds a hash finished twice', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const operation = hashOperationInit();
        await psa.hashSetup(operation, PSA_ALG_SHA_256);
        await psa.hashFinish(operation);
        await psa.hashFinish(operation);
      });
      expect(rulesOf(findings)).toEqual(['finished-twice']);
      expect(findings[0]?.certainty).toBe('certain');
      expect(evidenceOf(findings[0])).toEqual(['psa_hash_finish', 'psa_hash_finish']);
    });

    it('finds an object that was never set up', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await psa.cipherUpdate(cipherOperationInit(), bytes(1));
        await psa.hashFinish(hashOperationInit());
      });
      expect(rulesOf(findings)).toEqual(['finished-twice', 'finished-twice']);
    });

    it('leaves alone an object that is set up again', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const operation = hashOperationInit();
        for (let i = 0; i < 3; i++) {
          await psa.hashSetup(operation, PSA_ALG_SHA_256);
          await psa.hashFinish(operation);
        }
      });
      expect(findings).toEqual([]);
    });
  });

  describe('already-active', () => {
    it('finds a setup on an operation that runs', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const operation = hashOperationInit();
        await psa.hashSetup(operation, PSA_ALG_SHA_256);
        await psa.hashSetup(operation, PSA_ALG_SHA_256);
        await psa.hashUpdate(operation, bytes(1));
        await psa.hashAbort(operation);
      });
      expect(rulesOf(findings)).toEqual(['already-active']);
      expect(evidenceOf(findings[0])).toEqual(['psa_hash_setup', 'psa_hash_setup']);
    });

    it('leaves alone a setup after an abort', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const operation = hashOperationInit();
        await psa.hashSetup(operation, PSA_ALG_SHA_256);
        await psa.hashAbort(operation);
        await psa.hashSetup(operation, PSA_ALG_SHA_256);
        await psa.hashFinish(operation);
      });
      expect(findings).toEqual([]);
    });
  });

  describe('call-order', () => {
    it('finds what is missing or came too late', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const [cbc, ccm] = [await aesKey(psa, PSA_ALG_CBC_NO_PADDING), await aesKey(psa, PSA_ALG_CCM)];
        const cipher = cipherOperationInit();
        await psa.cipherEncryptSetup(cipher, cbc, PSA_ALG_CBC_NO_PADDING);
        await psa.cipherUpdate(cipher, bytes(16));
        await psa.cipherFinish(cipher);
        await psa.cipherAbort(cipher);
        const aead = aeadOperationInit();
        await psa.aeadEncryptSetup(aead, ccm, PSA_ALG_CCM);
        await psa.aeadSetNonce(aead, bytes(12));
        await psa.aeadUpdate(aead, bytes(4));
        await psa.aeadAbort(aead);
      });
      expect(rulesOf(findings)).toEqual(['call-order', 'call-order']);
      expect(findings[0]?.what).toMatch(/it has no IV yet/);
      expect(findings[1]?.what).toMatch(/CCM needs psa_aead_set_lengths before the nonce/);
      expect(findings.map(({ consequences }) => consequences)).toEqual([1, 1]);
    });

    it('finds a key destroyed under its operation', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_CTR);
        const cipher = cipherOperationInit();
        await psa.cipherEncryptSetup(cipher, key, PSA_ALG_CTR);
        await psa.destroyKey(key);
        await psa.cipherSetIv(cipher, bytes(16));
        await psa.cipherAbort(cipher);
      });
      expect(rulesOf(findings)).toEqual(['call-order']);
      expect(evidenceOf(findings[0])).toEqual([
        'psa_cipher_encrypt_setup',
        'psa_destroy_key',
        'psa_cipher_set_iv',
      ]);
    });

    it('leaves alone the right order', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_CCM);
        const aead = aeadOperationInit();
        await psa.aeadEncryptSetup(aead, key, PSA_ALG_CCM);
        await psa.aeadSetLengths(aead, 3, 4);
        await psa.aeadSetNonce(aead, bytes(12));
        await psa.aeadUpdateAd(aead, bytes(3));
        await psa.aeadUpdate(aead, bytes(4));
        await must(psa.aeadFinish(aead));
        await psa.destroyKey(key);
      });
      expect(findings).toEqual([]);
    });
  });

  describe('operation-leak', () => {
    it('finds an operation in its error state that nobody aborts', async () => {
      const findings = await examine({ profile: 'stm32h573-sm-1.2' }, async ({ psa }) => {
        for (let i = 0; i < 9; i++) {
          const operation = hashOperationInit();
          await psa.hashSetup(operation, PSA_ALG_SHA_256);
          await psa.hashFinish(operation, 1);
        }
      });
      expect(rulesOf(findings)).toContain('operation-leak');
      const leak = findings.find(({ rule }) => rule === 'operation-leak');
      expect(leak?.details[0]).toMatch(/in its error state since psa_hash_finish \(#\d+\), never aborted/);
    });

    it('leaves alone a table that is full for a while, and another client’s end', async () => {
      const findings = await examine({ profile }, async ({ psa, another }) => {
        const operations = Array.from({ length: 8 }, hashOperationInit);
        for (const operation of operations) await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
        await (await another()).close();
        for (const operation of operations) await must(psa.hashFinish(operation));
      });
      expect(findings).toEqual([]);
    });

    it('tells of what is left only where nothing failed before', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await psa.hashSetup(hashOperationInit(), PSA_ALG_SHA_256);
        await psa.hashFinish(hashOperationInit());
      });
      expect(rulesOf(findings)).toEqual(['finished-twice']);
    });

    it('knows that a reset ends operations', async () => {
      const findings = await examine({ profile }, async ({ psa, device }) => {
        const operation = hashOperationInit();
        await psa.hashSetup(operation, PSA_ALG_SHA_256);
        device.power('reset');
        await psa.cryptoInit();
        await psa.hashUpdate(operation, bytes(1));
      });
      expect(rulesOf(findings)).toEqual(['stale-operation']);
      expect(findings[0]?.what).toMatch(/ended with the reset/);
    });
  });

  describe('clone-not-made', () => {
    it('finds a clone of what was never set up, or has ended', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await psa.hashClone(hashOperationInit(), hashOperationInit());
      });
      expect(rulesOf(findings)).toEqual(['clone-not-made']);
      expect(findings[0]?.what).toMatch(/its source was never set up/);
      const ended = await examine({ profile }, async ({ psa }) => {
        const operation = hashOperationInit();
        await psa.hashSetup(operation, PSA_ALG_SHA_256);
        const copy = { ...operation };
        await psa.hashFinish(operation);
        await psa.hashClone(copy, hashOperationInit());
      });
      expect(rulesOf(ended)).toEqual(['clone-not-made']);
      expect(evidenceOf(ended[0])).toEqual(['psa_hash_setup', 'psa_hash_finish', 'psa_hash_clone']);
    });

    it('leaves alone clones of a hash that runs, one of the other too', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const [running, copy, further] = [hashOperationInit(), hashOperationInit(), hashOperationInit()];
        await must(psa.hashSetup(running, PSA_ALG_SHA_256));
        await must(psa.hashUpdate(running, bytes(5)));
        await must(psa.hashClone(running, copy));
        await must(psa.hashClone(copy, further));
        for (const operation of [further, copy, running]) await must(psa.hashFinish(operation));
      });
      expect(findings).toEqual([]);
    });
  });

  describe('status-ignored', () => {
    it('finds a failing update that the caller goes on from', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_CBC_NO_PADDING);
        const operation = cipherOperationInit();
        await psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_NO_PADDING);
        // An IV of GCM's length.
        await psa.cipherSetIv(operation, bytes(12));
        await psa.cipherUpdate(operation, bytes(16));
        await psa.cipherFinish(operation);
        await psa.cipherAbort(operation);
        await psa.destroyKey(key);
      });
      expect(rulesOf(findings)).toEqual(['status-ignored']);
      expect(evidenceOf(findings[0])).toEqual(['psa_cipher_set_iv', 'psa_cipher_update']);
      expect(findings[0]).toMatchObject({ times: 1, consequences: 1 });
    });

    it('finds a key that was never made', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        // Usage flags that do not exist.
        const { key } = await psa.importKey({ type: 0x2400, alg: PSA_ALG_CTR, usage: 0x40000000 }, bytes(16));
        await psa.cipherEncrypt(key, PSA_ALG_CTR, bytes(3));
      });
      expect(rulesOf(findings)).toEqual(['status-ignored']);
      expect(evidenceOf(findings[0])).toEqual(['psa_import_key', 'psa_cipher_encrypt']);
    });

    it('leaves alone a failure that is looked at', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const key = await aesKey(psa, PSA_ALG_CBC_NO_PADDING);
        const operation = cipherOperationInit();
        await psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_NO_PADDING);
        await psa.cipherSetIv(operation, bytes(12));
        await psa.cipherAbort(operation);
        await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_NO_PADDING));
        await must(psa.cipherSetIv(operation, bytes(16)));
        await must(psa.cipherUpdate(operation, bytes(32)));
        await must(psa.cipherFinish(operation));
        await psa.destroyKey(key);
      });
      expect(findings).toEqual([]);
    });
  });
});
