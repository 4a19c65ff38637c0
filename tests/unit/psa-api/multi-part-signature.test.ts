/** Signatures of messages that come in parts. PSA Crypto 1.5, 10.9.9. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_ED25519PH,
  PSA_ALG_EDDSA_CTX,
  PSA_ALG_HMAC,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
  PSA_ALG_RSA_PSS,
  PSA_ALG_SHA_256,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../../psa-api/constants.ts';
import {
  type Psa,
  type SignOperation,
  signOperationInit,
  type VerifyOperation,
  verifyOperationInit,
} from '../../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING, unhex } from '../../support/bytes.ts';
import { onBothCarriers } from '../../support/device.ts';
import { ALL_USAGE, aesKey, p256Pair, p256Public, rsaPair } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_HASH, UNKNOWN_SIGNATURE } from '../../support/unsupported.ts';
import { VECTORS } from './eddsa-vectors.ts';

const EDWARDS_PAIR = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS);
const EDWARDS_PUBLIC = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS);
const ECDSA = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
const DETERMINISTIC = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);
const PKCS1 = PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256);
const PSS = PSA_ALG_RSA_PSS(PSA_ALG_SHA_256);

const MESSAGE = ascii('a message that comes in several parts');
const CONTEXT = ascii('a context');
const SEED = new Uint8Array(32).fill(9);

const edwardsPair = async (psa: Psa, alg: number, data: Uint8Array = SEED): Promise<number> =>
  (await must(psa.importKey({ type: EDWARDS_PAIR, alg, usage: ALL_USAGE }, data))).key;

const edwardsPublic = async (psa: Psa, alg: number, data: Uint8Array): Promise<number> =>
  (await must(psa.importKey({ type: EDWARDS_PUBLIC, alg, usage: ALL_USAGE }, data))).key;

/** Some of nothing, of one byte and of the rest. */
const parts = (message: Uint8Array): Uint8Array[] => [
  message.subarray(0, 0),
  message.subarray(0, 1),
  message.subarray(1, 20),
  message.subarray(20),
];

const signing = async (psa: Psa, key: number, alg: number): Promise<SignOperation> => {
  const operation = signOperationInit();
  await must(psa.signSetup(operation, key, alg));
  return operation;
};

const verifying = async (
  psa: Psa,
  key: number,
  alg: number,
  signature: Uint8Array,
): Promise<VerifyOperation> => {
  const operation = verifyOperationInit();
  await must(psa.verifySetup(operation, key, alg, signature));
  return operation;
};

const sign = async (psa: Psa, key: number, alg: number, message: Uint8Array, context?: Uint8Array) => {
  const operation = await signing(psa, key, alg);
  if (context !== undefined) await must(psa.signSetContext(operation, context));
  for (const part of parts(message)) await must(psa.signUpdate(operation, part));
  const { signature } = await must(psa.signFinish(operation));
  expect(operation.handle).toBe(0);
  return signature;
};

const verify = async (
  psa: Psa,
  key: number,
  alg: number,
  message: Uint8Array,
  signature: Uint8Array,
  context?: Uint8Array,
): Promise<string> => {
  const operation = await verifying(psa, key, alg, signature);
  if (context !== undefined) await must(psa.verifySetContext(operation, context));
  for (const part of parts(message)) await must(psa.verifyUpdate(operation, part));
  const status = await named(psa.verifyFinish(operation));
  expect(operation.handle).toBe(0);
  return status;
};

