/** EdDSA against RFC 8032 7 and node:crypto. */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign as nodeSign,
  verify as nodeVerify,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EddsaOptions, EdwardsCurveName } from '../../../engine/engine.ts';
import { ascii, bytes, engine, generator, hex, join, SEED } from './support.ts';

const ABC = ascii('abc');
const SHA512_ABC = new Uint8Array(createHash('sha512').update(ABC).digest());
const SHAKE_ABC = new Uint8Array(createHash('shake256', { outputLength: 64 }).update(ABC).digest());
const FOO = ascii('foo');

type Case = readonly [
  title: string,
  name: EdwardsCurveName,
  privateKey: string,
  publicKey: string,
  message: Uint8Array,
  options: EddsaOptions,
  signature: string,
];

const CASES: readonly Case[] = [
  [
    '7.1 test 1',
    'ed25519',
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    bytes(''),
    {},
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
      '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '7.1 test 2',
    'ed25519',
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    bytes('72'),
    {},
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    '7.2 foo',
    'ed25519',
    '0305334e381af78f141cb666f6199f57bc3495335a256a95bd2a55bf546663f6',
    'dfc9425e4f968f7f0c29f0259cf5f9aed6851c2bb4ad8bfb860cfee0ab248292',
    bytes('f726936d19c800494e3fdaff20b276a8'),
    { context: FOO },
    '55a4cc2f70a54e04288c5f4cd1e45a7bb520b36292911876cada7323198dd87a' +
      '8b36950b95130022907a7fb7c4e9b2d5f6cca685a587b4b21f4b888e4e7edb0d',
  ],
  [
    '7.3',
    'ed25519',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    SHA512_ABC,
    { prehashed: true },
    '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41' +
      '31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406',
  ],
  [
    '7.4 blank',
    'ed448',
    '6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3' +
      '528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b',
    '5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778' +
      'edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180',
    bytes(''),
    {},
    '533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f' +
      '2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a' +
      '9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4db' +
      'b61149f05a7363268c71d95808ff2e652600',
  ],
  [
    '7.4 1 octet with context',
    'ed448',
    'c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463a' +
      'fbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e',
    '43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c086' +
      '6aea01eb00742802b8438ea4cb82169c235160627b4c3a9480',
    bytes('03'),
    { context: FOO },
    'd4f8f6131770dd46f40867d6fd5d5055de43541f8c5e35abbcd001b32a89f7d2' +
      '151f7647f11d8ca2ae279fb842d607217fce6e042f6815ea000c85741de5c8da' +
      '1144a6a1aba7f96de42505d7a7298524fda538fccbbb754f578c1cad10d54d0d' +
      '5428407e85dcbc98a49155c13764e66c3c00',
  ],
  [
    '7.5',
    'ed448',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42' +
      'ef7822e0d5104127dc05d6dbefde69e3ab2cec7c867c6e2c49',
    '259b71c19f83ef77a7abd26524cbdb3161b590a48f7d17de3ee0ba9c52beb743' +
      'c09428a131d6b1b57303d90d8132c276d5ed3d5d01c0f53880',
    SHAKE_ABC,
    { prehashed: true },
    '822f6901f7480f3d5f562c592994d9693602875614483256505600bbc281ae38' +
      '1f54d6bce2ea911574932f52a4e6cadd78769375ec3ffd1b801a0d9b3f4030cd' +
      '433964b6457ea39476511214f97469b57dd32dbc560a9a94d00bff07620464a3' +
      'ad203df7dc7ce360c3cd3696d9d9fab90f00',
  ],
  [
    '7.5 with context',
    'ed448',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42' +
      'ef7822e0d5104127dc05d6dbefde69e3ab2cec7c867c6e2c49',
    '259b71c19f83ef77a7abd26524cbdb3161b590a48f7d17de3ee0ba9c52beb743' +
      'c09428a131d6b1b57303d90d8132c276d5ed3d5d01c0f53880',
    SHAKE_ABC,
    { prehashed: true, context: FOO },
    'c32299d46ec8ff02b54540982814dce9a05812f81962b649d528095916a2aa48' +
      '1065b1580423ef927ecf0af5888f90da0f6a9a85ad5dc3f280d91224ba9911a3' +
      '653d00e484e2ce232521481c8658df304bb7745a73514cdb9bf3e15784ab7128' +
      '4f8d0704a608c54a6b62d97beb511d132100',
  ],
];

