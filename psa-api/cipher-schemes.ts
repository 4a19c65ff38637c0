/** Which cipher a key type and an algorithm make together, and which IVs it takes. PSA Crypto 1.3, 10.4.1. */
import type { CipherState, DesMode, Direction } from '../engine/engine.ts';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM_STAR_NO_TAG,
  PSA_ALG_CFB,
  PSA_ALG_CTR,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_OFB,
  PSA_ALG_STREAM_CIPHER,
  PSA_ALG_XTS,
  PSA_BLOCK_CIPHER_BLOCK_LENGTH,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DES,
  PSA_KEY_TYPE_XCHACHA20,
} from './constants.ts';
import type { Key } from './key.ts';
import type { Services } from './services.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';
import { aesKey, desKey, xtsKeys } from './use-key.ts';

export interface CipherScheme {
  /** Length of a generated IV, and of the one in front of a whole ciphertext; 0 where there is none. */
  readonly ivLength: number;
  /** Whether psa_cipher_set_iv takes an IV of this length. */
  accepts(ivLength: number): boolean;
  /** The longest message; undefined where nobody has one that is too long. */
  readonly maxLength?: number;
  start(services: Services, key: Key, direction: Direction, iv: Uint8Array): CipherState;
}

/** A block cipher in one of the modes that each of them has. */
interface BlockCipher {
  readonly block: number;
  start(
    services: Services,
    key: Key,
    name: DesMode,
    direction: Direction,
    iv: Uint8Array | undefined,
  ): CipherState;
}

const AES: BlockCipher = {
  block: 16,
  start: (services, key, name, direction, iv) =>
    services.engine.cipher(aesKey(services, key), name, direction, iv),
};

const DES: BlockCipher = {
  block: 8,
  start: (services, key, name, direction, iv) =>
    services.engine.desCipher(desKey(services, key), name, direction, iv),
};

const mode = (cipher: BlockCipher, name: DesMode): CipherScheme => ({
  ivLength: cipher.block,
  accepts: (length) => length === cipher.block,
  start: (services, key, direction, iv) => cipher.start(services, key, name, direction, iv),
});

const ecb = (cipher: BlockCipher): CipherScheme => ({
  ivLength: 0,
  accepts: (length) => length === 0,
  start: (services, key, direction) => cipher.start(services, key, 'ecb', direction, undefined),
});

/** A nonce of 1 byte or more becomes the first counter block with zeros behind it. */
const counter: CipherScheme = {
  ivLength: AES.block,
  accepts: (length) => length >= 1 && length <= AES.block,
  start: (services, key, direction, iv) => {
    const block = new Uint8Array(AES.block);
    block.set(iv);
    return services.engine.cipher(aesKey(services, key), 'ctr', direction, block);
  },
};

/** 13 bytes of nonce, which leave 2 to count the message in, as in CCM. */
const ccmStar: CipherScheme = {
  ivLength: 13,
  accepts: (length) => length === 13,
  maxLength: 2 ** 16 - 1,
  start: (services, key, direction, iv) =>
    services.engine.cipher(aesKey(services, key), 'ccm-star', direction, iv),
};

const xts: CipherScheme = {
  ivLength: AES.block,
  accepts: (length) => length === AES.block,
  start: (services, key, direction, iv) => {
    const [data, tweak] = xtsKeys(services, key);
    return services.engine.xts(data, tweak, direction, iv);
  },
};

const stream = (
  name: 'chacha20' | 'xchacha20',
  ivLength: number,
  ivLengths: readonly number[],
): CipherScheme => ({
  ivLength,
  accepts: (length) => ivLengths.includes(length),
  start: ({ engine }, key, _direction, iv) => engine.streamCipher(name, key.data, iv),
});

const modesOf = (cipher: BlockCipher): [alg: number, scheme: CipherScheme][] => [
  [PSA_ALG_ECB_NO_PADDING, ecb(cipher)],
  [PSA_ALG_CBC_NO_PADDING, mode(cipher, 'cbc')],
  [PSA_ALG_CBC_PKCS7, mode(cipher, 'cbc-pkcs7')],
  [PSA_ALG_CFB, mode(cipher, 'cfb')],
  [PSA_ALG_OFB, mode(cipher, 'ofb')],
];

const AES_SCHEMES: ReadonlyMap<number, CipherScheme> = new Map([
  ...modesOf(AES),
  [PSA_ALG_CTR, counter],
  [PSA_ALG_CCM_STAR_NO_TAG, ccmStar],
]);
/** 10.4.1 has CTR and XTS for DES too, but a key may be supported without every algorithm that it is for (10.4.2). */
const DES_SCHEMES: ReadonlyMap<number, CipherScheme> = new Map(modesOf(DES));

const CHACHA20 = stream('chacha20', 12, [8, 12, 16]);
const XCHACHA20 = stream('xchacha20', 24, [24, 32]);

/** Keys of one AES key, and of two for XTS. */
const AES_BITS = [128, 192, 256];
const XTS_BITS = [256, 384, 512];

export const AES_CIPHERS: readonly number[] = [...AES_SCHEMES.keys(), PSA_ALG_XTS];

export const cipherScheme = ({ attributes: { type, bits } }: Key, alg: number): CipherScheme | PsaError => {
  if (type === PSA_KEY_TYPE_CHACHA20)
    return alg === PSA_ALG_STREAM_CIPHER ? CHACHA20 : PSA_ERROR_INVALID_ARGUMENT;
  if (type === PSA_KEY_TYPE_XCHACHA20)
    return alg === PSA_ALG_STREAM_CIPHER ? XCHACHA20 : PSA_ERROR_INVALID_ARGUMENT;
  if (PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) <= 1) return PSA_ERROR_INVALID_ARGUMENT;
  if (alg === PSA_ALG_STREAM_CIPHER) return PSA_ERROR_INVALID_ARGUMENT;
  // 10.4.1: CCM* is for blocks of 16 bytes.
  if (alg === PSA_ALG_CCM_STAR_NO_TAG && PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) !== 16)
    return PSA_ERROR_INVALID_ARGUMENT;
  if (type === PSA_KEY_TYPE_DES) return DES_SCHEMES.get(alg) ?? PSA_ERROR_NOT_SUPPORTED;
  if (type !== PSA_KEY_TYPE_AES) return PSA_ERROR_NOT_SUPPORTED;
  if (alg === PSA_ALG_XTS) return XTS_BITS.includes(bits) ? xts : PSA_ERROR_INVALID_ARGUMENT;
  const scheme = AES_SCHEMES.get(alg);
  if (scheme === undefined) return PSA_ERROR_NOT_SUPPORTED;
  return AES_BITS.includes(bits) ? scheme : PSA_ERROR_INVALID_ARGUMENT;
};
