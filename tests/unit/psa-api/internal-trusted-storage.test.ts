/** Internal Trusted Storage. PSA Secure Storage API 1.0, 5.3. */

import { describe, expect, it } from 'vitest';
import {
  PSA_STORAGE_FLAG_NO_CONFIDENTIALITY,
  PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION,
  PSA_STORAGE_FLAG_NONE,
  PSA_STORAGE_FLAG_WRITE_ONCE,
} from '../../../psa-api/service-constants.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { must, named } from '../../support/status.ts';

const UID = 0x1000000000000102n;
const TEXT = ascii('a certificate, or what passes for one');

onBothCarriers((carrier, open) => {
  describe(`Internal Trusted Storage ${carrier}`, () => {
    it('gives back what was set, before any psa_crypto_init', async () => {
      const { psa } = await open({ init: false });
      await must(psa.itsSet(UID, TEXT, PSA_STORAGE_FLAG_NONE));
      expect((await must(psa.itsGet(UID, 0))).data).toEqual(TEXT);
      expect((await must(psa.itsGetInfo(UID))).info).toEqual({
        capacity: TEXT.length,
        size: TEXT.length,
        flags: 0,
      });
    });

    it('tells uids apart in all their 64 bits, and keeps data of no bytes', async () => {
      const { psa } = await open();
      const uids = [1n, 1n << 32n, (1n << 64n) - 1n];
      for (const [i, uid] of uids.entries()) await must(psa.itsSet(uid, new Uint8Array(i), 0));
      for (const [i, uid] of uids.entries())
        expect((await must(psa.itsGet(uid, 0))).data).toEqual(new Uint8Array(i));
    });

    it('replaces data as a whole, and their flags', async () => {
      const { psa } = await open();
      await must(psa.itsSet(UID, TEXT, PSA_STORAGE_FLAG_NO_CONFIDENTIALITY));
      await must(psa.itsSet(UID, TEXT.subarray(0, 3), PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION));
      expect((await must(psa.itsGet(UID, 0, 100))).data).toEqual(TEXT.slice(0, 3));
      expect((await must(psa.itsGetInfo(UID))).info).toEqual({
        capacity: 3,
        size: 3,
        flags: PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION,
      });
    });

    it.each([
      ['from the start', 0, 5, 0, 5],
      ['from within', 7, 3, 7, 10],
      ['to the end', 30, 100, 30, TEXT.length],
      ['at the end', TEXT.length, 1, TEXT.length, TEXT.length],
      ['nothing', 3, 0, 3, 3],
    ] as const)(
      'gives the lesser of what is asked for and what is there: %s',
      async (_, offset, size, from, to) => {
        const { psa } = await open();
        await must(psa.itsSet(UID, TEXT, 0));
        expect((await must(psa.itsGet(UID, offset, size))).data).toEqual(TEXT.slice(from, to));
      },
    );

    it('refuses an offset beyond the end, also for no bytes', async () => {
      const { psa } = await open();
      await must(psa.itsSet(UID, TEXT, 0));
      for (const [offset, size] of [
        [TEXT.length + 1, 0],
        [TEXT.length + 1, 10],
        [0xffffffff, 10],
      ] as const)
        expect(await psa.itsGet(UID, offset, size)).toEqual({ status: -135, data: NOTHING });
    });

    it('knows no uid 0', async () => {
      const { psa } = await open();
      expect(await named(psa.itsSet(0n, TEXT, 0))).toBe('INVALID_ARGUMENT');
      expect(await named(psa.itsGet(0n, 0))).toBe('INVALID_ARGUMENT');
      expect(await named(psa.itsGetInfo(0n))).toBe('INVALID_ARGUMENT');
      expect(await named(psa.itsRemove(0n))).toBe('INVALID_ARGUMENT');
    });

    it('has DOES_NOT_EXIST for what was never set, and for what was removed', async () => {
      const { psa } = await open();
      const absent = async () => [
        await named(psa.itsGet(UID, 0)),
        await named(psa.itsGetInfo(UID)),
        await named(psa.itsRemove(UID)),
      ];
      const no = ['DOES_NOT_EXIST', 'DOES_NOT_EXIST', 'DOES_NOT_EXIST'];
      expect(await absent()).toEqual(no);
      await must(psa.itsSet(UID, TEXT, 0));
      await must(psa.itsRemove(UID));
      expect(await absent()).toEqual(no);
    });

    it('keeps what was written once', async () => {
      const { psa } = await open();
      await must(psa.itsSet(UID, TEXT, PSA_STORAGE_FLAG_WRITE_ONCE));
      expect(await named(psa.itsSet(UID, NOTHING, 0))).toBe('NOT_PERMITTED');
      expect(await named(psa.itsSet(UID, NOTHING, PSA_STORAGE_FLAG_WRITE_ONCE))).toBe('NOT_PERMITTED');
      expect(await named(psa.itsRemove(UID))).toBe('NOT_PERMITTED');
      expect((await must(psa.itsGet(UID, 0))).data).toEqual(TEXT);
      expect((await must(psa.itsGetInfo(UID))).info.flags).toBe(PSA_STORAGE_FLAG_WRITE_ONCE);
    });

    it('makes data final that were not before', async () => {
      const { psa } = await open();
      await must(psa.itsSet(UID, TEXT, 0));
      await must(psa.itsSet(UID, NOTHING, PSA_STORAGE_FLAG_WRITE_ONCE));
      expect(await named(psa.itsSet(UID, TEXT, 0))).toBe('NOT_PERMITTED');
    });

    it.each([8, 0x80000000, 0xffffffff])('has NOT_SUPPORTED for flags of %i', async (flags) => {
      const { psa } = await open();
      expect(await named(psa.itsSet(UID, TEXT, flags))).toBe('NOT_SUPPORTED');
      expect(await named(psa.itsGet(UID, 0))).toBe('DOES_NOT_EXIST');
    });

    it('is each owner’s own', async () => {
      const { psa, another } = await open();
      const other = await another({ owner: 5 });
      await must(psa.itsSet(UID, TEXT, PSA_STORAGE_FLAG_WRITE_ONCE));
      expect(await named(other.psa.itsGet(UID, 0))).toBe('DOES_NOT_EXIST');
      await must(other.psa.itsSet(UID, NOTHING, 0));
      expect((await must(psa.itsGet(UID, 0))).data).toEqual(TEXT);
      const same = await another();
      expect((await must(same.psa.itsGet(UID, 0))).data).toEqual(TEXT);
    });

    it('has room for so much, in one item and in all', async () => {
      const { psa, device } = await open({ profile: 'stm32h573-sm-1.2' });
      const limit = (name: string) =>
        Number(device.capabilities().settings.find(({ setting }) => setting === name)?.value);
      const most = new Uint8Array(limit('storageItem')).fill(7);
      expect(await named(psa.itsSet(UID, new Uint8Array(most.length + 1), 0))).toBe('INSUFFICIENT_STORAGE');
      const fill = async (): Promise<number> => {
        for (let n = 0; ; n++) {
          const status = await named(psa.itsSet(BigInt(n + 1), most, 0));
          if (status === 'INSUFFICIENT_STORAGE') return n;
          expect(status).toBe('SUCCESS');
        }
      };
      const count = await fill();
      // Three to a sector of 8 KiB, and one sector is always free.
      expect(count).toBe(3 * (limit('storage') / 8192 - 1));
      // What is there may be replaced by as much, and when it is gone there is room again.
      await must(psa.itsSet(1n, most, 0));
      for (let n = 0; n < count; n++) await must(psa.itsRemove(BigInt(n + 1)));
      expect(await fill()).toBe(count);
    });
  });
});

