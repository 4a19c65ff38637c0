/** Key lifetimes: u32 = location[31:8] | persistence[7:0]. PSA Crypto 1.3, 9.3. */

export const PSA_KEY_LIFETIME_VOLATILE = 0x00000000;
export const PSA_KEY_LIFETIME_PERSISTENT = 0x00000001;

export const PSA_KEY_PERSISTENCE_VOLATILE = 0x00;
export const PSA_KEY_PERSISTENCE_DEFAULT = 0x01;
export const PSA_KEY_PERSISTENCE_READ_ONLY = 0xff;

export const PSA_KEY_LOCATION_LOCAL_STORAGE = 0x000000;
export const PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT = 0x000001;

export const PSA_KEY_LIFETIME_GET_PERSISTENCE = (lifetime: number): number => lifetime & 0xff;

export const PSA_KEY_LIFETIME_GET_LOCATION = (lifetime: number): number => lifetime >>> 8;

export const PSA_KEY_LIFETIME_IS_VOLATILE = (lifetime: number): boolean =>
  PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) === PSA_KEY_PERSISTENCE_VOLATILE;

export const PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION = (
  persistence: number,
  location: number,
): number => ((location << 8) | persistence) >>> 0;
