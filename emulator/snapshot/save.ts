/** From a core to a snapshot and back. */
import type { Storage } from '../../keystore/storage.ts';
import type { Inputs } from '../../psa-api/call.ts';
import type { CallerSession } from '../../psa-api/dispatcher.ts';
import { functionById } from '../../psa-api/functions.ts';
import { JOURNAL_LIMIT, type Step } from '../../psa-api/operation-journal.ts';
import { handleAt } from '../../psa-api/parameters.ts';
import type { Core } from '../core.ts';
import { type Snapshot, SnapshotError } from './snapshot.ts';

/** What of a snapshot lies outside the core. */
export type Around = Pick<Snapshot, 'profile' | 'seed' | 'clock' | 'calls' | 'lastConnection'>;

/** Everything a storage holds. */
export const recordsOf = (storage: Storage): Snapshot['records'] =>
  storage.names().map((name) => [name, storage.read(name) ?? new Uint8Array(0)] as const);

/** The inputs with another handle of the operation: a clone was given another one than its source had. */
const withHandle = ({ functionId, inputs }: Step, handle: number): Inputs => {
  const row = functionById(functionId);
  const at = row === undefined ? -1 : handleAt(row);
  return inputs.map((value, place) => (place === at ? handle : value));
};

/** Throws SnapshotError while a long call runs, and for an operation that cannot be written down. */
export const saveCore = (core: Core, around: Around): Snapshot => {
  const { keys, operations, storage } = core;
  if (operations.isAnyBusy)
    throw new SnapshotError('a long call is at work on an operation; take the snapshot when it has ended');
  return {
    ...around,
    root: core.root.slice(),
    generator: core.generator.save(),
    bootSeed: core.bootSeed.slice(),
    lastHandle: operations.last,
    nextKeyId: keys.nextId,
    records: recordsOf(storage),
    volatileKeys: keys.saveVolatile(),
    operations: operations.save().map((operation) => {
      const { steps, handle, family } = operation;
      if (steps === undefined)
        throw new SnapshotError(
          `operation ${handle} (${family}) has been given more than ${JOURNAL_LIMIT} bytes; finish or abort it first`,
        );
      return { ...operation, steps: steps.map((step) => ({ ...step, inputs: withHandle(step, 0) })) };
    }),
  };
};

/** Makes the storage hold these records and no others. They are written in their order, for which there is room. */
export const replaceRecords = (storage: Storage, records: Snapshot['records']): void => {
  const there = recordsOf(storage);
  const isSame = ([name, data]: (typeof records)[number], i: number): boolean =>
    there[i]?.[0] === name && Buffer.compare(there[i][1], data) === 0;
  if (there.length === records.length && records.every(isSame)) return;
  for (const [name] of there) storage.remove(name);
  for (const [name, data] of records) storage.write(name, data);
};

/** Gives a fresh core, over the storage of the snapshot, its keys and operations. Throws SnapshotError. */
export const restoreCore = (core: Core, snapshot: Snapshot): void => {
  const { keys, operations, draws, dispatcher } = core;
  keys.restoreVolatile(snapshot.volatileKeys, snapshot.nextKeyId);
  for (const operation of snapshot.operations.toSorted((a, b) => a.handle - b.handle)) {
    const { handle, owner, connection, failed, family, steps } = operation;
    if (failed) {
      operations.addFailed(operation);
      continue;
    }
    const session: CallerSession = { owner, connection, initialized: true, closed: false };
    operations.reserve(handle);
    for (const [i, step] of steps.entries()) {
      const inputs = withHandle(step, i === 0 ? 0 : handle);
      draws.replay(step.draws);
      const outcome = dispatcher.call(session, step.functionId, inputs);
      if (outcome instanceof Promise || outcome[1] !== handle)
        throw new SnapshotError(
          `operation ${handle} (${family}) cannot be built anew: its call ${i + 1}, ${functionById(step.functionId)?.name}, has another outcome now; its key may have been destroyed`,
        );
    }
  }
  operations.passOver(snapshot.lastHandle);
};
