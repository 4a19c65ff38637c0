/** Rules about what the device has and holds: each with calls that it finds, and calls that it must not. */
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_CTR,
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA3_256,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
} from '../../../../psa-api/constants.ts';
import { aeadOperationInit, hashOperationInit, type Psa } from '../../../../psa-api/generated/psa.ts';
import { evidenceOf, examine, PROFILES, rulesOf } from '../../../support/diagnosis.ts';
import { ALL_USAGE, aesKey } from '../../../support/keys.ts';
import { must } from '../../../support/status.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => i & 0xff);

describe('missing-init', () => {
  const use = async (init: boolean, profile: string) =>
    examine({ profile, init }, async ({ psa }) => {
      const operation = hashOperationInit();
      await psa.hashSetup(operation, PSA_ALG_SHA_256);
      await psa.hashUpdate(operation, bytes(3));
      await psa.hashFinish(operation);
      await psa.generateRandom(4);
    });

  it('is found where the profile asks for it, once', async () => {
    const findings = await use(false, 'psa-full');
    expect(rulesOf(findings)).toEqual(['missing-init']);
    expect(evidenceOf(findings[0])).toEqual(['psa_hash_setup']);
  });

  it('is found after a reset', async () => {
    const findings = await examine({ profile: 'psa-full' }, async ({ psa, device }) => {
      await must(psa.generateRandom(4));
      device.power('reset');
      await psa.generateRandom(4);
    });
    expect(rulesOf(findings)).toEqual(['missing-init']);
  });

  it('is not on the board, nor where it was called', async () => {
    expect(await use(false, 'stm32h573-sm-1.2')).toEqual([]);
    expect(await use(true, 'psa-full')).toEqual([]);
  });
});

describe('not-on-device', () => {
  it('finds AEAD in parts before API 2.2.1, with the source', async () => {
    const findings = await examine({ profile: 'stm32h573-sm-1.1' }, async ({ psa }) => {
      const key = await aesKey(psa, PSA_ALG_GCM);
      const operation = aeadOperationInit();
      await psa.aeadEncryptSetup(operation, key, PSA_ALG_GCM);
      await psa.aeadSetNonce(operation, bytes(12));
      await psa.aeadUpdateAd(operation, bytes(13));
      await psa.aeadUpdate(operation, bytes(16));
      await psa.aeadFinish(operation);
      await psa.aeadAbort(operation);
      await psa.destroyKey(key);
    });
    expect(rulesOf(findings)).toEqual(['not-on-device']);
    expect(evidenceOf(findings[0])).toEqual(['psa_aead_encrypt_setup']);
    expect(findings[0]?.what).toMatch(/profile stm32h573-sm-1\.1 has no psa_aead_encrypt_setup/);
    expect(findings[0]?.details[0]).toBe(
      'read: secure_manager_api V2.1.0, non-secure client: answers PSA_ERROR_NOT_SUPPORTED itself',
    );
  });

  describe('a program that asks whether there is AEAD in parts', () => {
    const ask = async (psa: Psa, after: (key: number) => Promise<unknown>) => {
      const key = await aesKey(psa, PSA_ALG_GCM);
      const operation = aeadOperationInit();
      await psa.aeadEncryptSetup(operation, key, PSA_ALG_GCM);
      await psa.aeadAbort(operation);
      await after(key);
      await psa.destroyKey(key);
    };
    const profile = 'stm32h573-sm-1.1';

    it('is not told when it then does it in one call, well or not', async () => {
      const sealed = await examine({ profile }, ({ psa }) =>
        ask(psa, (key) => psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12), bytes(13), bytes(16))),
      );
      const opened = await examine({ profile }, ({ psa }) =>
        ask(psa, (key) => psa.aeadDecrypt(key, PSA_ALG_GCM, bytes(12), bytes(13), bytes(32))),
      );
      expect([sealed, opened]).toEqual([[], []]);
    });

    it('is told when it gives up, or does something else', async () => {
      const gaveUp = await examine({ profile }, ({ psa }) => ask(psa, async () => undefined));
      const other = await examine({ profile }, ({ psa }) =>
        ask(psa, () => psa.hashCompute(PSA_ALG_SHA_256, bytes(3))),
      );
      expect([gaveUp, other].map(rulesOf)).toEqual([['not-on-device'], ['not-on-device']]);
      expect(evidenceOf(gaveUp[0])).toEqual(['psa_aead_encrypt_setup']);
    });
  });

  it('finds an algorithm that the device does not have, and what follows from it', async () => {
    const findings = await examine({ profile: 'stm32h573-sm-1.2' }, async ({ psa }) => {
      const operation = hashOperationInit();
      await psa.hashSetup(operation, PSA_ALG_SHA3_256);
      await psa.hashUpdate(operation, bytes(3));
      await psa.hashFinish(operation);
    });
    expect(rulesOf(findings)).toEqual(['not-on-device']);
    expect(findings[0]?.what).toMatch(/profile stm32h573-sm-1\.2 has no PSA_ALG_SHA3_256\.$/);
    expect(findings[0]?.consequences).toBe(2);
  });

  it('finds a hash of a composite algorithm, a key type and a key size', async () => {
    const findings = await examine({ profile: 'stm32h573-sm-1.2' }, async ({ psa }) => {
      const usage = ALL_USAGE;
      const alg = PSA_ALG_GCM;
      await psa.signMessage(0x3ffffffe, PSA_ALG_ECDSA(PSA_ALG_SHA3_256), bytes(3));
      await psa.importKey({ type: PSA_KEY_TYPE_CHACHA20, alg, usage }, bytes(32));
      await psa.importKey({ type: PSA_KEY_TYPE_AES, alg, usage }, bytes(24));
      await psa.generateKey({ type: PSA_KEY_TYPE_AES, bits: 192, alg, usage });
    });
    expect(rulesOf(findings)).toEqual(['not-on-device', 'not-on-device', 'not-on-device']);
    expect(findings[0]?.what).toMatch(/has no PSA_ALG_SHA3_256 of PSA_ALG_ECDSA\(PSA_ALG_SHA3_256\)/);
    expect(findings[1]?.what).toMatch(/has no keys of type PSA_KEY_TYPE_CHACHA20/);
    expect(findings[2]?.what).toMatch(/has no PSA_KEY_TYPE_AES of 192 bits/);
    expect(findings[2]?.times).toBe(2);
    expect(findings[2]?.details).toContain('it has 256 (read: RM0481, AES and SAES)');
  });

  it('leaves alone what the profile has', async () => {
    const findings = await examine({ profile: 'psa-full' }, async ({ psa }) => {
      await must(psa.hashCompute(PSA_ALG_SHA3_256, bytes(3)));
    });
    expect(findings).toEqual([]);
  });
});

