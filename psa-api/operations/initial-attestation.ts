/** Initial Attestation. PSA Attestation API 1.0. What a token says is the device's to know. */
import type { Handlers } from '../generated/handlers.ts';
import {
  PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32,
  PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48,
  PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64,
} from '../service-constants.ts';
import type { Services } from '../services.ts';
import { PSA_ERROR_BUFFER_TOO_SMALL, PSA_ERROR_INVALID_ARGUMENT } from '../status.ts';

export type InitialAttestationHandlers = Pick<
  Handlers,
  'psa_initial_attest_get_token' | 'psa_initial_attest_get_token_size'
>;

const CHALLENGE_SIZES: readonly number[] = [
  PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32,
  PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48,
  PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64,
];

export const initialAttestationHandlers = ({ attester }: Services): InitialAttestationHandlers => ({
  async psa_initial_attest_get_token({ owner }, challenge, room) {
    if (!CHALLENGE_SIZES.includes(challenge.length)) return PSA_ERROR_INVALID_ARGUMENT;
    // No room at all is no buffer, as TF-M has it; a small one is too small.
    if (room === 0) return PSA_ERROR_INVALID_ARGUMENT;
    if ((await attester.tokenSize(owner, challenge.length)) > room) return PSA_ERROR_BUFFER_TOO_SMALL;
    return [await attester.token(owner, challenge)];
  },

  async psa_initial_attest_get_token_size({ owner }, challengeSize) {
    if (!CHALLENGE_SIZES.includes(challengeSize)) return PSA_ERROR_INVALID_ARGUMENT;
    return [await attester.tokenSize(owner, challengeSize)];
  },
});
