/** Snapshots: what one holds, that nothing is lost on the way back, and what is told of a bad one. */
import { describe, expect, it } from 'vitest';
import { createDevice } from '../../../../emulator/device.ts';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_SHA_256,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_SECRET,
} from '../../../../psa-api/constants.ts';
import {
  aeadOperationInit,
  cipherOperationInit,
  hashOperationInit,
  keyDerivationOperationInit,
  macOperationInit,
} from '../../../../psa-api/generated/psa.ts';
import { hex } from '../../../support/bytes.ts';
import { inProcess, onBothCarriers, openForTest } from '../../../support/device.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { aesKey, deriveKey, hmacKey } from '../../../support/keys.ts';
import { must, named } from '../../../support/status.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => i & 0xff);

onBothCarriers((carrier, open) => {
  describe(`a snapshot, ${carrier}`, () => {
    it('brings back keys, volatile and persistent, and the generator where it stood', async () => {
      const { psa, device } = await open();
      const volatile = await aesKey(psa, PSA_ALG_GCM);
      await aesKey(psa, PSA_ALG_GCM, { id: 7 });
      const snapshot = device.snapshot();
      const drawn = hex((await must(psa.generateRandom(40))).output);
      await must(psa.destroyKey(volatile));
      await must(psa.destroyKey(7));
      await aesKey(psa, PSA_ALG_GCM, { id: 8 });
      device.restore(snapshot);
      expect(hex((await must(psa.generateRandom(40))).output)).toBe(drawn);
      expect(await named(psa.exportKey(volatile))).toBe('SUCCESS');
      expect(await named(psa.exportKey(7))).toBe('SUCCESS');
      expect(await named(psa.exportKey(8))).toBe('INVALID_HANDLE');
    });

    it('brings back open operations of every kind, to the byte', async () => {
      const { psa, device } = await open();
      const cbc = await aesKey(psa, PSA_ALG_CBC_NO_PADDING);
      const gcm = await aesKey(psa, PSA_ALG_GCM);
      const hmac = await hmacKey(psa, PSA_ALG_HMAC(PSA_ALG_SHA_256));
      const secret = await deriveKey(psa, PSA_ALG_HKDF(PSA_ALG_SHA_256));

      const hash = hashOperationInit();
      await must(psa.hashSetup(hash, PSA_ALG_SHA_256));
      await must(psa.hashUpdate(hash, bytes(100)));
      const clone = hashOperationInit();
      await must(psa.hashClone(hash, clone));
      await must(psa.hashUpdate(clone, bytes(3)));
      const mac = macOperationInit();
      await must(psa.macSignSetup(mac, hmac, PSA_ALG_HMAC(PSA_ALG_SHA_256)));
      await must(psa.macUpdate(mac, bytes(70)));
      const cipher = cipherOperationInit();
      await must(psa.cipherEncryptSetup(cipher, cbc, PSA_ALG_CBC_NO_PADDING));
      // The IV is drawn: it has to come out the same.
      await must(psa.cipherGenerateIv(cipher));
      await must(psa.cipherUpdate(cipher, bytes(20)));
      const aead = aeadOperationInit();
      await must(psa.aeadEncryptSetup(aead, gcm, PSA_ALG_GCM));
      await must(psa.aeadGenerateNonce(aead));
      await must(psa.aeadUpdateAd(aead, bytes(5)));
      await must(psa.aeadUpdate(aead, bytes(33)));
      const kdf = keyDerivationOperationInit();
      await must(psa.keyDerivationSetup(kdf, PSA_ALG_HKDF(PSA_ALG_SHA_256)));
      await must(psa.keyDerivationInputKey(kdf, PSA_KEY_DERIVATION_INPUT_SECRET, secret));
      await must(psa.keyDerivationInputBytes(kdf, PSA_KEY_DERIVATION_INPUT_INFO, bytes(9)));
      await must(psa.keyDerivationOutputBytes(kdf, 50));

      const finish = async () => {
        const copies = {
          hash: { ...hash },
          clone: { ...clone },
          mac: { ...mac },
          cipher: { ...cipher },
          aead: { ...aead },
          kdf: { ...kdf },
        };
        const all = [
          (await must(psa.hashFinish(copies.hash))).hash,
          (await must(psa.hashFinish(copies.clone))).hash,
          (await must(psa.macSignFinish(copies.mac))).mac,
          (await must(psa.cipherUpdate(copies.cipher, bytes(28)))).output,
          (await must(psa.aeadFinish(copies.aead))).tag,
          (await must(psa.keyDerivationOutputBytes(copies.kdf, 50))).output,
        ];
        return all.map(hex);
      };
      const snapshot = device.snapshot();
      const once = await finish();
      device.restore(snapshot);
      expect(await finish()).toEqual(once);
      device.restore(snapshot);
      expect(device.snapshot()).toEqual(snapshot);
    });

    it('keeps a failed operation failed', async () => {
      const { psa, device } = await open({ profile: 'stm32h573-sm-1.2' });
      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      expect(await named(psa.hashFinish(operation, 1))).toBe('BUFFER_TOO_SMALL');
      const snapshot = device.snapshot();
      await must(psa.hashAbort({ ...operation }));
      device.restore(snapshot);
      expect(device.status().operations).toMatchObject([{ handle: operation.handle, failed: true }]);
      expect(await named(psa.hashUpdate(operation, bytes(1)))).toBe('BAD_STATE');
      expect(await named(psa.hashAbort(operation))).toBe('SUCCESS');
    });

    it('gives no handle twice that was given out before it was taken', async () => {
      const { psa, device } = await open();
      const old = hashOperationInit();
      await must(psa.hashSetup(old, PSA_ALG_SHA_256));
      const stale = { ...old };
      await must(psa.hashAbort(old));
      device.restore(device.snapshot());
      const fresh = hashOperationInit();
      await must(psa.hashSetup(fresh, PSA_ALG_SHA_256));
      expect(fresh.handle).toBeGreaterThan(stale.handle);
    });
  });
});

