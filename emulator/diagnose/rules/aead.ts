/** Authenticated encryption with a part left out. */

import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_SIGNATURE } from '../../../psa-api/status.ts';
import { BoundedMap } from '../bounded.ts';
import { lengthOf } from '../fields.ts';
import type { Evidence, Hit, Rule, Watch } from '../finding.ts';
import type { KeyLife, OperationLife, Seen } from '../lives.ts';
import { algorithm, answered, call, inOrder, operation as operationName } from '../words.ts';
import { evidenceOfMark } from '../world.ts';

const REMEMBERED = 4096;

const withoutTag = (life: OperationLife, ending: Evidence): Hit | undefined => {
  if (life.family !== 'aead' || life.text === 0 || life.failure !== undefined) return undefined;
  const isDecryption = life.direction === 'decrypt';
  const missing = isDecryption ? 'psa_aead_verify' : 'psa_aead_finish';
  const so = isDecryption
    ? 'the text it gave out was never checked'
    : 'the tag of its text was never computed';
  return {
    certainty: 'certain',
    what: `${operationName(life)} took ${life.text} bytes and ended with ${call(ending)} without ${missing}: ${so}.`,
    evidence: inOrder(life.setup, life.last, ending),
    subject: missing,
    blames: [life],
  };
};

export const tagNeverRead: Rule = {
  name: 'tag-never-read',
  title: 'AEAD tag never read',
  explanation:
    'psa_aead_finish computes the tag of an encryption, psa_aead_verify checks that of a decryption. An operation ' +
    'that is aborted or left after its last psa_aead_update has neither: what is sent as the tag is whatever the ' +
    'buffer held, and what was decrypted is not authenticated. An operation that is given up on purpose looks the same.',
  fix:
    'After the last psa_aead_update call psa_aead_finish and append its tag to the record, or psa_aead_verify with ' +
    'the tag received, and use the text only if that answers PSA_SUCCESS.',
  look: (): Watch => ({
    call: ({ role, operation, evidence, event }) =>
      role === 'abort' && event.family === 'aead' && operation !== undefined
        ? withoutTag(operation, evidence)
        : undefined,
    mark: (mark, world) => {
      if (mark.event !== 'disconnect') return undefined;
      for (const life of world.active()) {
        const hit = life.connection === mark.connection ? withoutTag(life, evidenceOfMark(mark)) : undefined;
        if (hit !== undefined) return hit;
      }
      return undefined;
    },
  }),
};

const announced = (seen: Seen, life: OperationLife): Hit | undefined => {
  const { event, evidence } = seen;
  const ad = life.lengths?.ad ?? 0;
  if (event.status !== PSA_ERROR_INVALID_ARGUMENT || ad <= life.ad) return undefined;
  return {
    certainty: 'certain',
    what: `${answered(evidence)}: ${call(life.setup)}'s operation was announced ${ad} bytes of additional data and given ${life.ad}.`,
    evidence: inOrder(life.setup, life.last, evidence),
    subject: 'announced',
    blames: [life],
  };
};

const inDecryption = (seen: Seen, ad: number): Hit | undefined => {
  const { event, evidence, operation } = seen;
  if (event.status !== PSA_ERROR_INVALID_SIGNATURE || ad !== 0) return undefined;
  return {
    certainty: 'likely',
    what: `${answered(evidence)}, and no additional data was given to the decryption.`,
    evidence: inOrder(operation?.setup, evidence),
    subject: 'decryption',
  };
};

export const additionalDataMissing: Rule = {
  name: 'additional-data-missing',
  title: 'Additional data never given',
  explanation:
    'The tag covers the additional data. TLS 1.2 records have 13 bytes of it, TLS 1.3 records 5; an adaptation that ' +
    'drops them encrypts without complaint, and the peer finds every tag wrong. Where a protocol has no additional ' +
    'data nothing is amiss.',
  fix:
    'Call psa_aead_update_ad between the nonce and the first psa_aead_update (with length 0 where there is none), or ' +
    'pass additional_data to psa_aead_encrypt and psa_aead_decrypt. With NetX it is the input of the INITIALIZE operation.',
  look: (): Watch => {
    /** Keys that have had additional data, or have been decrypted with and without. */
    const informed = new BoundedMap<KeyLife, true>(REMEMBERED);
    const knows = (key: KeyLife | undefined): boolean => key !== undefined && informed.get(key) === true;
    const note = (key: KeyLife | undefined): void => {
      if (key !== undefined) informed.set(key, true);
    };
    const multiPart = (seen: Seen, life: OperationLife): Hit | undefined => {
      const { event, evidence, failure, role } = seen;
      if (failure !== undefined)
        return announced(seen, life) ?? (knows(life.key) ? undefined : inDecryption(seen, life.ad));
      if (life.ad > 0 || (role === 'end' && life.direction === 'decrypt')) note(life.key);
      if (event.function !== 'psa_aead_finish' || life.text === 0 || life.adCalls > 0 || knows(life.key))
        return undefined;
      return {
        certainty: 'likely',
        what: `${call(evidence)} ended an encryption of ${life.text} bytes with ${algorithm(life.alg)} that psa_aead_update_ad was never called for.`,
        evidence: inOrder(life.setup, evidence),
        subject: 'encryption',
      };
    };
    return {
      call: (seen) => {
        const { event, operation, failure, key, cause } = seen;
        if (cause !== undefined) return undefined;
        if (event.family === 'aead') return operation === undefined ? undefined : multiPart(seen, operation);
        const isOneShot = event.function === 'psa_aead_decrypt' || event.function === 'psa_aead_encrypt';
        if (!isOneShot) return undefined;
        const ad = lengthOf(event, 'additional_data');
        if (failure !== undefined) return knows(key) ? undefined : inDecryption(seen, ad);
        if (ad > 0 || event.function === 'psa_aead_decrypt') note(key);
        return undefined;
      },
    };
  },
};
