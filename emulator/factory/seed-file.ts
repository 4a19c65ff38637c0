/** The seed file: keys and data that the device is provisioned with, as the board's factory area holds them. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { encodeFactory, type FactoryItems } from '../../keystore/factory-blob.ts';
import {
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_ID_USER_MAX,
  PSA_KEY_ID_USER_MIN,
  PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION,
  PSA_KEY_LOCATION_LOCAL_STORAGE,
  PSA_KEY_PERSISTENCE_READ_ONLY,
} from '../../psa-api/constants.ts';
import { readMaterial } from '../../psa-api/key-material.ts';
import { isSupportedType } from '../../psa-api/key-sizes.ts';
import { completeUsage, isUsage } from '../../psa-api/policy.ts';
import { PSA_STORAGE_FLAG_WRITE_ONCE } from '../../psa-api/service-constants.ts';
import { statusName } from '../../psa-api/status.ts';
import * as fields from './fields.ts';
import { fail } from './fields.ts';
import { pemKey } from './pem.ts';

/** A number, or in the specification's names: `PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)`. */
type Value = number | string;

export interface FactoryKeySeed {
  /** 1 to 0x3fffffff. */
  readonly id: Value;
  /** The client id whose key it is; -1, the non-secure application, where not given. */
  readonly owner?: number;
  readonly type: Value;
  /** Taken from the material where not given. */
  readonly bits?: number;
  readonly usage: Value | readonly Value[];
  readonly alg: Value;
  /** The material, one of: its export format in hex, PEM, a file in PEM. */
  readonly hex?: string;
  readonly pem?: string;
  readonly pemFile?: string;
}

export interface FactoryDataSeed {
  /** Not 0. */
  readonly uid: Value | bigint;
  readonly owner?: number;
  /** The data, one of. */
  readonly hex?: string;
  readonly base64?: string;
  readonly utf8?: string;
  readonly file?: string;
}

export interface FactorySeed {
  readonly keys?: readonly FactoryKeySeed[];
  readonly data?: readonly FactoryDataSeed[];
}

/** In bytes: of one item's key or data, and of all items with what describes them. */
export interface FactoryLimits {
  readonly itemBytes: number;
  readonly blobBytes: number;
}

const KEY_FIELDS = ['id', 'owner', 'type', 'bits', 'usage', 'alg', 'hex', 'pem', 'pemFile'] as const;
const DATA_FIELDS = ['uid', 'owner', 'hex', 'base64', 'utf8', 'file'] as const;
type KeyFields = fields.Fields<(typeof KEY_FIELDS)[number]>;
type DataFields = fields.Fields<(typeof DATA_FIELDS)[number]>;

/** 9.3 of PSA Crypto 1.3: what nobody may destroy. The board's value is not public. */
const LIFETIME = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
  PSA_KEY_PERSISTENCE_READ_ONLY,
  PSA_KEY_LOCATION_LOCAL_STORAGE,
);

type Key = FactoryItems['keys'][number];
type Asset = FactoryItems['assets'][number];

class SeedReader {
  readonly #engine: Engine;
  readonly #limits: FactoryLimits;
  /** Files are named from here. */
  readonly #folder: string;

  constructor(engine: Engine, limits: FactoryLimits, folder: string) {
    this.#engine = engine;
    this.#limits = limits;
    this.#folder = folder;
  }

  items(where: string, value: unknown): FactoryItems {
    const { keys, data } = fields.object(where, value, ['keys', 'data']);
    const place = (name: string, i: number) => `${where}, ${name}[${i}]`;
    const items = {
      keys: fields.list(`${where}, keys`, keys).map((key, i) => this.#key(place('keys', i), key)),
      assets: fields.list(`${where}, data`, data).map((asset, i) => this.#asset(place('data', i), asset)),
    };
    this.#once(
      `${where}, keys`,
      'id',
      items.keys.map(({ owner, attributes: { id } }) => [owner, id]),
    );
    this.#once(
      `${where}, data`,
      'uid',
      items.assets.map(({ owner, uid }) => [owner, uid]),
    );
    const { length } = encodeFactory(items);
    if (length > this.#limits.blobBytes)
      fail(where, `${length} bytes in all, at most ${this.#limits.blobBytes} are provisioned`);
    return items;
  }

  #once(where: string, name: string, ids: readonly (readonly [number, number | bigint])[]): void {
    const seen = new Map<string, number>();
    for (const [i, [owner, id]] of ids.entries()) {
      const before = seen.get(`${owner} ${id}`);
      if (before !== undefined)
        fail(
          `${where}[${i}].${name}`,
          `0x${id.toString(16)} is also the ${name} of [${before}], for the same owner`,
        );
      seen.set(`${owner} ${id}`, i);
    }
  }

