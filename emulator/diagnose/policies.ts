/** What a function asks of a key's policy. PSA Crypto 1.3, 9.5. */
import { permits } from '../../psa-api/policy.ts';
import * as usage from '../../psa-api/usage.ts';
import type { Seen } from './lives.ts';

/** Any of these flags will do; by what the function's name ends or begins with. */
const NEEDED: readonly (readonly [pattern: RegExp, flags: readonly (readonly [string, number])[]])[] = [
  [/^psa_(cipher|aead|asymmetric)_encrypt/, [['PSA_KEY_USAGE_ENCRYPT', usage.PSA_KEY_USAGE_ENCRYPT]]],
  [/^psa_(cipher|aead|asymmetric)_decrypt/, [['PSA_KEY_USAGE_DECRYPT', usage.PSA_KEY_USAGE_DECRYPT]]],
  [/^psa_sign_hash/, [['PSA_KEY_USAGE_SIGN_HASH', usage.PSA_KEY_USAGE_SIGN_HASH]]],
  [/^psa_verify_hash/, [['PSA_KEY_USAGE_VERIFY_HASH', usage.PSA_KEY_USAGE_VERIFY_HASH]]],
  [
    /^psa_(sign_|mac_compute|mac_sign_setup)/,
    [['PSA_KEY_USAGE_SIGN_MESSAGE', usage.PSA_KEY_USAGE_SIGN_MESSAGE | usage.PSA_KEY_USAGE_SIGN_HASH]],
  ],
  [
    /^psa_(verify_|mac_verify)/,
    [['PSA_KEY_USAGE_VERIFY_MESSAGE', usage.PSA_KEY_USAGE_VERIFY_MESSAGE | usage.PSA_KEY_USAGE_VERIFY_HASH]],
  ],
  [
    /^psa_(key_derivation_|raw_key_agreement|key_agreement|pake_)/,
    [
      ['PSA_KEY_USAGE_DERIVE', usage.PSA_KEY_USAGE_DERIVE],
      ['PSA_KEY_USAGE_VERIFY_DERIVATION', usage.PSA_KEY_USAGE_VERIFY_DERIVATION],
    ],
  ],
];

interface Policy {
  /** The flags of which one is needed, where the key has none of them. */
  readonly missing: string | undefined;
  /** Whether the permitted algorithm is another. */
  readonly otherAlgorithm: boolean;
}

/** undefined where the trace does not tell the key's policy. */
export const policyProblem = ({ event, key }: Seen): Policy | undefined => {
  if (key?.usage === undefined || key.alg === undefined) return undefined;
  const { usage: has, alg: policy } = key;
  const flags = NEEDED.find(([pattern]) => pattern.test(event.function))?.[1] ?? [];
  const lacks = flags.length > 0 && flags.every(([, flag]) => (has & flag) === 0);
  const isVerify = event.function.startsWith('psa_verify_');
  const { alg } = event;
  return {
    missing: lacks ? flags.map(([name]) => name).join(' or ') : undefined,
    otherAlgorithm: alg !== undefined && alg !== 0 && !permits(policy, alg, isVerify),
  };
};

/** Whether policy, as far as it is known, is no reason for a refusal. */
export const fitsPolicy = (seen: Seen): boolean => {
  if (seen.event.key === undefined) return true;
  const problem = policyProblem(seen);
  return problem !== undefined && problem.missing === undefined && !problem.otherAlgorithm;
};
