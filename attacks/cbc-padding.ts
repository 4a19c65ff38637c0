/**
 * CBC with PKCS#7 padding and a device that tells whether the padding was right: S. Vaudenay, "Security Flaws Induced by
 * CBC Padding" (EUROCRYPT 2002). Byte by byte from the end of a block, the block before it is changed until the padding
 * is right; 128 questions a byte on average.
 */

const BLOCK = 16;

/** Whether two blocks, IV and ciphertext, decrypt to something with a right padding. */
export type PaddingOracle = (iv: Uint8Array, block: Uint8Array) => Promise<boolean>;

/** The changed last byte may by chance end a longer padding: then another byte before it takes that away. */
const isLastByte = async (oracle: PaddingOracle, iv: Uint8Array, block: Uint8Array): Promise<boolean> =>
  oracle(iv.with(BLOCK - 2, ~(iv[BLOCK - 2] as number)), block);

/** What the block cipher makes of one block, before the chain is added; undefined where the oracle tells nothing. */
const decipher = async (oracle: PaddingOracle, block: Uint8Array): Promise<Uint8Array | undefined> => {
  const state = new Uint8Array(BLOCK);
  for (let at = BLOCK - 1; at >= 0; at--) {
    const padding = BLOCK - at;
    const iv = state.map((byte, i) => (i > at ? byte ^ padding : 0));
    const right: number[] = [];
    for (let guess = 0; guess < 256 && right.length === 0; guess++) {
      iv[at] = guess;
      if ((await oracle(iv, block)) && (at < BLOCK - 1 || (await isLastByte(oracle, iv, block))))
        right.push(guess);
    }
    const [guess] = right;
    if (guess === undefined) return undefined;
    state[at] = guess ^ padding;
  }
  return state;
};

/**
 * The plaintext of an IV and whole blocks, the padding with it; undefined where the oracle says nothing that it could
 * not say of any bytes. With an oracle that always says yes the bytes are worthless.
 */
export const decryptByPadding = async (
  oracle: PaddingOracle,
  ciphertext: Uint8Array,
): Promise<Uint8Array | undefined> => {
  const plaintext = new Uint8Array(ciphertext.length - BLOCK);
  for (let at = BLOCK; at < ciphertext.length; at += BLOCK) {
    const state = await decipher(oracle, ciphertext.subarray(at, at + BLOCK));
    if (state === undefined) return undefined;
    for (let i = 0; i < BLOCK; i++)
      plaintext[at - BLOCK + i] = (state[i] as number) ^ (ciphertext[at - BLOCK + i] as number);
  }
  return plaintext;
};
