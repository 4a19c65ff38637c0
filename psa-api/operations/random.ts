/** Random generation. PSA Crypto 1.3, 10.11. */
import { MAX_OUTPUT } from '../call.ts';
import type { Handlers } from '../generated/handlers.ts';
import type { Services } from '../services.ts';
import { PSA_ERROR_INSUFFICIENT_MEMORY } from '../status.ts';

export type RandomHandlers = Pick<Handlers, 'psa_generate_random'>;

export const randomHandlers = ({ random }: Services): RandomHandlers => ({
  psa_generate_random(_, outputSize) {
    // The C client asks piece by piece.
    return outputSize > MAX_OUTPUT ? PSA_ERROR_INSUFFICIENT_MEMORY : [random(outputSize)];
  },
});
