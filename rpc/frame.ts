/** Frames: a 32-bit big-endian length and that many bytes (docs/wire.md, Frames). */
import { MAX_FRAME } from './protocol.ts';

export const HEADER = 4;

/** A length above the limit: what follows cannot be told from a frame, so the connection has to go. */
export class FrameTooLong extends Error {}

const FIRST_ROOM = 4096;
const EMPTY = new Uint8Array(0);

/**
 * Cuts a byte stream into frames. A frame that lies whole in one chunk is a view of that chunk; only what
 * is left over from earlier chunks is copied, into a buffer that grows with what has arrived and not with
 * what a header promises. A buffer is never written over, so the frames handed out stay as they are.
 */
export class FrameReader {
  /** The longest payload taken; smaller for a peer that has not yet said who it is. */
  limit: number;
  #buffer: Uint8Array = EMPTY;
  #at = 0;
  #end = 0;
  #owned = false;

  constructor(limit = MAX_FRAME) {
    this.limit = limit;
  }

  /** Bytes received and not yet handed out. */
  get unread(): number {
    return this.#end - this.#at;
  }

  push(chunk: Uint8Array): void {
    if (this.#at !== this.#end) {
      this.#append(chunk);
      return;
    }
    // A plain view: a Buffer's own slice() is no copy, and those who are given the bytes rely on one.
    this.#buffer = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
    this.#at = 0;
    this.#end = chunk.length;
    this.#owned = false;
  }

  /** The payload of the next whole frame; undefined until more bytes have arrived. */
  next(): Uint8Array | undefined {
    const length = this.#payload();
    if (length === undefined) return undefined;
    if (length > this.limit)
      throw new FrameTooLong(`frame of ${length} bytes, at most ${this.limit} are taken`);
    const start = this.#at + HEADER;
    if (this.#end - start < length) return undefined;
    this.#at = start + length;
    return this.#buffer.subarray(start, this.#at);
  }

  #payload(): number | undefined {
    const at = this.#at;
    if (this.#end - at < HEADER) return undefined;
    const b = this.#buffer;
    return (
      (((b[at] ?? 0) << 24) | ((b[at + 1] ?? 0) << 16) | ((b[at + 2] ?? 0) << 8) | (b[at + 3] ?? 0)) >>> 0
    );
  }

  #append(chunk: Uint8Array): void {
    const needed = this.unread + chunk.length;
    if (!this.#owned || this.#end + chunk.length > this.#buffer.length) this.#move(needed);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  #move(needed: number): void {
    const whole = HEADER + Math.min(this.#payload() ?? 0, this.limit);
    const room = new Uint8Array(Math.max(needed, Math.min(whole, 2 * needed), FIRST_ROOM));
    room.set(this.#buffer.subarray(this.#at, this.#end));
    this.#end -= this.#at;
    this.#at = 0;
    this.#buffer = room;
    this.#owned = true;
  }
}
