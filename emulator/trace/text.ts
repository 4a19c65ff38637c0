/** A record of a trace as a line for people, in the manner of strace. */
import { algorithmName } from '../../psa-api/algorithm-names.ts';
import { UNBOUNDED } from '../../psa-api/call.ts';
import * as steps from '../../psa-api/derivation-steps.ts';
import { functionByName, type Param } from '../../psa-api/functions.ts';
import { keyTypeName } from '../../psa-api/key-type-names.ts';
import { statusName } from '../../psa-api/status.ts';
import type { TraceEvent, TraceMark, TraceRecord } from './event.ts';

const STEPS: ReadonlyMap<number, string> = new Map(
  Object.entries(steps).map(([name, value]) => [value, name]),
);

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/** Nanoseconds in the unit that suits them. */
export const durationText = (ns: number): string => {
  if (ns < 1e3) return `${ns} ns`;
  if (ns < 1e6) return `${(ns / 1e3).toFixed(1)} us`;
  return ns < 1e9 ? `${(ns / 1e6).toFixed(2)} ms` : `${(ns / 1e9).toFixed(3)} s`;
};

const scalarText = (event: TraceEvent, name: string, value: number | string): string => {
  const field = name.slice(name.lastIndexOf('.') + 1);
  const isNumber = typeof value === 'number';
  if (isNumber && field === 'alg') return `${name} ${algorithmName(value)}`;
  if (isNumber && name === 'attributes.type') return `${name} ${keyTypeName(value)}`;
  if (isNumber && name === 'step' && event.family === 'key_derivation')
    return STEPS.get(value) ?? `step ${hex(value)}`;
  if (isNumber && ['usage', 'lifetime', 'id', 'key', 'expected', 'address'].includes(field))
    return `${name} ${hex(value)}`;
  return `${name} ${value === UNBOUNDED ? 'unbounded' : value}`;
};

/** Fields that say nothing are left out. */
const isTelling = ([name, value]: readonly [string, number | string]): boolean =>
  !(name.startsWith('attributes.') && value === 0);

const lengthText = (event: TraceEvent, param: Param): string | undefined => {
  const length = event.lengths[param.name];
  if (param.kind === 'bytes') return length === undefined ? undefined : `${param.name} ${length} B`;
  if (param.kind !== 'room' && param.kind !== 'fill') return undefined;
  const room = event.lengths[param.size] ?? UNBOUNDED;
  if (length === undefined) return `${param.name} room ${room === UNBOUNDED ? 'unbounded' : `${room} B`}`;
  return room === UNBOUNDED || room === length
    ? `${param.name} ${length} B`
    : `${param.name} ${length} of ${room} B`;
};

const operationText = ({ family, handle, handleAfter, source }: TraceEvent): string[] => [
  ...(source === undefined ? [] : [`from ${family} ${source}`]),
  ...(handle === undefined
    ? []
    : [`${family} ${handle === handleAfter ? handle : `${handle}->${handleAfter}`}`]),
];

const argumentsOf = (event: TraceEvent): string[] => {
  const { key, alg, made, scalars } = event;
  const params = functionByName(event.function)?.params ?? [];
  return [
    ...operationText(event),
    ...(key === undefined ? [] : [`key ${hex(key)}`]),
    ...(alg === undefined || 'attributes.alg' in scalars ? [] : [algorithmName(alg)]),
    ...Object.entries(scalars)
      .filter(isTelling)
      .map(([name, value]) => scalarText(event, name, value)),
    ...params.flatMap((param) => lengthText(event, param) ?? []),
    ...(made === undefined ? [] : [`made ${hex(made)}`]),
  ];
};

const boardText = ({ board, boardDuration }: TraceEvent): string =>
  board === 0 && boardDuration === 0
    ? ''
    : `, board ${durationText(boardDuration)} at ${(board / 1e6).toFixed(3)} ms`;

/** `psa_hash_update(hash 5, PSA_ALG_SHA_256, input 64 B) = PSA_SUCCESS`: what repeats with the same seed and calls. */
export const outcomeText = (event: TraceEvent): string => {
  const refused = event.refusedBy === undefined ? '' : ' (refused by the client)';
  return `${event.function}(${argumentsOf(event).join(', ')}) = ${statusName(event.status)}${refused}`;
};

/** `psa_hash_update(hash 5, PSA_ALG_SHA_256, input 64 B) = PSA_SUCCESS <13.1 us>` */
export const callText = (event: TraceEvent): string =>
  `${outcomeText(event)} <${durationText(event.duration)}${boardText(event)}>`;

const leftText = ({ operations = [], keys = [] }: TraceMark): string => {
  const open = operations.map(({ family, handle, alg }) => `${family} ${handle} ${algorithmName(alg)}`);
  const parts = [
    ...(open.length === 0 ? [] : [`operations still open: ${open.join(', ')}`]),
    ...(keys.length === 0 ? [] : [`volatile keys left: ${keys.map(hex).join(', ')}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
};

const markText = (mark: TraceMark): string => {
  if (mark.event === 'start')
    return `start: profile ${mark.profile}, ${mark.seed === null ? 'system entropy' : `seed ${mark.seed}`}`;
  return mark.event === 'disconnect' ? `disconnect${leftText(mark)}` : mark.event;
};

const clock = (time: number): string => {
  const date = new Date(time);
  const two = (value: number): string => `${value}`.padStart(2, '0');
  const ms = `${date.getMilliseconds()}`.padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
};

/** Number, local time, client and connection, then what happened. */
export const recordText = (record: TraceRecord): string => {
  const { seq, time, client, connection } = record;
  const who = client === undefined ? '-' : `${client}/${connection}`;
  const what = 'event' in record ? markText(record) : callText(record);
  return `${`${seq}`.padStart(6)} ${clock(time)} ${who.padEnd(6)} ${what}`;
};

/** Below a call: the length, the digest and, where they were revealed, the bytes of each input and output. */
export const detailText = (record: TraceRecord): string[] => {
  if ('event' in record) return [];
  const { lengths, digests, bytes } = record;
  return Object.entries(digests).map(
    ([name, digest]) =>
      `${' '.repeat(8)}${name}: ${lengths[name]} B, SHA-256 ${digest}...${bytes?.[name] === undefined ? '' : `, ${bytes[name]}`}`,
  );
};
