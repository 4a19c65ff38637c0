/** Persistent keys and the key that is built in. PSA Crypto 1.3, 9.3, 9.4 and 9.6. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_GCM,
  PSA_ALG_SHA_256,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_ID_USER_MAX,
  PSA_KEY_ID_USER_MIN,
  PSA_KEY_ID_VENDOR_MAX,
  PSA_KEY_ID_VENDOR_MIN,
  PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_PERSISTENCE_READ_ONLY,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../../psa-api/constants.ts';
import { hex } from '../../support/bytes.ts';
import { onBothCarriers } from '../../support/device.ts';
import { AES_KEY, aesKey, P256_PAIR_TYPE, P256_PUBLIC_TYPE } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

const aes = { type: PSA_KEY_TYPE_AES, alg: PSA_ALG_GCM, usage: PSA_KEY_USAGE_EXPORT };
const lifetimeOf = (persistence: number) => PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(persistence, 0);

onBothCarriers((carrier, open) => {
  describe(`persistent keys ${carrier}`, () => {
    it.each([
      ['the lowest id', { id: PSA_KEY_ID_USER_MIN }, 'SUCCESS'],
      ['the highest id', { id: PSA_KEY_ID_USER_MAX }, 'SUCCESS'],
      ['an id beyond the user range', { id: PSA_KEY_ID_VENDOR_MIN }, 'INVALID_ARGUMENT'],
      ['an id of the vendor range', { id: PSA_KEY_ID_VENDOR_MAX }, 'INVALID_ARGUMENT'],
      ['an id beyond all ranges', { id: 0x80000000 }, 'INVALID_ARGUMENT'],
      ['no id', { lifetime: PSA_KEY_LIFETIME_PERSISTENT }, 'INVALID_ARGUMENT'],
      ['a read-only lifetime', { id: 5, lifetime: lifetimeOf(0xff) }, 'INVALID_ARGUMENT'],
      ['another location', { id: 5, lifetime: 0x101 }, 'INVALID_ARGUMENT'],
    ] as const)('with %s: %s', async (_, attributes, status) => {
      const { psa } = await open();
      expect(await named(psa.importKey({ ...aes, ...attributes }, AES_KEY))).toBe(status);
      expect(await named(psa.generateKey({ ...aes, bits: 128, ...attributes }))).toBe(
        status === 'SUCCESS' ? 'ALREADY_EXISTS' : status,
      );
    });

    it('keep their id and lifetime', async () => {
      const { psa } = await open();
      expect((await must(psa.importKey({ ...aes, id: 77 }, AES_KEY))).key).toBe(77);
      expect((await must(psa.getKeyAttributes(77))).attributes).toEqual({
        ...aes,
        bits: 128,
        lifetime: PSA_KEY_LIFETIME_PERSISTENT,
        id: 77,
      });
    });

    it('are not replaced', async () => {
      const { psa } = await open();
      await aesKey(psa, PSA_ALG_GCM, { id: 8 });
      const volatile = await aesKey(psa, PSA_ALG_GCM);
      const other = new Uint8Array(16);
      expect(await named(psa.importKey({ ...aes, id: 8 }, other))).toBe('ALREADY_EXISTS');
      expect(await named(psa.generateKey({ ...aes, id: 8, bits: 128 }))).toBe('ALREADY_EXISTS');
      expect(await named(psa.copyKey(volatile, { ...aes, id: 8 }))).toBe('ALREADY_EXISTS');
      expect(hex((await must(psa.exportKey(8))).data)).toBe(hex(AES_KEY));
      await must(psa.destroyKey(8));
      expect(await named(psa.importKey({ ...aes, id: 8 }, other))).toBe('SUCCESS');
      expect(hex((await must(psa.exportKey(8))).data)).toBe(hex(other));
    });

    it('outlive the connection that made them, volatile ones do not', async () => {
      const { device, another } = await open();
      const first = await another();
      const volatile = await aesKey(first.psa, PSA_ALG_GCM);
      await aesKey(first.psa, PSA_ALG_GCM, { id: 12 });
      await first.close();
      const second = await another();
      expect(await named(second.psa.exportKey(volatile))).toBe('INVALID_HANDLE');
      expect(hex((await must(second.psa.exportKey(12))).data)).toBe(hex(AES_KEY));
      expect(device.status().keys).toMatchObject({ volatile: 0, persistent: 1 });
    });
  });

  describe(`the built-in user key ${carrier}`, () => {
    const DUA = PSA_KEY_ID_ST_DUA_USER;

    it('is a P-256 pair of the implementation', async () => {
      const { psa } = await open();
      expect((await must(psa.getKeyAttributes(DUA))).attributes).toMatchObject({
        type: P256_PAIR_TYPE,
        bits: 256,
        id: DUA,
        lifetime: lifetimeOf(PSA_KEY_PERSISTENCE_READ_ONLY),
      });
    });

    it('signs, and its public part verifies elsewhere', async () => {
      const { psa, another } = await open();
      const alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
      const message = new Uint8Array(100);
      const { data } = await must(psa.exportPublicKey(DUA));
      const { signature } = await must(psa.signMessage(DUA, alg, message));
      // The demonstration on the board keeps the public key at the id before.
      const usage = PSA_KEY_USAGE_VERIFY_HASH;
      const { key } = await must(psa.importKey({ type: P256_PUBLIC_TYPE, alg, usage, id: DUA - 1 }, data));
      expect(await named(psa.verifyMessage(key, alg, message, signature))).toBe('SUCCESS');
      const { hash } = await must(psa.hashCompute(PSA_ALG_SHA_256, message));
      const ofHash = await must(psa.signHash(DUA, alg, hash));
      expect(await named(psa.verifyHash(DUA, alg, hash, ofHash.signature))).toBe('SUCCESS');
      const other = await another({ owner: 7 });
      expect(hex((await must(other.psa.exportPublicKey(DUA))).data)).toBe(hex(data));
    });

    it('keeps its secret and its place', async () => {
      const { psa } = await open();
      expect(await named(psa.exportKey(DUA))).toBe('NOT_PERMITTED');
      expect(await named(psa.copyKey(DUA, { alg: PSA_ALG_ECDSA(PSA_ALG_SHA_256) }))).toBe('NOT_PERMITTED');
      expect(await named(psa.destroyKey(DUA))).toBe('NOT_PERMITTED');
      expect(await named(psa.importKey({ ...aes, id: DUA }, AES_KEY))).toBe('ALREADY_EXISTS');
      expect(await named(psa.rawKeyAgreement(PSA_ALG_ECDH, DUA, new Uint8Array(65)))).toBe('NOT_PERMITTED');
      expect(await named(psa.signHash(DUA, PSA_ALG_ECDSA_ANY, new Uint8Array(32)))).toBe('NOT_PERMITTED');
      expect(await named(psa.purgeKey(DUA))).toBe('SUCCESS');
      expect(await named(psa.exportPublicKey(DUA))).toBe('SUCCESS');
    });
  });
});
