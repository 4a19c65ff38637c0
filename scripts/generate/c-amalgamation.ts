/** clients/c/amalgamation: the C client as one source and one header, for builds that want no library. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cHeader, cProtocol, cStubs } from './c.ts';
import { cControlNames, cControlStubs, cFunctionsHeader } from './c-control.ts';
import { cAttestationHeader, cAttestationStubs, cStorageHeader, cStorageStubs } from './c-services.ts';

/** Files that come from generators are taken from there, so that the order of writing does not matter. */
const GENERATED: Readonly<Record<string, () => string>> = {
  'control_names.c': cControlNames,
  'control_stubs.c': cControlStubs,
  'crypto.h': cHeader,
  'functions.h': cFunctionsHeader,
  'h5sm_protocol.h': cProtocol,
  'initial_attestation.h': cAttestationHeader,
  'internal_trusted_storage.h': cStorageHeader,
  'psa_attestation_stubs.c': cAttestationStubs,
  'psa_storage_stubs.c': cStorageStubs,
  'psa_stubs.c': cStubs,
};

/** What every library carries: a call, and the way to the emulator. */
const COMMON = [
  'h5sm_wire.c',
  'h5sm_report.c',
  'h5sm_guard.c',
  'h5sm_endpoint.c',
  'h5sm_socket.c',
  'h5sm_transport.c',
  'h5sm_call.c',
];

/** Called around each exchange, but for psa_call: there they belong to the program's sequences. */
const HOOKS = 'h5sm_hooks.c';

/** psa_inline.c is not among them: here the same is done by a macro at the top. */
const CRYPTO = [HOOKS, 'h5sm_crypto.c', 'psa_random.c', 'psa_stubs.c', 'system_flash.c'];
const CRYPTO_HEADERS = ['psa/crypto.h', 'h5sm/system_flash.h'];

const SERVICES = [
  HOOKS,
  'h5sm_storage.c',
  'psa_storage_stubs.c',
  'psa_attestation_stubs.c',
  'psa_fwu.c',
  'psa_lifecycle.c',
];
const CONTROL = [HOOKS, 'control.c', 'control_names.c', 'control_stubs.c'];
const FRAMEWORK = ['h5sm_vectors.c', 'psa_client.c'];

const SERVICE_HEADERS = ['internal_trusted_storage', 'initial_attestation', 'update', 'lifecycle'].map(
  (name) => `psa/${name}.h`,
);

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

const sources = (merger: Merger, names: readonly string[]): string =>
  names.map((name) => `/* ---- ${name} ---- */\n\n${merger.file(`src/${name}`)}`).join('\n');

const guarded = (guard: string, body: string): string => `#ifndef ${guard}
#define ${guard}

${body}
#endif /* ${guard} */
`;

const headers = (client: string, names: readonly string[]): string => {
  const merger = new Merger(client, new Map());
  return names.map((name) => merger.file(`include/${name}`)).join('\n');
};

export const amalgamatedHeader = (client: string) => (): string =>
  `${HEAD('The PSA Crypto API 1.5 for h5sm: every header in one.')}
${guarded('H5SM_PSA_H', headers(client, CRYPTO_HEADERS))}`;

export const amalgamatedSource = (client: string) => (): string => {
  const merger = new Merger(
    client,
    new Map([
      ['psa/crypto.h', '#include "h5sm_psa.h"'],
      ['h5sm/system_flash.h', ''],
    ]),
  );
  return `${HEAD('The PSA Crypto client of h5sm: every source in one. Compile it with your program, with -pthread.')}
#define H5SM_INTERNAL static __attribute__((unused))
#define H5SM_PSA_EXPORT_INLINES

${sources(merger, [...COMMON, ...CRYPTO])}`;
};

export const amalgamatedServicesHeader = (client: string) => (): string =>
  `${HEAD('The services beside Crypto for h5sm: storage, attestation, firmware update, life cycle.')}
${guarded('H5SM_SERVICES_H', headers(client, SERVICE_HEADERS))}`;

export const amalgamatedServices = (client: string) => (): string => {
  const replaced = SERVICE_HEADERS.map((name) => [name, '#include "h5sm_services.h"'] as const);
  const merger = new Merger(client, new Map(replaced));
  return `${HEAD('The services beside Crypto of h5sm: every source in one. Compile it with your program, with -pthread.')}
#define H5SM_INTERNAL static __attribute__((unused))

${sources(merger, [...COMMON, ...SERVICES])}`;
};

export const amalgamatedControlHeader = (client: string) => (): string =>
  `${HEAD('What a test asks of the h5sm emulator.')}${headers(client, ['h5sm/ctl.h'])}`;

export const amalgamatedControl = (client: string) => (): string =>
  `${HEAD('What a test asks of the h5sm emulator: every source in one. Compile it with your test, with -pthread.')}
#define H5SM_INTERNAL static __attribute__((unused))

${sources(new Merger(client, new Map([['h5sm/ctl.h', '#include "h5sm_ctl.h"']])), [...COMMON, ...CONTROL])}`;

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

export const amalgamatedFramework = (client: string) => (): string =>
  `${HEAD('psa_connect, psa_call, psa_close for h5sm: every source in one. Compile it with your program, with -pthread.')}
#define H5SM_INTERNAL static __attribute__((unused))

${sources(new Merger(client, new Map()), [...COMMON, ...FRAMEWORK])}`;
