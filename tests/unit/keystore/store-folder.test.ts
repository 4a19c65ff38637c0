/** A device on a store folder: what survives a restart, and what a store that was tampered with gives. */

import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDevice, type DeviceOptions } from '../../../emulator/device.ts';
import { memoryChip } from '../../../keystore/chip.ts';
import {
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_RSA_PSS,
  PSA_ALG_SHA_256,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_COPY,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
} from '../../../psa-api/constants.ts';
import { MAX_KEY_BYTES } from '../../../psa-api/key-sizes.ts';
import type { Service } from '../../../psa-api/service.ts';
import { ascii, hex } from '../../support/bytes.ts';
import { inProcess, openForTest } from '../../support/device.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { AES_KEY, aesKey, P256_SCALAR, p256Pair, RSA_PAIR, rsaPair } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { FLASH } from '../../support/storage.ts';

type Store = Exclude<DeviceOptions['store'], undefined>;

const startOn = (store: Store, options: DeviceOptions = {}): Service =>
  createDevice({ profile: 'psa-full', store, ...options });

/** A device that the test ends and starts again. */
const start = async (store: Store, options: DeviceOptions = { insecureSeed: 'a store' }) => {
  const device = startOn(store, options);
  onTestFinished(() => device.close());
  return { device, ...(await inProcess(device)) };
};

const SECRET = ascii('0123456789abcdef0123456789abcdef');

/** A folder in which a device has left two keys. */
const filled = async (): Promise<string> => {
  const folder = temporaryFolder();
  const { psa, device } = await start(folder);
  await aesKey(psa, PSA_ALG_GCM, { id: 1 });
  await must(psa.importKey({ type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_EXPORT, id: 2 }, SECRET));
  device.close();
  return folder;
};

const flashOf = (folder: string) => new Uint8Array(readFileSync(join(folder, 'flash.bin')));
const putFlash = (folder: string, flash: Uint8Array) => writeFileSync(join(folder, 'flash.bin'), flash);

/** Bytes of the last record, which is key 2, up to where it ends. */
const lastByte = (flash: Uint8Array): number => flash.findLastIndex((byte) => byte !== 0xff);

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
    expect(() => startOn(folder, { insecureSeed: 'another' })).toThrow(
      `the store ${folder} belongs to a device with another identity`,
    );
    const { psa } = await start(folder, {});
    expect((await must(psa.exportKey(2))).data).toEqual(SECRET);
  });

  it('as a device with other flash is refused', async () => {
    const folder = await filled();
    expect(() => startOn(folder, { profile: 'stm32h573-sm-1.2' })).toThrow(
      'has 1024 sectors of 16384 bytes, this device 6 of 8192: start it with the profile that made it',
    );
  });

  it('keeps the largest key there is', async () => {
    const folder = temporaryFolder();
    const first = await start(folder);
    const data = new Uint8Array(MAX_KEY_BYTES).fill(0x5a);
    const attributes = { type: PSA_KEY_TYPE_RAW_DATA, usage: PSA_KEY_USAGE_EXPORT };
    for (const id of [1, 2, 3]) await must(first.psa.importKey({ ...attributes, id }, data));
    first.device.close();
    const second = await start(folder);
    for (const id of [1, 2, 3]) expect((await must(second.psa.exportKey(id))).data).toEqual(data);
  });
});

describe('a store folder', () => {
  it('has no key in the clear', async () => {
    const folder = await filled();
    expect(readdirSync(folder).sort()).toEqual(['chip.bin', 'flash.bin']);
    const content = hex(flashOf(folder));
    for (const key of [AES_KEY, SECRET])
      for (let at = 0; at + 8 <= key.length; at++)
        expect(content.includes(hex(key.subarray(at, at + 8)))).toBe(false);
  });

  it('has every record changed by every write', async () => {
    const read = async () => {
      const flash = flashOf(await filled());
      return hex(flash.subarray(lastByte(flash) - 63, lastByte(flash) + 1));
    };
    expect(await read()).not.toBe(await read());
  });
});

describe('a full store', () => {
  it('answers INSUFFICIENT_STORAGE, and has what it had', async () => {
    const chip = memoryChip(FLASH, new Uint8Array(32).fill(3));
    const { psa, device } = await start(chip, {});
    const importing = (id: number) =>
      psa.importKey(
        { type: PSA_KEY_TYPE_RAW_DATA, usage: PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY, id },
        new Uint8Array(4000).fill(id),
      );
    // 48 KiB, of which one sector stays free; one key fits a sector with what belongs to it, not two.
    for (let id = 1; id <= 5; id++) await must(importing(id));
    expect(await named(importing(6))).toBe('INSUFFICIENT_STORAGE');
    expect(await named(psa.exportKey(6))).toBe('INVALID_HANDLE');
    expect(await named(psa.copyKey(1, { id: 6, usage: PSA_KEY_USAGE_EXPORT }))).toBe('INSUFFICIENT_STORAGE');
    device.close();
    const again = await start(chip, {});
    for (let id = 1; id <= 5; id++)
      expect((await must(again.psa.exportKey(id))).data).toEqual(new Uint8Array(4000).fill(id));
    await must(again.psa.destroyKey(3));
    expect(await named(again.psa.exportKey(3))).toBe('INVALID_HANDLE');
  });
});

