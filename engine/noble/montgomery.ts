/** ECDH on Curve25519 and Curve448 (RFC 7748 6); all strings are little-endian. */

import type { MontgomeryECDH } from '@noble/curves/abstract/montgomery.js';
import { x448 } from '@noble/curves/ed448.js';
import { x25519 } from '@noble/curves/ed25519.js';
import type { MontgomeryCurve, MontgomeryCurveName } from '../engine.ts';
import { clamp448, clamp25519 } from './clamp.ts';
import { lazy } from './lazy.ts';

class NobleMontgomeryCurve implements MontgomeryCurve {
  readonly name: MontgomeryCurveName;
  readonly bits: number;
  readonly byteLength: number;
  readonly #ecdh: MontgomeryECDH;
  readonly #clamp: (scalar: Uint8Array) => Uint8Array;

  constructor(name: MontgomeryCurveName) {
    this.name = name;
    const is25519 = name === 'x25519';
    this.bits = is25519 ? 255 : 448;
    this.byteLength = Math.ceil(this.bits / 8);
    this.#ecdh = is25519 ? x25519 : x448;
    this.#clamp = is25519 ? clamp25519 : clamp448;
  }

  clamp(privateKey: Uint8Array): Uint8Array {
    this.#checkPrivateKey(privateKey);
    return this.#clamp(privateKey.slice());
  }

  publicKey(privateKey: Uint8Array): Uint8Array {
    this.#checkPrivateKey(privateKey);
    return this.#ecdh.getPublicKey(privateKey);
  }

  /** The library throws at a peer of low order and at nothing else, the lengths being right. */
  ecdh(privateKey: Uint8Array, peer: Uint8Array): Uint8Array | undefined {
    this.#checkPrivateKey(privateKey);
    if (peer.length !== this.byteLength) return undefined;
    try {
      return this.#ecdh.getSharedSecret(privateKey, peer);
    } catch {
      return undefined;
    }
  }

  #checkPrivateKey(privateKey: Uint8Array): void {
    if (privateKey.length !== this.byteLength) throw new RangeError(`not a private key for ${this.name}`);
  }
}

export const montgomeryCurve = lazy(
  (name: MontgomeryCurveName): MontgomeryCurve => new NobleMontgomeryCurve(name),
);
