/** clients/c/amalgamation: the C client as one source and one header, for builds that want no library. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cHeader, cProtocol, cStubs } from './c.ts';

/** Files that come from generators are taken from there, so that the order of writing does not matter. */
const GENERATED: Readonly<Record<string, () => string>> = {
  'crypto.h': cHeader,
  'h5sm_protocol.h': cProtocol,
  'psa_stubs.c': cStubs,
};

/** psa_inline.c is not among them: here the same is done by a macro at the top. */
const SOURCES = [
  'h5sm_wire.c',
  'h5sm_report.c',
  'h5sm_guard.c',
  'h5sm_endpoint.c',
  'h5sm_socket.c',
  'h5sm_transport.c',
  'h5sm_call.c',
  'psa_random.c',
  'psa_stubs.c',
  'system_flash.c',
];

/** The project's own headers, those for others and those of the sources, and the system's. */
const INCLUDE = /^#include (?:<((?:psa|h5sm)\/[^>]+|stm32_cert\.h)>|"([^"]+)"|<([^>]+)>)$/;

/** Puts the project's own headers in the place of their first #include, and keeps each system header once. */
class Merger {
  readonly #client: string;
  readonly #replaced: ReadonlyMap<string, string>;
  readonly #seen = new Set<string>();

  /** `replaced`: what stands for a header instead of its text. */
  constructor(client: string, replaced: ReadonlyMap<string, string>) {
    this.#client = client;
    this.#replaced = replaced;
  }

  file(path: string): string {
    const text = GENERATED[basename(path)]?.() ?? readFileSync(join(this.#client, path), 'utf8');
    const lines = text.split('\n').flatMap((line) => this.#line(line));
    return `${lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`;
  }

  #line(line: string): string[] {
    const [, open, own, system] = INCLUDE.exec(line) ?? [];
    const header = open ?? own;
    const name = header ?? system;
    if (name === undefined) return [line];
    if (this.#seen.has(name)) return [];
    this.#seen.add(name);
    const replaced = this.#replaced.get(name);
    if (replaced !== undefined) return [replaced];
    if (header === undefined) return [line];
    return this.file(open === undefined ? `src/${header}` : `include/${header}`).split('\n');
  }
}

const HEAD = (what: string) => `/* ${what}
 * Put together from clients/c by \`npm run generate\`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */
`;

export const amalgamatedHeader = (client: string) => (): string => {
  const merger = new Merger(client, new Map());
  const body = ['psa/crypto.h', 'h5sm/system_flash.h']
    .map((name) => merger.file(`include/${name}`))
    .join('\n');
  return `${HEAD('The PSA Crypto API 1.5 for h5sm: every header in one.')}
#ifndef H5SM_PSA_H
#define H5SM_PSA_H

${body}
#endif /* H5SM_PSA_H */
`;
};

export const amalgamatedSource = (client: string) => (): string => {
  const merger = new Merger(
    client,
    new Map([
      ['psa/crypto.h', '#include "h5sm_psa.h"'],
      ['h5sm/system_flash.h', ''],
    ]),
  );
  return `${HEAD('The PSA Crypto client of h5sm: every source in one. Compile it with your program, with -pthread.')}
#define H5SM_INTERNAL static
#define H5SM_PSA_EXPORT_INLINES

${SOURCES.map((name) => `/* ---- ${name} ---- */\n\n${merger.file(`src/${name}`)}`).join('\n')}`;
};

export const certificateHeader = (client: string) => (): string =>
  `${HEAD('The certificate utility for h5sm.')}${new Merger(client, new Map()).file('include/stm32_cert.h')}`;

export const certificateSource = (client: string) => (): string => {
  const merger = new Merger(
    client,
    new Map([
      ['stm32_cert.h', '#include "stm32_cert.h"'],
      ['h5sm/system_flash.h', '#include "h5sm_psa.h"'],
    ]),
  );
  return `${HEAD('The certificate utility for h5sm. Compile it with your program and h5sm_psa.c.')}
${merger.file('src/stm32_cert.c')}`;
};
