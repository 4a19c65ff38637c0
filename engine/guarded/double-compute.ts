/**
 * 'double-compute' for AES: every mode, CMAC and GCM run twice side by side, and what comes out of the two has to be the
 * same. Finds what hits one of them; a fault that lasts and does the same to both goes unseen. Costs twice the time.
 */

import type { AeadState, CipherState, Engine, MacState } from '../engine.ts';
import { equalBytes } from '../noble/bytes.ts';
import type { Guard } from './countermeasure.ts';
import { FaultDetected } from './fault-detected.ts';

type Output = Uint8Array | string;

const same = (a: Output, b: Output): boolean =>
  typeof a === 'string' || typeof b === 'string' ? a === b : equalBytes(a, b);

/** The first of two results that agree. */
function agreed<T extends Output>(first: T, second: T): T {
  if (!same(first, second)) throw new FaultDetected('two computations disagree');
  return first;
}

const doubleCipher = (a: CipherState, b: CipherState): CipherState => ({
  get pending() {
    return a.pending;
  },
  updateLength: (length) => a.updateLength(length),
  update: (input) => agreed(a.update(input), b.update(input)),
  finish: () => agreed(a.finish(), b.finish()),
  wipe: () => {
    a.wipe();
    b.wipe();
  },
});

const doubleAead = (a: AeadState, b: AeadState): AeadState => ({
  updateAd: (data) => {
    a.updateAd(data);
    b.updateAd(data);
  },
  update: (input) => agreed(a.update(input), b.update(input)),
  tag: () => agreed(a.tag(), b.tag()),
  wipe: () => {
    a.wipe();
    b.wipe();
  },
});

const doubleMac = (a: MacState, b: MacState): MacState => ({
  update: (data) => {
    a.update(data);
    b.update(data);
  },
  digest: () => agreed(a.digest(), b.digest()),
  wipe: () => {
    a.wipe();
    b.wipe();
  },
});

export function doubleCompute({ engine, has }: Guard): Pick<Engine, 'cipher' | 'cmac' | 'gcm'> {
  const { cipher, cmac, gcm } = engine;
  if (!has('double-compute')) return { cipher, cmac, gcm };
  return {
    cipher: (...given) => doubleCipher(cipher(...given), cipher(...given)),
    cmac: (key) => doubleMac(cmac(key), cmac(key)),
    gcm: (...given) => doubleAead(gcm(...given), gcm(...given)),
  };
}
