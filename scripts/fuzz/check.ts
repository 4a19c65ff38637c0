/** Whether an answer is one that the request may have: its form, its status, its lengths, its handle. */
import type { Inputs, Outcome } from '../../psa-api/call.ts';
import { type FunctionRow, functionById } from '../../psa-api/functions.ts';
import { hasInput } from '../../psa-api/parameters.ts';
import {
  PSA_ERROR_CORRUPTION_DETECTED,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_ERROR_PROGRAMMER_ERROR,
  STATUSES,
  statusName,
} from '../../psa-api/status.ts';
import type { Elements } from '../../rpc/elements.ts';
import { isBytes, isI32, isU32 } from '../../rpc/fields.ts';
import { readSuccess } from '../../rpc/generated/codec.ts';
import { carriesHandle } from '../../rpc/handles.ts';
import type { Meaning } from './model.ts';

const KNOWN: ReadonlySet<number> = new Set(Object.values(STATUSES));

/** Where the parameters of a function stand among its inputs and its outputs. */
interface Places {
  readonly rooms: readonly (readonly [input: number, output: number, isFilled: boolean])[];
  readonly handle: number | undefined;
  readonly role: string | undefined;
}

const placesOf = (row: FunctionRow): Places => {
  const rooms: [number, number, boolean][] = [];
  let input = 0;
  let output = 1;
  let handle: number | undefined;
  let role: string | undefined;
  for (const param of row.params) {
    if (param.kind === 'room' || param.kind === 'fill')
      rooms.push([input++, output++, param.kind === 'fill']);
    else if (!hasInput(param)) output++;
    else if (param.kind === 'operation') {
      if (param.role !== 'source') {
        handle = input;
        role = param.role;
        output++;
      }
      input++;
    } else input++;
  }
  return { rooms, handle, role };
};

const PLACES = new Map<number, Places>();

const places = (id: number): Places => {
  const known = PLACES.get(id);
  if (known !== undefined) return known;
  const row = functionById(id);
  const made = row === undefined ? { rooms: [], handle: undefined, role: undefined } : placesOf(row);
  PLACES.set(id, made);
  return made;
};

const wrongHandle = (role: string | undefined, sent: number, answered: number, status: number): boolean => {
  if (status !== 0) return answered !== 0 && answered !== sent;
  if (role === 'setup') return answered === 0;
  return role === 'use' ? answered !== sent : answered !== 0;
};

const wrongSuccess = (id: number, inputs: Inputs, outcome: Outcome): string | undefined => {
  for (const [input, output, isFilled] of places(id).rooms) {
    const size = inputs[input];
    const bytes = outcome[output];
    if (!isBytes(bytes) || typeof size !== 'number') return 'an output that is no bytes';
    if (bytes.length > size) return `an output of ${bytes.length} bytes in a room of ${size}`;
    if (isFilled && bytes.length !== size) return `${bytes.length} bytes where ${size} were to be filled`;
  }
  return undefined;
};

const wrongCall = (id: number, inputs: Inputs, answer: Elements): string | undefined => {
  const status = answer[1] as number;
  if (status === PSA_ERROR_CORRUPTION_DETECTED)
    return 'PSA_ERROR_CORRUPTION_DETECTED: an exception in the emulator';
  if (status === PSA_ERROR_PROGRAMMER_ERROR) return 'a well-formed call was refused';
  if (!KNOWN.has(status)) return `${statusName(status)}: not a status of the API`;
  const { handle, role } = places(id);
  if (status === 0) {
    const outcome = readSuccess[id]?.(answer);
    if (outcome === undefined) return 'a success of another form than the table says';
    if (handle !== undefined && wrongHandle(role, inputs[handle] as number, outcome[1] as number, 0))
      return `handle ${String(outcome[1])} after a successful ${role}`;
    return wrongSuccess(id, inputs, outcome);
  }
  if (answer.length !== (carriesHandle(id) ? 3 : 2)) return 'a failure of another form than the table says';
  if (handle === undefined) return undefined;
  if (!isU32(answer[2])) return 'a failure whose handle is no handle';
  return wrongHandle(role, inputs[handle] as number, answer[2], status)
    ? `handle ${answer[2]} after a failure`
    : undefined;
};

/** What is wrong with the answer to a request of this meaning; undefined where nothing is. */
export const wrongAnswer = (meaning: Meaning, answer: Elements): string | undefined => {
  const [seq, status, text] = answer;
  if (!isI32(status)) return 'an answer without a status';
  if (meaning.kind === 'refused')
    return status < 0 && isBytes(text) && answer.length === 3 ? undefined : 'no refusal of what is malformed';
  if (seq !== meaning.seq) return `sequence number ${String(seq)} instead of ${meaning.seq}`;
  if (meaning.kind === 'hello')
    return status === 0 && answer.length === 4
      ? undefined
      : `a hello was answered with ${statusName(status)}`;
  if (meaning.kind === 'unknown')
    return status === PSA_ERROR_NOT_SUPPORTED && answer.length === 2
      ? undefined
      : 'an unknown function is not PSA_ERROR_NOT_SUPPORTED';
  return wrongCall(meaning.id, meaning.inputs, answer);
};
