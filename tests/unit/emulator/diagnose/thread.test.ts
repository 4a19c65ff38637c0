/** Known failures of TLS stacks on PSA: each call sequence has one diagnosis, and the right one. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../emulator/diagnose/finding.ts';
import { findingsText } from '../../../../emulator/diagnose/text.ts';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_ECDSA,
  PSA_ALG_SHA_256,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../../../psa-api/constants.ts';
import {
  type CipherOperation,
  cipherOperationInit,
  type HashOperation,
  hashOperationInit,
  type Psa,
} from '../../../../psa-api/generated/psa.ts';
import { evidenceOf, examine, PROFILES, rulesOf } from '../../../support/diagnosis.ts';
import { AES_KEY, P256_POINT, P256_SCALAR } from '../../../support/keys.ts';

const GUIDE = readFileSync(new URL('../../../../docs/guides/the-thread.md', import.meta.url), 'utf8');

const BOARD = 'stm32h573-sm-1.2';

/** Title and what was seen, as the guide quotes them from runs on the board's profile, without the list of places. */
const expectInGuide = (findings: readonly Finding[], profile = BOARD): void => {
  if (profile !== BOARD) return;
  const [quoted] = findingsText(findings, 0).split(/^ +- |^ {3}evidence/m);
  expect(GUIDE).toContain(quoted);
};

const bytes = (length: number, start = 0) => Uint8Array.from({ length }, (_, i) => (start + i) & 0xff);

/** As the adaptation does: memset on the object, and no status is looked at. */
const hash = async (psa: Psa, input: Uint8Array): Promise<void> => {
  const operation = hashOperationInit();
  await psa.hashSetup(operation, PSA_ALG_SHA_256);
  await psa.hashUpdate(operation, input);
  await psa.hashFinish(operation, 32);
  await psa.hashAbort(operation);
};

/** One direction of CBC records: the operation stays open until the next record begins. */
class CbcStream {
  readonly #psa: Psa;
  readonly #operation: CipherOperation = cipherOperationInit();
  #key = 0;

  constructor(psa: Psa) {
    this.#psa = psa;
  }

  async init(key: Uint8Array): Promise<void> {
    const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    const attributes = { type: PSA_KEY_TYPE_AES, alg: PSA_ALG_CBC_NO_PADDING, usage };
    this.#key = (await this.#psa.importKey(attributes, key)).key;
  }

  async record(iv: Uint8Array, text: Uint8Array): Promise<void> {
    await this.#psa.cipherAbort(this.#operation);
    await this.#psa.cipherEncryptSetup(this.#operation, this.#key, PSA_ALG_CBC_NO_PADDING);
    await this.#psa.cipherSetIv(this.#operation, iv);
    await this.#psa.cipherUpdate(this.#operation, text, text.length);
  }

  async cleanup(): Promise<void> {
    await this.#psa.cipherAbort(this.#operation);
    await this.#psa.destroyKey(this.#key);
  }
}

type Copy = (psa: Psa, from: HashOperation, to: HashOperation) => Promise<unknown>;

/** A handshake's transcript: a digest in between, twice, of a copy that `copy` makes. */
const transcript = async (psa: Psa, copy: Copy): Promise<void> => {
  const running = hashOperationInit();
  await psa.hashSetup(running, PSA_ALG_SHA_256);
  for (const message of [bytes(120), bytes(90), bytes(36)]) {
    await psa.hashUpdate(running, message);
    const scratch = hashOperationInit();
    await copy(psa, running, scratch);
    await psa.hashFinish(scratch, 32);
    await psa.hashAbort(scratch);
  }
  await psa.hashAbort(running);
};

const clone: Copy = (psa, from, to) => psa.hashClone(from, to);
const memcpy: Copy = async (_, from, to) => Object.assign(to, from);

