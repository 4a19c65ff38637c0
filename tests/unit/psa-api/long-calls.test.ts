/** Calls that take long: others are answered in between, and what they leave behind when their caller goes away. */

import { pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_NONE,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_EXPORT,
} from '../../../psa-api/constants.ts';
import { functionByName } from '../../../psa-api/functions.ts';
import type { KeyDerivationOperation, Psa } from '../../../psa-api/generated/psa.ts';
import { hex } from '../../support/bytes.ts';
import { derivation, give, type Input } from '../../support/derivation.ts';
import { type Client, onBothCarriers, openBehindSocket } from '../../support/device.ts';
import { hmacKey } from '../../support/keys.ts';
import { must, named, shortName } from '../../support/status.ts';
import { rawClient } from '../rpc/raw-client.ts';

const PBKDF2 = PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256);
const WORD = new Uint8Array(8).fill(7);

const inputs = (cost: bigint): readonly Input[] => [
  [PSA_KEY_DERIVATION_INPUT_COST, cost],
  [PSA_KEY_DERIVATION_INPUT_SALT, WORD],
  [PSA_KEY_DERIVATION_INPUT_PASSWORD, WORD],
];

const stretching = (psa: Psa, cost: bigint): Promise<KeyDerivationOperation> =>
  derivation(psa, PBKDF2, ...inputs(cost));

const expected = (cost: bigint): string => pbkdf2Sync(WORD, WORD, Number(cost), 32, 'sha256').toString('hex');

/** Some hundred milliseconds. */
const COST = 100_000n;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const until = async (holds: () => boolean, most = 20_000): Promise<void> => {
  for (const end = performance.now() + most; !holds() && performance.now() < end; ) await sleep(5);
  expect(holds()).toBe(true);
};

/** Whether `promise` has settled yet. */
const watch = (promise: Promise<unknown>): { readonly settled: () => boolean } => {
  let settled = false;
  promise.finally(() => {
    settled = true;
  });
  return { settled: () => settled };
};

/** A short call, and a turn of the loop: calls in this process take none by themselves. */
const randomOf = async ({ psa }: Client): Promise<void> => {
  await must(psa.generateRandom(16));
  await new Promise((resolve) => setImmediate(resolve));
};

onBothCarriers((carrier, open) => {
  describe(`a long call ${carrier}`, () => {
    it('lets others in, whose calls do not wait for it', async () => {
      const { psa, another } = await open();
      const other = await another({ owner: 3 });
      const operation = await stretching(psa, COST);
      const long = psa.keyDerivationOutputBytes(operation, 32);
      const { settled } = watch(long);
      let rounds = 0;
      for (; !settled(); rounds++) await randomOf(other);
      expect(rounds).toBeGreaterThan(3);
      expect(hex((await must(long)).output)).toBe(expected(COST));
      const { output } = await must(psa.keyDerivationOutputBytes(operation, 0));
      expect(output.length).toBe(0);
    });

    const attempts: readonly (readonly [
      string,
      (psa: Psa, operation: KeyDerivationOperation) => Promise<string>,
    ])[] = [
      ['reading', (psa, operation) => named(psa.keyDerivationOutputBytes(operation, 5))],
      ['verifying', (psa, operation) => named(psa.keyDerivationVerifyBytes(operation, WORD))],
      ['a capacity', (psa, operation) => named(psa.keyDerivationSetCapacity(operation, 5))],
      ['asking for the capacity', (psa, operation) => named(psa.keyDerivationGetCapacity(operation))],
      ['an input', (psa, operation) => give(psa, operation, [PSA_KEY_DERIVATION_INPUT_SALT, WORD])],
      ['a setup', (psa, operation) => named(psa.keyDerivationSetup(operation, PBKDF2))],
    ];

    it.each(attempts)(
      'has its operation to itself: %s is BAD_STATE and changes nothing',
      async (_, attempt) => {
        const { psa, another } = await open();
        const other = await another();
        const operation = await stretching(psa, COST);
        const long = psa.keyDerivationOutputBytes(operation, 32);
        await sleep(20);
        expect(await attempt(other.psa, { ...operation })).toBe('BAD_STATE');
        expect(hex((await must(long)).output)).toBe(expected(COST));
        expect(operation.handle).not.toBe(0);
        expect(await named(other.psa.keyDerivationGetCapacity(operation))).toBe('SUCCESS');
      },
    );

    it('may be aborted from elsewhere, and gives what it gives', async () => {
      const { psa, device, another } = await open();
      const other = await another();
      const operation = await stretching(psa, COST);
      const long = psa.keyDerivationOutputBytes(operation, 32);
      await sleep(20);
      expect(await named(other.psa.keyDerivationAbort({ ...operation }))).toBe('SUCCESS');
      const { status, output } = await long;
      if (status === 0) expect(hex(output)).toBe(expected(COST));
      else expect(shortName(status)).toBe('BAD_STATE');
      expect(operation.handle).toBe(0);
      expect(device.status().operations).toEqual([]);
    });

    it('to generate an RSA key draws once, whatever others draw meanwhile', async () => {
      const attributes = { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 3072, usage: PSA_KEY_USAGE_EXPORT };
      const generate = async (busy: boolean): Promise<readonly [string, string]> => {
        const { psa, another } = await open({ insecureSeed: 'the same' });
        const other = await another();
        const long = psa.generateKey(attributes);
        const { settled } = watch(long);
        while (busy && !settled()) await randomOf(other);
        const { data } = await must(psa.exportKey((await must(long)).key));
        const after = await must(psa.generateRandom(4));
        return [hex(data), hex(after.output)];
      };
      const [[alone], [disturbed]] = [await generate(false), await generate(true)];
      expect(disturbed).toBe(alone);
    });

    it('whose key has got its id taken meanwhile answers ALREADY_EXISTS', async () => {
      const { psa, device, another } = await open();
      const other = await another();
      const attributes = { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 2048, id: 40 };
      const long = psa.generateKey(attributes);
      const { settled } = watch(long);
      await hmacKey(other.psa, PSA_ALG_NONE, { id: 40 });
      expect(settled()).toBe(false);
      const made = await long;
      expect([await named(made), made.key]).toEqual(['ALREADY_EXISTS', 0]);
      expect(device.status().keys).toMatchObject({ volatile: 0, persistent: 1 });
    });
  });
});

