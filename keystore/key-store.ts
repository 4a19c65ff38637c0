/** Keys by owner and id: volatile, persistent and built-in. PSA Crypto 1.3, 9.3 to 9.6. */
import type { KeyAttributes } from '../psa-api/attributes.ts';
import type { Caller } from '../psa-api/handler.ts';
import { type Key, type KeyStore, wipeCache } from '../psa-api/key.ts';
import { PSA_KEY_ID_NULL, PSA_KEY_ID_VENDOR_MAX, PSA_KEY_ID_VENDOR_MIN } from '../psa-api/key-ids.ts';
import { PSA_KEY_LIFETIME_IS_VOLATILE } from '../psa-api/lifetimes.ts';
import type { KeyReport } from '../psa-api/service.ts';
import {
  PSA_ERROR_ALREADY_EXISTS,
  PSA_ERROR_DATA_CORRUPT,
  PSA_ERROR_DATA_INVALID,
  PSA_ERROR_INSUFFICIENT_STORAGE,
  PSA_ERROR_INVALID_HANDLE,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_STORAGE_FAILURE,
  PSA_SUCCESS,
  type PsaError,
  type PsaStatus,
} from '../psa-api/status.ts';
import { decodeRecord, encodeRecord, parseRecordName, recordName } from './key-record.ts';
import { type Sealer, type Storage, StorageError, type StorageErrorKind } from './storage.ts';

/** A key of the implementation, the same for every owner: it can be used, and neither changed nor destroyed. */
export interface BuiltInKey {
  readonly attributes: KeyAttributes;
  /** May be worked out when first asked for. */
  readonly data: Uint8Array;
  wipe(): void;
}

/** A key provisioned with the device, for one owner: it can be used, and neither changed nor destroyed. */
export interface FactoryKey extends Pick<BuiltInKey, 'attributes' | 'data'> {
  readonly owner: number;
}

interface Slot {
  readonly owner: number;
  readonly id: number;
  readonly kind: KeyReport['kind'];
  /** The connection a volatile key ends with. */
  readonly connection: number | undefined;
  /** Shared by every loaded copy, so that operations that hold one learn of its end. */
  readonly life: { destroyed: boolean };
  /** Persistent keys are loaded when first used. */
  key: Key | undefined;
}

/** A volatile key as a snapshot keeps it. */
export interface SavedKey {
  readonly owner: number;
  readonly connection: number;
  readonly attributes: KeyAttributes;
  readonly data: Uint8Array;
}

export interface KeyStoreOptions {
  readonly storage: Storage;
  readonly sealer: Sealer;
  readonly builtIn: readonly BuiltInKey[];
  readonly factory?: readonly FactoryKey[];
  readonly volatile: {
    /** How many there may be, all owners together. */
    readonly count: number;
    /** What creating one more answers. */
    readonly exhausted: PsaError;
    /** Whether the lowest free id of a range of `count` is given out, or one that has never been. */
    readonly reusesIds: boolean;
  };
}

const STORAGE_STATUS: Readonly<Record<StorageErrorKind, PsaError>> = {
  full: PSA_ERROR_INSUFFICIENT_STORAGE,
  failed: PSA_ERROR_STORAGE_FAILURE,
  corrupt: PSA_ERROR_DATA_CORRUPT,
};

export const storageStatus = (error: unknown): PsaError => {
  if (!(error instanceof StorageError)) throw error;
  return STORAGE_STATUS[error.kind];
};

const slotName = (owner: number, id: number): string => `${owner}:${id}`;

const NOTHING = new Uint8Array(0);

const makeKey = (
  owner: number,
  attributes: KeyAttributes,
  data: Uint8Array,
  life: { destroyed: boolean },
): Key => ({
  attributes,
  owner,
  data,
  cache: { hmac: new Map() },
  get destroyed() {
    return life.destroyed;
  },
});

export class DeviceKeyStore implements KeyStore {
  readonly #options: KeyStoreOptions;
  readonly #slots = new Map<string, Slot>();
  readonly #builtIn = new Map<number, Slot>();
  #volatile = 0;
  #nextId = PSA_KEY_ID_VENDOR_MIN;

