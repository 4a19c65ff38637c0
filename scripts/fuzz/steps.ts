/** What flows are made of. */
import * as c from '../../psa-api/constants.ts';
import { isBytes, isU32 } from '../../rpc/fields.ts';
import type { Mind } from './mind.ts';
import * as values from './values.ts';

export type Flow = (mind: Mind) => Promise<void>;

export const ROOM = 1024;
export const NO_ATTRIBUTES = { bits: 0, lifetime: 0, usage: values.ALL_USAGE, id: 0 };

export const handleOf = (answer: readonly unknown[] | undefined): number =>
  answer?.[1] === 0 && isU32(answer[2]) ? answer[2] : 0;

export const bytesAt = (answer: readonly unknown[] | undefined, at: number): Uint8Array => {
  const value = answer?.[at];
  return isBytes(value) ? value : new Uint8Array(0);
};

/** Some calls of a family, on its operations, in any order. */
export const walk = async (mind: Mind, group: string, most: number): Promise<void> => {
  for (let i = mind.random.below(most); i > 0 && !mind.over; i--) await mind.anyOf(group);
};

const { PSA_KEY_DERIVATION_INPUT_SECRET: SECRET, PSA_KEY_DERIVATION_INPUT_COST: COST } = c;

/** The steps that an algorithm has, in their order. */
export const stepsOf = (alg: number): readonly number[] => {
  if (c.PSA_ALG_IS_PBKDF2_HMAC(alg) || alg === c.PSA_ALG_PBKDF2_AES_CMAC_PRF_128)
    return [COST, c.PSA_KEY_DERIVATION_INPUT_SALT, c.PSA_KEY_DERIVATION_INPUT_PASSWORD];
  if (c.PSA_ALG_IS_HKDF(alg))
    return [c.PSA_KEY_DERIVATION_INPUT_SALT, SECRET, c.PSA_KEY_DERIVATION_INPUT_INFO];
  if (c.PSA_ALG_IS_HKDF_EXTRACT(alg)) return [c.PSA_KEY_DERIVATION_INPUT_SALT, SECRET];
  if (c.PSA_ALG_IS_HKDF_EXPAND(alg)) return [SECRET, c.PSA_KEY_DERIVATION_INPUT_INFO];
  if (c.PSA_ALG_IS_SP800_108_COUNTER_HMAC(alg) || alg === c.PSA_ALG_SP800_108_COUNTER_CMAC)
    return [SECRET, c.PSA_KEY_DERIVATION_INPUT_LABEL, c.PSA_KEY_DERIVATION_INPUT_CONTEXT];
  return [c.PSA_KEY_DERIVATION_INPUT_SEED, SECRET, c.PSA_KEY_DERIVATION_INPUT_LABEL];
};
