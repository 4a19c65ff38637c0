/** psa_connect, psa_call and psa_close as calls of a device: what becomes of a message, whatever it holds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRYPTO_MESSAGES } from '../../../../emulator/framework/crypto-messages.ts';
import type { Sizes, Vectors } from '../../../../psa-api/call.ts';
import { functionByName } from '../../../../psa-api/functions.ts';
import { statusName } from '../../../../psa-api/status.ts';
import { onBothCarriers, openForTest } from '../../../support/device.ts';
import { SEED } from '../../../support/generator.ts';

const idOf = (name: string): number => functionByName(name)?.id ?? 0;
const CONNECT = idOf('psa_connect');
const CALL = idOf('psa_call');
const CLOSE = idOf('psa_close');
const CRYPTO = 3;

const numberOf = (name: string): number => CRYPTO_MESSAGES.findIndex(([known]) => known === name);

/** A descriptor of 32 bits. */
const descriptor = (name: string, fields: { key?: number; alg?: number; operation?: number } = {}) => {
  const bytes = new Uint8Array(44);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, numberOf(name), true);
  view.setUint32(8, fields.key ?? 0, true);
  view.setUint32(12, fields.alg ?? 0, true);
  view.setUint32(16, fields.operation ?? 0, true);
  return bytes;
};

onBothCarriers((carrier, open) => {
  describe(`a psa_call ${carrier}`, () => {
    it('is the call of a stub, and its answer too', async () => {
      const { call, psa } = await open({ init: false });
      const [, handle] = await call(CONNECT, [CRYPTO, 0]);
      const vectors: Vectors = [descriptor('psa_hash_compute', { alg: 0x02000009 }), Buffer.from('abc')];
      const [status, answer] = await call(CALL, [handle ?? 0, 0, vectors, [64]]);
      const { hash } = await psa.hashCompute(0x02000009, Buffer.from('abc'));
      expect(status).toBe(0);
      expect((answer as Vectors).map((v) => Buffer.from(v).toString('hex'))).toEqual([
        Buffer.from(hash).toString('hex'),
      ]);
      expect(await call(CLOSE, [handle ?? 0])).toEqual([0]);
      expect(await call(CALL, [handle ?? 0, 0, vectors, [64]])).toEqual([-129]);
    });

    it('that takes long is answered when it is done', async () => {
      const { call, psa } = await open();
      const [, handle] = await call(CONNECT, [CRYPTO, 0]);
      const attributes = new Uint8Array(20);
      const view = new DataView(attributes.buffer);
      // An RSA key pair of 1024 bits.
      view.setUint16(0, 0x7001, true);
      view.setUint16(2, 1024, true);
      const [status, answer] = await call(CALL, [
        handle ?? 0,
        0,
        [descriptor('psa_generate_key'), attributes],
        [4],
      ]);
      expect(status).toBe(0);
      const [id] = answer as Vectors;
      const key = Buffer.from(id ?? []).readUInt32LE();
      expect((await psa.getKeyAttributes(key)).attributes.bits).toBe(1024);
    });
  });
});

describe('a trace', () => {
  it('has the call that a message means, and those of the framework that carried none', async () => {
    const { call, device } = await openForTest({ init: false, trace: {} });
    const [, handle = 0] = await call(CONNECT, [CRYPTO, 1]);
    const vectors: Vectors = [descriptor('psa_hash_compute', { alg: 0x02000009 }), Buffer.from('abc')];
    await call(CALL, [handle, 0, vectors, [64]]);
    await call(CALL, [handle, 0, [new Uint8Array(3)], [64]]);
    await call(CLOSE, [handle]);
    const calls = device.trace.since().flatMap((record) => ('event' in record ? [] : [record]));
    expect(calls).toMatchObject([
      { function: 'psa_connect', scalars: { sid: CRYPTO, version: 1, handle }, status: 0 },
      {
        function: 'psa_hash_compute',
        alg: 0x02000009,
        lengths: { input: 3, hash_size: 64, hash: 32 },
        status: 0,
      },
      {
        function: 'psa_call',
        scalars: { handle, type: 0 },
        lengths: { 'in_vec[0]': 3, 'out_vec[0]_size': 64 },
        status: -129,
      },
      { function: 'psa_close', scalars: { handle }, status: 0 },
    ]);
    expect(calls[2]?.digests).toEqual({ 'in_vec[0]': expect.stringMatching(/^[0-9a-f]{16}$/) });
  });
});

/** Vectors as a broken client might send them: any bytes, but often a descriptor of some layout and function. */
const anyVectors: fc.Arbitrary<Vectors> = fc
  .tuple(
    fc.option(fc.tuple(fc.constantFrom(44, 52, 56, 72), fc.nat(66), fc.infiniteStream(fc.nat(255)))),
    fc.array(fc.uint8Array({ maxLength: 24 }), { maxLength: 3 }),
  )
  .map(([head, rest]) => {
    if (head === null) return rest;
    const [length, number, stream] = head;
    const bytes = Uint8Array.from({ length }, () => stream.next().value ?? 0);
    new DataView(bytes.buffer).setUint32(0, number, true);
    return [bytes, ...rest];
  });

/** Small rooms, so that nothing takes long. */
const anySizes: fc.Arbitrary<Sizes> = fc.array(fc.constantFrom(0, 4, 8, 12, 16, 20, 24, 32, 72), {
  maxLength: 3,
});

describe(`no message, seed ${SEED},`, () => {
  it.each([2, CRYPTO, 4, 5])('breaks service %i', async (service) => {
    // Errors inside the emulator fail the test that met them.
    const { call } = await openForTest({ profile: 'stm32h573-sm-1.2' });
    await call(CONNECT, [service, 0]);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 1001, 1002, 1003, 1004, 1005),
        anyVectors,
        anySizes,
        async (type, vectors, sizes) => {
          const outcome = await call(CALL, [0xffffffff, type, vectors, sizes]);
          expect(statusName(outcome[0])).not.toMatch(/^\d|CORRUPTION/);
          if (outcome[0] !== 0) expect(outcome).toEqual([outcome[0]]);
          else
            expect((outcome[1] as Vectors).map(({ length }, i) => length <= (sizes[i] ?? -1))).toEqual(
              sizes.map(() => true),
            );
        },
      ),
      { numRuns: 300, seed: Number(SEED) | 0 },
    );
  });
});
