/**
 * Key derivation against RFC 5869, RFC 6070, RFC 7914, RFC 4615, the vectors of the TLS working group's list, and
 * values of OpenSSL.
 */

import { hkdfSync, pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HashName, KdfStream } from '../../../engine/engine.ts';
import { cmacPrf128 } from '../../../engine/noble/cmac-prf.ts';
import { ascii, bytes, counting, engine, generator, hex, join, SEED } from './support.ts';

const { kdf } = engine;

function readInPortions(stream: KdfStream, length: number, seed = SEED): Uint8Array {
  const random = generator(seed);
  const parts: Uint8Array[] = [];
  for (let left = length; left > 0; ) {
    const portion = Math.min(left, random.below(40));
    parts.push(stream.read(portion));
    left -= portion;
  }
  return join(...parts);
}

describe('HKDF', () => {
  const CASES: readonly (readonly [string, HashName, Uint8Array, Uint8Array, Uint8Array, string])[] = [
    [
      'A.1',
      'sha256',
      bytes('0b'.repeat(22)),
      counting(0, 13),
      counting(0xf0, 10),
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    [
      'A.2',
      'sha256',
      counting(0, 80),
      counting(0x60, 80),
      counting(0xb0, 80),
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c' +
        '59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71' +
        'cc30c58179ec3e87c14c01d5c1f3434f1d87',
    ],
    [
      'A.3',
      'sha256',
      bytes('0b'.repeat(22)),
      bytes(''),
      bytes(''),
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    ],
    [
      'A.4',
      'sha1',
      bytes('0b'.repeat(11)),
      counting(0, 13),
      counting(0xf0, 10),
      '085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2c22e422478d305f3f896',
    ],
  ];
  it.each(CASES)('RFC 5869 %s', (_, hash, secret, salt, info, okm) => {
    const prk = kdf.hkdfExtract(hash, salt, secret);
    expect(hex(kdf.hkdfExpand(hash, prk, info).read(okm.length / 2))).toBe(okm);
    expect(hex(readInPortions(kdf.hkdfExpand(hash, prk, info), okm.length / 2))).toBe(okm);
  });

  it('RFC 5869 A.1 extracts', () => {
    expect(hex(kdf.hkdfExtract('sha256', counting(0, 13), bytes('0b'.repeat(22))))).toBe(
      '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
    );
  });

  it('gives all 255 blocks as node:crypto does, and no more', () => {
    const secret = ascii('secret');
    const stream = kdf.hkdfExpand('sha384', kdf.hkdfExtract('sha384', bytes(''), secret), ascii('info'));
    const expected = new Uint8Array(hkdfSync('sha384', secret, '', 'info', 255 * 48));
    expect(hex(readInPortions(stream, 255 * 48))).toBe(hex(expected));
    expect(() => stream.read(1)).toThrow(RangeError);
  });
});

describe('TLS 1.2 PRF', () => {
  it('SHA-256 vector', () => {
    const seed = join(ascii('test label'), bytes('a0ba9f936cda311827a6f796ffd5198c'));
    const secret = bytes('9bbe436ba940f017b17652849a71db35');
    const expected =
      'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a' +
      '6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab' +
      '4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701' +
      '87347b66';
    expect(hex(kdf.tls12Prf('sha256', secret, seed).read(100))).toBe(expected);
    expect(hex(readInPortions(kdf.tls12Prf('sha256', secret, seed), 100))).toBe(expected);
  });

  it('SHA-384 vector', () => {
    const seed = join(ascii('test label'), bytes('cd665cf6a8447dd6ff8b27555edb7465'));
    const secret = bytes('b80b733d6ceefcdc71566ea48e5567df');
    expect(hex(kdf.tls12Prf('sha384', secret, seed).read(148))).toBe(
      '7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cd' +
        'e9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc236f80edd' +
        '8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d918425' +
        '9b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee6' +
        '91c8f3a26854308d5eaa3be85e0990703d73e56f',
    );
  });
});

describe('PBKDF2', () => {
  const CASES: readonly (readonly [string, HashName, string, string, number, string])[] = [
    ['6070', 'sha1', 'password', 'salt', 1, '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
    ['6070', 'sha1', 'password', 'salt', 4096, '4b007901b765489abead49d926f721d065a429c1'],
    [
      '6070',
      'sha1',
      'passwordPASSWORDpassword',
      'saltSALTsaltSALTsaltSALTsaltSALTsalt',
      4096,
      '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038',
    ],
    ['6070', 'sha1', 'pass\0word', 'sa\0lt', 4096, '56fa6aa75548099dcc37d7f03425e0c3'],
    [
      '7914',
      'sha256',
      'passwd',
      'salt',
      1,
      '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc' +
        '49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783',
    ],
  ];
  it.each(CASES)('RFC %s with %s of %j and %j, %i iterations', (_, hash, password, salt, count, expected) => {
    const stream = () => kdf.pbkdf2Hmac(hash, ascii(password), ascii(salt), count);
    expect(hex(stream().read(expected.length / 2))).toBe(expected);
    expect(hex(readInPortions(stream(), expected.length / 2))).toBe(expected);
  });

  it.each(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const)('%s as node:crypto', (hash) => {
    const expected = pbkdf2Sync('password', 'salt', 7, 200, hash).toString('hex');
    expect(hex(kdf.pbkdf2Hmac(hash, ascii('password'), ascii('salt'), 7).read(200))).toBe(expected);
  });
});

describe('AES-CMAC-PRF-128', () => {
  it.each([
    [18, '84a348a4a45d235babfffc0d2b4da09a'],
    [16, '980ae87b5f4c9c5214f5b6a8455e4c2d'],
    [10, '290d9e112edb09ee141fcf64c0b72f3d'],
  ])('RFC 4615 4, key of %i bytes', (length, expected) => {
    const key = join(counting(0, 16), bytes('edcb')).subarray(0, length);
    const out = new Uint8Array(16);
    cmacPrf128(key).macInto(out, counting(0, 20));
    expect(hex(out)).toBe(expected);
  });

  it.each([
    [
      'password',
      'salt',
      5,
      'ba45c8cc439cbb4e825a755bc2ff9a00901bf7edb10ebe7597114fb93e704da1e89642a7ff3db9c7',
    ],
    ['passwordPASSWORD', 'salt', 1, '5ce6ca6e285823c6fa365d0a27b25a42'],
    ['', 'NaCl', 2, 'eafd2159ef3cc09ff7280a971a03bbd2a869d962'],
  ])('PBKDF2 of %j and %j, %i iterations, as put together from the CMAC of OpenSSL', (...args) => {
    const [password, salt, count, expected] = args;
    const stream = () => kdf.pbkdf2AesCmac(ascii(password), ascii(salt), count);
    expect(hex(stream().read(expected.length / 2))).toBe(expected);
    expect(hex(readInPortions(stream(), expected.length / 2))).toBe(expected);
  });
});

describe('SP 800-108 counter mode', () => {
  const LABEL = ascii('label');
  const CONTEXT = ascii('context');
  const NONE = bytes('');

  it.each([
    [
      'sha256',
      LABEL,
      CONTEXT,
      'f388a0e323b62e8c78d5ca13629d62d974d91c259cf1f3cdde848b1a3684510a' +
        '3412b9676b89baa8eb4cf5d35933b3c0b7b8336b01a80dc982e087212cb8f726' +
        'e4e67e887a434cfddcd5979a4997376b3f76762132fcaf51a8354f95332835ed7ff6106d',
    ],
    [
      'sha512',
      NONE,
      NONE,
      '0cc8332b06bbc7cacc439170f093b73527778cf57783a80539c3747fb2b968940ceb036c50c8d4a73080',
    ],
  ] as const)('HMAC with %s as KBKDF of OpenSSL', (hash, label, context, expected) => {
    const stream = () => kdf.counterHmac(hash, counting(0, 32), label, context, expected.length / 2);
    expect(hex(stream().read(expected.length / 2))).toBe(expected);
    expect(hex(readInPortions(stream(), expected.length / 2))).toBe(expected);
  });

  it.each([
    [
      bytes('2b7e151628aed2a6abf7158809cf4f3c'),
      LABEL,
      CONTEXT,
      '43b58b240abadc33fa6d8ff72936ff764eb9afaf4b8c61f0ecfa32419e9c625b' +
        '62daeb7c94f181ae790e54479dd671370d19',
    ],
    [counting(0, 32), NONE, NONE, '982072c7a31631ffda8d780fbf5a5122f55e5e1a98f287c4a1b7208c0131d7a5'],
  ])('CMAC as KBKDF of OpenSSL with K(0) in its fixed input', (key, label, context, expected) => {
    const aes = engine.aesKey(key);
    const stream = () => kdf.counterCmac(aes, label, context, expected.length / 2);
    expect(hex(stream().read(expected.length / 2))).toBe(expected);
    expect(hex(readInPortions(stream(), expected.length / 2))).toBe(expected);
  });

  it('has the length of the whole in every block', () => {
    const [short, long] = [20, 21].map((length) => kdf.counterHmac('sha256', NONE, LABEL, CONTEXT, length));
    expect(short?.read(16)).not.toEqual(long?.read(16));
    expect(() => kdf.counterHmac('sha256', NONE, LABEL, CONTEXT, 2 ** 29)).toThrow(RangeError);
    expect(() => kdf.counterHmac('sha256', NONE, LABEL, CONTEXT, 2 ** 29 - 1)).not.toThrow();
  });

  it('outlives the AES key it was made with', () => {
    const key = engine.aesKey(counting(0, 32));
    const stream = kdf.counterCmac(key, NONE, NONE, 32);
    key.wipe();
    expect(hex(stream.read(4))).toBe('982072c7');
    stream.wipe();
    expect(() => stream.read(16)).toThrow();
  });
});

describe('a stream', () => {
  it('keeps no hold of the bytes given', () => {
    const secret = bytes('0b'.repeat(22));
    const info = counting(0xf0, 10);
    const prk = kdf.hkdfExtract('sha256', counting(0, 13), secret);
    const stream = kdf.hkdfExpand('sha256', prk, info);
    prk.fill(0);
    info.fill(0);
    expect(hex(stream.read(4))).toBe('3cb25f25');
  });

  it('is of no use after wipe', () => {
    const stream = kdf.tls12Prf('sha256', ascii('secret'), ascii('label'));
    stream.read(5);
    stream.wipe();
    expect(() => stream.read(1)).toThrow();
  });
});