describe.each(PROFILES)('on %s', (profile) => {
  it('a handshake with PSA hashes and CBC records, everything right: nothing', async () => {
    const findings = await examine({ profile }, async ({ psa }) => {
      await hash(psa, bytes(700));
      await transcript(psa, clone);
      const [write, read] = [new CbcStream(psa), new CbcStream(psa)];
      await write.init(AES_KEY);
      await read.init(bytes(16, 3));
      for (let record = 0; record < 4; record++) {
        // The IV, the Finished message, MAC and padding: 16 + 32 + 16.
        await write.record(bytes(16, 40 * record), bytes(64 + 16 * record));
        await read.record(bytes(16, 7 + 40 * record), bytes(64));
      }
      await write.cleanup();
      await read.cleanup();
    });
    expect(findings).toEqual([]);
  });

  describe('GCM routed to CBC', () => {
    const routed = (reveals: boolean) =>
      examine({ profile, reveals }, async ({ psa }) => {
        await hash(psa, bytes(700));
        await transcript(psa, clone);
        const write = new CbcStream(psa);
        await write.init(AES_KEY);
        // Length byte, nonce and what lies behind it; the Finished message is one block.
        await write.record(Uint8Array.of(12, ...bytes(12, 100), 0, 0, 0), bytes(16));
        await write.cleanup();
      });

    it('is likely by its lengths', async () => {
      const [finding, ...more] = await routed(false);
      expect([finding?.rule, finding?.certainty, more]).toEqual(['aead-through-cipher', 'likely', []]);
      expectInGuide(finding === undefined ? [] : [finding], profile);
      expect(evidenceOf(finding)).toEqual([
        'psa_import_key',
        'psa_cipher_encrypt_setup',
        'psa_cipher_set_iv',
        'psa_cipher_update',
        'psa_cipher_abort',
      ]);
    });

    it('is certain where bytes are revealed', async () => {
      const [finding, ...more] = await routed(true);
      expect([finding?.rule, finding?.certainty, more]).toEqual(['aead-through-cipher', 'certain', []]);
    });

    it('shows in a record that is no whole number of blocks, and left open', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        const read = new CbcStream(psa);
        await read.init(AES_KEY);
        await read.record(bytes(16), bytes(37));
      });
      expect(rulesOf(findings)).toEqual(['aead-through-cipher']);
      expect(findings[0]?.what).toMatch(/37 bytes went in.*the last 5 never came out/);
    });
  });

  describe('the clone of PSA on a hash in software', () => {
    it('refused by PSA: the context is none of its operations', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await transcript(psa, (_, __, scratch) =>
          psa.hashClone({ ...hashOperationInit(), handle: 0x6a09e667 }, scratch),
        );
      });
      expect(rulesOf(findings)).toEqual(['clone-not-made']);
      expect(evidenceOf(findings[0])).toEqual(['psa_hash_clone']);
      expectInGuide(findings, profile);
      expect(findings[0]).toMatchObject({ times: 3, consequences: 3 });
    });

    it('refused before PSA is called: the copy that is finished was never made', async () => {
      const findings = await examine({ profile }, async ({ psa }) => {
        await hash(psa, bytes(700));
        await transcript(psa, async () => undefined);
      });
      expect(rulesOf(findings)).toEqual(['clone-not-made']);
      expect(evidenceOf(findings[0])).toEqual(['psa_hash_setup', 'psa_hash_update', 'psa_hash_finish']);
      expectInGuide(findings, profile);
    });
  });

  it('a transcript copied with memcpy', async () => {
    const findings = await examine({ profile }, async ({ psa }) => {
      await hash(psa, bytes(700));
      await transcript(psa, memcpy);
      await hash(psa, bytes(300));
    });
    expect(rulesOf(findings)).toEqual(['stale-operation']);
    expect(evidenceOf(findings[0])).toEqual(['psa_hash_setup', 'psa_hash_finish', 'psa_hash_update']);
    expect(findings[0]?.what).toMatch(/this is a copy of it/);
    expectInGuide(findings, profile);
  });

  it('a transcript copied with memcpy, its handle given to others in between', async () => {
    const findings = await examine({ profile }, async ({ psa }) => {
      const running = hashOperationInit();
      await psa.hashSetup(running, PSA_ALG_SHA_256);
      await psa.hashUpdate(running, bytes(10));
      const scratch = { ...running };
      await psa.hashFinish(scratch, 32);
      const other = hashOperationInit();
      await psa.hashSetup(other, PSA_ALG_SHA_256);
      await psa.hashUpdate(running, bytes(20));
      await psa.hashFinish({ ...running }, 32);
      await psa.hashFinish(other, 32);
      await psa.hashFinish(running, 32);
    });
    expect(rulesOf(findings)).toEqual(['stale-operation']);
  });

  it('an ECDSA public key imported as AES under a fixed id, statuses dropped', async () => {
    const alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    const findings = await examine({ profile }, async ({ psa }) => {
      for (let handshake = 0; handshake < 2; handshake++) {
        const attributes = { type: PSA_KEY_TYPE_AES, alg, usage: PSA_KEY_USAGE_VERIFY_HASH, id: 1234 };
        await psa.importKey(attributes, P256_POINT);
        const { handle } = await psa.openKey(1234);
        await psa.verifyHash(handle, alg, bytes(32), bytes(64));
        await psa.closeKey(handle);
        await psa.destroyKey(1234);
      }
    });
    expect(rulesOf(findings)).toEqual(['import-type']);
    expect(findings[0]?.what).toMatch(/65 bytes are a public point on a curve of 256 bits/);
    // Of both handshakes: opening, verifying, destroying.
    expect(findings[0]).toMatchObject({ times: 2, consequences: 6 });
    expectInGuide(findings, profile);
  });

  it('an ECDSA private key that passes for AES, left under its id: ALREADY_EXISTS follows', async () => {
    const alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    const findings = await examine({ profile }, async ({ psa }) => {
      for (let handshake = 0; handshake < 3; handshake++) {
        const attributes = { type: PSA_KEY_TYPE_AES, alg, usage: PSA_KEY_USAGE_SIGN_HASH, id: 1234 };
        await psa.importKey(attributes, P256_SCALAR);
        const { handle } = await psa.openKey(1234);
        // The error path returns here, without psa_close_key and psa_destroy_key.
        await psa.signHash(handle, alg, bytes(32));
      }
    });
    expect(rulesOf(findings)).toEqual(['import-type']);
    expect(findings[0]?.evidence).toHaveLength(1);
    expect(findings[0]?.consequences).toBe(5);
  });
});

