/** The shared secret of a key agreement. PSA Crypto 1.3, 10.9.1. */
import type { Engine } from '../engine/engine.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_FFDH,
  PSA_ALG_KEY_AGREEMENT_GET_BASE,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_IS_DH_KEY_PAIR,
  PSA_KEY_TYPE_IS_ECC_KEY_PAIR,
} from './constants.ts';
import type { Caller } from './handler.ts';
import type { Key } from './key.ts';
import { curveOf } from './key-material.ts';
import { FFDH, MONTGOMERY } from './key-sizes.ts';
import { chain, type Maybe } from './maybe.ts';
import type { Services } from './services.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';

const AGREEMENTS: readonly number[] = [PSA_ALG_ECDH, PSA_ALG_FFDH];

/** Whether a standalone key-agreement algorithm is supported here. */
export const isAgreement = (base: number): boolean => AGREEMENTS.includes(base);

/** For short Weierstrass curves the x coordinate (SEC 1 3.3.1), for Montgomery curves RFC 7748 6. */
export const ecdhSecret = (
  engine: Engine,
  type: number,
  bits: number,
  privateKey: Uint8Array,
  peer: Uint8Array,
) => {
  if (PSA_KEY_TYPE_ECC_GET_FAMILY(type) === PSA_ECC_FAMILY_MONTGOMERY) {
    const name = MONTGOMERY.get(bits);
    if (name === undefined) return PSA_ERROR_NOT_SUPPORTED;
    return engine.montgomeryCurve(name).ecdh(privateKey, peer) ?? PSA_ERROR_INVALID_ARGUMENT;
  }
  const curve = curveOf(engine, type, bits);
  // Twisted Edwards keys sign and do nothing else.
  if (curve === undefined) return PSA_ERROR_INVALID_ARGUMENT;
  return curve.ecdh(privateKey, peer) ?? PSA_ERROR_INVALID_ARGUMENT;
};

/** `alg` may be combined with a derivation. */
export const agreedSecret = (
  services: Services,
  caller: Caller,
  key: Key,
  alg: number,
  peer: Uint8Array,
): Maybe<Uint8Array | PsaError> => {
  const { engine } = services;
  const { type, bits } = key.attributes;
  const base = PSA_ALG_KEY_AGREEMENT_GET_BASE(alg);
  if (base === PSA_ALG_ECDH)
    return PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)
      ? ecdhSecret(engine, type, bits, key.data, peer)
      : PSA_ERROR_INVALID_ARGUMENT;
  if (base !== PSA_ALG_FFDH) return PSA_ERROR_NOT_SUPPORTED;
  const name = PSA_KEY_TYPE_IS_DH_KEY_PAIR(type) ? FFDH.get(bits) : undefined;
  if (name === undefined) return PSA_ERROR_INVALID_ARGUMENT;
  const secret = services.run(engine.ffdhGroup(name).agreeLong(key.data, peer), caller);
  return chain(secret, (s) => s ?? PSA_ERROR_INVALID_ARGUMENT);
};
