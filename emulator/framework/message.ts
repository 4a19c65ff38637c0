/** A message of a service and the call record that it stands for: which vector holds which parameter. */
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import {
  type Inputs,
  type Sizes,
  type StorageInfo,
  UNBOUNDED,
  type Value,
  type Vectors,
} from '../../psa-api/call.ts';
import type { FunctionRow, Param } from '../../psa-api/functions.ts';
import { NOTHING } from '../../psa-api/outcome.ts';
import { hasInput } from '../../psa-api/parameters.ts';
import {
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_PROGRAMMER_ERROR,
  type PsaError,
} from '../../psa-api/status.ts';
import type { Descriptor } from './descriptor.ts';
import {
  ATTRIBUTES_LENGTH,
  isStorageInfo,
  isWord,
  readAttributes,
  readSize,
  readU32,
  readU64,
  writeAttributes,
  writeSize,
  writeStorageInfo,
  writeU32,
} from './memory.ts';

/** What a psa_call brings: the caller's vectors behind the descriptor, and the room for each of the answer's. */
export interface Parcel {
  readonly descriptor?: Descriptor;
  readonly vectors: Vectors;
  readonly sizes: Sizes;
}

export interface Message {
  readonly functionId: number;
  /** The inputs of the call, or what is wrong with the vectors. */
  read(parcel: Parcel): Inputs | PsaError;
  /** The vectors of the answer, one for each that there is room for. */
  write(outputs: readonly Value[], sizes: Sizes): Vectors;
}

/** What stands in the place of an input that the message does not give. */
class Missing {
  readonly status: PsaError;

  constructor(status: PsaError) {
    this.status = status;
  }
}

/** A vector of another length than its parameter, or a parameter that the descriptor has no place for. */
const MISSING = new Missing(PSA_ERROR_PROGRAMMER_ERROR);
/** As the device's client says it. */
const NONCE_TOO_LONG = new Missing(PSA_ERROR_INVALID_ARGUMENT);

type Reader = (parcel: Parcel) => Value | Missing;

const SCALARS: Readonly<Record<'u32' | 'u64' | 'size', (vector: Uint8Array) => Value | Missing>> = {
  u32: (vector) => (vector.length === 4 ? readU32(vector) : MISSING),
  u64: (vector) => (vector.length === 8 ? readU64(vector) : MISSING),
  size: (vector) => (isWord(vector.length) ? readSize(vector, 0, vector.length) : MISSING),
};

const unplanned = (row: FunctionRow, { name, kind }: Param): never => {
  throw new Error(`${row.name}, ${name}: no message carries a parameter of kind ${kind} so`);
};

const fromVector = (row: FunctionRow, param: Param, at: number): Reader => {
  const vector = ({ vectors }: Parcel) => vectors[at] ?? NOTHING;
  switch (param.kind) {
    case 'bytes':
      return vector;
    case 'attributes':
      return (parcel) => {
        const bytes = vector(parcel);
        return bytes.length === ATTRIBUTES_LENGTH ? readAttributes(bytes) : MISSING;
      };
    case 'scalar': {
      const { type } = param;
      if (type === 'u8' || type === 'u16') return unplanned(row, param);
      return (parcel) => SCALARS[type](vector(parcel));
    }
    default:
      return unplanned(row, param);
  }
};

/** The field of the descriptor that holds a parameter; undefined where there is none. */
const FIELDS: Readonly<Record<string, (descriptor: Descriptor) => Value | undefined>> = {
  psa_key_id_t: ({ key }) => key,
  psa_key_handle_t: ({ key }) => key,
  psa_algorithm_t: ({ alg }) => alg,
  psa_key_derivation_step_t: ({ step }) => step,
  capacity: ({ capacity }) => capacity,
  ad_length: ({ adLength }) => adLength,
  plaintext_length: ({ plaintextLength }) => plaintextLength,
  operation: ({ operation }) => operation,
};

