/** SPAKE2+: registration, roles, identities, context and confirmation. PSA Crypto 1.3, 9.2.7 and 10.11.6. */

import { describe, expect, it } from 'vitest';
import type { CipherSuite } from '../../../psa-api/call.ts';
import {
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ALG_SPAKE2P_CMAC,
  PSA_ALG_SPAKE2P_HMAC,
  PSA_ALG_SPAKE2P_MATTER,
  PSA_ECC_FAMILY_SECP_K1,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_SPAKE2P_KEY_PAIR,
  PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_PAKE_ROLE_FIRST,
  PSA_PAKE_ROLE_NONE,
  PSA_PAKE_STEP_CONFIRM,
  PSA_PAKE_STEP_KEY_SHARE,
  PSA_PAKE_STEP_ZK_PROOF,
  PSA_PAKE_UNCONFIRMED_KEY,
} from '../../../psa-api/constants.ts';
import { type Psa, pakeOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING } from '../../support/bytes.ts';
import { derivation, derive, type Input } from '../../support/derivation.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { p256Pair, passwordKey } from '../../support/keys.ts';
import {
  hear,
  type Party,
  PROVER,
  party,
  type Setup,
  spake2p,
  spake2pSuite,
  speak,
  spoilt,
  VERIFIER,
} from '../../support/pake.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_HASH } from '../../support/unsupported.ts';

const PAIR = PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
const PUBLIC = PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);
const HMAC256 = PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256);
const USAGE = PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT;
const [CLIENT, SERVER] = [ascii('client'), ascii('server')];
const WRONG = ['INVALID_ARGUMENT', 'NOT_SUPPORTED'];

const PBKDF2 = PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256);

const registration = async (psa: Psa): Promise<readonly Input[]> => [
  [PSA_KEY_DERIVATION_INPUT_COST, 10n],
  [PSA_KEY_DERIVATION_INPUT_SALT, ascii('salt')],
  [PSA_KEY_DERIVATION_INPUT_PASSWORD, { key: await passwordKey(psa, PBKDF2) }],
];

/** The prover's key, derived from a password, and the verifier's, imported from its public part. */
const register = async (psa: Psa, alg: number, bits: number, other: Psa = psa) => {
  const operation = await derivation(psa, PBKDF2, ...(await registration(psa)));
  const { key: pair } = await must(
    psa.keyDerivationOutputKey({ type: PAIR, bits, alg, usage: USAGE }, operation),
  );
  await must(psa.keyDerivationAbort(operation));
  const { data } = await must(psa.exportPublicKey(pair));
  const { key: single } = await must(other.importKey({ type: PUBLIC, alg, usage: USAGE }, data));
  return { pair, single };
};

type Change = Partial<Omit<Setup, 'key' | 'suite'>>;

const parties = async (
  psa: Psa,
  alg = HMAC256,
  bits = 256,
  prover: Change = {},
  verifier: Change = {},
): Promise<[Party, Party]> => {
  const { pair, single } = await register(psa, alg, bits);
  const suite = spake2pSuite(alg, bits);
  const names = { user: CLIENT, peer: SERVER };
  const swapped = { user: SERVER, peer: CLIENT };
  return [
    await party(psa, { key: pair, suite, role: PROVER, ...names, ...prover }),
    await party(psa, { key: single, suite, role: VERIFIER, ...swapped, ...verifier }),
  ];
};

const DERIVE = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_EXPORT };

const sharedKey = async ({ psa, operation }: Party, attributes = DERIVE): Promise<string> => {
  const { key } = await must(psa.pakeGetSharedKey(operation, attributes));
  expect(operation.handle).toBe(0);
  return hex((await must(psa.exportKey(key))).data);
};

