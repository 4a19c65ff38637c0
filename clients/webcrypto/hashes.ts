/** Hashes by name. Web Cryptography API, clause 30 SHA. */
import { PSA_ALG_SHA_1, PSA_ALG_SHA_256, PSA_ALG_SHA_384, PSA_ALG_SHA_512 } from '../../psa-api/constants.ts';
import { failure } from './errors.ts';
import { type Params, paramsOf } from './params.ts';

export interface Hash {
  readonly name: HashName;
  readonly alg: number;
  /** Bytes of a digest and of an input block. */
  readonly length: number;
  readonly block: number;
}

export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

export const HASHES: readonly Hash[] = [
  { name: 'SHA-1', alg: PSA_ALG_SHA_1, length: 20, block: 64 },
  { name: 'SHA-256', alg: PSA_ALG_SHA_256, length: 32, block: 64 },
  { name: 'SHA-384', alg: PSA_ALG_SHA_384, length: 48, block: 128 },
  { name: 'SHA-512', alg: PSA_ALG_SHA_512, length: 64, block: 128 },
];

export const hashNamed = (identifier: unknown): Hash => {
  const { name } = paramsOf(identifier);
  const found = HASHES.find((hash) => hash.name === name.toUpperCase());
  if (found === undefined)
    throw failure('NotSupportedError', `${name}: no hash; there are ${HASHES.map((h) => h.name).join(', ')}`);
  return found;
};

/** The member `hash` of a dictionary. */
export const hashOf = (params: Params): Hash => {
  const { name, hash } = params;
  if (hash === undefined) throw new TypeError(`${name}: hash is missing`);
  return hashNamed(hash);
};
