/** Suspending and resuming hashes. PSA Crypto 1.3, 10.2.3 and 10.2.5. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ECDSA,
  PSA_ALG_MD2,
  PSA_ALG_MD5,
  PSA_ALG_RIPEMD160,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_224,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ALG_SHA_512_224,
  PSA_ALG_SHA_512_256,
  PSA_ALG_SHA3_256,
  PSA_ALG_SHAKE256_512,
} from '../../../psa-api/constants.ts';
import { hashOperationInit, type Psa } from '../../../psa-api/generated/psa.ts';
import { hex, join, NOTHING, unhex } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_HASH } from '../../support/unsupported.ts';

interface Format {
  readonly name: string;
  readonly alg: number;
  /** Lengths of the fields: the input's length, the state, a block. */
  readonly count: 8 | 16;
  readonly state: number;
  readonly block: 64 | 128;
}

const format = (name: string, alg: number, state: number, long = false): Format => ({
  name,
  alg,
  count: long ? 16 : 8,
  state,
  block: long ? 128 : 64,
});

const FORMATS: readonly Format[] = [
  format('md5', PSA_ALG_MD5, 16),
  format('ripemd160', PSA_ALG_RIPEMD160, 20),
  format('sha1', PSA_ALG_SHA_1, 20),
  format('sha224', PSA_ALG_SHA_224, 32),
  format('sha256', PSA_ALG_SHA_256, 32),
  format('sha384', PSA_ALG_SHA_384, 64, true),
  format('sha512', PSA_ALG_SHA_512, 64, true),
  format('sha512-224', PSA_ALG_SHA_512_224, 64, true),
  format('sha512-256', PSA_ALG_SHA_512_256, 64, true),
];

const message = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff);
const digestOf = (name: string, data: Uint8Array): string => createHash(name).update(data).digest('hex');

/** The state after `input`. */
const suspended = async (psa: Psa, alg: number, input: Uint8Array): Promise<Uint8Array> => {
  const operation = hashOperationInit();
  await must(psa.hashSetup(operation, alg));
  await must(psa.hashUpdate(operation, input));
  const { hashState } = await must(psa.hashSuspend(operation));
  expect(operation.handle).toBe(0);
  return hashState;
};

const fields = ({ count, state }: Format, whole: Uint8Array) => ({
  alg: hex(whole.subarray(0, 4)),
  count: hex(whole.subarray(4, 4 + count)),
  state: hex(whole.subarray(4 + count, 4 + count + state)),
  rest: hex(whole.subarray(4 + count + state)),
});

/** What Merkle and Damgard's strengthening adds: then the last state is the digest. */
const padded = ({ name, count, block }: Format, data: Uint8Array): Uint8Array => {
  const zeros = (2 * block - ((data.length + 1 + count) % block)) % block;
  const length = Buffer.alloc(count);
  if (name === 'md5' || name === 'ripemd160') length.writeUInt32LE(data.length * 8, 0);
  else length.writeUInt32BE(data.length * 8, count - 4);
  return join(data, Uint8Array.of(0x80), new Uint8Array(zeros), length);
};

describe.each(FORMATS)('a suspended $name', (each) => {
  const { name, alg, count, block } = each;
  const lengths = [0, 1, block - 1, block, block + 1, 3 * block + 5];

  it('is algorithm, length, state and what is left of a block', async () => {
    const { psa } = await openForTest();
    for (const length of lengths) {
      const input = message(length);
      const { rest, ...head } = fields(each, await suspended(psa, alg, input));
      expect(head.alg).toBe(alg.toString(16).padStart(8, '0'));
      expect(head.count).toBe(length.toString(16).padStart(2 * count, '0'));
      expect(rest).toBe(hex(input.subarray(length - (length % block))));
    }
  });

  it('has the chaining value of OpenSSL', async () => {
    const { psa } = await openForTest();
    const input = message(block + 3);
    const { state } = fields(each, await suspended(psa, alg, padded(each, input)));
    const digest = digestOf(name, input);
    expect(state.slice(0, digest.length)).toBe(digest);
  });

  it('goes on where it stopped, as often as one likes', async () => {
    const { psa, another } = await openForTest();
    const other = await another({ owner: 5 });
    for (const length of lengths) {
      const [head, tail] = [message(length), message(100)];
      const state = await suspended(psa, alg, head);
      for (const resumer of [psa, other.psa]) {
        const operation = hashOperationInit();
        await must(resumer.hashResume(operation, state));
        const again = await must(resumer.hashSuspend(operation));
        expect(hex(again.hashState)).toBe(hex(state));
        await must(resumer.hashResume(operation, again.hashState));
        await must(resumer.hashUpdate(operation, tail));
        const { hash } = await must(resumer.hashFinish(operation));
        expect(hex(hash)).toBe(digestOf(name, join(head, tail)));
      }
    }
  });

  it('of another length is none', async () => {
    const { psa } = await openForTest();
    for (const length of lengths) {
      const state = await suspended(psa, alg, message(length));
      for (const wrong of [state.subarray(0, -1), join(state, Uint8Array.of(0)), state.subarray(0, 4)])
        expect(await named(psa.hashResume(hashOperationInit(), wrong))).toBe('INVALID_ARGUMENT');
      const longer = state.slice();
      longer[3 + count] = (longer[3 + count] ?? 0) ^ 1;
      expect(await named(psa.hashResume(hashOperationInit(), longer))).toBe('INVALID_ARGUMENT');
    }
  });
});