describe('SPAKE2+ keys', () => {
  const orders = [
    [256, 32, 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n],
    [
      384,
      48,
      0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    ],
    [
      521,
      66,
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    ],
  ] as const;

  it.each(orders)(
    'of %i bits come from a derivation, 8 bytes more than a scalar for each',
    async (bits, length, n) => {
      const { psa } = await openForTest();
      const inputs = await registration(psa);
      const { pair } = await register(psa, HMAC256, bits);
      const stream = await derive(psa, PBKDF2, 2 * (length + 8), ...inputs);
      const scalar = (data: Uint8Array) =>
        (BigInt(`0x${hex(data)}`) % n).toString(16).padStart(2 * length, '0');
      const { data } = await must(psa.exportKey(pair));
      expect(hex(data)).toBe(scalar(stream.subarray(0, length + 8)) + scalar(stream.subarray(length + 8)));
      expect((await must(psa.getKeyAttributes(pair))).attributes).toMatchObject({ type: PAIR, bits });
      const exported = await must(psa.exportPublicKey(pair));
      expect(exported.data.length).toBe(length + 1 + 2 * length);
      expect(hex(exported.data.subarray(0, length))).toBe(hex(data.subarray(0, length)));
      // What is exported can be imported, with the size or without.
      for (const given of [0, bits]) {
        expect(await named(psa.importKey({ type: PAIR, bits: given }, data))).toBe('SUCCESS');
        expect(await named(psa.importKey({ type: PUBLIC, bits: given }, exported.data))).toBe('SUCCESS');
      }
    },
  );

  it('are not generated, and not imported when they are none', async () => {
    const { psa } = await openForTest();
    const { pair } = await register(psa, HMAC256, 256);
    const [{ data }, whole] = [await must(psa.exportPublicKey(pair)), await must(psa.exportKey(pair))];
    expect(WRONG).toContain(await named(psa.generateKey({ type: PAIR, bits: 256 })));
    expect(WRONG).toContain(await named(psa.generateKey({ type: PUBLIC, bits: 256 })));
    const zeroed = (of: Uint8Array, from: number, to: number) => of.slice().fill(0, from, to);
    const full = (of: Uint8Array, from: number, to: number) => of.slice().fill(0xff, from, to);
    for (const [type, wrong] of [
      [PAIR, zeroed(whole.data, 0, 32)],
      [PAIR, zeroed(whole.data, 32, 64)],
      [PAIR, full(whole.data, 0, 32)],
      [PAIR, full(whole.data, 32, 64)],
      [PAIR, whole.data.subarray(1)],
      [PAIR, data],
      [PUBLIC, zeroed(data, 0, 32)],
      [PUBLIC, full(data, 32, 33)],
      [PUBLIC, spoilt([0, data])[1]],
      [PUBLIC, data.subarray(0, -1)],
    ] as const)
      expect(await named(psa.importKey({ type, bits: 256 }, wrong))).toBe('INVALID_ARGUMENT');
    expect(WRONG).toContain(await named(psa.importKey({ type: PAIR, bits: 255 }, whole.data)));
  });
});

const SUITES: readonly (readonly [name: string, alg: number, bits: number, length: number])[] = [
  ['HMAC-SHA-256', HMAC256, 256, 32],
  ['HMAC-SHA-512', PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), 256, 64],
  ['HMAC-SHA-256', HMAC256, 384, 32],
  ['HMAC-SHA-384', PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_384), 384, 48],
  ['HMAC-SHA-512', PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), 521, 64],
  ['CMAC, SHA-256', PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), 256, 32],
  ['CMAC, SHA-512', PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_512), 256, 64],
  ['Matter', PSA_ALG_SPAKE2P_MATTER, 256, 16],
];

