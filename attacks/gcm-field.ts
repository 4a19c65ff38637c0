/** GF(2^128) as GCM has it (SP 800-38D 6.3): the first bit of a block is the coefficient of x^0. */

const R = 0xe1n << 120n;

export const toElement = (block: Uint8Array): bigint => BigInt(`0x${Buffer.from(block).toString('hex')}`);

export const fromElement = (element: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(element.toString(16).padStart(32, '0'), 'hex'));

/** 6.3, algorithm 1. */
export const multiply = (x: bigint, y: bigint): bigint => {
  let z = 0n;
  let v = y;
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) z ^= v;
    v = v & 1n ? (v >> 1n) ^ R : v >> 1n;
  }
  return z;
};

const squared = (x: bigint, times: number): bigint => {
  let power = x;
  for (let i = 0; i < times; i++) power = multiply(power, power);
  return power;
};

/** x^(2^127): squaring that once more gives x^(2^128) = x. */
export const squareRoot = (x: bigint): bigint => squared(x, 127);

/** x^(2^128 - 2). */
export const inverse = (x: bigint): bigint => {
  let power = multiply(x, x);
  let product = power;
  for (let i = 0; i < 126; i++) {
    power = multiply(power, power);
    product = multiply(product, power);
  }
  return product;
};
