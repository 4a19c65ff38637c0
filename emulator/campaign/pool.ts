/** Runs cases side by side: in this thread one after the other, or in workers that are ended when they do not answer. */
import { Worker } from 'node:worker_threads';
import type { Case } from './case.ts';
import type { CaseResult } from './outcome.ts';

export interface Runner {
  run(one: Case): Promise<CaseResult>;
  close(): Promise<void>;
}

export interface WorkerData {
  readonly path: string;
}

export type WorkerAnswer =
  | { readonly kind: 'ready'; readonly fingerprint: string }
  | { readonly kind: 'result'; readonly result: CaseResult }
  | { readonly kind: 'error'; readonly message: string };

export interface WorkerRunnerOptions {
  readonly path: string;
  /** After which a worker that says nothing is ended. */
  readonly patienceMs: number;
  /** What becomes of a case whose worker was ended. */
  readonly lost: (one: Case, why: string) => CaseResult;
}

/** A worker loads, and makes the golden runs. */
const STARTING_MS = 120_000;

const WORKER = new URL('./worker.js', import.meta.url);

/** One worker, started when first needed and again after it was ended. */
export class WorkerRunner implements Runner {
  readonly #options: WorkerRunnerOptions;
  #worker: Worker | undefined;

  constructor(options: WorkerRunnerOptions) {
    this.#options = options;
  }

  async run(one: Case): Promise<CaseResult> {
    const worker = this.#worker ?? (await this.#start());
    this.#worker = worker;
    try {
      const answer = await this.#answer(worker, () => worker.postMessage(one));
      if (answer.kind === 'result') return answer.result;
      throw new Error(answer.kind === 'error' ? answer.message : 'a worker that answers out of turn');
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      await this.close();
      return this.#options.lost(one, error.message);
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #start(): Promise<Worker> {
    const data: WorkerData = { path: this.#options.path };
    const worker = new Worker(WORKER, { workerData: data, stdout: true, stderr: true });
    // What a scenario prints is not the campaign's to print.
    worker.stdout.resume();
    worker.stderr.resume();
    const answer = await this.#answer(worker, () => {}, STARTING_MS);
    if (answer.kind !== 'ready')
      throw new Error(answer.kind === 'error' ? answer.message : 'a worker out of turn');
    return worker;
  }

  #answer(worker: Worker, ask: () => void, ms: number = this.#options.patienceMs): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new WorkerLost(`${ms} ms on this machine, without giving way`))),
        ms,
      );
      const onMessage = (answer: WorkerAnswer): void => settle(() => resolve(answer));
      const onError = (error: Error): void => settle(() => reject(new WorkerLost(error.message)));
      const onExit = (code: number): void =>
        settle(() => reject(new WorkerLost(`the worker ended with ${code}`)));
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        then();
      };
      worker.once('message', onMessage).once('error', onError).once('exit', onExit);
      ask();
    });
  }
}

class WorkerLost extends Error {}
