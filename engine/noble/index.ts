/** The engine on noble's libraries, with RSA, CCM and the streaming that they lack written here. */

import type { Engine } from '../engine.ts';
import { NobleAesKey, ownAesKey as own } from './aes-key.ts';
import { startCipher } from './aes-modes.ts';
import { equalBytes } from './bytes.ts';
import { CcmState } from './ccm.ts';
import { startStreamCipher } from './chacha.ts';
import { ChachaPolyState } from './chacha-poly1305.ts';
import { CmacState } from './cmac.ts';
import { curve } from './curves.ts';
import { NobleDesKey, ownDesKey } from './des-key.ts';
import { startDesCipher } from './des-modes.ts';
import { edwardsCurve } from './edwards.ts';
import { ffdhGroup } from './ffdh.ts';
import { GcmState } from './gcm.ts';
import { hashFunction, resumeHash, startHash } from './hashes.ts';
import { NobleHmacKey } from './hmac.ts';
import { startJpake } from './jpake.ts';
import { kdf } from './kdf.ts';
import { unwrapKey, wrapKey } from './key-wrap.ts';
import { montgomeryCurve } from './montgomery.ts';
import { rsa } from './rsa.ts';
import { spake2p } from './spake2p.ts';
import { startXof } from './xof.ts';
import { XtsState } from './xts.ts';

export function createNobleEngine(): Engine {
  return {
    name: 'noble',
    hash: startHash,
    resumeHash,
    xof: startXof,
    hashLengths(name) {
      const { outputLen, blockLen } = hashFunction(name);
      return { output: outputLen, block: blockLen };
    },
    hmacKey: (hash, key) => new NobleHmacKey(hash, key),
    aesKey: (key) => new NobleAesKey(key),
    cmac: (key) => new CmacState(own(key)),
    cipher: (key, mode, direction, iv) => startCipher(own(key), mode, direction, iv),
    desKey: (key) => new NobleDesKey(key),
    desCipher: (key, mode, direction, iv) => startDesCipher(ownDesKey(key), mode, direction, iv),
    xts: (key, tweakKey, direction, iv) => new XtsState(own(key), own(tweakKey), direction, iv),
    streamCipher: startStreamCipher,
    gcm: (key, direction, nonce, tagLength) => new GcmState(own(key), direction, nonce, tagLength),
    ccm: (key, direction, nonce, tagLength, adLength, messageLength) =>
      new CcmState(own(key), direction, nonce, tagLength, adLength, messageLength),
    chachaPoly1305: (name, key, direction, nonce) => new ChachaPolyState(name, key, direction, nonce),
    wrapKey,
    unwrapKey,
    curve,
    montgomeryCurve,
    edwardsCurve,
    ffdhGroup,
    rsa,
    kdf,
    jpake: startJpake,
    spake2p,
    equal: equalBytes,
  };
}
