/** Where the parameters of each function stand in a call record, worked out once from the function table. */
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import type {
  CipherSuite,
  CustomParameters,
  Inputs,
  Outcome,
  Sizes,
  StorageInfo,
  Value,
  Vectors,
} from '../../psa-api/call.ts';
import { type FunctionRow, type OperationFamily, type Param, TABLE } from '../../psa-api/functions.ts';
import { handleAt, hasInput } from '../../psa-api/parameters.ts';

interface Place {
  readonly name: string;
  readonly at: number;
}

export interface Shape {
  readonly row: FunctionRow;
  readonly family: OperationFamily | undefined;
  /** Of the operation whose handle changes, and of a const one, among the inputs. */
  readonly handleAt: number | undefined;
  readonly sourceAt: number | undefined;
  readonly inputs: Places;
  readonly outputs: Places;
  /** Of the key id that the call makes, among the outcome. */
  readonly madeAt: number | undefined;
}

interface Places {
  readonly scalars: readonly Place[];
  readonly structures: readonly Place[];
  readonly bytes: readonly Place[];
  /** Declared rooms, by the name of their size. */
  readonly rooms: readonly Place[];
  /** Several byte strings, or several rooms, in one parameter. */
  readonly vectors: readonly Place[];
}

const isKey = (param: Param): boolean =>
  (param.kind === 'scalar' || param.kind === 'scalar-out') && param.c === 'psa_key_id_t';
const isAlg = (param: Param): boolean => param.kind === 'scalar' && param.c === 'psa_algorithm_t';

/** Every kind is named, so that a new one is not forgotten here. */
const hasOutput = (param: Param): boolean => {
  switch (param.kind) {
    case 'scalar-out':
    case 'attributes-out':
    case 'storage-info-out':
    case 'room':
    case 'fill':
    case 'vectors-out':
      return true;
    case 'operation':
      return param.role !== 'source';
    case 'scalar':
    case 'bytes':
    case 'vectors':
    case 'attributes':
    case 'cipher-suite':
    case 'custom':
      return false;
  }
};

/** The first key and the first algorithm have fields of their own. */
const inputsOf = (params: readonly Param[]): Places => {
  const first = [params.find(isKey), params.find(isAlg)];
  const places = (kinds: readonly Param['kind'][], nameOf = ({ name }: Param) => name): Place[] =>
    params.flatMap((param, at) =>
      kinds.includes(param.kind) && !first.includes(param) ? [{ name: nameOf(param), at }] : [],
    );
  return {
    scalars: places(['scalar']),
    structures: places(['attributes', 'cipher-suite', 'custom']),
    bytes: places(['bytes']),
    rooms: places(['room', 'fill'], (param) => ('size' in param ? param.size : param.name)),
    vectors: places(['vectors', 'vectors-out']),
  };
};

/** Positions in an outcome, which begins with the status. */
const outputsOf = (params: readonly Param[]): Places => {
  const places = (...kinds: readonly Param['kind'][]): Place[] =>
    params.flatMap((param, i) =>
      kinds.includes(param.kind) && !isKey(param) ? [{ name: param.name, at: i + 1 }] : [],
    );
  return {
    scalars: places('scalar-out'),
    structures: places('attributes-out', 'storage-info-out'),
    bytes: places('room', 'fill'),
    rooms: [],
    vectors: places('vectors-out'),
  };
};

const found = (at: number): number | undefined => (at < 0 ? undefined : at);

const shapeOf = (row: FunctionRow): Shape => {
  const inputs = row.params.filter(hasInput);
  const outputs = row.params.filter(hasOutput);
  const operation = inputs.find((param) => param.kind === 'operation');
  const madeAt = found(outputs.findIndex(isKey));
  return {
    row,
    family: operation?.kind === 'operation' ? operation.family : undefined,
    handleAt: found(handleAt(row)),
    sourceAt: found(inputs.findIndex((param) => param.kind === 'operation' && param.role === 'source')),
    inputs: inputsOf(inputs),
    outputs: outputsOf(outputs),
    madeAt: madeAt === undefined ? undefined : madeAt + 1,
  };
};

const SHAPES: ReadonlyMap<number, Shape> = new Map(
  TABLE.filter(({ local }) => !local).map((row) => [row.id, shapeOf(row)]),
);

export const shapeById = (functionId: number): Shape | undefined => SHAPES.get(functionId);

/** What an event says of values, by parameter name. */
export interface Values {
  readonly scalars: Record<string, number | string>;
  readonly lengths: Record<string, number>;
  readonly digests: Record<string, string>;
  bytes?: Record<string, string>;
}

type Structure = KeyAttributes | CipherSuite | CustomParameters | StorageInfo;

/** The first 16 hex digits of SHA-256. */
export type Digest = (bytes: Uint8Array) => string;

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

const describeBytes = (name: string, value: Uint8Array, digest: Digest, into: Values): void => {
  into.lengths[name] = value.length;
  if (value.length === 0) return;
  into.digests[name] = digest(value);
  if (into.bytes !== undefined) into.bytes[name] = hex(value);
};

/** Adds what stands at `places` of a call's inputs or of its outcome. */
export const describe = (places: Places, values: Inputs | Outcome, digest: Digest, into: Values): void => {
  const at = (place: Place): Value => values[place.at] as Value;
  for (const place of places.scalars) {
    const value = at(place) as number | bigint;
    into.scalars[place.name] = typeof value === 'bigint' ? value.toString() : value;
  }
  for (const place of places.structures) {
    for (const [field, value] of Object.entries(at(place) as Structure))
      into.scalars[`${place.name}.${field}`] = value as number;
  }
  for (const place of places.bytes) describeBytes(place.name, at(place) as Uint8Array, digest, into);
  for (const place of places.rooms) into.lengths[place.name] = at(place) as number;
  for (const place of places.vectors) {
    for (const [i, value] of (at(place) as Vectors | Sizes).entries()) {
      if (typeof value === 'number') into.lengths[`${place.name}[${i}]_size`] = value;
      else describeBytes(`${place.name}[${i}]`, value, digest, into);
    }
  }
};
