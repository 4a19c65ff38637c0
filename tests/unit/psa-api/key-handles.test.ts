/** psa_open_key and psa_close_key: functions of the device that the specification does not have. */
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_CTR,
  PSA_KEY_ID_NULL,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../../psa-api/constants.ts';
import { FUNCTIONS, functionByName, TABLE } from '../../../psa-api/functions.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { named, shortName } from '../../support/status.ts';

const ATTRIBUTES = { type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT, alg: PSA_ALG_CTR };

const opened = async (psa: Psa, id: number): Promise<readonly [string, number]> => {
  const { status, handle } = await psa.openKey(id);
  return [shortName(status), handle];
};

describe('the function table', () => {
  it('has the 135 functions of the specification, and these two beside them', async () => {
    expect(FUNCTIONS.length).toBe(135);
    expect(FUNCTIONS.filter(({ library, since }) => library !== 'crypto' || since === 'TF-M')).toEqual([]);
    expect(TABLE.filter(({ since }) => since === 'TF-M').map(({ name }) => name)).toEqual([
      'psa_open_key',
      'psa_close_key',
    ]);
    const { device } = await openForTest();
    const { functions, services } = device.capabilities();
    expect(functions.length).toBe(135);
    expect(services.find(({ library }) => library === 'tf-m')?.functions).toEqual([
      { name: 'psa_open_key', since: 'TF-M', implemented: true },
      { name: 'psa_close_key', since: 'TF-M', implemented: true },
    ]);
  });
});

onBothCarriers((carrier, open) => {
  describe(`a key handle ${carrier}`, () => {
    it('is the identifier of a key that is there', async () => {
      const { psa } = await open();
      const { key } = await psa.generateKey(ATTRIBUTES);
      expect(await opened(psa, key)).toEqual(['SUCCESS', key]);
      expect(await opened(psa, PSA_KEY_ID_ST_DUA_USER)).toEqual(['SUCCESS', PSA_KEY_ID_ST_DUA_USER]);
      expect(await opened(psa, 4711)).toEqual(['DOES_NOT_EXIST', 0]);
      expect(await opened(psa, PSA_KEY_ID_NULL)).toEqual(['DOES_NOT_EXIST', 0]);
    });

    it('closed, takes a volatile key with it and leaves others', async () => {
      const { psa } = await open();
      const { key } = await psa.generateKey(ATTRIBUTES);
      const persistent = { ...ATTRIBUTES, id: 77, lifetime: PSA_KEY_LIFETIME_PERSISTENT };
      expect(await named(psa.generateKey(persistent))).toBe('SUCCESS');
      for (const handle of [key, 77, PSA_KEY_ID_ST_DUA_USER, PSA_KEY_ID_NULL])
        expect(await named(psa.closeKey(handle))).toBe('SUCCESS');
      expect(await named(psa.closeKey(key))).toBe('INVALID_HANDLE');
      expect(await opened(psa, 77)).toEqual(['SUCCESS', 77]);
      expect(await opened(psa, PSA_KEY_ID_ST_DUA_USER)).toEqual(['SUCCESS', PSA_KEY_ID_ST_DUA_USER]);
    });

    it('needs psa_crypto_init as every call of the crypto service does', async () => {
      const { call } = await open({ init: false });
      for (const name of ['psa_open_key', 'psa_close_key'])
        expect(await call(functionByName(name)?.id ?? 0, [1])).toEqual([-137]);
    });
  });
});
