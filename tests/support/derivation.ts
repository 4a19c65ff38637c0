/** Whole key derivations, as a list of inputs. */
import type { KeyDerivationOperation, Psa } from '../../psa-api/generated/psa.ts';
import { keyDerivationOperationInit } from '../../psa-api/generated/psa.ts';
import { must, named } from './status.ts';

/** Bytes, a number for an integer step, or a key. */
export type Input = readonly [step: number, value: Uint8Array | bigint | { readonly key: number }];

export const give = (psa: Psa, operation: KeyDerivationOperation, [step, value]: Input): Promise<string> => {
  if (typeof value === 'bigint') return named(psa.keyDerivationInputInteger(operation, step, value));
  if (value instanceof Uint8Array) return named(psa.keyDerivationInputBytes(operation, step, value));
  return named(psa.keyDerivationInputKey(operation, step, value.key));
};

/** Sets up and gives every input; each has to be taken. */
export const derivation = async (
  psa: Psa,
  alg: number,
  ...inputs: readonly Input[]
): Promise<KeyDerivationOperation> => {
  const operation = keyDerivationOperationInit();
  await must(psa.keyDerivationSetup(operation, alg));
  for (const input of inputs) {
    const status = await give(psa, operation, input);
    if (status !== 'SUCCESS') throw new Error(`input ${input[0].toString(16)}: ${status}`);
  }
  return operation;
};

/** The first `length` bytes. */
export const derive = async (
  psa: Psa,
  alg: number,
  length: number,
  ...inputs: readonly Input[]
): Promise<Uint8Array> => {
  const operation = await derivation(psa, alg, ...inputs);
  const { output } = await must(psa.keyDerivationOutputBytes(operation, length));
  await must(psa.keyDerivationAbort(operation));
  return output;
};
