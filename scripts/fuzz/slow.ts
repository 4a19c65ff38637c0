/** Requests that take long by right, or leave something behind for good: no fuzzer has to wait for those. */
import type { Inputs } from '../../psa-api/call.ts';
import type { FunctionRow } from '../../psa-api/functions.ts';
import { hasInput } from '../../psa-api/parameters.ts';
import { isTooMuch } from './values.ts';

/** A derivation may be slow by design: the more it costs, the less is asked of it. */
const MAX_DERIVED = 4096;
const MAX_RANDOM = 65_536;
const MAX_COST = 100n;
/** Nobody waits for what no answer can hold; nor for iterations that are not taken at all. */
const ANSWER_LIMIT = 16_777_216;
const COST_LIMIT = 0xffffffffn;

export const isSlow = (row: FunctionRow, inputs: Inputs): boolean =>
  row.params.filter(hasInput).some((param, i) => {
    const value = inputs[i];
    if (param.kind === 'fill' && typeof value === 'number')
      return value <= ANSWER_LIMIT && value > (row.group === 'key derivation' ? MAX_DERIVED : MAX_RANDOM);
    if (param.kind === 'attributes' && typeof value === 'object' && 'lifetime' in value)
      return isTooMuch(value);
    return typeof value === 'bigint' && value > MAX_COST && value <= COST_LIMIT;
  });
