/** The device as a whole, asked for over a client's own connection. */
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_SHA_256,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_HMAC,
} from '../../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../../psa-api/generated/psa.ts';
import { hex } from '../../../support/bytes.ts';
import { onBothCarriers } from '../../../support/device.ts';
import { must, named } from '../../../support/status.ts';
import { asking } from './ask.ts';

const AES = { type: PSA_KEY_TYPE_AES, bits: 128 };

onBothCarriers((carrier, open) => {
  describe(`a reset ${carrier}`, () => {
    it('takes operations and volatile keys, and leaves persistent keys and the connection', async () => {
      const { psa, call, device } = await open({ profile: 'stm32h573-sm-1.2' });
      const ask = asking(call);
      const hash = hashOperationInit();
      await must(psa.hashSetup(hash, PSA_ALG_SHA_256));
      const { key } = await must(psa.generateKey(AES));
      await must(psa.generateKey({ ...AES, lifetime: PSA_KEY_LIFETIME_PERSISTENT, id: 7 }));
      expect(await ask('open_operations')).toBe(1);
      expect(await ask('volatile_keys')).toBe(1);

      expect(await ask('reset')).toBeUndefined();
      expect(await ask('open_operations')).toBe(0);
      expect(await ask('volatile_keys')).toBe(0);
      expect(await named(psa.hashUpdate(hash, new Uint8Array(1)))).toBe('BAD_STATE');
      await must(psa.cryptoInit());
      expect(await named(psa.getKeyAttributes(key))).toBe('INVALID_HANDLE');
      expect(await named(psa.getKeyAttributes(7))).toBe('SUCCESS');
      expect(device.status().connections).toBe(1);
    });

    it('makes psa_crypto_init due again where it is asked for at all', async () => {
      for (const [profile, status] of [
        ['psa-full', 'BAD_STATE'],
        ['stm32h573-sm-1.2', 'SUCCESS'],
      ] as const) {
        const { psa, call } = await open({ profile });
        await asking(call)('reset');
        expect(await named(psa.generateRandom(1))).toBe(status);
      }
    });
  });

  describe(`a snapshot ${carrier}`, () => {
    it('brings back keys, handles and random numbers, as often as it is asked for', async () => {
      const { psa, call } = await open();
      const ask = asking(call);
      const { key } = await must(psa.generateKey(AES));
      const hash = hashOperationInit();
      await must(psa.hashSetup(hash, PSA_ALG_SHA_256));
      const { handle } = hash;
      const snapshot = (await ask('snapshot')) as number;
      const digests: string[] = [];
      for (let i = 0; i < 3; i++) {
        expect(await ask('restore', snapshot)).toBeUndefined();
        hash.handle = handle;
        await must(psa.hashUpdate(hash, (await must(psa.generateRandom(16))).output));
        digests.push(hex((await must(psa.hashFinish(hash))).hash));
        await must(psa.destroyKey(key));
        expect(await ask('volatile_keys')).toBe(0);
      }
      expect(new Set(digests).size).toBe(1);
      expect(await ask('restore', snapshot)).toBeUndefined();
      expect([await ask('open_operations'), await ask('volatile_keys')]).toEqual([1, 1]);
    });

    it('belongs to the connection that took it', async () => {
      const { call, another } = await open();
      const ask = asking(call);
      const other = asking((await another()).call);
      const snapshot = await ask('snapshot');
      expect(await other('restore', snapshot as number)).toBe('DOES_NOT_EXIST');
      expect(await other('snapshot')).toBe(1);
      expect(await ask('drop', snapshot as number)).toBeUndefined();
      expect(await ask('restore', snapshot as number)).toBe('DOES_NOT_EXIST');
      expect(await ask('drop', snapshot as number)).toBe('DOES_NOT_EXIST');
      expect(await other('restore', 1)).toBeUndefined();
    });

    it('is one of 64 at most', async () => {
      const ask = asking((await open()).call);
      for (let i = 1; i <= 64; i++) expect(await ask('snapshot')).toBe(i);
      expect(await ask('snapshot')).toBe('INSUFFICIENT_MEMORY');
      expect(await ask('drop', 3)).toBeUndefined();
      expect(await ask('snapshot')).toBe(65);
    });

    it('cannot be taken of an operation that has been given too much', async () => {
      const { psa, call } = await open();
      const mac = hashOperationInit();
      await must(psa.hashSetup(mac, PSA_ALG_SHA_256));
      await must(psa.hashUpdate(mac, new Uint8Array(2 * 1024 * 1024)));
      const ask = asking(call);
      expect(await ask('snapshot')).toBe('BAD_STATE');
      await must(psa.hashAbort(mac));
      expect(await ask('snapshot')).toBe(1);
    });
  });

  describe(`control ${carrier}`, () => {
    it('is no call of the device: it moves no clock, no generator and no count, and needs no psa_crypto_init', async () => {
      const before = await open({ init: false, profile: 'stm32h573-sm-1.2', trace: {} });
      const { calls, boardTime } = before.device.status();
      const ask = asking(before.call);
      for (const name of ['snapshot', 'mark', 'open_operations', 'volatile_keys']) await ask(name);
      await ask('call_count', 0, 0);
      await ask('verify', 100);
      expect(before.device.status()).toMatchObject({ calls, boardTime });
      const traced = before.device.trace.since();
      expect(traced.filter((record) => !('event' in record))).toEqual([]);
      // The same keys as on a device that was asked nothing
      const other = await open({ profile: 'stm32h573-sm-1.2' });
      await before.psa.cryptoInit();
      const random = async ({ psa }: typeof other) => hex((await must(psa.generateRandom(16))).output);
      expect(await random(before)).toBe(await random(other));
      const key = async ({ psa }: typeof other) =>
        (await must(psa.generateKey({ type: PSA_KEY_TYPE_HMAC, bits: 128 }))).key;
      expect(await key(before)).toBe(await key(other));
    });
  });
});
