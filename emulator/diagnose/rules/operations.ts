/** Operation objects used in a state in which they cannot be. PSA Crypto 1.3, 3.3.3. */
import { PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG, PSA_ALG_CCM } from '../../../psa-api/constants.ts';
import { PSA_ERROR_BAD_STATE } from '../../../psa-api/status.ts';
import { type Hit, onCall, type Rule } from '../finding.ts';
import type { OperationLife, Seen } from '../lives.ts';
import { answered, call, ending, inOrder, operation as operationName, who } from '../words.ts';

/** BAD_STATE that nothing earlier explains. */
const isBadState = ({ event, cause }: Seen): boolean =>
  event.status === PSA_ERROR_BAD_STATE && cause === undefined;

/** Why a handle that is not 0 names no operation of the caller's. */
const stale = ({ event, other }: Seen): readonly [string, OperationLife | undefined] => {
  const { handle, family, client } = event;
  if (other === undefined)
    return [
      `handle ${handle} was never given out in this trace: the object was not initialized, or is a context of other code`,
      undefined,
    ];
  if (other.end === undefined && other.client !== client)
    return [`handle ${handle} is ${operationName(other)} of ${who(other.client)}`, other];
  if (other.family !== family)
    return [`handle ${handle} is no ${family} operation: ${operationName(other)}`, other];
  const copied =
    other.end?.how === 'finished' || other.end?.how === 'aborted'
      ? '; the object that ended it holds 0 since, so this is a copy of it'
      : '';
  return [`its ${operationName(other)}, set up by ${call(other.setup)}, ${ending(other)}${copied}`, other];
};

export const staleOperation: Rule = {
  name: 'stale-operation',
  title: 'Operation handle used after it ended, or copied by memory',
  explanation:
    'An operation object holds nothing but a handle: the state lives in the device. A copy made with memcpy is a ' +
    'second name for the same state, so finishing the copy ends the original. NetX Secure copies its transcript hash ' +
    'this way unless NX_SECURE_HASH_METADATA_CLONE is defined; with a library that keeps the whole state in the ' +
    'object it works, on the device it does not. Where handles are used again, the copy may also reach another ' +
    'operation and spoil its result.',
  fix:
    'Copy a hash with psa_hash_clone into an object that is zero (other operations cannot be copied), and do not use ' +
    'an object after psa_*_finish, psa_*_verify or psa_*_abort without a new setup. In NetX Secure define ' +
    'NX_SECURE_HASH_METADATA_CLONE for the PSA method and NX_SECURE_HASH_CLONE_CLEANUP as psa_hash_abort.',
  look: onCall((seen): Hit | undefined => {
    const { event, evidence, role, operation } = seen;
    if (!isBadState(seen) || operation !== undefined) return undefined;
    if ((event.handle ?? 0) === 0 || (role !== 'use' && role !== 'end')) return undefined;
    const [why, life] = stale(seen);
    return {
      certainty: 'certain',
      what: `${answered(evidence)}: ${why}.`,
      evidence: inOrder(life?.setup, life?.end?.by, evidence),
      subject: event.family ?? '',
      blames: life?.end === undefined ? [] : [life],
    };
  }),
};

export const finishedTwice: Rule = {
  name: 'finished-twice',
  title: 'Call on an operation that is not active',
  explanation:
    'The operation object is inactive: it was finished or aborted before, or never set up. psa_*_finish and ' +
    'psa_*_verify end the operation, and a second one finds none.',
  fix: 'Call psa_*_setup before, and finish each operation once; use psa_hash_clone for a digest in between.',
  look: onCall((seen): Hit | undefined => {
    const { event, evidence, role, voided, lastCall } = seen;
    if (!isBadState(seen) || event.handle !== 0 || (role !== 'use' && role !== 'end')) return undefined;
    const isAdjacent = voided !== undefined && lastCall?.by.seq === voided.by.seq;
    const why = isAdjacent
      ? `the object is inactive, probably since ${call(voided.by)}`
      : 'the object was not set up, or has ended';
    return {
      certainty: isAdjacent ? 'certain' : 'likely',
      what: `${answered(evidence)}: ${why}.`,
      evidence: inOrder(isAdjacent ? voided.by : undefined, evidence),
      subject: `${event.family} ${event.function}`,
    };
  }),
};

