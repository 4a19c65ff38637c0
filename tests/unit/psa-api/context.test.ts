/** Signatures with a context. PSA Crypto 1.4, 10.9. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_CTR,
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_ED25519PH,
  PSA_ALG_EDDSA_CTX,
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_SIGN_HASH,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
  PSA_ALG_SHA_256,
  PSA_ALG_SIGN_SUPPORTS_CONTEXT,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING, unhex } from '../../support/bytes.ts';
import { onBothCarriers } from '../../support/device.ts';
import { ALL_USAGE, aesKey, p256Pair, p256Public, rsaPair } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_SIGNATURE } from '../../support/unsupported.ts';
import { VECTORS } from './eddsa-vectors.ts';

const EDWARDS_PAIR = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS);
const EDWARDS_PUBLIC = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS);
const ECDSA = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
const DETERMINISTIC = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);
const PKCS1 = PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256);

const MESSAGE = ascii('a message');
const HASH = new Uint8Array(32).fill(2);
const CONTEXT = ascii('a context');
const SEED = new Uint8Array(32).fill(9);

const edwardsPair = async (
  psa: Psa,
  alg: number,
  data: Uint8Array = SEED,
  usage = ALL_USAGE,
): Promise<number> => (await must(psa.importKey({ type: EDWARDS_PAIR, alg, usage }, data))).key;

/** Signing and verifying of a message, then of a hash, with a context. The signatures to verify are wrong ones. */
const ways = async (psa: Psa, key: number, alg: number, context: Uint8Array): Promise<string[]> => [
  await named(psa.signMessageWithContext(key, alg, MESSAGE, context)),
  await named(psa.verifyMessageWithContext(key, alg, MESSAGE, context, HASH)),
  await named(psa.signHashWithContext(key, alg, HASH, context)),
  await named(psa.verifyHashWithContext(key, alg, HASH, context, HASH)),
];

const BAD = 'INVALID_ARGUMENT';
const WRONG = 'INVALID_SIGNATURE';

