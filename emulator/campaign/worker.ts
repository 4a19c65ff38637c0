/** A worker thread: opens the campaign for itself, then runs the cases it is told. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadCampaign } from './campaign-file.ts';
import type { Case } from './case.ts';
import { openLaboratory } from './laboratory.ts';
import type { WorkerAnswer, WorkerData } from './pool.ts';
import { summaryOf } from './results.ts';

const { path } = workerData as WorkerData;
const answer = (value: WorkerAnswer): void => parentPort?.postMessage(value);
const fail = (error: unknown): void =>
  answer({ kind: 'error', message: error instanceof Error ? error.message : String(error) });

try {
  const loaded = loadCampaign(path);
  const laboratory = await openLaboratory(loaded);
  // While no case runs: a scenario of an earlier one that still rejects concerns nobody.
  process.on('unhandledRejection', () => {});
  parentPort?.on('message', ({ faults, index }: Case) => {
    laboratory.run(faults, index).then(({ result }) => answer({ kind: 'result', result }), fail);
  });
  answer({ kind: 'ready', fingerprint: summaryOf(loaded, laboratory).fingerprint });
} catch (error) {
  fail(error);
}
