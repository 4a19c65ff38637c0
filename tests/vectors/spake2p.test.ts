/** RFC 9383 appendix C, and the draft that Matter uses, through the PSA Crypto API with a generator that is told. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_ALG_SPAKE2P_CMAC,
  PSA_ALG_SPAKE2P_HMAC,
  PSA_ALG_SPAKE2P_MATTER,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_SPAKE2P_KEY_PAIR,
  PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_PAKE_STEP_CONFIRM,
  PSA_PAKE_STEP_KEY_SHARE,
} from '../../psa-api/constants.ts';
import { ascii, hex, unhex } from '../support/bytes.ts';
import { drawing } from '../support/drawing.ts';
import { hear, type Party, PROVER, party, spake2pSuite, speak, VERIFIER } from '../support/pake.ts';
import { must } from '../support/status.ts';
import { DRAFT02, RFC9383, type Spake2pVector } from '../unit/engine/spake2p-vectors.ts';

const HASHES = { sha256: PSA_ALG_SHA_256, sha512: PSA_ALG_SHA_512 } as const;
const BITS = { secp256r1: 256, secp384r1: 384, secp521r1: 521 } as const;

const algorithmOf = ({ hash, confirmation }: Spake2pVector['suite']): number => {
  if (confirmation === 'matter') return PSA_ALG_SPAKE2P_MATTER;
  if (hash !== 'sha256' && hash !== 'sha512') throw new Error(`no vectors with ${hash}`);
  return (confirmation === 'hmac' ? PSA_ALG_SPAKE2P_HMAC : PSA_ALG_SPAKE2P_CMAC)(HASHES[hash]);
};

const secretOf = async ({ psa, operation }: Party): Promise<string> => {
  const attributes = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_EXPORT };
  const { key } = await must(psa.pakeGetSharedKey(operation, attributes));
  return hex((await must(psa.exportKey(key))).data);
};

describe.each([...RFC9383, ...DRAFT02])('$context, $prover and $verifier', (vector) => {
  const [alg, bits] = [algorithmOf(vector.suite), BITS[vector.suite.curve]];
  const [client, server] = [ascii(vector.prover), ascii(vector.verifier)];

  it('has its shares, confirmations and secret', async () => {
    const start = async (drawn: string, type: number, key: string, role: number): Promise<Party> => {
      const psa = drawing(unhex(drawn));
      const imported = await must(
        psa.importKey({ type, bits, alg, usage: PSA_KEY_USAGE_DERIVE }, unhex(key)),
      );
      const [user, peer] = role === PROVER ? [client, server] : [server, client];
      const context = ascii(vector.context);
      return party(psa, { key: imported.key, suite: spake2pSuite(alg, bits), role, user, peer, context });
    };
    const pair = PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    const single = PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);
    const prover = await start(vector.x, pair, vector.w0 + vector.w1, PROVER);
    const verifier = await start(vector.y, single, vector.w0 + vector.l, VERIFIER);

    const said = async (side: Party, ...steps: readonly number[]) => {
      const messages = await speak(side, ...steps);
      return { messages, texts: messages.map(([, data]) => hex(data)) };
    };
    const first = await said(prover, PSA_PAKE_STEP_KEY_SHARE);
    expect(first.texts).toEqual([vector.shareP]);
    expect(await hear(verifier, first.messages)).toBe('SUCCESS');
    const second = await said(verifier, PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_CONFIRM);
    expect(second.texts).toEqual([vector.shareV, vector.confirmV]);
    expect(await hear(prover, second.messages)).toBe('SUCCESS');
    const third = await said(prover, PSA_PAKE_STEP_CONFIRM);
    expect(third.texts).toEqual([vector.confirmP]);
    expect(await hear(verifier, third.messages)).toBe('SUCCESS');
    expect([await secretOf(prover), await secretOf(verifier)]).toEqual([vector.shared, vector.shared]);
  });

  it('has the public part of its key pair', async () => {
    const psa = drawing();
    const type = PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    const { key } = await must(psa.importKey({ type, bits }, unhex(vector.w0 + vector.w1)));
    expect(hex((await must(psa.exportPublicKey(key))).data)).toBe(vector.w0 + vector.l);
  });
});
