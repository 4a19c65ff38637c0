/** Password-authenticated key exchange, message by message. */
import type { CipherSuite } from '../../psa-api/call.ts';
import {
  PSA_ECC_FAMILY_SECP_R1,
  PSA_PAKE_CONFIRMED_KEY,
  PSA_PAKE_PRIMITIVE_TYPE_ECC,
  PSA_PAKE_ROLE_CLIENT,
  PSA_PAKE_ROLE_SERVER,
  PSA_PAKE_STEP_CONFIRM,
  PSA_PAKE_STEP_KEY_SHARE,
  PSA_PAKE_STEP_ZK_PROOF,
  PSA_PAKE_STEP_ZK_PUBLIC,
  PSA_PAKE_UNCONFIRMED_KEY,
} from '../../psa-api/constants.ts';
import { type PakeOperation, type Psa, pakeOperationInit } from '../../psa-api/generated/psa.ts';
import { must, named } from './status.ts';

/** One side of an exchange. */
export interface Party {
  readonly psa: Psa;
  readonly operation: PakeOperation;
}

const suite = (alg: number, keyConfirmation: number, bits: number): CipherSuite => ({
  alg,
  type: PSA_PAKE_PRIMITIVE_TYPE_ECC,
  family: PSA_ECC_FAMILY_SECP_R1,
  bits,
  keyConfirmation,
});

export const jpakeSuite = (alg: number, bits = 256): CipherSuite =>
  suite(alg, PSA_PAKE_UNCONFIRMED_KEY, bits);
export const spake2pSuite = (alg: number, bits = 256): CipherSuite =>
  suite(alg, PSA_PAKE_CONFIRMED_KEY, bits);

/** undefined: the function is not called. */
export interface Setup {
  readonly key: number;
  readonly suite: CipherSuite;
  readonly role?: number;
  readonly user?: Uint8Array | undefined;
  readonly peer?: Uint8Array | undefined;
  readonly context?: Uint8Array | undefined;
}

export const party = async (psa: Psa, { key, suite, role, user, peer, context }: Setup): Promise<Party> => {
  const operation = pakeOperationInit();
  await must(psa.pakeSetup(operation, key, suite));
  if (role !== undefined) await must(psa.pakeSetRole(operation, role));
  if (user !== undefined) await must(psa.pakeSetUser(operation, user));
  if (peer !== undefined) await must(psa.pakeSetPeer(operation, peer));
  if (context !== undefined) await must(psa.pakeSetContext(operation, context));
  return { psa, operation };
};

export type Message = readonly [step: number, data: Uint8Array];

export const speak = async ({ psa, operation }: Party, ...steps: readonly number[]): Promise<Message[]> => {
  const messages: Message[] = [];
  for (const step of steps) messages.push([step, (await must(psa.pakeOutput(operation, step))).output]);
  return messages;
};

/** The status of the first message that is refused, or SUCCESS. */
export const hear = async ({ psa, operation }: Party, messages: readonly Message[]): Promise<string> => {
  for (const [step, data] of messages) {
    const status = await named(psa.pakeInput(operation, step, data));
    if (status !== 'SUCCESS') return status;
  }
  return 'SUCCESS';
};

/** A message with one bit changed near its end, which no point, proof or confirmation survives. */
export const spoilt = ([step, data]: Message): Message => [
  step,
  data.map((byte, i) => (i === data.length - 2 ? byte ^ 1 : byte)),
];

const SHARE = [PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_ZK_PUBLIC, PSA_PAKE_STEP_ZK_PROOF];
export const ROUND_ONE: readonly number[] = [...SHARE, ...SHARE];
export const ROUND_TWO: readonly number[] = SHARE;

/** Each party speaks first in turn, or hears first. */
export const jpake = async (one: Party, other: Party): Promise<string> => {
  for (const round of [ROUND_ONE, ROUND_TWO]) {
    const first = await speak(one, ...round);
    const heard = await hear(other, first);
    if (heard !== 'SUCCESS') return heard;
    const answered = await hear(one, await speak(other, ...round));
    if (answered !== 'SUCCESS') return answered;
  }
  return 'SUCCESS';
};

/** Shares and confirmations; the first status that is none of success. */
export const spake2p = async (prover: Party, verifier: Party): Promise<string> => {
  const shared = await hear(verifier, await speak(prover, PSA_PAKE_STEP_KEY_SHARE));
  if (shared !== 'SUCCESS') return shared;
  const confirmed = await hear(prover, await speak(verifier, PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_CONFIRM));
  if (confirmed !== 'SUCCESS') return confirmed;
  return hear(verifier, await speak(prover, PSA_PAKE_STEP_CONFIRM));
};

export const PROVER = PSA_PAKE_ROLE_CLIENT;
export const VERIFIER = PSA_PAKE_ROLE_SERVER;
