/** X25519, X448, Ed25519 and Ed448 against OpenSSL, with keys made there and keys made here. */

import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject, sign, verify } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_ECDH,
  PSA_ALG_PURE_EDDSA,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { hex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { cases, type Generator, generator, SEED } from '../support/generator.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;
const KEYS = 10;

interface Names {
  readonly bits: number;
  readonly jwk: string;
}

interface Shared {
  readonly key: number;
  readonly publicBytes: Uint8Array;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const encoded = (data: Uint8Array): string => Buffer.from(data).toString('base64url');

/** The same key in both worlds; every other one comes from bytes that were drawn. */
const shared = async (
  family: number,
  { bits, jwk: crv }: Names,
  alg: number,
  random: Generator,
  i: number,
) => {
  const usage =
    PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;
  const attributes = { type: PSA_KEY_TYPE_ECC_KEY_PAIR(family), bits, alg, usage };
  const seeded = family === PSA_ECC_FAMILY_TWISTED_EDWARDS && i % 2 === 0;
  const { key } = await must(
    seeded ? psa.importKey(attributes, random.bytes(bits === 255 ? 32 : 57)) : psa.generateKey(attributes),
  );
  const [d, x] = [await must(psa.exportKey(key)), await must(psa.exportPublicKey(key))];
  const publicJwk = { kty: 'OKP', crv, x: encoded(x.data) };
  const privateKey = createPrivateKey({ format: 'jwk', key: { ...publicJwk, d: encoded(d.data) } });
  // OpenSSL derives the public part by itself.
  expect(createPublicKey(privateKey).export({ format: 'jwk' }).x).toBe(publicJwk.x);
  return {
    key,
    publicBytes: x.data,
    privateKey,
    publicKey: createPublicKey({ format: 'jwk', key: publicJwk }),
  };
};

const keysOf = async (family: number, names: Names, alg: number): Promise<Shared[]> => {
  const random = generator(`keys of ${names.jwk}`);
  const keys: Shared[] = [];
  for (let i = 0; i < KEYS; i++) keys.push(await shared(family, names, alg, random, i));
  return keys;
};

describe(`against OpenSSL, seed ${SEED}`, () => {
  it.each([
    ['X25519', 255],
    ['X448', 448],
  ])('%s', async (jwk, bits) => {
    const names = { jwk, bits };
    const keys = await keysOf(PSA_ECC_FAMILY_MONTGOMERY, names, PSA_ALG_ECDH);
    await cases(names.jwk, CASES, async (random, i) => {
      const { key, privateKey } = random.pick(keys);
      const peer =
        i % 10 === 0
          ? await shared(PSA_ECC_FAMILY_MONTGOMERY, names, PSA_ALG_ECDH, random, i)
          : random.pick(keys);
      const { output } = await must(psa.rawKeyAgreement(PSA_ALG_ECDH, key, peer.publicBytes));
      expect(hex(output)).toBe(hex(diffieHellman({ privateKey, publicKey: peer.publicKey })));
    });
  });

  it.each([
    ['Ed25519', 255],
    ['Ed448', 448],
  ])('%s', async (jwk, bits) => {
    const names = { jwk, bits };
    const alg = PSA_ALG_PURE_EDDSA;
    const keys = await keysOf(PSA_ECC_FAMILY_TWISTED_EDWARDS, names, alg);
    const type = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS);
    await cases(names.jwk, CASES, async (random, i) => {
      const { key, publicBytes, privateKey, publicKey } = random.pick(keys);
      const message = random.bytes(random.length(500));
      const { signature } = await must(psa.signMessage(key, alg, message));
      expect(hex(signature)).toBe(hex(sign(null, message, privateKey)));
      const usage = PSA_KEY_USAGE_VERIFY_MESSAGE;
      const { key: single } = await must(psa.importKey({ type, bits: names.bits, alg, usage }, publicBytes));
      const id = i % 2 === 0 ? key : single;
      expect(await named(psa.verifyMessage(id, alg, message, signature))).toBe('SUCCESS');
      const wrong = signature.slice();
      const at = random.below(wrong.length);
      wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
      const theirs = verify(null, message, publicKey, wrong);
      expect(await named(psa.verifyMessage(id, alg, message, wrong))).toBe(
        theirs ? 'SUCCESS' : 'INVALID_SIGNATURE',
      );
      await must(psa.destroyKey(single));
    });
  });
});
