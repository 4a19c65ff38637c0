/** Power taken away at every point of every change; and that what looks for losses finds them. */
import { describe, expect, it } from 'vitest';
import { check, record, type Trace } from '../../../scripts/powercut/check.ts';
import type { Event } from '../../../scripts/powercut/recorder.ts';
import type { Scenario } from '../../../scripts/powercut/scenario.ts';
import { scenarios } from '../../../scripts/powercut/scenarios.ts';

const ALL = scenarios({ sectors: 4, sectorSize: 704 });
const DEPTH = { perSync: 16, goOnEvery: 4 };

/** What takes long, and adds little to the others, is left to `npm run powercut`. */
const LONG: ReadonlySet<string> = new Set(['generate', 'several changes']);

const named = (name: string): Scenario => {
  const scenario = ALL.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
};

describe('power cut at every byte of every write leaves the old or the new state', () => {
  it.each(ALL.filter(({ name }) => !LONG.has(name)))('$name', async (scenario) => {
    const trace = await record(scenario);
    const report = await check(scenario, trace, DEPTH);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ lost: 0, half: 0 });
    expect(report.old).toBeGreaterThan(0);
    expect(report.new).toBeGreaterThan(0);
    // A quad-word can be cut at sixteen places; bytes that are ones anyway make no difference.
    const words = trace.events.filter(({ kind }) => kind === 'program').length;
    expect(report.points).toBeGreaterThan(8 * words);
  });
});

describe('the check finds what', () => {
  const find = async (name: string, change: (events: readonly Event[]) => readonly Event[]) => {
    const scenario = named(name);
    const trace: Trace = await record(scenario);
    const { lost, half } = await check(scenario, { ...trace, events: change(trace.events) }, DEPTH);
    return { lost, half };
  };

  const apart = (events: readonly Event[], kind: Event['kind']) => ({
    those: events.filter((event) => event.kind === kind),
    others: events.filter((event) => event.kind !== kind),
  });

  it('erases the old before the new is written', async () => {
    const { lost } = await find('ITS set', (events) => {
      const { those, others } = apart(events, 'erase');
      return [...those, ...others];
    });
    expect(lost).toBeGreaterThan(0);
  });

  it('counts before it is written', async () => {
    const { lost } = await find('ITS set', (events) => {
      const { those, others } = apart(events, 'count');
      return [...those, ...others];
    });
    expect(lost).toBeGreaterThan(0);
  });

  it('does not sync', async () => {
    // Before it would count, so that nothing else is missing.
    const instead: Event = { kind: 'count', to: 0 };
    const { lost } = await find('ITS set', (events) =>
      events.map((event) => (event.kind === 'sync' ? instead : event)),
    );
    expect(lost).toBeGreaterThan(0);
  });

  it('leaves a record half written', async () => {
    const { half } = await find('ITS set', (events) => {
      const lastWord = events.findLastIndex(({ kind }) => kind === 'program');
      return events.filter((_, i) => i !== lastWord);
    });
    expect(half).toBeGreaterThan(0);
  });
});
