/** Key derivation: HKDF and PBKDF2 against OpenSSL, TLS 1.2's against RFC 5246 and RFC 4279 written down here. */

import { createHmac, hkdfSync, pbkdf2Sync } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_HKDF,
  PSA_ALG_HKDF_EXPAND,
  PSA_ALG_HKDF_EXTRACT,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_TLS12_PRF,
  PSA_ALG_TLS12_PSK_TO_MS,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_OTHER_SECRET,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_DERIVATION_INPUT_SEED,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_USAGE_DERIVE,
} from '../../psa-api/constants.ts';
import type { KeyDerivationOperation } from '../../psa-api/generated/psa.ts';
import { bytesOf, hex, join, NOTHING } from '../support/bytes.ts';
import { derivation, type Input } from '../support/derivation.ts';
import { openInProcess } from '../support/device.ts';
import { cases, type Generator, SEED } from '../support/generator.ts';
import { PLAIN_HASHES } from '../support/hashes.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;

/** Reads the expected bytes in random portions, some of them by asking whether they are right. */
const compare = async (operation: KeyDerivationOperation, expected: Uint8Array, random: Generator) => {
  for (let at = 0; at < expected.length; ) {
    const part = expected.subarray(at, at + random.length(Math.min(300, expected.length - at)));
    if (random.below(4) === 0) {
      expect(await named(psa.keyDerivationVerifyBytes(operation, part))).toBe('SUCCESS');
    } else {
      const { output } = await must(psa.keyDerivationOutputBytes(operation, part.length));
      expect(hex(output)).toBe(hex(part));
    }
    at += part.length;
  }
  await must(psa.keyDerivationAbort(operation));
};

/** A secret as a key or as bytes, which makes no difference to what comes out. */
const given = async (random: Generator, alg: number, type: number, data: Uint8Array): Promise<Input[1]> => {
  if (data.length === 0 || random.below(2) === 0) return data;
  const { key } = await must(psa.importKey({ type, alg, usage: PSA_KEY_USAGE_DERIVE }, data));
  return { key };
};

const hkdfExtract = (hash: string, salt: Uint8Array, secret: Uint8Array): Uint8Array =>
  bytesOf(createHmac(hash, salt).update(secret).digest());

describe(`HKDF against OpenSSL, seed ${SEED}`, () => {
  it.each(PLAIN_HASHES)('%s', (name, hash) =>
    cases(`HKDF ${name}`, CASES, async (random) => {
      const [salt, secret, info] = [random.length(200), random.between(1, 200), random.length(200)].map(
        random.bytes,
      ) as [Uint8Array, Uint8Array, Uint8Array];
      const alg = PSA_ALG_HKDF(hash);
      const expected = new Uint8Array(hkdfSync(name, secret, salt, info, random.length(1000)));
      const secretInput: Input = [
        PSA_KEY_DERIVATION_INPUT_SECRET,
        await given(random, alg, PSA_KEY_TYPE_DERIVE, secret),
      ];
      const infoInput: Input = [PSA_KEY_DERIVATION_INPUT_INFO, info];
      const saltInput: Input[] =
        salt.length === 0 && random.below(2) === 0 ? [] : [[PSA_KEY_DERIVATION_INPUT_SALT, salt]];
      const inputs =
        random.below(2) === 0
          ? [...saltInput, secretInput, infoInput]
          : [infoInput, ...saltInput, secretInput];
      await compare(await derivation(psa, alg, ...inputs), expected, random);

      const prk = hkdfExtract(name, salt, secret);
      const extract = await derivation(
        psa,
        PSA_ALG_HKDF_EXTRACT(hash),
        [PSA_KEY_DERIVATION_INPUT_SALT, salt],
        [PSA_KEY_DERIVATION_INPUT_SECRET, secret],
      );
      await compare(extract, prk, random);
      const expand = await derivation(
        psa,
        PSA_ALG_HKDF_EXPAND(hash),
        [PSA_KEY_DERIVATION_INPUT_SECRET, prk],
        [PSA_KEY_DERIVATION_INPUT_INFO, info],
      );
      await compare(expand, expected, random);
    }),
  );
});

