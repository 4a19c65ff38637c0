/**
 * J-PAKE (RFC 8236) over a short Weierstrass curve, with the Schnorr proofs of RFC 8235. Points and identities go
 * into the hash of a proof each after its length in four bytes, as in draft-cragie-tls-ecjpake-01, which Thread
 * uses.
 */

import type { JpakeParty, JpakeShare, JpakeState, RandomBytes } from '../engine.ts';
import { bytesToInteger, concatBytes, integerToBytes } from './bytes.ts';
import { digest } from './hashes.ts';
import { drawScalar, type Point, type PointType, parsePoint, pointType } from './points.ts';
import { storeBE } from './words.ts';

function prefixed(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  storeBE(length, 0, bytes.length);
  return concatBytes(length, bytes);
}

class NobleJpakeState implements JpakeState {
  readonly #party: JpakeParty;
  readonly #Point: PointType;
  readonly #random: RandomBytes;
  /** The password as a scalar. */
  #s: bigint;
  /** x1, x2, and x2 * s. */
  #secrets: bigint[] = [];
  /** G1, G2, A; and G3, G4, B. */
  readonly #own: Point[] = [];
  readonly #peer: Point[] = [];

  constructor(party: JpakeParty, s: bigint, random: RandomBytes) {
    this.#party = party;
    this.#Point = pointType(party.curve);
    this.#s = s;
    this.#random = random;
  }

  share(): JpakeShare {
    if (this.#own.length > 2) throw new Error('J-PAKE: there are three shares');
    const isLast = this.#own.length === 2;
    const base = isLast ? this.#sum('own') : this.#Point.BASE;
    const x = isLast ? this.#blindedPassword() : drawScalar(this.#Point, this.#random);
    const element = base.multiply(x);
    this.#secrets.push(x);
    this.#own.push(element);
    return this.#prove(base, x, element);
  }

  accept({ keyShare, zkPublic, zkProof }: JpakeShare): boolean {
    if (this.#peer.length > 2) throw new Error('J-PAKE: there are three shares');
    const base = this.#peer.length === 2 ? this.#sum('peer') : this.#Point.BASE;
    const element = parsePoint(this.#Point, keyShare);
    const v = parsePoint(this.#Point, zkPublic);
    if (element === undefined || v === undefined) return false;
    if (!this.#verify(base, element, v, zkProof)) return false;
    this.#peer.push(element);
    return true;
  }

  /** RFC 8236 3.2: K = (B - G4 * x2 * s) * x2. */
  sharedKey(): Uint8Array | undefined {
    const [, x2] = this.#secrets;
    const [, g4, b] = this.#peer;
    if (x2 === undefined || g4 === undefined || b === undefined) throw new Error('J-PAKE: not at its end');
    const blinded = b.subtract(g4.multiply(this.#blindedPassword()));
    return blinded.is0() ? undefined : blinded.multiply(x2).toBytes(false);
  }

  /** A BigInt cannot be overwritten: all there is to do is to let go of it. */
  wipe(): void {
    this.#s = 0n;
    this.#secrets = [];
  }

  #blindedPassword(): bigint {
    const x2 = this.#secrets[1];
    if (x2 === undefined) throw new Error('J-PAKE: no second share yet');
    return this.#Point.Fn.mul(x2, this.#s);
  }

  /** The base of a third share: G1 + G3 + G4 for one's own, G1 + G2 + G3 for the peer's. */
  #sum(side: 'own' | 'peer'): Point {
    const [g1, g2] = this.#own;
    const [g3, g4] = this.#peer;
    const last = side === 'own' ? g4 : g2;
    if (g1 === undefined || g3 === undefined || last === undefined) {
      throw new Error('J-PAKE: the third share needs the first two of both');
    }
    return g1.add(g3).add(last);
  }

  /** RFC 8235 3.2: V = G * v, r = v - x * c. */
  #prove(base: Point, x: bigint, element: Point): JpakeShare {
    const { Fn } = this.#Point;
    const v = drawScalar(this.#Point, this.#random);
    const vPoint = base.multiply(v);
    const c = this.#challenge(base, vPoint, element, this.#party.user);
    return {
      keyShare: element.toBytes(false),
      zkPublic: vPoint.toBytes(false),
      zkProof: integerToBytes(Fn.sub(v, Fn.mul(x, c)), Fn.BYTES),
    };
  }

  /** RFC 8235 3.2: V = G * r + X * c. */
  #verify(base: Point, element: Point, v: Point, zkProof: Uint8Array): boolean {
    const { Fn } = this.#Point;
    const r = bytesToInteger(zkProof);
    if (zkProof.length === 0 || zkProof.length > Fn.BYTES || !Fn.isValid(r) || base.is0()) return false;
    const c = this.#challenge(base, v, element, this.#party.peer);
    return base.multiplyUnsafe(r).add(element.multiplyUnsafe(c)).equals(v);
  }

  #challenge(base: Point, v: Point, element: Point, identity: Uint8Array): bigint {
    const points = [base, v, element].map((point) => prefixed(point.toBytes(false)));
    const c = bytesToInteger(digest(this.#party.hash, ...points, prefixed(identity)));
    return this.#Point.Fn.create(c);
  }
}

/** Undefined when the password is a multiple of the order. */
export function startJpake(
  party: JpakeParty,
  password: Uint8Array,
  random: RandomBytes,
): JpakeState | undefined {
  const s = pointType(party.curve).Fn.create(bytesToInteger(password));
  return s === 0n ? undefined : new NobleJpakeState(party, s, random);
}
