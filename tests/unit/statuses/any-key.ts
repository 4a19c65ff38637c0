/** What functions answer alike that use a key. */

import { deriveSecret } from '../../../emulator/identity/root.ts';
import { createSealer } from '../../../emulator/sealer.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../emulator/snapshot/snapshot.ts';
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

/** The device forgets its copies of the keys in the store. */
const forget = async ({ device, psa }: Given): Promise<void> => {
  const persistent = device.keys().filter(({ kind }) => kind === 'persistent');
  if (persistent.length === 0) throw new Error('no key is in the store');
  for (const { id } of persistent) await must(psa.purgeKey(id));
};

/** The keys have to be read from flash, and something fails there. */
const reading =
  (failing: Given['flash']['failing']) =>
  async (given: Given): Promise<Inputs> => {
    await forget(given);
    given.flash.failing = failing;
    return {};
  };

/** A record of another layout, sealed as this device seals. */
const replaceRecord = async ({ device }: Given): Promise<Inputs> => {
  const snapshot = decodeSnapshot(device.snapshot());
  const engine = createNobleEngine();
  const secret = deriveSecret(engine, snapshot.root, 'sealing key');
  const sealer = createSealer(engine, secret, (length) => new Uint8Array(length));
  const records = snapshot.records.map(([name, data]) => {
    const isKey = name.startsWith('key-');
    return [name, isKey ? sealer.seal(name, new Uint8Array(64).fill(0xff)) : data] as const;
  });
  device.restore(encodeSnapshot({ ...snapshot, records }));
  return {};
};

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
    row(name, 'DATA_CORRUPT', 'the record of the key is changed', reading('bits'), stored),
  ]),
  ...everywhere('DATA_INVALID', reads, (name) => [
    row(name, 'DATA_INVALID', 'the record of the key is of another version', replaceRecord, stored),
  ]),
  ...everywhere('STORAGE_FAILURE', reads, (name) => [
    row(name, 'STORAGE_FAILURE', 'the flash cannot be read', reading('read'), stored),
  ]),
  row(
    'psa_destroy_key',
    'STORAGE_FAILURE',
    'the flash cannot be written',
    ({ flash }) => {
      flash.failing = 'program';
      return {};
    },
    stored,
  ),
];