describe('SPAKE2+', () => {
  it.each(SUITES)('with %s (0x%i) over %i bits has a secret of %i bytes', async (_, alg, bits, length) => {
    const { psa } = await openForTest();
    const [prover, verifier] = await parties(psa, alg, bits, { context: CLIENT }, { context: CLIENT });
    expect(await spake2p(prover, verifier)).toBe('SUCCESS');
    const secret = await sharedKey(prover);
    expect(secret.length).toBe(2 * length);
    expect(await sharedKey(verifier)).toBe(secret);
  });

  it('serves a verifier with the whole pair too', async () => {
    const { psa } = await openForTest();
    const { pair } = await register(psa, HMAC256, 256);
    const suite = spake2pSuite(HMAC256);
    const prover = await party(psa, { key: pair, suite, role: PROVER });
    const verifier = await party(psa, { key: pair, suite, role: VERIFIER });
    expect(await spake2p(prover, verifier)).toBe('SUCCESS');
    expect(await sharedKey(prover)).toBe(await sharedKey(verifier));
  });

  it.each([
    ['no names', { user: undefined, peer: undefined }, { user: undefined, peer: undefined }, 'SUCCESS'],
    [
      'empty names for none',
      { user: NOTHING, peer: NOTHING },
      { user: undefined, peer: undefined },
      'SUCCESS',
    ],
    ['the same context', { context: CLIENT }, { context: CLIENT }, 'SUCCESS'],
    ['empty contexts', { context: NOTHING }, { context: NOTHING }, 'SUCCESS'],
    ['another prover', { user: ascii('someone') }, {}, 'INVALID_SIGNATURE'],
    ['another verifier', {}, { user: ascii('someone') }, 'INVALID_SIGNATURE'],
    ['a prover without a name', { user: undefined }, {}, 'INVALID_SIGNATURE'],
    ['names the same way round', {}, { user: CLIENT, peer: SERVER }, 'INVALID_SIGNATURE'],
    ['another context', { context: CLIENT }, { context: SERVER }, 'INVALID_SIGNATURE'],
    ['one context', { context: CLIENT }, {}, 'INVALID_SIGNATURE'],
    ['an empty context and none', { context: NOTHING }, {}, 'INVALID_SIGNATURE'],
    ['none and an empty context', {}, { context: NOTHING }, 'INVALID_SIGNATURE'],
  ] as const)('with %s', async (_, prover, verifier, status) => {
    const { psa } = await openForTest();
    const both = await parties(psa, HMAC256, 256, prover, verifier);
    expect(await spake2p(...both)).toBe(status);
    if (status === 'SUCCESS') expect(await sharedKey(both[0])).toBe(await sharedKey(both[1]));
    else expect(both[0].operation.handle).toBe(0);
  });

  it('refuses what was altered on the way', async () => {
    const { psa } = await openForTest();
    const shares = await parties(psa);
    const [share] = await speak(shares[0], PSA_PAKE_STEP_KEY_SHARE);
    for (const wrong of [spoilt(share ?? [1, NOTHING])[1], NOTHING, Uint8Array.of(0)]) {
      const [, verifier] = await parties(psa);
      expect(await hear(verifier, [[PSA_PAKE_STEP_KEY_SHARE, wrong]])).toBe('INVALID_ARGUMENT');
      expect(verifier.operation.handle).toBe(0);
    }
    const [prover, verifier] = await parties(psa);
    await hear(verifier, await speak(prover, PSA_PAKE_STEP_KEY_SHARE));
    const [answer, confirmation] = await speak(verifier, PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_CONFIRM);
    if (answer === undefined || confirmation === undefined) throw new Error('no answer');
    expect(await hear(prover, [answer, spoilt(confirmation)])).toBe('INVALID_SIGNATURE');
    expect(prover.operation.handle).toBe(0);
    for (const change of [
      spoilt,
      ([step, data]: readonly [number, Uint8Array]) => [step, data.subarray(1)] as const,
    ]) {
      const [one, other] = await parties(psa);
      await hear(other, await speak(one, PSA_PAKE_STEP_KEY_SHARE));
      await hear(one, await speak(other, PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_CONFIRM));
      const [last] = await speak(one, PSA_PAKE_STEP_CONFIRM);
      if (last === undefined) throw new Error('no confirmation');
      expect(await hear(other, [change(last)])).toBe('INVALID_SIGNATURE');
      expect(other.operation.handle).toBe(0);
    }
  });

  it('is the secret of those with the same password alone', async () => {
    const { psa } = await openForTest();
    const { pair } = await register(psa, HMAC256, 256);
    const whole = await must(psa.exportKey(pair));
    const other = whole.data.slice();
    other[40] = (other[40] ?? 0) ^ 1;
    const { key } = await must(psa.importKey({ type: PAIR, alg: HMAC256, usage: USAGE }, other));
    const suite = spake2pSuite(HMAC256);
    const prover = await party(psa, { key, suite, role: PROVER });
    const verifier = await party(psa, { key: pair, suite, role: VERIFIER });
    expect(await spake2p(prover, verifier)).toBe('INVALID_SIGNATURE');
  });
});

onBothCarriers((carrier, open) => {
  describe(`SPAKE2+ ${carrier}`, () => {
    it('agrees between two clients', async () => {
      const { psa, device, another } = await open();
      const other = await another({ owner: 7 });
      const { pair, single } = await register(psa, HMAC256, 256, other.psa);
      const suite = spake2pSuite(HMAC256);
      const prover = await party(psa, { key: pair, suite, role: PROVER });
      const verifier = await party(other.psa, { key: single, suite, role: VERIFIER });
      expect(await spake2p(prover, verifier)).toBe('SUCCESS');
      expect(await sharedKey(prover)).toBe(await sharedKey(verifier));
      expect(device.status().operations).toEqual([]);
    });
  });
});

