/** Keys of the implementation under a label. PSA Crypto 1.4, 9.6.1: there are none here. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_GCM,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../../psa-api/constants.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers } from '../../support/device.ts';
import { named } from '../../support/status.ts';
import { UNKNOWN_KEY_TYPE } from '../../support/unsupported.ts';

const PLAIN = { type: PSA_KEY_TYPE_AES, bits: 256, usage: PSA_KEY_USAGE_ENCRYPT, alg: PSA_ALG_GCM };

onBothCarriers((carrier, open) => {
  describe(`psa_attach_key ${carrier}`, () => {
    it.each([
      ['any label', PLAIN, 'DOES_NOT_EXIST'],
      ['a type and a size that the material has', { type: 0, bits: 0 }, 'DOES_NOT_EXIST'],
      [
        'a persistent lifetime',
        { ...PLAIN, id: 5, lifetime: PSA_KEY_LIFETIME_PERSISTENT },
        'INVALID_ARGUMENT',
      ],
      ['a read-only lifetime', { ...PLAIN, id: 5, lifetime: 0xff }, 'INVALID_ARGUMENT'],
      ['a location that is not there', { ...PLAIN, lifetime: 0x00000100 }, 'INVALID_ARGUMENT'],
      ['usage flags that are none', { ...PLAIN, usage: 0x40000000 }, 'INVALID_ARGUMENT'],
      ['a type that is not supported', { ...PLAIN, type: UNKNOWN_KEY_TYPE }, 'NOT_SUPPORTED'],
    ] as const)('%s', async (_, attributes, status) => {
      const { psa, device } = await open();
      const before = device.keys().length;
      for (const label of [NOTHING, ascii('a key')]) {
        const attached = await psa.attachKey(attributes, label);
        expect(await named(attached)).toBe(status);
        expect(attached.key).toBe(0);
      }
      expect(device.keys()).toHaveLength(before);
    });
  });
});
