/** The packs of system flash, as a client reads them. */
import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { hex } from '../../../support/bytes.ts';
import { onBothCarriers } from '../../../support/device.ts';
import { must, named } from '../../../support/status.ts';

const PACK2 = 0x0bf9fc00;
const PACK1 = 0x0bf9fe00;

onBothCarriers((carrier, open) => {
  it(`holds serial number, public key and signature at their places ${carrier}`, async () => {
    const { psa, device } = await open({ init: false });
    const { user, initialAttestation } = device.identity();
    const packs = [
      [user, PACK2 + 140, PACK2 + 12, PACK2 + 76],
      [initialAttestation, PACK1 + 484, PACK1 + 152, PACK1 + 216],
    ] as const;
    for (const [{ serial, certificate, ca }, serialAt, pointAt, signatureAt] of packs) {
      const read = async (address: number, length: number) =>
        hex((await must(psa.readSystemFlash(address, length))).output);
      const { publicKey } = new X509Certificate(certificate);
      expect(await read(serialAt, 10)).toBe(serial);
      expect(await read(pointAt, 64)).toBe(
        hex(publicKey.export({ type: 'spki', format: 'der' }).subarray(-64)),
      );
      // r and s end the certificate, without the zeros that DER drops.
      const signature = await read(signatureAt, 64);
      expect(hex(certificate).endsWith(signature.slice(64).replace(/^(00)+/, ''))).toBe(true);
      expect(hex(certificate)).toContain(signature.slice(0, 64).replace(/^(00)+/, ''));
      expect(hex(ca)).not.toContain(signature.slice(64));
    }
  });

  it(`is erased everywhere else ${carrier}`, async () => {
    const { psa } = await open();
    const { output } = await must(psa.readSystemFlash(PACK2, 1024));
    const erased = [...output.keys()].filter((i) => output[i] === 0xff);
    expect(erased.length).toBeGreaterThanOrEqual(1024 - 2 * (64 + 64 + 10));
    expect(output.subarray(0, 12)).toEqual(new Uint8Array(12).fill(0xff));
    expect(output.subarray(512 + 494)).toEqual(new Uint8Array(18).fill(0xff));
  });

  it(`ends where the packs end ${carrier}`, async () => {
    const { psa } = await open();
    expect((await must(psa.readSystemFlash(PACK2 + 1023, 1))).output).toHaveLength(1);
    expect((await must(psa.readSystemFlash(PACK2 + 5, 0))).output).toHaveLength(0);
    for (const [address, length] of [
      [PACK2 - 1, 1],
      [PACK2, 1025],
      [PACK2 + 1023, 2],
      [PACK2 + 1024, 1],
      [0, 1],
      [0xffffffff, 0xffffffff],
    ] as const) {
      expect(await named(psa.readSystemFlash(address, length))).toBe('INVALID_ARGUMENT');
    }
  });
});
