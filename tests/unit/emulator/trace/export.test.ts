/** Traces for other tools, and as lines for people. */
import { describe, expect, it } from 'vitest';
import type { TraceRecord } from '../../../../emulator/trace/event.ts';
import { pcapngBytes } from '../../../../emulator/trace/pcapng.ts';
import { perfettoText } from '../../../../emulator/trace/perfetto.ts';
import { detailText, recordText } from '../../../../emulator/trace/text.ts';
import {
  PSA_ALG_SHA_256,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_SIGN_MESSAGE,
} from '../../../../psa-api/constants.ts';
import { hashOperationInit, type Psa } from '../../../../psa-api/generated/psa.ts';
import { ascii, hex, join } from '../../../support/bytes.ts';
import { collect, record, stream } from './files.ts';

/** One operation that ends by itself and one that ends with its connection. */
const work = async (psa: Psa): Promise<void> => {
  const [first, second] = [hashOperationInit(), hashOperationInit()];
  await psa.hashSetup(first, PSA_ALG_SHA_256);
  await psa.hashUpdate(first, ascii('abc'));
  await psa.hashFinish(first);
  await psa.hashSetup(second, PSA_ALG_SHA_256);
};

interface ChromeEvent {
  readonly ph: string;
  readonly name: string;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  readonly tid?: number;
  readonly args?: { readonly name?: string };
}

const chrome = async (records: readonly TraceRecord[]): Promise<ChromeEvent[]> =>
  JSON.parse((await collect(perfettoText(stream(records)))).join('')).traceEvents;

describe('the trace-event format', () => {
  it('has a track for each connection, calls in it and open operations beside', async () => {
    const events = await chrome(await record(work));
    const ofKind = (...kinds: readonly string[]) => events.filter(({ ph }) => kinds.includes(ph));
    expect(ofKind('M').map(({ args }) => args?.name)).toEqual([
      'device',
      'device',
      'client -1 (non-secure application)',
      'connection 1',
    ]);
    expect(ofKind('X').map(({ name, tid }) => [name, tid])).toEqual([
      ['psa_crypto_init', 1],
      ['psa_hash_setup', 1],
      ['psa_hash_update', 1],
      ['psa_hash_finish', 1],
      ['psa_hash_setup', 1],
    ]);
    expect(ofKind('b', 'e').map(({ ph, id, name }) => [ph, id, name])).toEqual([
      ['b', 1, 'hash PSA_ALG_SHA_256'],
      ['e', 1, 'hash PSA_ALG_SHA_256'],
      ['b', 2, 'hash PSA_ALG_SHA_256'],
      ['e', 2, 'hash PSA_ALG_SHA_256'],
    ]);
  });

  it('has calls of a connection one after the other', async () => {
    const calls = (await chrome(await record(work))).filter(({ ph }) => ph === 'X');
    const ends = calls.map(({ ts = 0, dur = 0 }) => ts + dur);
    // Times come in steps of a quarter of a microsecond.
    calls.slice(1).forEach(({ ts = 0 }, i) => {
      expect(ts).toBeGreaterThan((ends[i] ?? 0) - 1);
    });
  });

  it('ends what is still open with the trace', async () => {
    const cut = (await record(work)).slice(0, -1);
    const events = await chrome(cut);
    expect(events.filter(({ ph }) => ph === 'e')).toHaveLength(2);
  });
});

interface Block {
  readonly type: number;
  readonly body: Uint8Array;
}

