/** The messages of the services beside Crypto, by the type of the psa_call; vectors as in crypto-messages.ts. */
import { functionByName } from '../../psa-api/functions.ts';
import { type Message, planMessage } from './message.ts';

type Row = readonly [type: number, name: `psa_${string}`, input: string, output?: string];

const STORAGE: readonly Row[] = [
  [1001, 'psa_its_set', 'uid p_data create_flags'],
  // The device's client sends an empty third vector.
  [1002, 'psa_its_get', 'uid data_offset -', 'p_data'],
  [1003, 'psa_its_get_info', 'uid', 'p_info'],
  [1004, 'psa_its_remove', 'uid'],
];

const ATTESTATION: readonly Row[] = [
  [1001, 'psa_initial_attest_get_token', 'auth_challenge', 'token_buf'],
  [1002, 'psa_initial_attest_get_token_size', 'challenge_size', 'token_size'],
];

const plan = (rows: readonly Row[]): ReadonlyMap<number, Message> =>
  new Map(
    rows.flatMap(([type, name, input, output]) => {
      const row = functionByName(name);
      return row === undefined ? [] : [[type, planMessage(row, input, output)] as const];
    }),
  );

export const STORAGE_MESSAGES = plan(STORAGE);
export const ATTESTATION_MESSAGES = plan(ATTESTATION);
