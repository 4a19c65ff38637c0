/** What it costs to record calls: the same calls on devices that record nothing, everything, and the bytes too. */
import { join } from 'node:path';
import { createDevice } from '../emulator/device.ts';
import { createLineFile, type LineFile } from '../emulator/trace/file.ts';
import { functionByName } from '../psa-api/functions.ts';
import type { Session } from '../psa-api/service.ts';
import { median } from './median.ts';

const ROUNDS = 7;
const CALLS = 5000;

const idOf = (name: string): number => functionByName(name)?.id ?? 0;

const SUBJECTS = [
  ['psa_generate_random 32 B', idOf('psa_generate_random'), [32]],
  ['psa_hash_compute SHA-256 1 KiB', idOf('psa_hash_compute'), [0x02000009, new Uint8Array(1024), 32]],
] as const;

/** Nanoseconds of one call. */
const measure = (session: Session, id: number, inputs: readonly (number | Uint8Array)[]): number => {
  const begin = performance.now();
  for (let i = 0; i < CALLS; i++) session.call(id, inputs);
  return ((performance.now() - begin) * 1e6) / CALLS;
};

/** In this process, so that no wire hides the difference. */
export const traceCost = (folder: string): void => {
  const files: LineFile[] = [];
  const toFile = (name: string) => {
    const file = createLineFile(join(folder, name), (error) => console.error(error));
    files.push(file);
    return (record: object) => file.write(JSON.stringify(record));
  };
  const devices = [
    ['off', createDevice({ profile: 'psa-full' })],
    ['in memory', createDevice({ profile: 'psa-full', trace: {} })],
    ['into a file', createDevice({ profile: 'psa-full', trace: { sink: toFile('trace.ndjson') } })],
    [
      'with bytes',
      createDevice({
        profile: 'psa-full',
        trace: { sink: toFile('revealed.ndjson'), revealInsecure: true },
      }),
    ],
  ] as const;
  const sessions = devices.map(([name, device]) => [name, device.connect()] as const);
  for (const [, session] of sessions) session.call(idOf('psa_crypto_init'), []);
  console.log(`\nTracing (in process; medians of ${ROUNDS} interleaved rounds of ${CALLS})`);
  console.log(`${''.padEnd(44)}us/call   calls/s   of off`);
  for (const [subject, id, inputs] of SUBJECTS) {
    const times = new Map<string, number[]>(sessions.map(([name]) => [name, []]));
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, session] of sessions) times.get(name)?.push(measure(session, id, inputs));
    const off = median(times.get('off') ?? []);
    for (const [name, values] of times) {
      const ns = median(values);
      const label = `${subject}, ${name}`.padEnd(42);
      const rate = Math.round(1e9 / ns).toString();
      console.log(
        `${label} ${(ns / 1000).toFixed(2).padStart(8)} ${rate.padStart(9)} ${(ns / off).toFixed(2).padStart(7)}x`,
      );
    }
  }
  for (const [, device] of devices) device.close();
  for (const file of files) file.close();
};
