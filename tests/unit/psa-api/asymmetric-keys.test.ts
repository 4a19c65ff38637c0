/** Formats, generation and derivation of curve, Diffie-Hellman and cipher keys. PSA Crypto 1.3, 9.2. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ECDH,
  PSA_ALG_FFDH,
  PSA_ALG_HKDF,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_DH_FAMILY_RFC7919,
  PSA_ECC_FAMILY_BRAINPOOL_P_R1,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_K1,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_DH_KEY_PAIR,
  PSA_KEY_TYPE_DH_PUBLIC_KEY,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_XCHACHA20,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { hex, NOTHING, unhex } from '../../support/bytes.ts';
import { derivation, derive, type Input } from '../../support/derivation.ts';
import { openForTest } from '../../support/device.ts';
import { CURVES } from '../../support/ec-keys.ts';
import { FFDHE } from '../../support/ffdhe.ts';
import { deriveKey, p256Pair } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

const USAGE = PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_DERIVE;
const ecc = PSA_KEY_TYPE_ECC_KEY_PAIR;
const [R1, K1, BRAINPOOL] = [PSA_ECC_FAMILY_SECP_R1, PSA_ECC_FAMILY_SECP_K1, PSA_ECC_FAMILY_BRAINPOOL_P_R1];
const [MONTGOMERY, EDWARDS] = [PSA_ECC_FAMILY_MONTGOMERY, PSA_ECC_FAMILY_TWISTED_EDWARDS];
const DH_PAIR = PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919);
const DH_PUBLIC = PSA_KEY_TYPE_DH_PUBLIC_KEY(PSA_DH_FAMILY_RFC7919);

const fixed = (value: bigint, length: number): Uint8Array =>
  unhex(value.toString(16).padStart(2 * length, '0'));

/** A pair's type, its size, the lengths of its private and its public part. */
const PAIRS = [
  ['secp192r1', ecc(R1), 192, 24, 49],
  ['secp224r1', ecc(R1), 224, 28, 57],
  ['secp256r1', ecc(R1), 256, 32, 65],
  ['secp384r1', ecc(R1), 384, 48, 97],
  ['secp521r1', ecc(R1), 521, 66, 133],
  ['secp192k1', ecc(K1), 192, 24, 49],
  ['secp224k1', ecc(K1), 225, 29, 57],
  ['secp256k1', ecc(K1), 256, 32, 65],
  ['brainpoolP160r1', ecc(BRAINPOOL), 160, 20, 41],
  ['brainpoolP192r1', ecc(BRAINPOOL), 192, 24, 49],
  ['brainpoolP224r1', ecc(BRAINPOOL), 224, 28, 57],
  ['brainpoolP256r1', ecc(BRAINPOOL), 256, 32, 65],
  ['brainpoolP320r1', ecc(BRAINPOOL), 320, 40, 81],
  ['brainpoolP384r1', ecc(BRAINPOOL), 384, 48, 97],
  ['brainpoolP512r1', ecc(BRAINPOOL), 512, 64, 129],
  ['X25519', ecc(MONTGOMERY), 255, 32, 32],
  ['X448', ecc(MONTGOMERY), 448, 56, 56],
  ['Ed25519', ecc(EDWARDS), 255, 32, 32],
  ['Ed448', ecc(EDWARDS), 448, 57, 57],
  ['ffdhe2048', DH_PAIR, 2048, 256, 256],
  ['ffdhe3072', DH_PAIR, 3072, 384, 384],
] as const;

const publicTypeOf = (pair: number): number => pair & ~0x3000;