describe(`PBKDF2 against OpenSSL, seed ${SEED}`, () => {
  it.each(PLAIN_HASHES)('%s', (name, hash) =>
    cases(`PBKDF2 ${name}`, CASES, async (random) => {
      const [salt, password] = [random.bytes(random.length(100)), random.bytes(random.length(200))];
      const cost = random.between(1, 20);
      const alg = PSA_ALG_PBKDF2_HMAC(hash);
      const operation = await derivation(
        psa,
        alg,
        [PSA_KEY_DERIVATION_INPUT_COST, BigInt(cost)],
        ...random.split(salt).map((part): Input => [PSA_KEY_DERIVATION_INPUT_SALT, part]),
        ...(salt.length === 0 ? [[PSA_KEY_DERIVATION_INPUT_SALT, NOTHING] as const] : []),
        [PSA_KEY_DERIVATION_INPUT_PASSWORD, await given(random, alg, PSA_KEY_TYPE_PASSWORD, password)],
      );
      await compare(
        operation,
        bytesOf(pbkdf2Sync(password, salt, cost, random.between(1, 200), name)),
        random,
      );
    }),
  );
});

/** RFC 5246 5, P_hash. */
const prf = (
  hash: string,
  secret: Uint8Array,
  label: Uint8Array,
  seed: Uint8Array,
  length: number,
): Uint8Array => {
  const labelAndSeed = join(label, seed);
  const hmac = (...parts: Uint8Array[]) =>
    createHmac(hash, secret)
      .update(join(...parts))
      .digest();
  let a = hmac(labelAndSeed);
  let output = Buffer.alloc(0);
  while (output.length < length) {
    output = Buffer.concat([output, hmac(a, labelAndSeed)]);
    a = hmac(a);
  }
  return bytesOf(output.subarray(0, length));
};

/** RFC 4279 2 and 4: two opaque fields with their lengths. */
const premaster = (other: Uint8Array, psk: Uint8Array): Uint8Array => {
  const length = (data: Uint8Array) => Uint8Array.of(data.length >> 8, data.length & 0xff);
  return join(length(other), other, length(psk), psk);
};

describe(`TLS 1.2 key derivation against RFC 5246, seed ${SEED}`, () => {
  const hashes = [
    ['sha256', PSA_ALG_SHA_256],
    ['sha384', PSA_ALG_SHA_384],
  ] as const;

  it.each(hashes)('PRF %s', (name, hash) =>
    cases(`PRF ${name}`, CASES, async (random) => {
      const [seed, secret, label] = [random.length(100), random.between(1, 200), random.length(40)].map(
        random.bytes,
      ) as [Uint8Array, Uint8Array, Uint8Array];
      const alg = PSA_ALG_TLS12_PRF(hash);
      const operation = await derivation(
        psa,
        alg,
        [PSA_KEY_DERIVATION_INPUT_SEED, seed],
        [PSA_KEY_DERIVATION_INPUT_SECRET, await given(random, alg, PSA_KEY_TYPE_DERIVE, secret)],
        [PSA_KEY_DERIVATION_INPUT_LABEL, label],
      );
      await compare(operation, prf(name, secret, label, seed, random.length(600)), random);
    }),
  );

  it.each(hashes)('PSK to MS %s', (name, hash) =>
    cases(`PSK to MS ${name}`, CASES, async (random) => {
      const [seed, psk, label] = [random.bytes(64), random.bytes(random.between(1, 128)), random.bytes(13)];
      const alg = PSA_ALG_TLS12_PSK_TO_MS(hash);
      // Plain PSK has as many zeros as the PSK has bytes in the other secret's place.
      const other = random.below(2) === 0 ? undefined : random.bytes(random.between(0, 100));
      const otherInput: Input[] =
        other === undefined
          ? []
          : [[PSA_KEY_DERIVATION_INPUT_OTHER_SECRET, await given(random, alg, PSA_KEY_TYPE_DERIVE, other)]];
      const operation = await derivation(
        psa,
        alg,
        [PSA_KEY_DERIVATION_INPUT_SEED, seed],
        ...otherInput,
        [PSA_KEY_DERIVATION_INPUT_SECRET, await given(random, alg, PSA_KEY_TYPE_DERIVE, psk)],
        [PSA_KEY_DERIVATION_INPUT_LABEL, label],
      );
      const secret = premaster(other ?? new Uint8Array(psk.length), psk);
      await compare(operation, prf(name, secret, label, seed, random.length(200)), random);
    }),
  );
});
