/** Web Cryptography API, clauses 25 AES-CTR, 26 AES-CBC, 27 AES-GCM and 28 AES-KW. */
import { concat } from '../../psa-api/bytes.ts';
import {
  PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG,
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CTR,
  PSA_ALG_GCM,
  PSA_ALG_KW,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_EXPORT,
} from '../../psa-api/constants.ts';
import type { Algorithm } from './algorithm.ts';
import { NOTHING } from './bytes.ts';
import { idOf, type PsaCryptoKey } from './crypto-key.ts';
import type { AeadInput, Device } from './device.ts';
import { failure } from './errors.ts';
import { bytesOf, has, integerOf, type KeyUsage, optionalBytesOf, type Params } from './params.ts';
import { type SecretScheme, secretKeys } from './symmetric.ts';

const BLOCK = 16;

const CIPHER_USAGES: readonly KeyUsage[] = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

/** `length` of AesKeyGenParams and AesDerivedKeyParams. */
const wishedBits = (params: Params): number => {
  const bits = integerOf(params, 'length', 0xffff);
  if (![128, 192, 256].includes(bits))
    throw failure('OperationError', `${params.name}: a length of ${bits} bits; it is 128, 192 or 256`);
  return bits;
};

const scheme = (name: string, alg: number, usages: readonly KeyUsage[], wraps = false): SecretScheme => ({
  name,
  usages,
  wraps,
  type: PSA_KEY_TYPE_AES,
  generatedBits: wishedBits,
  keyLength: wishedBits,
  importedBits: (_, { length }) => {
    if (![16, 24, 32].includes(length))
      throw failure('DataError', `${name}: a key of ${length} bytes; it has 16, 24 or 32`);
    return length * 8;
  },
  describe: (_, bits) => ({ length: bits }),
  policy: () => alg,
  use: 'enc',
  jwkAlg: (_, bits) => `A${bits}${name.slice('AES-'.length)}`,
});

const ivOf = (params: Params, member: 'iv' | 'counter'): Uint8Array => {
  const iv = bytesOf(params, member);
  if (iv.length !== BLOCK)
    throw failure('OperationError', `${params.name}: ${member} of ${iv.length} bytes; it has ${BLOCK}`);
  return iv;
};

const cbc =
  (direction: 'encrypt' | 'decrypt') =>
  async (device: Device, params: Params, key: PsaCryptoKey, data: Uint8Array): Promise<Uint8Array> =>
    device.cipher(direction, idOf(key), PSA_ALG_CBC_PKCS7, ivOf(params, 'iv'), data);

/** The counter block with its `bits` low bits zero, and their value. */
const splitCounter = (counter: Uint8Array, bits: number): { zeroed: Uint8Array; value: bigint } => {
  const whole = counter.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  const mask = (1n << BigInt(bits)) - 1n;
  const high = whole & ~mask;
  const zeroed = Uint8Array.from(counter, (_, i) => Number((high >> BigInt(8 * (BLOCK - 1 - i))) & 0xffn));
  return { zeroed, value: whole & mask };
};

/** PSA_ALG_CTR counts in all 128 bits (PSA Crypto 1.3, 10.4.1): a shorter counter that wraps is a second message. */
const ctr = async (
  device: Device,
  params: Params,
  key: PsaCryptoKey,
  data: Uint8Array,
): Promise<Uint8Array> => {
  const counter = ivOf(params, 'counter');
  const bits = integerOf(params, 'length', 0xff);
  if (bits === 0 || bits > 128)
    throw failure('OperationError', `AES-CTR: a counter of ${bits} bits; it has 1 to 128`);
  const { zeroed, value } = splitCounter(counter, bits);
  const room = 1n << BigInt(bits);
  if (BigInt(Math.ceil(data.length / BLOCK)) > room)
    throw failure(
      'OperationError',
      `AES-CTR: ${data.length} bytes are more than a ${bits}-bit counter has blocks`,
    );
  const run = (iv: Uint8Array, part: Uint8Array) =>
    device.cipher('encrypt', idOf(key), PSA_ALG_CTR, iv, part);
  const beforeWrap = (room - value) * BigInt(BLOCK);
  if (bits === 128 || BigInt(data.length) <= beforeWrap) return run(counter, data);
  const cut = Number(beforeWrap);
  const first = await run(counter, data.subarray(0, cut));
  return concat(first, await run(zeroed, data.subarray(cut)));
};