describe('a fork of a snapshot', () => {
  it('is a device of its own with the same identity', async () => {
    const { psa, device } = await openForTest({ insecureSeed: undefined });
    await aesKey(psa, PSA_ALG_GCM, { id: 7 });
    const snapshot = device.snapshot();
    const fork = createDevice({ snapshot });
    const { psa: other } = await inProcess(fork);
    expect(await must(other.exportPublicKey(0x3ffffffe))).toEqual(
      await must(psa.exportPublicKey(0x3ffffffe)),
    );
    expect((await must(other.generateRandom(8))).output).toEqual((await must(psa.generateRandom(8))).output);
    await must(other.destroyKey(7));
    expect(await named(psa.exportKey(7))).toBe('SUCCESS');
    fork.close();
  });

  it('goes into a folder of the same device and no other', async () => {
    const { psa, device } = await openForTest({ store: temporaryFolder() });
    await aesKey(psa, PSA_ALG_GCM, { id: 7 });
    const snapshot = device.snapshot();
    await must(psa.destroyKey(7));
    device.restore(snapshot);
    expect(await named(psa.exportKey(7))).toBe('SUCCESS');
    const { device: stranger } = await openForTest({ insecureSeed: 'another' });
    const foreign = stranger.snapshot();
    expect(() => device.restore(foreign)).toThrow('a snapshot of another device; the store');
    expect(await named(psa.exportKey(7))).toBe('SUCCESS');
  });
});

describe('a snapshot that cannot be', () => {
  it('taken names the operation that was given too much', async () => {
    const { psa, device } = await openForTest();
    const operation = hashOperationInit();
    await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
    await must(psa.hashUpdate(operation, bytes(1024 * 1024 + 1)));
    expect(() => device.snapshot()).toThrow(
      `operation ${operation.handle} (hash) has been given more than 1048576 bytes; finish or abort it first`,
    );
    await must(psa.hashAbort(operation));
    expect(device.snapshot().length).toBeGreaterThan(100);
  });

  it('restored says why, and the device stays as it was', async () => {
    const { psa, device } = await openForTest();
    const key = await aesKey(psa, PSA_ALG_GCM);
    const text = new TextDecoder().decode(device.snapshot());
    const restore = (changed: string) => () => device.restore(new TextEncoder().encode(changed));
    expect(restore('{')).toThrow('not a snapshot: ');
    expect(restore('{}')).toThrow('not a snapshot: no "format"');
    expect(restore(text.replace('"version": 1', '"version": 2'))).toThrow(
      'a snapshot of version 2; this h5sm reads version 1',
    );
    expect(restore(text.replace('"calls"', '"call"'))).toThrow(
      'a damaged snapshot: "calls" is missing or not what it should be',
    );
    expect(restore(text.replace('"psa-full"', '"stm32h573-sm-1.2"'))).toThrow(
      'a snapshot of profile stm32h573-sm-1.2; this device is psa-full',
    );
    expect(await named(psa.exportKey(key))).toBe('SUCCESS');
  });
});
