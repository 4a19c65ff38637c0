/**
 * Which ClientHello a transcript hash began with. The secrets of TLS 1.3, and the extended master secret of TLS 1.2,
 * are bound to such a hash and not to the client random that a key log is sorted by; where the device computed the
 * hash, it has seen both.
 */
import { concat } from '../../psa-api/bytes.ts';
import { BoundedMap } from './bounded-map.ts';

const CLIENT_HELLO = 1;
/** RFC 8446 4.4.1: after a HelloRetryRequest the first ClientHello is replaced by its hash. */
const MESSAGE_HASH = 0xfe;
const RANDOM = 32;
/** Message type and length of a handshake message; DTLS adds its sequence number and fragment. */
const TLS_HEADER = 4;
const DTLS_HEADER = 12;
const HEAD = DTLS_HEADER + 2 + RANDOM;
const LONGEST_HASH = 64;
const KEPT = 1024;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export class Transcripts {
  readonly #randoms = new BoundedMap<string, Uint8Array>(KEPT);
  /** How what goes into each open hash operation begins. */
  readonly #heads = new BoundedMap<number, Uint8Array>(KEPT);

  begin(operation: number): void {
    this.#heads.set(operation, new Uint8Array(0));
  }

  update(operation: number, input: Uint8Array): void {
    const head = this.#heads.get(operation);
    if (head === undefined || head.length >= LONGEST_HASH + TLS_HEADER) return;
    this.#heads.set(operation, concat(head, input.subarray(0, LONGEST_HASH + TLS_HEADER - head.length)));
  }

  clone(source: number, target: number): void {
    const head = this.#heads.get(source);
    if (head !== undefined) this.#heads.set(target, head);
  }

  finish(operation: number, digest: Uint8Array): void {
    const head = this.#heads.get(operation);
    this.#heads.delete(operation);
    if (head !== undefined) this.whole(head, digest);
  }

  /** A hash in one go. */
  whole(input: Uint8Array, digest: Uint8Array): void {
    const random = this.#randomIn(input);
    if (random !== undefined) this.#randoms.set(hex(digest), random);
  }

  clientRandom(digest: Uint8Array): Uint8Array | undefined {
    return this.#randoms.get(hex(digest));
  }

  #randomIn(input: Uint8Array): Uint8Array | undefined {
    const [type, , , length = 0] = input;
    if (type === MESSAGE_HASH) return this.clientRandom(input.subarray(TLS_HEADER, TLS_HEADER + length));
    if (type !== CLIENT_HELLO || input.length < HEAD) return undefined;
    // legacy_version of every ClientHello, and of DTLS 1.2 and 1.3.
    for (const [at, major, minor] of [
      [TLS_HEADER, 3, 3],
      [DTLS_HEADER, 0xfe, 0xfd],
    ] as const) {
      if (input[at] === major && input[at + 1] === minor) return input.slice(at + 2, at + 2 + RANDOM);
    }
    return undefined;
  }
}