const TAG_BITS = [32, 64, 96, 104, 112, 120, 128];

/** Bytes of the tag, 16 where `tagLength` is not given. */
const tagOf = (params: Params): number => {
  if (!has(params, 'tagLength')) return BLOCK;
  const bits = integerOf(params, 'tagLength', 0xff);
  if (!TAG_BITS.includes(bits))
    throw failure('OperationError', `AES-GCM: a tag of ${bits} bits; it has one of ${TAG_BITS.join(', ')}`);
  return bits / 8;
};

const gcmInput = (params: Params, key: PsaCryptoKey): AeadInput => {
  return {
    key: idOf(key),
    alg: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, tagOf(params)),
    nonce: bytesOf(params, 'iv'),
    additionalData: optionalBytesOf(params, 'additionalData') ?? NOTHING,
  };
};

const openGcm: Algorithm['decrypt'] = async (device, params, key, data) => {
  const tag = tagOf(params);
  if (data.length < tag)
    throw failure('OperationError', `AES-GCM: ${data.length} bytes are less than the tag of ${tag}`);
  return device.unseal(gcmInput(params, key), data, tag);
};

/** What is wrapped is bytes, whatever key they are of: for the length of the call they are a key of raw data. */
const wrap: Algorithm['wrapKey'] = (device, _, key, data) =>
  device.withImported({ type: PSA_KEY_TYPE_RAW_DATA, usage: PSA_KEY_USAGE_EXPORT }, data, async (id) => {
    const call = () => device.psa.wrapKey(idOf(key), PSA_ALG_KW, id);
    return (await device.must('psa_wrap_key', call)).data;
  });

const unwrap: Algorithm['unwrapKey'] = async (device, _, key, data) => {
  const attributes = { type: PSA_KEY_TYPE_RAW_DATA, usage: PSA_KEY_USAGE_EXPORT };
  const id = await device.create(async () => {
    const call = () => device.psa.unwrapKey(attributes, idOf(key), PSA_ALG_KW, data);
    return (await device.must('psa_unwrap_key', call)).key;
  });
  try {
    return await device.exportKey(id);
  } finally {
    await device.destroyKey(id);
  }
};

/** Any of the tags that the Web Cryptography API has, the shortest of which is 4 bytes. */
const ANY_TAG = PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 4);

export const AES: readonly Algorithm[] = [
  {
    name: 'AES-CTR',
    ...secretKeys(scheme('AES-CTR', PSA_ALG_CTR, CIPHER_USAGES)),
    encrypt: ctr,
    decrypt: ctr,
  },
  {
    name: 'AES-CBC',
    ...secretKeys(scheme('AES-CBC', PSA_ALG_CBC_PKCS7, CIPHER_USAGES)),
    encrypt: cbc('encrypt'),
    decrypt: cbc('decrypt'),
  },
  {
    name: 'AES-GCM',
    ...secretKeys(scheme('AES-GCM', ANY_TAG, CIPHER_USAGES)),
    encrypt: async (device, params, key, data) => device.seal(gcmInput(params, key), data),
    decrypt: openGcm,
  },
  {
    name: 'AES-KW',
    ...secretKeys(scheme('AES-KW', PSA_ALG_KW, ['wrapKey', 'unwrapKey'], true)),
    wrapKey: wrap,
    unwrapKey: unwrap,
  },
];