describe('a record that was tampered with', () => {
  it('is DATA_CORRUPT for this key alone', async () => {
    const folder = await filled();
    const flash = flashOf(folder);
    flash[lastByte(flash)] = (flash[lastByte(flash)] ?? 0) ^ 1;
    putFlash(folder, flash);
    const { psa, device } = await start(folder);
    expect(await named(psa.getKeyAttributes(2))).toBe('DATA_CORRUPT');
    expect(await named(psa.exportKey(2))).toBe('DATA_CORRUPT');
    const operation = { family: 'key_derivation' as const, handle: 0 };
    await must(psa.keyDerivationSetup(operation, PSA_ALG_HKDF(PSA_ALG_SHA_256)));
    expect(await named(psa.keyDerivationInputKey(operation, PSA_KEY_DERIVATION_INPUT_SECRET, 2))).toBe(
      'DATA_CORRUPT',
    );
    expect(await named(psa.exportKey(1))).toBe('SUCCESS');
    expect(device.keys().map(({ id }) => id)).not.toContain(2);
    // The id is taken until the record is destroyed.
    expect(await named(psa.importKey({ type: PSA_KEY_TYPE_DERIVE, id: 2 }, SECRET))).toBe('ALREADY_EXISTS');
    expect(await named(psa.destroyKey(2))).toBe('SUCCESS');
    expect(await named(psa.importKey({ type: PSA_KEY_TYPE_DERIVE, id: 2 }, SECRET))).toBe('SUCCESS');
  });

  it('at any byte is noticed', async () => {
    const folder = await filled();
    const flash = flashOf(folder);
    const wrong: string[] = [];
    for (let at = 0; at < flash.length; at++) {
      if (flash[at] === 0xff) continue;
      const changed = flash.slice();
      changed[at] = ~(flash[at] ?? 0);
      putFlash(folder, changed);
      try {
        const { psa, device } = await start(folder);
        const found = [await named(psa.exportKey(1)), await named(psa.exportKey(2))].sort().join();
        if (found !== 'DATA_CORRUPT,SUCCESS') wrong.push(`byte ${at}: ${found}`);
        device.close();
      } catch (error) {
        const message = String(error);
        if (!message.includes('is not as this device left it')) wrong.push(`byte ${at}: ${message}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('an older copy of the flash', () => {
  const withOlder = async () => {
    const folder = await filled();
    const older = flashOf(folder);
    const { psa, device } = await start(folder);
    await must(psa.destroyKey(2));
    device.close();
    return { folder, older };
  };

  it('is refused at start with what is wrong and the mend; the right one is taken again', async () => {
    const { folder, older } = await withOlder();
    const newer = flashOf(folder);
    putFlash(folder, older);
    expect(() => startOn(folder)).toThrow(
      `the flash of the store ${folder} is not as this device left it: it is at write 2, the counter at 3: an older copy, or damaged; put back what it wrote last, or name another folder with --store`,
    );
    expect(readdirSync(folder)).not.toContain('lock');
    putFlash(folder, newer);
    const { psa } = await start(folder);
    expect(await named(psa.exportKey(1))).toBe('SUCCESS');
    expect(await named(psa.exportKey(2))).toBe('INVALID_HANDLE');
  });

  it('is refused when all of it is gone', async () => {
    const { folder } = await withOlder();
    putFlash(folder, new Uint8Array(0));
    expect(() => startOn(folder)).toThrow('it is at write 0, the counter at 3');
  });

  it('of another device is refused', async () => {
    const [mine, theirs] = [await filled(), temporaryFolder()];
    const other = await start(theirs, { insecureSeed: 'another device' });
    for (const id of [1, 2, 3]) await must(other.psa.importKey({ type: PSA_KEY_TYPE_DERIVE, id }, SECRET));
    other.device.close();
    putFlash(mine, flashOf(theirs));
    expect(() => startOn(mine)).toThrow('is not as this device left it');
  });

  it('together with its chip is the device of then: a copy of the whole folder is a copy of the whole device', async () => {
    const folder = await filled();
    const copy = join(temporaryFolder(), 'copy');
    cpSync(folder, copy, { recursive: true });
    const { psa } = await start(copy);
    expect((await must(psa.exportKey(2))).data).toEqual(SECRET);
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