describe('the shared area of the board', () => {
  it('bounds what one call carries, input and declared room', async () => {
    const { psa } = await openForTest({ profile: 'stm32h573-sm-1.2' });
    await must(psa.itsSet(UID, TEXT, 0));
    // 16 KiB without 8 bytes of head, 48 of message, and the uid and offset.
    const room = 16 * 1024 - 8 - 48 - 8 - 4;
    expect((await must(psa.itsGet(UID, 0, room))).data).toEqual(TEXT);
    expect(await named(psa.itsGet(UID, 0, room + 1))).toBe('INSUFFICIENT_MEMORY');
  });
});

describe('a power cycle', () => {
  it('leaves data as they are, and a regression erases them, those of the factory too', async () => {
    const factory = { data: [{ uid: 1, utf8: 'factory' }] };
    const { psa, device } = await openForTest({ factory });
    await must(psa.itsSet(UID, TEXT, PSA_STORAGE_FLAG_WRITE_ONCE));
    device.power('power-cycle');
    expect((await must(psa.itsGet(1n, 0))).data).toEqual(ascii('factory'));
    expect((await must(psa.itsGet(UID, 0))).data).toEqual(TEXT);
    device.power('regression');
    for (const uid of [1n, UID]) expect(await named(psa.itsGet(uid, 0))).toBe('DOES_NOT_EXIST');
  });
});

describe('a snapshot', () => {
  it('holds data and what was provisioned', async () => {
    const { psa, device } = await openForTest({ factory: { data: [{ uid: 1, utf8: 'factory' }] } });
    await must(psa.itsSet(UID, TEXT, 0));
    const snapshot = device.snapshot();
    await must(psa.itsRemove(UID));
    device.restore(snapshot);
    expect((await must(psa.itsGet(UID, 0))).data).toEqual(TEXT);
    const { psa: other } = await openForTest({ insecureSeed: undefined, snapshot });
    expect((await must(other.itsGet(UID, 0))).data).toEqual(TEXT);
    expect(await named(other.itsRemove(1n))).toBe('NOT_PERMITTED');
  });
});

describe('a store in a folder', () => {
  it('keeps data, flags and the count of bytes from start to start', async () => {
    const store = temporaryFolder();
    const first = await openForTest({ store, insecureSeed: 1 });
    await must(first.psa.itsSet(UID, TEXT, PSA_STORAGE_FLAG_WRITE_ONCE));
    await must(first.psa.itsSet(2n, NOTHING, 0));
    first.device.close();
    const second = await openForTest({ store, insecureSeed: 1, init: false });
    expect((await must(second.psa.itsGet(UID, 0))).data).toEqual(TEXT);
    expect(await named(second.psa.itsRemove(UID))).toBe('NOT_PERMITTED');
    expect((await must(second.psa.itsGet(2n, 0))).data).toEqual(NOTHING);
    // Keys and data share the folder and not their ids.
    expect(second.device.keys().map(({ kind }) => kind)).toEqual(['built-in']);
  });
});
