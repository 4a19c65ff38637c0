/** The store of Internal Trusted Storage on storage that fails or was tampered with. */

import { describe, expect, it } from 'vitest';
import { createSealer } from '../../../emulator/sealer.ts';
import { createNobleEngine } from '../../../engine/noble/index.ts';
import { DeviceAssetStore } from '../../../keystore/asset-store.ts';
import { PSA_STORAGE_FLAG_WRITE_ONCE } from '../../../psa-api/service-constants.ts';
import { statusName } from '../../../psa-api/status.ts';
import { ascii } from '../../support/bytes.ts';
import { memoryStorage, TestStorage } from '../../support/storage.ts';

const engine = createNobleEngine();
const sealer = createSealer(engine, new Uint8Array(32).fill(1), (length) => new Uint8Array(length));
const DATA = ascii('secret data');
const NAME = 'its-ffffffff-0000000000000005';

const storeOn = (storage: TestStorage) =>
  new DeviceAssetStore({ storage, sealer, factory: [], itemLimit: 100 });

const failing = (kind: 'full' | 'failed', of: 'read' | 'write' | 'remove') => {
  const storage = new TestStorage();
  const assets = storeOn(storage);
  assets.set(-1, 5n, { data: DATA, flags: 0 });
  storage.failure = { kind, of };
  return { storage, assets };
};

const outcome = (answer: unknown): unknown => (typeof answer === 'number' ? statusName(answer) : answer);

describe('an asset store', () => {
  it('names records by owner and uid, and writes nothing in the clear', () => {
    const storage = new TestStorage();
    storeOn(storage).set(0x1234, 0xfedcba9876543210n, { data: DATA, flags: 0 });
    expect(storage.names()).toEqual(['its-00001234-fedcba9876543210']);
    const record = Buffer.from(storage.records.get('its-00001234-fedcba9876543210') ?? []);
    expect(record.includes(Buffer.from(DATA))).toBe(false);
  });

  it.each([
    ['full', 'PSA_ERROR_INSUFFICIENT_STORAGE'],
    ['failed', 'PSA_ERROR_STORAGE_FAILURE'],
  ] as const)('says %s where a record cannot be written, and keeps the old one', (kind, status) => {
    const { storage, assets } = failing(kind, 'write');
    expect(outcome(assets.set(-1, 5n, { data: ascii('new'), flags: 0 }))).toBe(status);
    expect(outcome(assets.set(-1, 6n, { data: ascii('new'), flags: 0 }))).toBe(status);
    storage.failure = undefined;
    expect(assets.get(-1, 5n)).toEqual({ data: DATA, flags: 0 });
    expect(outcome(assets.get(-1, 6n))).toBe('PSA_ERROR_DOES_NOT_EXIST');
  });

  it('says so where a record cannot be removed, and still has it', () => {
    const { storage, assets } = failing('failed', 'remove');
    expect(outcome(assets.remove(-1, 5n))).toBe('PSA_ERROR_STORAGE_FAILURE');
    storage.failure = undefined;
    expect(assets.get(-1, 5n)).toEqual({ data: DATA, flags: 0 });
  });

  it('changes nothing that it cannot read: it may have been written once', () => {
    const { assets } = failing('failed', 'read');
    const failure = 'PSA_ERROR_STORAGE_FAILURE';
    expect(outcome(assets.get(-1, 5n))).toBe(failure);
    expect(outcome(assets.set(-1, 5n, { data: DATA, flags: 0 }))).toBe(failure);
    expect(outcome(assets.remove(-1, 5n))).toBe(failure);
  });

  it.each([
    ['a changed record', (record: Uint8Array) => record.map((byte, i) => (i === 20 ? byte ^ 1 : byte))],
    ['half a record', (record: Uint8Array) => record.slice(0, record.length / 2)],
    ['no bytes', () => new Uint8Array(0)],
  ])('has an error for %s, and does not let it be replaced', (_, change) => {
    const storage = new TestStorage();
    const assets = storeOn(storage);
    assets.set(-1, 5n, { data: DATA, flags: PSA_STORAGE_FLAG_WRITE_ONCE });
    storage.records.set(NAME, change(storage.records.get(NAME) ?? new Uint8Array(0)));
    expect(outcome(assets.get(-1, 5n))).toBe('PSA_ERROR_STORAGE_FAILURE');
    expect(outcome(assets.set(-1, 5n, { data: DATA, flags: 0 }))).toBe('PSA_ERROR_STORAGE_FAILURE');
  });

  it('has an error for a record that was moved to another uid', () => {
    const storage = new TestStorage();
    const assets = storeOn(storage);
    assets.set(-1, 5n, { data: DATA, flags: 0 });
    storage.records.set('its-ffffffff-0000000000000006', storage.records.get(NAME) ?? new Uint8Array(0));
    expect(outcome(assets.get(-1, 6n))).toBe('PSA_ERROR_STORAGE_FAILURE');
  });

  it('is full when the flash is, keeps what it has, and takes more when something goes', () => {
    const storage = memoryStorage();
    const data = new Uint8Array(2016);
    const options = { storage, sealer, factory: [], itemLimit: 2016 };
    const assets = new DeviceAssetStore(options);
    const set = (uid: bigint) => outcome(assets.set(-1, uid, { data, flags: 0 }));
    let stored = 0n;
    while (set(stored + 1n) === 'PSA_SUCCESS') stored++;
    expect(Number(stored)).toBeGreaterThan(12);
    expect(Number(stored)).toBeLessThan((48 * 1024) / 2016);
    expect(set(stored + 1n)).toBe('PSA_ERROR_INSUFFICIENT_STORAGE');
    const again = new DeviceAssetStore(options);
    for (let uid = 1n; uid <= stored; uid++) expect(again.get(-1, uid)).toEqual({ data, flags: 0 });
    expect(assets.remove(-1, 3n)).toBe(0);
    expect(set(stored + 1n)).toBe('PSA_SUCCESS');
  });
});
