/**
 * Password-authenticated key exchange: the arithmetic of one party, step by step. A wrong order of steps is the
 * caller's error and throws; what comes from the peer is answered with `false`.
 */

import type { CurveName, HashName, RandomBytes } from './engine.ts';

/** One of a party's three elements with its proof: points uncompressed, the proof a scalar of the order's length. */
export interface JpakeShare {
  readonly keyShare: Uint8Array;
  /** V of RFC 8235. */
  readonly zkPublic: Uint8Array;
  /** r of RFC 8235; from a peer it may be shorter. */
  readonly zkProof: Uint8Array;
}

export interface JpakeParty {
  readonly curve: CurveName;
  readonly hash: HashName;
  /** The identities in one's own proofs and in the peer's. */
  readonly user: Uint8Array;
  readonly peer: Uint8Array;
}

/** J-PAKE of RFC 8236. The third share of either party needs the first two of both. */
export interface JpakeState {
  /** One's next share: g1, g2, then A. Drawn are a secret and then the proof's own, for A the latter alone. */
  share(): JpakeShare;
  /** The peer's next share: g3, g4, then B. false: no points of the curve, or the proof is wrong. */
  accept(share: JpakeShare): boolean;
  /** K as an uncompressed point, after three shares accepted; undefined: it is infinity. */
  sharedKey(): Uint8Array | undefined;
  wipe(): void;
}

/** RFC 9383 has fixed points for these. */
export type Spake2pCurveName = 'secp256r1' | 'secp384r1' | 'secp521r1';

export interface Spake2pSuite {
  readonly curve: Spake2pCurveName;
  readonly hash: HashName;
  /** 'hmac' and 'cmac' (AES-128) of RFC 9383 4; 'matter' is the key schedule of the draft's version 02, with HMAC. */
  readonly confirmation: 'hmac' | 'cmac' | 'matter';
}

/** What both parties put into the transcript. Without a context, its length is absent too. */
export interface Spake2pTranscript {
  readonly prover: Uint8Array;
  readonly verifier: Uint8Array;
  readonly context: Uint8Array | undefined;
}

/** One party of SPAKE2+ (RFC 9383). */
export interface Spake2pState {
  /** One's own share, an uncompressed point; always the same. */
  share(): Uint8Array;
  /** The peer's share, once. false: no point of the curve, or one that leaves no secret. */
  accept(share: Uint8Array): boolean;
  /** One's own confirmation, after a share accepted. */
  confirmation(): Uint8Array;
  /** The peer's confirmation, after a share accepted. */
  confirms(confirmation: Uint8Array): boolean;
  /** K_shared, or Ke of the draft, after a share accepted. */
  sharedKey(): Uint8Array;
  wipe(): void;
}

/**
 * SPAKE2+ (RFC 9383). A key pair is w0 || w1, scalars of the order's length in 1..n-1; a public key, the
 * verifier's, is w0 || L, with L = w1 * P as an uncompressed point.
 */
export interface Spake2p {
  /** RFC 9383 3.2: w0s and w1s, each 8 bytes longer than the order, modulo the order. undefined: one of them is 0. */
  keyPair(curve: Spake2pCurveName, w0s: Uint8Array, w1s: Uint8Array): Uint8Array | undefined;
  isKeyPair(curve: Spake2pCurveName, key: Uint8Array): boolean;
  isPublicKey(curve: Spake2pCurveName, key: Uint8Array): boolean;
  publicKey(curve: Spake2pCurveName, keyPair: Uint8Array): Uint8Array;
  /** The prover's key is a key pair, the verifier's may be either. One scalar is drawn. */
  start(
    suite: Spake2pSuite,
    role: 'prover' | 'verifier',
    key: Uint8Array,
    transcript: Spake2pTranscript,
    random: RandomBytes,
  ): Spake2pState;
}
