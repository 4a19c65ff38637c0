/** Who vouches for the device: makes the tokens of Initial Attestation. */

export interface Attester {
  /** A signed token for this client that carries the challenge. */
  token(owner: number, challenge: Uint8Array): Promise<Uint8Array>;
  /** The exact length of such a token, in bytes. */
  tokenSize(owner: number, challengeSize: number): Promise<number>;
}