describe.each(PAIRS)('a key of %s', (_, type, bits, length, publicLength) => {
  it('is generated, exported and imported, with its size and without', async () => {
    const { psa } = await openForTest();
    const { key } = await must(psa.generateKeyCustom({ type, bits, usage: USAGE }, { flags: 0 }, NOTHING));
    const { data } = await must(psa.exportKey(key, length));
    const point = await must(psa.exportPublicKey(key, publicLength));
    expect([data.length, point.data.length]).toEqual([length, publicLength]);
    expect(await named(psa.exportKey(key, length - 1))).toBe('BUFFER_TOO_SMALL');
    expect(await named(psa.exportPublicKey(key, publicLength - 1))).toBe('BUFFER_TOO_SMALL');
    for (const given of [0, bits]) {
      const copy = await must(psa.importKey({ type, bits: given, usage: USAGE }, data));
      expect((await must(psa.getKeyAttributes(copy.key))).attributes).toMatchObject({ type, bits });
      expect(hex((await must(psa.exportKey(copy.key))).data)).toBe(hex(data));
      expect(hex((await must(psa.exportPublicKey(copy.key))).data)).toBe(hex(point.data));
      const single = await must(psa.importKey({ type: publicTypeOf(type), bits: given }, point.data));
      const { attributes } = await must(psa.getKeyAttributes(single.key));
      expect(attributes).toMatchObject({ type: publicTypeOf(type), bits });
      // Public keys are public: no usage is needed.
      expect(hex((await must(psa.exportKey(single.key))).data)).toBe(hex(point.data));
      expect(hex((await must(psa.exportPublicKey(single.key))).data)).toBe(hex(point.data));
    }
  });

  it('has one length and one size', async () => {
    const { psa } = await openForTest();
    const { key } = await must(psa.generateKey({ type, bits, usage: USAGE }));
    const { data } = await must(psa.exportKey(key));
    const point = await must(psa.exportPublicKey(key));
    for (const [of, whole] of [
      [type, data],
      [publicTypeOf(type), point.data],
    ] as const) {
      for (const wrong of [NOTHING, whole.subarray(1), Uint8Array.of(0, ...whole)])
        expect(await named(psa.importKey({ type: of, bits }, wrong))).toBe('INVALID_ARGUMENT');
      for (const other of [bits + 1, bits - 1])
        expect(['INVALID_ARGUMENT', 'NOT_SUPPORTED']).toContain(
          await named(psa.importKey({ type: of, bits: other }, whole)),
        );
    }
    expect(await named(psa.generateKeyCustom({ type, bits }, { flags: 1 }, NOTHING))).toBe(
      'INVALID_ARGUMENT',
    );
    expect(await named(psa.generateKeyCustom({ type, bits }, { flags: 0 }, Uint8Array.of(3)))).toBe(
      'INVALID_ARGUMENT',
    );
  });
});

describe('what is no key', () => {
  const p = FFDHE[2048];

  it.each([
    ['Diffie-Hellman 0', DH_PAIR, fixed(0n, 256), 'INVALID_ARGUMENT'],
    ['Diffie-Hellman 1', DH_PAIR, fixed(1n, 256), 'SUCCESS'],
    ['Diffie-Hellman p', DH_PAIR, fixed(p, 256), 'INVALID_ARGUMENT'],
    ['a public 0', DH_PUBLIC, fixed(0n, 256), 'INVALID_ARGUMENT'],
    ['a public 1', DH_PUBLIC, fixed(1n, 256), 'INVALID_ARGUMENT'],
    ['a public 2', DH_PUBLIC, fixed(2n, 256), 'SUCCESS'],
    ['a public p - 2', DH_PUBLIC, fixed(p - 2n, 256), 'SUCCESS'],
    ['a public p - 1', DH_PUBLIC, fixed(p - 1n, 256), 'INVALID_ARGUMENT'],
    ['a public p', DH_PUBLIC, fixed(p, 256), 'INVALID_ARGUMENT'],
    ['a size between the groups', DH_PAIR, fixed(5n, 320), 'INVALID_ARGUMENT'],
    ['a scalar 0', ecc(R1), fixed(0n, 32), 'INVALID_ARGUMENT'],
    ['the order', ecc(R1), fixed(CURVES[0]?.order ?? 0n, 32), 'INVALID_ARGUMENT'],
    ['the order less 1', ecc(R1), fixed((CURVES[0]?.order ?? 0n) - 1n, 32), 'SUCCESS'],
    ['the point at infinity', PSA_KEY_TYPE_ECC_PUBLIC_KEY(R1), Uint8Array.of(0), 'INVALID_ARGUMENT'],
    [
      'a point off the curve',
      PSA_KEY_TYPE_ECC_PUBLIC_KEY(K1),
      new Uint8Array(65).fill(4),
      'INVALID_ARGUMENT',
    ],
    [
      'a point of no curve',
      PSA_KEY_TYPE_ECC_PUBLIC_KEY(EDWARDS),
      new Uint8Array(32).fill(255),
      'INVALID_ARGUMENT',
    ],
    ['any Edwards seed', ecc(EDWARDS), new Uint8Array(32).fill(255), 'SUCCESS'],
  ] as const)('%s', async (_, type, data, status) => {
    const { psa, device } = await openForTest();
    expect(await named(psa.importKey({ type }, data))).toBe(status);
    expect(device.status().keys.volatile).toBe(status === 'SUCCESS' ? 1 : 0);
  });

  /** RFC 7748 5. */
  const clamped = (data: Uint8Array): Uint8Array => {
    const key = data.slice();
    const last = key.length - 1;
    if (last === 31) {
      key[0] = (key[0] ?? 0) & 0xf8;
      key[last] = ((key[last] ?? 0) & 0x7f) | 0x40;
    } else {
      key[0] = (key[0] ?? 0) & 0xfc;
      key[last] = (key[last] ?? 0) | 0x80;
    }
    return key;
  };

  it.each([
    [255, 32, [0, 1, 2, 254, 255]],
    [448, 56, [0, 1, 447]],
  ] as const)('a Montgomery key of %i bits without its forced bits', async (bits, length, forced) => {
    const { psa } = await openForTest();
    const attributes = { type: ecc(MONTGOMERY), bits, usage: USAGE, alg: PSA_ALG_ECDH };
    const good = clamped(new Uint8Array(length).fill(0x5a));
    const { key } = await must(psa.importKey(attributes, good));
    expect(hex((await must(psa.exportKey(key))).data)).toBe(hex(good));
    for (const bit of forced) {
      const wrong = good.slice();
      wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await named(psa.importKey(attributes, wrong))).toBe('INVALID_ARGUMENT');
    }
    for (let i = 0; i < 20; i++) {
      const made = await must(psa.generateKey(attributes));
      const { data } = await must(psa.exportKey(made.key));
      expect(hex(data)).toBe(hex(clamped(data)));
    }
  });
});

