/** Web Cryptography API, clauses 20 RSASSA-PKCS1-v1_5, 21 RSA-PSS and 22 RSA-OAEP. */
import {
  type KeyAttributes,
  PSA_ALG_GET_HASH,
  PSA_ALG_RSA_OAEP,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PSS,
} from '../../psa-api/constants.ts';
import type { Algorithm } from './algorithm.ts';
import { keyPairs, type PairOperations, type PairScheme } from './asymmetric.ts';
import { NOTHING } from './bytes.ts';
import { PsaCryptoKey } from './crypto-key.ts';
import type { Device } from './device.ts';
import { failure } from './errors.ts';
import { HASHES, hashOf } from './hashes.ts';
import { bytesOf, has, integerOf, optionalBytesOf, type Params } from './params.ts';
import { rsaKeys } from './rsa-keys.ts';
import { HASH_FLAGS } from './signatures.ts';

const stripped = (number: Uint8Array): Uint8Array => {
  const first = number.findIndex((byte) => byte !== 0);
  return number.subarray(first < 0 ? number.length : first);
};

const generate: PairScheme['generate'] = (device, params, attributes) => {
  const bits = integerOf(params, 'modulusLength');
  const exponent = stripped(bytesOf(params, 'publicExponent'));
  const wished = { ...attributes, bits };
  // PSA Crypto 1.3, 9.7.2: psa_generate_key makes the exponent 65537.
  return exponent.join() === '1,0,1' ? device.generateKey(wished) : device.generateRsaKey(wished, exponent);
};

/** The hash that the policy of a key in the device names. */
const paramsFor = ({ alg }: KeyAttributes, params: Params): Params => {
  if (has(params, 'hash')) return params;
  const hash = HASHES.find((known) => known.alg === PSA_ALG_GET_HASH(alg));
  if (hash === undefined)
    throw new TypeError(`${params.name}: hash is missing, and the policy of the key names none`);
  return { ...params, hash: hash.name };
};

type Use = Pick<PairScheme, 'publicUsages' | 'privateUsages'>;

const SIGNS: Use & Pick<PairScheme, 'moreFlags'> = {
  publicUsages: ['verify'],
  privateUsages: ['sign'],
  moreFlags: HASH_FLAGS,
};

const ENCRYPTS: Use = { publicUsages: ['encrypt', 'wrapKey'], privateUsages: ['decrypt', 'unwrapKey'] };

const pairs = (name: string, alg: (hash: number) => number, use: Use): PairOperations =>
  keyPairs({
    ...use,
    name,
    family: (params) => rsaKeys(params, hashOf(params), alg(hashOf(params).alg)),
    paramsFor,
    generate,
  });

/** The PSA algorithm of one use of a key. */
type Chosen = (params: Params, key: PsaCryptoKey) => { readonly alg: number; readonly hash: number };

const pkcs1: Chosen = (_, { algorithm }) => {
  const { alg } = hashOf(algorithm);
  return { alg: PSA_ALG_RSA_PKCS1V15_SIGN(alg), hash: alg };
};

/** PSA_ALG_RSA_PSS has a salt as long as the hash (PSA Crypto 1.3, 10.7.2). */
const pss: Chosen = (params, { algorithm }) => {
  const { alg, length, name } = hashOf(algorithm);
  const salt = integerOf(params, 'saltLength');
  if (salt !== length)
    throw failure('NotSupportedError', `RSA-PSS: saltLength ${salt}; with ${name}, PSA's is ${length}`);
  return { alg: PSA_ALG_RSA_PSS(alg), hash: alg };
};

const signing = (name: string, policy: (hash: number) => number, chosen: Chosen): Algorithm => ({
  name,
  ...pairs(name, policy, SIGNS),
  sign: async (device, params, key, data) => {
    const { alg, hash } = chosen(params, key);
    return device.sign(PsaCryptoKey.place(key), alg, hash, data);
  },
  verify: async (device, params, key, signature, data) => {
    const { alg, hash } = chosen(params, key);
    return device.verify(PsaCryptoKey.place(key), alg, hash, data, signature);
  },
});

const oaep =
  (direction: 'encryptAsymmetric' | 'decryptAsymmetric') =>
  async (device: Device, params: Params, key: PsaCryptoKey, data: Uint8Array): Promise<Uint8Array> => {
    // What RFC 8017 7.1 calls the label is the salt of PSA.
    const label = optionalBytesOf(params, 'label') ?? NOTHING;
    return device[direction](
      PsaCryptoKey.place(key),
      PSA_ALG_RSA_OAEP(hashOf(key.algorithm).alg),
      data,
      label,
    );
  };

export const RSA: readonly Algorithm[] = [
  signing('RSASSA-PKCS1-v1_5', PSA_ALG_RSA_PKCS1V15_SIGN, pkcs1),
  signing('RSA-PSS', PSA_ALG_RSA_PSS, pss),
  {
    name: 'RSA-OAEP',
    ...pairs('RSA-OAEP', PSA_ALG_RSA_OAEP, ENCRYPTS),
    encrypt: oaep('encryptAsymmetric'),
    decrypt: oaep('decryptAsymmetric'),
  },
];
