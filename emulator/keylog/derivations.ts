/** Key derivations as they are put together: what TLS derives with them, through PSA's own functions or HMAC alone. */
import { concat } from '../../psa-api/bytes.ts';
import {
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_DERIVATION_INPUT_SEED,
} from '../../psa-api/constants.ts';
import { BoundedMap } from './bounded-map.ts';
import { parseHkdfLabel } from './hkdf-label.ts';
import type { Secrets } from './secrets.ts';

interface Derivation {
  readonly inputs: Map<number, Uint8Array>;
  /** What came out first, up to the longest secret there is. */
  output: Uint8Array;
  /** Some of the stream went into a comparison instead. */
  isBroken: boolean;
}

interface Mac {
  readonly key: Uint8Array;
  input: Uint8Array;
}

const LONGEST_SECRET = 64;
/** The block number that ends the first block of HKDF-Expand (RFC 5869 2.3). */
const FIRST_BLOCK = 1;
const KEY_EXPANSION = new TextEncoder().encode('key expansion');
const PAIR_OF_RANDOMS = 64;
/** HkdfLabel at its longest, and the block number. */
const LONGEST_INPUT = 2 + 256 + 256 + 1;
const KEPT = 1024;

const NONE = new Uint8Array(0);

export class Derivations {
  readonly #secrets: Secrets;
  readonly #open = new BoundedMap<number, Derivation>(KEPT);
  readonly #macs = new BoundedMap<number, Mac>(KEPT);

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  begin(operation: number): void {
    this.#open.set(operation, { inputs: new Map(), output: NONE, isBroken: false });
  }

  input(operation: number, step: number, data: Uint8Array): void {
    this.#open.get(operation)?.inputs.set(step, data.slice());
  }

  output(connection: number, operation: number, bytes: Uint8Array): void {
    const derivation = this.#open.get(operation);
    if (derivation === undefined || derivation.isBroken || derivation.output.length >= LONGEST_SECRET) return;
    derivation.output = concat(derivation.output, bytes.subarray(0, LONGEST_SECRET));
    const { inputs, output } = derivation;
    const label = parseHkdfLabel(inputs.get(PSA_KEY_DERIVATION_INPUT_INFO) ?? NONE);
    if (label !== undefined) this.#secrets.expanded(connection, label, output);
    const [prf, seed, secret = NONE] = [
      inputs.get(PSA_KEY_DERIVATION_INPUT_LABEL),
      inputs.get(PSA_KEY_DERIVATION_INPUT_SEED),
      inputs.get(PSA_KEY_DERIVATION_INPUT_SECRET),
    ];
    if (prf !== undefined && seed !== undefined)
      this.#secrets.prf(connection, Buffer.from(prf).toString('latin1'), seed, secret, output);
  }

  /** A comparison has used some of what would have come out. */
  compare(operation: number): void {
    const derivation = this.#open.get(operation);
    if (derivation !== undefined) derivation.isBroken = true;
  }

  beginMac(operation: number, key: Uint8Array): void {
    this.#macs.set(operation, { key: key.slice(), input: NONE });
  }

  updateMac(operation: number, input: Uint8Array): void {
    const mac = this.#macs.get(operation);
    if (mac !== undefined && mac.input.length <= LONGEST_INPUT)
      mac.input = concat(mac.input, input.subarray(0, LONGEST_INPUT + 1));
  }

  endMac(connection: number, operation: number, output: Uint8Array): void {
    const mac = this.#macs.get(operation);
    this.#macs.delete(operation);
    if (mac !== undefined) this.mac(connection, mac.key, mac.input, output);
  }

  /**
   * HMAC by itself: stacks that put HKDF-Expand and the PRF together from it. A secret of TLS 1.3 is one block; of TLS
   * 1.2 the first step of the key expansion has all there is to know.
   */
  mac(connection: number, key: Uint8Array, input: Uint8Array, output: Uint8Array): void {
    if (input.length > LONGEST_INPUT) return;
    const label = input.at(-1) === FIRST_BLOCK ? parseHkdfLabel(input.subarray(0, -1)) : undefined;
    if (label !== undefined) this.#secrets.expanded(connection, label, output);
    const seed = input.subarray(KEY_EXPANSION.length);
    if (seed.length === PAIR_OF_RANDOMS && KEY_EXPANSION.every((byte, i) => input[i] === byte))
      this.#secrets.prf(connection, 'key expansion', seed, key, NONE);
  }
}
