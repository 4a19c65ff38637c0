/** How long a call would have taken on the board: world switches, copies, and the cycles of the arithmetic. */
import {
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_AEAD,
  PSA_ALG_IS_CIPHER,
  PSA_ALG_IS_HASH,
  PSA_ALG_IS_HMAC,
  PSA_ALG_IS_MAC,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_RSA,
} from '../../psa-api/constants.ts';
import type { CallView } from '../call-view.ts';
import { CYCLES } from './cycles.ts';

const AES_BLOCK = 16;
const SWITCHES = 3;
const CCM = 0x05500100;
const AEAD_BASE = 0xffc0ff00;

const cycles = (name: keyof typeof CYCLES): number => CYCLES[name].value;

/** The figure for a size, or the nearest one scaled by the cube of the ratio, which big-number arithmetic grows by. */
const bySize = (
  figures: readonly (readonly [bits: number, name: keyof typeof CYCLES])[],
  bits: number,
): number => {
  const [known, name] = figures.find(([size]) => size >= bits) ?? figures.at(-1) ?? [bits, 'hertz'];
  return cycles(name) * (bits / known) ** 3;
};

const SIGN = [
  [256, 'ecdsaSign256'],
  [384, 'ecdsaSign384'],
  [521, 'ecdsaSign521'],
] as const;
const VERIFY = [
  [256, 'ecdsaVerify256'],
  [384, 'ecdsaVerify384'],
  [521, 'ecdsaVerify521'],
] as const;
const MULTIPLE = [
  [256, 'pointMultiple256'],
  [384, 'pointMultiple384'],
  [521, 'pointMultiple521'],
] as const;
const PRIVATE = [
  [2048, 'rsaPrivate2048'],
  [3072, 'rsaPrivate3072'],
] as const;
const PUBLIC = [
  [2048, 'rsaPublic2048'],
  [3072, 'rsaPublic3072'],
] as const;

const aesBlock = (bits: number): number => cycles(bits > 128 ? 'aes256Block' : 'aes128Block');

const hashBlocks = (alg: number, bytes: number): number => {
  const hash = PSA_ALG_GET_HASH(alg);
  return Math.ceil((bytes + 9) / (hash === PSA_ALG_SHA_384 || hash === PSA_ALG_SHA_512 ? 128 : 64));
};

/** Ciphers, MACs, hashes and derivations: so many blocks of so many bytes. */
const bulk = ({ alg = 0, keyBits = 128, inputBytes, roomBytes, row }: CallView): number => {
  if (PSA_ALG_IS_HASH(alg)) return hashBlocks(alg, inputBytes) * cycles('hashBlock');
  // Inner and outer hash.
  if (PSA_ALG_IS_HMAC(alg)) return (hashBlocks(alg, inputBytes) + 3) * cycles('hashBlock');
  const blocks = Math.ceil(inputBytes / AES_BLOCK) + 1;
  // CCM encrypts each block twice: once for the text, once for the tag.
  if (PSA_ALG_IS_AEAD(alg)) return blocks * ((alg & AEAD_BASE) >>> 0 === CCM ? 2 : 1) * aesBlock(keyBits);
  if (PSA_ALG_IS_CIPHER(alg) || PSA_ALG_IS_MAC(alg)) return blocks * aesBlock(keyBits);
  // Each block of derived output is an HMAC of a few blocks.
  if (row.group === 'key derivation' && row.name.includes('output'))
    return Math.ceil(Math.max(roomBytes, keyBits / 8) / 32) * 4 * cycles('hashBlock');
  return 0;
};

const asymmetric = ({ row: { name }, keyType = 0, keyBits = 0, alg = 0, inputBytes }: CallView): number => {
  const hashing = name.endsWith('_message') ? hashBlocks(alg, inputBytes) * cycles('hashBlock') : 0;
  const isPublic = name.startsWith('psa_verify') || name === 'psa_asymmetric_encrypt';
  if (PSA_KEY_TYPE_IS_RSA(keyType)) return hashing + bySize(isPublic ? PUBLIC : PRIVATE, keyBits);
  return hashing + bySize(isPublic ? VERIFY : SIGN, keyBits);
};

const generation = ({ keyType = 0, keyBits = 0 }: CallView): number => {
  if (PSA_KEY_TYPE_IS_RSA(keyType)) return cycles('rsaKeyTrials') * bySize(PRIVATE, keyBits);
  if (PSA_KEY_TYPE_IS_ECC(keyType)) return bySize(MULTIPLE, keyBits);
  return (keyBits / 8) * cycles('randomByte');
};

const arithmetic = (view: CallView): number => {
  const { row, keyBits = 256, roomBytes } = view;
  switch (row.name) {
    case 'psa_generate_random':
      return roomBytes * cycles('randomByte');
    case 'psa_generate_key':
      return generation(view);
    case 'psa_raw_key_agreement':
    case 'psa_key_derivation_key_agreement':
      return bySize(MULTIPLE, keyBits);
    case 'psa_export_public_key':
      return PSA_KEY_TYPE_IS_ECC(view.keyType ?? 0) ? bySize(MULTIPLE, keyBits) : 0;
    default:
      return row.group === 'signature' || row.group === 'asymmetric encryption'
        ? asymmetric(view)
        : bulk(view);
  }
};

/** Nanoseconds on the board. A call that fails is charged in full: where it would have stopped is not public. */
export const boardTime = (view: CallView): number => {
  const copies = (view.inputBytes + view.roomBytes) * cycles('copiedByte');
  const total = SWITCHES * cycles('worldSwitch') + copies + arithmetic(view);
  return Math.round((total / cycles('hertz')) * 1e9);
};
