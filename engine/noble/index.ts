/** The engine on noble's libraries, with RSA, CCM and the streaming that they lack written here. */

import type { AesKey, Engine } from '../engine.ts';
import { NobleAesKey } from './aes-key.ts';
import { startCipher } from './aes-modes.ts';
import { equalBytes } from './bytes.ts';
import { CcmState } from './ccm.ts';
import { CmacState } from './cmac.ts';
import { curve } from './curves.ts';
import { GcmState } from './gcm.ts';
import { hashFunction, startHash } from './hashes.ts';
import { NobleHmacKey } from './hmac.ts';
import { kdf } from './kdf.ts';
import { rsa } from './rsa.ts';

function own(key: AesKey): NobleAesKey {
  if (!(key instanceof NobleAesKey)) throw new TypeError('an AES key of another engine');
  return key;
}

export function createNobleEngine(): Engine {
  return {
    name: 'noble',
    hash: startHash,
    hashLengths(name) {
      const { outputLen, blockLen } = hashFunction(name);
      return { output: outputLen, block: blockLen };
    },
    hmacKey: (hash, key) => new NobleHmacKey(hash, key),
    aesKey: (key) => new NobleAesKey(key),
    cmac: (key) => new CmacState(own(key)),
    cipher: (key, mode, direction, iv) => startCipher(own(key), mode, direction, iv),
    gcm: (key, direction, nonce, tagLength) => new GcmState(own(key), direction, nonce, tagLength),
    ccm: (key, direction, nonce, tagLength, adLength, messageLength) =>
      new CcmState(own(key), direction, nonce, tagLength, adLength, messageLength),
    curve,
    rsa,
    kdf,
    equal: equalBytes,
  };
}
