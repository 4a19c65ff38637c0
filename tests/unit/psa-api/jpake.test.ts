/** J-PAKE. PSA Crypto 1.3, 10.11.5. */

import { describe, expect, it } from 'vitest';
import type { CipherSuite } from '../../../psa-api/call.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_HKDF,
  PSA_ALG_JPAKE,
  PSA_ALG_NONE,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ALG_TLS12_ECJPAKE_TO_PMS,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
  PSA_PAKE_CONFIRMED_KEY,
  PSA_PAKE_PRIMITIVE_TYPE_DH,
  PSA_PAKE_ROLE_CLIENT,
  PSA_PAKE_ROLE_NONE,
  PSA_PAKE_STEP_CONFIRM,
  PSA_PAKE_STEP_KEY_SHARE,
  PSA_PAKE_STEP_ZK_PROOF,
  PSA_PAKE_STEP_ZK_PUBLIC,
} from '../../../psa-api/constants.ts';
import { type Psa, pakeOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING, unhex } from '../../support/bytes.ts';
import { derive } from '../../support/derivation.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { ALL_USAGE, aesKey, passwordKey } from '../../support/keys.ts';
import {
  hear,
  jpake,
  jpakeSuite,
  type Message,
  type Party,
  party,
  ROUND_ONE,
  ROUND_TWO,
  speak,
  spoilt,
} from '../../support/pake.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_HASH } from '../../support/unsupported.ts';

const ALG = PSA_ALG_JPAKE(PSA_ALG_SHA_256);
const NOBODY = PSA_ALG_JPAKE(UNKNOWN_HASH);
const SUITE = jpakeSuite(ALG);
const [ALICE, BOB] = [ascii('alice'), ascii('bob')];
const DERIVE = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_EXPORT };
/** 10.11.3 lists both for what does not belong together. */
const WRONG = ['INVALID_ARGUMENT', 'NOT_SUPPORTED'];

const password = async (psa: Psa, data: Uint8Array, extra = {}): Promise<number> => {
  const attributes = { type: PSA_KEY_TYPE_PASSWORD, alg: ALG, usage: PSA_KEY_USAGE_DERIVE, ...extra };
  return (await must(psa.importKey(attributes, data))).key;
};

interface Options {
  readonly suite?: CipherSuite;
  readonly passwords?: readonly [Uint8Array, Uint8Array];
  readonly names?: readonly [user: Uint8Array, peer: Uint8Array];
}

/** Alice, and Bob as Alice may not expect him. */
const parties = async (
  psa: Psa,
  other: Psa = psa,
  { suite = SUITE, passwords = [ALICE, ALICE], names = [BOB, ALICE] }: Options = {},
): Promise<[Party, Party]> => {
  const [mine, yours] = passwords;
  const extra = { alg: suite.alg };
  return [
    await party(psa, { key: await password(psa, mine, extra), suite, user: ALICE, peer: BOB }),
    await party(other, { key: await password(other, yours, extra), suite, user: names[0], peer: names[1] }),
  ];
};

const sharedKey = async ({ psa, operation }: Party): Promise<string> => {
  const { key } = await must(psa.pakeGetSharedKey(operation, DERIVE));
  expect(operation.handle).toBe(0);
  return hex((await must(psa.exportKey(key))).data);
};

onBothCarriers((carrier, open) => {
  describe(`J-PAKE ${carrier}`, () => {
    it('agrees between two clients', async () => {
      const { psa, device, another } = await open();
      const other = await another({ owner: 7 });
      const [alice, bob] = await parties(psa, other.psa);
      expect(await jpake(alice, bob)).toBe('SUCCESS');
      const secret = await sharedKey(alice);
      expect(secret).toMatch(/^04[0-9a-f]{128}$/);
      expect(await sharedKey(bob)).toBe(secret);
      expect(device.status().operations).toEqual([]);
    });

    it('disagrees on different passwords, without a word', async () => {
      const { psa } = await open();
      const [alice, bob] = await parties(psa, psa, { passwords: [ALICE, BOB] });
      expect(await jpake(alice, bob)).toBe('SUCCESS');
      expect(await sharedKey(alice)).not.toBe(await sharedKey(bob));
    });
  });
});

