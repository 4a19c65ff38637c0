/** What is no service on the board, but a read of memory that firmware does by itself. */
import type { Handlers } from '../generated/handlers.ts';
import type { Services } from '../services.ts';
import { PSA_ERROR_INVALID_ARGUMENT } from '../status.ts';

export type DeviceHandlers = Pick<Handlers, 'h5sm_read_system_flash'>;

export const deviceHandlers = ({ systemFlash }: Services): DeviceHandlers => ({
  h5sm_read_system_flash(_, address, outputLength) {
    const output = systemFlash(address, outputLength);
    return output === undefined ? PSA_ERROR_INVALID_ARGUMENT : [output];
  },
});
