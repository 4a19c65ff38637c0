/**
 * A reader of CBOR (RFC 8949), as much of it as attestation tokens use, by itself: what writes them is not asked how
 * it would read them. Definite lengths only, integers of 53 bits; maps keep the order of their keys.
 */

export type Cbor = number | Uint8Array | string | readonly Cbor[] | ReadonlyMap<Cbor, Cbor> | Tag;

export class Tag {
  readonly number: number;
  readonly value: Cbor;

  constructor(number: number, value: Cbor) {
    this.number = number;
    this.value = value;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  #take(count: number): Uint8Array {
    const part = this.#bytes.slice(this.#at, this.#at + count);
    if (part.length !== count) throw new Error('CBOR ends too early');
    this.#at += count;
    return part;
  }

  /** The argument of a head, in its shortest form (4.2.1). */
  #argument(information: number): number {
    if (information < 24) return information;
    if (information > 27) throw new Error(`CBOR head with additional information ${information}`);
    const width = 1 << (information - 24);
    const value = this.#take(width).reduce((sum, byte) => sum * 256 + byte, 0);
    const least = width === 1 ? 24 : 256 ** (width / 2);
    if (value < least) throw new Error(`${value} in ${width} bytes is longer than it has to be`);
    return value;
  }

  item(): Cbor {
    const [head = 0] = this.#take(1);
    const argument = this.#argument(head & 0x1f);
    switch (head >> 5) {
      case 0:
        return argument;
      case 1:
        return -1 - argument;
      case 2:
        return this.#take(argument);
      case 3:
        return new TextDecoder('utf-8', { fatal: true }).decode(this.#take(argument));
      case 4:
        return Array.from({ length: argument }, () => this.item());
      case 5:
        return this.#map(argument);
      case 6:
        return new Tag(argument, this.item());
      default:
        throw new Error('CBOR of a kind that no token holds');
    }
  }

  #map(count: number): ReadonlyMap<Cbor, Cbor> {
    const map = new Map<Cbor, Cbor>();
    for (let i = 0; i < count; i++) {
      const key = this.item();
      if (map.has(key)) throw new Error(`the key ${String(key)} twice`);
      map.set(key, this.item());
    }
    return map;
  }
}

/** The one item that these bytes are. */
export const readCbor = (bytes: Uint8Array): Cbor => {
  const reader = new Reader(bytes);
  const item = reader.item();
  if (!reader.isAtEnd) throw new Error('bytes after the CBOR item');
  return item;
};

export const isMap = (value: Cbor | undefined): value is ReadonlyMap<Cbor, Cbor> => value instanceof Map;
export const isBytes = (value: Cbor | undefined): value is Uint8Array => value instanceof Uint8Array;
export const isList = (value: Cbor | undefined): value is readonly Cbor[] => Array.isArray(value);

/** A byte string of fewer than 2^16 bytes, written. */
export const writeBytes = (data: Uint8Array): Uint8Array => {
  const { length } = data;
  const head =
    length < 24 ? [0x40 | length] : length < 256 ? [0x58, length] : [0x59, length >> 8, length & 0xff];
  return Uint8Array.of(...head, ...data);
};
