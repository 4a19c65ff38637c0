/** One emulated device as its servers and tests see it: sessions, views, snapshots, power. */
import { randomBytes } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { createGuardedEngine } from '../engine/guarded/index.ts';
import { createNobleEngine } from '../engine/noble/index.ts';
import { type Chip, HUK_LENGTH, memoryChip } from '../keystore/chip.ts';
import type { Geometry } from '../keystore/flash.ts';
import { flashStorage } from '../keystore/flash-storage.ts';
import { folderChip } from '../keystore/folder-chip.ts';
import type { Storage } from '../keystore/storage.ts';
import type { Call } from '../psa-api/call.ts';
import type { CallerSession } from '../psa-api/dispatcher.ts';
import {
  ConnectionRefused,
  type PowerAction,
  type Service,
  type SessionOptions,
  type TraceView,
} from '../psa-api/service.ts';
import type { PsaError } from '../psa-api/status.ts';
import { CallPath } from './call-path.ts';
import type { Lookup } from './call-view.ts';
import { capabilities } from './capabilities.ts';
import { CONTROL_CALLS, Control, isControl } from './control/control.ts';
import { type Core, type CoreParts, createCore } from './core.ts';
import type { DeviceOptions } from './device-options.ts';
import { readFactory } from './factory/seed-file.ts';
import { DeviceFaults } from './faults/device-faults.ts';
import { FRAMEWORK_CALLS, withFramework } from './framework/framework.ts';
import { geometryOf } from './geometry.ts';
import { checkIdentity, deriveSecret, seededRoot } from './identity/root.ts';
import { createKeylog } from './keylog/keylog.ts';
import {
  advance,
  isAtLeast,
  PRODUCT_STATE_NAMES,
  ProductStateError,
  readProductState,
  regress,
} from './product-state.ts';
import { settingsOf } from './profiles/profile.ts';
import { profileNamed } from './profiles/profile-file.ts';
import { DEFAULT_PROFILE } from './profiles/profiles.ts';
import { createRandomGenerator, resumeRandomGenerator } from './random.ts';
import { recordsOf, replaceRecords, restoreCore, saveCore } from './snapshot/save.ts';
import { decodeSnapshot, encodeSnapshot, type Snapshot, SnapshotError } from './snapshot/snapshot.ts';
import { createPace } from './timing/pace.ts';
import type { TraceRecord } from './trace/event.ts';
import { Recorder } from './trace/recorder.ts';

export type { DeviceOptions } from './device-options.ts';

/** What one device offers; its trace with what the records say. */
export interface Device extends Service {
  readonly trace: TraceView<TraceRecord>;
  /** Insecure: the material of a key, as it is in memory; the status where there is none. */
  insecureKeyData(owner: number, id: number): Uint8Array | PsaError;
}

/** The non-secure application's client id on the device. */
export const NON_SECURE_CLIENT = -1;

const reportBug = (error: unknown, functionName: string): void => {
  console.error(`h5sm: error in ${functionName}, answered PSA_ERROR_CORRUPTION_DETECTED:`, error);
};

const warn = (message: string): void => {
  console.error(`h5sm: INSECURE: ${message}`);
};

/** Geometry and key are those of a new one. */
const openChip = (store: string | Chip, geometry: Geometry, huk: Uint8Array): Chip => {
  if (typeof store !== 'string') return store;
  return store === 'memory' ? memoryChip(geometry, huk) : folderChip(store, geometry, huk);
};

/** The storage of a chip, which has to be of this identity where there is one. Closes a chip that cannot be used. */
const openStorage = (engine: Engine, chip: Chip, identity?: Uint8Array): Storage => {
  try {
    checkIdentity(engine, chip, identity);
    return flashStorage(chip, deriveSecret(engine, chip.huk, 'flash key'));
  } catch (error) {
    chip.close();
    throw error;
  }
};

/** The mark of a client that goes: what ends with it. */
const leftBy = (core: Core, { owner, connection }: CallerSession): Parameters<Recorder['mark']>[0] => ({
  event: 'disconnect',
  client: owner,
  connection,
  operations: core.operations
    .report()
    .filter((operation) => operation.connection === connection)
    .map(({ handle, family, alg }) => ({ handle, family, alg, owner })),
  keys: core.keys.ofConnection(connection),
});

