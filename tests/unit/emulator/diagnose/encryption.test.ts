/** Rules about encryption: each with calls that it finds, and calls that it must not. */
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CCM,
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_CTR,
  PSA_ALG_GCM,
  PSA_ALG_XTS,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
} from '../../../../psa-api/constants.ts';
import {
  type AeadOperation,
  aeadOperationInit,
  cipherOperationInit,
  type Psa,
} from '../../../../psa-api/generated/psa.ts';
import { NOTHING } from '../../../support/bytes.ts';
import { evidenceOf, examine, type Patient, PROFILES, rulesOf } from '../../../support/diagnosis.ts';
import { AES_KEY, ALL_USAGE, aesKey } from '../../../support/keys.ts';
import { must } from '../../../support/status.ts';

const bytes = (length: number, start = 0) => Uint8Array.from({ length }, (_, i) => (start + i) & 0xff);

describe.each(PROFILES)('on %s', (profile) => {
  /** With a key of GCM that is destroyed in the end. */
  const withKey = (
    alg: number,
    body: (psa: Psa, key: number, patient: Patient) => Promise<void>,
    reveals = false,
  ) =>
    examine({ profile, reveals }, async (patient) => {
      const key = await aesKey(patient.psa, alg);
      await body(patient.psa, key, patient);
      await must(patient.psa.destroyKey(key));
    });

  /** An encryption as far as its text. */
  const begin = async (psa: Psa, key: number, nonce: Uint8Array, ad?: Uint8Array): Promise<AeadOperation> => {
    const operation = aeadOperationInit();
    await must(psa.aeadEncryptSetup(operation, key, PSA_ALG_GCM));
    await must(psa.aeadSetNonce(operation, nonce));
    if (ad !== undefined) await must(psa.aeadUpdateAd(operation, ad));
    await must(psa.aeadUpdate(operation, bytes(20)));
    return operation;
  };

  describe('aead-through-cipher', () => {
    it('finds a key of GCM in a cipher function, and the other way round', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        const operation = cipherOperationInit();
        await psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_NO_PADDING);
        await psa.cipherSetIv(operation, bytes(16));
        await psa.cipherUpdate(operation, bytes(16));
      });
      expect(rulesOf(findings)).toEqual(['aead-through-cipher']);
      expect(evidenceOf(findings[0])).toEqual(['psa_import_key', 'psa_cipher_encrypt_setup']);
      expect(findings[0]?.what).toMatch(/is for PSA_ALG_GCM; the call asks for PSA_ALG_CBC_NO_PADDING/);
      const reverse = await withKey(PSA_ALG_CBC_NO_PADDING, async (psa, key) => {
        await psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12), NOTHING, bytes(5));
      });
      expect(rulesOf(reverse)).toEqual(['aead-through-cipher']);
    });

    it('finds GCM asked of a cipher function', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await psa.cipherEncrypt(key, PSA_ALG_GCM, bytes(5));
      });
      expect(rulesOf(findings)).toEqual(['aead-through-cipher']);
      expect(findings[0]?.what).toMatch(/PSA_ALG_GCM is no algorithm of psa_cipher_encrypt/);
    });

    it('leaves alone CBC of one block that is finished, of more that is not, and modes for any length', async () => {
      const cbc = await withKey(PSA_ALG_CBC_NO_PADDING, async (psa, key) => {
        for (const [length, isFinished] of [
          [16, true],
          [48, false],
          [64, false],
        ] as const) {
          const operation = cipherOperationInit();
          await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_NO_PADDING));
          await must(psa.cipherSetIv(operation, bytes(16, length)));
          await must(psa.cipherUpdate(operation, bytes(length)));
          if (isFinished) await must(psa.cipherFinish(operation));
          await must(psa.cipherAbort(operation));
        }
      });
      expect(cbc).toEqual([]);
      const ctr = await withKey(PSA_ALG_CTR, async (psa, key) => {
        const operation = cipherOperationInit();
        await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CTR));
        await must(psa.cipherSetIv(operation, bytes(16)));
        await must(psa.cipherUpdate(operation, bytes(21)));
        await must(psa.cipherAbort(operation));
      });
      expect(ctr).toEqual([]);
    });
  });

  describe('tag-never-read', () => {
    it('finds an encryption that is aborted after its text, and one that is left', async () => {
      const aborted = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await psa.aeadAbort(await begin(psa, key, bytes(12), bytes(13)));
      });
      expect(rulesOf(aborted)).toEqual(['tag-never-read']);
      expect(evidenceOf(aborted[0])).toEqual(['psa_aead_encrypt_setup', 'psa_aead_update', 'psa_aead_abort']);
      const left = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await begin(psa, key, bytes(12), bytes(13));
      });
      expect(rulesOf(left)).toEqual(['tag-never-read']);
    });

    it('finds a decryption that is never checked', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        const operation = aeadOperationInit();
        await must(psa.aeadDecryptSetup(operation, key, PSA_ALG_GCM));
        await must(psa.aeadSetNonce(operation, bytes(12)));
        await must(psa.aeadUpdateAd(operation, bytes(13)));
        await must(psa.aeadUpdate(operation, bytes(40)));
        await must(psa.aeadAbort(operation));
      });
      expect(rulesOf(findings)).toEqual(['tag-never-read']);
      expect(findings[0]?.what).toMatch(/without psa_aead_verify/);
    });

    it('leaves alone what is finished, and what is given up before any text', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await must(psa.aeadFinish(await begin(psa, key, bytes(12), bytes(13))));
        const operation = aeadOperationInit();
        await must(psa.aeadEncryptSetup(operation, key, PSA_ALG_GCM));
        await must(psa.aeadSetNonce(operation, bytes(12)));
        await must(psa.aeadAbort(operation));
      });
      expect(findings).toEqual([]);
    });
  });

  describe('additional-data-missing', () => {
    it('finds an encryption in parts that is never given any', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await must(psa.aeadFinish(await begin(psa, key, bytes(12))));
        await must(psa.aeadFinish(await begin(psa, key, bytes(12, 1))));
      });
      expect(rulesOf(findings)).toEqual(['additional-data-missing']);
      expect(findings[0]).toMatchObject({ certainty: 'likely', times: 2 });
    });

    it('finds what was announced and not given', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        const operation = aeadOperationInit();
        await must(psa.aeadEncryptSetup(operation, key, PSA_ALG_GCM));
        await must(psa.aeadSetLengths(operation, 13, 16));
        await must(psa.aeadSetNonce(operation, bytes(12)));
        await psa.aeadUpdate(operation, bytes(16));
        await psa.aeadFinish(operation);
        await psa.aeadAbort(operation);
      });
      expect(rulesOf(findings)).toEqual(['additional-data-missing']);
      expect(findings[0]).toMatchObject({ certainty: 'certain', consequences: 1 });
    });

    it('finds a tag that does not match where none was given', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await psa.aeadDecrypt(key, PSA_ALG_GCM, bytes(12), NOTHING, bytes(40));
      });
      expect(rulesOf(findings)).toEqual(['additional-data-missing']);
    });

    it('leaves alone what has some, what says that there is none, and a wrong tag of such', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await must(psa.aeadFinish(await begin(psa, key, bytes(12), bytes(13))));
        await must(psa.aeadFinish(await begin(psa, key, bytes(12, 1), NOTHING)));
        await must(psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12, 2), NOTHING, bytes(5)));
        await psa.aeadDecrypt(key, PSA_ALG_GCM, bytes(12), bytes(13), bytes(40));
      });
      expect(findings).toEqual([]);
    });
  });

  describe('nonce-reuse', () => {
    it('finds a nonce that encrypts twice, in one call or in parts', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await must(psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12), bytes(5), bytes(30)));
        await must(psa.aeadFinish(await begin(psa, key, bytes(12), bytes(13))));
        await must(psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12), bytes(5), bytes(31)));
      });
      expect(rulesOf(findings)).toEqual(['nonce-reuse']);
      expect(findings[0]?.times).toBe(2);
      expect(evidenceOf(findings[0])).toEqual(['psa_aead_encrypt', 'psa_aead_set_nonce', 'psa_aead_update']);
    });

    it('finds an IV that encrypts twice', async () => {
      const findings = await withKey(PSA_ALG_CTR, async (psa, key) => {
        for (const start of [0, 1]) {
          const operation = cipherOperationInit();
          await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CTR));
          await must(psa.cipherSetIv(operation, bytes(16)));
          await must(psa.cipherUpdate(operation, bytes(40, start)));
          await must(psa.cipherFinish(operation));
        }
      });
      expect(rulesOf(findings)).toEqual(['nonce-reuse']);
    });

    it('finds it across keys of the same bytes: a counter that begins again', async () => {
      const session = async (psa: Psa, start: number) => {
        const key = await aesKey(psa, PSA_ALG_GCM);
        await must(psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12), bytes(5), bytes(30, start)));
        await must(psa.destroyKey(key));
      };
      const findings = await examine({ profile }, async ({ psa, device }) => {
        await session(psa, 0);
        device.power('reset');
        await psa.cryptoInit();
        await session(psa, 100);
      });
      expect(rulesOf(findings)).toEqual(['nonce-reuse']);
      const repeated = await examine({ profile }, async ({ psa }) => {
        await session(psa, 0);
        await session(psa, 0);
      });
      expect(repeated).toEqual([]);
    });

    it('leaves alone decryption, other nonces, other keys, and nonces that encrypt nothing', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        const other = (
          await must(psa.importKey({ type: 0x2400, alg: PSA_ALG_GCM, usage: ALL_USAGE }, bytes(16)))
        ).key;
        const { ciphertext } = await must(psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12), bytes(5), bytes(30)));
        await must(psa.aeadEncrypt(other, PSA_ALG_GCM, bytes(12), bytes(5), bytes(30)));
        await must(psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12, 1), bytes(5), bytes(30)));
        for (let i = 0; i < 2; i++)
          await must(psa.aeadDecrypt(key, PSA_ALG_GCM, bytes(12), bytes(5), ciphertext));
        const operation = aeadOperationInit();
        await must(psa.aeadEncryptSetup(operation, key, PSA_ALG_GCM));
        await must(psa.aeadSetNonce(operation, bytes(12)));
        await must(psa.aeadAbort(operation));
        await must(psa.destroyKey(other));
      });
      expect(findings).toEqual([]);
    });
  });

  describe('nonce-length-byte', () => {
    const withLength = Uint8Array.of(12, ...bytes(12, 50));

    it('finds a nonce of GCM that is a byte too long', async () => {
      const findings = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await must(psa.aeadFinish(await begin(psa, key, withLength, bytes(13))));
      });
      expect(rulesOf(findings)).toEqual(['nonce-length-byte']);
      expect(findings[0]?.certainty).toBe('likely');
    });

    it('is certain where the byte is revealed, and for CCM can tell by it alone', async () => {
      const gcm = await withKey(
        PSA_ALG_GCM,
        async (psa, key) => {
          await must(psa.aeadEncrypt(key, PSA_ALG_GCM, withLength, bytes(13), bytes(9)));
          await must(psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(13), bytes(13), bytes(9)));
        },
        true,
      );
      expect(rulesOf(gcm)).toEqual(['nonce-length-byte']);
      expect(gcm[0]).toMatchObject({ certainty: 'certain', times: 1 });
      const ccm = async (psa: Psa, key: number) => {
        await must(psa.aeadEncrypt(key, PSA_ALG_CCM, withLength, bytes(13), bytes(9)));
      };
      expect(rulesOf(await withKey(PSA_ALG_CCM, ccm, true))).toEqual(['nonce-length-byte']);
      expect(await withKey(PSA_ALG_CCM, ccm)).toEqual([]);
    });

    it('leaves alone nonces of 12 bytes, and of 13 for CCM', async () => {
      const gcm = await withKey(PSA_ALG_GCM, async (psa, key) => {
        await must(psa.aeadFinish(await begin(psa, key, bytes(12, 12), bytes(13))));
      });
      expect(gcm).toEqual([]);
    });
  });
});