const HKDF = PSA_ALG_HKDF(PSA_ALG_SHA_512);
const INPUTS: readonly Input[] = [
  [PSA_KEY_DERIVATION_INPUT_SECRET, Uint8Array.of(1, 2, 3)],
  [PSA_KEY_DERIVATION_INPUT_INFO, NOTHING],
];

/** Derived from a key: bytes alone permit no output key. */
const derived = async (psa: Psa, type: number, bits: number, inputs = INPUTS) => {
  const { key } = await must(
    psa.importKey(
      { type: PSA_KEY_TYPE_DERIVE, alg: HKDF, usage: PSA_KEY_USAGE_DERIVE },
      Uint8Array.of(1, 2, 3),
    ),
  );
  const operation = await derivation(
    psa,
    HKDF,
    [PSA_KEY_DERIVATION_INPUT_SECRET, { key }],
    ...inputs.slice(1),
  );
  const made = await psa.keyDerivationOutputKey({ type, bits, usage: USAGE }, operation);
  const capacity =
    operation.handle === 0 ? 0 : (await must(psa.keyDerivationGetCapacity(operation))).capacity;
  return { ...made, used: 255 * 64 - capacity };
};

describe('derived keys', () => {
  /** Candidates of so many bytes, the excess bits cleared, until one is below n - 1; then one more (9.2.3). */
  const tested = (n: bigint, length: number, bits: number) => (stream: Uint8Array) => {
    for (let at = 0; ; at += length) {
      const k = BigInt(`0x${hex(stream.subarray(at, at + length))}`) & ((1n << BigInt(bits)) - 1n);
      if (k <= n - 2n) return { key: fixed(k + 1n, length), used: at + length };
    }
  };
  const plain = (length: number) => (stream: Uint8Array) => ({
    key: stream.subarray(0, length),
    used: length,
  });
  const brainpool256 = 0xa9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7n;
  const secp224k1 = 0x10000000000000000000000000001dce8d2ec6184caf0a971769fb1f7n;

  it.each([
    ['AES', PSA_KEY_TYPE_AES, 192, plain(24)],
    ['AES for XTS', PSA_KEY_TYPE_AES, 512, plain(64)],
    ['ChaCha20', PSA_KEY_TYPE_CHACHA20, 256, plain(32)],
    ['XChaCha20', PSA_KEY_TYPE_XCHACHA20, 256, plain(32)],
    ['HMAC', PSA_KEY_TYPE_HMAC, 72, plain(9)],
    ['a password', PSA_KEY_TYPE_PASSWORD, 80, plain(10)],
    ['secp256r1', ecc(R1), 256, tested(CURVES[0]?.order ?? 0n, 32, 256)],
    ['secp384r1', ecc(R1), 384, tested(CURVES[1]?.order ?? 0n, 48, 384)],
    ['secp521r1', ecc(R1), 521, tested(CURVES[2]?.order ?? 0n, 66, 521)],
    ['secp224k1', ecc(K1), 225, tested(secp224k1, 29, 225)],
    ['brainpoolP256r1', ecc(BRAINPOOL), 256, tested(brainpool256, 32, 256)],
    ['Ed25519', ecc(EDWARDS), 255, plain(32)],
    ['Ed448', ecc(EDWARDS), 448, plain(57)],
    ['ffdhe2048', DH_PAIR, 2048, tested(FFDHE[2048], 256, 2048)],
    ['ffdhe3072', DH_PAIR, 3072, tested(FFDHE[3072], 384, 3072)],
  ] as const)('%s', async (_, type, bits, expected) => {
    const { psa } = await openForTest();
    for (let info = 0; info < 8; info++) {
      const inputs: readonly Input[] = [
        INPUTS[0] ?? [0, NOTHING],
        [PSA_KEY_DERIVATION_INPUT_INFO, Uint8Array.of(info)],
      ];
      const stream = await derive(psa, HKDF, 2000, ...inputs);
      const made = await must(derived(psa, type, bits, inputs));
      const wanted = expected(stream);
      expect(hex((await must(psa.exportKey(made.key))).data)).toBe(hex(wanted.key));
      expect(made.used).toBe(wanted.used);
    }
  });

  it.each([
    [255, 32, 0xf8, 0x7f, 0x40],
    [448, 56, 0xfc, 0xff, 0x80],
  ] as const)('of Montgomery curves have their forced bits: %i', async (bits, length, first, last, set) => {
    const { psa } = await openForTest();
    const stream = (await derive(psa, HKDF, length, ...INPUTS)).slice();
    stream[0] = (stream[0] ?? 0) & first;
    stream[length - 1] = ((stream[length - 1] ?? 0) & last) | set;
    const made = await must(derived(psa, ecc(MONTGOMERY), bits));
    expect(hex((await must(psa.exportKey(made.key))).data)).toBe(hex(stream));
    expect(made.used).toBe(length);
  });

  it.each([
    ['public keys', PSA_KEY_TYPE_ECC_PUBLIC_KEY(R1), 256],
    ['Diffie-Hellman public keys', DH_PUBLIC, 2048],
    ['RSA keys', PSA_KEY_TYPE_RSA_KEY_PAIR, 1024],
    ['keys of no size', PSA_KEY_TYPE_AES, 0],
    ['keys of a wrong size', ecc(MONTGOMERY), 256],
  ])('are no %s', async (_, type, bits) => {
    const { psa } = await openForTest();
    const made = await derived(psa, type, bits);
    expect(['INVALID_ARGUMENT', 'NOT_SUPPORTED']).toContain(await named(made));
  });
});