const fromDescriptor = (row: FunctionRow, param: Param): Reader => {
  // A clone's target is told in the answer alone: the client has made sure that it is inactive.
  if (param.kind === 'operation' && param.name === 'target_operation') return () => 0;
  if (param.kind === 'bytes' && param.name === 'nonce')
    return ({ descriptor }) => descriptor?.nonce ?? NONCE_TOO_LONG;
  const name = param.kind === 'operation' ? 'operation' : param.kind === 'scalar' ? param.c : '';
  const field = FIELDS[name] ?? FIELDS[param.name];
  if (field === undefined) return unplanned(row, param);
  return ({ descriptor }) => (descriptor === undefined ? undefined : field(descriptor)) ?? MISSING;
};

/** How an output of a fixed size lies in its vector. */
interface Encoding {
  fits(size: number): boolean;
  write(value: Value, size: number): Uint8Array;
}

const U32: Encoding = { fits: (size) => size === 4, write: (value) => writeU32(value as number) };
const SIZE: Encoding = {
  fits: isWord,
  write: (value, size) => writeSize(value as number, size === 4 ? 4 : 8),
};
const ATTRIBUTES: Encoding = {
  fits: (size) => size === ATTRIBUTES_LENGTH,
  write: (value) => writeAttributes(value as KeyAttributes),
};
const INFO: Encoding = {
  fits: isStorageInfo,
  write: (value, size) => writeStorageInfo(value as StorageInfo, size),
};
const BYTES: Encoding = { fits: () => true, write: (value) => value as Uint8Array };

const encodingOf = (param: Param): Encoding | undefined => {
  switch (param.kind) {
    case 'operation':
      return param.role === 'source' ? undefined : U32;
    case 'scalar-out':
      return param.type === 'size' ? SIZE : U32;
    case 'attributes-out':
      return ATTRIBUTES;
    case 'storage-info-out':
      return INFO;
    case 'room':
    case 'fill':
      return BYTES;
    default:
      return undefined;
  }
};

const readerOf = (row: FunctionRow, param: Param, input: readonly string[], output: readonly string[]) => {
  if (!hasInput(param)) return undefined;
  const at = (param.kind === 'room' || param.kind === 'fill' ? output : input).indexOf(param.name);
  if (param.kind === 'room' || param.kind === 'fill')
    return ({ sizes }: Parcel) => Math.min(sizes[at] ?? 0, UNBOUNDED - 1);
  return at < 0 ? fromDescriptor(row, param) : fromVector(row, param, at);
};

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

/** `input` and `output` name the parameters in vectors, as in crypto-messages.ts. */
export const planMessage = (row: FunctionRow, input = '', output = ''): Message => {
  const given = words(input);
  const answered = words(output).map((name) => ({
    name: name.replace('?', ''),
    optional: name.endsWith('?'),
  }));
  const names = answered.map(({ name }) => name);
  const readers = row.params
    .map((param) => readerOf(row, param, given, names))
    .filter((reader) => reader !== undefined);
  const outputs = row.params.flatMap((param) => {
    const encoding = encodingOf(param);
    return encoding === undefined ? [] : [{ name: param.name, encoding }];
  });
  const plans = answered.map(({ name, optional }) => {
    const at = outputs.findIndex((one) => one.name === name);
    const encoding = outputs[at]?.encoding;
    if (encoding === undefined) throw new Error(`${row.name} has no output ${name}`);
    return { at, encoding, optional };
  });

  /** Vectors of no bytes at the end may be there or not: the message holds their lengths alone. */
  const isWhole = ({ vectors, sizes }: Parcel): boolean =>
    vectors.slice(given.length).every(({ length }) => length === 0) &&
    sizes.slice(plans.length).every((size) => size === 0) &&
    plans.every(({ encoding, optional }, i) => (optional && !sizes[i]) || encoding.fits(sizes[i] ?? 0));

  return {
    functionId: row.id,
    read(parcel) {
      if (!isWhole(parcel)) return PSA_ERROR_PROGRAMMER_ERROR;
      const inputs: Value[] = [];
      for (const read of readers) {
        const input = read(parcel);
        if (input instanceof Missing) return input.status;
        inputs.push(input);
      }
      return inputs;
    },
    write: (values, sizes) =>
      sizes.map((size, i) => {
        const one = plans[i];
        if (one === undefined || size === 0) return NOTHING;
        return one.encoding.write(values[one.at] ?? NOTHING, size);
      }),
  };
};
