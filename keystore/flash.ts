/**
 * NOR flash as the STM32H5 has it: erased by sectors to ones, programmed in quad-words, each once between two erases.
 * The rules are here; the bits are in cells, of memory or of a file.
 */

export interface Geometry {
  readonly sectors: number;
  /** Bytes, a multiple of QUAD_WORD. */
  readonly sectorSize: number;
}

export interface Flash extends Geometry {
  /** Bytes from the start beyond which nothing has ever been written: all is erased there. */
  extent(): number;
  /** Those bytes, as a copy. */
  read(address: number, length: number): Uint8Array;
  /** Whole quad-words at a multiple of their size, one after another; all have to be erased. */
  program(address: number, data: Uint8Array): void;
  erase(sector: number): void;
  /** What was programmed and erased before outlives a power loss from here on. */
  sync(): void;
}

/** Bytes that read as erased until they are written. Throws StorageError. */
export interface Cells {
  extent(): number;
  read(at: number, length: number): Uint8Array;
  write(at: number, data: Uint8Array): void;
  sync(): void;
}

/** What is programmed at once, in bytes. */
export const QUAD_WORD = 16;
export const ERASED = 0xff;

let erasedBytes = new Uint8Array(0);

const erased = (length: number): Uint8Array => {
  if (length > erasedBytes.length) erasedBytes = new Uint8Array(length).fill(ERASED);
  return erasedBytes.subarray(0, length);
};

/** Compared by the runtime: this looks at whole sectors. */
export const isErased = (bytes: Uint8Array): boolean => Buffer.compare(bytes, erased(bytes.length)) === 0;

export const norFlash = ({ sectors, sectorSize }: Geometry, cells: Cells): Flash => {
  const within = (address: number, length: number): void => {
    if (address < 0 || length < 0 || address + length > sectors * sectorSize)
      throw new RangeError(`flash: ${length} bytes at ${address} are not within it`);
  };
  return {
    sectors,
    sectorSize,
    extent: () => cells.extent(),
    read: (address, length) => {
      within(address, length);
      return cells.read(address, length);
    },
    program: (address, data) => {
      within(address, data.length);
      if (address % QUAD_WORD !== 0 || data.length % QUAD_WORD !== 0)
        throw new RangeError(`flash: ${data.length} bytes at ${address} are not whole quad-words`);
      if (!isErased(cells.read(address, data.length)))
        throw new RangeError(`flash: ${data.length} bytes at ${address} are not erased`);
      cells.write(address, data);
    },
    erase: (sector) => {
      within(sector * sectorSize, sectorSize);
      cells.write(sector * sectorSize, erased(sectorSize));
    },
    sync: () => cells.sync(),
  };
};

/** Grows with what is written. */
export const memoryCells = (content: Uint8Array = new Uint8Array(0)): Cells => {
  let bytes = content.slice();
  return {
    extent: () => bytes.length,
    read: (at, length) => {
      const there = bytes.slice(at, at + length);
      if (there.length === length) return there;
      const data = new Uint8Array(length).fill(ERASED);
      data.set(there);
      return data;
    },
    write: (at, data) => {
      const end = at + data.length;
      if (end > bytes.length) {
        const grown = new Uint8Array(Math.max(end, 2 * bytes.length)).fill(ERASED);
        grown.set(bytes);
        bytes = grown;
      }
      bytes.set(data, at);
    },
    sync: () => {},
  };
};
