/** What the specification allows with key derivations. PSA Crypto 1.3, 10.6.3. */

import fc from 'fast-check';
import { expect } from 'vitest';
import {
  PSA_ALG_HKDF,
  PSA_ALG_SHA_256,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
} from '../../../psa-api/constants.ts';
import { keyDerivationOperationInit } from '../../../psa-api/generated/psa.ts';
import { abort, as, BAD_STATE, INVALID, type Model, type Step, SUCCESS, setup, step } from '../model.ts';

interface Derivation {
  readonly salt: boolean;
  readonly secret?: 'bytes' | 'key' | 'verifying key';
  readonly info: boolean;
  readonly capacity: number;
  readonly started: boolean;
}

export const derivationModel = (key: number, verifyingKey: number): Model<Derivation> => {
  const alg = PSA_ALG_HKDF(PSA_ALG_SHA_256);
  const whole = 255 * 32;
  const isComplete = ({ secret, info }: Derivation): boolean => secret !== undefined && info;
  const dry = {
    survived: (state: Derivation, status: string) =>
      status === 'INSUFFICIENT_DATA' ? { ...state, capacity: 0 } : undefined,
  };
  const input = (
    name: string,
    taken: (state: Derivation) => boolean,
    after: (state: Derivation) => Derivation,
    run: Step<Derivation>['run'],
  ) => step<Derivation>(name, (state) => (taken(state) || state.started ? BAD_STATE : SUCCESS), after, run);
  const secretInput = (secret: 'bytes' | 'key' | 'verifying key', run: Step<Derivation>['run']) =>
    input(
      `secret from ${secret}`,
      (state) => state.secret !== undefined,
      (state) => ({ ...state, secret }),
      run,
    );
  const reading = (length: number, status: string) => (state: Derivation) =>
    length > state.capacity ? ['INSUFFICIENT_DATA'] : [status];
  const read = (length: number) => (state: Derivation) => ({
    ...state,
    capacity: state.capacity - length,
    started: true,
  });
  const reported = { capacity: 0 };

  const fixed: readonly Step<Derivation>[] = [
    setup('setup', { salt: false, info: false, capacity: whole, started: false }, (psa, o) =>
      psa.keyDerivationSetup(as(o), alg),
    ),
    input(
      'salt',
      ({ salt, secret }) => salt || secret !== undefined,
      (state) => ({ ...state, salt: true }),
      (psa, o) => psa.keyDerivationInputBytes(as(o), PSA_KEY_DERIVATION_INPUT_SALT, new Uint8Array(3)),
    ),
    input(
      'info',
      ({ info }) => info,
      (state) => ({ ...state, info: true }),
      (psa, o) => psa.keyDerivationInputBytes(as(o), PSA_KEY_DERIVATION_INPUT_INFO, new Uint8Array(3)),
    ),
    secretInput('bytes', (psa, o) =>
      psa.keyDerivationInputBytes(as(o), PSA_KEY_DERIVATION_INPUT_SECRET, new Uint8Array(3)),
    ),
    secretInput('key', (psa, o) => psa.keyDerivationInputKey(as(o), PSA_KEY_DERIVATION_INPUT_SECRET, key)),
    secretInput('verifying key', (psa, o) =>
      psa.keyDerivationInputKey(as(o), PSA_KEY_DERIVATION_INPUT_SECRET, verifyingKey),
    ),
    step(
      'a step of another algorithm',
      () => INVALID,
      () => undefined,
      (psa, o) => psa.keyDerivationInputBytes(as(o), PSA_KEY_DERIVATION_INPUT_LABEL, new Uint8Array(3)),
    ),
    step(
      'get capacity',
      () => SUCCESS,
      (state) => {
        expect(reported.capacity).toBe(state.capacity);
        return state;
      },
      async (psa, o) => {
        const answer = await psa.keyDerivationGetCapacity(as(o));
        reported.capacity = answer.capacity;
        return answer;
      },
      { harmless: 'const' },
    ),
    step(
      'output a key',
      (state) => {
        if (!isComplete(state)) return BAD_STATE;
        return state.secret === 'key' ? reading(16, 'SUCCESS')(state) : ['NOT_PERMITTED'];
      },
      read(16),
      async (psa, o) => {
        const answer = await psa.keyDerivationOutputKey({ type: PSA_KEY_TYPE_AES, bits: 128 }, as(o));
        await psa.destroyKey(answer.key);
        return answer;
      },
      dry,
    ),
    abort((psa, o) => psa.keyDerivationAbort(as(o))),
  ];
  const setCapacities = fc.constantFrom(0, 1, 40, whole, whole + 1).map((capacity) =>
    step<Derivation>(
      `set capacity ${capacity}`,
      (state) => (capacity > state.capacity ? INVALID : SUCCESS),
      (state) => ({ ...state, capacity }),
      (psa, o) => psa.keyDerivationSetCapacity(as(o), capacity),
      { survived: (state) => state },
    ),
  );
  const outputs = fc.constantFrom(0, 1, 33, whole).map((length) =>
    step<Derivation>(
      `output ${length} bytes`,
      (state) => {
        if (!isComplete(state)) return BAD_STATE;
        return state.secret === 'verifying key' ? ['NOT_PERMITTED'] : reading(length, 'SUCCESS')(state);
      },
      read(length),
      (psa, o) => psa.keyDerivationOutputBytes(as(o), length),
      dry,
    ),
  );
  const verifies = fc.constantFrom(0, 32).map((length) =>
    step<Derivation>(
      `verify ${length} wrong bytes`,
      (state) =>
        isComplete(state)
          ? reading(length, length === 0 ? 'SUCCESS' : 'INVALID_SIGNATURE')(state)
          : BAD_STATE,
      read(length),
      (psa, o) => psa.keyDerivationVerifyBytes(as(o), new Uint8Array(length)),
      dry,
    ),
  );
  return {
    init: keyDerivationOperationInit,
    reaches: [
      'output a key: SUCCESS',
      'output 33 bytes: SUCCESS',
      `set capacity ${whole + 1}: INVALID_ARGUMENT`,
    ],
    steps: fc.oneof({ arbitrary: fc.constantFrom(...fixed), weight: 3 }, setCapacities, outputs, verifies),
  };
};
