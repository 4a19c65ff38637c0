/** What was called, and what was expected to be. */
import { describe, expect, it } from 'vitest';
import { CallLog, recordsOf } from '../../../../emulator/control/call-log.ts';
import type { TraceEvent } from '../../../../emulator/trace/event.ts';
import { PSA_ALG_HMAC, PSA_ALG_SHA_256, PSA_KEY_TYPE_HMAC } from '../../../../psa-api/constants.ts';
import { ANY_STATUS, ANY_TIMES } from '../../../../psa-api/control-functions.ts';
import { hashOperationInit } from '../../../../psa-api/generated/psa.ts';
import { ascii } from '../../../support/bytes.ts';
import { onBothCarriers } from '../../../support/device.ts';
import { must } from '../../../support/status.ts';
import { asking, idOf } from './ask.ts';

const HASH = idOf('psa_hash_compute');
const MAC = PSA_ALG_HMAC(PSA_ALG_SHA_256);

const wordsOf = (records: unknown): number[][] => {
  const view = new DataView((records as Uint8Array).buffer, (records as Uint8Array).byteOffset);
  const words = Array.from({ length: (records as Uint8Array).length / 4 }, (_, i) => view.getInt32(4 * i));
  return Array.from({ length: words.length / 12 }, (_, i) => words.slice(12 * i, 12 * i + 12));
};

