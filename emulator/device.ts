/** One emulated device: an engine, a key store, a generator and the PSA API over them, behind sessions. */
import { randomBytes } from 'node:crypto';
import { createNobleEngine } from '../engine/noble/index.ts';
import { folderStorage } from '../keystore/folder-storage.ts';
import { DeviceKeyStore } from '../keystore/key-store.ts';
import { memoryStorage } from '../keystore/memory-storage.ts';
import { type CallerSession, createDispatcher } from '../psa-api/dispatcher.ts';
import { implementation } from '../psa-api/implementation.ts';
import { createDrawRecorder } from '../psa-api/operation-journal.ts';
import { OperationTable } from '../psa-api/operation-table.ts';
import type { Service, SessionOptions } from '../psa-api/service.ts';
import { STATUSES } from '../psa-api/status.ts';
import { capabilities } from './capabilities.ts';
import { clientSide } from './client-side.ts';
import { adoptRoot, deriveSecret, duaUserKey, seededRoot } from './identity.ts';
import { runLong } from './long-calls.ts';
import { settingsOf } from './profiles/profile.ts';
import { profileNamed } from './profiles/profile-file.ts';
import { DEFAULT_PROFILE } from './profiles/profiles.ts';
import { createRandomGenerator } from './random.ts';
import { createSealer } from './sealer.ts';
import { createSupport } from './support.ts';

export interface DeviceOptions {
  readonly profile?: string | undefined;
  /** Makes keys, random numbers and the identity repeat exactly. For tests: whoever knows it knows everything. */
  readonly insecureSeed?: string | number | undefined;
  /** A folder for persistent keys, or 'memory' (the default): then they end with the device. */
  readonly store?: string | undefined;
  /** Hears of errors in the emulator itself; stderr by default. */
  readonly onBug?: (error: unknown, functionName: string) => void;
}

/** The non-secure application's client id on the device. */
export const NON_SECURE_CLIENT = -1;

const reportBug = (error: unknown, functionName: string): void => {
  console.error(`h5sm: error in ${functionName}, answered PSA_ERROR_CORRUPTION_DETECTED:`, error);
};

/** Throws for an unknown profile and for a store that cannot be used, saying why. */
export const createDevice = (options: DeviceOptions = {}): Service => {
  const profile = profileNamed(options.profile ?? DEFAULT_PROFILE);
  const settings = settingsOf(profile);
  const engine = createNobleEngine();
  const seed = options.insecureSeed === undefined ? undefined : String(options.insecureSeed);
  const { store = 'memory' } = options;
  const storage = store === 'memory' ? memoryStorage() : folderStorage(store);
  try {
    const candidate = seed === undefined ? new Uint8Array(randomBytes(32)) : seededRoot(engine, seed);
    const root = adoptRoot(engine, storage, candidate, seed !== undefined);
    const entropy =
      seed === undefined ? new Uint8Array(randomBytes(32)) : deriveSecret(engine, root, 'generator');
    const generator = createRandomGenerator(engine, entropy);
    const sealer = createSealer(
      engine,
      deriveSecret(engine, root, 'sealing key'),
      (n) => new Uint8Array(randomBytes(n)),
    );
    const keys = new DeviceKeyStore({
      storage,
      sealer,
      builtIn: [duaUserKey(engine, root)],
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
    const fork = () => createRandomGenerator(engine, random(32)).random;
    const handlers = implementation({
      engine,
      keys,
      random,
      fork,
      run: runLong,
      supports: createSupport(settings),
    });
    const exhausted = STATUSES[settings.operationsExhausted];
    const dispatcher = createDispatcher({
      handlers,
      operations,
      keys,
      draws,
      onBug: options.onBug ?? reportBug,
      exhausted,
    });
    const refusal = clientSide(settings);

    let connections = 0;
    let lastConnection = 0;
    let calls = 0;

    const connect = ({ owner = NON_SECURE_CLIENT, lastHandle = 0 }: Partial<SessionOptions> = {}) => {
      operations.passOver(lastHandle);
      const session: CallerSession = {
        owner,
        connection: ++lastConnection,
        initialized: settings.initialized,
        closed: false,
      };
      connections++;
      return {
        call: (functionId: number, inputs: Parameters<typeof dispatcher.call>[2]) => {
          calls++;
          return refusal(functionId, inputs) ?? dispatcher.call(session, functionId, inputs);
        },
        close: () => {
          if (session.closed) return;
          session.closed = true;
          connections--;
          operations.endConnection(session.connection);
          keys.endConnection(session.connection);
        },
      };
    };

    return {
      connect,
      status: () => ({
        profile: profile.name,
        insecureSeed: seed ?? null,
        store: storage.description,
        connections,
        calls,
        keys: keys.count(),
        operations: operations.report(),
      }),
      capabilities: () => capabilities(profile, dispatcher.implemented),
      clientQuirks: () => ({
        lengthsOnError: settings.lengthsOnError,
        outputsFilled: settings.outputsFilled,
      }),
      keys: () => keys.report(),
      close: () => {
        operations.endAll();
        keys.close();
        generator.wipe();
      },
    };
  } catch (error) {
    storage.close();
    throw error;
  }
};
