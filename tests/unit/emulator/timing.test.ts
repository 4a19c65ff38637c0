/** Board time: published figures come out as they are, and the clock adds up. */
import { describe, expect, it } from 'vitest';
import { createPace } from '../../../emulator/timing/pace.ts';
import {
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_SHA_256,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_HASH,
} from '../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { openForTest } from '../../support/device.ts';
import { aesKey, p256Pair } from '../../support/keys.ts';
import { must } from '../../support/status.ts';

const SM = { profile: 'stm32h573-sm-1.2' };
const zeros = (length: number) => new Uint8Array(length);
const MS = 1e6;

const bench = async () => {
  const { psa, device } = await openForTest(SM);
  /** Nanoseconds that the calls took on the board. */
  const taken = async (calls: () => Promise<unknown>): Promise<number> => {
    const before = device.status().boardTime;
    await calls();
    return device.status().boardTime - before;
  };
  return { psa, device, taken };
};

describe('board time', () => {
  it('of an ECDSA P-256 signature is 2.74 million cycles at 250 MHz, and the call around it', async () => {
    const { psa, taken } = await bench();
    const key = await p256Pair(psa, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    const sign = await taken(() => must(psa.signHash(key, PSA_ALG_ECDSA(PSA_ALG_SHA_256), zeros(32), 64)));
    expect(sign / MS).toBeCloseTo(2.74e6 / 250e3 + (3 * 1500 + 2 * 96) / 250e3, 3);
    const verify = await taken(() =>
      psa.verifyHash(key, PSA_ALG_ECDSA(PSA_ALG_SHA_256), zeros(32), zeros(64)),
    );
    expect(verify / sign).toBeCloseTo(2.94 / 2.74, 2);
  });

  it('of an RSA-2048 signature is 11.67 million cycles', async () => {
    const { psa, taken } = await bench();
    const alg = PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256);
    const attributes = { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 2048, alg, usage: PSA_KEY_USAGE_SIGN_HASH };
    const { key } = await must(psa.generateKey(attributes));
    expect((await taken(() => must(psa.signHash(key, alg, zeros(32), 256)))) / MS).toBeCloseTo(46.7, 1);
  });

  it('of AES-GCM grows by 480 cycles a block', async () => {
    const { psa, taken } = await bench();
    const key = await aesKey(psa, PSA_ALG_GCM);
    const seal = (length: number) =>
      taken(() => must(psa.aeadEncrypt(key, PSA_ALG_GCM, zeros(12), zeros(0), zeros(length), length + 16)));
    const perBlock = ((await seal(4096)) - (await seal(1024))) / (3072 / 16);
    expect(perBlock).toBeCloseTo(((480 + 2 * 2 * 16) / 250e6) * 1e9, 0);
  });

  it('is charged for multi-part calls by the algorithm of the operation', async () => {
    const { psa, taken } = await bench();
    const operation = hashOperationInit();
    await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
    const one = await taken(() => must(psa.hashUpdate(operation, zeros(64))));
    const many = await taken(() => must(psa.hashUpdate(operation, zeros(6400))));
    expect(many).toBeGreaterThan(one + (99 * 82 * 1e9) / 250e6 - 1);
  });

  it('begins anew with a power cycle and comes back with a snapshot', async () => {
    const { psa, device } = await bench();
    await must(psa.generateRandom(8));
    const { boardTime } = device.status();
    expect(boardTime).toBeGreaterThan(0);
    const snapshot = device.snapshot();
    device.power('power-cycle');
    expect(device.status().boardTime).toBe(0);
    device.restore(snapshot);
    expect(device.status().boardTime).toBe(boardTime);
  });

  it('is none in a profile without timing', async () => {
    const { psa, device } = await openForTest();
    await must(psa.generateRandom(8));
    expect(device.status().boardTime).toBe(0);
  });
});

describe('the pace of the board', () => {
  it('waits for what adds up to a millisecond, and never for what the host has spent already', async () => {
    const wait = createPace();
    expect(wait(600_000, 0)).toBeUndefined();
    expect(wait(600_000, 0)).toBeInstanceOf(Promise);
    expect(wait(600_000, 900_000)).toBeUndefined();
    expect(wait(600_000, 0)).toBeUndefined();
  });

  it('answers no other than the host would', async () => {
    const { psa } = await openForTest({ ...SM, pace: 'board' });
    const { psa: fast } = await openForTest(SM);
    const key = await aesKey(psa, PSA_ALG_GCM);
    const same = await aesKey(fast, PSA_ALG_GCM);
    const seal = (api: typeof psa, id: number) =>
      api.aeadEncrypt(id, PSA_ALG_GCM, zeros(12), zeros(0), zeros(500), 516);
    expect(await seal(psa, key)).toEqual(await seal(fast, same));
  });
});
