/** psa_open_key and psa_close_key of TF-M 1.5, as its Mbed TLS 3.0 has them: a handle is the key's identifier. */

import type { Handlers } from '../generated/handlers.ts';
import { DONE } from '../handler.ts';
import { PSA_KEY_ID_NULL } from '../key-ids.ts';
import { PSA_KEY_LIFETIME_IS_VOLATILE } from '../lifetimes.ts';
import type { Services } from '../services.ts';
import { PSA_ERROR_DOES_NOT_EXIST, PSA_ERROR_INVALID_HANDLE, PSA_SUCCESS, type PsaError } from '../status.ts';

type KeyHandleHandlers = Pick<Handlers, 'psa_open_key' | 'psa_close_key'>;

export const keyHandleHandlers = ({ keys }: Services): KeyHandleHandlers => ({
  psa_open_key({ owner }, id) {
    const key = keys.find(owner, id);
    if (typeof key !== 'number') return [id];
    return key === PSA_ERROR_INVALID_HANDLE ? PSA_ERROR_DOES_NOT_EXIST : key;
  },

  /** Frees what the key takes in memory: of a volatile key that is all. */
  psa_close_key({ owner }, handle) {
    if (handle === PSA_KEY_ID_NULL) return DONE;
    const key = keys.find(owner, handle);
    if (typeof key === 'number') return key;
    const isVolatile = PSA_KEY_LIFETIME_IS_VOLATILE(key.attributes.lifetime);
    const status = isVolatile ? keys.destroy(owner, handle) : keys.purge(owner, handle);
    return status === PSA_SUCCESS ? DONE : (status as PsaError);
  },
});