describe('failed handshakes that leave their transcript hash', () => {
  const fail = async (psa: Psa, times: number): Promise<void> => {
    for (let handshake = 0; handshake < times; handshake++) {
      const running = hashOperationInit();
      await psa.hashSetup(running, PSA_ALG_SHA_256);
      await psa.hashUpdate(running, bytes(100));
    }
  };

  it('take every place: who holds which', async () => {
    const findings = await examine({ profile: 'stm32h573-sm-1.2' }, async ({ psa }) => {
      await fail(psa, 8);
      // From now on every hash fails, and nobody looks.
      await hash(psa, bytes(700));
      await transcript(psa, clone);
    });
    expect(rulesOf(findings)).toEqual(['operation-leak']);
    expectInGuide(findings);
    const [finding] = findings;
    expect(finding?.what).toMatch(/PSA_ERROR_NOT_PERMITTED: all 8 places .* \(8 hash\)/);
    expect(evidenceOf(finding)).toEqual(Array.from({ length: 9 }, () => 'psa_hash_setup'));
    expect(finding?.details).toHaveLength(9);
    expect(finding?.details[0]).toMatch(
      /^hash operation 1 \(PSA_ALG_SHA_256\): set up by psa_hash_setup \(#\d+\), last used by psa_hash_update/,
    );
    expect(finding?.details[8]).toBe('places: 8 (proxy: TF-M 1.5.0, crypto partition: CRYPTO_CONC_OPER_NUM)');
  });

  it.each(PROFILES)('are told at the end where there is room for them, on %s', async (profile) => {
    const findings = await examine({ profile }, ({ psa }) => fail(psa, 3));
    expect(rulesOf(findings)).toEqual(['operation-leak']);
    expect(findings[0]?.what).toMatch(/ended with 3 hash operations still active/);
    expect(evidenceOf(findings[0]).at(-1)).toBe('disconnect');
  });
});
