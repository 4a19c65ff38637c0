/** Why a frame is refused, in words: which function, which parameter, what was expected, what came. */
import { type FunctionRow, functionById, type Param } from '../psa-api/functions.ts';
import { PSA_ERROR_CONNECTION_REFUSED, PSA_ERROR_PROGRAMMER_ERROR } from '../psa-api/status.ts';
import type { BadElements, Elements } from './elements.ts';
import {
  isBytes,
  isI32,
  isU8,
  isU16,
  isU32,
  readAttributes,
  readCipherSuite,
  readCustom,
  readSizes,
  readU64,
  readVectors,
} from './fields.ts';
import { FrameTooLong } from './frame.ts';

/** The answer `[seq, status, text]` that ends a connection. */
export class Refusal extends Error {
  readonly seq: number;
  readonly status: number;

  constructor(seq: number, status: number, message: string) {
    super(message);
    this.seq = seq;
    this.status = status;
  }
}

/** A request's element: its C parameter, what it has to be, and whether it is. */
interface Expected {
  readonly name: string;
  readonly what: string;
  readonly holds: (value: unknown) => boolean;
}

const SCALARS = {
  u8: ['an integer of 8 bits', isU8],
  u16: ['an integer of 16 bits', isU16],
  u32: ['an unsigned integer of 32 bits', isU32],
  size: ['an unsigned integer of 32 bits', isU32],
  u64: ['8 bytes, big-endian', (v: unknown) => readU64(v) !== undefined],
} as const;

const expectedOf = (param: Param): Expected | undefined => {
  switch (param.kind) {
    case 'scalar': {
      const [what, holds] = SCALARS[param.type];
      return { name: param.name, what, holds };
    }
    case 'bytes':
      return { name: param.name, what: 'a binary string', holds: isBytes };
    case 'room':
    case 'fill':
      return { name: param.size, what: 'an unsigned integer of 32 bits', holds: isU32 };
    case 'operation':
      return { name: param.name, what: 'the handle of an operation', holds: isU32 };
    case 'attributes': {
      const what = '[type, bits, lifetime, usage, alg, id], type and bits of 16 bits';
      return { name: param.name, what, holds: (v) => readAttributes(v) !== undefined };
    }
    case 'cipher-suite': {
      const what = '[alg, type, family, bits, key_confirmation]';
      return { name: param.name, what, holds: (v) => readCipherSuite(v) !== undefined };
    }
    case 'custom':
      return { name: param.name, what: '[flags]', holds: (v) => readCustom(v) !== undefined };
    case 'vectors': {
      const what = 'a binary string, each vector behind its length';
      return { name: param.name, what, holds: (v) => readVectors(v) !== undefined };
    }
    case 'vectors-out': {
      const what = 'an array of the sizes of vectors';
      return { name: param.name, what, holds: (v) => readSizes(v) !== undefined };
    }
    case 'scalar-out':
    case 'attributes-out':
    case 'storage-info-out':
      return undefined;
  }
};

/** The elements of a request after the function id, in order. */
export const expectedElements = (row: FunctionRow): Expected[] =>
  row.params.flatMap((param) => expectedOf(param) ?? []);

export const describe = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (isBytes(value)) return `a binary string of ${value.length} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'number' ? `${value}` : typeof value;
};

const wrongElement = (row: FunctionRow, elements: Elements): string => {
  const expected = expectedElements(row);
  const wrong = expected.findIndex(({ holds }, i) => !holds(elements[i + 2]));
  const at = expected[wrong];
  if (at !== undefined)
    return `${row.name}, ${at.name}: expected ${at.what}, got ${describe(elements[wrong + 2])}`;
  return `${row.name}: expected ${expected.length} elements after the function, got ${elements.length - 2}`;
};

/** An element of a wrong kind in a call that could be decoded. */
export const refuseCall = (elements: Elements): Refusal => {
  const [seq, id] = elements;
  const row = isU32(id) ? functionById(id) : undefined;
  const text =
    row === undefined
      ? 'expected [seq, function, ...inputs], integers of 32 bits first'
      : wrongElement(row, elements);
  return new Refusal(isU32(seq) ? seq : 0, PSA_ERROR_PROGRAMMER_ERROR, text);
};

/** Bytes that are no frame, or no elements. */
export const refuseBytes = (error: FrameTooLong | BadElements): Refusal => {
  if (error instanceof FrameTooLong) return new Refusal(0, PSA_ERROR_PROGRAMMER_ERROR, error.message);
  const [seq = 0, id] = error.prefix;
  const row = id === undefined ? undefined : functionById(id);
  const name = row === undefined ? undefined : expectedElements(row)[error.index - 2]?.name;
  const where = [
    ...(row === undefined ? [] : [row.name]),
    ...(error.index < 0 ? [] : [name ?? `element ${error.index}`]),
  ].join(', ');
  const allowed =
    error.index < 0 ? '' : '; only integers of 32 bits, binary strings and arrays of integers are taken';
  const text = `${where === '' ? '' : `${where}: `}${error.message}${allowed}`;
  return new Refusal(isU32(seq) ? seq : 0, PSA_ERROR_PROGRAMMER_ERROR, text);
};

const HELLO_FORM = 'expected the hello [seq, 0, 1, client id, token, last handle]';

export interface Hello {
  readonly seq: number;
  readonly owner: number;
  readonly token: Uint8Array;
  readonly lastHandle: number;
}

/** The first request of a connection. */
export const readHello = (elements: Elements, version: number): Hello => {
  const [seq, id, spoken, owner, token, lastHandle] = elements;
  if (!isU32(seq) || id !== 0) {
    throw new Refusal(
      isU32(seq) ? seq : 0,
      PSA_ERROR_PROGRAMMER_ERROR,
      `a call before the hello; ${HELLO_FORM}`,
    );
  }
  if (spoken !== version) {
    const text = `protocol version ${describe(spoken)}, this server speaks ${version}`;
    throw new Refusal(seq, PSA_ERROR_CONNECTION_REFUSED, text);
  }
  if (!isI32(owner) || !isBytes(token) || !isU32(lastHandle) || elements.length !== 6) {
    throw new Refusal(seq, PSA_ERROR_PROGRAMMER_ERROR, HELLO_FORM);
  }
  return { seq, owner, token, lastHandle };
};
