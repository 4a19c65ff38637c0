/** Key wrapping. PSA Crypto 1.4, 10.7: KW and KWP of SP 800-38F. */
import type { KeyWrapMode } from '../../engine/engine.ts';
import {
  PSA_ALG_IS_KEY_WRAP,
  PSA_ALG_KW,
  PSA_ALG_KWP,
  PSA_BLOCK_CIPHER_BLOCK_LENGTH,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_UNWRAP,
  PSA_KEY_USAGE_WRAP,
} from '../constants.ts';
import { checkAttributes, store } from '../create-key.ts';
import type { Handlers } from '../generated/handlers.ts';
import type { Caller } from '../handler.ts';
import type { Key } from '../key.ts';
import { readMaterial } from '../key-material.ts';
import { isSupportedType } from '../key-sizes.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { aesKey, useKey } from '../use-key.ts';

export type KeyWrapHandlers = Pick<Handlers, 'psa_wrap_key' | 'psa_unwrap_key'>;

const MODES: ReadonlyMap<number, KeyWrapMode> = new Map([
  [PSA_ALG_KW, 'kw'],
  [PSA_ALG_KWP, 'kwp'],
] as const);

/** Keys of one AES key; the longer ones are pairs for XTS. */
const AES_BITS = [128, 192, 256];

/** The wrapping key and the mode that it makes with the algorithm. */
export const wrappingKey = (
  services: Services,
  caller: Caller,
  id: number,
  alg: number,
  usage: number,
): { key: Key; mode: KeyWrapMode } | PsaError => {
  if (!PSA_ALG_IS_KEY_WRAP(alg)) return PSA_ERROR_INVALID_ARGUMENT;
  const key = useKey(services, caller, id, alg, usage);
  if (typeof key === 'number') return key;
  const mode = MODES.get(alg);
  if (mode === undefined) return PSA_ERROR_NOT_SUPPORTED;
  const { type, bits } = key.attributes;
  // Both modes are defined for ciphers of 128-bit blocks.
  if (PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) !== 16) return PSA_ERROR_INVALID_ARGUMENT;
  if (type !== PSA_KEY_TYPE_AES) return PSA_ERROR_NOT_SUPPORTED;
  return AES_BITS.includes(bits) ? { key, mode } : PSA_ERROR_INVALID_ARGUMENT;
};

export const keyWrapHandlers = (services: Services): KeyWrapHandlers => {
  const { engine, keys } = services;
  return {
    psa_wrap_key(caller, wrappingId, alg, id, dataSize) {
      const wrapping = wrappingKey(services, caller, wrappingId, alg, PSA_KEY_USAGE_WRAP);
      if (typeof wrapping === 'number') return wrapping;
      const key = keys.find(caller.owner, id);
      if (typeof key === 'number') return key;
      // The clause asks for the flag whatever the type, psa_export_key (9.7) not of public keys.
      if ((key.attributes.usage & PSA_KEY_USAGE_EXPORT) === 0) return PSA_ERROR_NOT_PERMITTED;
      const wrapped = engine.wrapKey(aesKey(services, wrapping.key), wrapping.mode, key.data);
      // SP 800-38F 5.3.1: KW takes whole semiblocks of 8 bytes, two or more.
      if (wrapped === undefined) return PSA_ERROR_INVALID_ARGUMENT;
      return wrapped.length > dataSize ? PSA_ERROR_BUFFER_TOO_SMALL : [wrapped];
    },

    psa_unwrap_key(caller, attributes, wrappingId, alg, data) {
      const wrapping = wrappingKey(services, caller, wrappingId, alg, PSA_KEY_USAGE_UNWRAP);
      if (typeof wrapping === 'number') return wrapping;
      const refused = checkAttributes(services, caller, attributes);
      if (refused !== undefined) return refused;
      const { type, bits } = attributes;
      if (!isSupportedType(type)) return PSA_ERROR_NOT_SUPPORTED;
      // What has a length that no wrapping has was not wrapped with this key either.
      const plain = engine.unwrapKey(aesKey(services, wrapping.key), wrapping.mode, data);
      if (plain === undefined) return PSA_ERROR_INVALID_SIGNATURE;
      const material = readMaterial(engine, type, bits, plain);
      plain.fill(0);
      if (typeof material === 'number') return material;
      return store(services, caller, { ...attributes, bits: material.bits }, material.data);
    },
  };
};
