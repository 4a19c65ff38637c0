/** Calls of honest clients: order, waiting, what is left when they go. */
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../psa-api/call.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_CORRUPTION_DETECTED,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_NOT_SUPPORTED,
} from '../../../psa-api/status.ts';
import { encodeFrame } from '../../../rpc/elements.ts';
import { idOf } from './fake-service.ts';
import { type RawClient, rawClient } from './raw-client.ts';
import { serveFake, until } from './served.ts';

const RANDOM = idOf('psa_generate_random');
const INIT = idOf('psa_crypto_init');
const SETUP = idOf('psa_hash_setup');
const UPDATE = idOf('psa_hash_update');
const HASH = idOf('psa_hash_compute');

const greeted = async (target: Parameters<typeof rawClient>[0]): Promise<RawClient> => {
  const client = await rawClient(target);
  await client.hello();
  return client;
};

describe('calls', () => {
  it('carry inputs and outputs', async () => {
    const { target } = await serveFake();
    const client = await greeted(target);
    client.frame(1, HASH, 5, new Uint8Array([1, 2, 3]), 0xffffffff);
    expect(await client.answer()).toEqual([1, 0, new Uint8Array([1, 2, 3])]);
    client.frame(0xffffffff, idOf('psa_get_key_attributes'), 9);
    expect(await client.answer()).toEqual([0xffffffff, 0, [0x2400, 128, 0, 3, 0x05500200, 9]]);
  });

  it('fail with a status, and with the handle where there is an operation', async () => {
    const { target } = await serveFake();
    const client = await greeted(target);
    client.frame(1, UPDATE, 77, new Uint8Array());
    expect(await client.answer()).toEqual([1, PSA_ERROR_BAD_STATE, 0]);
  });

  it('of unknown functions answer NOT_SUPPORTED, and the connection lives on', async () => {
    const { target } = await serveFake();
    const client = await greeted(target);
    for (const id of [0x7777, 0xffffffff, idOf('psa_set_key_type')]) {
      client.frame(id, id, 1, 2);
      expect(await client.answer()).toEqual([id, PSA_ERROR_NOT_SUPPORTED]);
    }
    client.frame(4, INIT);
    expect(await client.answer()).toEqual([4, 0]);
  });

  it('that meet a bug answer CORRUPTION_DETECTED, log it, and the connection lives on', async () => {
    const { target, service, faults } = await serveFake();
    service.on('psa_hash_setup', () => {
      throw new Error('a bug');
    });
    service.on('psa_hash_update', async () => {
      throw new Error('a later bug');
    });
    service.on('psa_get_key_attributes', () => [0, 5]);
    const client = await greeted(target);
    client.frame(1, SETUP, 0, 5);
    client.frame(2, UPDATE, 1, new Uint8Array());
    client.frame(3, idOf('psa_get_key_attributes'), 1);
    client.frame(4, INIT);
    expect(await client.answer()).toEqual([1, PSA_ERROR_CORRUPTION_DETECTED, 0]);
    expect(await client.answer()).toEqual([2, PSA_ERROR_CORRUPTION_DETECTED, 0]);
    expect(await client.answer()).toEqual([3, PSA_ERROR_CORRUPTION_DETECTED]);
    expect(await client.answer()).toEqual([4, 0]);
    expect(faults.map(({ where }) => where)).toEqual([
      'psa_hash_setup',
      'psa_hash_update',
      'psa_get_key_attributes',
    ]);
  });

  it('with more output than a frame holds answer INSUFFICIENT_MEMORY', async () => {
    const { target } = await serveFake();
    const client = await greeted(target);
    client.frame(1, RANDOM, 16_777_216);
    expect(await client.answer()).toEqual([1, PSA_ERROR_INSUFFICIENT_MEMORY]);
    client.frame(2, RANDOM, 16_777_200);
    expect((await client.answer())[2]).toHaveLength(16_777_200);
  });

  it('may come in pieces and many at once', async () => {
    const { target } = await serveFake();
    const client = await greeted(target);
    const stream = Buffer.concat(
      Array.from(
        { length: 300 },
        (_, seq) => encodeFrame([seq, HASH, 5, new Uint8Array(seq * 7), 9]) ?? new Uint8Array(),
      ),
    );
    for (let at = 0; at < stream.length; at += 1021) client.send(stream.subarray(at, at + 1021));
    for (let seq = 0; seq < 300; seq++) {
      const answer = await client.answer();
      expect([answer[0], answer[1], (answer[2] as Uint8Array).length]).toEqual([seq, 0, seq * 7]);
    }
  });
});