describe('the setup of SPAKE2+', () => {
  it.each([
    ['another curve', { bits: 384 }, WRONG],
    ['another family', { family: PSA_ECC_FAMILY_SECP_K1 }, WRONG],
    ['Edwards curves', { family: PSA_ECC_FAMILY_TWISTED_EDWARDS, bits: 255 }, WRONG],
    ['no confirmation', { keyConfirmation: PSA_PAKE_UNCONFIRMED_KEY }, WRONG],
    ['another algorithm', { alg: PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256) }, ['NOT_PERMITTED']],
  ] as readonly (readonly [string, Partial<CipherSuite>, string[]])[])(
    'with %s',
    async (_, change, statuses) => {
      const { psa } = await openForTest();
      const { pair } = await register(psa, HMAC256, 256);
      const operation = pakeOperationInit();
      expect(statuses).toContain(
        await named(psa.pakeSetup(operation, pair, { ...spake2pSuite(HMAC256), ...change })),
      );
      expect(operation.handle).toBe(0);
    },
  );

  it('with a hash of nobody', async () => {
    const { psa } = await openForTest();
    const alg = PSA_ALG_SPAKE2P_HMAC(UNKNOWN_HASH);
    const { pair } = await register(psa, alg, 256);
    expect(WRONG).toContain(await named(psa.pakeSetup(pakeOperationInit(), pair, spake2pSuite(alg))));
  });

  it('takes SPAKE2+ keys with leave', async () => {
    const { psa } = await openForTest();
    const suite = spake2pSuite(HMAC256);
    const whole = await must(psa.exportKey((await register(psa, HMAC256, 256)).pair));
    const locked = await must(
      psa.importKey({ type: PAIR, alg: HMAC256, usage: PSA_KEY_USAGE_EXPORT }, whole.data),
    );
    for (const [key, statuses] of [
      [await passwordKey(psa, HMAC256), WRONG],
      [await p256Pair(psa, HMAC256), WRONG],
      [locked.key, ['NOT_PERMITTED']],
      [0, ['INVALID_HANDLE']],
    ] as const)
      expect(statuses).toContain(await named(psa.pakeSetup(pakeOperationInit(), key, suite)));
  });

  type Act = (p: Party) => Promise<string>;
  const role =
    (value: number): Act =>
    ({ psa, operation }) =>
      named(psa.pakeSetRole(operation, value));
  const out =
    (step: number): Act =>
    ({ psa, operation }) =>
      named(psa.pakeOutput(operation, step));
  const into =
    (step: number): Act =>
    ({ psa, operation }) =>
      named(psa.pakeInput(operation, step, CLIENT));
  const user: Act = ({ psa, operation }) => named(psa.pakeSetUser(operation, CLIENT));
  const peer: Act = ({ psa, operation }) => named(psa.pakeSetPeer(operation, CLIENT));
  const context: Act = ({ psa, operation }) => named(psa.pakeSetContext(operation, CLIENT));
  const secret: Act = ({ psa, operation }) => named(psa.pakeGetSharedKey(operation, DERIVE));
  const [share, confirm] = [out(PSA_PAKE_STEP_KEY_SHARE), out(PSA_PAKE_STEP_CONFIRM)];

  it.each([
    ['pair', 'a share without a role', [share], ['BAD_STATE']],
    ['pair', 'an input without a role', [into(PSA_PAKE_STEP_KEY_SHARE)], ['BAD_STATE']],
    ['pair', 'no role', [role(PSA_PAKE_ROLE_NONE)], WRONG],
    ['pair', 'the first role', [role(PSA_PAKE_ROLE_FIRST)], WRONG],
    ['pair', 'two roles', [role(PROVER), role(PROVER)], ['BAD_STATE']],
    ['single', 'a prover without w1', [role(PROVER)], WRONG],
    ['single', 'a verifier', [role(VERIFIER)], ['SUCCESS']],
    ['pair', 'names in any order', [context, peer, user, role(PROVER), share], ['SUCCESS']],
    ['pair', 'two users', [user, user], ['BAD_STATE']],
    ['pair', 'two peers', [peer, peer], ['BAD_STATE']],
    ['pair', 'two contexts', [context, context], ['BAD_STATE']],
    ['pair', 'a user too late', [role(PROVER), share, user], ['BAD_STATE']],
    ['pair', 'a context too late', [role(PROVER), share, context], ['BAD_STATE']],
    ['pair', 'a confirmation first', [role(PROVER), confirm], ['BAD_STATE']],
    ['pair', 'two shares', [role(PROVER), share, share], ['BAD_STATE']],
    ['pair', 'a prover that hears first', [role(PROVER), into(PSA_PAKE_STEP_KEY_SHARE)], ['BAD_STATE']],
    ['pair', 'a verifier that speaks first', [role(VERIFIER), share], ['BAD_STATE']],
    ['pair', 'a step of J-PAKE', [role(PROVER), out(PSA_PAKE_STEP_ZK_PROOF)], WRONG],
    ['pair', 'the secret at once', [role(PROVER), secret], ['BAD_STATE']],
    ['pair', 'the secret after the share', [role(PROVER), share, secret], ['BAD_STATE']],
  ] as readonly (readonly ['pair' | 'single', string, readonly Act[], string[]])[])(
    'of a %s, and then %s',
    async (kind, _, acts, statuses) => {
      const { psa } = await openForTest();
      const keys = await register(psa, HMAC256, 256);
      const one = await party(psa, { key: keys[kind], suite: spake2pSuite(HMAC256) });
      for (const act of acts.slice(0, -1)) expect(await act(one)).toBe('SUCCESS');
      const status = (await acts.at(-1)?.(one)) ?? '';
      expect(statuses).toContain(status);
      expect(one.operation.handle !== 0).toBe(status === 'SUCCESS');
    },
  );

  it('gives no secret before the last confirmation', async () => {
    const { psa } = await openForTest();
    const confirmed = async (stop: 'prover' | 'verifier'): Promise<Party> => {
      const [prover, verifier] = await parties(psa);
      await hear(verifier, await speak(prover, PSA_PAKE_STEP_KEY_SHARE));
      const answer = await speak(verifier, PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_CONFIRM);
      if (stop === 'verifier') return verifier;
      await hear(prover, answer);
      return prover;
    };
    for (const stop of ['prover', 'verifier'] as const)
      expect(await secret(await confirmed(stop))).toBe('BAD_STATE');
  });
});

