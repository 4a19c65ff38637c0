/** Compiling the methods, with a mistake or without, and the TLS client of the tests with them. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot, type Workspace } from '../../demo/workspace.ts';
import { VARIANTS, type Variant, type VariantName } from './variants.ts';

const ROOT = projectRoot();
const EXAMPLE = join(ROOT, 'examples/netxduo-thread');
const METHODS = join(ROOT, 'clients/netxduo');
const CLIENT = join(ROOT, 'clients/c');
/** A TLS client that calls methods as NetX does, and a double of NetX's headers. */
const NETX = join(ROOT, 'tests/e2e/netxduo');

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(folder, name));

export const THREAD_SOURCES: readonly string[] = sourcesIn(EXAMPLE);

const TLS = sourcesIn(join(NETX, 'tls'));
/** All but what clones a running hash, and what names the tables. */
const isNeverChanged = (source: string): boolean => !['session.c', 'client.c'].includes(basename(source));

export const FLAGS: readonly string[] = [
  ...['-std=c99', '-D_POSIX_C_SOURCE=200809L'],
  ...['-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-pedantic', '-Werror'],
  // As an application says it; with the last one nothing of NetX's own cryptography is needed.
  ...['-DNX_INCLUDE_USER_DEFINE_FILE', '-DNX_SECURE_TLS_ENABLE_TLS_1_3', '-DH5SM_NX_ECDHE_EVERYWHERE'],
  ...[
    join(METHODS, 'include'),
    join(METHODS, 'src'),
    join(CLIENT, 'include'),
    join(NETX, 'double'),
    NETX,
  ].map((folder) => `-I${folder}`),
];

/** What makes the mistake, and has the client use the tables of this folder. */
export const mistake = (macro: string): string[] => [
  `-D${macro}`,
  `-I${EXAMPLE}`,
  '-DTEST_NX_USER="thread_nx_user.h"',
  ...[
    '-include',
    join(EXAMPLE, 'thread.h'),
    '-DTEST_CIPHERS=thread_ciphers',
    '-DTEST_CURVES=h5sm_nx_ecc_curves',
  ],
];

/** Programs by variant, each compiled once. */
export class Programs {
  readonly #workspace: Workspace;
  readonly #library: Promise<readonly string[]>;
  readonly #programs = new Map<string, Promise<string>>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#library = this.#compileLibrary();
    // Whoever asks for a program hears of it.
    this.#library.catch(() => undefined);
  }

  program(name: VariantName): Promise<string> {
    const { macro = '' }: Variant = VARIANTS[name];
    const made = this.#programs.get(macro) ?? this.#compile(macro);
    this.#programs.set(macro, made);
    return made;
  }

  async #compileLibrary(): Promise<readonly string[]> {
    const sources = [
      ...sourcesIn(join(METHODS, 'src')),
      join(NETX, 'calls.c'),
      ...TLS.filter(isNeverChanged),
    ];
    const psa = join(CLIENT, 'amalgamation/h5sm_psa.c');
    await Promise.all([
      this.#workspace.run('gcc', [...FLAGS, '-c', ...sources]),
      this.#workspace.run('gcc', ['-std=c11', '-c', psa]),
    ]);
    return [...sources, psa].map((source) => this.#workspace.path(`${basename(source, '.c')}.o`));
  }

  async #compile(macro: string): Promise<string> {
    const output = this.#workspace.path(`client${macro}`);
    const [flags, ours] = macro === '' ? [FLAGS, []] : [[...FLAGS, ...mistake(macro)], THREAD_SOURCES];
    const library = await this.#library;
    const sources = [...TLS.filter((source) => !isNeverChanged(source)), ...ours];
    await this.#workspace.run('gcc', [...flags, ...sources, ...library, '-pthread', '-o', output]);
    return output;
  }
}
