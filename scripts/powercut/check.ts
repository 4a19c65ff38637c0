/** Runs a scenario once, and then on all that a power cut can leave of it: each record is the old or the new one. */
import { type Chip, type Left, memoryChip } from '../../keystore/chip.ts';
import type { Geometry } from '../../keystore/flash.ts';
import { type Cut, cuts, hostCuts } from './cuts.ts';
import { type Event, HUK, recorder } from './recorder.ts';
import { type Contents, type Running, type Scenario, UNREADABLE } from './scenario.ts';

export interface Trace {
  readonly name: string;
  readonly geometry: Geometry;
  readonly start: Left;
  readonly events: readonly Event[];
  /** Contents before the first step and after each, with the count of events until then. */
  readonly states: readonly { readonly events: number; readonly contents: Contents }[];
}

export interface Report {
  readonly name: string;
  points: number;
  old: number;
  new: number;
  /** A record is gone or another one, or the store does not start or go on. */
  lost: number;
  /** A record is there and cannot be read. */
  half: number;
  readonly findings: string[];
}

/** The scenario without a cut. */
export const record = async ({ name, geometry, open }: Scenario): Promise<Trace> => {
  const before = recorder(geometry);
  const first = await open(before.chip);
  await first.prepare();
  first.close();
  const start = before.left();
  const { chip, events } = recorder(geometry, start);
  const store = await open(chip);
  const states = [{ events: events.length, contents: await store.contents() }];
  for (const step of store.steps) {
    await step();
    states.push({ events: events.length, contents: await store.contents() });
  }
  store.close();
  return { name, geometry, start, events, states };
};

const same = (one: Contents, other: Contents): boolean =>
  one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);

const without = (contents: Contents, names: readonly string[]): Contents =>
  new Map([...contents].filter(([name]) => !names.includes(name)));

const show = (contents: Contents): string =>
  [...contents].map(([name, value]) => `${name} ${value}`).join(', ');

class Problem extends Error {
  readonly kind: 'lost' | 'half';

  constructor(kind: 'lost' | 'half', message: string) {
    super(message);
    this.kind = kind;
  }
}

const expectOne = (contents: Contents, expected: readonly Contents[]): number => {
  const found = expected.findIndex((one) => same(one, contents));
  if (found >= 0) return found;
  const half = [...contents.values()].some((value) => value.startsWith(UNREADABLE));
  throw new Problem(half ? 'half' : 'lost', show(contents));
};

/** From the last change that was over to the one that was begun; the first counts as old while a change is under way. */
const allowed = ({ states }: Trace, { over, begun }: Cut) => {
  const from = states.findLastIndex(({ events }) => events <= over);
  const to = Math.max(
    from,
    states.findIndex(({ events }) => events >= begun),
  );
  const some = states.slice(from, to + 1).map(({ contents }) => contents);
  return { states: some, first: to > from || from === 0 ? 0 : 1 };
};

/** Another write succeeds, changes nothing else, and is there after a restart. */
const checkGoingOn = async (
  store: Running,
  before: Contents,
  reopen: () => Promise<Running>,
): Promise<void> => {
  const touched = await store.goOn();
  const after = await store.contents();
  store.close();
  expectOne(without(after, touched), [without(before, touched)]);
  const second = await reopen();
  expectOne(await second.contents(), [after]);
  second.close();
};

/** Which of the states that may be there is; throws a Problem where none is, or where the store does not go on. */
export const look = async (
  { open }: Scenario,
  chip: () => Chip,
  expected: readonly Contents[],
  goesOn = true,
): Promise<number> => {
  const store = await open(chip());
  const contents = await store.contents();
  const state = expectOne(contents, expected);
  if (goesOn) await checkGoingOn(store, contents, () => open(chip()));
  else store.close();
  return state;
};

export const newReport = (name: string): Report => ({
  name,
  points: 0,
  old: 0,
  new: 0,
  lost: 0,
  half: 0,
  findings: [],
});

const SHOWN = 5;

/** Counts what one look gives: the first state is the old one. */
export const countInto = async (
  report: Report,
  where: string,
  find: () => Promise<number>,
): Promise<void> => {
  report.points++;
  try {
    report[(await find()) === 0 ? 'old' : 'new']++;
  } catch (error) {
    report[error instanceof Problem ? error.kind : 'lost']++;
    if (report.findings.length < SHOWN)
      report.findings.push(`${where}: ${error instanceof Error ? error.message : error}`);
  }
};

/** Numbers that repeat, for the order of blocks: a multiplicative generator modulo 2^31 - 1. */
const numbers = (seed: number) => () => {
  seed = (seed * 48271) % 0x7fffffff;
  return seed / 0x7fffffff;
};

function* allCuts({ geometry, start, events }: Trace, perSync: number): Iterable<Cut> {
  yield* cuts(geometry, start, events);
  yield* hostCuts(geometry, start, events, perSync, numbers(1));
}

export interface Depth {
  /** How many orders of blocks are tried before each sync. */
  readonly perSync: number;
  /** After which of the cuts the store has to go on: each, each second... */
  readonly goOnEvery: number;
}

export const check = async (scenario: Scenario, trace: Trace, depth: Depth): Promise<Report> => {
  const report = newReport(trace.name);
  for (const cut of allCuts(trace, depth.perSync)) {
    const { states, first } = allowed(trace, cut);
    const chip = memoryChip(trace.geometry, HUK, cut.left);
    const goesOn = report.points % depth.goOnEvery === 0;
    await countInto(
      report,
      cut.where,
      async () => first + (await look(scenario, () => chip, states, goesOn)),
    );
  }
  return report;
};
