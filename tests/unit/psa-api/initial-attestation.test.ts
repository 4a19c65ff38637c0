/** Initial Attestation. PSA Attestation API 1.0: the calls, and tokens as a verifier sees them. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { iakKey } from '../../../emulator/identity/keys.ts';
import { seededRoot } from '../../../emulator/identity/root.ts';
import { createNobleEngine } from '../../../engine/noble/index.ts';
import { PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE } from '../../../psa-api/service-constants.ts';
import { hex, NOTHING, unhex } from '../../support/bytes.ts';
import { isBytes, isList, isMap } from '../../support/cbor.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { must, named } from '../../support/status.ts';
import { verifyToken } from '../../support/token.ts';

const SIZES = [32, 48, 64] as const;
const CHALLENGE = new Uint8Array(32).fill(0x2a);

/** The public half of the key that TF-M publishes; Arm's tests have it built in. */
const TFM_PUBLIC = unhex(`
  04 79eba90e8bf450a6751576ad4599b07adf938da3bb0bd17d0036ed49a2d0fc3f
     bfcdfa8956b568bfdb8673e648d8b58d929955b14a26c3080f34117d971d6864`);

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

onBothCarriers((carrier, open) => {
  describe(`psa_initial_attest_get_token ${carrier}`, () => {
    it.each(SIZES)('signs a challenge of %i bytes, before any psa_crypto_init', async (size) => {
      const { psa } = await open({ init: false });
      const challenge = Uint8Array.from({ length: size }, (_, i) => i);
      const { tokenBuf } = await must(psa.initialAttestGetToken(challenge));
      expect(verifyToken(tokenBuf, TFM_PUBLIC).get(-75008)).toEqual(challenge);
      expect(tokenBuf.length).toBeLessThanOrEqual(PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE);
      const { tokenSize } = await must(psa.initialAttestGetTokenSize(size));
      expect(tokenSize).toBe(tokenBuf.length);
    });

    it.each([0, 1, 31, 33, 47, 63, 65, 1000])('refuses a challenge of %i bytes', async (size) => {
      const { psa } = await open();
      expect(await named(psa.initialAttestGetToken(new Uint8Array(size)))).toBe('INVALID_ARGUMENT');
      expect(await psa.initialAttestGetTokenSize(size)).toEqual({ status: -135, tokenSize: 0 });
    });

    it('needs room for the whole token', async () => {
      const { psa } = await open();
      const { tokenSize } = await must(psa.initialAttestGetTokenSize(32));
      expect((await must(psa.initialAttestGetToken(CHALLENGE, tokenSize))).tokenBuf.length).toBe(tokenSize);
      for (const size of [tokenSize - 1, 31, 1])
        expect(await named(psa.initialAttestGetToken(CHALLENGE, size))).toBe('BUFFER_TOO_SMALL');
      expect(await psa.initialAttestGetToken(CHALLENGE, 0)).toEqual({ status: -135, tokenBuf: NOTHING });
    });
  });
});

