/** The key store on storage that fails, and the records that it writes. */

import { describe, expect, it } from 'vitest';
import { createSealer } from '../../../emulator/sealer.ts';
import { createNobleEngine } from '../../../engine/noble/index.ts';
import { decodeRecord, encodeRecord, parseRecordName, recordName } from '../../../keystore/key-record.ts';
import { DeviceKeyStore } from '../../../keystore/key-store.ts';
import { type Storage, StorageError, type StorageErrorKind } from '../../../keystore/storage.ts';
import {
  PSA_ALG_GCM,
  PSA_ERROR_DATA_CORRUPT,
  PSA_ERROR_DATA_INVALID,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_INSUFFICIENT_STORAGE,
  PSA_ERROR_INVALID_HANDLE,
  PSA_ERROR_STORAGE_FAILURE,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_EXPORT,
  PSA_SUCCESS,
} from '../../../psa-api/constants.ts';
import { AES_KEY } from '../../support/keys.ts';
import { memoryStorage } from '../../support/storage.ts';

const engine = createNobleEngine();
const secret = new Uint8Array(32).fill(1);
const sealer = createSealer(engine, secret, (length) => new Uint8Array(length));
const caller = { owner: -1, connection: 1, closed: false };
const attributes = {
  type: PSA_KEY_TYPE_AES,
  bits: 128,
  lifetime: PSA_KEY_LIFETIME_PERSISTENT,
  usage: PSA_KEY_USAGE_EXPORT,
  alg: PSA_ALG_GCM,
  id: 5,
};
const volatile = { ...attributes, lifetime: 0, id: 0 };

const storeOn = (storage: Storage, count = 4) =>
  new DeviceKeyStore({
    storage,
    sealer,
    builtIn: [],
    volatile: { count, exhausted: PSA_ERROR_INSUFFICIENT_MEMORY, reusesIds: false },
  });

const failing = (kind: StorageErrorKind, ...methods: readonly ('read' | 'write' | 'remove')[]): Storage => {
  const fail = () => {
    throw new StorageError(kind, 'as the test wants');
  };
  return { ...memoryStorage(), ...Object.fromEntries(methods.map((method) => [method, fail])) };
};

describe('a key store on storage that fails', () => {
  it.each([
    ['full', PSA_ERROR_INSUFFICIENT_STORAGE],
    ['failed', PSA_ERROR_STORAGE_FAILURE],
  ] as const)('says %s when a key cannot be written, and has no such key', (kind, status) => {
    const keys = storeOn(failing(kind, 'write'));
    expect(keys.create(caller, attributes, AES_KEY.slice())).toBe(status);
    expect(keys.exists(-1, 5)).toBe(false);
    expect(keys.find(-1, 5)).toBe(PSA_ERROR_INVALID_HANDLE);
    expect(keys.count()).toEqual({ volatile: 0, persistent: 0, builtIn: 0 });
    // Volatile keys need no storage.
    expect(keys.create(caller, volatile, AES_KEY.slice())).toBeGreaterThan(0);
  });

  it('says so when a key cannot be read', () => {
    const storage = memoryStorage();
    storeOn(storage).create(caller, attributes, AES_KEY.slice());
    for (const [kind, status] of [
      ['failed', PSA_ERROR_STORAGE_FAILURE],
      ['corrupt', PSA_ERROR_DATA_CORRUPT],
    ] as const) {
      const unreadable = storeOn({ ...failing(kind, 'read'), names: storage.names });
      expect(unreadable.exists(-1, 5)).toBe(true);
      expect(unreadable.find(-1, 5)).toBe(status);
      expect(unreadable.report()).toEqual([]);
    }
  });

  it('says so when a record was sealed elsewhere, and when it is of another version', () => {
    const storage = memoryStorage();
    const name = recordName(-1, 5);
    const record = encodeRecord(attributes, AES_KEY);
    storage.write(name, sealer.seal('another', record));
    expect(storeOn(storage).find(-1, 5)).toBe(PSA_ERROR_DATA_CORRUPT);
    record[3] = 2;
    storage.write(name, sealer.seal(name, record));
    expect(storeOn(storage).find(-1, 5)).toBe(PSA_ERROR_DATA_INVALID);
  });

  it('says so when a key cannot be removed, and still has it', () => {
    const keys = storeOn(failing('failed', 'remove'));
    keys.create(caller, attributes, AES_KEY.slice());
    expect(keys.destroy(-1, 5)).toBe(PSA_ERROR_STORAGE_FAILURE);
    expect(keys.find(-1, 5)).toMatchObject({ data: AES_KEY });
  });

  it('has an error for a record that is gone', () => {
    const storage = memoryStorage();
    storeOn(storage).create(caller, attributes, AES_KEY.slice());
    const keys = storeOn(storage);
    storage.remove(recordName(-1, 5));
    expect(keys.find(-1, 5)).toBe(PSA_ERROR_STORAGE_FAILURE);
  });
});

