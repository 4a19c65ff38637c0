/** Key wrapping with AES: KW and KWP of SP 800-38F 6.2 and 6.3 (RFC 3394, RFC 5649). */

import { aeskw, aeskwp } from '@noble/ciphers/aes.js';
import type { AesKey, KeyWrapMode } from '../engine.ts';
import { ownAesKey } from './aes-key.ts';

const SEMIBLOCK = 8;
const CIPHERS = { kw: aeskw, kwp: aeskwp } as const;

/** SP 800-38F 5.3.1. */
function isPlainLength(mode: KeyWrapMode, length: number): boolean {
  return mode === 'kw' ? length >= 2 * SEMIBLOCK && length % SEMIBLOCK === 0 : length >= 1;
}

function isWrappedLength(mode: KeyWrapMode, length: number): boolean {
  return length % SEMIBLOCK === 0 && length >= (mode === 'kw' ? 3 : 2) * SEMIBLOCK;
}

export function wrapKey(key: AesKey, mode: KeyWrapMode, plain: Uint8Array): Uint8Array | undefined {
  if (!isPlainLength(mode, plain.length)) return undefined;
  return CIPHERS[mode](ownAesKey(key).bytes).encrypt(plain);
}

/** The lengths being right, the library throws when the check value or the padding is wrong, and then alone. */
export function unwrapKey(key: AesKey, mode: KeyWrapMode, wrapped: Uint8Array): Uint8Array | undefined {
  const { bytes } = ownAesKey(key);
  if (!isWrappedLength(mode, wrapped.length)) return undefined;
  try {
    return CIPHERS[mode](bytes).decrypt(wrapped);
  } catch {
    return undefined;
  }
}
