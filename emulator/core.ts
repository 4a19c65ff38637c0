/**
 * What is inside one device between two power cycles: key store, operations, generator and the PSA API over them, all
 * from one root secret and one storage. A snapshot is a core written down; restoring it makes a new one.
 */
import { randomBytes } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { DeviceKeyStore } from '../keystore/key-store.ts';
import type { Storage } from '../keystore/storage.ts';
import { createDispatcher, type Dispatcher } from '../psa-api/dispatcher.ts';
import { implementation } from '../psa-api/implementation.ts';
import { createDrawRecorder, type DrawRecorder } from '../psa-api/operation-journal.ts';
import { OperationTable } from '../psa-api/operation-table.ts';
import { STATUSES } from '../psa-api/status.ts';
import { type DeviceIdentity, deviceIdentity } from './identity/identity.ts';
import { duaUserKey, iakKey } from './identity/keys.ts';
import { deriveSecret } from './identity/root.ts';
import { runLong } from './long-calls.ts';
import type { Settings } from './profiles/settings.ts';
import { createRandomGenerator, type RandomGenerator } from './random.ts';
import { createSealer } from './sealer.ts';
import { createSupport } from './support.ts';

export interface CoreParts {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly storage: Storage;
  /** The device's root secret, 32 bytes. */
  readonly root: Uint8Array;
  readonly generator: RandomGenerator;
  readonly onBug: (error: unknown, functionName: string) => void;
}

export interface Core {
  readonly root: Uint8Array;
  readonly storage: Storage;
  readonly identity: DeviceIdentity;
  readonly keys: DeviceKeyStore;
  readonly operations: OperationTable;
  readonly generator: RandomGenerator;
  readonly draws: DrawRecorder;
  readonly dispatcher: Dispatcher;
  /** Forgets what is in memory; the storage stays open. */
  wipe(): void;
}

export const createCore = ({ engine, settings, storage, root, generator, onBug }: CoreParts): Core => {
  const sealer = createSealer(
    engine,
    deriveSecret(engine, root, 'sealing key'),
    (n) => new Uint8Array(randomBytes(n)),
  );
  const userKey = duaUserKey(engine, root);
  const iak = iakKey(engine, root);
  const identity = deviceIdentity(engine, root, userKey, iak);
  const keys = new DeviceKeyStore({
    storage,
    sealer,
    builtIn: [userKey],
    volatile: {
      count: settings.volatileKeys,
      exhausted: STATUSES[settings.volatileKeysExhausted],
      reusesIds: settings.volatileKeyIds === 'reused',
    },
  });
  const operations = new OperationTable({
    count: settings.operations,
    reusesHandles: settings.operationHandles === 'reused',
    holdsFailed: settings.failedOperations === 'held',
  });
  const draws = createDrawRecorder(generator.random);
  const { random } = draws;
  const handlers = implementation({
    engine,
    keys,
    random,
    systemFlash: identity.systemFlash,
    fork: () => createRandomGenerator(engine, random(32)).random,
    run: runLong,
    supports: createSupport(settings),
  });
  const exhausted = STATUSES[settings.operationsExhausted];
  const dispatcher = createDispatcher({ handlers, operations, keys, draws, onBug, exhausted });
  return {
    root,
    storage,
    identity,
    keys,
    operations,
    generator,
    draws,
    dispatcher,
    wipe: () => {
      operations.endAll();
      keys.wipe();
      iak.wipe();
      generator.wipe();
    },
  };
};
