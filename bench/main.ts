/**
 * `npm run bench`: what a call costs, measured in one run. A blocking C client talks to a bare echo server and to the
 * emulator in turn, so that both meet the same machine; the engine alone is timed beside it.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { campaignRates } from './campaign.ts';
import { snapshotCost, stalls } from './device.ts';
import { faultCost } from './faults.ts';
import { median } from './median.ts';
import { parallelExecs } from './parallel.ts';
import { traceCost } from './trace.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const CLI = join(ROOT, 'dist/emulator/cli/main.js');
const ROUNDS = 5;

const folder = mkdtempSync(join(tmpdir(), 'h5sm-bench-'));
const children: ChildProcess[] = [];

/** Starts a program and waits for its first line. */
const start = async (args: readonly string[]): Promise<void> => {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => {
      throw new Error(`${args.join(' ')} ended before it was ready`);
    }),
  ]);
};

interface Latency {
  readonly p50: number;
  readonly p99: number;
}

const compile = (name: string): string => {
  const program = join(folder, name);
  const client = join(ROOT, 'clients/c');
  const source = join(ROOT, 'bench/c', `${name}.c`);
  execFileSync(
    'gcc',
    [
      '-O2',
      `-I${join(client, 'include')}`,
      source,
      join(client, 'amalgamation/h5sm_psa.c'),
      '-lpthread',
      '-o',
      program,
    ],
    {
      stdio: 'inherit',
    },
  );
  return program;
};

const microseconds = (ns: number): string => (ns / 1000).toFixed(ns < 100_000 ? 1 : 0).padStart(9);
const perSecond = (ns: number): string =>
  Math.round(1e9 / ns)
    .toString()
    .padStart(9);
const ratio = (value: number): string => `${value.toFixed(2)}x`.padStart(8);

const roundTrips = (measure: (subject: string, count: number) => Latency): number => {
  const subjects = ['echo', 'random', 'hash'];
  const all = new Map<string, Latency[]>(subjects.map((s) => [s, []]));
  for (let round = 0; round < ROUNDS; round++) for (const s of subjects) all.get(s)?.push(measure(s, 4000));
  const of = (s: string): Latency => ({
    p50: median((all.get(s) ?? []).map((l) => l.p50)),
    p99: median((all.get(s) ?? []).map((l) => l.p99)),
  });
  const names = {
    echo: 'bare Node echo, 64 B (the floor)',
    random: 'psa_generate_random 32 B',
    hash: 'psa_hash_compute SHA-256 64 B',
  };
  const floor = of('echo').p50;
  // Each round pairs what ran one after the other; the ratio is the median over the pairs.
  const paired = (s: string): number =>
    median((all.get(s) ?? []).map((l, i) => l.p50 / (all.get('echo')?.[i]?.p50 ?? Number.NaN)));
  console.log(`\nRound trip, blocking C client over a UNIX socket (us; ${ROUNDS} rounds of 4000, medians)`);
  console.log('                                         p50       p99  of floor');
  for (const [s, name] of Object.entries(names)) {
    const { p50, p99 } = of(s);
    console.log(`${name.padEnd(34)}${microseconds(p50)} ${microseconds(p99)}  ${ratio(paired(s))}`);
  }
  return floor;
};

