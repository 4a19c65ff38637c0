/**
 * ECB, CBC, CTR (SP 800-38A) and CMAC (SP 800-38B) over rounds that can be disturbed. `alg.ctr.counter` is each counter
 * block before it is enciphered, `stale` leaves the counter where it was. CFB, OFB, CCM, XTS and key wrapping stay the
 * plain engine's.
 */

import type { CipherState, Direction, Engine, MacState } from '../engine.ts';
import { ownAesKey } from '../noble/aes-key.ts';
import { BlockCipherState, type BlockRun, paddingFor } from '../noble/block-cipher.ts';
import type { Probe } from '../probe.ts';
import { RoundCipher } from './aes.ts';
import { DisturbedCounter } from './counter.ts';

const BLOCK = 16;

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((value, i) => value ^ (b[i] as number));

/** `chain` holds the last ciphertext block; ECB has none. */
function blockRun(cipher: RoundCipher, direction: Direction, chain: Uint8Array | undefined): BlockRun {
  const one = (block: Uint8Array): Uint8Array => {
    if (direction === 'encrypt') {
      const output = cipher.encrypt(chain ? xor(block, chain) : block);
      chain?.set(output);
      return output;
    }
    const output = cipher.decrypt(block);
    if (chain === undefined) return output;
    const plain = xor(output, chain);
    chain.set(block);
    return plain;
  };
  return (input, from, out, to, blocks) => {
    for (let done = 0; done < blocks * BLOCK; done += BLOCK)
      out.set(one(input.slice(from + done, from + done + BLOCK)), to + done);
  };
}

/** The state of a stream, as many bytes out as in. */
function streamState(stream: DisturbedCounter, cipher: RoundCipher): CipherState {
  const wipe = () => {
    stream.wipe();
    cipher.wipe();
  };
  return {
    pending: 0,
    updateLength: (length) => length,
    update: (input) => stream.apply(input),
    finish: () => {
      wipe();
      return new Uint8Array(0);
    },
    wipe,
  };
}

/** SP 800-38B 6.1: multiplication by x. */
function double(block: Uint8Array): Uint8Array {
  const carry = (block[0] as number) >>> 7;
  return block.map(
    (value, i) => (value << 1) ^ ((block[i + 1] ?? 0) >>> 7) ^ (i === BLOCK - 1 ? 0x87 * carry : 0),
  );
}

/** SP 800-38B 6.2. The subkeys are enciphered like any block, and first. */
function cmacState(cipher: RoundCipher): MacState {
  const k1 = double(cipher.encrypt(new Uint8Array(BLOCK)));
  let chain: Uint8Array = new Uint8Array(BLOCK);
  let held: Uint8Array = new Uint8Array(0);
  const wipe = () => {
    for (const secret of [k1, chain, held]) secret.fill(0);
    cipher.wipe();
  };
  return {
    update: (data) => {
      const bytes = new Uint8Array(held.length + data.length);
      bytes.set(held);
      bytes.set(data, held.length);
      let at = 0;
      for (; bytes.length - at > BLOCK; at += BLOCK)
        chain = cipher.encrypt(xor(chain, bytes.subarray(at, at + BLOCK)));
      held = bytes.slice(at);
    },
    digest: () => {
      const last = new Uint8Array(BLOCK);
      last.set(held);
      if (held.length < BLOCK) last[held.length] = 0x80;
      const mac = cipher.encrypt(xor(xor(last, chain), held.length < BLOCK ? double(k1) : k1));
      wipe();
      return mac;
    },
    wipe,
  };
}

const BLOCK_MODES: readonly string[] = ['ecb', 'cbc', 'cbc-pkcs7'];

export function faultyAes(engine: Engine, probe: Probe): Pick<Engine, 'cipher' | 'cmac'> {
  return {
    cipher: (key, mode, direction, iv) => {
      const rounds = probe.wants('alg.aes');
      if (mode === 'ctr' && iv?.length === BLOCK && (rounds || probe.wants('alg.ctr'))) {
        const cipher = new RoundCipher(ownAesKey(key).bytes, probe);
        return streamState(new DisturbedCounter(cipher, probe, 'alg.ctr.counter', iv, 128), cipher);
      }
      const hasIv = iv?.length === (mode === 'ecb' ? undefined : BLOCK);
      if (!rounds || !hasIv || !BLOCK_MODES.includes(mode)) return engine.cipher(key, mode, direction, iv);
      const chain = iv?.slice();
      const run = blockRun(new RoundCipher(ownAesKey(key).bytes, probe), direction, chain);
      const padding = mode === 'cbc-pkcs7' ? paddingFor(direction) : 'none';
      return new BlockCipherState(BLOCK, run, chain ?? new Uint8Array(0), padding);
    },
    cmac: (key) =>
      probe.wants('alg.aes') ? cmacState(new RoundCipher(ownAesKey(key).bytes, probe)) : engine.cmac(key),
  };
}
