/**
 * Rules at work on a trace, record by record: the same for a file and for a device that is running. Memory is bounded
 * whatever the length of the trace.
 */

import type { Profile } from '../profiles/profile.ts';
import { builtInProfile } from '../profiles/profiles.ts';
import type { TraceEvent, TraceMark, TraceRecord } from '../trace/event.ts';
import type { Finding, Hit, Place, Rule, Watch } from './finding.ts';
import type { Seen } from './lives.ts';
import { RULES } from './rules.ts';
import { World } from './world.ts';

/** A program that fails in more ways than these is not helped by further ones. */
const MOST_FINDINGS = 200;

export interface DiagnosisOptions {
  /** The device; where not given, the trace's first line names it. */
  readonly profile?: Profile | undefined;
  /** Hears of each finding once, when it is made. */
  readonly onFinding?: (finding: Finding) => void;
}

const knownProfile = (name: string | undefined): Profile | undefined => {
  if (name === undefined) return undefined;
  try {
    return builtInProfile(name);
  } catch {
    return undefined;
  }
};

export class Diagnosis {
  readonly #rules: readonly (readonly [Rule, Watch])[];
  readonly #world: World;
  readonly #onFinding: ((finding: Finding) => void) | undefined;
  readonly #findings = new Map<string, Finding>();
  /** Connections on which something was found. */
  readonly #suspects = new Set<number>();

  constructor({ profile, onFinding }: DiagnosisOptions = {}) {
    this.#rules = RULES.map((rule) => [rule, rule.look()] as const);
    this.#world = new World(profile);
    this.#onFinding = onFinding;
  }

  take(record: TraceRecord): void {
    if ('event' in record) this.#mark(record);
    else this.#call(record);
  }

  #call(event: TraceEvent): void {
    const seen = this.#world.take(event);
    if (seen === undefined) return;
    const explained = seen.cause?.finding;
    if (explained !== undefined) explained.consequences++;
    for (const [rule, watch] of this.#rules) {
      const hit = watch.call?.(seen, this.#world);
      // Every rule sees every call; a failing one has one explanation.
      if (hit === undefined || seen.failure?.finding !== undefined) continue;
      const finding = this.#report(rule, hit, event);
      if (seen.failure !== undefined) this.#explain(seen, finding);
    }
  }

  /** The failure is explained, and with it the one that it follows from. */
  #explain({ failure, cause }: Seen, finding: Finding): void {
    if (failure !== undefined) failure.finding = finding;
    if (cause !== undefined) cause.finding = finding;
  }

  #mark(mark: TraceMark): void {
    const world = this.#world;
    if (mark.event === 'start') {
      world.profileName = mark.profile ?? world.profileName;
      world.profile ??= knownProfile(mark.profile);
    }
    const place = { client: mark.client ?? -1, connection: mark.connection ?? 0 };
    const hits = this.#rules.flatMap(([rule, watch]) => {
      const hit = watch.mark?.(mark, world);
      return hit === undefined ? [] : [[rule, hit] as const];
    });
    for (const [rule, hit] of hits) if (rule.leftover !== true) this.#report(rule, hit, place);
    for (const [rule, hit] of hits)
      if (rule.leftover === true && !this.#suspects.has(place.connection))
        this.#report(rule, hit, place, false);
    if (mark.event === 'disconnect') this.#suspects.delete(place.connection);
    world.mark(mark);
  }

  #report(rule: Rule, hit: Hit, { client, connection }: Place, isSuspect = true): Finding {
    if (isSuspect) this.#suspects.add(connection);
    const place = `${rule.name} ${client} ${hit.subject}`;
    const known = this.#findings.get(place);
    const finding: Finding = known ?? {
      rule: rule.name,
      title: rule.title,
      certainty: hit.certainty,
      client,
      connection,
      what: hit.what,
      evidence: hit.evidence,
      details: hit.details ?? [],
      explanation: rule.explanation,
      fix: rule.fix,
      times: 1,
      consequences: 0,
    };
    for (const life of hit.blames ?? []) if (life !== undefined) life.finding ??= finding;
    if (known !== undefined) known.times++;
    else if (this.#findings.size < MOST_FINDINGS) {
      this.#findings.set(place, finding);
      this.#onFinding?.(finding);
    }
    return finding;
  }

  /** Of the trace so far. Causes before what comes after them: as they were made, and what was left over last. */
  findings(): readonly Finding[] {
    for (const [rule, watch] of this.#rules)
      for (const { hit, place } of watch.end?.() ?? []) this.#report(rule, hit, place);
    const all = [...this.#findings.values()];
    return [...all.filter((finding) => !isLeft(finding)), ...all.filter(isLeft)];
  }
}

const LEFTOVERS: ReadonlySet<string> = new Set(
  RULES.filter(({ leftover }) => leftover === true).map(({ name }) => name),
);

/** Made at the end of a connection, by a rule about that. */
const isLeft = ({ rule, evidence }: Finding): boolean =>
  LEFTOVERS.has(rule) && evidence.at(-1)?.function === 'disconnect';

/** All findings of a trace. */
export const diagnose = async (
  records: AsyncIterable<TraceRecord> | Iterable<TraceRecord>,
  options: DiagnosisOptions = {},
): Promise<readonly Finding[]> => {
  const diagnosis = new Diagnosis(options);
  for await (const record of records) diagnosis.take(record);
  return diagnosis.findings();
};
