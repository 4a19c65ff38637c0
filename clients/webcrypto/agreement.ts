/** Web Cryptography API, clause 24 ECDH, and X25519 of its second edition. */
import {
  PSA_ALG_ECDH,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
} from '../../psa-api/constants.ts';
import type { Algorithm } from './algorithm.ts';
import { type KeyFamily, keyPairs, type PairScheme, publicDataOf } from './asymmetric.ts';
import { idOf, PsaCryptoKey } from './crypto-key.ts';
import { curveKeys, curveParams } from './curves.ts';
import type { Device } from './device.ts';
import { failure } from './errors.ts';
import { octetKeys } from './octet-keys.ts';
import type { Params } from './params.ts';

const peerOf = (device: Device, { name, public: peer }: Params, key: PsaCryptoKey): Uint8Array => {
  const other = PsaCryptoKey.of(device, peer);
  const refuse = (why: string): never => {
    throw failure('InvalidAccessError', `${name}: ${why}`);
  };
  if (other.type !== 'public') refuse('the key of the peer is not public');
  if (other.algorithm.name !== name) refuse(`the key of the peer is for ${other.algorithm.name}`);
  const [{ namedCurve: theirs }, { namedCurve: ours }] = [other.algorithm, key.algorithm];
  if (theirs !== ours) refuse('the key of the peer is on another curve');
  return publicDataOf(other);
};

/** The first `length` bits (24.4.2); those after them in the last byte are zero. */
const firstBits = (secret: Uint8Array, length: number): Uint8Array => {
  const bytes = secret.slice(0, Math.ceil(length / 8));
  const last = bytes.length - 1;
  if (length % 8 !== 0) bytes[last] = (bytes[last] ?? 0) & (0xff << (8 - (length % 8)));
  return bytes;
};

const agreement = (
  name: string,
  family: (params: Params) => KeyFamily,
  paramsFor: PairScheme['paramsFor'],
): Algorithm => ({
  name,
  ...keyPairs({ name, publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'], family, paramsFor }),
  deriveBits: async (device, params, key, length) => {
    const secret = await device.agree(idOf(key), peerOf(device, params, key));
    if (length === null) return secret;
    if (length > secret.length * 8)
      throw failure('OperationError', `${name}: ${length} bits; the secret has ${secret.length * 8}`);
    return firstBits(secret, length);
  },
});

const X25519_KEYS = octetKeys({
  name: 'X25519',
  oid: '1.3.101.110',
  pairType: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY),
  alg: PSA_ALG_ECDH,
});

export const ECDH: Algorithm = agreement('ECDH', (params) => curveKeys(params, PSA_ALG_ECDH), curveParams);

export const X25519: Algorithm = agreement(
  'X25519',
  () => X25519_KEYS,
  (_, params) => params,
);
