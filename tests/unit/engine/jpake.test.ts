/** J-PAKE: both parties against each other, and the transcript of a handshake over P-256 made by Mbed TLS. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CurveName, HashName, JpakeShare, JpakeState, RandomBytes } from '../../../engine/engine.ts';
import {
  CLIENT_ONE,
  CLIENT_TWO,
  PASSWORD,
  PREMASTER,
  parseShares,
  SERVER_ONE,
  SERVER_TWO,
  SHARED_KEY,
  X1,
  X2,
  X3,
  X4,
} from './jpake-vectors.ts';
import { ascii, bytes, engine, generator, hex, SEED } from './support.ts';

function start(
  user: string,
  peer: string,
  random: RandomBytes,
  { curve = 'secp256r1', hash = 'sha256' }: { curve?: CurveName; hash?: HashName } = {},
  password = PASSWORD,
): JpakeState {
  const state = engine.jpake({ curve, hash, user: ascii(user), peer: ascii(peer) }, password, random);
  if (state === undefined) throw new Error('no state');
  return state;
}

function accepts(state: JpakeState, shares: readonly JpakeShare[]): boolean[] {
  return shares.map((share) => state.accept(share));
}

describe('the reference handshake of Mbed TLS', () => {
  /** Secrets in the order in which they are drawn, anything for those of the proofs. */
  const drawing = (first: string, second: string): RandomBytes => {
    const proofs = generator();
    const draws = [bytes(first), proofs.bytes(32), bytes(second), proofs.bytes(32)];
    return (length) => draws.shift() ?? proofs.bytes(length);
  };

  it.each([
    ['client', 'server', X1, X2, CLIENT_ONE, CLIENT_TWO, SERVER_ONE, SERVER_TWO],
    ['server', 'client', X3, X4, SERVER_ONE, SERVER_TWO, CLIENT_ONE, CLIENT_TWO],
  ])('as %s', (user, peer, first, second, ownOne, ownTwo, peerOne, peerTwo) => {
    const state = start(user, peer, drawing(first, second));
    const own = [...parseShares(ownOne), ...parseShares(ownTwo)];
    const keyShares = [state.share(), state.share()];
    expect(accepts(state, parseShares(peerOne))).toEqual([true, true]);
    keyShares.push(state.share());
    expect(accepts(state, parseShares(peerTwo))).toEqual([true]);
    expect(keyShares.map(({ keyShare }) => keyShare)).toEqual(own.map(({ keyShare }) => keyShare));
    const k = state.sharedKey() ?? bytes('');
    expect(hex(k)).toBe(SHARED_KEY);
    expect(createHash('sha256').update(k.subarray(1, 33)).digest('hex')).toBe(PREMASTER);
  });
});

/** Both rounds; the keys of both, or undefined when a proof was refused. */
function exchange(one: JpakeState, other: JpakeState): [string, string] | undefined {
  const first = [one.share(), one.share()];
  const second = [other.share(), other.share()];
  const verdicts = [...accepts(one, second), ...accepts(other, first)];
  if (verdicts.includes(false)) return undefined;
  const last = one.share();
  if (!one.accept(other.share()) || !other.accept(last)) return undefined;
  return [hex(one.sharedKey() ?? bytes('')), hex(other.sharedKey() ?? bytes(''))];
}

describe(`J-PAKE, seed ${SEED}`, () => {
  const random = generator();

  it.each([
    ['secp256r1', 'sha256'],
    ['secp384r1', 'sha512'],
    ['secp224k1', 'sha1'],
    ['brainpoolP256r1', 'sha3-256'],
  ] as const)('agrees over %s with %s', (curve, hash) => {
    const suite = { curve, hash };
    const keys = exchange(start('a', 'b', random.bytes, suite), start('b', 'a', random.bytes, suite));
    expect(keys?.[0]).toBe(keys?.[1]);
    expect(engine.curve(curve).isPublicKey(bytes(keys?.[0] ?? ''))).toBe(true);
  });

  it('agrees on one password alone', () => {
    const other = start('b', 'a', random.bytes, {}, ascii('another'));
    const keys = exchange(start('a', 'b', random.bytes), other);
    expect(keys).toBeDefined();
    expect(keys?.[0]).not.toBe(keys?.[1]);
  });

  it('refuses proofs of another identity, hash or round', () => {
    expect(exchange(start('a', 'b', random.bytes), start('c', 'a', random.bytes))).toBeUndefined();
    const sha512 = { hash: 'sha512' } as const;
    expect(exchange(start('a', 'b', random.bytes), start('b', 'a', random.bytes, sha512))).toBeUndefined();
  });

  it('refuses every part altered, and goes on with the right one', () => {
    const [one, other] = [start('a', 'b', random.bytes), start('b', 'a', random.bytes)];
    const share = other.share();
    const changed = (data: Uint8Array, at: number) => data.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const order = bytes('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
    const wrong: JpakeShare[] = [
      { ...share, keyShare: changed(share.keyShare, 9) },
      { ...share, keyShare: other.share().keyShare },
      { ...share, keyShare: bytes('00') },
      { ...share, zkPublic: changed(share.zkPublic, 9) },
      { ...share, zkPublic: share.keyShare },
      { ...share, zkProof: changed(share.zkProof, 9) },
      { ...share, zkProof: bytes('') },
      { ...share, zkProof: new Uint8Array(32) },
      { ...share, zkProof: new Uint8Array(33) },
      { ...share, zkProof: order },
    ];
    for (const each of wrong) expect(one.accept(each)).toBe(false);
    expect(one.accept(share)).toBe(true);
  });

  it('takes the password modulo the order', () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const party = { curve: 'secp256r1', hash: 'sha256', user: ascii('a'), peer: ascii('b') } as const;
    const password = (integer: bigint) => bytes(integer.toString(16).padStart(80, '0'));
    for (const zero of [bytes(''), bytes('00'), password(order), password(2n * order)]) {
      expect(engine.jpake(party, zero, random.bytes)).toBeUndefined();
    }
    const keys = exchange(
      start('a', 'b', random.bytes, {}, password(order + 7n)),
      start('b', 'a', random.bytes, {}, bytes('07')),
    );
    expect(keys?.[0]).toBe(keys?.[1]);
  });

  it('throws on steps out of order, and after wipe', () => {
    const [one, other] = [start('a', 'b', random.bytes), start('b', 'a', random.bytes)];
    expect(() => one.sharedKey()).toThrow();
    const first = [one.share(), one.share()];
    expect(() => one.share()).toThrow();
    expect(accepts(one, [other.share(), other.share()])).toEqual([true, true]);
    expect(accepts(other, first)).toEqual([true, true]);
    const last = one.share();
    expect(() => one.share()).toThrow();
    expect(other.accept(last)).toBe(true);
    expect(() => other.accept(last)).toThrow();
    other.wipe();
    expect(() => other.sharedKey()).toThrow();
  });
});
