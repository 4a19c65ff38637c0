/** Keys that are not there, are there already, or may not do what is asked. */

import { PSA_KEY_LIFETIME_IS_VOLATILE } from '../../../psa-api/lifetimes.ts';
import {
  PSA_ERROR_ALREADY_EXISTS,
  PSA_ERROR_DOES_NOT_EXIST,
  PSA_ERROR_INVALID_HANDLE,
  PSA_ERROR_NOT_PERMITTED,
} from '../../../psa-api/status.ts';
import { scalarOf } from '../fields.ts';
import { type Hit, onCall, type Rule } from '../finding.ts';
import { policyProblem } from '../policies.ts';
import { algorithm, answered, call, inOrder, keyId, key as keyName, keyType } from '../words.ts';

export const persistentIdCollision: Rule = {
  name: 'persistent-id-collision',
  title: 'Persistent key id already taken',
  explanation:
    'An id in the attributes makes a key persistent (psa_set_key_id sets the lifetime), and an id holds one key ' +
    'until it is destroyed, over resets too. The new key was not made: calls with the id use the old one. A fixed ' +
    'id in code that imports a key per handshake, and an error path that returns without psa_destroy_key, do this.',
  fix:
    'Make keys of a session volatile: leave the id out. Destroy a persistent key on every path before its id is used ' +
    'again. Where the key is provisioned once, look at PSA_ERROR_ALREADY_EXISTS and keep the old one on purpose.',
  look: onCall(({ event, evidence, existing, cause }): Hit | undefined => {
    if (event.status !== PSA_ERROR_ALREADY_EXISTS || cause !== undefined) return undefined;
    const id = scalarOf(event, 'attributes.id') ?? 0;
    const made = existing?.made;
    const since = made === undefined ? 'from before the trace' : `made by ${call(made)} and never destroyed`;
    const lifetime = scalarOf(event, 'attributes.lifetime') ?? 1;
    const place = PSA_KEY_LIFETIME_IS_VOLATILE(lifetime) ? 'a key' : 'a persistent key';
    return {
      certainty: 'certain',
      what: `${answered(evidence)}: id ${keyId(id)} has ${place}, ${since}.`,
      evidence: inOrder(made, existing?.last, evidence),
      subject: id,
      blames: [existing],
    };
  }),
};

/** Asking whether a key is there is no use of it. */
const PROBES: ReadonlySet<string> = new Set([
  'psa_get_key_attributes',
  'psa_check_key_usage',
  'psa_purge_key',
  'psa_open_key',
]);

export const keyGone: Rule = {
  name: 'key-gone',
  title: 'Key used that is not there',
  explanation:
    'The key was destroyed before, or its id is 0, which no key has: the variable was never set. On the board a ' +
    'volatile id is given out again, so that the same mistake may reach another key there.',
  fix: 'Destroy a key after its last use, set the variable to PSA_KEY_ID_NULL with it, and look at the status of its making.',
  look: onCall(({ event, evidence, key, cause }): Hit | undefined => {
    const isGone = event.status === PSA_ERROR_INVALID_HANDLE || event.status === PSA_ERROR_DOES_NOT_EXIST;
    if (!isGone || cause !== undefined || PROBES.has(event.function)) return undefined;
    if (event.key !== 0 && key?.destroyed === undefined) return undefined;
    const why =
      key?.destroyed === undefined
        ? 'the key id is 0: no key was made'
        : `${keyName(key)} was destroyed by ${call(key.destroyed)}`;
    return {
      certainty: 'certain',
      what: `${answered(evidence)}: ${why}.`,
      evidence: inOrder(key?.made, key?.destroyed, evidence),
      subject: event.key ?? 0,
      blames: [key],
    };
  }),
};

export const keyPolicy: Rule = {
  name: 'key-policy',
  title: 'Key not permitted for this use',
  explanation:
    'A key is for one permitted algorithm and the uses of its flags, both set when it is made. The call asks for ' +
    'another algorithm, or for a use whose flag is missing.',
  fix:
    'Set the algorithm (psa_set_key_algorithm) and the flags (psa_set_key_usage_flags) of the attributes to what the ' +
    'key is used for; a key cannot be changed afterwards. For two algorithms take two keys.',
  look: onCall((seen): Hit | undefined => {
    const { event, evidence, key, cause } = seen;
    if (event.status !== PSA_ERROR_NOT_PERMITTED || cause !== undefined || key === undefined)
      return undefined;
    // To ask for a key that may not leave the device is how one sees that it may not.
    if (event.function === 'psa_export_key') return undefined;
    const problem = policyProblem(seen);
    if (problem === undefined || (problem.missing === undefined && !problem.otherAlgorithm)) return undefined;
    const { missing, otherAlgorithm } = problem;
    const parts = [
      ...(missing === undefined ? [] : [`has no ${missing}`]),
      ...(otherAlgorithm
        ? [`is for ${algorithm(key.alg)}, and the call asks for ${algorithm(event.alg)}`]
        : []),
    ];
    return {
      certainty: 'certain',
      what: `${answered(evidence)}: ${keyName(key)} (${keyType(key.type)}) ${parts.join(' and ')}.`,
      evidence: inOrder(key.made, evidence),
      subject: `${key.material} ${event.function} ${event.alg}`,
    };
  }),
};
