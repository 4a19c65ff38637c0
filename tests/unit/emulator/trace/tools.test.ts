/** What is made of a recorded trace: reading, statistics, comparison. */
import { describe, expect, it } from 'vitest';
import { diffTraces } from '../../../../emulator/trace/diff.ts';
import type { TraceEvent, TraceRecord } from '../../../../emulator/trace/event.ts';
import { readTrace } from '../../../../emulator/trace/read.ts';
import { statsOf } from '../../../../emulator/trace/stats.ts';
import { PSA_ALG_SHA_256 } from '../../../../psa-api/constants.ts';
import { hashOperationInit, type Psa } from '../../../../psa-api/generated/psa.ts';
import { ascii } from '../../../support/bytes.ts';
import { collect, fileOf, ndjson, record, stream } from './files.ts';

const hashes = (psa: Psa) => async (): Promise<void> => {
  const operation = hashOperationInit();
  await psa.hashSetup(operation, PSA_ALG_SHA_256);
  await psa.hashUpdate(operation, ascii('abc'));
  await psa.hashFinish(operation);
};

const once = (psa: Psa): Promise<void> => hashes(psa)();

const isCall = (entry: TraceRecord): entry is TraceEvent => !('event' in entry);

const compare = (before: readonly TraceRecord[], after: readonly TraceRecord[]) =>
  diffTraces(stream(before), stream(after));

/** The same calls on another connection. */
const on = (connection: number, records: readonly TraceRecord[]): TraceEvent[] =>
  records.filter(isCall).map((entry) => ({ ...entry, connection }));

describe('reading', () => {
  it('gives back what was written', async () => {
    const records = await record(once);
    expect(await collect(readTrace(fileOf(ndjson(records))))).toEqual(records);
  });

  it('leaves out the last line where it was cut off', async () => {
    const records = await record(once);
    const text = ndjson(records);
    expect(await collect(readTrace(fileOf(text.slice(0, -5))))).toEqual(records.slice(0, -1));
  });

  it.each([
    ['', 'trace.ndjson: empty; a trace begins with a start record'],
    ['{"seq":1', 'trace.ndjson:1: not JSON'],
    ['{"seq":1}\n', 'trace.ndjson:1: no record of a trace'],
    ['{"seq":2,"time":1,"event":"connect"}\n', 'trace.ndjson:1: no trace, its first record is no start'],
    ['{"seq":1,"time":1,"event":"start","version":9}\n', 'a trace of version 9; this h5sm reads 1'],
    ['{"seq":1,"time":1,"event":"start","version":1}\nx\n', 'trace.ndjson:2: not JSON'],
  ])('says what is wrong with %j', async (text, message) => {
    await expect(collect(readTrace(fileOf(text)))).rejects.toThrow(message);
  });
});

describe('statistics', () => {
  it('count calls, failures, bytes and times of each function', async () => {
    const records = await record(async (psa) => {
      await once(psa);
      await psa.hashCompute(PSA_ALG_SHA_256, ascii('abcd'));
      await psa.hashCompute(PSA_ALG_SHA_256, ascii('abcd'), 1);
      await psa.hashCompute(0, ascii('abcd'));
    });
    const timed = records.map((entry) =>
      isCall(entry) ? { ...entry, duration: entry.seq, boardDuration: 10 } : entry,
    );
    const [first, ...rest] = await statsOf(stream(timed));
    const seqs = timed
      .filter(isCall)
      .flatMap((entry) => (entry.function === first?.function ? entry.seq : []));
    expect(first).toEqual({
      function: 'psa_hash_compute',
      calls: 3,
      failures: { PSA_ERROR_BUFFER_TOO_SMALL: 1, PSA_ERROR_INVALID_ARGUMENT: 1 },
      bytesIn: 12,
      bytesOut: 32,
      p50: seqs[1],
      p99: seqs[2],
      total: seqs.reduce((sum, seq) => sum + seq, 0),
      board: 30,
    });
    expect(rest.map((stats) => [stats.function, stats.calls])).toEqual([
      ['psa_crypto_init', 1],
      ['psa_hash_finish', 1],
      ['psa_hash_setup', 1],
      ['psa_hash_update', 1],
    ]);
  });
});

describe('comparison', () => {
  it('finds nothing between two runs of the same calls', async () => {
    const [before, after] = [await record(once), await record(once)];
    expect(await compare(before, after)).toEqual({
      same: 4,
      calls: [4, 4],
      first: undefined,
      counts: [],
      devices: [],
    });
  });

  it('finds the first call that differs and in what', async () => {
    const before = await record(once);
    const after = await record(
      async (psa) => {
        const operation = hashOperationInit();
        await psa.hashSetup(operation, PSA_ALG_SHA_256);
        await psa.hashUpdate(operation, ascii('abd'));
        await psa.hashFinish(operation);
        await psa.hashFinish(operation);
      },
      { insecureSeed: 2 },
    );
    expect(await compare(before, after)).toMatchObject({
      same: 2,
      calls: [4, 5],
      first: { before: { function: 'psa_hash_update' }, after: { seq: 5 }, fields: ['digests.input'] },
      counts: [
        { what: 'psa_hash_finish', before: 1, after: 2 },
        { what: 'status -137', before: 0, after: 1 },
      ],
      devices: [{ what: 'seed', before: 'the tests', after: '2' }],
    });
  });

  it('finds calls that one trace has more', async () => {
    const before = await record(once);
    const after = await record(async (psa) => {
      await once(psa);
      await psa.generateRandom(1);
    });
    expect(await compare(before, after)).toMatchObject({
      same: 4,
      first: { before: undefined, after: { function: 'psa_generate_random' } },
    });
    expect(await compare(after, before)).toMatchObject({ same: 4, first: { after: undefined } });
  });

  it('does not mind in which order connections took turns', async () => {
    const [one, two] = [on(1, await record(once)), on(2, await record(once))];
    const turns = one.flatMap((entry, i) => [entry, two[i] ?? entry]);
    expect(await compare([...one, ...two], turns)).toMatchObject({ same: 8, first: undefined });
  });
});