/** Throws for an unknown profile, a store that cannot be used, a bad snapshot and a bad seed file, saying why. */
export const createDevice = (options: DeviceOptions = {}): Device => {
  const initial = options.snapshot === undefined ? undefined : decodeSnapshot(options.snapshot);
  const profile = profileNamed(options.profile ?? initial?.profile ?? DEFAULT_PROFILE);
  const settings = settingsOf(profile);
  const engine = createNobleEngine();
  const { store = 'memory', onBug = reportBug, attestationKey = 'tfm-dummy', onInsecure = warn } = options;
  const limits = { itemBytes: settings.factoryItem, blobBytes: settings.factoryBlob };
  const factory = options.factory === undefined ? undefined : readFactory(engine, options.factory, limits);
  const seed =
    options.insecureSeed === undefined ? (initial?.seed ?? undefined) : String(options.insecureSeed);
  const isInMemory = store === 'memory';
  const geometry = geometryOf(settings);
  const identity = initial?.root ?? (seed === undefined ? undefined : seededRoot(engine, seed));
  let chip = openChip(store, geometry, identity ?? new Uint8Array(randomBytes(HUK_LENGTH)));
  let storage = openStorage(engine, chip, identity);
  const countermeasures = new Set(options.countermeasures);
  const guard: CoreParts['guard'] =
    countermeasures.size === 0
      ? undefined
      : (guarded, random) => createGuardedEngine(guarded, countermeasures, random);
  let core: Core;
  let isBuilt = false;
  const lookup: Lookup = {
    key: (owner, id) => core.keys.attributes(owner, id),
    operation: (owner, family, handle) => core.operations.about(owner, family, handle),
  };
  const faults = new DeviceFaults({
    engine,
    seed: seed ?? '',
    lookup,
    dispatcher: () => core.dispatcher,
    delay: (nanoseconds) => {
      path.clock += nanoseconds;
    },
    powerCycle: () => power('power-cycle'),
    rebuild: () => isBuilt && rebuild(),
    onStrike: (fault, point) => recorder.mark({ event: 'fault', fault, point }),
    onInsecure,
  });
  /** What the emulator does by itself is no visit of any point. */
  const calmly = <T>(act: () => T): T => faults.control.undisturbed(act);
  const productState = () => calmly(() => readProductState(storage, settings.productState));
  const sessions = new Set<CallerSession>();
  let lastConnection = initial?.lastConnection ?? 0;
  const around = () => ({
    profile: profile.name,
    seed: seed ?? null,
    clock: path.clock,
    calls: path.calls,
    lastConnection,
  });
  const openAgain = (): Storage => openStorage(engine, faults.inside?.chip(chip) ?? chip);

  const coreFrom = (parts: Pick<CoreParts, 'root' | 'generator' | 'bootSeed' | 'factory'>): Core => {
    const disturbance = faults.inside;
    return createCore({ engine, guard, disturbance, settings, storage, attestationKey, onBug, ...parts });
  };
  const boot = (root: Uint8Array, entropy: Uint8Array): Core => {
    const generator = createRandomGenerator(engine, entropy);
    return coreFrom({ root, generator, bootSeed: deriveSecret(engine, entropy, 'boot seed'), factory });
  };

  /** The core that a snapshot describes, over the storage as the snapshot has it. */
  const coreOf = (snapshot: Snapshot, items?: typeof factory): Core => {
    if (snapshot.profile !== profile.name)
      throw new SnapshotError(`a snapshot of profile ${snapshot.profile}; this device is ${profile.name}`);
    replaceRecords(storage, snapshot.records);
    const generator = resumeRandomGenerator(engine, snapshot.generator);
    const { root, bootSeed } = snapshot;
    const core = coreFrom({ root, generator, bootSeed, factory: items });
    restoreCore(core, snapshot);
    return core;
  };

  /** The core made anew over the same storage, with or without what faults put in between. */
  const rebuild = (): void => {
    const snapshot = saveCore(core, around());
    storage = openAgain();
    const generator = resumeRandomGenerator(engine, snapshot.generator);
    const next = coreFrom({ root: core.root, generator, bootSeed: snapshot.bootSeed });
    restoreCore(next, snapshot);
    core.wipe();
    core = next;
  };

  const restore = (bytes: Uint8Array): void => {
    const snapshot = decodeSnapshot(bytes);
    const isSame = engine.equal(snapshot.root, core.root);
    if (!isSame && !isInMemory)
      throw new SnapshotError(
        `a snapshot of another device; the store ${storage.description} keeps this one: use --store memory`,
      );
    const kept = { chip, storage };
    const before = recordsOf(storage);
    // The old state stays until the new one stands.
    if (isInMemory) {
      chip = memoryChip(geometry, snapshot.root);
      storage = openAgain();
    }
    try {
      const next = coreOf(snapshot);
      core.wipe();
      core = next;
      if (isInMemory) kept.storage.close();
    } catch (error) {
      ({ chip, storage } = kept);
      if (!isInMemory) replaceRecords(storage, before);
      throw error;
    }
    path.calls = snapshot.calls;
    path.clock = snapshot.clock;
    lastConnection = Math.max(lastConnection, snapshot.lastConnection);
    recorder.mark({ event: 'restore' });
  };

  const power = (action: PowerAction): void =>
    calmly(() => {
      if (action === 'regression') regress(storage, productState());
      if (action === 'power-cycle') path.clock = 0;
      storage = openAgain();
      const generator = resumeRandomGenerator(engine, core.generator.save());
      const bootSeed = deriveSecret(engine, core.bootSeed, 'next boot seed');
      const next = coreFrom({ root: core.root, generator, bootSeed });
      next.operations.passOver(core.operations.last);
      core.wipe();
      core = next;
      for (const session of sessions) session.initialized = settings.initialized;
      recorder.mark({ event: 'reset' });
    });

  const isPaced = settings.timing !== 'none' && options.pace === 'board';
  const path = new CallPath(
    {
      settings,
      lookup,
      dispatcher: () => faults.dispatcher(),
      pace: isPaced ? createPace() : undefined,
      onBug,
    },
    initial,
  );
  const keylog =
    options.insecureKeylog &&
    createKeylog(options.insecureKeylog, (owner, id) => {
      const key = core.keys.find(owner, id);
      return typeof key === 'number' ? undefined : key.data;
    });
  const recorder: Recorder = new Recorder({
    options: options.trace,
    device: { profile: profile.name, seed: seed ?? null },
    lookup,
    clock: () => path.clock,
    onSwitch: () => look(),
    onBug,
  });
  const look = () => path.watch([recorder.isRecording() ? recorder.observe : [], keylog ?? []].flat());

  try {
    const entropy =
      seed === undefined ? new Uint8Array(randomBytes(32)) : deriveSecret(engine, chip.huk, 'generator');
    for (const fault of options.faults ?? []) faults.control.add(fault);
    storage = calmly(openAgain);
    core = calmly(() => (initial === undefined ? boot(chip.huk, entropy) : coreOf(initial, factory)));
    isBuilt = true;
    look();

    const connect = ({ owner = NON_SECURE_CLIENT, lastHandle = 0 }: Partial<SessionOptions> = {}) => {
      const state = productState();
      if (!isAtLeast(state, settings.leastProductState))
        throw new ConnectionRefused(
          `the Secure Manager starts no application in product state ${state}, ${settings.leastProductState} at least: h5sm device state ${settings.leastProductState}`,
        );
      core.operations.passOver(lastHandle);
      const session: CallerSession = {
        owner,
        connection: ++lastConnection,
        initialized: settings.initialized,
        closed: false,
      };
      sessions.add(session);
      const { connection } = session;
      recorder.mark({ event: 'connect', client: owner, connection });
      const answer = withFramework(settings, {
        direct: (functionId, inputs) => path.carry(session, functionId, inputs),
        message: (functionId, inputs) => path.carryMessage(session, functionId, inputs),
        alone: (functionId, inputs, outcome) => path.answered(session, functionId, inputs, outcome),
        start: () => {
          session.initialized = true;
        },
      });
      let control: Control | undefined;
      const call: Call = (functionId, inputs) => {
        if (isControl(functionId)) {
          control ??= new Control(device);
          return control.answer(functionId, inputs);
        }
        path.calls++;
        return answer(functionId, inputs);
      };
      return {
        call,
        close: () => {
          if (session.closed) return;
          session.closed = true;
          sessions.delete(session);
          if (recorder.isRecording()) recorder.mark(leftBy(core, session));
          core.operations.endConnection(connection);
          core.keys.endConnection(connection);
          control?.close();
        },
      };
    };

    const device: Device = {
      connect,
      status: () => ({
        profile: profile.name,
        insecureSeed: seed ?? null,
        store: storage.description,
        productState: productState(),
        boardTime: path.clock,
        connections: sessions.size,
        calls: path.calls,
        keys: core.keys.count(),
        operations: core.operations.report(),
      }),
      capabilities: () =>
        capabilities(
          profile,
          new Set([...core.dispatcher.implemented, ...FRAMEWORK_CALLS, ...CONTROL_CALLS]),
        ),
      clientQuirks: () => ({
        lengthsOnError: settings.lengthsOnError,
        outputsFilled: settings.outputsFilled,
      }),
      keys: () => calmly(() => core.keys.report()),
      insecureKeyData: (owner, id) =>
        calmly(() => {
          const key = core.keys.find(owner, id);
          return typeof key === 'number' ? key : key.data;
        }),
      identity: () => core.identity.report(),
      trace: recorder,
      snapshot: () => calmly(() => encodeSnapshot(saveCore(core, around()))),
      restore: (bytes) => calmly(() => restore(bytes)),
      productState,
      setProductState: (name) => {
        const state = PRODUCT_STATE_NAMES.find((known) => known === name);
        if (state === undefined)
          throw new ProductStateError(
            `${name}: no product state; there are ${PRODUCT_STATE_NAMES.join(', ')}`,
          );
        calmly(() => advance(storage, productState(), state));
      },
      power,
      faults: faults.control,
      get wire() {
        return faults.wire;
      },
      close: () => {
        core.wipe();
        storage.close();
      },
    };
    return device;
  } catch (error) {
    storage.close();
    throw error;
  }
};
