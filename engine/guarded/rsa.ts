/** RSA signatures: checked, or spoilt by what went wrong. */

import type { Engine, Rsa } from '../engine.ts';
import { encodeSignature } from '../noble/pkcs1.ts';
import { encodePss } from '../noble/pss.ts';
import { checkSignature, decide } from './checks.ts';
import type { Guard } from './countermeasure.ts';
import { infected } from './infective.ts';

function signing(guard: Guard): Pick<Rsa, 'signPkcs1' | 'signPss'> {
  const { engine, has } = guard;
  const { rsa } = engine;
  return {
    signPkcs1(key, hash, digest) {
      const signature = rsa.signPkcs1(key, hash, digest);
      const em = encodeSignature(hash, digest, key.byteLength);
      if (signature === undefined || em === undefined) return signature;
      checkSignature(guard, () => rsa.verifyPkcs1(key.public, hash, digest, signature));
      return has('infective-crt') ? infected(engine, key, em, signature) : signature;
    },
    signPss(key, hash, digest, saltLength, random) {
      let salt: Uint8Array = new Uint8Array(0);
      const signature = rsa.signPss(key, hash, digest, saltLength, (length) => {
        salt = random(length);
        return salt;
      });
      const em = signature && encodePss(hash, digest, salt, key.bits - 1);
      if (signature === undefined || em === undefined) return signature;
      checkSignature(guard, () => rsa.verifyPss(key.public, hash, digest, saltLength, signature));
      return has('infective-crt') ? infected(engine, key, em, signature) : signature;
    },
  };
}

export function guardedRsa(guard: Guard): Pick<Engine, 'rsa'> {
  const { rsa } = guard.engine;
  return {
    rsa: {
      ...rsa,
      ...signing(guard),
      verifyPkcs1: (key, hash, digest, signature) =>
        decide(guard, () => rsa.verifyPkcs1(key, hash, digest, signature)),
      verifyPss: (key, hash, digest, saltLength, signature) =>
        decide(guard, () => rsa.verifyPss(key, hash, digest, saltLength, signature)),
    },
  };
}
