/** GCM and CCM against OpenSSL: nonces, tags and additional data of every length, whole and in parts. */

import { type CipherCCMTypes, type CipherGCMTypes, createCipheriv } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_CCM,
  PSA_ALG_GCM,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { aeadOperationInit } from '../../psa-api/generated/psa.ts';
import { bytesOf, hex, join } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { cases, type Generator, SEED } from '../support/generator.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;
const BITS = [128, 192, 256] as const;

interface Sample {
  readonly alg: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly ad: Uint8Array;
  readonly text: Uint8Array;
  readonly tagLength: number;
  /** Ciphertext and tag. */
  readonly sealed: Uint8Array;
}

const draw = (random: Generator, bits: number) => ({
  key: random.bytes(bits / 8),
  ad: random.bytes(random.length(random.below(20) === 0 ? 70_000 : 200)),
  text: random.bytes(random.length(500)),
});

const gcm = (random: Generator, bits: (typeof BITS)[number]): Sample => {
  const drawn = draw(random, bits);
  const nonce = random.bytes(
    random.pick([() => 12, () => random.between(1, 64), () => 16 * random.between(1, 8)])(),
  );
  const tagLength = random.pick([4, 8, 12, 13, 14, 15, 16]);
  const name: CipherGCMTypes = `aes-${bits}-gcm`;
  const cipher = createCipheriv(name, drawn.key, nonce, { authTagLength: tagLength });
  cipher.setAAD(drawn.ad);
  const body = Buffer.concat([cipher.update(drawn.text), cipher.final()]);
  const sealed = bytesOf(Buffer.concat([body, cipher.getAuthTag()]));
  return { ...drawn, nonce, tagLength, sealed, alg: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, tagLength) };
};

const ccm = (random: Generator, bits: (typeof BITS)[number]): Sample => {
  const drawn = draw(random, bits);
  const nonce = random.bytes(random.between(7, 13));
  const tagLength = 2 * random.between(2, 8);
  const name: CipherCCMTypes = `aes-${bits}-ccm`;
  const cipher = createCipheriv(name, drawn.key, nonce, { authTagLength: tagLength });
  cipher.setAAD(drawn.ad, { plaintextLength: drawn.text.length });
  const body = Buffer.concat([cipher.update(drawn.text), cipher.final()]);
  const sealed = bytesOf(Buffer.concat([body, cipher.getAuthTag()]));
  return { ...drawn, nonce, tagLength, sealed, alg: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, tagLength) };
};

/** Lengths are announced now and then for GCM, and always for CCM. */
const inParts = async (
  direction: 'encrypt' | 'decrypt',
  key: number,
  { alg, nonce, ad, text, tagLength, sealed }: Sample,
  random: Generator,
  announced: boolean,
): Promise<Uint8Array> => {
  const operation = aeadOperationInit();
  const input = direction === 'encrypt' ? text : sealed.subarray(0, text.length);
  if (direction === 'encrypt') await must(psa.aeadEncryptSetup(operation, key, alg));
  else await must(psa.aeadDecryptSetup(operation, key, alg));
  if (announced) await must(psa.aeadSetLengths(operation, ad.length, text.length));
  await must(psa.aeadSetNonce(operation, nonce));
  for (const part of random.split(ad)) await must(psa.aeadUpdateAd(operation, part));
  const outputs: Uint8Array[] = [];
  for (const part of random.split(input)) outputs.push((await must(psa.aeadUpdate(operation, part))).output);
  if (direction === 'encrypt') {
    const { ciphertext, tag } = await must(psa.aeadFinish(operation));
    expect(tag.length).toBe(tagLength);
    return join(...outputs, ciphertext, tag);
  }
  const { plaintext } = await must(psa.aeadVerify(operation, sealed.subarray(text.length)));
  return join(...outputs, plaintext);
};

const SUITES = [
  ['GCM', gcm],
  ['CCM', ccm],
] as const;

describe.each(SUITES)(`%s against OpenSSL, seed ${SEED}`, (mode, sample) => {
  it.each(BITS)('AES-%i', (bits) =>
    cases(`${mode} ${bits}`, CASES, async (random) => {
      const drawn = sample(random, bits);
      const { alg, nonce, ad, text, sealed } = drawn;
      const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
      const { key } = await must(psa.importKey({ type: PSA_KEY_TYPE_AES, alg, usage }, drawn.key));
      expect(hex((await must(psa.aeadEncrypt(key, alg, nonce, ad, text))).ciphertext)).toBe(hex(sealed));
      expect(hex((await must(psa.aeadDecrypt(key, alg, nonce, ad, sealed))).plaintext)).toBe(hex(text));

      const announced = mode === 'CCM' || random.below(2) === 0;
      expect(hex(await inParts('encrypt', key, drawn, random, announced))).toBe(hex(sealed));
      expect(hex(await inParts('decrypt', key, drawn, random, announced))).toBe(hex(text));

      const wrong = sealed.slice();
      const at = random.below(wrong.length);
      wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
      expect(await named(psa.aeadDecrypt(key, alg, nonce, ad, wrong))).toBe('INVALID_SIGNATURE');
      await must(psa.destroyKey(key));
    }),
  );
});
