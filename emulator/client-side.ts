/**
 * What the device's own client decides before the secure world hears of a call: it is answered at once, and neither
 * the operation nor anything else changes.
 */
import { type Inputs, type Outcome, UNBOUNDED } from '../psa-api/call.ts';
import { type FunctionRow, functionById, type Library, type Param } from '../psa-api/functions.ts';
import { handleAt, hasInput, isCrypto } from '../psa-api/parameters.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../psa-api/status.ts';
import type { Settings } from './profiles/settings.ts';

/** At the head of the shared area: its own header and the message. */
export const AREA_OVERHEAD = 8 + 48;
/** The descriptor of a crypto call, its first input: function, step, key, algorithm, handle, capacity and nonce. */
const DESCRIPTOR = 44;
/** `psa_key_attributes_t` of the device's client. */
const ATTRIBUTES = 20;
/** `psa_storage_info_t` of the device's client. */
const STORAGE_INFO = 12;
const WORD = 4;

/** No calls of the device's client, or not its own decision. */
const BESIDE: readonly Library[] = ['device', 'framework', 'control'];

type Rule = (inputs: Inputs) => PsaError | undefined;

/** Each parameter with its place among the inputs, -1 for what has none. */
const placed = ({ params }: FunctionRow): readonly (readonly [Param, number])[] => {
  let next = 0;
  return params.map((param) => [param, hasInput(param) ? next++ : -1] as const);
};

/** Bytes of the area that one parameter takes; 0 for what travels in the descriptor. */
const roomOf = (row: FunctionRow, [param, at]: readonly [Param, number]): ((inputs: Inputs) => number) => {
  switch (param.kind) {
    case 'bytes':
      // The nonce of AEAD travels in the descriptor.
      return row.group === 'AEAD' && param.name === 'nonce'
        ? () => 0
        : (inputs) => (inputs[at] as Uint8Array).length;
    case 'room':
    case 'fill':
      // A client that declares no room, which C cannot do, has none counted.
      return (inputs) => (inputs[at] === UNBOUNDED ? 0 : (inputs[at] as number));
    case 'attributes':
    case 'attributes-out':
      return () => ATTRIBUTES;
    case 'scalar-out':
      return () => WORD;
    case 'storage-info-out':
      return () => STORAGE_INFO;
    case 'scalar':
      // Of crypto they travel in the descriptor, of the other services each by itself.
      return () => (isCrypto(row) ? 0 : param.type === 'u64' ? 2 * WORD : WORD);
    case 'operation':
      return () => (param.role === 'source' ? 0 : WORD);
    default:
      return () => 0;
  }
};

const areaRule = (row: FunctionRow, area: number): Rule => {
  const descriptor = isCrypto(row) ? DESCRIPTOR : 0;
  const rooms = placed(row).map((place) => roomOf(row, place));
  // psa_cipher_finish sends its output buffer as an input too.
  const twice = row.name === 'psa_cipher_finish' ? 2 : 1;
  return (inputs) => {
    const bytes = rooms.reduce((sum, room) => sum + room(inputs), 0) * twice;
    return AREA_OVERHEAD + descriptor + bytes > area ? PSA_ERROR_INSUFFICIENT_MEMORY : undefined;
  };
};

const nonceRule = (row: FunctionRow, longest: number): Rule | undefined => {
  const found = placed(row).find(([{ name }]) => row.group === 'AEAD' && name === 'nonce');
  if (found === undefined || found[0].kind !== 'bytes') return undefined;
  return (inputs) =>
    (inputs[found[1]] as Uint8Array).length > longest ? PSA_ERROR_INVALID_ARGUMENT : undefined;
};

/** A clone into an operation that is active is refused by the client that holds failed operations itself. */
const cloneRule: Rule = (inputs) => (inputs[1] !== 0 ? PSA_ERROR_BAD_STATE : undefined);

const rulesFor = (row: FunctionRow, settings: Settings): readonly Rule[] => {
  if (settings.absentFunctions?.includes(row.name)) return [() => PSA_ERROR_NOT_SUPPORTED];
  const { aeadNonce, sharedArea, failedOperations } = settings;
  return [
    row.name === 'psa_hash_clone' && failedOperations === 'held' ? cloneRule : undefined,
    aeadNonce === null ? undefined : nonceRule(row, aeadNonce),
    sharedArea === null ? undefined : areaRule(row, sharedArea),
  ].filter((rule) => rule !== undefined);
};

interface Plan {
  readonly rules: readonly Rule[];
  /** Where the handle of the operation stands among the inputs; below 0 where there is none. */
  readonly at: number;
}

const NOTHING: Plan = { rules: [], at: -1 };

/** The outcome of a call that goes no further; undefined for one that goes on to the secure world. */
export const clientSide = (
  settings: Settings,
): ((functionId: number, inputs: Inputs) => Outcome | undefined) => {
  const { absentFunctions, aeadNonce, sharedArea, failedOperations } = settings;
  const isAbsent = (absentFunctions ?? []).length > 0;
  if (!isAbsent && aeadNonce === null && sharedArea === null && failedOperations !== 'held')
    return () => undefined;
  const plans = new Map<number, Plan>();
  /** Worked out when first called: a program uses few of them. */
  const planOf = (functionId: number): Plan => {
    let plan = plans.get(functionId);
    if (plan === undefined) {
      const row = functionById(functionId);
      const isHere = row !== undefined && !row.local && !BESIDE.includes(row.library);
      plan = isHere ? { rules: rulesFor(row, settings), at: handleAt(row) } : NOTHING;
      plans.set(functionId, plan);
    }
    return plan;
  };
  return (functionId, inputs) => {
    const plan = planOf(functionId);
    for (const rule of plan.rules) {
      const status = rule(inputs);
      if (status !== undefined) return plan.at < 0 ? [status] : [status, inputs[plan.at] ?? 0];
    }
    return undefined;
  };
};
