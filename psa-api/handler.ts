/** What the implementation of a psa_* function is given and may answer. */
import type { PsaError } from './status.ts';

/** Who calls. Keys and operations belong to an owner; a connection's end takes what it made with it. */
export interface Caller {
  /** The client id of the device's world: -1 is the non-secure application. */
  readonly owner: number;
  readonly connection: number;
  /** Set when the connection ends: long arithmetic for it stops. */
  readonly closed: boolean;
}

type Now<Outputs extends readonly unknown[]> = PsaError | Outputs;

/** A failure, or the outputs; a promise of that only where the arithmetic is too long to wait for. */
export type Answer<Outputs extends readonly unknown[]> = Now<Outputs> | Promise<Now<Outputs>>;

/** Success with no outputs. */
export const DONE: [] = [];
