/** Key creation: the checks that every creating function shares, in one order. PSA Crypto 1.3, 9.6.1. */
import type { KeyAttributes } from './attributes.ts';
import type { CustomParameters } from './call.ts';
import {
  PSA_KEY_ID_NULL,
  PSA_KEY_ID_USER_MAX,
  PSA_KEY_ID_USER_MIN,
  PSA_KEY_LIFETIME_GET_LOCATION,
  PSA_KEY_LIFETIME_GET_PERSISTENCE,
  PSA_KEY_LIFETIME_IS_VOLATILE,
  PSA_KEY_LOCATION_LOCAL_STORAGE,
  PSA_KEY_PERSISTENCE_READ_ONLY,
} from './constants.ts';
import type { Answer, Caller } from './handler.ts';
import { checkSize, isSupportedType } from './key-sizes.ts';
import { chain, type Maybe } from './maybe.ts';
import { completeUsage, isUsage } from './policy.ts';
import type { Services } from './services.ts';
import {
  PSA_ERROR_ALREADY_EXISTS,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from './status.ts';

/** Lifetime, id and usage flags, before anything is computed. */
export const checkAttributes = (
  { keys }: Services,
  { owner }: Caller,
  { lifetime, id, usage }: KeyAttributes,
): PsaError | undefined => {
  if (PSA_KEY_LIFETIME_GET_LOCATION(lifetime) !== PSA_KEY_LOCATION_LOCAL_STORAGE)
    return PSA_ERROR_INVALID_ARGUMENT;
  if (PSA_KEY_LIFETIME_IS_VOLATILE(lifetime)) {
    if (id !== PSA_KEY_ID_NULL) return PSA_ERROR_INVALID_ARGUMENT;
  } else {
    // 9.3: read-only keys are the implementation's; applications cannot create one.
    if (PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) === PSA_KEY_PERSISTENCE_READ_ONLY)
      return PSA_ERROR_INVALID_ARGUMENT;
    if (id < PSA_KEY_ID_USER_MIN || id > PSA_KEY_ID_USER_MAX) return PSA_ERROR_INVALID_ARGUMENT;
  }
  if (!isUsage(usage)) return PSA_ERROR_INVALID_ARGUMENT;
  return id !== PSA_KEY_ID_NULL && keys.exists(owner, id) ? PSA_ERROR_ALREADY_EXISTS : undefined;
};

/** Creates a key of the type and size in `attributes` from what `make` gives for them. */
export const createKey = (
  services: Services,
  caller: Caller,
  attributes: KeyAttributes,
  make: (type: number, bits: number) => Maybe<Uint8Array | PsaError>,
): Answer<[key: number]> => {
  const { type, bits } = attributes;
  const refused = checkAttributes(services, caller, attributes);
  if (refused !== undefined) return refused;
  if (!isSupportedType(type)) return PSA_ERROR_NOT_SUPPORTED;
  const badSize = checkSize(type, bits);
  if (badSize !== undefined) return badSize;
  if (!services.supports.key(type, bits)) return PSA_ERROR_NOT_SUPPORTED;
  return chain(make(type, bits), (data) =>
    typeof data === 'number' ? data : store(services, caller, attributes, data),
  );
};

/** Puts finished material into the store with complete attributes, if the device has such keys. */
export const store = (
  { keys, supports }: Services,
  caller: Caller,
  attributes: KeyAttributes,
  data: Uint8Array,
): Answer<[key: number]> => {
  if (!supports.key(attributes.type, attributes.bits)) return PSA_ERROR_NOT_SUPPORTED;
  const id = keys.create(caller, { ...attributes, usage: completeUsage(attributes.usage) }, data);
  return id < 0 ? (id as PsaError) : [id];
};

/** The default production parameters, which every key type has; others belong to RSA key generation. */
export const plainParameters = ({ flags }: CustomParameters, data: Uint8Array): PsaError | undefined => {
  if (flags !== 0) return PSA_ERROR_INVALID_ARGUMENT;
  return data.length === 0 ? undefined : PSA_ERROR_INVALID_ARGUMENT;
};

/** Stores a shared secret; a size in the attributes must be the secret's. */
export const storeSecret = (
  services: Services,
  caller: Caller,
  attributes: KeyAttributes,
  secret: Uint8Array,
): Maybe<PsaError | [key: number]> => {
  const bits = secret.length * 8;
  if (attributes.bits !== 0 && attributes.bits !== bits) return PSA_ERROR_INVALID_ARGUMENT;
  return store(services, caller, { ...attributes, bits }, secret);
};