onBothCarriers((carrier, open) => {
  describe(`signatures with a context ${carrier}`, () => {
    it.each(VECTORS)('RFC 8032 $title', async (v) => {
      const { psa } = await open();
      const { alg, message, context } = v;
      const pair = await edwardsPair(psa, alg, v.privateKey);
      const signed = await must(psa.signMessageWithContext(pair, alg, message, context));
      expect(hex(signed.signature)).toBe(v.signature);
      const attributes = { type: EDWARDS_PUBLIC, alg, usage: ALL_USAGE };
      const { key } = await must(psa.importKey(attributes, v.publicKey));
      const signature = unhex(v.signature);
      await must(psa.verifyMessageWithContext(key, alg, message, context, signature));
      expect(await named(psa.verifyMessageWithContext(key, alg, message, CONTEXT, signature))).toBe(WRONG);
      // Without a context is with an empty one.
      expect(await named(psa.verifyMessage(key, alg, message, signature))).toBe(
        context.length === 0 ? 'SUCCESS' : WRONG,
      );
      if (!PSA_ALG_IS_SIGN_HASH(alg)) return;
      const { hash } = await must(psa.hashCompute(PSA_ALG_GET_HASH(alg), message));
      const again = await must(psa.signHashWithContext(pair, alg, hash, context));
      expect(hex(again.signature)).toBe(v.signature);
      await must(psa.verifyHashWithContext(key, alg, hash, context, signature));
      expect(await named(psa.verifyHashWithContext(key, alg, hash, CONTEXT, signature))).toBe(WRONG);
      expect(await named(psa.verifyHash(key, alg, hash, signature))).toBe(
        context.length === 0 ? 'SUCCESS' : WRONG,
      );
    });

    it('take an empty context with every algorithm, and sign as without', async () => {
      const { psa } = await open();
      for (const [key, alg] of [
        [await p256Pair(psa, DETERMINISTIC), DETERMINISTIC],
        [await rsaPair(psa, PKCS1), PKCS1],
        [await edwardsPair(psa, PSA_ALG_PURE_EDDSA), PSA_ALG_PURE_EDDSA],
        [await edwardsPair(psa, PSA_ALG_EDDSA_CTX), PSA_ALG_EDDSA_CTX],
        [await edwardsPair(psa, PSA_ALG_ED25519PH), PSA_ALG_ED25519PH],
      ] as const) {
        const { signature } = await must(psa.signMessage(key, alg, MESSAGE));
        const other = await must(psa.signMessageWithContext(key, alg, MESSAGE, NOTHING));
        expect(hex(other.signature)).toBe(hex(signature));
        await must(psa.verifyMessageWithContext(key, alg, MESSAGE, NOTHING, signature));
      }
      const raw = await rsaPair(psa, PSA_ALG_RSA_PKCS1V15_SIGN_RAW);
      const any = await p256Pair(psa, PSA_ALG_ECDSA_ANY);
      for (const [key, alg] of [
        [raw, PSA_ALG_RSA_PKCS1V15_SIGN_RAW],
        [any, PSA_ALG_ECDSA_ANY],
      ] as const)
        expect(await ways(psa, key, alg, NOTHING)).toEqual([BAD, BAD, 'SUCCESS', WRONG]);
    });

    it('Ed25519 without a context is another algorithm than Ed25519ctx with an empty one', async () => {
      const { psa } = await open();
      const [pure, ctx] = [
        await edwardsPair(psa, PSA_ALG_PURE_EDDSA),
        await edwardsPair(psa, PSA_ALG_EDDSA_CTX),
      ];
      const { signature } = await must(psa.signMessage(pure, PSA_ALG_PURE_EDDSA, MESSAGE));
      expect(await named(psa.verifyMessage(ctx, PSA_ALG_EDDSA_CTX, MESSAGE, signature))).toBe(WRONG);
      expect(await named(psa.signMessage(pure, PSA_ALG_EDDSA_CTX, MESSAGE))).toBe('NOT_PERMITTED');
    });

    it.each([
      ['ECDSA', p256Pair, ECDSA, [BAD, BAD, BAD, BAD]],
      ['PKCS#1 v1.5', rsaPair, PKCS1, [BAD, BAD, BAD, BAD]],
      ['raw PKCS#1 v1.5', rsaPair, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, [BAD, BAD, BAD, BAD]],
      ['PureEdDSA', edwardsPair, PSA_ALG_PURE_EDDSA, [BAD, BAD, BAD, BAD]],
      ['PureEdDSA with a context', edwardsPair, PSA_ALG_EDDSA_CTX, ['SUCCESS', WRONG, BAD, BAD]],
    ] as const)('%s and a context that is not empty', async (_, make, alg, statuses) => {
      const { psa } = await open();
      const key = await make(psa, alg);
      expect(await ways(psa, key, alg, CONTEXT)).toEqual(statuses);
      expect(PSA_ALG_SIGN_SUPPORTS_CONTEXT(alg)).toBe(statuses[0] === 'SUCCESS');
    });

    it.each([PSA_ALG_EDDSA_CTX, PSA_ALG_ED25519PH])('%i takes at most 255 bytes of context', async (alg) => {
      const { psa } = await open();
      const key = await edwardsPair(psa, alg);
      const long = new Uint8Array(256);
      expect(await named(psa.signMessageWithContext(key, alg, MESSAGE, long.subarray(1)))).toBe('SUCCESS');
      expect(await named(psa.signMessageWithContext(key, alg, MESSAGE, long))).toBe(BAD);
      expect(await named(psa.verifyMessageWithContext(key, alg, MESSAGE, long, HASH))).toBe(BAD);
    });

    it('need the flag of their kind, and an algorithm that is permitted', async () => {
      const { psa } = await open();
      const flags = [
        PSA_KEY_USAGE_SIGN_MESSAGE,
        PSA_KEY_USAGE_VERIFY_MESSAGE,
        PSA_KEY_USAGE_SIGN_HASH,
        PSA_KEY_USAGE_VERIFY_HASH,
      ];
      const hash = new Uint8Array(64);
      for (const [i, usage] of flags.entries()) {
        const key = await edwardsPair(psa, PSA_ALG_ED25519PH, SEED, usage);
        const alg = PSA_ALG_ED25519PH;
        const statuses = [
          await named(psa.signMessageWithContext(key, alg, MESSAGE, CONTEXT)),
          await named(psa.verifyMessageWithContext(key, alg, MESSAGE, CONTEXT, hash)),
          await named(psa.signHashWithContext(key, alg, hash, CONTEXT)),
          await named(psa.verifyHashWithContext(key, alg, hash, CONTEXT, hash)),
        ];
        const done = ['SUCCESS', WRONG, 'SUCCESS', WRONG];
        // The flag for hashes carries that for messages.
        const permitted = (at: number) => at === i || at === i - 2;
        expect(statuses).toEqual(done.map((status, at) => (permitted(at) ? status : 'NOT_PERMITTED')));
      }
      const other = await edwardsPair(psa, PSA_ALG_PURE_EDDSA);
      expect(await ways(psa, other, PSA_ALG_ED25519PH, CONTEXT)).toEqual(Array(4).fill('NOT_PERMITTED'));
    });

    it('are refused like those without', async () => {
      const { psa } = await open();
      const alike = (status: string) => [status, status, status, status];
      expect(await ways(psa, 0x1234, ECDSA, NOTHING)).toEqual(alike('INVALID_HANDLE'));
      const anyHash = PSA_ALG_ECDSA(PSA_ALG_ANY_HASH);
      expect(await ways(psa, await p256Pair(psa, anyHash), anyHash, NOTHING)).toEqual(alike(BAD));
      expect(await ways(psa, await p256Public(psa, ECDSA), ECDSA, NOTHING)).toEqual([BAD, WRONG, BAD, WRONG]);
      expect(await ways(psa, await aesKey(psa, PSA_ALG_CTR), PSA_ALG_CTR, NOTHING)).toEqual(alike(BAD));
      const vendor = await p256Pair(psa, UNKNOWN_SIGNATURE);
      expect(await ways(psa, vendor, UNKNOWN_SIGNATURE, NOTHING)).toEqual([
        'NOT_SUPPORTED',
        'NOT_SUPPORTED',
        BAD,
        BAD,
      ]);
      const key = await p256Pair(psa, ECDSA);
      expect(await named(psa.signHashWithContext(key, ECDSA, new Uint8Array(31), NOTHING))).toBe(BAD);
      expect(await named(psa.verifyHashWithContext(key, ECDSA, new Uint8Array(31), NOTHING, HASH))).toBe(BAD);
      expect(await named(psa.signMessageWithContext(key, ECDSA, MESSAGE, NOTHING, 63))).toBe(
        'BUFFER_TOO_SMALL',
      );
      expect(await named(psa.signHashWithContext(key, ECDSA, HASH, NOTHING, 63))).toBe('BUFFER_TOO_SMALL');
      expect((await must(psa.signHashWithContext(key, ECDSA, HASH, NOTHING, 64))).signature).toHaveLength(64);
    });
  });
});