  #key(where: string, value: unknown): Key {
    const given = fields.object(where, value, KEY_FIELDS);
    const id = fields.value32(`${where}.id`, given.id);
    if (id < PSA_KEY_ID_USER_MIN || id > PSA_KEY_ID_USER_MAX || id === PSA_KEY_ID_ST_DUA_USER)
      fail(`${where}.id`, `expected 1 to 0x3fffffff, and not 0x3ffffffe, the DUA user key; got ${id}`);
    const type = fields.value32(`${where}.type`, given.type, 0xffff);
    if (!isSupportedType(type))
      fail(`${where}.type`, `keys of type 0x${type.toString(16)} are not supported; see h5sm capabilities`);
    const usage = fields.value32(`${where}.usage`, given.usage);
    if (!isUsage(usage))
      fail(`${where}.usage`, `0x${usage.toString(16)} has bits that are no PSA_KEY_USAGE_ flag`);
    const alg = fields.value32(`${where}.alg`, given.alg);
    const { bits, data } = this.#material(where, type, given);
    return {
      owner: fields.owner(`${where}.owner`, given.owner),
      attributes: { id, type, bits, usage: completeUsage(usage), alg, lifetime: LIFETIME },
      data,
    };
  }

  #material(where: string, type: number, given: KeyFields) {
    const wanted = given.bits === undefined ? 0 : fields.value32(`${where}.bits`, given.bits, 0xffff);
    const { bits, data } = this.#bytesOfKey(where, type, given);
    if (bits !== 0 && wanted !== 0 && bits !== wanted)
      fail(`${where}.bits`, `${wanted}, but the key has ${bits}`);
    const material = readMaterial(this.#engine, type, wanted || bits, data);
    if (typeof material === 'number')
      return fail(where, `its material is no key of this type and size (${statusName(material)})`);
    this.#checkItem(where, material.data);
    return material;
  }

  #bytesOfKey(where: string, type: number, given: KeyFields): { bits: number; data: Uint8Array } {
    const name = fields.oneOf(where, given, ['hex', 'pem', 'pemFile'] as const);
    const place = `${where}.${name}`;
    if (name === 'hex') return { bits: 0, data: fields.hex(place, given[name]) };
    const source = fields.text(place, given[name]);
    return pemKey(place, type, name === 'pem' ? source : Buffer.from(this.#file(place, source)).toString());
  }

  #asset(where: string, value: unknown): Asset {
    const given = fields.object(where, value, DATA_FIELDS);
    const uid = fields.value64(`${where}.uid`, given.uid);
    if (uid === 0n) fail(`${where}.uid`, '0 is no uid (PSA Secure Storage 1.0, 5.3)');
    const data = this.#bytesOfAsset(where, given);
    this.#checkItem(where, data);
    const owner = fields.owner(`${where}.owner`, given.owner);
    return { owner, uid, data, flags: PSA_STORAGE_FLAG_WRITE_ONCE };
  }

  #bytesOfAsset(where: string, given: DataFields): Uint8Array {
    const name = fields.oneOf(where, given, ['hex', 'base64', 'utf8', 'file'] as const);
    const place = `${where}.${name}`;
    if (name === 'hex') return fields.hex(place, given[name]);
    if (name === 'base64') return fields.base64(place, given[name]);
    const source = fields.text(place, given[name]);
    return name === 'utf8' ? new TextEncoder().encode(source) : this.#file(place, source);
  }

  #checkItem(where: string, { length }: Uint8Array): void {
    if (length > this.#limits.itemBytes)
      fail(where, `${length} bytes, at most ${this.#limits.itemBytes} of one item are provisioned`);
  }

  #file(where: string, name: string): Uint8Array {
    return readFile(where, resolve(this.#folder, name));
  }
}

const readFile = (where: string, path: string): Uint8Array => {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    return fail(where, error instanceof Error ? error.message : String(error));
  }
};

const readJson = (path: string): unknown => {
  const source = Buffer.from(readFile(path, path)).toString();
  try {
    return JSON.parse(source);
  } catch (error) {
    return fail(path, `not JSON: ${error instanceof Error ? error.message : error}`);
  }
};

/** `seed`: the path of a JSON file, or what such a file says. Throws FactoryError. */
export const readFactory = (
  engine: Engine,
  seed: string | FactorySeed,
  limits: FactoryLimits,
): FactoryItems => {
  const isPath = typeof seed === 'string';
  const reader = new SeedReader(engine, limits, isPath ? dirname(seed) : '.');
  return reader.items(isPath ? seed : 'factory', isPath ? readJson(seed) : seed);
};
