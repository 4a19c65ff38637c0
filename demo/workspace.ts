/** Folders and child processes that are gone when this process is, however it ends. */
import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The project's folder, from the source as from what is compiled. */
export const projectRoot = (): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'h5sm') return folder;
    if (dirname(folder) === folder) throw new Error('the demo is not inside the h5sm project');
  }
};

/** The command `h5sm` as built: program and first argument. */
export const h5smCommand = (): readonly [string, string] => {
  const main = join(projectRoot(), 'dist/emulator/cli/main.js');
  if (!existsSync(main)) throw new Error('h5sm is not built: npm run build');
  return [process.execPath, main];
};

type Child = ChildProcessByStdio<null, Readable, Readable>;

export interface Result {
  readonly code: number;
  /** Standard output, then standard error. */
  readonly output: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT = 60_000;

export class Workspace {
  readonly folder: string;
  readonly #children = new Set<Child>();
  readonly #onExit = (): void => this.close();

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'h5sm-demo-'));
    process.on('exit', this.#onExit);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Runs a program to its end, in the folder; throws where it cannot be run at all. `env`: besides this process's. */
  result(program: string, args: readonly string[], env: Environment = {}): Promise<Result> {
    const options = { cwd: this.folder, timeout: TIMEOUT, env: { ...process.env, ...env } };
    return new Promise((resolve, reject) => {
      execFile(program, args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number') return resolve({ code, output: `${stdout}${stderr}` });
        const why = code === 'ENOENT' ? 'not installed' : (error?.message ?? '');
        reject(new Error(`${program}: ${why}`));
      });
    });
  }

  /** Throws with what the program said where it fails. */
  async run(program: string, args: readonly string[]): Promise<void> {
    const { code, output } = await this.result(program, args);
    if (code !== 0) throw new Error(`${program}: ${output.trim() || `exit code ${code}`}`);
  }

  /** Starts a program and waits for a line on its standard output or standard error that `ready` matches. */
  async start(program: string, args: readonly string[], ready: RegExp): Promise<RegExpExecArray> {
    const child: Child = spawn(program, args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.add(child);
    const said: string[] = [];
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => {
        clearTimeout(timer);
        reject(new Error(`${program} ${args[0] ?? ''}: ${why}\n${said.join('')}`.trim()));
      };
      const timer = setTimeout(() => fail('did not get ready'), TIMEOUT);
      child.once('error', (error) => fail(error.message));
      child.once('exit', (code, signal) => {
        this.#children.delete(child);
        fail(`ended with ${signal ?? code}`);
      });
      const hear = (chunk: Buffer): void => {
        if (said.length >= 100) return;
        said.push(chunk.toString());
        const match = ready.exec(said.join(''));
        if (match === null) return;
        clearTimeout(timer);
        resolve(match);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
    });
  }

  close(): void {
    process.off('exit', this.#onExit);
    for (const child of this.#children) child.kill('SIGKILL');
    this.#children.clear();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