const COMMUNICATION_FAILURE = 'COMMUNICATION_FAILURE';

describe('the end of a client in a long call', () => {
  const idle = async (): Promise<void> => {
    const busy = async (): Promise<number> => {
      const before = process.cpuUsage();
      await sleep(200);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 200_000;
    };
    let share = 1;
    for (let tries = 0; share > 0.5 && tries < 10; tries++) share = await busy();
    expect(share).toBeLessThan(0.5);
  };

  it('in this process ends the call at once', async () => {
    const { device, another } = await openBehindSocket();
    const session = device.connect();
    const numbers = (name: string) => functionByName(name)?.id ?? 0;
    await session.call(numbers('psa_crypto_init'), []);
    const attributes = { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 4096, lifetime: 0, usage: 0, alg: 0, id: 0 };
    const long = session.call(numbers('psa_generate_key'), [attributes]);
    expect(long).toBeInstanceOf(Promise);
    session.close();
    expect(shortName((await long)[0])).toBe(COMMUNICATION_FAILURE);
    expect(device.status()).toMatchObject({ connections: 1, keys: { volatile: 0 }, operations: [] });
    await (await another()).close();
    await idle();
  });

  it('over a socket, while others have their turn, frees everything and leaves the device idle', async () => {
    const { psa, device, endpoint } = await openBehindSocket();
    const path = endpoint.replace(/^unix:/, '');
    const client = await rawClient({ path });
    await client.hello({ owner: 4 });
    const call = async (name: string, ...inputs: readonly (number | Uint8Array)[]) => {
      client.frame(1, functionByName(name)?.id ?? 0, ...inputs);
      return client.answer();
    };
    await call('psa_crypto_init');
    const [, , handle] = await call('psa_key_derivation_setup', 0, PBKDF2);
    if (typeof handle !== 'number') throw new Error('no handle');
    const cost = new Uint8Array(8);
    cost.set([0, 0x2d, 0xc6, 0xc0], 4);
    await call('psa_key_derivation_input_integer', handle, PSA_KEY_DERIVATION_INPUT_COST, cost);
    await call('psa_key_derivation_input_bytes', handle, PSA_KEY_DERIVATION_INPUT_SALT, WORD);
    await call('psa_key_derivation_input_bytes', handle, PSA_KEY_DERIVATION_INPUT_PASSWORD, WORD);
    client.frame(1, functionByName('psa_key_derivation_output_bytes')?.id ?? 0, handle, 32);
    const { settled } = watch(client.answer().catch(() => {}));
    // 3,000,000 iterations would take ten seconds and more.
    for (let i = 0; i < 100; i++) await must(psa.generateRandom(16));
    expect(settled()).toBe(false);
    expect(device.status().operations.length).toBe(1);
    client.end();
    await until(() => device.status().operations.length === 0, 2000);
    expect(device.status()).toMatchObject({ connections: 1, keys: { volatile: 0 }, operations: [] });
    await idle();
    expect(await named(psa.generateRandom(4))).toBe('SUCCESS');
  });
});
