/** SPAKE2+ against RFC 9383, its draft's version 02 (which Matter uses), and itself. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type {
  Spake2pCurveName,
  Spake2pState,
  Spake2pSuite,
  Spake2pTranscript,
} from '../../../engine/engine.ts';
import { pointType } from '../../../engine/noble/points.ts';
import { COMPRESSED } from '../../../engine/noble/spake2p-points.ts';
import { DRAFT02, RFC9383 } from './spake2p-vectors.ts';
import { ascii, bytes, engine, generator, hex, join, SEED } from './support.ts';

const { spake2p } = engine;
const CURVES = ['secp256r1', 'secp384r1', 'secp521r1'] as const;
const LENGTHS = { secp256r1: 32, secp384r1: 48, secp521r1: 66 } as const;

describe.each([...RFC9383, ...DRAFT02])('$context, $prover and $verifier', (vector) => {
  const { suite } = vector;
  const keyPair = bytes(vector.w0 + vector.w1);
  const publicKey = bytes(vector.w0 + vector.l);
  const transcript: Spake2pTranscript = {
    prover: ascii(vector.prover),
    verifier: ascii(vector.verifier),
    context: ascii(vector.context),
  };

  it('registers', () => {
    expect(spake2p.isKeyPair(suite.curve, keyPair)).toBe(true);
    expect(spake2p.isPublicKey(suite.curve, publicKey)).toBe(true);
    expect(spake2p.publicKey(suite.curve, keyPair)).toEqual(publicKey);
  });

  it('runs', () => {
    const verifierKey = suite.confirmation === 'matter' ? keyPair : publicKey;
    const prover = spake2p.start(suite, 'prover', keyPair, transcript, () => bytes(vector.x));
    const verifier = spake2p.start(suite, 'verifier', verifierKey, transcript, () => bytes(vector.y));
    expect(hex(prover.share())).toBe(vector.shareP);
    expect(hex(verifier.share())).toBe(vector.shareV);
    expect(verifier.accept(bytes(vector.shareP))).toBe(true);
    expect(prover.accept(bytes(vector.shareV))).toBe(true);
    expect(hex(verifier.confirmation())).toBe(vector.confirmV);
    expect(hex(prover.confirmation())).toBe(vector.confirmP);
    expect(prover.confirms(bytes(vector.confirmV))).toBe(true);
    expect(verifier.confirms(bytes(vector.confirmP))).toBe(true);
    expect([hex(prover.sharedKey()), hex(verifier.sharedKey())]).toEqual([vector.shared, vector.shared]);
  });
});

describe('the fixed points', () => {
  const SEEDS = {
    secp256r1: '1.2.840.10045.3.1.7',
    secp384r1: '1.3.132.0.34',
    secp521r1: '1.3.132.0.35',
  } as const;

  /** RFC 9383 appendix B: blocks of iterated SHA-256, until they are a compressed point. */
  function generated(curve: Spake2pCurveName, label: 'M' | 'N'): string {
    const type = pointType(curve);
    let block: Uint8Array = ascii(`${SEEDS[curve]} point generation seed (${label})`);
    const blocks: Uint8Array[] = [];
    for (let first = 0; first < 1000; first++) {
      while (32 * (blocks.length - first) < 1 + type.Fp.BYTES) {
        block = new Uint8Array(createHash('sha256').update(block).digest());
        blocks.push(block);
      }
      const encoded = join(...blocks.slice(first)).slice(0, 1 + type.Fp.BYTES);
      encoded[0] = ((encoded[0] ?? 0) & 1) | 2;
      try {
        return hex(type.fromBytes(encoded).toBytes(true));
      } catch {}
    }
    return 'none';
  }

  it.each(CURVES)('of %s come from their seeds', (curve) => {
    expect([generated(curve, 'M'), generated(curve, 'N')]).toEqual(COMPRESSED[curve]);
  });
});

/** Two parties of one registration, drawn at random. */
function registered(curve: Spake2pCurveName) {
  const random = generator();
  const length = LENGTHS[curve];
  const [w0s, w1s] = [random.bytes(length + 8), random.bytes(length + 8)];
  const keyPair = spake2p.keyPair(curve, w0s, w1s) ?? bytes('');
  const publicKey = spake2p.publicKey(curve, keyPair);
  const suite: Spake2pSuite = { curve, hash: 'sha256', confirmation: 'hmac' };
  const names: Spake2pTranscript = { prover: ascii('p'), verifier: ascii('v'), context: undefined };
  const meet = (one: Spake2pTranscript, other: Spake2pTranscript, verifierKey = publicKey) => {
    const prover = spake2p.start(suite, 'prover', keyPair, one, random.bytes);
    const verifier = spake2p.start(suite, 'verifier', verifierKey, other, random.bytes);
    expect(verifier.accept(prover.share())).toBe(true);
    expect(prover.accept(verifier.share())).toBe(true);
    return { prover, verifier };
  };
  return { random, length, w0s, w1s, keyPair, publicKey, suite, names, meet };
}

