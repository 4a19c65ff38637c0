/** A value of a profile with where it comes from. */

/**
 * How much a value is worth: `read` in a source about the device; `inferred` from such sources; `proxy`, read in a
 * sibling with the same front end (TF-M 1.5, Mbed TLS 3.0); `chosen` by us, because the truth is not public;
 * `specified` by the PSA specification.
 */
export const CONFIDENCES = ['read', 'inferred', 'proxy', 'chosen', 'specified'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export interface Fact<Value> {
  readonly value: Value;
  /** What was read, or why it was chosen. */
  readonly source: string;
  readonly confidence: Confidence;
}

const of =
  (confidence: Confidence) =>
  <const Value>(value: Value, source: string): Fact<Value> => ({ value, source, confidence });

export const read = of('read');
export const inferred = of('inferred');
export const proxy = of('proxy');
export const chosen = of('chosen');
export const specified = of('specified');
