/**
 * EdDSA (RFC 8032) on Edwards25519 and Edwards448. The library's prehashing variants hash the message
 * themselves; those here are given PH(M).
 */

import { type EdDSA, type EdwardsPointCons, eddsa } from '@noble/curves/abstract/edwards.js';
import { ed448 } from '@noble/curves/ed448.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { shake256 } from '@noble/hashes/sha3.js';
import type { EddsaOptions, EdwardsCurve, EdwardsCurveName } from '../engine.ts';
import { concatBytes } from './bytes.ts';
import { clamp448, clamp25519 } from './clamp.ts';
import { checkContext, dom2, dom4, EDDSA_SCHEMES, signHedged } from './eddsa-steps.ts';
import { lazy } from './lazy.ts';

interface Variants {
  /** Without a context. */
  readonly pure: EdDSA;
  readonly context: EdDSA;
  readonly prehashed: EdDSA;
}

const given = (hash: Uint8Array): Uint8Array => hash;

/** As the library asks for it. */
const before =
  (prefix: (context: Uint8Array, flag: boolean) => Uint8Array) =>
  (data: Uint8Array, context: Uint8Array, flag: boolean) =>
    concatBytes(prefix(context, flag), data);

function variants25519(): Variants {
  const options = { adjustScalarBytes: clamp25519, domain: before(dom2) };
  return {
    pure: ed25519,
    context: eddsa(ed25519.Point, sha512, options),
    prehashed: eddsa(ed25519.Point, sha512, { ...options, prehash: given }),
  };
}

function variants448(): Variants {
  const options = { adjustScalarBytes: clamp448, domain: before(dom4), prehash: given };
  const hash = (data: Uint8Array) => shake256(data, { dkLen: 114 });
  return { pure: ed448, context: ed448, prehashed: eddsa(ed448.Point, hash, options) };
}

class NobleEdwardsCurve implements EdwardsCurve {
  readonly name: EdwardsCurveName;
  readonly bits: number;
  readonly byteLength: number;
  readonly #Point: EdwardsPointCons;
  readonly #variants: Variants;

  constructor(name: EdwardsCurveName) {
    this.name = name;
    this.bits = name === 'ed25519' ? 255 : 448;
    this.byteLength = name === 'ed25519' ? 32 : 57;
    this.#Point = name === 'ed25519' ? ed25519.Point : ed448.Point;
    this.#variants = name === 'ed25519' ? variants25519() : variants448();
  }

  isPublicKey(publicKey: Uint8Array): boolean {
    if (publicKey.length !== this.byteLength) return false;
    try {
      this.#Point.fromBytes(publicKey);
      return true;
    } catch {
      return false;
    }
  }

  publicKey(privateKey: Uint8Array): Uint8Array {
    this.#checkPrivateKey(privateKey);
    return this.#variants.pure.getPublicKey(privateKey);
  }

  sign(privateKey: Uint8Array, message: Uint8Array, options: EddsaOptions = {}): Uint8Array {
    this.#checkPrivateKey(privateKey);
    if (options.noise !== undefined)
      return signHedged(EDDSA_SCHEMES[this.name], privateKey, message, options);
    return this.#variant(options).sign(message, privateKey, contextOf(options));
  }

  /** Strict: reduced encodings (5.1.3, 5.2.3) and S below the order (5.1.7, 5.2.7). */
  verify(
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
    options: EddsaOptions = {},
  ): boolean {
    if (publicKey.length !== this.byteLength || signature.length !== 2 * this.byteLength) return false;
    const rules = { ...contextOf(options), zip215: false };
    return this.#variant(options).verify(signature, message, publicKey, rules);
  }

  #variant({ context, prehashed = false }: EddsaOptions): EdDSA {
    if (prehashed) return this.#variants.prehashed;
    return context === undefined ? this.#variants.pure : this.#variants.context;
  }

  #checkPrivateKey(privateKey: Uint8Array): void {
    if (privateKey.length !== this.byteLength) throw new RangeError(`not a private key for ${this.name}`);
  }
}

function contextOf({ context }: EddsaOptions): { context?: Uint8Array } {
  if (context === undefined) return {};
  checkContext(context);
  return { context };
}

export const edwardsCurve = lazy((name: EdwardsCurveName): EdwardsCurve => new NobleEdwardsCurve(name));