function agree({ prover, verifier }: { prover: Spake2pState; verifier: Spake2pState }): boolean {
  const agreed = prover.confirms(verifier.confirmation());
  expect(verifier.confirms(prover.confirmation())).toBe(agreed);
  expect(hex(prover.sharedKey()) === hex(verifier.sharedKey())).toBe(agreed);
  return agreed;
}

describe(`agreement, seed ${SEED}`, () => {
  const { random, w0s, names, meet } = registered('secp256r1');

  it('agrees on one transcript alone', () => {
    expect(agree(meet(names, { ...names, verifier: ascii('w') }))).toBe(false);
    expect(agree(meet(names, { ...names, prover: ascii('') }))).toBe(false);
    expect(agree(meet(names, { ...names, context: ascii('') }))).toBe(false);
    expect(agree(meet({ ...names, context: ascii('c') }, { ...names, context: ascii('c') }))).toBe(true);
  });

  it('agrees on one password alone', () => {
    const other = spake2p.keyPair('secp256r1', w0s, random.bytes(40)) ?? bytes('');
    expect(agree(meet(names, names, spake2p.publicKey('secp256r1', other)))).toBe(false);
  });
});

describe.each(CURVES)(`%s, seed ${SEED}`, (curve) => {
  const { random, length, w0s, w1s, keyPair, publicKey, suite, names, meet } = registered(curve);

  it('reduces w0s and w1s modulo the order', () => {
    const order = pointType(curve).Fn.ORDER;
    const reduced = [w0s, w1s].map((w) => (BigInt(`0x${hex(w)}`) % order).toString(16));
    expect(hex(keyPair)).toBe(reduced.map((w) => w.padStart(2 * length, '0')).join(''));
    const multiple = bytes((order * 5n).toString(16).padStart(2 * (length + 8), '0'));
    expect(spake2p.keyPair(curve, multiple, w1s)).toBeUndefined();
    expect(spake2p.keyPair(curve, w0s, multiple)).toBeUndefined();
  });

  it('agrees, whichever key the verifier has', () => {
    expect(agree(meet(names, names))).toBe(true);
    expect(agree(meet(names, names, keyPair))).toBe(true);
  });

  it('refuses what is no key', () => {
    const zero = new Uint8Array(length);
    const w0 = keyPair.subarray(0, length);
    for (const key of [
      bytes(''),
      w0,
      join(zero, w0),
      join(w0, zero),
      join(keyPair, bytes('00')),
      publicKey,
    ]) {
      expect(spake2p.isKeyPair(curve, key)).toBe(false);
      expect(() => spake2p.start(suite, 'prover', key, names, random.bytes)).toThrow(RangeError);
    }
    const off = publicKey.map((byte, i) => (i === publicKey.length - 1 ? byte ^ 1 : byte));
    for (const key of [
      bytes(''),
      keyPair,
      off,
      join(zero, publicKey.subarray(length)),
      publicKey.subarray(1),
    ]) {
      expect(spake2p.isPublicKey(curve, key)).toBe(false);
    }
    expect(() => spake2p.publicKey(curve, publicKey)).toThrow(RangeError);
  });

  it('refuses a share that is no point, or nothing but the mask', () => {
    const type = pointType(curve);
    const verifier = spake2p.start(suite, 'verifier', publicKey, names, random.bytes);
    const w0 = BigInt(`0x${hex(keyPair.subarray(0, length))}`);
    const mask = type.fromBytes(bytes(COMPRESSED[curve][0])).multiply(w0).toBytes(false);
    const share = spake2p.start(suite, 'prover', keyPair, names, random.bytes).share();
    const off = share.map((byte, i) => (i === 5 ? byte ^ 1 : byte));
    for (const each of [bytes(''), bytes('00'), off, mask, share.subarray(1)]) {
      expect(verifier.accept(each)).toBe(false);
    }
    expect(verifier.accept(share)).toBe(true);
  });

  it('throws on steps out of order, and after wipe', () => {
    const { prover, verifier } = meet(names, names);
    expect(() => prover.accept(verifier.share())).toThrow();
    prover.wipe();
    expect(() => prover.sharedKey()).toThrow();
    const fresh = spake2p.start(suite, 'prover', keyPair, names, random.bytes);
    expect(() => fresh.confirmation()).toThrow();
    expect(() => fresh.confirms(bytes(''))).toThrow();
    fresh.wipe();
    expect(() => fresh.accept(verifier.share())).toThrow();
  });
});