describe('a token', () => {
  it('carries the claims of profile 1', async () => {
    const { psa } = await openForTest();
    const claims = verifyToken((await must(psa.initialAttestGetToken(CHALLENGE))).tokenBuf, TFM_PUBLIC);
    expect([...claims.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9, 10].map((n) => -75000 - n).sort());
    expect(claims.get(-75000)).toBe('PSA_IOT_PROFILE_1');
    expect(claims.get(-75001)).toBe(-1);
    // The life cycle state SECURED.
    expect(claims.get(-75002)).toBe(0x3000);
    expect(claims.get(-75005)).toBe('h5sm');
    expect(claims.get(-75010)).toBe('h5sm, an emulator');
    for (const claim of [-75003, -75004]) expect(claims.get(claim)).toHaveLength(32);
    // TF-M's published key has this published instance id: 0x01 and the hash of its public half.
    const instance = claims.get(-75009);
    expect(isBytes(instance) && hex(instance)).toBe(
      '01fa58755f658627ce5460f29b75296713248cae7ad9e2984b90280efcbcb50248',
    );
  });

  it('lists software components with their measurements', async () => {
    const { psa } = await openForTest();
    const claims = verifyToken((await must(psa.initialAttestGetToken(CHALLENGE))).tokenBuf, TFM_PUBLIC);
    const components = claims.get(-75006);
    if (!isList(components)) throw new Error('no list of components');
    const types = components.map((component) => {
      if (!isMap(component)) throw new Error('a component that is no map');
      expect([...component.keys()]).toEqual([1, 2, 4, 5, 6]);
      expect(component.get(2)).toHaveLength(32);
      expect(component.get(5)).toHaveLength(32);
      expect(component.get(6)).toBe('SHA256');
      return component.get(1);
    });
    expect(types).toEqual(['SPE', 'NSPE']);
  });

  it.each([-1, 1, 0x7fff, -0x80000000])(
    'names the client that asked, %i, and has its exact size',
    async (owner) => {
      const { psa } = await openForTest({ owner });
      const { tokenBuf } = await must(psa.initialAttestGetToken(CHALLENGE));
      expect(verifyToken(tokenBuf, TFM_PUBLIC).get(-75001)).toBe(owner);
      expect((await must(psa.initialAttestGetTokenSize(32))).tokenSize).toBe(tokenBuf.length);
    },
  );

  it('does not verify once a bit of it has changed', async () => {
    const { psa } = await openForTest();
    const { tokenBuf } = await must(psa.initialAttestGetToken(CHALLENGE));
    for (const at of [8, 100, 300, tokenBuf.length - 1]) {
      const changed = tokenBuf.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(() => verifyToken(changed, TFM_PUBLIC)).toThrow();
    }
    expect(() => verifyToken(tokenBuf, iakKey(createNobleEngine(), new Uint8Array(32)).publicKey)).toThrow(
      'the signature is wrong',
    );
  });

  it('is signed by the device’s own key where that is wanted', async () => {
    const { psa } = await openForTest({ insecureSeed: 3, attestationKey: 'device' });
    const engine = createNobleEngine();
    const { publicKey } = iakKey(engine, seededRoot(engine, '3'));
    const claims = verifyToken((await must(psa.initialAttestGetToken(CHALLENGE))).tokenBuf, publicKey);
    const instance = claims.get(-75009);
    expect(isBytes(instance) && hex(instance)).toBe(`01${sha256(publicKey)}`);
  });

  it('of a seeded device is the same at every start; else each start has a boot seed of its own', async () => {
    const tokenOf = async (insecureSeed: string | undefined) => {
      const { psa } = await openForTest({ insecureSeed });
      return (await must(psa.initialAttestGetToken(CHALLENGE))).tokenBuf;
    };
    expect(hex(await tokenOf('5'))).toBe(hex(await tokenOf('5')));
    const seeds = await Promise.all(
      [undefined, undefined, '5', '6'].map(async (seed) => {
        const bootSeed = verifyToken(await tokenOf(seed), TFM_PUBLIC).get(-75004);
        return isBytes(bootSeed) ? hex(bootSeed) : '';
      }),
    );
    expect(new Set(seeds).size).toBe(4);
  });

  it('has another boot seed after a power cycle, and the same one in a snapshot of the same start', async () => {
    const { psa, device } = await openForTest();
    const token = async () => hex((await must(psa.initialAttestGetToken(CHALLENGE))).tokenBuf);
    const first = await token();
    const snapshot = device.snapshot();
    device.power('power-cycle');
    const second = await token();
    expect(second).not.toBe(first);
    device.power('reset');
    expect(await token()).not.toBe(second);
    device.restore(snapshot);
    expect(await token()).toBe(first);
  });

  it('comes with an unknown key not at all', async () => {
    const options = { attestationKey: 'none' as 'device' };
    await expect(openForTest(options)).rejects.toThrow(
      'no attestation key "none": there is tfm-dummy, device',
    );
  });
});
