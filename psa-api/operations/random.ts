/** Random generation. PSA Crypto 1.3, 10.11. */
import type { Handlers } from '../generated/handlers.ts';
import type { Services } from '../services.ts';
import { PSA_ERROR_INSUFFICIENT_MEMORY } from '../status.ts';

export type RandomHandlers = Pick<Handlers, 'psa_generate_random'>;

/** More than a message carries: the C client asks piece by piece. */
const MAX_BYTES = 16 * 1024 * 1024 - 64;

export const randomHandlers = ({ random }: Services): RandomHandlers => ({
  psa_generate_random(_, outputSize) {
    return outputSize > MAX_BYTES ? PSA_ERROR_INSUFFICIENT_MEMORY : [random(outputSize)];
  },
});
