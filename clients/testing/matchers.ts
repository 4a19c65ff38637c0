/** Matchers for `expect.extend`, of Vitest and of what has the same contract. */
import { outcomeText } from '../../emulator/trace/text.ts';
import { algorithmName } from '../../psa-api/algorithm-names.ts';
import type { LeftKey, LeftOperation } from './baseline.ts';
import { differences, type Equals, type ExpectedCall, rowOf, wantedOf, wantedText } from './expected-call.ts';
import type { TestDevice } from './test-device.ts';

/** What an assertion library gives a matcher as `this`. */
export interface MatcherContext {
  readonly isNot: boolean;
  readonly equals: Equals;
}

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Calls that a message lists at most: the last ones. */
const LISTED = 40;

const deviceOf = (received: unknown): TestDevice => {
  const device = received as Partial<TestDevice> | null | undefined;
  if (typeof device?.leftOperations !== 'function')
    throw new TypeError('the value under test: expected a device of startTestDevice() or deviceTest()');
  return device as TestDevice;
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A line for each call; below a call that is nearly the expected one, what keeps it from being. */
const listing = (device: TestDevice, noteOf: (call: number) => string = () => ''): string => {
  const calls = device.calls();
  if (calls.length === 0) return 'no calls were made';
  const from = Math.max(0, calls.length - LISTED);
  const lines = calls
    .slice(from)
    .map((event, i) => `${`${from + i + 1}`.padStart(4)}  ${outcomeText(event)}${noteOf(from + i)}`);
  return [`calls made${from === 0 ? '' : `, the last ${LISTED} of ${calls.length}`}:`, ...lines].join('\n');
};

function toHaveCalled(
  this: MatcherContext,
  received: unknown,
  name: string,
  expected: ExpectedCall = {},
): MatcherResult {
  const device = deviceOf(received);
  const row = rowOf(name);
  const wanted = wantedOf(row, expected);
  const { times } = expected;
  if (times !== undefined && !(Number.isSafeInteger(times) && times >= 0))
    throw new TypeError(`times: ${times}; expected a count, 0 or more`);
  const { equals, isNot } = this;
  const calls = device.calls();
  const unlike = calls.map((event) =>
    event.function === name ? differences(event, wanted, equals) : undefined,
  );
  const count = unlike.filter((found) => found?.length === 0).length;
  const noteOf = (call: number): string => {
    const found = unlike[call] ?? [];
    return found.length === 0 ? '' : `\n      not as expected: ${found.join(', ')}`;
  };
  const what = `${name}${wanted.length === 0 ? '' : ` with ${wantedText(wanted)}`}`;
  const often = times === undefined ? '' : ` ${counted(times, 'time')}`;
  return {
    pass: times === undefined ? count > 0 : count === times,
    message: () =>
      `expected the device ${isNot ? 'not ' : ''}to have called ${what}${often}; it did ${counted(count, 'time')}\n${listing(device, noteOf)}`,
  };
}

const endedText = (ended: boolean): string => (ended ? ', open when its connection ended' : '');

const operationText = ({ family, handle, alg, owner, ended }: LeftOperation): string =>
  `  ${family} operation ${handle}, ${algorithmName(alg)}, client ${owner}${endedText(ended)}`;

function toLeaveNoOperationsOpen(this: MatcherContext, received: unknown): MatcherResult {
  const device = deviceOf(received);
  const left = device.leftOperations();
  return {
    pass: left.length === 0,
    message: () =>
      this.isNot
        ? `expected operations to be left open; there are none\n${listing(device)}`
        : [
            `expected no operation to be left open; ${counted(left.length, 'operation')}:`,
            ...left.map(operationText),
            listing(device),
          ].join('\n'),
  };
}

const keyText = ({ id, owner, ended }: LeftKey): string =>
  `  key 0x${id.toString(16).padStart(8, '0')}, client ${owner}${ended ? ', there when its connection ended' : ''}`;

function toLeaveNoVolatileKeys(this: MatcherContext, received: unknown): MatcherResult {
  const device = deviceOf(received);
  const left = device.leftVolatileKeys();
  return {
    pass: left.length === 0,
    message: () =>
      this.isNot
        ? `expected volatile keys to be left; there are none\n${listing(device)}`
        : [
            `expected no volatile key to be left; ${counted(left.length, 'key')}:`,
            ...left.map(keyText),
            listing(device),
          ].join('\n'),
  };
}

export const matchers = { toHaveCalled, toLeaveNoOperationsOpen, toLeaveNoVolatileKeys } as const;

/** How the matchers are called. */
export interface DeviceMatchers {
  /** The device carried out such a call: of this function, with these values, any where not given. */
  toHaveCalled(name: string, expected?: ExpectedCall): void;
  /** Whatever was set up since the test began was finished or aborted, by clients that went too. */
  toLeaveNoOperationsOpen(): void;
  /** Whatever volatile key was made since the test began was destroyed, by clients that went too. */
  toLeaveNoVolatileKeys(): void;
}
