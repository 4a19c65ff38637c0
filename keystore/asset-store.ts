/** Data of Internal Trusted Storage by owner and uid: one sealed record each, and those of the factory. */
import type { Asset, AssetStore } from '../psa-api/asset.ts';
import { PSA_STORAGE_FLAG_WRITE_ONCE } from '../psa-api/service-constants.ts';
import {
  PSA_ERROR_DATA_CORRUPT,
  PSA_ERROR_DOES_NOT_EXIST,
  PSA_ERROR_INSUFFICIENT_STORAGE,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_STORAGE_FAILURE,
  PSA_SUCCESS,
  type PsaError,
  type PsaStatus,
} from '../psa-api/status.ts';
import { storageStatus } from './key-store.ts';
import type { Sealer, Storage } from './storage.ts';

/** Data provisioned with the device: nobody changes or removes them. */
export interface FactoryAsset extends Asset {
  readonly owner: number;
  readonly uid: bigint;
}

export interface AssetStoreOptions {
  readonly storage: Storage;
  readonly sealer: Sealer;
  readonly factory: readonly FactoryAsset[];
  /** The longest data of one uid, in bytes. */
  readonly itemLimit: number;
}

/** `its-ffffffff-0000000000001234`: owner and uid, hexadecimal. */
export const assetName = (owner: number, uid: bigint): string =>
  `its-${(owner >>> 0).toString(16).padStart(8, '0')}-${uid.toString(16).padStart(16, '0')}`;

/** Layout version and flags as 32-bit big-endian numbers, then the data. */
const VERSION = 1;
const HEADER = 8;

const encodeAsset = ({ data, flags }: Asset): Uint8Array => {
  const record = new Uint8Array(HEADER + data.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, VERSION);
  view.setUint32(4, flags);
  record.set(data, HEADER);
  return record;
};

const decodeAsset = (record: Uint8Array): Asset | undefined => {
  if (record.length < HEADER) return undefined;
  const view = new DataView(record.buffer, record.byteOffset);
  if (view.getUint32(0) !== VERSION) return undefined;
  return { flags: view.getUint32(4), data: record.subarray(HEADER) };
};

/** 5.3 knows no other status for what can no longer be read. */
const assetStatus = (error: unknown): PsaError => {
  const status = storageStatus(error);
  return status === PSA_ERROR_DATA_CORRUPT ? PSA_ERROR_STORAGE_FAILURE : status;
};

export class DeviceAssetStore implements AssetStore {
  readonly #options: AssetStoreOptions;
  readonly #factory: ReadonlyMap<string, FactoryAsset>;

  constructor(options: AssetStoreOptions) {
    this.#options = options;
    this.#factory = new Map(options.factory.map((asset) => [assetName(asset.owner, asset.uid), asset]));
  }

  get(owner: number, uid: bigint): Asset | PsaError {
    const name = assetName(owner, uid);
    const { storage, sealer } = this.#options;
    const factory = this.#factory.get(name);
    if (factory !== undefined) return factory;
    try {
      const sealed = storage.read(name);
      if (sealed === undefined) return PSA_ERROR_DOES_NOT_EXIST;
      const record = sealer.open(name, sealed);
      const asset = record === undefined ? undefined : decodeAsset(record);
      return asset ?? PSA_ERROR_STORAGE_FAILURE;
    } catch (error) {
      return assetStatus(error);
    }
  }

  set(owner: number, uid: bigint, asset: Asset): PsaStatus {
    const { storage, sealer, itemLimit } = this.#options;
    const refused = this.#refuseChange(owner, uid);
    if (refused !== undefined && refused !== PSA_ERROR_DOES_NOT_EXIST) return refused;
    if (asset.data.length > itemLimit) return PSA_ERROR_INSUFFICIENT_STORAGE;
    const name = assetName(owner, uid);
    const record = encodeAsset(asset);
    try {
      storage.write(name, sealer.seal(name, record));
      return PSA_SUCCESS;
    } catch (error) {
      return assetStatus(error);
    } finally {
      record.fill(0);
    }
  }

  remove(owner: number, uid: bigint): PsaStatus {
    const refused = this.#refuseChange(owner, uid);
    if (refused !== undefined) return refused;
    const name = assetName(owner, uid);
    try {
      this.#options.storage.remove(name);
      return PSA_SUCCESS;
    } catch (error) {
      return assetStatus(error);
    }
  }

  /** Why what is there may not be changed: what cannot be read may have been written once. Or nothing is there. */
  #refuseChange(owner: number, uid: bigint): PsaError | undefined {
    const asset = this.get(owner, uid);
    if (typeof asset === 'number') return asset;
    const isFinal =
      (asset.flags & PSA_STORAGE_FLAG_WRITE_ONCE) !== 0 || this.#factory.has(assetName(owner, uid));
    return isFinal ? PSA_ERROR_NOT_PERMITTED : undefined;
  }
}