describe.each(PROFILES)('room-too-small on %s', (profile) => {
  it('finds a buffer below the size of the output, with the macro that gives it', async () => {
    const findings = await examine({ profile }, async ({ psa }) => {
      const operation = hashOperationInit();
      await psa.hashSetup(operation, PSA_ALG_SHA_256);
      await psa.hashFinish(operation, 20);
      await psa.hashFinish(operation, 32);
      await psa.hashAbort(operation);
      const key = await aesKey(psa, PSA_ALG_GCM);
      await psa.aeadEncrypt(key, PSA_ALG_GCM, bytes(12), bytes(5), bytes(10), 10);
      await psa.destroyKey(key);
    });
    expect(rulesOf(findings)).toEqual(['room-too-small', 'room-too-small']);
    expect(findings[0]?.what).toMatch(/declared hash_size 20; PSA_HASH_LENGTH\(alg\) is 32\.$/);
    expect(findings[0]?.consequences).toBe(1);
    expect(findings[1]?.what).toMatch(
      /declared ciphertext_size 10; PSA_AEAD_ENCRYPT_OUTPUT_SIZE\(type, alg, length\) is 26\.$/,
    );
  });

  it('leaves alone a buffer that is just large enough', async () => {
    const findings = await examine({ profile }, async ({ psa }) => {
      await must(psa.hashCompute(PSA_ALG_SHA_256, bytes(3), 32));
      await must(psa.signHash(0x3ffffffe, PSA_ALG_ECDSA(PSA_ALG_SHA_256), bytes(32), 64));
    });
    expect(findings).toEqual([]);
  });
});

describe('area-exceeded', () => {
  const encrypt = (profile: string, text: number, room: number) =>
    examine({ profile }, async ({ psa }) => {
      const key = await aesKey(psa, PSA_ALG_CTR);
      await psa.cipherEncrypt(key, PSA_ALG_CTR, bytes(text), room);
      await psa.destroyKey(key);
    });

  it('finds a call whose rooms do not fit, with the area’s size and source', async () => {
    const findings = await encrypt('stm32h573-sm-1.2', 100, 20_000);
    expect(rulesOf(findings)).toEqual(['area-exceeded']);
    expect(findings[0]?.what).toMatch(/input 100 \+ output_size 20000 = 20100 bytes/);
    expect(findings[0]?.details[0]).toMatch(/^shared area: 16384 \(read: /);
  });

  it('leaves alone what fits, and devices without an area', async () => {
    expect(await encrypt('stm32h573-sm-1.2', 8000, 8016)).toEqual([]);
    expect(await encrypt('psa-full', 10_000, 20_000)).toEqual([]);
  });
});