onBothCarriers((carrier, open) => {
  describe(`calls ${carrier}`, () => {
    it('are counted by function since a mark, those of other clients and failed ones too', async () => {
      const { psa, call, another } = await open();
      const ask = asking(call);
      const first = (await ask('mark')) as number;
      await psa.hashCompute(PSA_ALG_SHA_256, ascii('a'));
      const second = (await ask('mark')) as number;
      const other = await another();
      await other.psa.hashCompute(0, ascii('a'));
      await psa.generateRandom(1);
      const count = (mark: number, functionId: number) => ask('call_count', mark, functionId);
      expect([await count(first, HASH), await count(second, HASH)]).toEqual([2, 1]);
      // psa_crypto_init of the other one
      expect([await count(first, 0), await count(second, 0)]).toEqual([4, 3]);
      expect(await count(first, 0x51)).toBe('INVALID_ARGUMENT');
      expect(await count(first, idOf('h5sm_ctl_mark'))).toBe('INVALID_ARGUMENT');
    });

    it('are read back as records, as many as there is room for', async () => {
      const { psa, call } = await open();
      const ask = asking(call);
      const mark = (await ask('mark')) as number;
      const { key } = await must(
        psa.importKey({ type: PSA_KEY_TYPE_HMAC, alg: MAC, usage: 0x400 }, new Uint8Array(20)),
      );
      const hash = hashOperationInit();
      await must(psa.hashSetup(hash, PSA_ALG_SHA_256));
      const { handle } = hash;
      await must(psa.hashFinish(hash));
      await psa.macCompute(key, MAC, ascii('four'), 16);
      await must(psa.macCompute(key, MAC, ascii('four'), 32));
      const all = wordsOf(await ask('calls', mark, 12 * 48));
      const [{ length }] = [all];
      expect(length).toBe(5);
      const client = [-1, all[0]?.[11]];
      expect(all.map(([, ...rest]) => rest)).toEqual([
        [idOf('psa_import_key'), 0, 0, key, MAC, 0, 0, 20, 0, ...client].map((word) => word as number | 0),
        [idOf('psa_hash_setup'), 0, 0, 0, PSA_ALG_SHA_256, 0, handle, 0, 0, ...client],
        [idOf('psa_hash_finish'), 0, 0, 0, PSA_ALG_SHA_256, handle, 0, 0, 32, ...client],
        [idOf('psa_mac_compute'), -138, key, 0, MAC, 0, 0, 4, 0, ...client],
        [idOf('psa_mac_compute'), 0, key, 0, MAC, 0, 0, 4, 32, ...client],
      ]);
      const seq = all.map(([number]) => number as number);
      expect(seq).toEqual(seq.toSorted((a, b) => a - b));
      const some = wordsOf(await ask('calls', mark, 3 * 48 + 47));
      expect(some).toEqual(all.slice(0, 3));
      expect(wordsOf(await ask('calls', some[2]?.[0] as number, 1000))).toEqual(all.slice(3));
      expect(wordsOf(await ask('calls', mark, 47))).toEqual([]);
    });
  });

  describe(`expectations ${carrier}`, () => {
    const verify = async (ask: ReturnType<typeof asking>, room = 4000): Promise<[number, string]> => {
      const [unmet, report] = (await ask('verify', room)) as [number, Uint8Array];
      return [unmet, new TextDecoder().decode(report)];
    };

    it('are met by the calls that follow, and forgotten when they are verified', async () => {
      const { psa, call } = await open();
      const ask = asking(call);
      await psa.hashCompute(PSA_ALG_SHA_256, ascii('before'));
      await ask('expect_call', HASH, 0, 2);
      await ask('expect_call', HASH, -134 >>> 0, 0);
      await ask('expect_call', idOf('psa_generate_random'), ANY_STATUS >>> 0, ANY_TIMES);
      for (const text of ['a', 'b']) await psa.hashCompute(PSA_ALG_SHA_256, ascii(text));
      for (let i = 0; i < 3; i++) await psa.generateRandom(1);
      const [unmet, report] = await verify(ask);
      expect(unmet).toBe(0);
      expect(report.split('\n').slice(0, 5)).toEqual([
        'met: psa_hash_compute = PSA_SUCCESS, expected 2 times, came 2 times',
        'met: psa_hash_compute = PSA_ERROR_NOT_SUPPORTED, expected 0 times, came 0 times',
        'met: psa_generate_random, expected once or more, came 3 times',
        'calls made:',
        expect.stringMatching(/^ {3}1 {2}psa_hash_compute\(PSA_ALG_SHA_256, input 1 B.*\) = PSA_SUCCESS$/),
      ]);
      expect(await verify(ask)).toEqual([0, 'no calls were made\n']);
    });

    it('that are not met come first in the report, with what came instead', async () => {
      const { psa, call } = await open();
      const ask = asking(call);
      await ask('expect_call', idOf('psa_generate_random'), 0, 1);
      await ask('expect_call', HASH, 0, 1);
      await ask('expect_call', HASH, ANY_STATUS >>> 0, 0);
      await ask('expect_call', idOf('psa_sign_hash'), 0, ANY_TIMES);
      await psa.generateRandom(1);
      await psa.hashCompute(0, ascii('a'));
      const [unmet, report] = await verify(ask);
      expect(unmet).toBe(3);
      expect(report.split('\n').slice(0, 5)).toEqual([
        'NOT MET: psa_hash_compute = PSA_SUCCESS, expected 1 time, came 0 times',
        'NOT MET: psa_hash_compute, expected 0 times, came 1 time',
        'NOT MET: psa_sign_hash = PSA_SUCCESS, expected once or more, came 0 times',
        'met: psa_generate_random = PSA_SUCCESS, expected 1 time, came 1 time',
        'calls made:',
      ]);
      expect(report).toContain(') = PSA_ERROR_INVALID_ARGUMENT\n');
    });

    it('are reported in as many bytes as there is room for, and of many calls the last', async () => {
      const { psa, call } = await open();
      const ask = asking(call);
      await ask('expect_call', HASH, 0, 1);
      for (let i = 0; i < 45; i++) await psa.generateRandom(i);
      const [unmet, report] = await verify(ask, 9000);
      expect(unmet).toBe(1);
      expect(report).toContain('\ncalls made, the last 40 of 45:\n   6  psa_generate_random(output 5 B)');
      await ask('expect_call', HASH, 0, 1);
      expect(await verify(ask, 12)).toEqual([1, 'NOT MET: psa']);
      await ask('expect_call', HASH, 0, 1);
      expect(await verify(ask, 0)).toEqual([1, '']);
    });

    it('are of functions that the device has, and not too many', async () => {
      const ask = asking((await open()).call);
      expect(await ask('expect_call', 0x7777, 0, 1)).toBe('INVALID_ARGUMENT');
      expect(await ask('expect_call', idOf('psa_hash_operation_init'), 0, 1)).toBe('INVALID_ARGUMENT');
      expect(await ask('expect_call', idOf('h5sm_ctl_mark'), 0, 1)).toBe('INVALID_ARGUMENT');
      for (let i = 0; i < 256; i++) expect(await ask('expect_call', HASH, 0, 0)).toBeUndefined();
      expect(await ask('expect_call', HASH, 0, 0)).toBe('INSUFFICIENT_MEMORY');
    });

    it('are forgotten by a restore, with which a test begins', async () => {
      const { call } = await open();
      const ask = asking(call);
      const snapshot = (await ask('snapshot')) as number;
      await ask('expect_call', HASH, 0, 1);
      await ask('restore', snapshot);
      expect(await verify(ask)).toEqual([0, 'no calls were made\n']);
      await ask('expect_call', HASH, 0, 1);
      await ask('reset');
      expect((await verify(ask))[0]).toBe(1);
    });

    it('end with their connection, and the recording with them', async () => {
      const { call, another, device } = await open();
      const other = await another();
      await asking(other.call)('expect_call', HASH, 0, 1);
      expect(device.trace.isRecording()).toBe(true);
      await other.close();
      // Over a socket the device hears of it later: another answer comes after.
      await (await another()).close();
      await expect.poll(() => device.trace.isRecording()).toBe(false);
      expect(await verify(asking(call))).toEqual([0, 'no calls were made\n']);
    });
  });
});

describe('the log', () => {
  const event = (seq: number, name = 'psa_hash_compute'): TraceEvent => ({
    seq,
    time: 0,
    board: 0,
    boardDuration: 0,
    duration: 0,
    client: -1,
    connection: 1,
    function: name,
    scalars: {},
    lengths: {},
    digests: {},
    status: 0,
  });

  it('keeps the last calls, and says where some are missing', () => {
    const log = new CallLog(3);
    for (let seq = 2; seq <= 7; seq++) log.push(event(seq));
    log.push({ event: 'reset', seq: 8, time: 0, board: 0 });
    expect(log.mark).toBe(8);
    expect(log.since(4)?.map(({ seq }) => seq)).toEqual([5, 6, 7]);
    expect(log.since(6)?.map(({ seq }) => seq)).toEqual([7]);
    expect(log.since(8)).toEqual([]);
    expect(log.since(3)).toBeUndefined();
  });

  it('writes a function that the table has not as 0', () => {
    expect(wordsOf(recordsOf([event(5, '0x7777')], 48))).toEqual([[5, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1]]);
  });
});
