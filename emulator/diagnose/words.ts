/** How findings name things. */
import { algorithmName } from '../../psa-api/algorithm-names.ts';
import { keyTypeName } from '../../psa-api/key-type-names.ts';
import { statusName } from '../../psa-api/status.ts';
import type { Fact } from '../profiles/fact.ts';
import type { Evidence } from './finding.ts';
import type { KeyLife, OperationLife } from './lives.ts';

/** `psa_hash_finish (#12)`; a mark stands as `the reset (#12)`. */
export const call = ({ function: name, seq }: Evidence): string =>
  `${name.includes('_') ? name : `the ${name}`} (#${seq})`;

/** With what it answered. */
export const answered = (by: Evidence): string => `${call(by)} answered ${statusName(by.status)}`;

export const algorithm = (alg: number | undefined): string =>
  alg === undefined ? 'an unknown algorithm' : algorithmName(alg);

export const keyType = (type: number | undefined): string =>
  type === undefined ? 'a key of unknown type' : keyTypeName(type);

export const keyId = (id: number): string => `0x${id.toString(16).padStart(8, '0')}`;

export const who = (client: number): string =>
  client === -1 ? 'the non-secure application' : `client ${client}`;

/** `hash operation 3 (PSA_ALG_SHA_256)` */
export const operation = ({ family, handle, alg }: OperationLife): string =>
  `${family} operation ${handle}${alg === undefined ? '' : ` (${algorithmName(alg)})`}`;

export const key = ({ id }: KeyLife): string => `key ${keyId(id)}`;

const ENDED = {
  finished: 'ended',
  aborted: 'was aborted',
  failed: 'ended with a failure',
  reset: 'ended',
  disconnected: 'ended',
} as const;

/** `ended with psa_hash_finish (#12)` */
export const ending = ({ end }: OperationLife): string =>
  end === undefined ? 'is still active' : `${ENDED[end.how]} with ${call(end.by)}`;

/** A value of a profile: `8 (proxy: TF-M 1.5.0)`. */
export const fact = ({ value, source, confidence }: Fact<unknown>): string =>
  `${value} (${confidence}: ${source})`;

/** Evidence in the order of the trace, each call once. */
export const inOrder = (...evidence: readonly (Evidence | undefined)[]): readonly Evidence[] => {
  const bySeq = new Map(evidence.flatMap((one) => (one === undefined ? [] : [[one.seq, one] as const])));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
};
