/** Creating, copying, exporting and destroying keys. PSA Crypto 1.3, 9.6; psa_attach_key since 1.4. */
import {
  PSA_KEY_ID_NULL,
  PSA_KEY_LIFETIME_IS_VOLATILE,
  PSA_KEY_TYPE_IS_PUBLIC_KEY,
  PSA_KEY_TYPE_NONE,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_COPY,
  PSA_KEY_USAGE_EXPORT,
} from '../constants.ts';
import { checkAttributes, createKey, plainParameters, store } from '../create-key.ts';
import type { Handlers } from '../generated/handlers.ts';
import { DONE } from '../handler.ts';
import { generateMaterial, publicPart, readMaterial } from '../key-material.ts';
import { isSupportedType } from '../key-sizes.ts';
import { completeUsage, intersection } from '../policy.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_DOES_NOT_EXIST,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';

export type KeyManagementHandlers = Pick<
  Handlers,
  | 'psa_get_key_attributes'
  | 'psa_import_key'
  | 'psa_generate_key'
  | 'psa_generate_key_custom'
  | 'psa_attach_key'
  | 'psa_copy_key'
  | 'psa_destroy_key'
  | 'psa_purge_key'
  | 'psa_export_key'
  | 'psa_export_public_key'
>;

/** RSA public exponents above this make every public operation slow for no gain. */
const MAX_EXPONENT_BYTES = 4;

/** 9.2.4: the exponent in little-endian order, odd and above 1; none means 65537. */
const exponent = (data: Uint8Array): bigint | PsaError => {
  let e = 0n;
  for (let i = data.length - 1; i >= 0; i--) e = (e << 8n) | BigInt(data[i] ?? 0);
  if (data.length === 0) return 65537n;
  if (e < 3n || e % 2n === 0n) return PSA_ERROR_INVALID_ARGUMENT;
  return e >> BigInt(8 * MAX_EXPONENT_BYTES) === 0n ? e : PSA_ERROR_NOT_SUPPORTED;
};

const asError = (status: number): PsaError | undefined => (status === 0 ? undefined : (status as PsaError));

export const keyManagementHandlers = (services: Services): KeyManagementHandlers => {
  const { engine, keys } = services;
  return {
    psa_get_key_attributes({ owner }, id) {
      const key = keys.find(owner, id);
      return typeof key === 'number' ? key : [key.attributes];
    },

    psa_import_key(caller, attributes, data) {
      if (data.length === 0) return PSA_ERROR_INVALID_ARGUMENT;
      const refused = checkAttributes(services, caller, attributes);
      if (refused !== undefined) return refused;
      const { type, bits } = attributes;
      if (!isSupportedType(type)) return PSA_ERROR_NOT_SUPPORTED;
      const material = readMaterial(engine, type, bits, data);
      if (typeof material === 'number') return material;
      return store(services, caller, { ...attributes, bits: material.bits }, material.data);
    },

    psa_generate_key(caller, attributes) {
      if (PSA_KEY_TYPE_IS_PUBLIC_KEY(attributes.type)) return PSA_ERROR_INVALID_ARGUMENT;
      return createKey(services, caller, attributes, (type, bits) =>
        generateMaterial(services, caller, type, bits),
      );
    },

    psa_generate_key_custom(caller, attributes, custom, customData) {
      if (PSA_KEY_TYPE_IS_PUBLIC_KEY(attributes.type)) return PSA_ERROR_INVALID_ARGUMENT;
      const rsa = attributes.type === PSA_KEY_TYPE_RSA_KEY_PAIR;
      const refused = plainParameters(custom, rsa ? new Uint8Array(0) : customData);
      if (refused !== undefined) return refused;
      const e = exponent(rsa ? customData : new Uint8Array(0));
      if (typeof e === 'number') return e;
      return createKey(services, caller, attributes, (type, bits) =>
        generateMaterial(services, caller, type, bits, e),
      );
    },

    psa_attach_key(caller, attributes) {
      if (!PSA_KEY_LIFETIME_IS_VOLATILE(attributes.lifetime)) return PSA_ERROR_INVALID_ARGUMENT;
      const refused = checkAttributes(services, caller, attributes);
      if (refused !== undefined) return refused;
      // The type may be left to the material that a label stands for.
      if (attributes.type !== PSA_KEY_TYPE_NONE && !isSupportedType(attributes.type))
        return PSA_ERROR_NOT_SUPPORTED;
      // Built-in keys have ids (9.4), and no other material is there: no label stands for any.
      return PSA_ERROR_DOES_NOT_EXIST;
    },

    psa_copy_key(caller, sourceKey, attributes) {
      const source = keys.find(caller.owner, sourceKey);
      if (typeof source === 'number') return source;
      const from = source.attributes;
      if ((from.usage & PSA_KEY_USAGE_COPY) === 0) return PSA_ERROR_NOT_PERMITTED;
      if (attributes.type !== PSA_KEY_TYPE_NONE && attributes.type !== from.type)
        return PSA_ERROR_INVALID_ARGUMENT;
      if (attributes.bits !== 0 && attributes.bits !== from.bits) return PSA_ERROR_INVALID_ARGUMENT;
      const alg = intersection(from.alg, attributes.alg);
      if (alg === undefined) return PSA_ERROR_INVALID_ARGUMENT;
      // The flags of both: one that nobody has defined is none of the source's, and so none of the copy's.
      const usage = completeUsage(attributes.usage) & from.usage;
      const { type, bits } = from;
      const copy = { ...attributes, type, bits, alg, usage };
      const refused = checkAttributes(services, caller, copy);
      return refused ?? store(services, caller, copy, source.data.slice());
    },

    psa_destroy_key({ owner }, id) {
      // 9.6.2: destroying the null key succeeds and does nothing.
      if (id === PSA_KEY_ID_NULL) return DONE;
      return asError(keys.destroy(owner, id)) ?? DONE;
    },

    psa_purge_key({ owner }, id) {
      return asError(keys.purge(owner, id)) ?? DONE;
    },

    psa_export_key({ owner }, id, dataSize) {
      const key = keys.find(owner, id);
      if (typeof key === 'number') return key;
      const { type, usage } = key.attributes;
      if (!PSA_KEY_TYPE_IS_PUBLIC_KEY(type) && (usage & PSA_KEY_USAGE_EXPORT) === 0)
        return PSA_ERROR_NOT_PERMITTED;
      return key.data.length > dataSize ? PSA_ERROR_BUFFER_TOO_SMALL : [key.data.slice()];
    },

    psa_export_public_key({ owner }, id, dataSize) {
      const key = keys.find(owner, id);
      if (typeof key === 'number') return key;
      const data = publicPart(engine, key);
      if (data === undefined) return PSA_ERROR_INVALID_ARGUMENT;
      return data.length > dataSize ? PSA_ERROR_BUFFER_TOO_SMALL : [data.slice()];
    },
  };
};
