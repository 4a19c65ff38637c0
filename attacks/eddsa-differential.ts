/**
 * A differential fault on Ed25519 (RFC 8032): the same message signed twice has the same r, and a fault in the hash
 * H(R || A || M) makes S - S' = (h - h') * a (Romailler and Pelissier, "Practical Fault Attack against the Ed25519 and
 * EdDSA Signature Schemes", FDTC 2017). It gives the scalar a, not the seed that it was made of: enough to sign.
 */

import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { equalBytes, invert, mod } from './numbers.ts';

const { BASE, Fn } = ed25519.Point;
const LENGTH = 32;

/** Little-endian (5.1.2), modulo the order. */
const scalarOf = (bytes: Uint8Array): bigint =>
  Fn.create(bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n));

const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((p) => [...p]));

/** Every digest that differs in one bit. */
export function* oneBitAway(digest: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < 8 * digest.length; bit++) {
    const changed = digest.slice();
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    yield changed;
  }
}

export interface SignedMessage {
  readonly message: Uint8Array;
  /** R || S, 64 bytes. */
  readonly signature: Uint8Array;
}

/**
 * The secret scalar a, 0..L-1, from a right signature and a faulty one of the same message; undefined where there is
 * no such pair. `faults` gives the digests that may have been used instead of the right one: by default those of which
 * one bit is another.
 */
export const recoverEddsaScalar = (
  publicKey: Uint8Array,
  good: SignedMessage,
  faulty: Uint8Array,
  faults: (digest: Uint8Array) => Iterable<Uint8Array> = oneBitAway,
): bigint | undefined => {
  const r = good.signature.subarray(0, LENGTH);
  if (!equalBytes(r, faulty.subarray(0, LENGTH))) return undefined;
  const digest = sha512(join(r, publicKey, good.message));
  const h = scalarOf(digest);
  const difference = scalarOf(good.signature.subarray(LENGTH)) - scalarOf(faulty.subarray(LENGTH));
  for (const other of faults(digest)) {
    const step = mod(h - scalarOf(other), Fn.ORDER);
    if (step === 0n) continue;
    const a = mod(difference * invert(step, Fn.ORDER), Fn.ORDER);
    if (a !== 0n && equalBytes(BASE.multiply(a).toBytes(), publicKey)) return a;
  }
  return undefined;
};

/** A signature by the scalar alone; `secret` stands for the prefix that nobody recovered. */
export const signWithScalar = (
  scalar: bigint,
  publicKey: Uint8Array,
  message: Uint8Array,
  secret: Uint8Array,
): Uint8Array => {
  const r = scalarOf(sha512(join(secret, message)));
  const encoded = BASE.multiply(r).toBytes();
  const h = scalarOf(sha512(join(encoded, publicKey, message)));
  return join(encoded, Fn.toBytes(Fn.add(r, Fn.mul(h, scalar))));
};
