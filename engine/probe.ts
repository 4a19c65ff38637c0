/**
 * Where a computation can be disturbed. Only `engine/faulty/` asks it, at points named in docs/faults.md; the plain
 * engine knows nothing of faults. Each question is one visit of its point, so that a fault can say "the third time".
 */
export interface Probe {
  /** Whether a fault waits at this point or at one below it (`alg.aes`): if not, the plain engine computes. */
  wants(point: string): boolean;
  /** The value that the computation goes on with: the given bytes, or new ones of the same length. */
  data(point: string, value: Uint8Array): Uint8Array;
  /** Whether a step is left out. */
  skips(point: string): boolean;
  /** What a comparison says: of all `length` bytes, of fewer, or what it is forced to say. */
  check(point: string, length: number, compare: (length: number) => boolean): boolean;
}
