/** The unauthenticated modes of SP 800-38A with DES. Nobody ciphers much with it, so they are short and not fast. */

import type { CipherState, DesMode, Direction } from '../engine.ts';
import { BlockCipherState, type BlockRun, paddingFor } from './block-cipher.ts';
import { DES_BLOCK as BLOCK, type DesBlocks, type NobleDesKey } from './des-key.ts';

function xorInto(out: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) ^ (other[i] as number);
}

function ecb(cipher: DesBlocks): BlockRun {
  return (input, from, out, to, blocks) => out.set(cipher(input.subarray(from, from + blocks * BLOCK)), to);
}

/** 6.2; `chain` holds the last ciphertext block. */
function cbc(cipher: DesBlocks, direction: Direction, chain: Uint8Array): BlockRun {
  return (input, from, out, to, blocks) => {
    for (let done = 0; done < blocks * BLOCK; done += BLOCK) {
      const block = Uint8Array.from(input.subarray(from + done, from + done + BLOCK));
      let result: Uint8Array;
      if (direction === 'encrypt') {
        xorInto(block, chain);
        result = cipher(block);
        chain.set(result);
      } else {
        result = cipher(block);
        xorInto(result, chain);
        chain.set(block);
      }
      out.set(result, to + done);
    }
  };
}

/** What goes back into the register: CFB (6.3, segments of a block) the ciphertext, OFB (6.4) the pad. */
type Feedback = 'input' | 'output' | 'pad';

/** CFB and OFB: the register is ciphered into a pad, which is used byte by byte. */
class PadState implements CipherState {
  readonly pending = 0;
  readonly #cipher: DesBlocks;
  readonly #feedback: Feedback;
  readonly #register: Uint8Array;
  readonly #pad = new Uint8Array(BLOCK);
  #used = BLOCK;

  constructor(cipher: DesBlocks, feedback: Feedback, iv: Uint8Array) {
    this.#cipher = cipher;
    this.#feedback = feedback;
    this.#register = iv;
  }

  updateLength(inputLength: number): number {
    return inputLength;
  }

  update(input: Uint8Array): Uint8Array {
    return Uint8Array.from(input, (byte) => this.#next(byte));
  }

  finish(): Uint8Array {
    this.wipe();
    return new Uint8Array(0);
  }

  wipe(): void {
    this.#register.fill(0);
    this.#pad.fill(0);
  }

  #next(input: number): number {
    if (this.#used === BLOCK) {
      this.#pad.set(this.#cipher(this.#register));
      this.#used = 0;
    }
    const at = this.#used++;
    const pad = this.#pad[at] as number;
    const output = input ^ pad;
    this.#register[at] = { input, output, pad }[this.#feedback];
    return output;
  }
}

/** A fresh copy of the IV, which becomes the state's own. */
function ownIv(mode: DesMode, iv: Uint8Array | undefined): Uint8Array {
  if (mode === 'ecb' && iv === undefined) return new Uint8Array(0);
  if (mode === 'ecb' || iv?.length !== BLOCK) throw new RangeError(`${mode} with DES: no such IV`);
  return iv.slice();
}

export function startDesCipher(
  key: NobleDesKey,
  mode: DesMode,
  direction: Direction,
  givenIv: Uint8Array | undefined,
): CipherState {
  const iv = ownIv(mode, givenIv);
  const forward = key.blocks('encrypt');
  switch (mode) {
    case 'ecb':
      return new BlockCipherState(BLOCK, ecb(key.blocks(direction)), iv, 'none');
    case 'cbc':
      return new BlockCipherState(BLOCK, cbc(key.blocks(direction), direction, iv), iv, 'none');
    case 'cbc-pkcs7':
      return new BlockCipherState(
        BLOCK,
        cbc(key.blocks(direction), direction, iv),
        iv,
        paddingFor(direction),
      );
    case 'cfb':
      return new PadState(forward, direction === 'encrypt' ? 'output' : 'input', iv);
    case 'ofb':
      return new PadState(forward, 'pad', iv);
  }
}
