/** ECDSA and ECDH over the curves beyond P-256, P-384 and P-521 against OpenSSL. */

import { createECDH, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ECC_FAMILY_BRAINPOOL_P_R1,
  PSA_ECC_FAMILY_SECP_K1,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../psa-api/constants.ts';
import { bytesOf, hex, join } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { cases, SEED, TIMES } from '../support/generator.ts';
import { PLAIN_HASHES } from '../support/hashes.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

/** The general arithmetic of the larger curves takes some 10 ms a case: fewer cases where it is slow. */
const MANY = 200;
const FEW = 40;

const CURVES = [
  ['secp256k1', PSA_ECC_FAMILY_SECP_K1, 256, 32, MANY],
  ['secp224k1', PSA_ECC_FAMILY_SECP_K1, 225, 28, FEW],
  ['secp192k1', PSA_ECC_FAMILY_SECP_K1, 192, 24, FEW],
  ['prime192v1', PSA_ECC_FAMILY_SECP_R1, 192, 24, FEW],
  ['secp224r1', PSA_ECC_FAMILY_SECP_R1, 224, 28, FEW],
  ['brainpoolP160r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160, 20, FEW],
  ['brainpoolP192r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 192, 24, FEW],
  ['brainpoolP224r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 224, 28, FEW],
  ['brainpoolP256r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, 32, FEW],
  ['brainpoolP320r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320, 40, FEW],
  ['brainpoolP384r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384, 48, FEW],
  ['brainpoolP512r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512, 64, FEW],
] as const;

/** A SubjectPublicKeyInfo ends in the point: OpenSSL's own serves as the form for ours. */
const publicKeyOf = (form: Uint8Array, point: Uint8Array): KeyObject =>
  createPublicKey({
    key: Buffer.from(join(form.subarray(0, form.length - point.length), point)),
    format: 'der',
    type: 'spki',
  });

/** ECPrivateKey (RFC 5915): a sequence of 1 and the scalar as an octet string. */
const scalarOf = (key: KeyObject): Uint8Array => {
  const der = bytesOf(key.export({ format: 'der', type: 'sec1' }));
  const at = Buffer.from(der).indexOf(Buffer.from('02010104', 'hex')) + 4;
  return der.slice(at + 1, at + 1 + (der[at] ?? 0));
};

describe.each(CURVES)(`%s against OpenSSL, seed ${SEED}`, (name, family, bits, coordinate, count) => {
  const said = `${TIMES * count} cases${count === FEW ? ', few for its slow arithmetic' : ''}`;
  const attributes = { type: PSA_KEY_TYPE_ECC_KEY_PAIR(family), bits };
  const publicType = PSA_KEY_TYPE_ECC_PUBLIC_KEY(family);
  const node = generateKeyPairSync('ec', { namedCurve: name });
  const form = bytesOf(node.publicKey.export({ format: 'der', type: 'spki' }));
  const point = form.slice(-(1 + 2 * coordinate));

  it(`ECDSA, ${said}`, async () => {
    const alg = PSA_ALG_ECDSA(PSA_ALG_ANY_HASH);
    const usage = PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_EXPORT;
    const theirs = await must(psa.importKey({ ...attributes, alg, usage }, scalarOf(node.privateKey)));
    expect(hex((await must(psa.exportPublicKey(theirs.key))).data)).toBe(hex(point));
    const single = await must(psa.importKey({ type: publicType, bits, alg, usage }, point));
    const ours = await must(psa.generateKey({ ...attributes, alg, usage }));
    const ourPoint = (await must(psa.exportPublicKey(ours.key))).data;
    const dsaEncoding = 'ieee-p1363';
    await cases(`ECDSA ${name}`, count, async (random, i) => {
      const [hashName, hash] = random.pick(PLAIN_HASHES);
      const specific = PSA_ALG_ECDSA(hash);
      const message = random.bytes(random.length());
      const [key, publicKey] =
        i % 2 === 0 ? [theirs.key, node.publicKey] : [ours.key, publicKeyOf(form, ourPoint)];
      const { signature } = await must(psa.signMessage(key, specific, message));
      expect(verify(hashName, message, { key: publicKey, dsaEncoding }, signature)).toBe(true);
      const signed = bytesOf(sign(hashName, message, { key: node.privateKey, dsaEncoding }));
      expect(await named(psa.verifyMessage(single.key, specific, message, signed))).toBe('SUCCESS');
      const at = random.below(signed.length);
      signed[at] = (signed[at] ?? 0) ^ (1 << random.below(8));
      expect(await named(psa.verifyMessage(single.key, specific, message, signed))).toBe('INVALID_SIGNATURE');
    });
  });

  it(`ECDH, ${said}`, async () => {
    const usage = PSA_KEY_USAGE_DERIVE;
    const { key } = await must(psa.generateKey({ ...attributes, alg: PSA_ALG_ECDH, usage }));
    const own = (await must(psa.exportPublicKey(key))).data;
    const peer = createECDH(name);
    await cases(`ECDH ${name}`, count, async () => {
      const theirs = bytesOf(peer.generateKeys());
      const { output } = await must(psa.rawKeyAgreement(PSA_ALG_ECDH, key, theirs));
      expect(hex(output)).toBe(hex(peer.computeSecret(own)));
      expect(output.length).toBe(coordinate);
    });
  });
});