describe('a suspended hash', () => {
  it.each([
    [PSA_ALG_MD5, '0123456789abcdeffedcba9876543210'],
    [PSA_ALG_RIPEMD160, '0123456789abcdeffedcba9876543210f0e1d2c3'],
    [PSA_ALG_SHA_1, '67452301efcdab8998badcfe10325476c3d2e1f0'],
    [PSA_ALG_SHA_224, 'c1059ed8367cd5073070dd17f70e5939ffc00b316858151164f98fa7befa4fa4'],
    [PSA_ALG_SHA_256, '6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19'],
  ])('of nothing has the initial value of its algorithm, 0x%i', async (alg, initial) => {
    const { psa } = await openForTest();
    const state = await suspended(psa, alg, NOTHING);
    expect(hex(state)).toBe(alg.toString(16).padStart(8, '0') + '00'.repeat(8) + initial);
  });

  it.each([
    ['nothing', '', ['INVALID_ARGUMENT']],
    ['less than an algorithm', '020000', ['INVALID_ARGUMENT']],
    ['an algorithm alone', '02000009', ['INVALID_ARGUMENT']],
    ['no hash', hexOf(PSA_ALG_ECDSA(PSA_ALG_SHA_256)) + '00'.repeat(40), ['INVALID_ARGUMENT']],
    ['SHA-3', hexOf(PSA_ALG_SHA3_256) + '00'.repeat(40), ['NOT_SUPPORTED']],
    ['SHAKE', hexOf(PSA_ALG_SHAKE256_512) + '00'.repeat(40), ['NOT_SUPPORTED']],
    ['a hash of nobody', hexOf(UNKNOWN_HASH) + '00'.repeat(40), ['NOT_SUPPORTED']],
    ['MD2', `${hexOf(PSA_ALG_MD2)}00${'00'.repeat(64)}`, ['NOT_SUPPORTED']],
    [
      'more input than SHA-256 takes',
      `${hexOf(PSA_ALG_SHA_256)}${'ff'.repeat(7)}c0${'00'.repeat(32)}`,
      ['INVALID_ARGUMENT', 'NOT_SUPPORTED'],
    ],
  ] as const)('is not %s', async (_, state, statuses) => {
    const { psa, device } = await openForTest();
    const operation = hashOperationInit();
    expect(statuses).toContain(await named(psa.hashResume(operation, unhex(state))));
    expect(operation.handle).toBe(0);
    expect(device.status().operations).toEqual([]);
  });

  it.each([PSA_ALG_SHA3_256, PSA_ALG_SHAKE256_512])('is not there for SHA-3: 0x%i', async (alg) => {
    const { psa } = await openForTest();
    const operation = hashOperationInit();
    await must(psa.hashSetup(operation, alg));
    expect(await named(psa.hashSuspend(operation))).toBe('NOT_SUPPORTED');
    expect(operation.handle).toBe(0);
  });
});

function hexOf(alg: number): string {
  return alg.toString(16).padStart(8, '0');
}

onBothCarriers((carrier, open) => {
  describe(`suspending ${carrier}`, () => {
    it('needs room for all, an active hash, and leaves an inactive one', async () => {
      const { psa, device } = await open();
      const operation = hashOperationInit();
      expect(await named(psa.hashSuspend(operation))).toBe('BAD_STATE');
      for (const [room, status] of [
        [4 + 8 + 32 + 2, 'BUFFER_TOO_SMALL'],
        [4 + 8 + 32 + 3, 'SUCCESS'],
      ] as const) {
        await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
        await must(psa.hashUpdate(operation, message(3)));
        expect(await named(psa.hashSuspend(operation, room))).toBe(status);
        expect(operation.handle).toBe(0);
        expect(await named(psa.hashUpdate(operation, message(3)))).toBe('BAD_STATE');
      }
      expect(device.status().operations).toEqual([]);
    });

    it('resumes onto inactive operations alone', async () => {
      const { psa } = await open();
      const state = await suspended(psa, PSA_ALG_SHA_256, message(70));
      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      expect(await named(psa.hashResume(operation, state))).toBe('BAD_STATE');
      expect(operation.handle).toBe(0);
      await must(psa.hashResume(operation, state));
      const { hash } = await must(psa.hashFinish(operation));
      expect(hex(hash)).toBe(digestOf('sha256', message(70)));
    });
  });
});
