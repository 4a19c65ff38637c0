/** Every algorithm by name, and which of them does what (Web Cryptography API, clause 18.4.4 normalizing). */
import { AES } from './aes.ts';
import { ECDH, X25519 } from './agreement.ts';
import type { Algorithm, Operation } from './algorithm.ts';
import { HKDF, PBKDF2 } from './derivation.ts';
import { failure } from './errors.ts';
import { HASHES } from './hashes.ts';
import { HMAC } from './hmac.ts';
import { type Params, paramsOf } from './params.ts';
import { RSA } from './rsa.ts';
import { ECDSA, ED25519 } from './signatures.ts';

const DIGESTS: readonly Algorithm[] = HASHES.map(({ name, alg }) => ({
  name,
  digest: (device, data) => device.digest(alg, data),
}));

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map(
  [...AES, ECDH, ECDSA, ED25519, HKDF, HMAC, PBKDF2, ...RSA, X25519, ...DIGESTS].map((algorithm) => [
    algorithm.name.toUpperCase(),
    algorithm,
  ]),
);

type With<O extends Operation> = Algorithm & Required<Pick<Algorithm, O>>;

export interface Normalized<O extends Operation> {
  readonly algorithm: With<O>;
  readonly params: Params;
}

const does = <O extends Operation>(algorithm: Algorithm, operation: O): algorithm is With<O> =>
  algorithm[operation] !== undefined;

/** NotSupportedError for an algorithm that is not there, or does not do this. */
export const normalize = <O extends Operation>(identifier: unknown, operation: O): Normalized<O> => {
  const params = paramsOf(identifier);
  const algorithm = ALGORITHMS.get(params.name.toUpperCase());
  if (algorithm === undefined) throw failure('NotSupportedError', `${params.name}: no algorithm here`);
  if (!does(algorithm, operation))
    throw failure('NotSupportedError', `${algorithm.name}: it does not support ${operation}`);
  return { algorithm, params: { ...params, name: algorithm.name } };
};

export const canDo = (identifier: unknown, operation: Operation): boolean => {
  const algorithm = ALGORITHMS.get(paramsOf(identifier).name.toUpperCase());
  return algorithm !== undefined && does(algorithm, operation);
};
