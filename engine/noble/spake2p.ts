/** SPAKE2+ (RFC 9383) on P-256, P-384 and P-521; their cofactor is 1. */

import type { RandomBytes } from '../engine.ts';
import type { Spake2p, Spake2pCurveName, Spake2pState, Spake2pSuite, Spake2pTranscript } from '../pake.ts';
import { bytesToInteger, concatBytes, equalBytes, integerToBytes } from './bytes.ts';
import { drawScalar, type Point, type PointType, parsePoint, parseScalar, pointType } from './points.ts';
import { confirm, deriveKeys, type Spake2pKeys } from './spake2p-keys.ts';
import { fixedPoints } from './spake2p-points.ts';
import { storeLE } from './words.ts';

/** 3.2: a key pair, or the verifier's half of it, where L stands for w1. */
interface Registration {
  readonly w0: bigint;
  readonly w1: bigint | Point;
}

interface Session {
  readonly peerShare: Uint8Array;
  readonly keys: Spake2pKeys;
}

interface KeyPair extends Registration {
  readonly w1: bigint;
}

function parseKeyPair(type: PointType, key: Uint8Array): KeyPair | undefined {
  const w0 = parseScalar(type, key.subarray(0, type.Fn.BYTES));
  const w1 = parseScalar(type, key.subarray(type.Fn.BYTES));
  return w0 === undefined || w1 === undefined ? undefined : { w0, w1 };
}

function parsePublicKey(type: PointType, key: Uint8Array): Registration | undefined {
  const w0 = parseScalar(type, key.subarray(0, type.Fn.BYTES));
  const l = parsePoint(type, key.subarray(type.Fn.BYTES));
  return w0 === undefined || l === undefined ? undefined : { w0, w1: l };
}

/** 3.3: every part after its length in eight bytes, little-endian. */
function prefixed(part: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  storeLE(length, 0, part.length);
  return concatBytes(length, part);
}

class NobleSpake2pState implements Spake2pState {
  readonly #suite: Spake2pSuite;
  readonly #isProver: boolean;
  readonly #Point: PointType;
  readonly #transcript: Spake2pTranscript;
  readonly #share: Uint8Array;
  #registration: Registration | undefined;
  /** x of the prover, y of the verifier. */
  #secret: bigint;
  /** From the peer's share on. */
  #session: Session | undefined;

  constructor(
    suite: Spake2pSuite,
    isProver: boolean,
    registration: Registration,
    transcript: Spake2pTranscript,
    random: RandomBytes,
  ) {
    this.#suite = suite;
    this.#isProver = isProver;
    this.#Point = pointType(suite.curve);
    this.#transcript = transcript;
    this.#registration = registration;
    this.#secret = drawScalar(this.#Point, random);
    const { m, n } = fixedPoints(suite.curve);
    const mask = (isProver ? m : n).multiply(registration.w0);
    this.#share = this.#Point.BASE.multiply(this.#secret).add(mask).toBytes(false);
  }

  share(): Uint8Array {
    return this.#share.slice();
  }

  /** 3.3: Z and V from the peer's share without its mask. */
  accept(share: Uint8Array): boolean {
    if (this.#registration === undefined || this.#session !== undefined) {
      throw new Error('SPAKE2+: one share, and before the end');
    }
    const { w0, w1 } = this.#registration;
    const { m, n } = fixedPoints(this.#suite.curve);
    const point = parsePoint(this.#Point, share);
    const bare = point?.subtract((this.#isProver ? n : m).multiply(w0));
    if (bare === undefined || bare.is0()) return false;
    const z = bare.multiply(this.#secret);
    const v = this.#v(w1, bare);
    const keys = deriveKeys(this.#suite, this.#encodeTranscript(share, w0, z, v));
    this.#session = { peerShare: share.slice(), keys };
    return true;
  }

  confirmation(): Uint8Array {
    const { peerShare, keys } = this.#begun();
    return confirm(this.#suite, this.#isProver ? keys.confirmP : keys.confirmV, peerShare);
  }

  confirms(confirmation: Uint8Array): boolean {
    const { keys } = this.#begun();
    const expected = confirm(this.#suite, this.#isProver ? keys.confirmV : keys.confirmP, this.#share);
    return equalBytes(confirmation, expected);
  }

  sharedKey(): Uint8Array {
    return this.#begun().keys.shared.slice();
  }

  wipe(): void {
    this.#secret = 0n;
    this.#registration = undefined;
    for (const key of Object.values(this.#session?.keys ?? {})) key.fill(0);
    this.#session = undefined;
  }

  /** w1 * (Y - w0 * N) of the prover, y * L of the verifier. */
  #v(w1: bigint | Point, bare: Point): Point {
    if (typeof w1 !== 'bigint') return w1.multiply(this.#secret);
    if (this.#isProver) return bare.multiply(w1);
    return this.#Point.BASE.multiply(this.#Point.Fn.mul(w1, this.#secret));
  }

  #begun(): Session {
    if (this.#session === undefined) throw new Error('SPAKE2+: no share accepted');
    return this.#session;
  }

  #encodeTranscript(peerShare: Uint8Array, w0: bigint, z: Point, v: Point): Uint8Array {
    const { prover, verifier, context } = this.#transcript;
    const { m, n } = fixedPoints(this.#suite.curve);
    const parts = [
      prover,
      verifier,
      m.toBytes(false),
      n.toBytes(false),
      this.#isProver ? this.#share : peerShare,
      this.#isProver ? peerShare : this.#share,
      z.toBytes(false),
      v.toBytes(false),
      integerToBytes(w0, this.#Point.Fn.BYTES),
    ];
    if (context !== undefined) parts.unshift(context);
    return concatBytes(...parts.map(prefixed));
  }
}

export const spake2p: Spake2p = {
  keyPair(curve, w0s, w1s) {
    const { Fn } = pointType(curve);
    const w0 = Fn.create(bytesToInteger(w0s));
    const w1 = Fn.create(bytesToInteger(w1s));
    return w0 === 0n || w1 === 0n ? undefined : concatBytes(Fn.toBytes(w0), Fn.toBytes(w1));
  },
  isKeyPair: (curve, key) => parseKeyPair(pointType(curve), key) !== undefined,
  isPublicKey: (curve, key) => parsePublicKey(pointType(curve), key) !== undefined,
  publicKey(curve: Spake2pCurveName, keyPair) {
    const type = pointType(curve);
    const registration = parseKeyPair(type, keyPair);
    if (registration === undefined) throw new RangeError('not a SPAKE2+ key pair');
    return concatBytes(
      keyPair.subarray(0, type.Fn.BYTES),
      type.BASE.multiply(registration.w1).toBytes(false),
    );
  },
  start(suite, role, key, transcript, random) {
    const type = pointType(suite.curve);
    const pair = parseKeyPair(type, key);
    const registration = pair ?? (role === 'verifier' ? parsePublicKey(type, key) : undefined);
    if (registration === undefined) throw new RangeError(`not a SPAKE2+ key for the ${role}`);
    return new NobleSpake2pState(suite, role === 'prover', registration, transcript, random);
  },
};
