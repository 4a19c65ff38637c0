/**
 * What is inside one device between two power cycles: key store, operations, generator and the PSA API over them, all
 * from one root secret and one storage. A snapshot is a core written down; restoring it makes a new one.
 */
import { randomBytes } from 'node:crypto';
import type { Engine, RandomBytes } from '../engine/engine.ts';
import { FaultDetected } from '../engine/guarded/fault-detected.ts';
import { DeviceAssetStore } from '../keystore/asset-store.ts';
import { adoptFactory, type FactoryItems } from '../keystore/factory-blob.ts';
import { DeviceKeyStore } from '../keystore/key-store.ts';
import type { Storage } from '../keystore/storage.ts';
import { createDispatcher, type Dispatcher } from '../psa-api/dispatcher.ts';
import { implementation } from '../psa-api/implementation.ts';
import { createDrawRecorder, type DrawRecorder } from '../psa-api/operation-journal.ts';
import { OperationTable } from '../psa-api/operation-table.ts';
import { STATUSES } from '../psa-api/status.ts';
import { createAttester } from './attestation.ts';
import { type AttestationKey, attestationKey } from './attestation-key.ts';
import type { Disturbance } from './faults/disturbance.ts';
import { PowerLost } from './faults/power.ts';
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
  /** What tells this start from others in attestation tokens, 32 bytes. */
  readonly bootSeed: Uint8Array;
  readonly attestationKey: AttestationKey;
  /** What the device is provisioned with, where that has not happened before. */
  readonly factory?: FactoryItems | undefined;
  /** Puts countermeasures before what computes; it may draw. */
  readonly guard?: ((engine: Engine, random: RandomBytes) => Engine) | undefined;
  /** What faults put in between. */
  readonly disturbance?: Disturbance | undefined;
  readonly onBug: (error: unknown, functionName: string) => void;
}

export interface Core {
  readonly root: Uint8Array;
  readonly storage: Storage;
  readonly identity: DeviceIdentity;
  readonly keys: DeviceKeyStore;
  readonly operations: OperationTable;
  readonly generator: RandomGenerator;
  readonly bootSeed: Uint8Array;
  readonly draws: DrawRecorder;
  readonly dispatcher: Dispatcher;
  /** Forgets what is in memory; the storage stays open. */
  wipe(): void;
}

export const createCore = (parts: CoreParts): Core => {
  const { engine, settings, storage, root, generator, bootSeed, onBug, disturbance } = parts;
  const sealer = createSealer(
    engine,
    deriveSecret(engine, root, 'sealing key'),
    (n) => new Uint8Array(randomBytes(n)),
  );
  const userKey = duaUserKey(engine, root);
  const iak = iakKey(engine, root);
  const identity = deviceIdentity(engine, root, userKey, iak);
  const attesting = attestationKey(engine, iak, parts.attestationKey);
  const factory = adoptFactory(storage, sealer, parts.factory);
  const keys = new DeviceKeyStore({
    storage,
    sealer,
    builtIn: [userKey],
    factory: factory.keys,
    volatile: {
      count: settings.volatileKeys,
      exhausted: STATUSES[settings.volatileKeysExhausted],
      reusesIds: settings.volatileKeyIds === 'reused',
    },
  });
  const assets = new DeviceAssetStore({
    storage,
    sealer,
    factory: factory.assets,
    itemLimit: settings.storageItem,
  });
  const operations = new OperationTable({
    count: settings.operations,
    reusesHandles: settings.operationHandles === 'reused',
    holdsFailed: settings.failedOperations === 'held',
  });
  const draws = createDrawRecorder(disturbance?.random(generator.random) ?? generator.random);
  const seenKeys = disturbance?.keys(keys) ?? keys;
  const { random } = draws;
  // The emulator's own secrets are computed by the plain engine.
  const disturbed = disturbance?.engine(engine) ?? engine;
  const handlers = implementation({
    engine: parts.guard?.(disturbed, random) ?? disturbed,
    keys: seenKeys,
    assets,
    attester: createAttester(engine, attesting, bootSeed),
    random,
    systemFlash: identity.systemFlash,
    fork: () => createRandomGenerator(engine, random(32)).random,
    run: runLong,
    supports: createSupport(settings),
  });
  const exhausted = STATUSES[settings.operationsExhausted];
  const dispatcher = createDispatcher({
    handlers,
    operations,
    keys: seenKeys,
    draws,
    // PSA_ERROR_CORRUPTION_DETECTED is what a fault that was found is answered with: then it is no error of ours.
    onBug: (error, name) => {
      if (!(error instanceof FaultDetected || error instanceof PowerLost)) onBug(error, name);
    },
    exhausted,
  });
  return {
    root,
    storage,
    identity,
    keys,
    operations,
    generator,
    bootSeed,
    draws,
    dispatcher,
    wipe: () => {
      operations.endAll();
      keys.wipe();
      iak.wipe();
      attesting.wipe();
      generator.wipe();
    },
  };
};
