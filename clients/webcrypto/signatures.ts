/** Web Cryptography API, clause 23 ECDSA, and Ed25519 of its second edition. Signatures are r || s in both APIs. */
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_ECDSA,
  PSA_ALG_PURE_EDDSA,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../psa-api/constants.ts';
import type { Algorithm } from './algorithm.ts';
import { keyPairs } from './asymmetric.ts';
import { PsaCryptoKey } from './crypto-key.ts';
import { curveKeys, curveParams } from './curves.ts';
import { hashOf } from './hashes.ts';
import { octetKeys } from './octet-keys.ts';

/** So that a long message can be hashed in pieces. */
export const HASH_FLAGS = { public: PSA_KEY_USAGE_VERIFY_HASH, private: PSA_KEY_USAGE_SIGN_HASH };

export const ECDSA: Algorithm = {
  name: 'ECDSA',
  ...keyPairs({
    name: 'ECDSA',
    publicUsages: ['verify'],
    privateUsages: ['sign'],
    moreFlags: HASH_FLAGS,
    // The hash is chosen with each signature (23.3).
    family: (params) => curveKeys(params, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)),
    paramsFor: curveParams,
  }),
  sign: async (device, params, key, data) => {
    const { alg } = hashOf(params);
    return device.sign(PsaCryptoKey.place(key), PSA_ALG_ECDSA(alg), alg, data);
  },
  verify: async (device, params, key, signature, data) => {
    const { alg } = hashOf(params);
    return device.verify(PsaCryptoKey.place(key), PSA_ALG_ECDSA(alg), alg, data, signature);
  },
};

const ED25519_KEYS = octetKeys({
  name: 'Ed25519',
  oid: '1.3.101.112',
  pairType: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS),
  alg: PSA_ALG_PURE_EDDSA,
});

export const ED25519: Algorithm = {
  name: 'Ed25519',
  ...keyPairs({
    name: 'Ed25519',
    publicUsages: ['verify'],
    privateUsages: ['sign'],
    family: () => ED25519_KEYS,
    paramsFor: (_, params) => params,
  }),
  // RFC 8032 5.1.6 reads the message twice: there is no way in pieces.
  sign: (device, _, key, data) =>
    device.withKey(PsaCryptoKey.place(key), (id) => device.signMessage(id, PSA_ALG_PURE_EDDSA, data)),
  verify: (device, _, key, signature, data) =>
    device.withKey(PsaCryptoKey.place(key), (id) =>
      device.verifyMessage(id, PSA_ALG_PURE_EDDSA, data, signature),
    ),
};
