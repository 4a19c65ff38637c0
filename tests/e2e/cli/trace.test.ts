/** Traces from the command line: recorded, followed, looked at. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TraceRecord } from '../../../emulator/trace/event.ts';
import { PSA_ALG_GCM, PSA_ALG_SHA_256 } from '../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { connect } from '../../../rpc/client/connect.ts';
import { hex } from '../../support/bytes.ts';
import { AES_KEY, aesKey } from '../../support/keys.ts';
import { hasTshark, tshark } from '../../support/tshark.ts';
import { folderForTest, h5sm, launch, nextLine, type Running, ready } from './h5sm.ts';

beforeAll(ready);

const INDEX = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));

/** A program of its own: draws random bytes and leaves a hash open; then `end` happens. */
const program = (folder: string, end: string, size = 16): string => {
  const path = join(folder, 'program.mjs');
  const text = `
    import { connect, PSA_ALG_SHA_256 } from ${JSON.stringify(INDEX)};
    const device = await connect();
    for (let i = 0; i < 300; i++) await device.generateRandom(${size});
    await device.hashSetup({ family: 'hash', handle: 0 }, PSA_ALG_SHA_256);
    ${end}
  `;
  writeFileSync(path, text);
  return path;
};

const recordsOf = (path: string): TraceRecord[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : JSON.parse(line)));

const summary = (records: readonly TraceRecord[]): string[] =>
  records.map((record) => ('event' in record ? record.event : record.function));

const WHOLE = [
  'start',
  'connect',
  'psa_crypto_init',
  ...Array.from({ length: 300 }, () => 'psa_generate_random'),
  'psa_hash_setup',
  'disconnect',
];

describe('h5sm exec --trace', () => {
  it.each([
    ['ends', 'await device.close();', 0],
    ['crashes', "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});", 137],
    ['fails', "throw new Error('on purpose');", 1],
  ])('has every call of a program that %s', async (_, end, code) => {
    const folder = folderForTest();
    const file = join(folder, 'trace.ndjson');
    const run = await h5sm(['exec', '--trace', file, '--', process.execPath, program(folder, end)], {
      folder,
    });
    expect(run.code).toBe(code);
    const records = recordsOf(file);
    expect(summary(records)).toEqual(WHOLE);
    expect(records.at(-1)).toMatchObject({ operations: [{ family: 'hash', alg: PSA_ALG_SHA_256 }] });
  });

  it('is whole when it is told to stop', async () => {
    const folder = folderForTest();
    const file = join(folder, 'trace.ndjson');
    const path = program(folder, "console.log('up'); setInterval(() => {}, 1000);");
    const running = launch(['exec', '--trace', file, '--', process.execPath, path], { folder });
    expect(await nextLine(running)).toBe('up');
    running.child.kill('SIGTERM');
    expect((await running.ended).code).toBe(143);
    expect(summary(recordsOf(file))).toEqual(WHOLE);
  });

  it('is a trace also of a command that makes no call', async () => {
    const folder = folderForTest();
    const file = join(folder, 'trace.ndjson');
    expect(await h5sm(['exec', '--trace', file, '--', 'true'], { folder })).toMatchObject({ code: 0 });
    expect(summary(recordsOf(file))).toEqual(['start']);
  });

  it('says what is wrong before anything runs', async () => {
    const folder = folderForTest();
    const refused = async (...flags: readonly string[]) => {
      const ran = join(folder, 'ran');
      const { code, stderr } = await h5sm(['exec', ...flags, '--', 'touch', ran], { folder });
      expect([code, existsSync(ran)]).toEqual([2, false]);
      return stderr;
    };
    const none = join(folder, 'none', 'file');
    expect(await refused('--trace', none)).toMatch(/^h5sm: --trace .*\/none\/file: ENOENT/);
    expect(await refused('--keylog', none)).toMatch(/^h5sm: --keylog .*\/none\/file: ENOENT/);
    expect(await refused('--reveal-insecure')).toBe(
      'h5sm: --reveal-insecure: of what --trace records; use --trace <file>\n',
    );
    const keylog = join(folder, 'keys');
    expect(await refused('--keylog', keylog, '--keylog-client-random', 'ab')).toBe(
      'h5sm: --keylog-client-random ab: expected 64 hex digits\n',
    );
    expect(await refused('--keylog-client-random', 'ab'.repeat(32))).toBe(
      'h5sm: --keylog-client-random: of what --keylog writes; use --keylog <file>\n',
    );
  });
});

