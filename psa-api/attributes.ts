/** Key attributes. PSA Crypto 1.3, 9.1. */

import { PSA_KEY_ID_NULL } from './key-ids.ts';
import {
  PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION,
  PSA_KEY_LIFETIME_GET_LOCATION,
  PSA_KEY_LIFETIME_IS_VOLATILE,
  PSA_KEY_PERSISTENCE_DEFAULT,
} from './lifetimes.ts';

export interface KeyAttributes {
  readonly type: number;
  readonly bits: number;
  readonly lifetime: number;
  readonly usage: number;
  readonly alg: number;
  readonly id: number;
}

export const KEY_ATTRIBUTES_INIT: KeyAttributes = Object.freeze({
  type: 0,
  bits: 0,
  lifetime: 0,
  usage: 0,
  alg: 0,
  id: PSA_KEY_ID_NULL,
});

/** psa_set_key_id (9.4): an id makes a volatile key persistent and leaves its location alone. */
export function setKeyId(attributes: KeyAttributes, id: number): KeyAttributes {
  const lifetime = PSA_KEY_LIFETIME_IS_VOLATILE(attributes.lifetime)
    ? PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
        PSA_KEY_PERSISTENCE_DEFAULT,
        PSA_KEY_LIFETIME_GET_LOCATION(attributes.lifetime),
      )
    : attributes.lifetime;
  return { ...attributes, id, lifetime };
}

/** psa_set_key_lifetime (9.3): a volatile lifetime takes the id away. */
export function setKeyLifetime(attributes: KeyAttributes, lifetime: number): KeyAttributes {
  const id = PSA_KEY_LIFETIME_IS_VOLATILE(lifetime) ? PSA_KEY_ID_NULL : attributes.id;
  return { ...attributes, id, lifetime };
}

/** As the setters called on a fresh object, lifetime first and then a non-null id. */
export function keyAttributes(partial: Partial<KeyAttributes>): KeyAttributes {
  const { id = PSA_KEY_ID_NULL, lifetime = KEY_ATTRIBUTES_INIT.lifetime, ...rest } = partial;
  const placed = setKeyLifetime({ ...KEY_ATTRIBUTES_INIT, ...rest }, lifetime);
  return id === PSA_KEY_ID_NULL ? placed : setKeyId(placed, id);
}
