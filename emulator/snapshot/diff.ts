/** What differs between two snapshots, in words: keys, assets, generator, clock, operations. Never key material. */
import { createHash } from 'node:crypto';
import { createNobleEngine } from '../../engine/noble/index.ts';
import { decodeRecord, parseRecordName } from '../../keystore/key-record.ts';
import { algorithmName } from '../../psa-api/algorithm-names.ts';
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import { keyTypeName } from '../../psa-api/key-type-names.ts';
import { deriveSecret } from '../identity/root.ts';
import { createSealer } from '../sealer.ts';
import { decodeSnapshot, type Snapshot } from './snapshot.ts';

export interface Difference {
  readonly what: string;
  /** undefined: there is none in that snapshot. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** An id or flags as the descriptions have them. */
export const hex = (id: number): string => `0x${(id >>> 0).toString(16).padStart(8, '0')}`;
const digest = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex').slice(0, 16);

const keyText = ({ type, bits, usage, alg, lifetime }: KeyAttributes, data: Uint8Array): string =>
  `${keyTypeName(type)} ${bits} bits, ${algorithmName(alg)}, usage ${hex(usage)}, lifetime ${hex(lifetime)}, SHA-256 ${digest(data)}`;

/** Name -> description, of everything in a snapshot. */
export const describeSnapshot = (snapshot: Snapshot): Map<string, string> => {
  const engine = createNobleEngine();
  const none = () => new Uint8Array(12);
  const sealer = createSealer(engine, deriveSecret(engine, snapshot.root, 'sealing key'), none);
  const all = new Map<string, string>([
    ['profile', snapshot.profile],
    ['device', digest(snapshot.root)],
    ['generator', digest(Buffer.concat([snapshot.generator.key, snapshot.generator.left]))],
    ['board time', `${snapshot.clock} ns`],
    ['calls', `${snapshot.calls}`],
  ]);
  for (const { owner, attributes, data } of snapshot.volatileKeys)
    all.set(`volatile key ${hex(attributes.id)} of ${owner}`, keyText(attributes, data));
  for (const [name, sealed] of snapshot.records) {
    const place = parseRecordName(name);
    const opened = sealer.open(name, sealed);
    const key = place === undefined || opened === undefined ? undefined : decodeRecord(place.id, opened);
    if (place !== undefined && key !== undefined)
      all.set(`persistent key ${hex(place.id)} of ${place.owner}`, keyText(key.attributes, key.data));
    else all.set(`record ${name}`, `${(opened ?? sealed).length} bytes, SHA-256 ${digest(opened ?? sealed)}`);
  }
  for (const { handle, family, alg, owner, failed, steps } of snapshot.operations) {
    const state = failed
      ? 'failed'
      : `${steps.length} calls, ${digest(Buffer.from(JSON.stringify(steps, plain)))}`;
    all.set(`operation ${handle} of ${owner}`, `${family}, ${algorithmName(alg)}, ${state}`);
  }
  return all;
};

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);

/** Both as the bytes of files. Throws SnapshotError for what is none. */
export const diffSnapshots = (before: Uint8Array, after: Uint8Array): Difference[] => {
  const [one, two] = [describeSnapshot(decodeSnapshot(before)), describeSnapshot(decodeSnapshot(after))];
  return [...new Set([...one.keys(), ...two.keys()])]
    .filter((what) => one.get(what) !== two.get(what))
    .map((what) => ({ what, before: one.get(what), after: two.get(what) }));
};