it('nonce-reuse leaves alone the tweak of XTS, which is the number of a sector', async () => {
  const findings = await examine({ profile: 'psa-full' }, async ({ psa }) => {
    const attributes = { type: PSA_KEY_TYPE_AES, alg: PSA_ALG_XTS, usage: ALL_USAGE };
    const { key } = await must(psa.importKey(attributes, bytes(32)));
    for (const start of [0, 1]) {
      const operation = cipherOperationInit();
      await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_XTS));
      await must(psa.cipherSetIv(operation, bytes(16)));
      await must(psa.cipherUpdate(operation, bytes(64, start)));
      await must(psa.cipherFinish(operation));
    }
    await must(psa.destroyKey(key));
  });
  expect(findings).toEqual([]);
});

it('nonce-length-byte finds a nonce that ChaCha20-Poly1305 refuses', async () => {
  const findings = await examine({ profile: 'psa-full' }, async ({ psa }) => {
    const attributes = { type: PSA_KEY_TYPE_CHACHA20, alg: PSA_ALG_CHACHA20_POLY1305, usage: ALL_USAGE };
    const { key } = await must(psa.importKey(attributes, Uint8Array.of(...AES_KEY, ...AES_KEY)));
    await psa.aeadEncrypt(key, PSA_ALG_CHACHA20_POLY1305, bytes(13, 12), bytes(5), bytes(9));
    await psa.destroyKey(key);
  });
  expect(rulesOf(findings)).toEqual(['nonce-length-byte']);
  expect(findings[0]?.what).toMatch(/psa_aead_encrypt \(#\d+\) answered PSA_ERROR_INVALID_ARGUMENT/);
});
