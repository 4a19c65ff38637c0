/** X25519 and X448 against RFC 7748 and node:crypto. */

import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { MontgomeryCurveName } from '../../../engine/engine.ts';
import { bytes, engine, generator, hex, join, SEED } from './support.ts';

const FUNCTION: readonly (readonly [MontgomeryCurveName, string, string, string])[] = [
  [
    'x25519',
    'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
    'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
    'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
  ],
  [
    'x25519',
    '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
    'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
    '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
  ],
  [
    'x448',
    '3d262fddf9ec8e88495266fea19a34d28882acef045104d0d1aae121' +
      '700a779c984c24f8cdd78fbff44943eba368f54b29259a4f1c600ad3',
    '06fce640fa3487bfda5f6cf2d5263f8aad88334cbd07437f020f08f9' +
      '814dc031ddbdc38c19c6da2583fa5429db94ada18aa7a7fb4ef8a086',
    'ce3e4ff95a60dc6697da1db1d85e6afbdf79b50a2412d7546d5f239f' +
      'e14fbaadeb445fc66a01b0779d98223961111e21766282f73dd96b6f',
  ],
];

const AGREEMENT: readonly (readonly [MontgomeryCurveName, string, string, string, string, string])[] = [
  [
    'x25519',
    '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a',
    '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
    '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
    'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
  ],
  [
    'x448',
    '9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d' +
      'd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b',
    '9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c' +
      '22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0',
    '1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d' +
      '6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d',
    '3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430' +
      '27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609',
    '07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b' +
      'b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d',
  ],
];

const NO_SECRET = bytes('');

describe('RFC 7748', () => {
  it.each(FUNCTION)('5.2 %s of %s', (name, scalar, u, result) => {
    const secret = engine.montgomeryCurve(name).ecdh(bytes(scalar), bytes(u)) ?? NO_SECRET;
    expect(hex(secret)).toBe(result);
  });

  it.each(AGREEMENT)('6 %s', (name, a, publicA, b, publicB, secret) => {
    const curve = engine.montgomeryCurve(name);
    expect(hex(curve.publicKey(bytes(a)))).toBe(publicA);
    expect(hex(curve.publicKey(bytes(b)))).toBe(publicB);
    expect(hex(curve.ecdh(bytes(a), bytes(publicB)) ?? NO_SECRET)).toBe(secret);
    expect(hex(curve.ecdh(bytes(b), bytes(publicA)) ?? NO_SECRET)).toBe(secret);
  });
});

const PREFIX = {
  x25519: ['302e020100300506032b656e04220420', '302a300506032b656e032100'],
  x448: ['3046020100300506032b656f043a0438', '3042300506032b656f033900'],
} as const;

describe.each(['x25519', 'x448'] as const)(`%s, seed ${SEED}`, (name) => {
  const curve = engine.montgomeryCurve(name);
  const random = generator();
  const privateKey = random.bytes(curve.byteLength);
  const der = (prefix: string, key: Uint8Array) => Buffer.from(join(bytes(prefix), key));

  it('agrees with node:crypto on a secret', () => {
    for (let round = 0; round < 5; round++) {
      const [ours, theirs] = [random.bytes(curve.byteLength), random.bytes(curve.byteLength)];
      const peer = curve.publicKey(theirs);
      const secret = diffieHellman({
        privateKey: createPrivateKey({ key: der(PREFIX[name][0], ours), format: 'der', type: 'pkcs8' }),
        publicKey: createPublicKey({ key: der(PREFIX[name][1], peer), format: 'der', type: 'spki' }),
      });
      expect(curve.ecdh(ours, peer)).toEqual(new Uint8Array(secret));
      expect(curve.ecdh(theirs, curve.publicKey(ours))).toEqual(new Uint8Array(secret));
    }
  });

  it('clamps, and needs no clamping', () => {
    const free = new Uint8Array(curve.byteLength).fill(name === 'x25519' ? 0xbf : 0x7f);
    const clamped = curve.clamp(free);
    expect(hex(free)).toBe((name === 'x25519' ? 'bf' : '7f').repeat(curve.byteLength));
    expect(hex(clamped)).toBe(name === 'x25519' ? `b8${'bf'.repeat(30)}7f` : `7c${'7f'.repeat(54)}ff`);
    expect(curve.clamp(clamped)).toEqual(clamped);
    expect(curve.publicKey(clamped)).toEqual(curve.publicKey(free));
  });

  it('has no secret with a peer of low order or another length', () => {
    const one = new Uint8Array(curve.byteLength);
    expect(curve.ecdh(privateKey, one)).toBeUndefined();
    one[0] = 1;
    expect(curve.ecdh(privateKey, one)).toBeUndefined();
    expect(curve.ecdh(privateKey, one.subarray(1))).toBeUndefined();
    expect(curve.ecdh(privateKey, new Uint8Array(0))).toBeUndefined();
  });

  it('throws on a private key of another length', () => {
    expect(() => curve.publicKey(privateKey.subarray(1))).toThrow(RangeError);
    expect(() => curve.clamp(privateKey.subarray(1))).toThrow(RangeError);
    expect(() => curve.ecdh(privateKey.subarray(1), privateKey)).toThrow(RangeError);
  });
});
