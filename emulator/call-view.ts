/** A call record seen from outside: which key and algorithm it is about, and how long its inputs are. */
import type { KeyAttributes } from '../psa-api/attributes.ts';
import { type CipherSuite, type Inputs, UNBOUNDED } from '../psa-api/call.ts';
import { type FunctionRow, type OperationFamily, type Param, TABLE } from '../psa-api/functions.ts';
import { hasInput } from '../psa-api/parameters.ts';

export interface CallView {
  readonly row: FunctionRow;
  /** The first key that the call names, or that its operation stands on. */
  readonly key: number | undefined;
  readonly alg: number | undefined;
  /** Of that key, or of the key to be made. */
  readonly keyType: number | undefined;
  readonly keyBits: number | undefined;
  /** The operation object's handle before the call. */
  readonly handle: number | undefined;
  readonly inputBytes: number;
  /** Room declared for outputs; rooms without bound count nothing. */
  readonly roomBytes: number;
}

/** What the device knows behind ids and handles. */
export interface Lookup {
  key(owner: number, id: number): KeyAttributes | undefined;
  operation(
    owner: number,
    family: OperationFamily,
    handle: number,
  ): { readonly alg: number; readonly key: KeyAttributes | undefined } | undefined;
}

interface Places {
  readonly row: FunctionRow;
  readonly alg: number | undefined;
  readonly key: number | undefined;
  readonly attributes: number | undefined;
  readonly suite: number | undefined;
  readonly operation: { readonly at: number; readonly family: OperationFamily } | undefined;
  readonly bytes: readonly number[];
  readonly rooms: readonly number[];
}

const placesOf = (row: FunctionRow): Places => {
  const params = row.params.filter(hasInput);
  const first = (is: (param: Param) => boolean): number | undefined => {
    const at = params.findIndex(is);
    return at < 0 ? undefined : at;
  };
  const all = (...kinds: readonly Param['kind'][]) =>
    params.flatMap((param, at) => (kinds.includes(param.kind) ? [at] : []));
  const at = first(({ kind }) => kind === 'operation');
  const operation = at === undefined ? undefined : params[at];
  return {
    row,
    alg: first((param) => param.kind === 'scalar' && param.c === 'psa_algorithm_t'),
    key: first((param) => param.kind === 'scalar' && param.c === 'psa_key_id_t'),
    attributes: first(({ kind }) => kind === 'attributes'),
    suite: first(({ kind }) => kind === 'cipher-suite'),
    operation:
      operation?.kind === 'operation' && at !== undefined ? { at, family: operation.family } : undefined,
    bytes: all('bytes'),
    rooms: all('room', 'fill'),
  };
};

const PLACES: ReadonlyMap<number, Places> = new Map(
  TABLE.filter(({ local }) => !local).map((row) => [row.id, placesOf(row)]),
);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Looked at before the call is carried out: what it names may be gone afterwards. */
export const viewCall = (
  functionId: number,
  inputs: Inputs,
  owner: number,
  lookup: Lookup,
): CallView | undefined => {
  const places = PLACES.get(functionId);
  if (places === undefined) return undefined;
  const number = (at: number | undefined) => (at === undefined ? undefined : (inputs[at] as number));
  const attributes =
    places.attributes === undefined ? undefined : (inputs[places.attributes] as KeyAttributes);
  const suite = places.suite === undefined ? undefined : (inputs[places.suite] as CipherSuite);
  const handle = number(places.operation?.at);
  const operation =
    places.operation === undefined || handle === undefined || handle === 0
      ? undefined
      : lookup.operation(owner, places.operation.family, handle);
  const key = number(places.key) ?? operation?.key?.id;
  const found = key === undefined ? attributes : (lookup.key(owner, key) ?? operation?.key);
  return {
    row: places.row,
    key,
    alg:
      number(places.alg) ?? suite?.alg ?? operation?.alg ?? (key === undefined ? attributes?.alg : undefined),
    keyType: found?.type,
    keyBits: found?.bits,
    handle,
    inputBytes: sum(places.bytes.map((at) => (inputs[at] as Uint8Array).length)),
    roomBytes: sum(places.rooms.map((at) => inputs[at] as number).filter((room) => room !== UNBOUNDED)),
  };
};
