/**
 * Internal Trusted Storage. PSA Secure Storage API 1.0, 5.3. Everything is sealed and what is stored last is what is
 * read, so the flags that do without confidentiality or replay protection change nothing but what get_info tells.
 */
import type { Handlers } from '../generated/handlers.ts';
import { DONE } from '../handler.ts';
import {
  PSA_STORAGE_FLAG_NO_CONFIDENTIALITY,
  PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION,
  PSA_STORAGE_FLAG_WRITE_ONCE,
} from '../service-constants.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_SUCCESS,
  type PsaError,
  type PsaStatus,
} from '../status.ts';

export type InternalTrustedStorageHandlers = Pick<
  Handlers,
  'psa_its_set' | 'psa_its_get' | 'psa_its_get_info' | 'psa_its_remove'
>;

const FLAGS =
  PSA_STORAGE_FLAG_WRITE_ONCE | PSA_STORAGE_FLAG_NO_CONFIDENTIALITY | PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION;

const done = (status: PsaStatus): [] | PsaError => (status === PSA_SUCCESS ? DONE : status);

export const internalTrustedStorageHandlers = ({ assets }: Services): InternalTrustedStorageHandlers => ({
  psa_its_set({ owner }, uid, data, createFlags) {
    if (uid === 0n) return PSA_ERROR_INVALID_ARGUMENT;
    if ((createFlags & ~FLAGS) !== 0) return PSA_ERROR_NOT_SUPPORTED;
    return done(assets.set(owner, uid, { data, flags: createFlags }));
  },

  psa_its_get({ owner }, uid, dataOffset, dataSize) {
    if (uid === 0n) return PSA_ERROR_INVALID_ARGUMENT;
    const asset = assets.get(owner, uid);
    if (typeof asset === 'number') return asset;
    if (dataOffset > asset.data.length) return PSA_ERROR_INVALID_ARGUMENT;
    return [asset.data.slice(dataOffset, dataOffset + dataSize)];
  },

  psa_its_get_info({ owner }, uid) {
    if (uid === 0n) return PSA_ERROR_INVALID_ARGUMENT;
    const asset = assets.get(owner, uid);
    if (typeof asset === 'number') return asset;
    const { length } = asset.data;
    // Only psa_ps_create reserves more than the data need.
    return [{ capacity: length, size: length, flags: asset.flags }];
  },

  psa_its_remove({ owner }, uid) {
    if (uid === 0n) return PSA_ERROR_INVALID_ARGUMENT;
    return done(assets.remove(owner, uid));
  },
});
