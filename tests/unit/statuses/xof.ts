/** Extendable-output functions. */
import { PSA_ALG_SHA_256, PSA_ALG_SHAKE128 } from '../../../psa-api/constants.ts';
import { xofOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_XOF } from '../../support/unsupported.ts';
import { type Given, type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const ABC = ascii('abc');

const started = async ({ psa }: Given) => {
  const operation = xofOperationInit();
  await must(psa.xofSetup(operation, PSA_ALG_SHAKE128));
  return operation;
};

const absorbing = async (given: Given): Promise<number> => {
  const operation = await started(given);
  await must(given.psa.xofUpdate(operation, ABC));
  return operation.handle;
};

const squeezing = async (given: Given): Promise<number> => {
  const operation = await started(given);
  await must(given.psa.xofOutput(operation, 1));
  return operation.handle;
};

export const scenes: Scenes = {
  psa_xof_setup: () => ({ alg: PSA_ALG_SHAKE128 }),
  psa_xof_set_context: async (given) => ({ operation: (await started(given)).handle, context: ABC }),
  psa_xof_update: async (given) => ({ operation: await absorbing(given), input: ABC }),
  psa_xof_output: async (given) => ({ operation: await absorbing(given), output_length: 40 }),
  psa_xof_abort: async (given) => ({ operation: await absorbing(given) }),
};

export const rows: readonly Row[] = [
  row('psa_xof_setup', 'INVALID_ARGUMENT', 'the algorithm is no XOF', { alg: PSA_ALG_SHA_256 }),
  row('psa_xof_setup', 'NOT_SUPPORTED', 'the XOF algorithm is not there', { alg: UNKNOWN_XOF }),
  row('psa_xof_set_context', 'INVALID_ARGUMENT', 'the algorithm has no context'),
  row('psa_xof_set_context', 'INVALID_ARGUMENT', 'the algorithm has no context, be it empty', {
    context: NOTHING,
  }),
  row('psa_xof_set_context', 'BAD_STATE', 'there has been input', async (given) => ({
    operation: await absorbing(given),
  })),
  row('psa_xof_set_context', 'BAD_STATE', 'there has been output', async (given) => ({
    operation: await squeezing(given),
  })),
  row('psa_xof_update', 'BAD_STATE', 'there has been output', async (given) => ({
    operation: await squeezing(given),
  })),
  row('psa_xof_output', 'INSUFFICIENT_MEMORY', 'the output is longer than an answer', {
    output_length: 2 ** 24,
  }),
];
