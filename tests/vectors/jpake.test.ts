/** The published handshake of EC J-PAKE through the PSA Crypto API with a generator that is told. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_JPAKE,
  PSA_ALG_SHA_256,
  PSA_ALG_TLS12_ECJPAKE_TO_PMS,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_PAKE_STEP_KEY_SHARE,
  PSA_PAKE_STEP_ZK_PROOF,
  PSA_PAKE_STEP_ZK_PUBLIC,
} from '../../psa-api/constants.ts';
import { ascii, hex, unhex } from '../support/bytes.ts';
import { derive } from '../support/derivation.ts';
import { drawing } from '../support/drawing.ts';
import { hear, jpakeSuite, type Message, party, ROUND_ONE, ROUND_TWO, speak } from '../support/pake.ts';
import { must } from '../support/status.ts';
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
} from '../unit/engine/jpake-vectors.ts';

const ALG = PSA_ALG_JPAKE(PSA_ALG_SHA_256);

const messages = (text: string): Message[] =>
  parseShares(text).flatMap(({ keyShare, zkPublic, zkProof }): Message[] => [
    [PSA_PAKE_STEP_KEY_SHARE, keyShare],
    [PSA_PAKE_STEP_ZK_PUBLIC, zkPublic],
    [PSA_PAKE_STEP_ZK_PROOF, zkProof],
  ]);

/** What the vectors fix: the shares, and not the proofs, whose random numbers are not told. */
const shares = (all: readonly Message[]): string[] =>
  all.flatMap(([step, data]) => (step === PSA_PAKE_STEP_KEY_SHARE ? [hex(data)] : []));

describe("J-PAKE of Mbed TLS's self-test", () => {
  it.each([
    ['client', 'server', X1, X2, [CLIENT_ONE, CLIENT_TWO], [SERVER_ONE, SERVER_TWO]],
    ['server', 'client', X3, X4, [SERVER_ONE, SERVER_TWO], [CLIENT_ONE, CLIENT_TWO]],
  ] as const)('as %s', async (user, peer, first, second, own, theirs) => {
    const proof = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
    const psa = drawing(unhex(first), proof(1), unhex(second), proof(2), proof(3));
    const attributes = { type: PSA_KEY_TYPE_PASSWORD, alg: ALG, usage: PSA_KEY_USAGE_DERIVE };
    const { key } = await must(psa.importKey(attributes, PASSWORD));
    const suite = jpakeSuite(ALG);
    const side = await party(psa, { key, suite, user: ascii(user), peer: ascii(peer) });

    expect(shares(await speak(side, ...ROUND_ONE))).toEqual(shares(messages(own[0])));
    expect(await hear(side, messages(theirs[0]))).toBe('SUCCESS');
    expect(shares(await speak(side, ...ROUND_TWO))).toEqual(shares(messages(own[1])));
    expect(await hear(side, messages(theirs[1]))).toBe('SUCCESS');

    const usage = PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_DERIVE;
    const alg = PSA_ALG_TLS12_ECJPAKE_TO_PMS;
    const shared = await must(
      psa.pakeGetSharedKey(side.operation, { type: PSA_KEY_TYPE_DERIVE, usage, alg }),
    );
    expect(hex((await must(psa.exportKey(shared.key))).data)).toBe(SHARED_KEY);
    const premaster = await derive(psa, alg, 32, [PSA_KEY_DERIVATION_INPUT_SECRET, { key: shared.key }]);
    expect(hex(premaster)).toBe(PREMASTER);
  });
});
