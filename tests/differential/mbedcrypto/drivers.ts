/** driver.c built against both libraries, and both programs kept running. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CLIENT = join(ROOT, 'clients/c');
const SOURCE = fileURLToPath(new URL('driver.c', import.meta.url));
const PROBE = fileURLToPath(new URL('probe.c', import.meta.url));
const CLI = join(ROOT, 'dist/emulator/cli/main.js');

const COMPILE = ['-std=c11', '-D_GNU_SOURCE', '-O1'];
const STRICT = ['-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-pedantic', '-Werror'];

/** What is missing to build the other driver, with the Debian package that brings it. */
export const missing = (): string | undefined => {
  if (spawnSync('gcc', ['--version']).status !== 0) return 'gcc (apt install gcc)';
  const { status } = spawnSync('gcc', [PROBE, '-lmbedcrypto', '-o', '/dev/null']);
  return status === 0 ? undefined : 'libmbedcrypto 2.28 (apt install libmbedtls-dev)';
};

/** A running driver. Answers come line by line, in the order of the calls. */
class Driver {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #name: string;
  #last: Promise<unknown> = Promise.resolve();
  #stderr = '';

  constructor(name: string, command: readonly [string, ...string[]], cwd: string) {
    const [program, ...args] = command;
    const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('H5SM_')));
    this.#name = name;
    this.#child = spawn(program, args, { cwd, env, stdio: 'pipe' });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  /** Scripts may be given before the answers to earlier ones are there. */
  run(lines: readonly string[]): Promise<string[]> {
    this.#child.stdin.write(`${[...lines, 'end', 'reset'].join('\n')}\n`);
    const answers = this.#last.then(() => this.#read(lines));
    this.#last = answers.catch(() => {});
    return answers;
  }

  async #read(lines: readonly string[]): Promise<string[]> {
    const answers: string[] = [];
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) {
        const at = lines[answers.length] ?? 'reset';
        throw new Error(`${this.#name} ended at or behind "${at.slice(0, 300)}"\n${this.#stderr}`);
      }
      if (value === 'end') return answers;
      answers.push(value);
    }
  }

  async stop(): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    await new Promise((resolve) => this.#child.once('close', resolve));
  }
}

export interface Answers {
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
}

/** Both drivers, each in a folder of its own: the other library keeps persistent keys where it runs. */
export class Drivers {
  readonly #folder = mkdtempSync(join(tmpdir(), 'h5sm-diff-'));
  #pair: { readonly theirs: Driver; readonly ours: Driver } | undefined;
  #runs = 0;

  build(): void {
    const theirs = ['-Wall', '-Wextra', SOURCE, '-o', join(this.#folder, 'theirs'), '-lmbedcrypto'];
    const ours = [
      ...STRICT,
      '-pthread',
      `-I${CLIENT}/include`,
      SOURCE,
      join(CLIENT, 'amalgamation/h5sm_psa.c'),
      ...['-o', join(this.#folder, 'ours')],
    ];
    for (const args of [theirs, ours]) execFileSync('gcc', [...COMPILE, ...args], { stdio: 'pipe' });
  }

  /** Ends what runs, and starts both anew. */
  async restart(): Promise<void> {
    await this.stop();
    const cwd = join(this.#folder, `run-${this.#runs++}`);
    mkdirSync(cwd);
    this.#pair = {
      theirs: new Driver('libmbedcrypto', [join(this.#folder, 'theirs')], cwd),
      ours: new Driver(
        'h5sm',
        [process.execPath, CLI, 'exec', '--profile', 'psa-full', '--', join(this.#folder, 'ours')],
        cwd,
      ),
    };
  }

  /** The answers of both to a script; they start with no keys and no operations. */
  async run(lines: readonly string[]): Promise<Answers> {
    if (this.#pair === undefined) throw new Error('the drivers have not been started');
    const [theirs, ours] = await Promise.all([this.#pair.theirs.run(lines), this.#pair.ours.run(lines)]);
    return { theirs, ours };
  }

  async stop(): Promise<void> {
    await Promise.all([this.#pair?.theirs.stop(), this.#pair?.ours.stop()]);
    this.#pair = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