describe('order', () => {
  it('a long call holds back later ones of its connection, not those of others', async () => {
    const { target, service } = await serveFake();
    let finish: (outcome: Outcome) => void = () => {};
    service.on('psa_generate_random', () => new Promise((resolve) => (finish = resolve)));
    const slow = await greeted(target);
    const other = await greeted(target);
    slow.frame(1, RANDOM, 4);
    slow.frame(2, INIT);
    await until(() => service.log.length === 1);
    other.frame(1, INIT);
    expect(await other.answer()).toEqual([1, 0]);
    expect(service.log).toHaveLength(2);
    finish([0, new Uint8Array(4)]);
    expect(await slow.answer()).toEqual([1, 0, new Uint8Array(4)]);
    expect(await slow.answer()).toEqual([2, 0]);
  });

  it('a client with a full pipeline lets others in', async () => {
    const { target, service } = await serveFake();
    service.on('psa_generate_random', () => {
      const end = performance.now() + 2;
      while (performance.now() < end);
      return [0, new Uint8Array(1)];
    });
    const greedy = await greeted(target);
    const other = await greeted(target);
    for (let seq = 0; seq < 300; seq++) greedy.frame(seq, RANDOM, 1);
    await greedy.answer();
    other.frame(1, INIT);
    await other.answer();
    // Fewer than all: its turn came in between.
    expect(service.log.length).toBeLessThan(200);
  });

  it('sessions are apart', async () => {
    const { target, service } = await serveFake();
    const one = await greeted(target);
    const two = await greeted(target);
    one.frame(1, SETUP, 0, 5);
    const [, , handle] = await one.answer();
    two.frame(1, UPDATE, handle, new Uint8Array());
    expect(await two.answer()).toEqual([1, PSA_ERROR_BAD_STATE, 0]);
    expect(service.status().connections).toBe(2);
  });
});

describe('the end of a connection', () => {
  it('frees its operations, however it comes', async () => {
    const { target, service } = await serveFake();
    for (const leave of ['end', 'destroy'] as const) {
      const client = await greeted(target);
      client.frame(1, SETUP, 0, 5);
      await client.answer();
      expect(service.status().operations).toHaveLength(1);
      client.socket[leave]();
      await until(() => service.status().operations.length === 0);
    }
    expect(service.status().connections).toBe(0);
  });

  it('in the middle of a frame frees them too', async () => {
    const { target, service } = await serveFake();
    const client = await greeted(target);
    client.frame(1, SETUP, 0, 5);
    await client.answer();
    client.send(new Uint8Array([0, 0, 1, 0, 0x93]));
    client.end();
    await until(() => service.status().operations.length === 0);
  });

  it('is told to the device at once, also under a call that takes long', async () => {
    const { target, service } = await serveFake();
    let finish: (outcome: Outcome) => void = () => {};
    service.on('psa_generate_random', () => new Promise((resolve) => (finish = resolve)));
    const client = await greeted(target);
    client.frame(1, RANDOM, 4);
    await until(() => service.log.length === 1);
    client.end();
    await client.closed;
    await until(() => service.sessions[0]?.closed === true);
    // What the call answers in the end goes nowhere.
    finish([0, new Uint8Array(4)]);
  });
});

describe('a client that does not read', () => {
  it('is not read either, and gets everything once it does', async () => {
    const { target, service } = await serveFake();
    const client = await greeted(target);
    client.socket.pause();
    const count = 2000;
    for (let seq = 0; seq < count; seq++) client.frame(seq, RANDOM, 65_536);
    let served = -1;
    await until(() => {
      const before = served;
      served = service.log.length;
      return served > 0 && served === before;
    });
    // 2000 answers are 131 MB; the server makes no more than its bound and what the kernel's buffers hold.
    expect(served).toBeLessThan(100);
    client.socket.resume();
    for (let seq = 0; seq < count; seq++) expect((await client.answer())[0]).toBe(seq);
  });

  it('and sends on behind a long call is not read without end', async () => {
    const { target, service } = await serveFake();
    service.on('psa_generate_random', () => new Promise(() => {}));
    const client = await greeted(target);
    client.frame(1, RANDOM, 4);
    const before = process.memoryUsage().arrayBuffers;
    const chunk = encodeFrame([2, HASH, 5, new Uint8Array(60_000), 9]) ?? new Uint8Array();
    for (let i = 0; i < 800; i++) client.send(chunk);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // The client shares this process: what it has not got rid of is its own, as one buffer sent 800 times.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    expect(client.socket.writableLength).toBeGreaterThan(40_000_000);
    client.end();
  });
});
