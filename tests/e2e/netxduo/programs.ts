/** Compiling the NetX Duo methods against the double of NetX's interface, and programs with them. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CLIENT, ROOT, STRICT, scratch, succeed } from '../c/programs.ts';

const NETXDUO = join(ROOT, 'clients/netxduo');
const HERE = join(ROOT, 'tests/e2e/netxduo');

export const SOURCES: readonly string[] = readdirSync(join(NETXDUO, 'src'))
  .filter((name) => name.endsWith('.c'))
  .map((name) => join(NETXDUO, 'src', name));

const INCLUDES = [
  join(NETXDUO, 'include'),
  join(NETXDUO, 'src'),
  join(CLIENT, 'include'),
  join(HERE, 'double'),
  HERE,
  join(ROOT, 'tests/e2e/c'),
].map((folder) => `-I${folder}`);

/** TLS 1.3 with nothing of NetX's own cryptography. */
export const TLS13 = ['-DNX_SECURE_TLS_ENABLE_TLS_1_3', '-DH5SM_NX_ECDHE_EVERYWHERE'] as const;

export const FLAGS = [
  '-std=c99',
  ...STRICT,
  '-Wstrict-prototypes',
  '-DNX_INCLUDE_USER_DEFINE_FILE',
  ...INCLUDES,
] as const;

/** Files of this folder that belong together. */
export const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['hash', 'mac', 'cipher', 'aead', 'agreement', 'signatures', 'tables'].map((name) => [
      name,
      [`${name}.c`, 'tests.c', 'calls.c'],
    ]),
  ),
  client: [
    'calls.c',
    ...readdirSync(join(HERE, 'tls'))
      .filter((name) => name.endsWith('.c'))
      .map((name) => `tls/${name}`),
  ],
};

export const WIDTHS = ['-m64', '-m32'] as const;

/** The library as objects, compiled once, and programs of it. 64-bit ones watch for undefined behaviour. */
export class Methods {
  readonly #folder = scratch();
  readonly #flags: readonly string[];
  readonly #programs = new Map<string, Promise<string>>();

  constructor(width: string) {
    const watched = width === '-m64' ? ['-fsanitize=undefined', '-fno-sanitize-recover=all'] : [];
    this.#flags = [width, '-g', '-O1', ...watched];
  }

  get path(): string {
    return this.#folder.path;
  }

  get objects(): readonly string[] {
    return SOURCES.map((source) => join(this.path, `${basename(source, '.c')}.o`));
  }

  async prepare(): Promise<void> {
    const here = { cwd: this.path };
    await Promise.all([
      succeed('gcc', [...this.#flags, '-c', join(CLIENT, 'amalgamation/h5sm_psa.c')], here),
      succeed('gcc', [...FLAGS, ...TLS13, ...this.#flags, '-c', ...SOURCES], here),
    ]);
  }

  /** Compiled when it is first asked for. `more`: flags for the program's own files. */
  program(name: string, more: readonly string[] = []): Promise<string> {
    const key = [name, ...more].join('');
    const made = this.#programs.get(key) ?? this.#compile(name, more, join(this.path, key));
    this.#programs.set(key, made);
    return made;
  }

  async #compile(name: string, more: readonly string[], output: string): Promise<string> {
    const sources = (PROGRAMS[name] ?? []).map((file) => join(HERE, file));
    const posix = ['-D_POSIX_C_SOURCE=200809L'];
    const objects = [...this.objects, join(this.path, 'h5sm_psa.o'), '-pthread'];
    const flags = [...FLAGS, ...TLS13, ...posix, ...this.#flags, ...more];
    await succeed('gcc', [...flags, ...sources, ...objects, '-o', output]);
    return output;
  }

  remove(): void {
    this.#folder.remove();
  }
}