const started = async (...flags: readonly string[]) => {
  const folder = folderForTest();
  const running: Running = launch(
    ['start', '--json', '--quiet', '--store', 'memory', '--seed', '1', ...flags],
    { folder },
  );
  const { endpoint } = JSON.parse(await nextLine(running));
  const stop = async () => {
    running.child.kill('SIGTERM');
    return running.ended;
  };
  return { folder, endpoint, stop };
};

describe('h5sm start --trace', () => {
  it('has every call when it is told to stop, and no bytes of keys unless they are revealed', async () => {
    const run = async (...flags: readonly string[]) => {
      const file = join(folderForTest(), 'trace.ndjson');
      const { endpoint, stop } = await started('--trace', file, ...flags);
      const psa = await connect(endpoint);
      await aesKey(psa, PSA_ALG_GCM);
      // Still connected.
      expect((await stop()).code).toBe(0);
      const records = recordsOf(file);
      expect(summary(records)).toEqual([
        'start',
        'connect',
        'psa_crypto_init',
        'psa_import_key',
        'disconnect',
      ]);
      return readFileSync(file, 'utf8');
    };
    expect(await run()).not.toContain(hex(AES_KEY));
    expect(await run('--reveal-insecure')).toContain(hex(AES_KEY));
  });
});

describe('h5sm trace tail', () => {
  it('shows the calls of an emulator that was told nothing of it, as they come', async () => {
    const { folder, endpoint, stop } = await started('--profile', 'psa-full');
    const tail = launch(['trace', 'tail'], { folder });
    expect(await nextLine(tail)).toMatch(/^ {5}1 \S+ - {6}start: profile psa-full, seed 1$/);
    const psa = await connect(endpoint);
    const operation = hashOperationInit();
    await psa.hashSetup(operation, PSA_ALG_SHA_256);
    expect(await nextLine(tail)).toMatch(/^ {5}2 \S+ -1\/1 {3}connect$/);
    expect(await nextLine(tail)).toMatch(/ psa_crypto_init\(\) = PSA_SUCCESS </);
    expect(await nextLine(tail)).toMatch(/ psa_hash_setup\(hash 0->1, PSA_ALG_SHA_256\) = PSA_SUCCESS </);
    await psa.close();
    expect(await nextLine(tail)).toMatch(/ disconnect \(operations still open: hash 1 PSA_ALG_SHA_256\)$/);
    await stop();
    expect(await tail.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('begins with the last ones that are kept', async () => {
    const { folder, endpoint, stop } = await started('--trace', 'memory');
    const psa = await connect(endpoint);
    for (let i = 0; i < 20; i++) await psa.generateRandom(i);
    const tail = launch(['trace', 'tail', '--json', '--lines', '3'], { folder });
    const sizes = [];
    for (let i = 0; i < 3; i++) sizes.push(JSON.parse(await nextLine(tail)).lengths.output);
    expect(sizes).toEqual([17, 18, 19]);
    await psa.close();
    await stop();
    await tail.ended;
  });

  it('says what is wrong', async () => {
    const folder = folderForTest();
    expect(await h5sm(['trace', 'tail', '--lines', 'x'], { folder })).toMatchObject({
      code: 2,
      stderr: 'h5sm: trace tail: --lines x: expected a number\n',
    });
    expect(await h5sm(['trace', 'tail'], { folder })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no emulator there; start one with/),
    });
    expect(await h5sm(['trace'], { folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^h5sm: trace: no such verb; use trace tail, trace show/),
    });
  });
});

describe('a trace in a file', () => {
  const recorded = async (seed: string, size = 16): Promise<readonly [file: string, folder: string]> => {
    const folder = folderForTest();
    const file = join(folder, 'trace.ndjson');
    const command = [process.execPath, program(folder, 'await device.close();', size)];
    const flags = ['--profile', 'psa-full', '--seed', seed, '--trace', file];
    expect(await h5sm(['exec', ...flags, '--', ...command], { folder })).toMatchObject({ code: 0 });
    return [file, folder];
  };

  it('is shown, counted and exported', async () => {
    const [file, folder] = await recorded('1');
    const ask = (...words: readonly string[]) => h5sm(['trace', ...words], { folder });
    const { stdout: shown } = await ask('show', file);
    expect(shown.split('\n')[3]).toMatch(/^ {5}4 .* psa_generate_random\(output 16 B\) = PSA_SUCCESS </);
    const { stdout: long } = await ask('show', '--long', file);
    expect(long.split('\n')[4]).toMatch(/^ {8}output: 16 B, SHA-256 [0-9a-f]{16}\.\.\.$/);
    const { stdout: counted } = await ask('stats', file);
    expect(counted).toMatch(/^psa_generate_random +300 +0 +4800 /m);
    const { stdout: stats } = await ask('stats', '--json', file);
    expect(JSON.parse(stats)[0]).toMatchObject({
      function: 'psa_generate_random',
      calls: 300,
      bytesOut: 4800,
    });
    const { stdout: ndjson } = await ask('export', '--format', 'ndjson', file);
    expect(ndjson).toBe(readFileSync(file, 'utf8'));
    const { stdout: chrome } = await ask('export', '--format', 'perfetto', file);
    expect(JSON.parse(chrome).traceEvents.filter(({ ph }: { ph: string }) => ph === 'X')).toHaveLength(302);
    const out = join(folder, 'trace.pcapng');
    expect(await ask('export', '--format', 'pcapng', '--out', out, file)).toMatchObject({
      code: 0,
      stdout: '',
    });
    expect(readFileSync(out).subarray(0, 4)).toEqual(Buffer.from('0a0d0d0a', 'hex'));
  });

  it.skipIf(!hasTshark)('opens in Wireshark', async () => {
    const [file, folder] = await recorded('1');
    const capture = join(folder, 'trace.pcapng');
    const flags = ['--format', 'pcapng', '--out', capture];
    expect(await h5sm(['trace', 'export', ...flags, file], { folder })).toMatchObject({ code: 0 });
    const draws = tshark(capture, '-Y', 'json.value.string == "psa_generate_random"').trim().split('\n');
    expect(draws).toHaveLength(300);
    expect(draws[0]).toMatch(/^ *4 \S+ .* PSA\/JSON /);
    const [time, comment] = tshark(
      capture,
      '-c',
      '4',
      '-Y',
      'frame.number == 4',
      '-T',
      'fields',
      '-e',
      'frame.time_epoch',
      '-e',
      'frame.comment',
    ).split('\t');
    expect(Number(time) * 1000).toBeCloseTo(recordsOf(file)[3]?.time ?? 0, 2);
    expect(comment).toMatch(/^psa_generate_random\(output 16 B\) = PSA_SUCCESS </);
  });

  it('is compared with another', async () => {
    const [one, folder] = await recorded('1');
    const [two] = await recorded('1');
    const [other] = await recorded('2', 17);
    const diff = (...files: readonly string[]) => h5sm(['trace', 'diff', ...files], { folder });
    expect(await diff(one, two)).toMatchObject({
      code: 0,
      stdout: '302 calls are the same; there are 302 and 302\n',
    });
    const { code, stdout } = await diff(one, other);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^seed: 1 \/ 2\nthe first call that differs, on connection 1:\n {2}- 4 psa_generate_random\(output 16 B\).*\n {2}\+ 4 psa_generate_random\(output 17 B\)/,
    );
    expect(stdout).toContain('\n    lengths.output: 16 / 17\n');
  });

  it('that is none, is told of, and nothing is left of it', async () => {
    const folder = folderForTest();
    const [file, out] = [join(folder, 'x'), join(folder, 'out')];
    writeFileSync(file, 'x\n');
    const ask = (...words: readonly string[]) => h5sm(['trace', ...words], { folder });
    expect(await ask('export', '--format', 'perfetto', '--out', out, file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^h5sm: .*\/x:1: not JSON/),
    });
    expect(existsSync(out)).toBe(false);
    expect(await ask('export', file)).toMatchObject({
      code: 2,
      stderr: 'h5sm: trace export: --format is missing; there are ndjson, perfetto, pcapng\n',
    });
    expect(await ask('export', '--format', 'x', file)).toMatchObject({
      code: 2,
      stderr: 'h5sm: trace export: --format x: no such format; there are ndjson, perfetto, pcapng\n',
    });
    expect(await ask('show')).toMatchObject({
      code: 2,
      stderr: 'h5sm: trace show: expected one trace to read, got 0 file names\n',
    });
  });
});
