/** Makes the call of a row and holds its status, the operation after it and the keys after it against the row. */
import { expect } from 'vitest';
import type { KeyAttributes } from '../../../psa-api/attributes.ts';
import type { Outcome, Value } from '../../../psa-api/call.ts';
import { PSA_KEY_LIFETIME_PERSISTENT } from '../../../psa-api/constants.ts';
import type { FunctionRow } from '../../../psa-api/functions.ts';
import { fragileChip } from '../../support/chip.ts';
import { type Bench, openForTest } from '../../support/device.ts';
import { shortName } from '../../support/status.ts';
import { sceneOf } from './families.ts';
import { type Given, inOrder, inputName, type Row, tableRow } from './row.ts';

/** Persistent keys of scenes have ids from here on. */
const FIRST_ID = 0x1000;

/** Of stored rows: small enough to be filled. */
const FLASH = { sectors: 4, sectorSize: 16384 };

const given = (
  bench: Bench,
  { keys = {}, stored }: Pick<Row, 'keys' | 'stored'>,
  flash: Given['flash'],
): Given => {
  let id = FIRST_ID;
  const place = (): Partial<KeyAttributes> =>
    stored ? { lifetime: PSA_KEY_LIFETIME_PERSISTENT, id: id++ } : {};
  return {
    ...bench,
    flash,
    key: (make, alg, extra = {}) => make(bench.psa, alg, { ...extra, ...place(), ...keys }),
  };
};

export const givenFor = async (row: Pick<Row, 'keys' | 'stored' | 'open'>): Promise<Given> => {
  const { chip, state } = fragileChip(FLASH);
  // The chip has an identity of its own, no seed.
  const options = row.stored ? { store: chip, insecureSeed: undefined } : {};
  return given(await (row.open?.() ?? openForTest(options)), row, state);
};

const operationsOf = ({ device }: Given): readonly number[] =>
  device.status().operations.map(({ handle }) => handle);

/**
 * 3.3.3: what fails ends the operation, but for the statuses that its row in the function table names; success leaves
 * it active or ends it, as its role says. An operation that is only read goes on.
 */
const expectOperations = (
  { params, survives }: FunctionRow,
  inputs: readonly Value[],
  [status, handle]: Outcome,
  active: readonly number[],
  isHere: boolean,
): void => {
  const sent = params.filter((p) => inputName(p) !== undefined);
  for (const [at, p] of sent.entries()) {
    if (p.kind !== 'operation' || p.role === 'source') continue;
    const before = inputs[at] as number;
    const lives =
      status === 0
        ? p.role === 'setup' || p.role === 'use'
        : survives.some((name) => name === `PSA_ERROR_${shortName(status)}`);
    if (!lives) expect(handle).toBe(0);
    else if (before !== 0) expect(handle).toBe(before);
    if (isHere) {
      if (lives) expect(active).toContain(handle);
      else expect(active).not.toContain(before);
    }
  }
};

export const perform = async (row: Row): Promise<void> => {
  const given = await givenFor(row);
  const start = await sceneOf(row.function)(given);
  const { change = {} } = row;
  const inputs = { ...start, ...(typeof change === 'function' ? await change(given, start) : change) };
  const described = tableRow(row.function);
  const sent = inOrder(described, inputs);
  const call = (await row.caller?.(given, described)) ?? given.call;
  const before = given.device.status().keys;

  const outcome = await call(described.id, sent);

  expect(shortName(outcome[0])).toBe(row.status);
  expectOperations(described, sent, outcome, operationsOf(given), row.elsewhere === undefined);
  // 5.3.2: what fails changes nothing else.
  if (outcome[0] !== 0) expect(given.device.status().keys).toEqual(before);
  await row.after?.(given, inputs);
};