describe('the secret of SPAKE2+', () => {
  it.each([
    ['a derivation key', HMAC256, { type: PSA_KEY_TYPE_DERIVE }, ['SUCCESS']],
    ['an HMAC key', HMAC256, { type: PSA_KEY_TYPE_HMAC, bits: 256 }, ['SUCCESS']],
    ['an AES key', HMAC256, { type: PSA_KEY_TYPE_AES }, ['SUCCESS']],
    ['an AES key of its size', HMAC256, { type: PSA_KEY_TYPE_AES, bits: 256 }, ['SUCCESS']],
    ['an AES key of another size', HMAC256, { type: PSA_KEY_TYPE_AES, bits: 128 }, ['INVALID_ARGUMENT']],
    ['an AES key in Matter', PSA_ALG_SPAKE2P_MATTER, { type: PSA_KEY_TYPE_AES, bits: 128 }, ['SUCCESS']],
    ['a ChaCha20 key that is too short', PSA_ALG_SPAKE2P_MATTER, { type: PSA_KEY_TYPE_CHACHA20 }, WRONG],
    ['an RSA key', HMAC256, { type: PSA_KEY_TYPE_RSA_KEY_PAIR }, WRONG],
    ['a password', HMAC256, { type: PSA_KEY_TYPE_PASSWORD }, [...WRONG, 'SUCCESS']],
  ] as const)('as %s', async (_, alg, attributes, statuses) => {
    const { psa } = await openForTest();
    const both = await parties(psa, alg);
    expect(await spake2p(...both)).toBe('SUCCESS');
    const made = await psa.pakeGetSharedKey(both[0].operation, attributes);
    expect(statuses).toContain(await named(made));
    expect(made.key !== 0).toBe(made.status === 0);
    expect(both[0].operation.handle).toBe(0);
  });
});
