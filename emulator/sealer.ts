/** Sealing of stored records: AES-256-GCM under a key derived from the device's root secret. */
import type { Engine, RandomBytes } from '../engine/engine.ts';
import type { Sealer } from '../keystore/storage.ts';

/** Format mark, nonce, ciphertext, tag. The name is additional data. */
const MARK = 0x01;
const NONCE = 12;
const TAG = 16;

export const createSealer = (engine: Engine, secret: Uint8Array, random: RandomBytes): Sealer => {
  const key = engine.aesKey(secret);
  const ad = (name: string) => new TextEncoder().encode(`h5sm record ${name}`);
  return {
    seal: (name, data) => {
      const nonce = random(NONCE);
      const aead = engine.gcm(key, 'encrypt', nonce, TAG);
      aead.updateAd(ad(name));
      const sealed = new Uint8Array(1 + NONCE + data.length + TAG);
      sealed[0] = MARK;
      sealed.set(nonce, 1);
      sealed.set(aead.update(data), 1 + NONCE);
      sealed.set(aead.tag(), 1 + NONCE + data.length);
      return sealed;
    },
    open: (name, sealed) => {
      const length = sealed.length - 1 - NONCE - TAG;
      if (length < 0 || sealed[0] !== MARK) return undefined;
      const aead = engine.gcm(key, 'decrypt', sealed.subarray(1, 1 + NONCE), TAG);
      aead.updateAd(ad(name));
      const data = aead.update(sealed.subarray(1 + NONCE, 1 + NONCE + length));
      if (engine.equal(aead.tag(), sealed.subarray(1 + NONCE + length))) return data;
      data.fill(0);
      return undefined;
    },
  };
};
