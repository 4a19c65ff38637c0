/** ChaCha20-Poly1305 (RFC 8439 2.8) and XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 2). */

import { poly1305 } from '@noble/ciphers/_poly1305.js';
import type { AeadState, CipherState, Direction, StreamCipherName } from '../engine.ts';
import { startStreamCipher } from './chacha.ts';
import { storeLE } from './words.ts';

const NONCE_LENGTHS = { chacha20: 12, xchacha20: 24 } as const;
const CHACHA_BLOCK = 64;
const POLY_BLOCK = 16;

type Poly1305 = ReturnType<typeof poly1305.create>;

/** The one-time key is the first half of the keystream's first block; the message begins with the second. */
function oneTimeMac(stream: CipherState): Poly1305 {
  const block = stream.update(new Uint8Array(CHACHA_BLOCK));
  const mac = poly1305.create(block.subarray(0, 32));
  block.fill(0);
  return mac;
}

function storeLength(block: Uint8Array, at: number, length: number): void {
  storeLE(block, at, length);
  storeLE(block, at + 4, Math.floor(length / 2 ** 32));
}

export class ChachaPolyState implements AeadState {
  readonly #encrypting: boolean;
  readonly #stream: CipherState;
  readonly #mac: Poly1305;
  #inMessage = false;
  #adLength = 0;
  #length = 0;

  constructor(name: StreamCipherName, key: Uint8Array, direction: Direction, nonce: Uint8Array) {
    if (nonce.length !== NONCE_LENGTHS[name]) {
      throw new RangeError(`${name} with Poly1305 takes no nonce of ${nonce.length} bytes`);
    }
    this.#encrypting = direction === 'encrypt';
    this.#stream = startStreamCipher(name, key, nonce);
    this.#mac = oneTimeMac(this.#stream);
  }

  updateAd(data: Uint8Array): void {
    if (this.#inMessage) throw new Error('ChaCha20-Poly1305: additional data after the message');
    this.#mac.update(data);
    this.#adLength += data.length;
  }

  update(input: Uint8Array): Uint8Array {
    this.#endAd();
    const output = this.#stream.update(input);
    this.#mac.update(this.#encrypting ? output : input);
    this.#length += input.length;
    return output;
  }

  tag(): Uint8Array {
    this.#endAd();
    this.#pad(this.#length);
    const lengths = new Uint8Array(POLY_BLOCK);
    storeLength(lengths, 0, this.#adLength);
    storeLength(lengths, 8, this.#length);
    const tag = this.#mac.update(lengths).digest();
    this.wipe();
    return tag;
  }

  wipe(): void {
    this.#stream.wipe();
    this.#mac.destroy();
  }

  #endAd(): void {
    if (this.#inMessage) return;
    this.#inMessage = true;
    this.#pad(this.#adLength);
  }

  /** RFC 8439 2.8.1: zeros up to a whole block of 16 bytes. */
  #pad(length: number): void {
    const partial = length % POLY_BLOCK;
    if (partial > 0) this.#mac.update(new Uint8Array(POLY_BLOCK - partial));
  }
}
