/** Real processes on a real folder, killed in the middle of a write; what the next process finds there. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Geometry } from '../../keystore/flash.ts';
import { folderChip } from '../../keystore/folder-chip.ts';
import { countInto, look, newReport, type Report, record, type Trace } from './check.ts';
import { must } from './device.ts';
import { HUK } from './recorder.ts';
import { ofKeys } from './scenarios.ts';

/** As much as the STM32H573 gives to Internal Trusted Storage. */
export const GEOMETRY: Geometry = { sectors: 6, sectorSize: 8192 };
export const KILLED = ofKeys(
  'a process killed, in a folder',
  async () => {},
  (store) => must(store.importKey(1, 16)),
  (store) => must(store.importKey(2, 300)),
  (store) => must(store.destroyKey(1)),
)(GEOMETRY);

/** How many changes it acknowledged until it was killed. */
const run = (program: string, folder: string, at: number): number => {
  const { signal, stdout, stderr } = spawnSync(process.execPath, [program, folder, `${at}`], {
    encoding: 'utf8',
  });
  if (signal !== 'SIGKILL') throw new Error(`${program} was not killed at event ${at}: ${stderr}`);
  return stdout.match(/^done$/gm)?.length ?? 0;
};

const inFolder = async <Result>(action: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'h5sm-powercut-'));
  try {
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The last change acknowledged, or the one after it. */
const around = ({ states }: Trace, done: number) =>
  states.slice(done, done + 2).map(({ contents }) => contents);

/** So many of the quad-words, evenly, and everything else that is not one. */
const killPoints = ({ events }: Trace, words: number): readonly number[] => {
  const isProgram = (i: number) => events[i]?.kind === 'program';
  const programs = [...events.keys()].filter(isProgram);
  const others = [...events.keys()].filter((i) => !isProgram(i));
  const some = programs.filter((_, i) => i % Math.ceil(programs.length / words) === 0);
  return [...some, ...others];
};

/** Kills a process at so many quad-words, and at every erasure, sync and step of the counter. `program` is dying.js. */
export const killProcesses = async (program: string, words: number): Promise<Report> => {
  const trace = await record(KILLED);
  const report = newReport(KILLED.name);
  for (const at of killPoints(trace, words))
    await inFolder(async (folder) => {
      const done = run(program, folder, at);
      const chip = () => folderChip(folder, GEOMETRY, HUK);
      await countInto(report, `killed at event ${at}`, () => look(KILLED, chip, around(trace, done)));
    });
  return report;
};
