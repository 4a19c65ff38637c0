/** What functions answer alike that use a key. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveSecret } from '../../../emulator/identity/root.ts';
import { createSealer } from '../../../emulator/sealer.ts';
import { createNobleEngine } from '../../../engine/noble/index.ts';
import type { FunctionRow } from '../../../psa-api/functions.ts';
import { must } from '../../support/status.ts';
import { everywhere } from './everywhere.ts';
import { type Given, type Inputs, type Row, rowsOf } from './row.ts';

const row = rowsOf(import.meta.url);

const NO_KEY = 4711;

const keys = ({ params }: FunctionRow): readonly string[] =>
  params.flatMap((p) => (p.kind === 'scalar' && p.c === 'psa_key_id_t' ? [p.name] : []));
const usesKey = (described: FunctionRow): boolean => keys(described).length > 0;

/** A key's flags are not asked for by these, or only where they would take it out of the device. */
const WITHOUT_RIGHTS = ['psa_destroy_key'];
/** The store's copy is not read by these. */
const WITHOUT_READING = ['psa_destroy_key', 'psa_purge_key'];
const reads = (described: FunctionRow): boolean =>
  usesKey(described) && !WITHOUT_READING.includes(described.name);

/** Treats the record of each key in the store, and has the device forget its copies. */
const inStore =
  (treat: (path: string, record: string, store: string) => void) =>
  async ({ folder, psa }: Given): Promise<Inputs> => {
    const records = readdirSync(folder).filter((name) => name.startsWith('key-'));
    if (records.length === 0) throw new Error('no key is in the store');
    for (const name of records) {
      treat(join(folder, name), name, folder);
      await must(psa.purgeKey(Number.parseInt(name.slice(-8), 16)));
    }
    return {};
  };

const changeRecord = inStore((path) => {
  const record = readFileSync(path);
  writeFileSync(path, record.with(20, (record[20] ?? 0) ^ 1));
});

/** A record of another layout, sealed as this device seals. */
const replaceRecord = inStore((path, name, store) => {
  const engine = createNobleEngine();
  const secret = deriveSecret(engine, new Uint8Array(readFileSync(join(store, 'device'))), 'sealing key');
  const sealer = createSealer(engine, secret, (length) => new Uint8Array(length));
  writeFileSync(path, sealer.seal(name, new Uint8Array(64).fill(0xff)));
});

const removeRecord = inStore((path) => rmSync(path));

const stored = { stored: true, clause: '9.6.2' } as const;

export const rows: readonly Row[] = [
  ...everywhere('INVALID_HANDLE', usesKey, (name, described) =>
    keys(described).map((key) => row(name, 'INVALID_HANDLE', `${key} names no key`, { [key]: NO_KEY })),
  ),
  ...everywhere(
    'NOT_PERMITTED',
    (described) => usesKey(described) && !WITHOUT_RIGHTS.includes(described.name),
    (name) => [
      row(name, 'NOT_PERMITTED', 'the key permits no use', {}, { keys: { usage: 0 }, clause: '9.8.2' }),
    ],
  ),
  ...everywhere('DATA_CORRUPT', reads, (name) => [
    row(name, 'DATA_CORRUPT', 'the record of the key is changed', changeRecord, stored),
  ]),
  ...everywhere('DATA_INVALID', reads, (name) => [
    row(name, 'DATA_INVALID', 'the record of the key is of another version', replaceRecord, stored),
  ]),
  ...everywhere('STORAGE_FAILURE', reads, (name) => [
    row(name, 'STORAGE_FAILURE', 'the record of the key is gone', removeRecord, stored),
  ]),
  row(
    'psa_destroy_key',
    'STORAGE_FAILURE',
    'the store is gone',
    ({ folder }) => {
      rmSync(folder, { recursive: true });
      return {};
    },
    stored,
  ),
];
