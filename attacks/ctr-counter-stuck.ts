/**
 * CTR with a counter that does not move: every block has the same keystream, so one known block of plaintext gives all.
 * Two ciphertexts with one keystream are as old as the one-time pad used twice; SP 800-38A, appendix B, is why counter
 * blocks have to differ.
 */

const BLOCK = 16;

/** The plaintext of a message whose blocks share one keystream; `known` is its plaintext from the start, 16 bytes. */
export const readStuckCounter = (ciphertext: Uint8Array, known: Uint8Array): Uint8Array => {
  if (known.length !== BLOCK || ciphertext.length < BLOCK)
    throw new RangeError(`the first ${BLOCK} bytes of the plaintext are needed`);
  return ciphertext.map((byte, i) => byte ^ (ciphertext[i % BLOCK] as number) ^ (known[i % BLOCK] as number));
};
