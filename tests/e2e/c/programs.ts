/** Compiling C programs against the client, and running them. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environment } from '../../support/environment.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const CLIENT = join(ROOT, 'clients/c');
export const HERE = fileURLToPath(new URL('.', import.meta.url));

export const STRICT = ['-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-pedantic', '-Werror'] as const;

/** A folder for a test file; `remove` belongs into its afterAll. */
export const scratch = (): { readonly path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'h5sm-c-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Variables of h5sm come from the test alone. */
const clean = (variables: Variables): NodeJS.ProcessEnv => {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('H5SM_'));
  return { ...Object.fromEntries(inherited), ...variables };
};

export interface RunOptions {
  readonly env?: Variables;
  readonly cwd?: string;
}

/** Does not block: emulators and servers of the tests live in this process. */
export const run = (
  command: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const { env = {}, cwd } = options;
    const child = execFile(
      command,
      [...args],
      { env: clean(env), cwd, maxBuffer: 1 << 26, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error !== null && child.pid === undefined) reject(error);
        else resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr });
      },
    );
  });

/** Throws, with what the command said, unless it ends with 0. */
export const succeed = async (
  command: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<string> => {
  const { code, signal, stdout, stderr } = await run(command, args, options);
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')}: ended with ${code ?? signal}\n${stdout}${stderr}`);
  return stdout;
};

/** A program that answers lines with lines (steps.c). */
export class Steps {
  readonly #child;
  readonly #lines: AsyncIterator<string>;
  #stderr = '';

  constructor(program: string, env: Variables) {
    this.#child = spawn(program, [], { env: clean(env), stdio: 'pipe' });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the program did not start');
    return this.#child.pid;
  }

  get stderr(): string {
    return this.#stderr;
  }

  async ask(line: string): Promise<string> {
    this.#child.stdin.write(`${line}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`"${line}": the program ended\n${this.#stderr}`);
    return value;
  }

  /** Ends the program; what it has said on stderr. */
  async end(): Promise<string> {
    const child = this.#child;
    child.stdin.end();
    if (child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('close', resolve));
    }
    if (child.exitCode !== 0)
      throw new Error(`the program ended with ${child.exitCode ?? child.signalCode}\n${this.#stderr}`);
    return this.#stderr;
  }
}

const builds32 = (compiler: string, language: string): boolean =>
  spawnSync(compiler, ['-m32', '-x', language, '-', '-o', '/dev/null'], {
    input: '#include <stdio.h>\nint main(void) { return 0; }\n',
  }).status === 0;

/** Whether 32-bit programs are tested: they may be left out where the compiler lacks them, but not in CI. */
export const with32 = (): boolean => {
  if (environment.CI !== undefined || builds32('gcc', 'c')) return true;
  console.warn(
    '32-bit programs are not tested: gcc -m32 does not work; on Debian and Ubuntu: apt install gcc-multilib',
  );
  return false;
};

const OBJECTS = ['h5sm_psa', 'h5sm_services'];

/** The client in two files, Crypto and the services beside it, as objects, then programs of this folder with them. */
export class Workshop {
  readonly #folder = scratch();
  readonly #flags: readonly string[];
  readonly #objects: readonly string[];

  /** `objects`: other files of the amalgamation than those. */
  constructor(flags: readonly string[] = [], objects: readonly string[] = OBJECTS) {
    this.#objects = objects;
    this.#flags = ['-g', '-O1', '-pthread', ...flags];
  }

  get path(): string {
    return this.#folder.path;
  }

  async prepare(): Promise<void> {
    for (const name of this.#objects)
      await succeed('gcc', [
        '-std=c11',
        ...STRICT,
        ...this.#flags,
        '-c',
        join(CLIENT, `amalgamation/${name}.c`),
        '-o',
        join(this.path, `${name}.o`),
      ]);
  }

  /** `source`: a file of this folder, or an absolute path. */
  async program(source: string, extra: readonly string[] = []): Promise<string> {
    const path = source.startsWith('/') ? source : join(HERE, source);
    const output = join(this.path, [parse(path).name, ...extra].join('').replaceAll(/[^a-z0-9]/g, '-'));
    const flags = ['-std=c11', '-D_GNU_SOURCE', ...STRICT, ...this.#flags];
    const headers = [`-I${CLIENT}/include`, `-I${HERE}`];
    // Libraries come after what needs them.
    const inputs = [path, ...this.#objects.map((name) => join(this.path, `${name}.o`)), ...extra];
    await succeed('gcc', [...flags, ...headers, ...inputs, '-o', output]);
    return output;
  }

  remove(): void {
    this.#folder.remove();
  }
}