const operations = (measure: (subject: string, count: number) => Latency, floor: number): void => {
  const subjects: readonly (readonly [string, string, number])[] = [
    ['sign', 'psa_sign_hash ECDSA P-256', 600],
    ['verify', 'psa_verify_hash ECDSA P-256', 300],
    ['ecdh', 'psa_raw_key_agreement ECDH P-256', 300],
    ['gcm-1k', 'psa_aead_encrypt AES-128-GCM 1 KiB', 5000],
    ['gcm-16k', 'psa_aead_encrypt AES-128-GCM 16 KiB', 1000],
    ['rsa-2048', 'psa_sign_hash RSA-2048 PKCS#1 v1.5', 60],
  ];
  const runs: { engine: Record<string, number>; rpc: Record<string, Latency> }[] = [];
  for (let round = 0; round < 3; round++) {
    const engine = JSON.parse(
      execFileSync(process.execPath, [join(ROOT, 'dist/bench/engine.js')], { encoding: 'utf8' }),
    );
    runs.push({ engine, rpc: Object.fromEntries(subjects.map(([s, , count]) => [s, measure(s, count)])) });
  }
  console.log('\nThrough the RPC and in the engine alone (us; medians of 3 interleaved rounds)');
  console.log(
    '                                      engine       RPC     ops/s  over engine  over engine + floor',
  );
  for (const [s, name] of subjects) {
    const engine = median(runs.map((r) => r.engine[s] ?? Number.NaN));
    const rpc = median(runs.map((r) => r.rpc[s]?.p50 ?? Number.NaN));
    const above = median(runs.map((r) => (r.rpc[s]?.p50 ?? Number.NaN) / (r.engine[s] ?? Number.NaN)));
    const beside = median(
      runs.map((r) => (r.rpc[s]?.p50 ?? Number.NaN) / ((r.engine[s] ?? Number.NaN) + floor)),
    );
    console.log(
      `${name.padEnd(36)}${microseconds(engine)} ${microseconds(rpc)} ${perSecond(rpc)}     ${ratio(above)}             ${ratio(beside)}`,
    );
  }
};

const execCost = (): void => {
  const wall = (args: readonly string[]): number => {
    const begin = process.hrtime.bigint();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} exited with ${status}`);
    return Number(process.hrtime.bigint() - begin);
  };
  const runs = Array.from({ length: 15 }, () => ({
    node: wall(['-e', '0']),
    exec: wall([CLI, 'exec', '--', 'true']),
  })).slice(2);
  const node = median(runs.map((r) => r.node));
  const exec = median(runs.map((r) => r.exec));
  console.log('\nStarting (ms; median of 13 pairs)');
  console.log(
    `node -e 0 ${(node / 1e6).toFixed(1)}   h5sm exec -- true ${(exec / 1e6).toFixed(1)}   ratio ${median(runs.map((r) => r.exec / r.node)).toFixed(2)}x`,
  );
};

const ofTheDevice = async (endpoint: string): Promise<void> => {
  const { bytes, p50, p99 } = await snapshotCost();
  console.log('\nSnapshot of 10 volatile and 10 persistent keys and 3 open operations (ms)');
  console.log(`restore p50 ${p50.toFixed(2)}   p99 ${p99.toFixed(2)}   ${bytes} bytes`);
  console.log('\nAnother client, while one computes for long (ms; aim: longest below 50)');
  for (const { name, calls, p50: usual, longest } of await stalls(endpoint))
    console.log(
      `${name.padEnd(34)}${calls.toString().padStart(6)} calls   p50 ${usual.toFixed(1)}   longest ${longest.toFixed(1)}`,
    );
  const count = 100;
  const { seconds, same } = await parallelExecs(CLI, [compile('fingerprint')], count);
  console.log('\nMany emulators at once');
  console.log(
    `${count} x h5sm exec, started together: ${seconds.toFixed(1)} s, ${same} of ${count} printed the same`,
  );
  if (same !== count) process.exitCode = 1;
};

try {
  const program = compile('latency');
  const echo = join(folder, 'echo.sock');
  const socket = join(folder, 'h5sm.sock');
  await start([join(ROOT, 'dist/bench/echo-server.js'), echo]);
  await start([CLI, 'start', '--profile', 'psa-full', '--socket', socket, '--store', 'memory', '--quiet']);
  const measure = (subject: string, count: number): Latency => {
    const text = execFileSync(program, [subject, String(count), echo], {
      encoding: 'utf8',
      env: { ...process.env, H5SM_ENDPOINT: `unix:${socket}` },
    });
    const [p50 = Number.NaN, p99 = Number.NaN] = text.trim().split(' ').map(Number);
    return { p50, p99 };
  };
  console.log(
    `node ${process.version}, ${process.arch}; times of one machine at one moment: compare within a run`,
  );
  const floor = roundTrips(measure);
  operations(measure, floor);
  traceCost(folder);
  faultCost();
  execCost();
  campaignRates(CLI, folder, compile('fingerprint'));
  await ofTheDevice(`unix:${socket}`);
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
