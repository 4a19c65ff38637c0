/** A real emulator process: `h5sm start` on a socket of its own, watched. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StatusReport } from '../../psa-api/service.ts';

const READY = 'h5sm ready';
const KEPT = 64 * 1024;

/** The built command line: from dist and from the sources alike. */
const cli = (): string => {
  const here = dirname(fileURLToPath(import.meta.url));
  const root = join(here, here.includes(`${join('dist', 'scripts')}`) ? '../../..' : '../..');
  return join(root, 'dist/emulator/cli/main.js');
};

export class Emulator {
  readonly socket: string;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };
  #stderr = '';
  #stopping = false;
  /** Why it ended, where nobody told it to. */
  died: string | undefined;

  private constructor(child: ChildProcess, folder: string, socket: string) {
    this.#child = child;
    this.#folder = folder;
    this.socket = socket;
    process.once('exit', this.#kill);
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-KEPT);
    });
    child.once('exit', (code, signal) => {
      if (!this.#stopping) this.died = `the emulator ended: exit code ${code}, signal ${signal}`;
    });
  }

  static async start(seed: string, profile = 'psa-full'): Promise<Emulator> {
    const folder = mkdtempSync(join(tmpdir(), 'h5sm-fuzz-'));
    const socket = join(folder, 's');
    const args = [
      cli(),
      'start',
      '--profile',
      profile,
      '--socket',
      socket,
      '--store',
      'memory',
      '--seed',
      seed,
      '--quiet',
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const emulator = new Emulator(child, folder, socket);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    while (!out.includes(READY)) {
      if (emulator.died !== undefined) throw new Error(`${emulator.died}\n${emulator.stderr}`);
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    }
    return emulator;
  }

  /** Errors of its own that it has told about since the last question. */
  get stderr(): string {
    return this.#stderr;
  }

  takeErrors(): string {
    const text = this.#stderr;
    this.#stderr = '';
    return text;
  }

  /** Resident memory in MiB; undefined where the system does not say. */
  memory(): number | undefined {
    try {
      const [, kib] =
        /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')) ?? [];
      return kib === undefined ? undefined : Math.round(Number(kib) / 1024);
    } catch {
      return undefined;
    }
  }

  status(): Promise<StatusReport> {
    return new Promise((resolve, reject) => {
      const request = http.get({ socketPath: this.socket, path: '/v1/status', agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        response.on('end', () => resolve(JSON.parse(body)));
      });
      request.on('error', reject);
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    process.off('exit', this.#kill);
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill();
      await once(this.#child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