/** By the lengths of both its ends. */
const blocksOf = (file: Uint8Array): Block[] => {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const blocks: Block[] = [];
  for (let at = 0; at < file.length; ) {
    const length = view.getUint32(at + 4, true);
    expect(length % 4).toBe(0);
    expect(view.getUint32(at + length - 4, true)).toBe(length);
    blocks.push({ type: view.getUint32(at, true), body: file.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
};

const captured = async (records: readonly TraceRecord[]): Promise<Block[]> =>
  blocksOf(join(...(await collect(pcapngBytes(stream(records))))));

describe('the capture', () => {
  it('has a section, an interface, and a packet of JSON for each record', async () => {
    const records = await record(work);
    const [section, description, ...packets] = await captured(records);
    expect(section?.type).toBe(0x0a0d0d0a);
    expect([description?.type, description?.body[0]]).toEqual([1, 252]);
    expect(packets.map(({ type }) => type)).toEqual(records.map(() => 6));
    const texts = packets.map(({ body }) => Buffer.from(body).toString());
    records.forEach((entry, i) => {
      expect(texts[i]).toContain(JSON.stringify(entry));
    });
  });

  it('has the time in nanoseconds', async () => {
    const records = await record(work);
    const [, , first] = await captured(records);
    const view = new DataView((first?.body ?? new Uint8Array(0)).slice().buffer);
    const ns = (BigInt(view.getUint32(4, true)) << 32n) | BigInt(view.getUint32(8, true));
    expect(Number(ns) / 1e6).toBeCloseTo(records[0]?.time ?? 0, 3);
  });

  it('has no packet that Wireshark does not take', async () => {
    const revealed: TraceRecord[] = [];
    await record((psa) => psa.hashCompute(PSA_ALG_SHA_256, new Uint8Array(300_000)), {
      trace: { revealInsecure: true, sink: (entry) => revealed.push(entry) },
    });
    const packets = (await captured(revealed)).slice(2);
    expect(Math.max(...packets.map(({ body }) => body.length))).toBeLessThan(262_144);
    expect(packets.map(({ body }) => Buffer.from(body).includes('psa_hash_compute'))).toContain(true);
  });
});

const linesOf = (records: readonly TraceRecord[]): string[] =>
  records.map((entry) =>
    recordText({ ...entry, ...('event' in entry ? {} : { duration: 1500 }) }).replace(
      /\d\d:\d\d:\d\d\.\d{3}/,
      'T',
    ),
  );

describe('a line', () => {
  it('names what there are names for', async () => {
    const records = await record(
      async (psa) => {
        await work(psa);
        await psa.importKey(
          { type: PSA_KEY_TYPE_HMAC, usage: PSA_KEY_USAGE_SIGN_MESSAGE, alg: 0x03800009 },
          ascii('abc'),
        );
        await psa.hashCompute(PSA_ALG_SHA_256, ascii('abc'), 40);
        await psa.hashCompute(PSA_ALG_SHA_256, ascii('abc'), 4);
      },
      { insecureSeed: 4 },
    );
    const made = records.flatMap((entry) =>
      'made' in entry && entry.made !== undefined ? [entry.made] : [],
    );
    const key = `0x${made[0]?.toString(16).padStart(8, '0')}`;
    expect(linesOf(records)).toEqual([
      '     1 T -      start: profile psa-full, seed 4',
      '     2 T -1/1   connect',
      '     3 T -1/1   psa_crypto_init() = PSA_SUCCESS <1.5 us>',
      '     4 T -1/1   psa_hash_setup(hash 0->1, PSA_ALG_SHA_256) = PSA_SUCCESS <1.5 us>',
      '     5 T -1/1   psa_hash_update(hash 1, PSA_ALG_SHA_256, input 3 B) = PSA_SUCCESS <1.5 us>',
      '     6 T -1/1   psa_hash_finish(hash 1->0, PSA_ALG_SHA_256, hash 32 B) = PSA_SUCCESS <1.5 us>',
      '     7 T -1/1   psa_hash_setup(hash 0->2, PSA_ALG_SHA_256) = PSA_SUCCESS <1.5 us>',
      '     8 T -1/1   psa_import_key(attributes.type PSA_KEY_TYPE_HMAC, attributes.usage 0x00000400, ' +
        `attributes.alg PSA_ALG_HMAC(PSA_ALG_SHA_256), data 3 B, made ${key}) = PSA_SUCCESS <1.5 us>`,
      '     9 T -1/1   psa_hash_compute(PSA_ALG_SHA_256, input 3 B, hash 32 of 40 B) = PSA_SUCCESS <1.5 us>',
      '    10 T -1/1   psa_hash_compute(PSA_ALG_SHA_256, input 3 B, hash room 4 B) = PSA_ERROR_BUFFER_TOO_SMALL <1.5 us>',
      `    11 T -1/1   disconnect (operations still open: hash 2 PSA_ALG_SHA_256; volatile keys left: ${key})`,
    ]);
  });

  it('has digests below it, and bytes where they were revealed', async () => {
    const records: TraceRecord[] = [];
    await record((psa) => psa.hashCompute(PSA_ALG_SHA_256, ascii('abc')), {
      trace: { revealInsecure: true, sink: (entry) => records.push(entry) },
    });
    // FIPS 180-4: SHA-256 of "abc".
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    const [, , , call] = records;
    if (call === undefined) throw new Error('no call');
    expect(detailText(call)[0]).toBe(
      `        input: 3 B, SHA-256 ${abc.slice(0, 16)}..., ${hex(ascii('abc'))}`,
    );
    expect(detailText(call)[1]).toMatch(
      new RegExp(`^ {8}hash: 32 B, SHA-256 [0-9a-f]{16}\\.\\.\\., ${abc}$`),
    );
  });
});
