/**
 * A verification whose verdict is turned: "Fault Attacks on ECC Signature Verification" (TCHES 2025) finds libraries and
 * boot loaders in which one skipped instruction does it. There is nothing to compute. The forgery only has to get as far
 * as the verdict, so r and s lie in 1..n-1.
 */

/** r || s of a forgery that every check before the equation lets through: both are 1, each `byteLength` long. */
export const wellFormedForgery = (byteLength: number): Uint8Array => {
  const signature = new Uint8Array(2 * byteLength);
  signature[byteLength - 1] = 1;
  signature[2 * byteLength - 1] = 1;
  return signature;
};