export const alreadyActive: Rule = {
  name: 'already-active',
  title: 'Setup of an operation object that is in use',
  explanation:
    'A setup needs an object that is inactive, which is one that is all zero. This one holds a handle: of an ' +
    'operation that has not been finished or aborted, of one that ended through a copy, or whatever uninitialized ' +
    'memory held.',
  fix:
    'Initialize operation objects with PSA_*_OPERATION_INIT or zero, and end the operation with psa_*_finish or ' +
    'psa_*_abort before the next setup.',
  look: onCall((seen): Hit | undefined => {
    const { event, evidence, role, operation } = seen;
    if (!isBadState(seen) || role !== 'setup' || (event.handle ?? 0) === 0) return undefined;
    const life = operation ?? seen.other;
    const why =
      operation === undefined
        ? stale(seen)[0]
        : `the object holds ${operationName(operation)}, set up by ${call(operation.setup)}`;
    return {
      certainty: 'certain',
      what: `${answered(evidence)}: ${why}.`,
      evidence: inOrder(life?.setup, life?.end?.by, evidence),
      subject: event.function,
      blames: [operation],
    };
  }),
};

/** What is missing before the call, or came too early. */
const disorder = (name: string, life: OperationLife): string => {
  if (life.key?.destroyed !== undefined) return `its key was destroyed by ${call(life.key.destroyed)}`;
  const isCcm = life.alg !== undefined && PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(life.alg) === PSA_ALG_CCM;
  switch (true) {
    case name === 'psa_aead_finish' && life.direction === 'decrypt':
      return 'a decryption ends with psa_aead_verify';
    case name === 'psa_aead_verify' && life.direction === 'encrypt':
      return 'an encryption ends with psa_aead_finish';
    case isCcm && life.lengths === undefined:
      return 'CCM needs psa_aead_set_lengths before the nonce';
    case life.nonce !== undefined && /_(set|generate)_(iv|nonce)$/.test(name):
      return `it has its ${life.family === 'aead' ? 'nonce' : 'IV'} from ${call(life.nonce.by)}`;
    case life.nonce === undefined && life.family === 'aead':
      return 'it has no nonce yet: psa_aead_set_nonce or psa_aead_generate_nonce first';
    case life.nonce === undefined && life.family === 'cipher':
      return 'it has no IV yet: psa_cipher_set_iv or psa_cipher_generate_iv first';
    case name === 'psa_aead_update_ad':
      return 'additional data comes before the text';
    default:
      return `not after ${call(life.last)}`;
  }
};

export const callOrder: Rule = {
  name: 'call-order',
  title: 'Calls in the wrong order',
  explanation:
    'The operation is active, and this call is not possible in its state: each family has an order (for AEAD setup, ' +
    'lengths, nonce, additional data, text, finish). The failure ends the operation. Destroying the key of an ' +
    'operation makes all its calls fail too.',
  fix: 'Make the calls in the order that the specification gives for the family; abort and begin anew after a failure.',
  look: onCall((seen): Hit | undefined => {
    const { event, evidence, role, operation, source } = seen;
    if (!isBadState(seen) || operation === undefined || role === 'setup' || role === 'source')
      return undefined;
    if (source !== undefined) return undefined;
    return {
      certainty: 'certain',
      what: `${answered(evidence)} on ${operationName(operation)}: ${disorder(event.function, operation)}.`,
      evidence: inOrder(operation.setup, operation.key?.destroyed, operation.last, evidence),
      subject: event.function,
      blames: [operation],
    };
  }),
};
