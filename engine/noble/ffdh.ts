/** Finite field Diffie-Hellman (SP 800-56A 5.7.1.1) in the groups of RFC 7919. */

import type { FfdhGroup, FfdhGroupName, Long, RandomBytes } from '../engine.ts';
import { bytesToInteger, integerToBytes } from './bytes.ts';
import { lazy } from './lazy.ts';
import { drain } from './long.ts';
import { modPowLong } from './modpow.ts';

const GENERATOR = 2n;

/** A generator that never gives a usable exponent in so many draws is broken, by chance or by a fault. */
const MAX_DRAWS = 256;

/** RFC 7919 appendix A: the X that makes p = 2^b - 2^(b-64) + ([2^(b-130) e] + X) 2^64 - 1 a safe prime. */
const OFFSETS: Readonly<Record<FfdhGroupName, readonly [bits: number, x: bigint]>> = {
  ffdhe2048: [2048, 560316n],
  ffdhe3072: [3072, 2625351n],
  ffdhe4096: [4096, 5736041n],
  ffdhe6144: [6144, 15705020n],
  ffdhe8192: [8192, 10965728n],
};

/** [2^bits e], the sum of 1/k! with 64 bits to spare for what its terms lose. */
function scaledE(bits: number): bigint {
  let sum = 0n;
  let term = 1n << BigInt(bits + 64);
  for (let k = 1n; term > 0n; k++) {
    sum += term;
    term /= k;
  }
  return sum >> 64n;
}

function modulus(bits: number, x: bigint): bigint {
  const b = BigInt(bits);
  return (1n << b) - (1n << (b - 64n)) + ((scaledE(bits - 130) + x) << 64n) - 1n;
}

class NobleFfdhGroup implements FfdhGroup {
  readonly name: FfdhGroupName;
  readonly bits: number;
  readonly byteLength: number;
  readonly #p: bigint;

  constructor(name: FfdhGroupName) {
    const [bits, x] = OFFSETS[name];
    this.name = name;
    this.bits = bits;
    this.byteLength = bits / 8;
    this.#p = modulus(bits, x);
  }

  generate(random: RandomBytes): Uint8Array {
    for (let draw = 0; draw < MAX_DRAWS; draw++) {
      const bytes = random(this.byteLength);
      if (this.isPrivateKey(bytes)) return bytes;
    }
    throw new Error(`no exponent for ${this.name} in ${MAX_DRAWS} draws`);
  }

  isPrivateKey(privateKey: Uint8Array): boolean {
    if (privateKey.length !== this.byteLength) return false;
    const x = bytesToInteger(privateKey);
    return x >= 1n && x < this.#p;
  }

  isPublicKey(publicKey: Uint8Array): boolean {
    return this.#parseElement(publicKey) !== undefined;
  }

  publicKey(privateKey: Uint8Array): Uint8Array {
    return drain(this.publicKeyLong(privateKey));
  }

  *publicKeyLong(privateKey: Uint8Array): Long<Uint8Array> {
    const y = yield* modPowLong(GENERATOR, this.#parseExponent(privateKey), this.#p);
    return integerToBytes(y, this.byteLength);
  }

  agree(privateKey: Uint8Array, peer: Uint8Array): Uint8Array | undefined {
    return drain(this.agreeLong(privateKey, peer));
  }

  /** SP 800-56A 5.7.1.1: Z is neither 1 nor p - 1. */
  *agreeLong(privateKey: Uint8Array, peer: Uint8Array): Long<Uint8Array | undefined> {
    const x = this.#parseExponent(privateKey);
    const y = this.#parseElement(peer);
    if (y === undefined) return undefined;
    const z = yield* modPowLong(y, x, this.#p);
    return this.#isElement(z) ? integerToBytes(z, this.byteLength) : undefined;
  }

  #parseExponent(privateKey: Uint8Array): bigint {
    if (!this.isPrivateKey(privateKey)) throw new RangeError(`not a private key for ${this.name}`);
    return bytesToInteger(privateKey);
  }

  /** SP 800-56A 5.6.2.3.1 step 1; in a safe prime group there is no small subgroup but 1 and p - 1. */
  #isElement(y: bigint): boolean {
    return y >= 2n && y <= this.#p - 2n;
  }

  #parseElement(bytes: Uint8Array): bigint | undefined {
    if (bytes.length !== this.byteLength) return undefined;
    const y = bytesToInteger(bytes);
    return this.#isElement(y) ? y : undefined;
  }
}

export const ffdhGroup = lazy((name: FfdhGroupName): FfdhGroup => new NobleFfdhGroup(name));