describe('a key store', () => {
  it('has room for so many volatile keys', () => {
    const keys = storeOn(memoryStorage(), 2);
    const first = keys.create(caller, volatile, AES_KEY.slice());
    expect(keys.create(caller, volatile, AES_KEY.slice())).toBeGreaterThan(first);
    expect(keys.create(caller, volatile, AES_KEY.slice())).toBe(PSA_ERROR_INSUFFICIENT_MEMORY);
    expect(keys.create(caller, attributes, AES_KEY.slice())).toBe(5);
    expect(keys.destroy(-1, first)).toBe(PSA_SUCCESS);
    // A new id: a stale one must not meet a new key.
    expect(keys.create(caller, volatile, AES_KEY.slice())).toBeGreaterThan(first + 1);
  });

  it('wipes what is destroyed, and tells those who hold it', () => {
    const keys = storeOn(memoryStorage());
    for (const wanted of [volatile, attributes]) {
      const data = AES_KEY.slice();
      const id = keys.create(caller, wanted, data);
      const key = keys.find(-1, id);
      expect(key).toMatchObject({ destroyed: false });
      expect(keys.destroy(-1, id)).toBe(PSA_SUCCESS);
      expect(data).toEqual(new Uint8Array(16));
      expect(key).toMatchObject({ destroyed: true });
    }
  });

  it('reads a purged key anew, and destroying it reaches both copies', () => {
    const keys = storeOn(memoryStorage());
    keys.create(caller, attributes, AES_KEY.slice());
    const before = keys.find(-1, 5);
    expect(keys.purge(-1, 5)).toBe(PSA_SUCCESS);
    const after = keys.find(-1, 5);
    expect(after).not.toBe(before);
    expect(after).toMatchObject({ attributes, data: AES_KEY });
    keys.destroy(-1, 5);
    expect(before).toMatchObject({ destroyed: true });
    expect(after).toMatchObject({ destroyed: true });
  });

  it('ends the volatile keys of one connection only', () => {
    const keys = storeOn(memoryStorage());
    const mine = keys.create(caller, volatile, AES_KEY.slice());
    const theirs = keys.create({ owner: -1, connection: 2, closed: false }, volatile, AES_KEY.slice());
    keys.create(caller, attributes, AES_KEY.slice());
    keys.endConnection(1);
    expect(keys.exists(-1, mine)).toBe(false);
    expect(keys.exists(-1, theirs)).toBe(true);
    expect(keys.exists(-1, 5)).toBe(true);
  });
});

describe('records', () => {
  it.each([
    [-1, 5, 'key-ffffffff-00000005'],
    [7, 0x3fffffff, 'key-00000007-3fffffff'],
  ])('of owner %i and id %i are named %s', (owner, id, name) => {
    expect(recordName(owner, id)).toBe(name);
    expect(parseRecordName(name)).toEqual({ owner, id });
  });

  it.each(['device', 'lock', 'key-1-2', 'key-ffffffff-0000000g', 'key-ffffffff-00000005.new'])(
    'are not those named %s',
    (name) => {
      expect(parseRecordName(name)).toBeUndefined();
    },
  );

  it('have attributes and key, and a version that is looked at', () => {
    const record = encodeRecord(attributes, AES_KEY);
    expect(decodeRecord(5, record)).toEqual({ attributes, data: AES_KEY });
    expect(decodeRecord(5, record.subarray(0, 24))).toBeUndefined();
    record[3] = 2;
    expect(decodeRecord(5, record)).toBeUndefined();
  });

  it('are opened under the name that they were sealed under, by the device that sealed them', () => {
    const sealed = sealer.seal('one', AES_KEY);
    expect(sealer.open('one', sealed)).toEqual(AES_KEY);
    expect(sealer.open('two', sealed)).toBeUndefined();
    const other = createSealer(engine, new Uint8Array(32), (length) => new Uint8Array(length));
    expect(other.open('one', sealed)).toBeUndefined();
    for (let i = 0; i < sealed.length; i++) {
      const changed = sealed.map((byte, at) => (at === i ? byte ^ 1 : byte));
      expect(sealer.open('one', changed)).toBeUndefined();
    }
    for (let length = 0; length < sealed.length; length++)
      expect(sealer.open('one', sealed.subarray(0, length))).toBeUndefined();
  });
});
