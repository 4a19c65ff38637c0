/** Values written in the specification's names. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_CMAC,
  PSA_ALG_ECDSA,
  PSA_ALG_TRUNCATED_MAC,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
} from '../../../psa-api/constants.ts';
import { evaluate } from '../../../psa-api/expression.ts';

describe('an expression', () => {
  it.each([
    ['69', 69],
    ['0x45', 0x45],
    ['PSA_ALG_CMAC', PSA_ALG_CMAC],
    ['PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)', PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)],
    [' PSA_ALG_TRUNCATED_MAC ( PSA_ALG_CMAC , 8 ) ', PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 8)],
    ['PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)', PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)],
    ['PSA_KEY_USAGE_EXPORT | 0x80000000|PSA_KEY_USAGE_COPY', 0x80000003],
  ])('%s has its value', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });

  it.each([
    ['', 'a value is missing'],
    ['PSA_ALG_NOTHING', 'no constant PSA_ALG_NOTHING'],
    ['ECDSA', '"ECDSA" is no number and no PSA_ name'],
    ['-1', '"-1" is no number'],
    ['PSA_ALG_ECDSA', 'PSA_ALG_ECDSA needs 1 values in parentheses'],
    ['PSA_ALG_ECDSA()', 'no constant )'],
    ['PSA_ALG_ECDSA(1, 2)', 'PSA_ALG_ECDSA takes 1 values, not 2'],
    ['PSA_ALG_ECDSA(1', 'the parenthesis of PSA_ALG_ECDSA is not closed'],
    ['PSA_ALG_IS_HASH(PSA_ALG_CMAC)', 'PSA_ALG_IS_HASH is a question, no value'],
    ['1 2', '"2" is not expected here'],
    ['1 |', 'a value is missing'],
  ])('%s says what is wrong', (text, message) => {
    expect(() => evaluate(text)).toThrow(message);
  });
});