describe('J-PAKE', () => {
  it.each([
    [256, PSA_ALG_SHA_512, 65],
    [384, PSA_ALG_SHA_384, 97],
    [521, PSA_ALG_SHA_256, 133],
    [224, PSA_ALG_SHA_256, 57],
  ])('over %i bits with hash 0x%i has a point of %i bytes', async (bits, hash, length) => {
    const { psa } = await openForTest();
    const [alice, bob] = await parties(psa, psa, { suite: jpakeSuite(PSA_ALG_JPAKE(hash), bits) });
    expect(await jpake(alice, bob)).toBe('SUCCESS');
    const secret = await sharedKey(alice);
    expect(secret.length).toBe(2 * length);
    expect(await sharedKey(bob)).toBe(secret);
  });

  it('takes either direction first in each round, with others of the other side in between', async () => {
    const { psa } = await openForTest();
    for (const aliceFirst of [true, false]) {
      const [alice, bob] = await parties(psa);
      const [speaker, hearer] = aliceFirst ? [alice, bob] : [bob, alice];
      const first = await speak(speaker, ...ROUND_ONE);
      const second = await speak(hearer, ...ROUND_ONE);
      expect(await hear(hearer, first)).toBe('SUCCESS');
      expect(await hear(speaker, second)).toBe('SUCCESS');
      const third = await speak(hearer, ...ROUND_TWO);
      expect(await hear(speaker, third)).toBe('SUCCESS');
      expect(await hear(hearer, await speak(speaker, ...ROUND_TWO))).toBe('SUCCESS');
      expect(await sharedKey(alice)).toBe(await sharedKey(bob));
    }
  });

  it('gives the premaster secret of TLS', async () => {
    const { psa } = await openForTest();
    const [alice, bob] = await parties(psa);
    expect(await jpake(alice, bob)).toBe('SUCCESS');
    const alg = PSA_ALG_TLS12_ECJPAKE_TO_PMS;
    const attributes = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_DERIVE, alg };
    const secrets: string[] = [];
    for (const { operation } of [alice, bob]) {
      const { key } = await must(psa.pakeGetSharedKey(operation, attributes));
      secrets.push(hex(await derive(psa, alg, 32, [PSA_KEY_DERIVATION_INPUT_SECRET, { key }])));
    }
    expect(secrets[0]).toBe(secrets[1]);
  });

  it.each([
    ['the key share', 0, 'INVALID_ARGUMENT'],
    ['the public part of the proof', 1, 'INVALID_ARGUMENT'],
    ['the proof', 2, 'INVALID_SIGNATURE'],
    ['the second key share', 3, 'INVALID_ARGUMENT'],
    ['the second proof', 5, 'INVALID_SIGNATURE'],
  ])('refuses %s altered', async (_, at, status) => {
    const { psa } = await openForTest();
    const [alice, bob] = await parties(psa);
    const messages = await speak(bob, ...ROUND_ONE);
    const wrong = messages.map((message, i): Message => (i === at ? spoilt(message) : message));
    expect(await hear(alice, wrong)).toBe(status);
    expect(alice.operation.handle).toBe(0);
  });

  it('refuses proofs of another identity, of itself, and in the second round', async () => {
    const { psa } = await openForTest();
    for (const names of [
      [ascii('carol'), ALICE],
      [ALICE, BOB],
    ] as const) {
      const [alice, bob] = await parties(psa, psa, { names });
      expect(await hear(alice, await speak(bob, ...ROUND_ONE))).toBe('INVALID_SIGNATURE');
    }
    const [alice, bob] = await parties(psa);
    expect(await hear(alice, await speak(bob, ...ROUND_ONE))).toBe('SUCCESS');
    expect(await hear(bob, await speak(alice, ...ROUND_ONE))).toBe('SUCCESS');
    const messages = await speak(bob, ...ROUND_TWO);
    expect(await hear(alice, [...messages.slice(0, 2), ...messages.slice(2).map(spoilt)])).toBe(
      'INVALID_SIGNATURE',
    );
  });

  it('takes a proof with fewer bytes and none with more', async () => {
    const { psa } = await openForTest();
    for (const [change, statuses] of [
      [(proof: Uint8Array) => Uint8Array.of(0, ...proof), ['INVALID_ARGUMENT', 'INVALID_SIGNATURE']],
      [() => NOTHING, ['INVALID_ARGUMENT', 'INVALID_SIGNATURE']],
      [() => Uint8Array.of(5), ['INVALID_SIGNATURE']],
    ] as const) {
      const [alice, bob] = await parties(psa);
      const messages = await speak(bob, ...ROUND_ONE.slice(0, 3));
      const wrong = messages.map(([step, data], i): Message => [step, i === 2 ? change(data) : data]);
      expect(statuses).toContain(await hear(alice, wrong));
    }
  });
});

