/** Faults that a client sets over its own connection. */
import { describe, expect, it } from 'vitest';
import { PSA_ALG_SHA_256 } from '../../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../../psa-api/generated/psa.ts';
import { ascii } from '../../../support/bytes.ts';
import { onBothCarriers } from '../../../support/device.ts';
import { must, named } from '../../../support/status.ts';
import { asking, idOf } from './ask.ts';

const RANDOM = idOf('psa_generate_random');
const NO_MEMORY = -141 >>> 0;

onBothCarriers((carrier, open) => {
  describe(`faults ${carrier}`, () => {
    it('let the nth call from now fail, and no other', async () => {
      const { psa, call } = await open();
      const ask = asking(call);
      await must(psa.generateRandom(1));
      expect(await ask('fail', RANDOM, 2, NO_MEMORY)).toBeUndefined();
      const statuses = [];
      for (let i = 0; i < 4; i++) statuses.push(await named(psa.generateRandom(1)));
      expect(statuses).toEqual(['SUCCESS', 'INSUFFICIENT_MEMORY', 'SUCCESS', 'SUCCESS']);
      await ask('fail', RANDOM, 0, NO_MEMORY);
      for (let i = 0; i < 3; i++) expect(await named(psa.generateRandom(1))).toBe('INSUFFICIENT_MEMORY');
      expect(await ask('fault_clear')).toBeUndefined();
      await must(psa.generateRandom(1));
    });

    it('leave the operation of a call that fails as it is, so that it has to be aborted', async () => {
      const { psa, call } = await open();
      const ask = asking(call);
      const hash = hashOperationInit();
      await ask('fail', idOf('psa_hash_update'), 1, NO_MEMORY);
      await must(psa.hashSetup(hash, PSA_ALG_SHA_256));
      expect(await named(psa.hashUpdate(hash, ascii('a')))).toBe('INSUFFICIENT_MEMORY');
      expect(await ask('open_operations')).toBe(1);
      await must(psa.hashAbort(hash));
      expect(await ask('open_operations')).toBe(0);
    });

    it('are counted, by their id', async () => {
      const { psa, call, another, device } = await open();
      const ask = asking(call);
      const [id] = (await ask('fault_add', ascii('api.psa_generate_random.leave:every=2->flip(0)'), 100)) as [
        number,
      ];
      for (let i = 0; i < 5; i++) await must(psa.generateRandom(1));
      expect(await ask('fault_hits', id)).toBe(2);
      expect(await asking((await another()).call)('fault_hits', id)).toBe('DOES_NOT_EXIST');
      const foreign = device.faults.add('api.psa_hash_compute.enter->count');
      expect(await ask('fault_hits', foreign)).toBe('DOES_NOT_EXIST');
      await ask('fault_clear');
      expect(await ask('fault_hits', id)).toBe('DOES_NOT_EXIST');
      expect(device.faults.list().map((fault) => fault.id)).toEqual([foreign]);
    });

    it('that cannot be are told why, in as many bytes as there is room for', async () => {
      const { call, device } = await open();
      const ask = asking(call);
      const add = async (line: string, room: number): Promise<[unknown, string]> => {
        const [id, reason] = (await ask('fault_add', ascii(line), room)) as [number, Uint8Array];
        return [id, new TextDecoder().decode(reason)];
      };
      const [id, reason] = await add('api.psa_no.enter->return(PSA_ERROR_BAD_STATE)', 500);
      expect(id).toBe(0);
      expect(reason).toMatch(/\n {2}api\.psa_no\.enter->return\(PSA_ERROR_BAD_STATE\)\n {2}\^+$/);
      expect(await add('api.psa_no.enter->count', 4)).toEqual([0, reason.slice(0, 4)]);
      expect(await ask('fail', idOf('h5sm_ctl_mark'), 1, NO_MEMORY)).toBe('INVALID_ARGUMENT');
      expect(await ask('fail', RANDOM, 1, 0)).toBe('INVALID_ARGUMENT');
      expect(await ask('fail', RANDOM, 1, -7 >>> 0)).toBe('INVALID_ARGUMENT');
      expect(device.faults.list()).toEqual([]);
    });

    it('never strike what a test asks', async () => {
      const { call } = await open();
      const ask = asking(call);
      const [id] = (await ask('fault_add', ascii('api.*.enter->return(PSA_ERROR_HARDWARE_FAILURE)'), 0)) as [
        number,
      ];
      expect(id).toBeGreaterThan(0);
      expect(await ask('open_operations')).toBe(0);
      expect(await ask('fault_hits', id)).toBe(0);
    });

    it('end with a restore and with their connection', async () => {
      const { psa, call, another, device } = await open();
      const ask = asking(call);
      const snapshot = (await ask('snapshot')) as number;
      await ask('fail', RANDOM, 0, NO_MEMORY);
      await ask('restore', snapshot);
      await must(psa.generateRandom(1));

      const other = await another();
      await asking(other.call)('fail', RANDOM, 0, NO_MEMORY);
      expect(await named(psa.generateRandom(1))).toBe('INSUFFICIENT_MEMORY');
      await other.close();
      await expect.poll(() => device.faults.list()).toEqual([]);
      await must(psa.generateRandom(1));
    });
  });
});
