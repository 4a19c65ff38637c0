/** A device on a store folder: what survives a restart, and what a store that was tampered with gives. */

import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDevice, type DeviceOptions } from '../../../emulator/device.ts';
import {
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_RSA_PSS,
  PSA_ALG_SHA_256,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
} from '../../../psa-api/constants.ts';
import type { Service } from '../../../psa-api/service.ts';
import { ascii, hex } from '../../support/bytes.ts';
import { inProcess, openForTest } from '../../support/device.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { AES_KEY, aesKey, P256_SCALAR, p256Pair, RSA_PAIR, rsaPair } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

/** A device that the test ends and starts again. */
const start = async (store: string, options: DeviceOptions = { insecureSeed: 'a store' }) => {
  const device: Service = createDevice({ profile: 'psa-full', store, ...options });
  onTestFinished(() => device.close());
  return { device, ...(await inProcess(device)) };
};

const SECRET = ascii('0123456789abcdef0123456789abcdef');
const NAMES = { one: 'key-ffffffff-00000001', two: 'key-ffffffff-00000002' };

/** A folder in which a device has left two keys. */
const filled = async (): Promise<string> => {
  const folder = temporaryFolder();
  const { psa, device } = await start(folder);
  await aesKey(psa, PSA_ALG_GCM, { id: 1 });
  await must(psa.importKey({ type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_EXPORT, id: 2 }, SECRET));
  device.close();
  return folder;
};

describe('a restart', () => {
  it.each([
    ['seeded', { insecureSeed: 'any' }],
    ['without a seed', {}],
  ])('keeps persistent keys and identity, %s', async (_, options) => {
    const folder = temporaryFolder();
    const first = await start(folder, options);
    const attributes = { usage: PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_SIGN_HASH, alg: PSA_ALG_ECDSA_ANY };
    await p256Pair(first.psa, PSA_ALG_ECDSA_ANY, { ...attributes, id: 3 });
    await rsaPair(first.psa, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256), { id: 4 });
    const volatile = await aesKey(first.psa, PSA_ALG_GCM);
    const before = [3, 4, PSA_KEY_ID_ST_DUA_USER].map((id) => first.psa.getKeyAttributes(id));
    const dua = await must(first.psa.exportPublicKey(PSA_KEY_ID_ST_DUA_USER));
    first.device.close();

    const second = await start(folder, options);
    const after = [3, 4, PSA_KEY_ID_ST_DUA_USER].map((id) => second.psa.getKeyAttributes(id));
    expect(await Promise.all(after)).toEqual(await Promise.all(before));
    expect((await must(second.psa.exportKey(3))).data).toEqual(P256_SCALAR);
    expect((await must(second.psa.exportKey(4))).data).toEqual(RSA_PAIR);
    expect(await named(second.psa.signHash(3, PSA_ALG_ECDSA_ANY, new Uint8Array(32)))).toBe('SUCCESS');
    expect(await named(second.psa.exportKey(volatile))).toBe('INVALID_HANDLE');
    expect((await must(second.psa.exportPublicKey(PSA_KEY_ID_ST_DUA_USER))).data).toEqual(dua.data);
    await must(second.psa.destroyKey(3));
    second.device.close();

    const third = await start(folder, options);
    expect(await named(third.psa.exportKey(3))).toBe('INVALID_HANDLE');
    expect(third.device.status().keys).toMatchObject({ volatile: 0, persistent: 1 });
  });

  it('takes a seed out of use once the folder has an identity, but no other seed', async () => {
    const folder = await filled();
    expect(() => createDevice({ store: folder, insecureSeed: 'another' })).toThrow(
      `the store ${folder} belongs to a device with another identity`,
    );
    const { psa } = await start(folder, {});
    expect((await must(psa.exportKey(2))).data).toEqual(SECRET);
  });

  it('refuses a damaged identity, and leaves the folder unlocked', async () => {
    const folder = await filled();
    writeFileSync(join(folder, 'device'), 'short');
    expect(() => createDevice({ store: folder })).toThrow('damaged device record (5 bytes, not 32)');
    expect(readdirSync(folder)).not.toContain('lock');
  });
});