describe('the setup of J-PAKE', () => {
  const key = (psa: Psa) => password(psa, ALICE);

  it.each([
    ['a password hash', (psa) => password(psa, ALICE, { type: PSA_KEY_TYPE_PASSWORD_HASH }), {}, ['SUCCESS']],
    ['no PAKE', (psa) => passwordKey(psa, PSA_ALG_ECDH), { alg: PSA_ALG_ECDH }, WRONG],
    ['no algorithm', (psa) => password(psa, ALICE, { alg: PSA_ALG_NONE }), { alg: PSA_ALG_NONE }, WRONG],
    ['a hash of nobody', (psa) => password(psa, ALICE, { alg: NOBODY }), { alg: NOBODY }, WRONG],
    ['a group of finite fields', key, { type: PSA_PAKE_PRIMITIVE_TYPE_DH, family: 3, bits: 2048 }, WRONG],
    ['a curve of nobody', key, { bits: 255 }, WRONG],
    ['no primitive', key, { type: 0, family: 0, bits: 0 }, WRONG],
    ['confirmation', key, { keyConfirmation: PSA_PAKE_CONFIRMED_KEY }, WRONG],
    ['another algorithm', key, { alg: PSA_ALG_JPAKE(PSA_ALG_SHA_512) }, ['NOT_PERMITTED']],
    [
      'no leave',
      (psa) => password(psa, ALICE, { usage: ALL_USAGE & ~PSA_KEY_USAGE_DERIVE }),
      {},
      ['NOT_PERMITTED'],
    ],
    [
      'leave to verify',
      (psa) => password(psa, ALICE, { usage: PSA_KEY_USAGE_VERIFY_DERIVATION }),
      {},
      ['NOT_PERMITTED'],
    ],
    ['an AES key', (psa) => aesKey(psa, ALG), {}, WRONG],
    ['raw data', (psa) => password(psa, ALICE, { type: PSA_KEY_TYPE_RAW_DATA }), {}, WRONG],
    ['a password that is 0', (psa) => password(psa, new Uint8Array(40)), {}, WRONG],
    [
      'the order as a password',
      (psa) => password(psa, unhex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')),
      {},
      WRONG,
    ],
    ['no key', async () => 0, {}, ['INVALID_HANDLE']],
  ] as readonly (readonly [string, (psa: Psa) => Promise<number>, Partial<CipherSuite>, string[]])[])(
    'with %s',
    async (_, makeKey, change, statuses) => {
      const { psa, device } = await openForTest();
      const operation = pakeOperationInit();
      const status = await named(psa.pakeSetup(operation, await makeKey(psa), { ...SUITE, ...change }));
      expect(statuses).toContain(status);
      expect(operation.handle !== 0).toBe(status === 'SUCCESS');
      expect(device.status().operations.length).toBe(status === 'SUCCESS' ? 1 : 0);
    },
  );

  const start = async (psa: Psa): Promise<Party> => party(psa, { key: await key(psa), suite: SUITE });
  type Act = (p: Party) => Promise<string>;
  const user: Act = ({ psa, operation }) => named(psa.pakeSetUser(operation, ALICE));
  const peer: Act = ({ psa, operation }) => named(psa.pakeSetPeer(operation, BOB));
  const role =
    (value: number): Act =>
    ({ psa, operation }) =>
      named(psa.pakeSetRole(operation, value));
  const out =
    (step: number): Act =>
    ({ psa, operation }) =>
      named(psa.pakeOutput(operation, step));
  const into: Act = ({ psa, operation }) => named(psa.pakeInput(operation, PSA_PAKE_STEP_KEY_SHARE, ALICE));
  const secret: Act = ({ psa, operation }) => named(psa.pakeGetSharedKey(operation, DERIVE));
  const share = out(PSA_PAKE_STEP_KEY_SHARE);

  it.each([
    ['an output without names', [share], ['BAD_STATE']],
    ['an output without a peer', [user, share], ['BAD_STATE']],
    ['an output without a user', [peer, share], ['BAD_STATE']],
    ['an input without names', [into], ['BAD_STATE']],
    ['an input that is no point', [user, peer, into], ['INVALID_ARGUMENT']],
    ['two users', [user, user], ['BAD_STATE']],
    ['two peers', [peer, peer], ['BAD_STATE']],
    ['an empty user', [({ psa, operation }) => named(psa.pakeSetUser(operation, NOTHING))], WRONG],
    ['an empty peer', [({ psa, operation }) => named(psa.pakeSetPeer(operation, NOTHING))], WRONG],
    ['a context', [({ psa, operation }) => named(psa.pakeSetContext(operation, ALICE))], ['BAD_STATE']],
    ['no role', [role(PSA_PAKE_ROLE_NONE), user, peer, share], ['SUCCESS']],
    ['a role', [role(PSA_PAKE_ROLE_CLIENT)], WRONG],
    ['a role of nobody', [role(0x77)], WRONG],
    ['two roles', [role(PSA_PAKE_ROLE_NONE), role(PSA_PAKE_ROLE_NONE)], ['BAD_STATE']],
    ['a user too late', [user, peer, share, user], ['BAD_STATE']],
    ['a role too late', [user, peer, share, role(PSA_PAKE_ROLE_NONE)], ['BAD_STATE']],
    ['the proof first', [user, peer, out(PSA_PAKE_STEP_ZK_PROOF)], ['BAD_STATE']],
    ['the share twice', [user, peer, share, share], ['BAD_STATE']],
    ['the proof before its public part', [user, peer, share, out(PSA_PAKE_STEP_ZK_PROOF)], ['BAD_STATE']],
    ['a step of SPAKE2+', [user, peer, out(PSA_PAKE_STEP_CONFIRM)], WRONG],
    ['a step of nobody', [user, peer, out(0x7f)], WRONG],
    ['the secret before all', [secret], ['BAD_STATE']],
    ['the secret in between', [user, peer, share, out(PSA_PAKE_STEP_ZK_PUBLIC), secret], ['BAD_STATE']],
  ] as readonly (readonly [string, readonly Act[], string[]])[])('and then %s', async (_, acts, statuses) => {
    const { psa } = await openForTest();
    const one = await start(psa);
    for (const act of acts.slice(0, -1)) expect(await act(one)).toBe('SUCCESS');
    const status = (await acts.at(-1)?.(one)) ?? '';
    expect(statuses).toContain(status);
    expect(one.operation.handle !== 0).toBe(status === 'SUCCESS');
  });

  it('is not there for inactive operations', async () => {
    const { psa } = await openForTest();
    for (const act of [user, peer, share, into, secret, role(PSA_PAKE_ROLE_NONE)])
      expect(await act({ psa, operation: pakeOperationInit() })).toBe('BAD_STATE');
  });

  it('has rounds of so many steps', async () => {
    const { psa } = await openForTest();
    const [alice, bob] = await parties(psa);
    await speak(alice, ...ROUND_ONE);
    expect(await share(alice)).toBe('BAD_STATE');
    const messages = await speak(bob, ...ROUND_ONE);
    const [carol] = await parties(psa);
    expect(await hear(carol, [...messages, ...messages])).toBe('BAD_STATE');
  });

  it('needs room for every output', async () => {
    const { psa } = await openForTest();
    for (const [before, step, length] of [
      [[], PSA_PAKE_STEP_KEY_SHARE, 65],
      [[PSA_PAKE_STEP_KEY_SHARE], PSA_PAKE_STEP_ZK_PUBLIC, 65],
      [[PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_ZK_PUBLIC], PSA_PAKE_STEP_ZK_PROOF, 32],
    ] as const) {
      for (const [room, status] of [
        [length, 'SUCCESS'],
        [length - 1, 'BUFFER_TOO_SMALL'],
      ] as const) {
        const [alice] = await parties(psa);
        await speak(alice, ...before);
        expect(await named(psa.pakeOutput(alice.operation, step, room))).toBe(status);
        expect(alice.operation.handle !== 0).toBe(status === 'SUCCESS');
      }
    }
  });
});

describe('the secret of J-PAKE', () => {
  it.each([
    ['a derivation key', { type: PSA_KEY_TYPE_DERIVE }, ['SUCCESS']],
    ['an HMAC key', { type: PSA_KEY_TYPE_HMAC }, ['SUCCESS']],
    ['one of its size', { type: PSA_KEY_TYPE_DERIVE, bits: 65 * 8 }, ['SUCCESS']],
    ['one of another size', { type: PSA_KEY_TYPE_DERIVE, bits: 256 }, ['INVALID_ARGUMENT']],
    ['an AES key', { type: PSA_KEY_TYPE_AES }, WRONG],
    ['a password', { type: PSA_KEY_TYPE_PASSWORD }, WRONG],
    ['a key of no type', {}, WRONG],
    ['one of unknown usage', { type: PSA_KEY_TYPE_DERIVE, usage: 0x40 }, ['INVALID_ARGUMENT']],
    ['one with an id that is taken', { type: PSA_KEY_TYPE_DERIVE, id: 6 }, ['ALREADY_EXISTS']],
  ] as const)('as %s', async (_, attributes, statuses) => {
    const { psa, device } = await openForTest();
    await passwordKey(psa, PSA_ALG_HKDF(PSA_ALG_SHA_256), { id: 6 });
    const [alice, bob] = await parties(psa);
    expect(await jpake(alice, bob)).toBe('SUCCESS');
    const before = device.status().keys;
    const { status, key } = await psa.pakeGetSharedKey(alice.operation, attributes);
    expect(statuses).toContain(await named({ status }));
    expect(alice.operation.handle).toBe(0);
    expect(key !== 0).toBe(status === 0);
    expect(device.status().keys.volatile - before.volatile).toBe(status === 0 ? 1 : 0);
  });
});