  constructor(options: KeyStoreOptions) {
    this.#options = options;
    for (const builtIn of options.builtIn) {
      const { attributes } = builtIn;
      const life = { destroyed: false };
      const key: Key = {
        ...makeKey(0, attributes, NOTHING, life),
        get data() {
          return builtIn.data;
        },
      };
      this.#builtIn.set(attributes.id, {
        owner: 0,
        id: attributes.id,
        kind: 'built-in',
        connection: undefined,
        life,
        key,
      });
    }
    for (const { owner, attributes, data } of options.factory ?? []) {
      const life = { destroyed: false };
      const key = makeKey(owner, attributes, data, life);
      this.#put({ owner, id: attributes.id, kind: 'factory', connection: undefined, life, key });
    }
    for (const name of options.storage.names()) {
      const place = parseRecordName(name);
      if (place !== undefined)
        this.#put({
          ...place,
          kind: 'persistent',
          connection: undefined,
          life: { destroyed: false },
          key: undefined,
        });
    }
  }

  #put(slot: Slot): void {
    this.#slots.set(slotName(slot.owner, slot.id), slot);
    if (slot.kind === 'volatile') this.#volatile++;
  }

  #slot(owner: number, id: number): Slot | undefined {
    return this.#builtIn.get(id) ?? this.#slots.get(slotName(owner, id));
  }

  #load({ owner, id, life }: Slot): Key | PsaError {
    const { storage, sealer } = this.#options;
    const name = recordName(owner, id);
    try {
      const sealed = storage.read(name);
      if (sealed === undefined) return PSA_ERROR_STORAGE_FAILURE;
      const record = sealer.open(name, sealed);
      if (record === undefined) return PSA_ERROR_DATA_CORRUPT;
      const decoded = decodeRecord(id, record);
      record.fill(0);
      // Unchanged since this device sealed it, but not a record as this version writes them (PSA Status code API 1.0).
      if (decoded === undefined) return PSA_ERROR_DATA_INVALID;
      return makeKey(owner, decoded.attributes, decoded.data, life);
    } catch (error) {
      return storageStatus(error);
    }
  }

  find(owner: number, id: number): Key | PsaError {
    const slot = this.#slot(owner, id);
    if (slot === undefined) return PSA_ERROR_INVALID_HANDLE;
    if (slot.key !== undefined) return slot.key;
    const key = this.#load(slot);
    if (typeof key !== 'number') slot.key = key;
    return key;
  }

  /** Of a key that is there, without loading it for use; undefined for none, and for one that cannot be read. */
  attributes(owner: number, id: number): KeyAttributes | undefined {
    const slot = this.#slot(owner, id);
    if (slot === undefined) return undefined;
    const key = slot.key ?? this.#load(slot);
    return typeof key === 'number' ? undefined : key.attributes;
  }

  exists(owner: number, id: number): boolean {
    return this.#slot(owner, id) !== undefined;
  }

  create({ owner, connection }: Caller, attributes: KeyAttributes, data: Uint8Array): number | PsaError {
    const life = { destroyed: false };
    if (PSA_KEY_LIFETIME_IS_VOLATILE(attributes.lifetime)) {
      const { count, exhausted } = this.#options.volatile;
      if (this.#volatile >= count) return exhausted;
      const id = this.#freeId(owner);
      const key = makeKey(owner, { ...attributes, id }, data, life);
      this.#put({ owner, id, kind: 'volatile', connection, life, key });
      return id;
    }
    const { id } = attributes;
    // Whoever computed long has checked this long ago.
    if (this.#slot(owner, id) !== undefined) return PSA_ERROR_ALREADY_EXISTS;
    const name = recordName(owner, id);
    const record = encodeRecord(attributes, data);
    try {
      this.#options.storage.write(name, this.#options.sealer.seal(name, record));
    } catch (error) {
      return storageStatus(error);
    } finally {
      record.fill(0);
    }
    this.#put({
      owner,
      id,
      kind: 'persistent',
      connection: undefined,
      life,
      key: makeKey(owner, attributes, data, life),
    });
    return id;
  }

  /** Ids of volatile keys come from the implementation's range (9.4). */
  #freeId(owner: number): number {
    const { count, reusesIds } = this.#options.volatile;
    if (reusesIds) this.#nextId = PSA_KEY_ID_VENDOR_MAX - count + 1;
    for (;;) {
      const id = this.#nextId;
      this.#nextId = id === PSA_KEY_ID_VENDOR_MAX ? PSA_KEY_ID_VENDOR_MIN : id + 1;
      if (this.#slot(owner, id) === undefined && id !== PSA_KEY_ID_NULL) return id;
    }
  }

  destroy(owner: number, id: number): PsaStatus {
    const slot = this.#slot(owner, id);
    if (slot === undefined) return PSA_ERROR_INVALID_HANDLE;
    // 9.6.2: a key that is read-only, or an owner's of the implementation, cannot be erased.
    if (slot.kind === 'built-in' || slot.kind === 'factory') return PSA_ERROR_NOT_PERMITTED;
    if (slot.kind === 'persistent') {
      try {
        this.#options.storage.remove(recordName(owner, id));
      } catch (error) {
        return storageStatus(error);
      }
    }
    this.#drop(slot);
    return PSA_SUCCESS;
  }

  #drop(slot: Slot): void {
    slot.life.destroyed = true;
    if (slot.key !== undefined) {
      wipeCache(slot.key.cache);
      slot.key.data.fill(0);
    }
    if (slot.kind === 'volatile') this.#volatile--;
    this.#slots.delete(slotName(slot.owner, slot.id));
  }

  /** 9.6.2: lets go of the copy in memory of a persistent key. Running operations may still hold it. */
  purge(owner: number, id: number): PsaStatus {
    const slot = this.#slot(owner, id);
    if (slot === undefined) return PSA_ERROR_INVALID_HANDLE;
    if (slot.kind === 'persistent') slot.key = undefined;
    return PSA_SUCCESS;
  }

  /** The application behind a connection is gone, and its volatile keys with it (9.3). */
  endConnection(connection: number): void {
    for (const slot of [...this.#slots.values()]) if (slot.connection === connection) this.#drop(slot);
  }

  /** Ids of the volatile keys that end with a connection. */
  ofConnection(connection: number): readonly number[] {
    return [...this.#slots.values()].flatMap((slot) => (slot.connection === connection ? [slot.id] : []));
  }

  report(): readonly KeyReport[] {
    return [...this.#builtIn.values(), ...this.#slots.values()].flatMap((slot) => {
      const key = slot.key ?? this.#load(slot);
      return typeof key === 'number' ? [] : [{ ...key.attributes, owner: slot.owner, kind: slot.kind }];
    });
  }

  count(): { volatile: number; persistent: number; builtIn: number } {
    const factory = this.#options.factory?.length ?? 0;
    return {
      volatile: this.#volatile,
      persistent: this.#slots.size - this.#volatile - factory,
      builtIn: this.#builtIn.size + factory,
    };
  }

  saveVolatile(): readonly SavedKey[] {
    return [...this.#slots.values()].flatMap(({ owner, connection, key }) =>
      connection === undefined || key === undefined
        ? []
        : [{ owner, connection, attributes: key.attributes, data: key.data.slice() }],
    );
  }

  /** The id that the next volatile key would get, if it is free. */
  get nextId(): number {
    return this.#nextId;
  }

  restoreVolatile(keys: readonly SavedKey[], nextId: number): void {
    this.#nextId = nextId;
    for (const { owner, connection, attributes, data } of keys) {
      const life = { destroyed: false };
      const key = makeKey(owner, attributes, data.slice(), life);
      this.#put({ owner, id: attributes.id, kind: 'volatile', connection, life, key });
    }
  }

  /** Forgets every key in memory; the storage stays as it is. */
  wipe(): void {
    for (const { key } of this.#slots.values()) {
      if (key === undefined) continue;
      wipeCache(key.cache);
      key.data.fill(0);
    }
    for (const { key } of this.#builtIn.values()) if (key !== undefined) wipeCache(key.cache);
    for (const builtIn of this.#options.builtIn) builtIn.wipe();
    this.#slots.clear();
    this.#builtIn.clear();
  }
}
