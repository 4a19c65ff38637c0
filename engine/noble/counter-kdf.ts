/** Key derivation in counter mode (SP 800-108r1 4.1), counter and length of 32 bits, big-endian. */

import { BlockStream, type Prf } from './block-stream.ts';
import { concatBytes } from './bytes.ts';
import { storeBE } from './words.ts';

/** Above it the length in bits does not fit [L]_4. */
const MAX_OUTPUT = 2 ** 29 - 1;

/** Label || 0x00 || Context || [L]_4, with the length that the whole stream will have. */
function fixedInput(label: Uint8Array, context: Uint8Array, outputLength: number): Uint8Array {
  if (outputLength > MAX_OUTPUT) throw new RangeError(`counter KDF: ${outputLength} bytes are too many`);
  const bits = new Uint8Array(4);
  storeBE(bits, 0, 8 * outputLength);
  return concatBytes(label, Uint8Array.of(0), context, bits);
}

/** K(i) = PRF(K_IN, [i]_4 || fixed input), with CMAC followed by K(0). */
export class CounterKdf extends BlockStream {
  readonly #input: Uint8Array;
  readonly #counter = new Uint8Array(4);
  #blocks = 0;

  constructor(prf: Prf, input: Uint8Array) {
    super(prf);
    this.#input = input;
  }

  static ofHmac(prf: Prf, label: Uint8Array, context: Uint8Array, outputLength: number): CounterKdf {
    return new CounterKdf(prf, fixedInput(label, context, outputLength));
  }

  /** Behind it K(0) = CMAC(K_IN, fixed input), the standard's remedy against a party that steers the output. */
  static ofCmac(prf: Prf, label: Uint8Array, context: Uint8Array, outputLength: number): CounterKdf {
    const fixed = fixedInput(label, context, outputLength);
    const k0 = new Uint8Array(prf.outputLength);
    prf.macInto(k0, fixed);
    return new CounterKdf(prf, concatBytes(fixed, k0));
  }

  protected override next(): undefined {
    this.#blocks += 1;
    storeBE(this.#counter, 0, this.#blocks);
    this.prf.macInto(this.block, this.#counter, this.#input);
  }

  override wipe(): void {
    super.wipe();
    this.#input.fill(0);
  }
}
