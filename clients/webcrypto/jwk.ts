/** What all JSON Web Keys have in common. RFC 7517 4, and the import steps of the Web Cryptography API. */
import type { Jwk, KeyWish } from './algorithm.ts';
import { fromBase64Url } from './bytes.ts';
import { failure } from './errors.ts';

type Member = 'crv' | 'd' | 'dp' | 'dq' | 'e' | 'k' | 'n' | 'p' | 'q' | 'qi' | 'x' | 'y';

export const memberOf = (jwk: Jwk, name: Member): Uint8Array => {
  const text = jwk[name];
  if (text === undefined) throw failure('DataError', `a JSON Web Key without ${name}`);
  return fromBase64Url(text, `a JSON Web Key: ${name}`);
};

export interface Expected {
  readonly kty: 'oct' | 'RSA' | 'EC' | 'OKP';
  readonly use: 'sig' | 'enc';
  /** Values of `alg` that fit; any where not given. */
  readonly algs?: readonly string[];
}

export const checkJwk = (jwk: Jwk, { kty, use, algs }: Expected, { extractable, usages }: KeyWish): void => {
  const refuse = (why: string): never => {
    throw failure('DataError', `a JSON Web Key: ${why}`);
  };
  if (jwk.kty !== kty) refuse(`kty is ${String(jwk.kty)}, not ${kty}`);
  if (jwk.alg !== undefined && algs !== undefined && !algs.includes(jwk.alg))
    refuse(`alg is ${jwk.alg}, not ${algs.join(' or ')}`);
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) refuse(`use is ${jwk.use}, not ${use}`);
  if (jwk.key_ops !== undefined) {
    const { key_ops: ops } = jwk;
    if (!Array.isArray(ops) || new Set(ops).size !== ops.length)
      refuse('key_ops is no list of different words');
    const missing = usages.find((usage) => !ops.includes(usage));
    if (missing !== undefined) refuse(`key_ops does not have ${missing}`);
  }
  if (jwk.ext === false && extractable) refuse('ext is false, so it cannot be extractable');
};
