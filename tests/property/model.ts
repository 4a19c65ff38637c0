/** Random calls on two operations of one family, each held against what the specification allows in its state. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Operation } from '../../psa-api/call.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import type { Bench } from '../support/device.ts';
import { SEED, TIMES } from '../support/generator.ts';
import { type Answered, shortName } from '../support/status.ts';

/** The generated API tells families apart by type; a step does not. */
export const as = <Family extends string>(operation: Operation): Operation<Family> =>
  operation as Operation<Family>;

/** One call. `State` is what the specification lets one know of an active operation. */
export interface Step<State> {
  readonly name: string;
  /** The statuses that are right, given the state of the operation and of the other one; undefined: inactive. */
  expects(state: State | undefined, other: State | undefined): readonly string[];
  /** The state after success. */
  after(state: State | undefined, other: State | undefined): State | undefined;
  /** The state after a failure that the operation survives; undefined where it does not. */
  survived?(state: State, status: string): State | undefined;
  run(psa: Psa, operation: Operation, other: Operation): Promise<Answered>;
  /** Leaves the operation alone whatever comes of it: it is const, or aborting. */
  readonly harmless?: 'const' | 'abort';
}

export interface Model<State> {
  readonly init: () => Operation;
  /** Outcomes, `step: STATUS`, that chance has to meet: a model that never gets anywhere proves nothing. */
  readonly reaches: readonly string[];
  readonly steps: fc.Arbitrary<Step<State>>;
}

/** A step of any operation: inactive is BAD_STATE for all that is no setup, active for all that is. */
export const step = <State>(
  name: string,
  expects: (state: NoInfer<State>) => readonly string[],
  after: (state: NoInfer<State>) => NoInfer<State> | undefined,
  run: Step<State>['run'],
  more: Pick<Step<State>, 'survived' | 'harmless'> = {},
): Step<State> => ({
  name,
  expects: (state) => (state === undefined ? ['BAD_STATE'] : expects(state)),
  after: (state) => (state === undefined ? undefined : after(state)),
  run,
  ...more,
});

export const setup = <State>(name: string, state: State, run: Step<State>['run']): Step<State> => ({
  name,
  expects: (before) => [before === undefined ? 'SUCCESS' : 'BAD_STATE'],
  after: () => state,
  run,
});

export const abort = <State>(run: Step<State>['run']): Step<State> => ({
  name: 'abort',
  expects: () => ['SUCCESS'],
  after: () => undefined,
  run,
  harmless: 'abort',
});

export const SUCCESS: readonly string[] = ['SUCCESS'];
export const BAD_STATE: readonly string[] = ['BAD_STATE'];
export const INVALID: readonly string[] = ['INVALID_ARGUMENT'];

const RUNS = 400;

interface Slot<State> {
  readonly operation: Operation;
  state: State | undefined;
}

/** Calls through a handle that has ended: nothing is there, and nothing else is met. */
const callStale = async <State>(psa: Psa, one: Step<State>, { operation }: Slot<State>, handle: number) => {
  const stale = { ...operation, handle };
  const { status } = await one.run(psa, stale, operation);
  expect(shortName(status)).toBe(one.harmless === 'abort' ? 'SUCCESS' : 'BAD_STATE');
  expect(stale.handle).toBe(one.harmless === 'const' ? handle : 0);
};

/** Gives the status back, which was one of those that the step expects. */
const callActive = async <State>(
  psa: Psa,
  one: Step<State>,
  slot: Slot<State>,
  other: Slot<State>,
): Promise<string> => {
  const { operation, state } = slot;
  const { handle } = operation;
  const status = shortName((await one.run(psa, operation, other.operation)).status);
  expect([...one.expects(state, other.state)]).toContain(status);
  if (status === 'SUCCESS') {
    slot.state = one.after(state, other.state);
  } else if (one.harmless === undefined) {
    slot.state = state === undefined ? undefined : one.survived?.(state, status);
  }
  expect(operation.handle !== 0).toBe(slot.state !== undefined);
  if (state !== undefined && slot.state !== undefined) expect(operation.handle).toBe(handle);
  return status;
};

/**
 * Pure chance hardly ever gets through an operation, so that most calls are ones that have to succeed, or none
 * where no candidate does; the others are whatever comes first.
 */
const choose = <State>(
  candidates: readonly Step<State>[],
  lean: boolean,
  state: State | undefined,
  other: State | undefined,
): Step<State> | undefined =>
  lean
    ? candidates.find((one) => one.harmless === undefined && one.expects(state, other).includes('SUCCESS'))
    : candidates[0];

export const holds = async <State>(
  { psa, device }: Bench,
  { init, steps, reaches }: Model<State>,
): Promise<void> => {
  const reached = new Set<string>();
  const candidates = fc.array(steps, { minLength: 4, maxLength: 8, size: 'max' });
  // Bias repeats the same few calls, which end an operation before it has got anywhere.
  const calls = fc.noBias(
    fc.array(fc.tuple(fc.boolean(), candidates, fc.nat(11)), {
      minLength: 30,
      maxLength: 40,
      size: 'max',
    }),
  );
  const property = fc.asyncProperty(calls, async (list) => {
    const first: Slot<State> = { operation: init(), state: undefined };
    const second: Slot<State> = { operation: init(), state: undefined };
    const ended: number[] = [];
    try {
      for (const [which, candidates, dice] of list) {
        const [slot, other] = which ? [first, second] : [second, first];
        const one = choose(candidates, dice > 1, slot.state, other.state);
        if (one === undefined) continue;
        const stale = ended.at(-1);
        if (dice === 0 && stale !== undefined) {
          await callStale(psa, one, slot, stale);
        } else {
          const { handle } = slot.operation;
          const status = await callActive(psa, one, slot, other);
          reached.add(`${one.name}: ${status}`);
          if (handle !== 0 && slot.operation.handle !== handle) ended.push(handle);
        }
        const active = [first, second].filter(({ state }) => state !== undefined);
        expect(device.status().operations).toHaveLength(active.length);
      }
    } finally {
      // Whatever was reached, aborting leaves nothing behind.
      for (const { operation } of [first, second]) await abortAny(psa, operation);
      expect(device.status().operations).toEqual([]);
    }
  });
  const seed = Number(SEED) | 0;
  await fc.assert(property, { seed, numRuns: TIMES * RUNS });
  const missed = reaches.filter((outcome) => !reached.has(outcome));
  expect(missed).toEqual([]);
};

const abortAny = async (psa: Psa, operation: Operation): Promise<void> => {
  const aborts: Readonly<Record<string, (o: Operation<never>) => Promise<Answered>>> = {
    hash: psa.hashAbort,
    mac: psa.macAbort,
    cipher: psa.cipherAbort,
    aead: psa.aeadAbort,
    key_derivation: psa.keyDerivationAbort,
  };
  const answered = await aborts[operation.family]?.(operation as Operation<never>);
  expect(answered?.status).toBe(0);
  expect(operation.handle).toBe(0);
};
