/** What became of a run with a fault, and why one thinks so. docs/campaigns.md says exactly when each is chosen. */

/** From harmless to broken. */
export const CLASSES = [
  'not-reached',
  'masked',
  'detected',
  'detected-late',
  'degraded',
  'hang',
  'crash-client',
  'crash-service',
  'corrupt',
  'security',
  'exploited',
] as const;
export type OutcomeClass = (typeof CLASSES)[number];

export const DEFAULT_ACCEPT: readonly OutcomeClass[] = ['masked', 'detected', 'detected-late'];

/** How a run ended. */
export type End =
  /** The scenario was satisfied. */
  | { readonly kind: 'completed' }
  /** It was not, and said so: it threw, or its exit code was no success. */
  | { readonly kind: 'failed'; readonly why: string }
  /** A budget was used up. */
  | { readonly kind: 'hang'; readonly why: string }
  /** A signal, or an exception that is a programming error. */
  | { readonly kind: 'crashed'; readonly why: string };

/** A broken property, as the name of one says: `key-leak`, `nonce-reuse`. */
export interface Finding {
  readonly oracle: string;
  readonly class: 'degraded' | 'corrupt' | 'security' | 'exploited';
  readonly property: string;
  readonly detail: string;
}

/** Where a trace leaves the golden one. */
export interface Excerpt {
  /** Calls that are the same before it. */
  readonly same: number;
  readonly golden: readonly string[];
  readonly run: readonly string[];
  /** Calls of both that come after those shown. */
  readonly more: readonly [golden: number, run: number];
}

/** A line of results.ndjson: nothing in it depends on the machine or the moment. */
export interface CaseResult {
  readonly index: number;
  readonly faults: readonly string[];
  readonly class: OutcomeClass;
  readonly end: End;
  /** With the bad input, where the scenario has one: whether it was still refused. */
  readonly negative?: End | undefined;
  /** How often each fault struck. */
  readonly hits: readonly number[];
  readonly calls: number;
  /** SHA-256 over what repeats of the trace, hex. */
  readonly trace: string;
  readonly findings: readonly Finding[];
  readonly excerpt?: Excerpt | undefined;
  readonly replay: string;
}
