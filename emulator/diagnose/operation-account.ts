/** What an operation has been given and has given back, call by call. */

import type { TraceEvent } from '../trace/event.ts';
import { digestOf, firstByteOf, lengthOf, scalarOf } from './fields.ts';
import type { Evidence } from './finding.ts';
import type { Nonce, OperationLife } from './lives.ts';

const nonceOf = (event: TraceEvent, by: Evidence, name: 'iv' | 'nonce', generated: boolean): Nonce => ({
  by,
  length: lengthOf(event, name),
  digest: digestOf(event, name),
  firstByte: firstByteOf(event, name),
  generated,
});

/** A call that succeeded. */
export const account = (operation: OperationLife, event: TraceEvent, by: Evidence): void => {
  operation.last = by;
  switch (event.function) {
    case 'psa_cipher_set_iv':
      operation.nonce = nonceOf(event, by, 'iv', false);
      break;
    case 'psa_cipher_generate_iv':
      operation.nonce = nonceOf(event, by, 'iv', true);
      break;
    case 'psa_aead_set_nonce':
      operation.nonce = nonceOf(event, by, 'nonce', false);
      break;
    case 'psa_aead_generate_nonce':
      operation.nonce = nonceOf(event, by, 'nonce', true);
      break;
    case 'psa_aead_set_lengths':
      operation.lengths = {
        ad: scalarOf(event, 'ad_length') ?? 0,
        text: scalarOf(event, 'plaintext_length') ?? 0,
      };
      break;
    case 'psa_aead_update_ad':
      operation.adCalls++;
      operation.ad += lengthOf(event, 'input');
      break;
    default:
      operation.text += lengthOf(event, 'input');
      operation.output += lengthOf(event, 'output');
  }
};
