/** PAKE primitives, roles, steps and key confirmation. PSA Crypto 1.3, 10.11; COMMIT, SALT and later steps since 1.4. */

export const PSA_PAKE_PRIMITIVE_TYPE_ECC = 0x01;
export const PSA_PAKE_PRIMITIVE_TYPE_DH = 0x02;

/** u32 = type[31:24] | family[23:16] | bits[15:0]; 0 when bits does not fit 16 bits. */
export const PSA_PAKE_PRIMITIVE = (type: number, family: number, bits: number): number =>
  bits > 0xffff ? 0 : ((type << 24) | (family << 16) | bits) >>> 0;

export const PSA_PAKE_PRIMITIVE_GET_TYPE = (primitive: number): number => (primitive >>> 24) & 0xff;
export const PSA_PAKE_PRIMITIVE_GET_FAMILY = (primitive: number): number => (primitive >>> 16) & 0xff;
export const PSA_PAKE_PRIMITIVE_GET_BITS = (primitive: number): number => primitive & 0xffff;

export const PSA_PAKE_CONFIRMED_KEY = 0;
export const PSA_PAKE_UNCONFIRMED_KEY = 1;

export const PSA_PAKE_ROLE_NONE = 0x00;
export const PSA_PAKE_ROLE_FIRST = 0x01;
export const PSA_PAKE_ROLE_SECOND = 0x02;
export const PSA_PAKE_ROLE_CLIENT = 0x11;
export const PSA_PAKE_ROLE_SERVER = 0x12;

export const PSA_PAKE_STEP_KEY_SHARE = 0x01;
export const PSA_PAKE_STEP_ZK_PUBLIC = 0x02;
export const PSA_PAKE_STEP_ZK_PROOF = 0x03;
export const PSA_PAKE_STEP_CONFIRM = 0x04;
export const PSA_PAKE_STEP_SALT = 0x05;
export const PSA_PAKE_STEP_COMMIT = 0x06;
export const PSA_PAKE_STEP_CONFIRM_COUNT = 0x07;
export const PSA_PAKE_STEP_KEY_ID = 0x08;
