/**
 * A row says when a function answers a status. It starts from the function's scene, a call as it should be, and
 * changes one thing of it.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KeyAttributes } from '../../../psa-api/attributes.ts';
import { type Call, UNBOUNDED, type Value } from '../../../psa-api/call.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { type FunctionRow, functionByName, type Param } from '../../../psa-api/functions.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import type { STATUSES } from '../../../psa-api/status.ts';
import type { FragileChip } from '../../support/chip.ts';
import type { Bench } from '../../support/device.ts';

/** 'SUCCESS', 'BAD_STATE' and so on. */
export type StatusName = keyof typeof STATUSES extends infer Name
  ? Name extends `PSA_ERROR_${infer Short}`
    ? Short
    : 'SUCCESS'
  : never;

export type KeyMaker = (psa: Psa, alg: number, extra?: Partial<KeyAttributes>) => Promise<number>;

/** What a scene has to work with. */
export interface Given extends Bench {
  /** The call's own key; a row may take its rights away or put it into the store. Other keys are made without. */
  key(make: KeyMaker, alg: number, extra?: Partial<KeyAttributes>): Promise<number>;
  /** What fails in the flash of a row that is `stored`. */
  readonly flash: FragileChip['state'];
}

/** Inputs by their names in docs/functions.md. A room that is not named has no bound; setups begin inactive. */
export type Inputs = Readonly<Record<string, Value>>;
export type Scene = (given: Given) => Inputs | Promise<Inputs>;
export type Scenes = Partial<Record<RemoteFunction, Scene>>;

export interface Row {
  readonly function: RemoteFunction;
  readonly status: StatusName;
  readonly when: string;
  /** Section of PSA Crypto 1.5, where it is not the function's own. */
  readonly clause?: string | undefined;
  /** Attributes that the keys of the scene have instead. */
  readonly keys?: Partial<KeyAttributes>;
  /** The keys of the scene are persistent, in flash that can fail. */
  readonly stored?: true;
  /** What is done after the scene, and which inputs come of it. */
  readonly change?: Inputs | ((given: Given, inputs: Inputs) => Inputs | Promise<Inputs>);
  readonly open?: () => Promise<Bench>;
  /** Who makes the call, if not the client of the scene. */
  readonly caller?: (given: Given, row: FunctionRow) => Call | Promise<Call>;
  /** The call does not come to the scene's device. */
  readonly elsewhere?: true;
  /** What must hold besides. */
  readonly after?: (given: Given, inputs: Inputs) => Promise<void>;
  /** Name of the file that the row stands in. */
  readonly file: string;
}

type Options = Omit<Row, 'function' | 'status' | 'when' | 'change' | 'file'>;

export type MakeRow = (
  name: RemoteFunction,
  status: StatusName,
  when: string,
  change?: Row['change'],
  options?: Options,
) => Row;

/** Makes the rows of one file, which is named by its `import.meta.url`. */
export const rowsOf =
  (url: string): MakeRow =>
  (name, status, when, change = {}, options = {}) => ({
    function: name,
    status,
    when,
    change,
    ...options,
    file: basename(fileURLToPath(url)),
  });

export const tableRow = (name: RemoteFunction): FunctionRow => {
  const row = functionByName(name);
  if (row === undefined) throw new Error(`the function table has no ${name}`);
  return row;
};

/** The name of what a parameter sends; undefined for one that only receives. */
export const inputName = (p: Param): string | undefined => {
  if (p.kind === 'scalar-out' || p.kind === 'attributes-out') return undefined;
  return p.kind === 'room' || p.kind === 'fill' ? p.size : p.name;
};

const absent = (name: string, p: Param): Value => {
  if (p.kind === 'room') return UNBOUNDED;
  if (p.kind === 'operation' && p.role === 'setup') return 0;
  throw new Error(`${name}: the scene gives no ${inputName(p)}`);
};

/** The inputs in the order of the parameters. A name that the function does not have is a mistake of the row. */
export const inOrder = ({ name, params }: FunctionRow, inputs: Inputs): Value[] => {
  const sent = params.flatMap((p) => {
    const as = inputName(p);
    return as === undefined ? [] : [{ as, p }];
  });
  for (const as of Object.keys(inputs))
    if (!sent.some((s) => s.as === as)) throw new Error(`${name} has no parameter ${as}`);
  return sent.map(({ as, p }) => inputs[as] ?? absent(name, p));
};
