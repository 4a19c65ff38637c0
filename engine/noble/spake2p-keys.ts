/** What SPAKE2+ derives from its transcript: RFC 9383 3.4, and version 02 of its draft, which Matter uses. */

import type { HashName } from '../engine.ts';
import type { Spake2pSuite } from '../pake.ts';
import { BLOCK, NobleAesKey } from './aes-key.ts';
import { CmacPrf } from './cmac-prf.ts';
import { digest, hashFunction } from './hashes.ts';
import { NobleHmacKey } from './hmac.ts';
import { kdf } from './kdf.ts';

export interface Spake2pKeys {
  readonly confirmP: Uint8Array;
  readonly confirmV: Uint8Array;
  readonly shared: Uint8Array;
}

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const CONFIRMATION_KEYS = ascii('ConfirmationKeys');
const SHARED_KEY = ascii('SharedKey');

/** KDF(nil, key, info): HKDF without a salt. */
function derive(hash: HashName, key: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  const prk = kdf.hkdfExtract(hash, new Uint8Array(0), key);
  const stream = kdf.hkdfExpand(hash, prk, info);
  const out = stream.read(length);
  stream.wipe();
  prk.fill(0);
  return out;
}

function halves(bytes: Uint8Array): [Uint8Array, Uint8Array] {
  return [bytes.slice(0, bytes.length / 2), bytes.slice(bytes.length / 2)];
}

export function deriveKeys({ hash, confirmation }: Spake2pSuite, transcript: Uint8Array): Spake2pKeys {
  const main = digest(hash, transcript);
  if (confirmation === 'matter') {
    const [ka, shared] = halves(main);
    const [confirmP, confirmV] = halves(derive(hash, ka, CONFIRMATION_KEYS, main.length));
    return { confirmP, confirmV, shared };
  }
  const macKeyLength = confirmation === 'cmac' ? BLOCK : hashFunction(hash).outputLen;
  const [confirmP, confirmV] = halves(derive(hash, main, CONFIRMATION_KEYS, 2 * macKeyLength));
  return { confirmP, confirmV, shared: derive(hash, main, SHARED_KEY, main.length) };
}

export function confirm(
  { hash, confirmation }: Spake2pSuite,
  key: Uint8Array,
  share: Uint8Array,
): Uint8Array {
  const mac = confirmation === 'cmac' ? new CmacPrf(new NobleAesKey(key)) : new NobleHmacKey(hash, key);
  const out = new Uint8Array(mac.outputLength);
  mac.macInto(out, share);
  mac.wipe();
  return out;
}