describe('RFC 8032', () => {
  it.each(CASES)('%s', (_, name, privateKey, publicKey, message, options, signature) => {
    const curve = engine.edwardsCurve(name);
    expect(hex(curve.publicKey(bytes(privateKey)))).toBe(publicKey);
    expect(hex(curve.sign(bytes(privateKey), message, options))).toBe(signature);
    expect(curve.verify(bytes(publicKey), message, bytes(signature), options)).toBe(true);
  });
});

const PREFIX = {
  ed25519: ['302e020100300506032b657004220420', '302a300506032b6570032100'],
  ed448: ['3047020100300506032b6571043b0439', '3043300506032b6571033a00'],
} as const;

describe.each(['ed25519', 'ed448'] as const)(`%s, seed ${SEED}`, (name) => {
  const curve = engine.edwardsCurve(name);
  const random = generator();
  const privateKey = random.bytes(curve.byteLength);
  const publicKey = curve.publicKey(privateKey);
  const message = random.bytes(100);
  const signature = curve.sign(privateKey, message);
  const der = (prefix: string, key: Uint8Array) => Buffer.from(join(bytes(prefix), key));

  it('agrees with node:crypto', () => {
    const secret = { key: der(PREFIX[name][0], privateKey), format: 'der', type: 'pkcs8' } as const;
    const open = { key: der(PREFIX[name][1], publicKey), format: 'der', type: 'spki' } as const;
    expect(new Uint8Array(nodeSign(null, message, createPrivateKey(secret)))).toEqual(signature);
    expect(nodeVerify(null, message, createPublicKey(open), signature)).toBe(true);
  });

  it('tells its variants and contexts apart', () => {
    const hash = random.bytes(64);
    const variants: EddsaOptions[] = [
      { context: ascii('one') },
      { context: ascii('two') },
      { prehashed: true },
      { prehashed: true, context: ascii('one') },
    ];
    if (name === 'ed25519') variants.push({}, { context: bytes('') });
    else expect(curve.sign(privateKey, hash, { context: bytes('') })).toEqual(curve.sign(privateKey, hash));
    for (const made of variants) {
      const each = curve.sign(privateKey, hash, made);
      for (const asked of variants) expect(curve.verify(publicKey, hash, each, asked)).toBe(asked === made);
    }
  });

  it('verifies nothing altered', () => {
    const half = curve.byteLength;
    const changed = (data: Uint8Array, at: number) => data.map((byte, i) => (i === at ? byte ^ 1 : byte));
    expect(curve.verify(publicKey, message, signature)).toBe(true);
    expect(curve.verify(publicKey, changed(message, 3), signature)).toBe(false);
    expect(curve.verify(changed(publicKey, 2), message, signature)).toBe(false);
    expect(curve.verify(publicKey, message, changed(signature, 1))).toBe(false);
    expect(curve.verify(publicKey, message, changed(signature, half))).toBe(false);
    expect(curve.verify(publicKey, message, signature.subarray(1))).toBe(false);
    expect(curve.verify(publicKey.subarray(1), message, signature)).toBe(false);
    expect(curve.verify(publicKey, message, new Uint8Array(2 * half).fill(0xff))).toBe(false);
    expect(curve.verify(new Uint8Array(half).fill(0xff), message, signature)).toBe(false);
  });

  it('refuses S above the order, which would make a second signature', () => {
    const order =
      name === 'ed25519'
        ? 2n ** 252n + 27742317777372353535851937790883648493n
        : 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n;
    const half = curve.byteLength;
    const s = BigInt(`0x${hex(signature.slice(half).reverse())}`) + order;
    const other = bytes(s.toString(16).padStart(2 * half, '0')).reverse();
    expect(curve.verify(publicKey, message, join(signature.subarray(0, half), other))).toBe(false);
  });

  it('knows points from other bytes', () => {
    expect(curve.isPublicKey(publicKey)).toBe(true);
    expect(curve.isPublicKey(publicKey.subarray(1))).toBe(false);
    expect(curve.isPublicKey(new Uint8Array(curve.byteLength).fill(0xff))).toBe(false);
    const accepted = Array.from({ length: 40 }, () => curve.isPublicKey(random.bytes(curve.byteLength)));
    expect(accepted).toContain(false);
  });

  it('throws on a key of another length and a context too long', () => {
    expect(() => curve.publicKey(privateKey.subarray(1))).toThrow(RangeError);
    expect(() => curve.sign(privateKey.subarray(1), message)).toThrow(RangeError);
    expect(() => curve.sign(privateKey, message, { context: new Uint8Array(256) })).toThrow(RangeError);
  });
});
