/** Who is let in: everyone who can open the UNIX socket, and on TCP those who know the token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Peer } from './peer.ts';

const digest = (bytes: Uint8Array | string): Uint8Array => createHash('sha256').update(bytes).digest();

export class Gatekeeper {
  readonly #token: Uint8Array | undefined;

  constructor(token: string | undefined) {
    this.#token = token === undefined ? undefined : digest(token);
  }

  /** Digests are compared, so neither the token's length nor its beginning shows in the time. */
  admits(peer: Peer, token: Uint8Array | string): boolean {
    if (peer.transport === 'unix') return true;
    return this.#token !== undefined && timingSafeEqual(this.#token, digest(token));
  }
}