describe('Diffie-Hellman over finite fields', () => {
  const pair = { type: DH_PAIR, bits: 2048, alg: PSA_ALG_FFDH, usage: USAGE };

  it('agrees on both sides, the secret as long as the prime', async () => {
    const { psa } = await openForTest();
    const [one, other] = [await must(psa.generateKey(pair)), await must(psa.generateKey(pair))];
    const [mine, yours] = [
      await must(psa.exportPublicKey(one.key)),
      await must(psa.exportPublicKey(other.key)),
    ];
    const first = await must(psa.rawKeyAgreement(PSA_ALG_FFDH, one.key, yours.data, 256));
    const second = await must(psa.rawKeyAgreement(PSA_ALG_FFDH, other.key, mine.data));
    expect(hex(first.output)).toBe(hex(second.output));
    expect(first.output.length).toBe(256);
    expect(await named(psa.rawKeyAgreement(PSA_ALG_FFDH, one.key, yours.data, 255))).toBe('BUFFER_TOO_SMALL');
    const attributes = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_EXPORT };
    const made = await must(psa.keyAgreement(one.key, yours.data, PSA_ALG_FFDH, attributes));
    expect(hex((await must(psa.exportKey(made.key))).data)).toBe(hex(first.output));
  });

  it.each([
    ['0', fixed(0n, 256)],
    ['1', fixed(1n, 256)],
    ['p - 1', fixed(FFDHE[2048] - 1n, 256)],
    ['p', fixed(FFDHE[2048], 256)],
    ['less than it should be', fixed(2n, 255)],
    ['more than it should be', fixed(2n, 257)],
    ['nothing', NOTHING],
  ])('refuses a peer that is %s', async (_, peer) => {
    const { psa } = await openForTest();
    const { key } = await must(psa.importKey(pair, fixed(12345n, 256)));
    expect(await named(psa.rawKeyAgreement(PSA_ALG_FFDH, key, peer))).toBe('INVALID_ARGUMENT');
  });

  it('is not ECDH, and the other way round', async () => {
    const { psa } = await openForTest();
    const { key } = await must(psa.importKey({ ...pair, alg: PSA_ALG_ECDH }, fixed(12345n, 256)));
    expect(['INVALID_ARGUMENT', 'NOT_SUPPORTED']).toContain(
      await named(psa.rawKeyAgreement(PSA_ALG_ECDH, key, fixed(2n, 256))),
    );
    const curve = await p256Pair(psa, PSA_ALG_FFDH);
    expect(['INVALID_ARGUMENT', 'NOT_SUPPORTED']).toContain(
      await named(psa.rawKeyAgreement(PSA_ALG_FFDH, curve, fixed(2n, 256))),
    );
    const secret = await deriveKey(psa, PSA_ALG_HKDF(PSA_ALG_SHA_256));
    expect(await named(psa.rawKeyAgreement(PSA_ALG_FFDH, secret, fixed(2n, 256)))).toBe('NOT_PERMITTED');
  });
});