onBothCarriers((carrier, open) => {
  describe(`signatures in parts ${carrier}`, () => {
    it.each([
      ['ECDSA', p256Pair, ECDSA],
      ['deterministic ECDSA', p256Pair, DETERMINISTIC],
      ['PKCS#1 v1.5', rsaPair, PKCS1],
      ['PSS', rsaPair, PSS],
      ['Ed25519ph', edwardsPair, PSA_ALG_ED25519PH],
    ] as const)(
      '%s: what is made in parts is right as a whole, and the other way round',
      async (_, make, alg) => {
        const { psa, device } = await open();
        const key = await make(psa, alg);
        const signature = await sign(psa, key, alg, MESSAGE);
        await must(psa.verifyMessage(key, alg, MESSAGE, signature));
        const whole = (await must(psa.signMessage(key, alg, MESSAGE))).signature;
        expect(await verify(psa, key, alg, MESSAGE, whole)).toBe('SUCCESS');
        expect(await verify(psa, key, alg, MESSAGE.subarray(1), whole)).toBe('INVALID_SIGNATURE');
        expect(await verify(psa, key, alg, MESSAGE, whole.subarray(1))).toBe('INVALID_SIGNATURE');
        expect(await verify(psa, key, alg, MESSAGE, NOTHING)).toBe('INVALID_SIGNATURE');
        if (![ECDSA, PSS].includes(alg)) expect(hex(signature)).toBe(hex(whole));
        expect(device.status().operations).toEqual([]);
      },
    );

    it.each(VECTORS)('RFC 8032 $title', async (v) => {
      const { psa } = await open();
      const { alg, message, context } = v;
      const key = await edwardsPublic(psa, alg, v.publicKey);
      const signature = unhex(v.signature);
      const empty = context.length === 0;
      expect(await verify(psa, key, alg, message, signature, context)).toBe('SUCCESS');
      expect(await verify(psa, key, alg, message, signature, CONTEXT)).toBe('INVALID_SIGNATURE');
      expect(await verify(psa, key, alg, message, signature)).toBe(empty ? 'SUCCESS' : 'INVALID_SIGNATURE');
      if (alg === PSA_ALG_EDDSA_CTX) return;
      const pair = await edwardsPair(psa, alg, v.privateKey);
      expect(hex(await sign(psa, pair, alg, message, context))).toBe(v.signature);
      if (empty) expect(hex(await sign(psa, pair, alg, message))).toBe(v.signature);
    });

    it('are of an empty message when there is no part', async () => {
      const { psa } = await open();
      const key = await p256Pair(psa, DETERMINISTIC);
      const operation = await signing(psa, key, DETERMINISTIC);
      const { signature } = await must(psa.signFinish(operation));
      const whole = await must(psa.signMessage(key, DETERMINISTIC, NOTHING));
      expect(hex(signature)).toBe(hex(whole.signature));
      const other = await verifying(psa, key, DETERMINISTIC, signature);
      expect(await named(psa.verifyFinish(other))).toBe('SUCCESS');
    });

    it('of PureEdDSA are verified and not made', async () => {
      const { psa } = await open();
      for (const alg of [PSA_ALG_PURE_EDDSA, PSA_ALG_EDDSA_CTX]) {
        const key = await edwardsPair(psa, alg);
        expect(await named(psa.signSetup(signOperationInit(), key, alg))).toBe('INVALID_ARGUMENT');
        const long = new Uint8Array(5000).map((_, i) => i & 0xff);
        const { signature } = await must(psa.signMessage(key, alg, long));
        expect(await verify(psa, key, alg, long, signature)).toBe('SUCCESS');
        expect(await verify(psa, key, alg, long.subarray(1), signature)).toBe('INVALID_SIGNATURE');
      }
    });

    it('take a context once, before the message', async () => {
      const { psa } = await open();
      const alg = PSA_ALG_ED25519PH;
      const key = await edwardsPair(psa, alg);
      const signature = new Uint8Array(64);
      for (const first of [NOTHING, CONTEXT]) {
        const made = await signing(psa, key, alg);
        await must(psa.signSetContext(made, first));
        expect(await named(psa.signSetContext(made, CONTEXT))).toBe('BAD_STATE');
        expect(made.handle).toBe(0);
        const checked = await verifying(psa, key, alg, signature);
        await must(psa.verifySetContext(checked, first));
        expect(await named(psa.verifySetContext(checked, CONTEXT))).toBe('BAD_STATE');
        expect(checked.handle).toBe(0);
      }
      const made = await signing(psa, key, alg);
      await must(psa.signUpdate(made, NOTHING));
      expect(await named(psa.signSetContext(made, CONTEXT))).toBe('BAD_STATE');
      const checked = await verifying(psa, key, alg, signature);
      await must(psa.verifyUpdate(checked, NOTHING));
      expect(await named(psa.verifySetContext(checked, CONTEXT))).toBe('BAD_STATE');
    });

    it('take no context that the algorithm does not take', async () => {
      const { psa } = await open();
      const signature = new Uint8Array(64);
      const ecdsa = await p256Pair(psa, ECDSA);
      const ph = await edwardsPair(psa, PSA_ALG_ED25519PH);
      for (const [key, alg, context, status] of [
        [ecdsa, ECDSA, NOTHING, 'SUCCESS'],
        [ecdsa, ECDSA, CONTEXT, 'INVALID_ARGUMENT'],
        [ph, PSA_ALG_ED25519PH, new Uint8Array(255), 'SUCCESS'],
        [ph, PSA_ALG_ED25519PH, new Uint8Array(256), 'INVALID_ARGUMENT'],
      ] as const) {
        const made = await signing(psa, key, alg);
        expect(await named(psa.signSetContext(made, context))).toBe(status);
        expect(made.handle !== 0).toBe(status === 'SUCCESS');
        const checked = await verifying(psa, key, alg, signature);
        expect(await named(psa.verifySetContext(checked, context))).toBe(status);
        expect(checked.handle !== 0).toBe(status === 'SUCCESS');
      }
      const pure = await edwardsPair(psa, PSA_ALG_PURE_EDDSA);
      const checked = await verifying(psa, pure, PSA_ALG_PURE_EDDSA, signature);
      expect(await named(psa.verifySetContext(checked, CONTEXT))).toBe('INVALID_ARGUMENT');
    });

    it('need room for the signature, and end without', async () => {
      const { psa, device } = await open();
      const key = await p256Pair(psa, ECDSA);
      const operation = await signing(psa, key, ECDSA);
      const { status, signature } = await psa.signFinish(operation, 63);
      expect(await named({ status })).toBe('BUFFER_TOO_SMALL');
      expect(signature).toHaveLength(0);
      expect(device.status().operations).toEqual([]);
      const again = await signing(psa, key, ECDSA);
      expect((await must(psa.signFinish(again, 64))).signature).toHaveLength(64);
    });

    it('are not begun with keys or algorithms that do not fit', async () => {
      const { psa } = await open();
      const setups = async (key: number, alg: number): Promise<[string, string]> => [
        await named(psa.signSetup(signOperationInit(), key, alg)),
        await named(psa.verifySetup(verifyOperationInit(), key, alg, new Uint8Array(64))),
      ];
      const alike = (status: string) => [status, status];
      expect(await setups(0x1234, ECDSA)).toEqual(alike('INVALID_HANDLE'));
      expect(await setups(await p256Public(psa, ECDSA), ECDSA)).toEqual(['INVALID_ARGUMENT', 'SUCCESS']);
      const onlySigns = await p256Pair(psa, ECDSA, { usage: PSA_KEY_USAGE_SIGN_MESSAGE });
      expect(await setups(onlySigns, ECDSA)).toEqual(['SUCCESS', 'NOT_PERMITTED']);
      const onlyVerifies = await p256Pair(psa, ECDSA, { usage: PSA_KEY_USAGE_VERIFY_MESSAGE });
      expect(await setups(onlyVerifies, ECDSA)).toEqual(['NOT_PERMITTED', 'SUCCESS']);
      expect(await setups(await p256Pair(psa, PKCS1), ECDSA)).toEqual(alike('NOT_PERMITTED'));
      // For verification the two kinds of ECDSA are one.
      expect(await setups(await p256Pair(psa, DETERMINISTIC), ECDSA)).toEqual(['NOT_PERMITTED', 'SUCCESS']);
      const anyHash = PSA_ALG_ECDSA(PSA_ALG_ANY_HASH);
      const wild = await p256Pair(psa, anyHash);
      expect(await setups(wild, anyHash)).toEqual(alike('INVALID_ARGUMENT'));
      expect(await setups(wild, ECDSA)).toEqual(alike('SUCCESS'));
      const any = await p256Pair(psa, PSA_ALG_ECDSA_ANY);
      expect(await setups(any, PSA_ALG_ECDSA_ANY)).toEqual(alike('INVALID_ARGUMENT'));
      const raw = await rsaPair(psa, PSA_ALG_RSA_PKCS1V15_SIGN_RAW);
      expect(await setups(raw, PSA_ALG_RSA_PKCS1V15_SIGN_RAW)).toEqual(alike('INVALID_ARGUMENT'));
      const hmac = PSA_ALG_HMAC(PSA_ALG_SHA_256);
      expect(await setups(await p256Pair(psa, hmac), hmac)).toEqual(alike('INVALID_ARGUMENT'));
      for (const alg of [UNKNOWN_SIGNATURE, PSA_ALG_ECDSA(UNKNOWN_HASH)])
        expect(await setups(await p256Pair(psa, alg), alg)).toEqual(alike('NOT_SUPPORTED'));
      expect((await setups(await aesKey(psa, ECDSA), ECDSA)).includes('SUCCESS')).toBe(false);
      expect((await setups(await rsaPair(psa, PSA_ALG_ED25519PH), PSA_ALG_ED25519PH))[0]).toBe(
        'INVALID_ARGUMENT',
      );
    });

    it('keep a message of PureEdDSA up to the size of one call', async () => {
      const { psa } = await open();
      const key = await edwardsPair(psa, PSA_ALG_PURE_EDDSA);
      const operation = await verifying(psa, key, PSA_ALG_PURE_EDDSA, new Uint8Array(64));
      const part = new Uint8Array(8 * 1024 * 1024);
      await must(psa.verifyUpdate(operation, part));
      await must(psa.verifyUpdate(operation, part));
      expect(await named(psa.verifyUpdate(operation, part.subarray(0, 1)))).toBe('NOT_SUPPORTED');
      expect(operation.handle).toBe(0);
    });
  });
});
