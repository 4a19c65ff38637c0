/** The pieces of AES (FIPS 197) that an analyst needs: the S-box both ways, and the key schedule backwards. */

const xtime = (a: number): number => ((a << 1) ^ ((a >>> 7) * 0x1b)) & 0xff;

/** 5.1.1; 0x03 generates the multiplicative group, so a table of its powers gives the inverses. */
const buildSbox = (): Uint8Array => {
  const powers = [1];
  for (let i = 1; i < 255; i++) {
    const last = powers[i - 1] as number;
    powers.push(last ^ xtime(last));
  }
  const box = new Uint8Array(256).fill(0x63);
  for (const [exponent, value] of powers.entries()) {
    const inverse = powers[(255 - exponent) % 255] as number;
    const twice = inverse | (inverse << 8);
    box[value] = inverse ^ (twice >>> 7) ^ (twice >>> 6) ^ (twice >>> 5) ^ (twice >>> 4) ^ 0x63;
  }
  return box;
};

export const SBOX: Uint8Array = buildSbox();

export const INVERSE_SBOX: Uint8Array = new Uint8Array(256);
for (const [from, to] of SBOX.entries()) INVERSE_SBOX[to] = from;

/** 4.2: a times 2, and times 3. */
export const times = (factor: 1 | 2 | 3, a: number): number =>
  factor === 1 ? a : factor === 2 ? xtime(a) : xtime(a) ^ a;

/** The AES-128 key whose schedule (5.2) ends in this round key; both have 16 bytes. */
export const keyFromLastRound = (lastRoundKey: Uint8Array): Uint8Array => {
  const key = lastRoundKey.slice();
  const constants = [1];
  for (let round = 1; round < 10; round++) constants.push(xtime(constants[round - 1] as number));
  for (const constant of constants.reverse()) {
    for (let i = 15; i >= 4; i--) key[i] = (key[i] as number) ^ (key[i - 4] as number);
    for (let i = 0; i < 4; i++)
      key[i] = (key[i] as number) ^ (SBOX[key[12 + ((i + 1) % 4)] as number] as number);
    key[0] = (key[0] as number) ^ constant;
  }
  return key;
};
