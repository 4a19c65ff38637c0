/** A whole device as the store that is cut: its persistent keys, seen through the API. */
import { createDevice } from '../../emulator/device.ts';
import type { Chip } from '../../keystore/chip.ts';
import {
  PSA_ALG_ECDSA_ANY,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ERROR_INSUFFICIENT_STORAGE,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_COPY,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
} from '../../psa-api/constants.ts';
import { createPsa, type Psa } from '../../psa-api/generated/psa.ts';
import { PSA_ERROR_INVALID_HANDLE, statusName } from '../../psa-api/status.ts';
import { type Contents, type Running, UNREADABLE } from './scenario.ts';

/** Keys of scenarios have ids up to this, the one of goOn the next. */
const LAST_ID = 20;
const MORE_ID = LAST_ID + 1;

export interface DeviceStore extends Running {
  readonly psa: Psa;
  /** A key of that many bytes, all of them `fill`. */
  importKey(id: number, length: number, fill?: number): Promise<number>;
  generateKey(id: number): Promise<number>;
  copyKey(from: number, to: number): Promise<number>;
  destroyKey(id: number): Promise<number>;
}

const KEPT = { lifetime: PSA_KEY_LIFETIME_PERSISTENT, usage: PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY };

export const must = async (status: number | Promise<number>, expected = 0): Promise<void> => {
  const found = await status;
  if (found !== expected) throw new Error(`expected ${statusName(expected)}, got ${statusName(found)}`);
};

const keyName = (id: number): string => `key ${id}`;

const contentsOf = async (psa: Psa, ids: readonly number[]): Promise<Contents> => {
  const contents = new Map<string, string>();
  for (const id of ids) {
    const { status, attributes } = await psa.getKeyAttributes(id);
    if (status === PSA_ERROR_INVALID_HANDLE) continue;
    const exported = await psa.exportKey(id);
    const failed = status !== 0 ? status : exported.status;
    const value = `${JSON.stringify(attributes)} ${Buffer.from(exported.data).toString('hex')}`;
    contents.set(keyName(id), failed === 0 ? value : `${UNREADABLE}${statusName(failed)}`);
  }
  return contents;
};

export const openDevice = async (chip: Chip): Promise<DeviceStore> => {
  const device = createDevice({ profile: 'psa-full', store: chip });
  const psa = createPsa(device.connect().call);
  await must((await psa.cryptoInit()).status);
  const importKey = async (id: number, length: number, fill = id): Promise<number> => {
    const data = new Uint8Array(length).fill(fill);
    return (await psa.importKey({ ...KEPT, type: PSA_KEY_TYPE_RAW_DATA, id }, data)).status;
  };
  const destroyKey = async (id: number) => (await psa.destroyKey(id)).status;
  const ids = Array.from({ length: MORE_ID }, (_, i) => i + 1);
  const goOn = async (): Promise<readonly string[]> => {
    const status = await importKey(MORE_ID, 16);
    if (status !== PSA_ERROR_INSUFFICIENT_STORAGE) {
      await must(status);
      return [keyName(MORE_ID)];
    }
    for (const id of ids) {
      if ((await destroyKey(id)) !== 0) continue;
      await must(importKey(MORE_ID, 16));
      return [keyName(id), keyName(MORE_ID)];
    }
    throw new Error('full without keys');
  };

  return {
    psa,
    importKey,
    destroyKey,
    generateKey: async (id) => {
      const usage = PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_SIGN_HASH;
      const type = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
      return (await psa.generateKey({ ...KEPT, type, bits: 256, usage, alg: PSA_ALG_ECDSA_ANY, id })).status;
    },
    copyKey: async (from, to) => (await psa.copyKey(from, { ...KEPT, id: to })).status,
    contents: () => contentsOf(psa, ids),
    goOn,
    close: () => device.close(),
  };
};
