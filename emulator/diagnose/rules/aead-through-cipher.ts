import { PSA_ALG_CBC_NO_PADDING, PSA_ALG_IS_AEAD, PSA_ALG_IS_CIPHER } from '../../../psa-api/constants.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_PERMITTED } from '../../../psa-api/status.ts';
import type { Certainty, Evidence, Hit, Rule, Watch } from '../finding.ts';
import type { KeyLife, OperationLife, Seen } from '../lives.ts';
import { algorithm, answered, call, inOrder, key as keyName } from '../words.ts';
import { evidenceOfMark } from '../world.ts';

const BLOCK = 16;
/** Length byte in front of a nonce of 12 bytes, as NetX hands it over. */
const NONCE_LENGTH = 12;

/** The function, the algorithm and the key's policy are of two kinds: refused by the device. */
const refused = ({ event, evidence, key }: Seen): Hit | undefined => {
  const { function: name, alg, status } = event;
  if (status !== PSA_ERROR_NOT_PERMITTED && status !== PSA_ERROR_INVALID_ARGUMENT) return undefined;
  if (alg === undefined) return undefined;
  const isCipher = name.startsWith('psa_cipher_');
  const isAead = name.startsWith('psa_aead_');
  if (!isCipher && !isAead) return undefined;
  const isOther = isCipher ? PSA_ALG_IS_AEAD : PSA_ALG_IS_CIPHER;
  const hit = (what: string): Hit => ({
    certainty: 'certain',
    what: `${answered(evidence)}: ${what}.`,
    evidence: inOrder(key?.made, evidence),
    subject: name,
    blames: [key],
  });
  if (isOther(alg)) return hit(`${algorithm(alg)} is no algorithm of ${name}`);
  const policy = key?.alg;
  if (key === undefined || policy === undefined || !isOther(policy)) return undefined;
  const made = key.made === undefined ? '' : `, made by ${call(key.made)}`;
  return hit(`${keyName(key)}${made}, is for ${algorithm(policy)}; the call asks for ${algorithm(alg)}`);
};

/** What of a CBC operation that nobody finished gives an AEAD record away. */
const sign = (life: OperationLife, isFirst: boolean): readonly [Certainty, string] | undefined => {
  const { alg, family, nonce, text } = life;
  if (family !== 'cipher' || alg !== PSA_ALG_CBC_NO_PADDING || nonce === undefined || nonce.generated)
    return undefined;
  if (life.failure !== undefined || text === 0) return undefined;
  const rest = text % BLOCK;
  const hasLengthByte = nonce.firstByte === NONCE_LENGTH && (rest !== 0 || text === BLOCK);
  if (hasLengthByte)
    return [
      'certain',
      `the IV of ${call(nonce.by)} begins with 12, the length of a GCM nonce, and ${text} bytes went in`,
    ];
  if (rest !== 0)
    return ['likely', `${text} bytes went in, which are no whole blocks: the last ${rest} never came out`];
  // A TLS 1.2 Finished message: a CBC record would carry a MAC and padding with it.
  if (text === BLOCK && isFirst)
    return [
      'likely',
      'one block went in, the first under this key, as long as a TLS Finished without MAC and padding',
    ];
  return undefined;
};

const routed = (life: OperationLife, isFirst: boolean, ending: Evidence): Hit | undefined => {
  const found = sign(life, isFirst);
  if (found === undefined) return undefined;
  const [certainty, why] = found;
  return {
    certainty,
    what: `${call(life.setup)} began a ${algorithm(life.alg)} operation that was never finished: ${why}.`,
    evidence: inOrder(life.key?.made, life.setup, life.nonce?.by, life.last, ending),
    subject: 'routed',
    blames: [life, life.key],
  };
};

export const aeadThroughCipher: Rule = {
  name: 'aead-through-cipher',
  title: 'Authenticated encryption sent through a plain cipher',
  explanation:
    'A key or record for an AEAD algorithm (GCM, CCM) reached the psa_cipher_* functions. A table that maps the GCM ' +
    'method onto code which only does CBC does this: the nonce, with its length byte in front, becomes the IV, the ' +
    'additional data is dropped, the text is encrypted with CBC, and what is sent as the tag is stale memory. The ' +
    'peer answers bad_record_mac.',
  fix:
    'Give GCM its own method over psa_aead_* (multi-part or one-shot) with a key whose algorithm is PSA_ALG_GCM, a ' +
    'nonce of 12 bytes without its length, the additional data, and the tag read from psa_aead_finish; or leave the ' +
    'GCM suites to software.',
  look: (): Watch => {
    /** The first setup with each key, by direction. */
    const firsts = new WeakMap<KeyLife, Map<OperationLife['direction'], number>>();
    const isFirst = ({ key, direction, setup }: OperationLife): boolean =>
      key === undefined || firsts.get(key)?.get(direction) === setup.seq;
    const note = ({ key, direction, setup }: OperationLife): void => {
      if (key === undefined) return;
      const known = firsts.get(key) ?? new Map<OperationLife['direction'], number>();
      firsts.set(key, known);
      if (!known.has(direction)) known.set(direction, setup.seq);
    };
    return {
      call: (seen, world) => {
        const { event, role, operation, evidence } = seen;
        if (seen.failure !== undefined) return seen.cause === undefined ? refused(seen) : undefined;
        if (event.family !== 'cipher') return undefined;
        if (role === 'setup') {
          const fresh = world.activeAt(event.handleAfter ?? 0);
          if (fresh !== undefined) note(fresh);
          return undefined;
        }
        return role === 'abort' && operation !== undefined
          ? routed(operation, isFirst(operation), evidence)
          : undefined;
      },
      mark: (mark, world) => {
        if (mark.event !== 'disconnect') return undefined;
        for (const life of world.active()) {
          const hit =
            life.connection === mark.connection
              ? routed(life, isFirst(life), evidenceOfMark(mark))
              : undefined;
          if (hit !== undefined) return hit;
        }
        return undefined;
      },
    };
  },
};
