/** A run with faults, one of a campaign's. */
export interface Case {
  /** Its place in the campaign: the same for the same file. */
  readonly index: number;
  readonly faults: readonly string[];
}

/** How often each point was passed in the golden run. */
export type Visits = Readonly<Record<string, number>>;

/** What generators need of the golden run. */
export interface Ground {
  readonly visits: Visits;
}

/** `api.psa_sign_hash.leave`: the function of a point that has one. */
export const functionOfPoint = (point: string): string | undefined =>
  /^api\.([a-z0-9_]+)\.(enter|leave)$/.exec(point)?.[1];

const MOST = 1_000_000;

export { MOST as MOST_CASES };
