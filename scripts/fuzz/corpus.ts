/**
 * Findings as files: what one connection sends, readable, and independent of the handles and key ids that a run gave
 * out - where a step used what an earlier one was given, it says which.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inputs, Value } from '../../psa-api/call.ts';
import { type FunctionRow, functionById, functionByName, type Param } from '../../psa-api/functions.ts';
import { hasInput } from '../../psa-api/parameters.ts';
import { type Elements, encodeFrame } from '../../rpc/elements.ts';
import { isBytes, isU32 } from '../../rpc/fields.ts';
import { writeRequest } from '../../rpc/generated/codec.ts';
import { meaningOf } from './model.ts';
import { type Sent, Talk } from './talk.ts';

/** `{"of": n}`: the handle or the key that step n was given. */
type Written =
  | number
  | { readonly of: number }
  | { readonly hex: string }
  | { readonly u64: string }
  | object;

type Step = { readonly bytes: string } | { readonly call: string; readonly inputs: readonly Written[] };

export interface Finding {
  readonly about: string;
  /** Without a hello before the first step. */
  readonly raw?: true;
  readonly steps: readonly Step[];
}

const inputParams = (row: FunctionRow): readonly Param[] => row.params.filter(hasInput);

const isReference = (param: Param | undefined): boolean =>
  param?.kind === 'operation' || (param?.kind === 'scalar' && param.c === 'psa_key_id_t');

/** The handle or key id in a successful answer. */
const given = (answer: Elements | undefined): number | undefined => {
  const value = answer?.[1] === 0 ? answer[2] : undefined;
  return isU32(value) && value !== 0 ? value : undefined;
};

const writeValue = (
  value: Value,
  param: Param | undefined,
  before: readonly (number | undefined)[],
): Written => {
  if (isBytes(value)) return { hex: Buffer.from(value).toString('hex') };
  if (typeof value === 'bigint') return { u64: value.toString() };
  if (typeof value === 'object') return value;
  const of = isReference(param) && value !== 0 ? before.lastIndexOf(value) : -1;
  return of < 0 ? value : { of };
};

const writeStep = (sent: Sent, before: readonly (number | undefined)[]): Step => {
  const meaning = sent.bytes.length < 5 ? undefined : meaningOf(sent.bytes.subarray(4), true);
  const row = meaning?.kind === 'call' ? functionById(meaning.id) : undefined;
  if (meaning?.kind !== 'call' || row === undefined)
    return { bytes: Buffer.from(sent.bytes).toString('hex') };
  const params = inputParams(row);
  return { call: row.name, inputs: meaning.inputs.map((value, i) => writeValue(value, params[i], before)) };
};

/** What a connection has sent after its hello. */
export const findingOf = (about: string, sent: readonly Sent[], greeted: boolean): Finding => {
  const steps = greeted ? sent.slice(1) : sent;
  const before: (number | undefined)[] = [];
  const written = steps.map((step) => {
    const line = writeStep(step, before);
    before.push(given(step.answers[0]));
    return line;
  });
  return greeted ? { about, steps: written } : { about, raw: true, steps: written };
};

const readValue = (value: Written, before: readonly (number | undefined)[]): Value => {
  if (typeof value === 'number') return value;
  if ('of' in value) return before[value.of] ?? 0;
  if ('hex' in value) return new Uint8Array(Buffer.from(value.hex, 'hex'));
  if ('u64' in value) return BigInt(value.u64);
  return value as Value;
};

const frameOf = (call: string, inputs: Inputs, seq: number): Uint8Array => {
  const id = functionByName(call)?.id;
  const elements = id === undefined ? undefined : writeRequest[id]?.(seq, inputs);
  const frame = elements === undefined ? undefined : encodeFrame(elements);
  if (frame === undefined) throw new Error(`${call}: no such function`);
  return frame;
};

/** Plays a finding to an emulator; throws the violation that it makes. */
export const replay = async (path: string, finding: Finding): Promise<void> => {
  const talk = await Talk.open(path);
  try {
    if (finding.raw !== true) await talk.hello(-1, 0);
    const before: (number | undefined)[] = [];
    for (const step of finding.steps) {
      let answer: Elements | undefined;
      if ('bytes' in step) await talk.send(new Uint8Array(Buffer.from(step.bytes, 'hex')));
      else {
        const inputs = step.inputs.map((value) => readValue(value, before));
        const frame = frameOf(step.call, inputs, talk.nextSeq());
        await talk.send(frame, 1, (value) => {
          answer = value;
        });
      }
      await talk.settled();
      before.push(given(answer));
    }
  } finally {
    await talk.leave(false);
  }
};

export const readCorpus = (folder: string): readonly (readonly [name: string, finding: Finding])[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8'))]);

export const writeFinding = (folder: string, name: string, finding: Finding): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, `${JSON.stringify(finding, null, 2)}\n`);
  return path;
};