describe('a store folder', () => {
  it('has no key in the clear', async () => {
    const folder = await filled();
    const files = readdirSync(folder);
    expect(files.sort()).toEqual(['device', NAMES.one, NAMES.two]);
    for (const file of files) {
      const content = hex(readFileSync(join(folder, file)));
      for (const key of [AES_KEY, SECRET])
        for (let at = 0; at + 8 <= key.length; at++)
          expect(content.includes(hex(key.subarray(at, at + 8)))).toBe(false);
    }
  });

  it('has every record changed by every write', async () => {
    const read = async () => {
      const folder = await filled();
      return hex(readFileSync(join(folder, NAMES.two)));
    };
    expect(await read()).not.toBe(await read());
  });
});

describe('a record that was tampered with', () => {
  const TAMPERINGS: readonly (readonly [name: string, tamper: (folder: string) => void])[] = [
    [
      'one bit changed',
      (folder) => {
        const record = readFileSync(join(folder, NAMES.two));
        record[40] = (record[40] ?? 0) ^ 1;
        writeFileSync(join(folder, NAMES.two), record);
      },
    ],
    [
      'cut off',
      (folder) =>
        writeFileSync(join(folder, NAMES.two), readFileSync(join(folder, NAMES.two)).subarray(0, -1)),
    ],
    ['emptied', (folder) => writeFileSync(join(folder, NAMES.two), '')],
    [
      'another record under this name',
      (folder) => renameSync(join(folder, NAMES.one), join(folder, NAMES.two)),
    ],
  ];

  it.each(TAMPERINGS)('%s: DATA_CORRUPT for this key alone', async (name, tamper) => {
    const folder = await filled();
    tamper(folder);
    const { psa, device } = await start(folder);
    expect(await named(psa.getKeyAttributes(2))).toBe('DATA_CORRUPT');
    expect(await named(psa.exportKey(2))).toBe('DATA_CORRUPT');
    const operation = { family: 'key_derivation' as const, handle: 0 };
    await must(psa.keyDerivationSetup(operation, PSA_ALG_HKDF(PSA_ALG_SHA_256)));
    expect(await named(psa.keyDerivationInputKey(operation, PSA_KEY_DERIVATION_INPUT_SECRET, 2))).toBe(
      'DATA_CORRUPT',
    );
    expect(await named(psa.exportKey(1))).toBe(name.startsWith('another') ? 'INVALID_HANDLE' : 'SUCCESS');
    expect(device.keys().map(({ id }) => id)).not.toContain(2);
    // The id is taken until the record is destroyed.
    expect(await named(psa.importKey({ type: PSA_KEY_TYPE_DERIVE, id: 2 }, SECRET))).toBe('ALREADY_EXISTS');
    expect(await named(psa.destroyKey(2))).toBe('SUCCESS');
    expect(await named(psa.importKey({ type: PSA_KEY_TYPE_DERIVE, id: 2 }, SECRET))).toBe('SUCCESS');
  });

  it('under a new name is no key of that name', async () => {
    const folder = await filled();
    renameSync(join(folder, NAMES.two), join(folder, 'key-ffffffff-00000063'));
    const { psa } = await start(folder);
    expect(await named(psa.exportKey(0x63))).toBe('DATA_CORRUPT');
    expect(await named(psa.exportKey(2))).toBe('INVALID_HANDLE');
  });

  it('of another device is no key of this one', async () => {
    const [mine, theirs] = [await filled(), temporaryFolder()];
    const other = await start(theirs, { insecureSeed: 'another device' });
    await must(other.psa.importKey({ type: PSA_KEY_TYPE_DERIVE, id: 2 }, SECRET));
    other.device.close();
    writeFileSync(join(mine, NAMES.two), readFileSync(join(theirs, NAMES.two)));
    const { psa } = await start(mine);
    expect(await named(psa.exportKey(2))).toBe('DATA_CORRUPT');
  });
});

describe('a store in memory', () => {
  it('ends with the device', async () => {
    const { psa, device } = await openForTest();
    await aesKey(psa, PSA_ALG_GCM, { id: 1 });
    expect(device.status().store).toBe('memory');
    const { psa: twin } = await openForTest();
    expect(await named(twin.exportKey(1))).toBe('INVALID_HANDLE');
  });
});
