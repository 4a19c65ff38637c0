/**
 * 'double-compare' for RSAES-OAEP: before each ciphertext the device deciphers one of its own, made for another label,
 * and that has to be refused. A check that lasts in saying yes is found whatever the ciphertext is: where it would be
 * found only after the first octet was right, finding it would be the oracle of Manger's attack. Costs one more
 * private operation.
 */

import type { Rsa } from '../engine.ts';
import { concatBytes } from '../noble/bytes.ts';
import type { Guard } from './countermeasure.ts';
import { FaultDetected } from './fault-detected.ts';

export function oaepDecoy({ engine, has }: Guard): Pick<Rsa, 'decryptOaep'> {
  const { rsa } = engine;
  const decryptOaep: Rsa['decryptOaep'] = (key, hash, label, ciphertext) => {
    const otherLabel = concatBytes(label, Uint8Array.of(0));
    const zeros = (length: number) => new Uint8Array(length);
    const decoy = rsa.encryptOaep(key.public, hash, otherLabel, zeros(0), zeros);
    if (decoy !== undefined && rsa.decryptOaep(key, hash, label, decoy) !== undefined)
      throw new FaultDetected('a ciphertext for another label was accepted');
    return rsa.decryptOaep(key, hash, label, ciphertext);
  };
  return { decryptOaep: has('double-compare') ? decryptOaep : rsa.decryptOaep };
}
