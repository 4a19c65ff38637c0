/** The forced bits of secret scalars: RFC 7748 5 for Montgomery curves, RFC 8032 5.1.5 and 5.2.5 for Edwards. */

/** In place, on 32 bytes. */
export function clamp25519(scalar: Uint8Array): Uint8Array {
  scalar[0] = (scalar[0] as number) & 0xf8;
  scalar[31] = ((scalar[31] as number) & 0x7f) | 0x40;
  return scalar;
}

/** In place, on the 56 bytes of X448 or the 57 of Ed448, whose last is cleared. */
export function clamp448(scalar: Uint8Array): Uint8Array {
  scalar[0] = (scalar[0] as number) & 0xfc;
  scalar[55] = (scalar[55] as number) | 0x80;
  scalar.fill(0, 56);
  return scalar;
}
