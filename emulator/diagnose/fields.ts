/** Fields of a trace event by the names of the function table's parameters. */
import type { TraceEvent } from '../trace/event.ts';

/** A scalar input; 64 bits above 2^53 are rounded. */
export const scalarOf = ({ scalars }: TraceEvent, name: string): number | undefined => {
  const value = scalars[name];
  return value === undefined ? undefined : Number(value);
};

/** Bytes of an input or output, or a declared room; 0 where the call has none. */
export const lengthOf = ({ lengths }: TraceEvent, name: string): number => lengths[name] ?? 0;

export const digestOf = ({ digests }: TraceEvent, name: string): string | undefined => digests[name];

/** The first byte of an input, where the trace reveals bytes. */
export const firstByteOf = ({ bytes }: TraceEvent, name: string): number | undefined => {
  const hex = bytes?.[name];
  return hex === undefined || hex === '' ? undefined : Number.parseInt(hex.slice(0, 2), 16);
};
