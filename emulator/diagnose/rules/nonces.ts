/** Nonces and IVs: used twice, or built wrong. */

import {
  PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG,
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM,
  PSA_ALG_IS_AEAD,
  PSA_ALG_XCHACHA20_POLY1305,
  PSA_ALG_XTS,
} from '../../../psa-api/constants.ts';
import { BoundedMap } from '../bounded.ts';
import { digestOf, firstByteOf, lengthOf } from '../fields.ts';
import type { Evidence, Hit, Rule, Watch } from '../finding.ts';
import type { KeyLife, Nonce, Seen } from '../lives.ts';
import { algorithm, answered, call, inOrder, key as keyName } from '../words.ts';

const REMEMBERED = 65_536;

/** One encryption with a nonce that the caller chose. */
interface Use {
  readonly nonce: Nonce;
  readonly key: KeyLife;
  readonly alg: number;
  readonly by: Evidence;
  /** Of the text, where one call has all of it. */
  readonly text: string | undefined;
}

const ofOneShot = ({ event, evidence, key }: Seen): Use | undefined => {
  if (event.function !== 'psa_aead_encrypt' || key === undefined || event.alg === undefined) return undefined;
  const nonce: Nonce = {
    by: evidence,
    length: lengthOf(event, 'nonce'),
    digest: digestOf(event, 'nonce'),
    firstByte: firstByteOf(event, 'nonce'),
    generated: false,
  };
  return { nonce, key, alg: event.alg, by: evidence, text: digestOf(event, 'plaintext') };
};

/** At the first text: a nonce that encrypts nothing harms nothing. */
const ofOperation = ({ event, evidence, operation }: Seen): Use | undefined => {
  if (event.function !== 'psa_cipher_update' && event.function !== 'psa_aead_update') return undefined;
  if (operation === undefined || operation.direction !== 'encrypt' || operation.text === 0) return undefined;
  const { nonce, key, alg } = operation;
  if (nonce === undefined || nonce.generated || key === undefined || alg === undefined) return undefined;
  // The tweak is the number of a sector, which is written again and again.
  if (alg === PSA_ALG_XTS) return undefined;
  const isFirst = operation.text === lengthOf(event, 'input');
  return isFirst ? { nonce, key, alg, by: evidence, text: digestOf(event, 'input') } : undefined;
};

const harm = (alg: number): string => {
  if (PSA_ALG_IS_AEAD(alg)) return 'texts can be told from each other’s, and the authentication key computed';
  const isCbc = alg === PSA_ALG_CBC_NO_PADDING || alg === PSA_ALG_CBC_PKCS7;
  return isCbc ? 'equal beginnings of texts show' : 'the texts can be told from each other’s';
};

const reuse = (use: Use, before: Use): Hit => ({
  certainty: 'certain',
  what:
    `${call(use.by)} encrypts with ${keyName(use.key)}, ${algorithm(use.alg)} and the ` +
    `${PSA_ALG_IS_AEAD(use.alg) ? 'nonce' : 'IV'} that ${call(before.by)} used: ${harm(use.alg)}.`,
  evidence: inOrder(before.nonce.by, before.by, use.nonce.by, use.by),
  subject: `${use.key.material} ${use.alg}`,
});

export const nonceReuse: Rule = {
  name: 'nonce-reuse',
  title: 'Nonce or IV used twice with the same key',
  explanation:
    'Two texts were encrypted with the same key, algorithm and nonce. With GCM, CCM, ChaCha20-Poly1305, CTR, OFB and ' +
    'CFB that gives away their difference, with GCM and Poly1305 also the means to forge; with CBC it shows equal ' +
    'beginnings. Keys with the same bytes count as the same key, so a counter that starts again after a reset is ' +
    'found too.',
  fix:
    'Count records and never set the counter back while the key lives, or let the device draw the nonce ' +
    '(psa_aead_generate_nonce, psa_cipher_generate_iv). After a reset take a new key.',
  look: (): Watch => {
    const uses = new BoundedMap<string, Use>(REMEMBERED);
    return {
      call: (seen) => {
        if (seen.failure !== undefined) return undefined;
        const use = ofOneShot(seen) ?? ofOperation(seen);
        if (use?.nonce.digest === undefined) return undefined;
        const place = `${use.key.material} ${use.alg} ${use.nonce.digest}`;
        const before = uses.get(place);
        uses.set(place, use);
        if (before === undefined) return undefined;
        // The same record under the same bytes as another key, as test vectors do, gives nothing away.
        return before.key !== use.key && before.text === use.text ? undefined : reuse(use, before);
      },
    };
  },
};

/** The length that nonces of the algorithm have in practice; 0 where several do. */
const usualLength = (alg: number): number => {
  const base = PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg);
  if (base === PSA_ALG_CCM) return 0;
  return base === PSA_ALG_XCHACHA20_POLY1305 ? 24 : 12;
};

export const nonceLengthByte: Rule = {
  name: 'nonce-length-byte',
  title: 'Nonce with a length byte in front',
  explanation:
    'The nonce is one byte longer than nonces of this algorithm are. NetX and others hand an IV over as its length ' +
    'followed by its bytes; handed on whole, it becomes 12 || nonce. GCM takes nonces of any length, so the call ' +
    'succeeds, and only the peer finds the tag wrong.',
  fix: 'Pass the address behind the length byte, and the length: nonce + 1, nonce[0].',
  look: (): Watch => ({
    call: ({ event, evidence, key, cause, operation }) => {
      const { function: name, status } = event;
      const isNonce =
        name === 'psa_aead_set_nonce' || name === 'psa_aead_encrypt' || name === 'psa_aead_decrypt';
      const alg = event.alg ?? operation?.alg;
      if (!isNonce || alg === undefined || cause !== undefined) return undefined;
      const length = lengthOf(event, 'nonce');
      const usual = usualLength(alg);
      const first = firstByteOf(event, 'nonce');
      // 13 is as long as a nonce of CCM may be: there only its first byte tells.
      const isLong = usual === 0 ? length === 13 && first === 12 : length === usual + 1;
      if (!isLong || (first !== undefined && first !== length - 1)) return undefined;
      const outcome = status === 0 ? call(evidence) : answered(evidence);
      const why = first === undefined ? '' : `, and the first is ${first}`;
      return {
        certainty: first === undefined || usual === 0 ? 'likely' : 'certain',
        what: `${outcome}: a nonce of ${length} bytes for ${algorithm(alg)}${why}.`,
        evidence: inOrder(evidence),
        subject: `${alg}`,
        blames: [operation ?? key],
      };
    },
  }),
};
