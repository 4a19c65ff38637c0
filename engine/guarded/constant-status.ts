/**
 * 'constant-status': no status tells whether a padding was right.
 *
 * RSAES-PKCS1-v1_5 rejects implicitly (draft-irtf-cfrg-rsa-guidance): a ciphertext whose padding is wrong decrypts to a
 * message that follows from the key and the ciphertext, of a length that does too. Costs two hashes for each ciphertext,
 * and that the caller no longer learns of a wrong one: a protocol above has to find out, as TLS does.
 *
 * PSA_ALG_CBC_PKCS7 has no such way out: the length of a message is part of its answer, and a made-up one that stays the
 * same while other bytes of the ciphertext change gives itself away. So decryption gives all blocks with the padding in
 * them, and judges nothing. Costs that the output is no longer what the specification says, up to 16 bytes longer: the
 * caller takes the padding off, after it has authenticated the ciphertext.
 */

import type { Engine, Rsa, RsaPrivateKey } from '../engine.ts';
import { bytesToInteger, concatBytes, integerToBytes } from '../noble/bytes.ts';
import { ownPrivate } from '../noble/rsa.ts';
import type { Guard } from './countermeasure.ts';

/** 00 02, eight octets of PS, and the zero behind it (RFC 8017 7.2.1). */
const OVERHEAD = 11;
const CANDIDATES = 128;

function mac(engine: Engine, key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  const hmac = engine.hmacKey('sha256', key);
  const state = hmac.start();
  for (const part of parts) state.update(part);
  const digest = state.digest();
  hmac.wipe();
  return digest;
}

/** IRPRF: blocks of HMAC(KDK, I2OSP(i, 2) || label || I2OSP(8 * length, 2)). */
function pseudorandom(engine: Engine, kdk: Uint8Array, label: string, length: number): Uint8Array {
  const name = new TextEncoder().encode(label);
  const bits = integerToBytes(BigInt(8 * length), 2);
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    mac(engine, kdk, integerToBytes(BigInt(i), 2), name, bits),
  );
  return concatBytes(...blocks).slice(0, length);
}

/** The last candidate that is a length of a message at all. */
function syntheticLength(candidates: Uint8Array, longest: number): number {
  const mask = 2 ** Math.ceil(Math.log2(longest + 1)) - 1;
  let length = 0;
  for (let i = 0; i < CANDIDATES; i++) {
    const candidate = (((candidates[2 * i] as number) << 8) | (candidates[2 * i + 1] as number)) & mask;
    if (candidate <= longest) length = candidate;
  }
  return length;
}

/** Instead of the message, where the padding is wrong: what key and ciphertext alone decide. */
export function syntheticMessage(engine: Engine, key: RsaPrivateKey, ciphertext: Uint8Array): Uint8Array {
  const { byteLength } = key;
  const hash = engine.hash('sha256');
  hash.update(integerToBytes(ownPrivate(key).numbers.d, byteLength));
  const kdk = mac(engine, hash.digest(), ciphertext);
  const length = syntheticLength(pseudorandom(engine, kdk, 'length', 2 * CANDIDATES), byteLength - OVERHEAD);
  return pseudorandom(engine, kdk, 'message', byteLength).slice(byteLength - length);
}

/** A representative that is not below n is no ciphertext: whoever sent it knows. */
const isInRange = (key: RsaPrivateKey, ciphertext: Uint8Array): boolean =>
  ciphertext.length === key.byteLength && bytesToInteger(ciphertext) < ownPrivate(key).numbers.n;

export function implicitRejection({ engine, has }: Guard): Pick<Rsa, 'decryptPkcs1'> {
  const { rsa } = engine;
  const decryptPkcs1: Rsa['decryptPkcs1'] = (key, ciphertext) => {
    if (!isInRange(key, ciphertext)) return undefined;
    // Made in either case, so that both take the same way.
    const synthetic = syntheticMessage(engine, key, ciphertext);
    return rsa.decryptPkcs1(key, ciphertext) ?? synthetic;
  };
  return { decryptPkcs1: has('constant-status') ? decryptPkcs1 : rsa.decryptPkcs1 };
}

export function unjudgedPadding({ engine, has }: Guard): Pick<Engine, 'cipher'> {
  const { cipher } = engine;
  if (!has('constant-status')) return { cipher };
  return {
    cipher: (key, mode, direction, iv) =>
      mode === 'cbc-pkcs7' && direction === 'decrypt'
        ? cipher(key, 'cbc', direction, iv)
        : cipher(key, mode, direction, iv),
  };
}
