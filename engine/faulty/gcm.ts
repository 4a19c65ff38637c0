/**
 * GCM (SP 800-38D 7) with a probe between its steps. `alg.gcm.h` is the hash subkey, visited once at each start;
 * `counter` each counter block before it is enciphered, the first of them J0, whose cipher hides the tag; `tag` the
 * whole tag of 16 bytes before it is shortened. `alg.gcm.compare` is in compare.ts.
 */

import type { AeadState, Direction, Engine } from '../engine.ts';
import { ownAesKey } from '../noble/aes-key.ts';
import { Ghash, GhashKey } from '../noble/ghash.ts';
import type { Probe } from '../probe.ts';
import { RoundCipher } from './aes.ts';
import { DisturbedCounter } from './counter.ts';

const BLOCK = 16;

/** J0 of 7.1 step 2. */
function firstCounterBlock(key: GhashKey, nonce: Uint8Array): Uint8Array {
  if (nonce.length === 12) {
    const block = new Uint8Array(BLOCK);
    block.set(nonce);
    block[BLOCK - 1] = 1;
    return block;
  }
  const hash = new Ghash(key);
  hash.update(nonce);
  return hash.finish(0, nonce.length);
}

function gcmState(
  cipher: RoundCipher,
  probe: Probe,
  direction: Direction,
  nonce: Uint8Array,
  tagLength: number,
): AeadState {
  const key = new GhashKey(probe.data('alg.gcm.h', cipher.encrypt(new Uint8Array(BLOCK))));
  const hash = new Ghash(key);
  const stream = new DisturbedCounter(cipher, probe, 'alg.gcm.counter', firstCounterBlock(key, nonce), 32);
  const mask = stream.apply(new Uint8Array(BLOCK));
  let adLength = 0;
  let length = 0;
  let inMessage = false;
  const wipe = () => {
    key.wipe();
    hash.wipe();
    stream.wipe();
    mask.fill(0);
    cipher.wipe();
  };
  return {
    updateAd: (data) => {
      if (inMessage) throw new Error('GCM: additional data after the message');
      hash.update(data);
      adLength += data.length;
    },
    update: (input) => {
      if (!inMessage) hash.pad();
      inMessage = true;
      length += input.length;
      const output = stream.apply(input);
      hash.update(direction === 'encrypt' ? output : input);
      return output;
    },
    tag: () => {
      const tag = hash.finish(adLength, length).map((value, i) => value ^ (mask[i] as number));
      wipe();
      return probe.data('alg.gcm.tag', tag).slice(0, tagLength);
    },
    wipe,
  };
}

export function faultyGcm(engine: Engine, probe: Probe): Pick<Engine, 'gcm'> {
  const steps = ['alg.aes', 'alg.gcm.h', 'alg.gcm.counter', 'alg.gcm.tag'];
  return {
    gcm: (key, direction, nonce, tagLength) => {
      if (!steps.some((point) => probe.wants(point)) || nonce.length === 0)
        return engine.gcm(key, direction, nonce, tagLength);
      return gcmState(new RoundCipher(ownAesKey(key).bytes, probe), probe, direction, nonce, tagLength);
    },
  };
}
