/** RSA against OpenSSL in both directions, with keys made there and keys made here. */

import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  privateEncrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_RSA_OAEP,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
  PSA_ALG_RSA_PSS,
  PSA_ALG_RSA_PSS_ANY_SALT,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_RSA_PUBLIC_KEY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../psa-api/constants.ts';
import { bytesOf, hex, NOTHING } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { cases, type Generator, SEED } from '../support/generator.ts';
import { PLAIN_HASHES } from '../support/hashes.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;
const { RSA_NO_PADDING, RSA_PKCS1_OAEP_PADDING, RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING } = constants;

interface Pair {
  readonly bits: number;
  /** As psa_import_key takes it. */
  readonly der: Uint8Array;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const der = (key: KeyObject): Uint8Array => bytesOf(key.export({ type: 'pkcs1', format: 'der' }));

const fromOpenssl = (bits: number, publicExponent = 65537): Pair => {
  const pair = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent });
  return { bits, der: der(pair.privateKey), ...pair };
};

const fromDevice = async (bits: number): Promise<Pair> => {
  const { key } = await must(
    psa.generateKey({ type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits, usage: PSA_KEY_USAGE_EXPORT }),
  );
  const { data } = await must(psa.exportKey(key));
  const exported = await must(psa.exportPublicKey(key));
  const privateKey = createPrivateKey({ key: Buffer.from(data), format: 'der', type: 'pkcs1' });
  const publicKey = createPublicKey({ key: Buffer.from(exported.data), format: 'der', type: 'pkcs1' });
  // OpenSSL works the public part out by itself, and writes the same bytes.
  expect(hex(der(createPublicKey(privateKey)))).toBe(hex(exported.data));
  expect(hex(der(privateKey))).toBe(hex(data));
  return { bits, der: data, privateKey, publicKey };
};

/** The small key comes up most, because it is fast. */
const pairs: Pair[] = [];
beforeAll(async () => {
  const [small, middle] = [fromOpenssl(1024), await fromDevice(1024)];
  pairs.push(small, middle, small, middle, fromOpenssl(1024, 3), fromOpenssl(1032), fromOpenssl(1536));
  pairs.push(fromOpenssl(2048), await fromDevice(2048), fromOpenssl(3072));
});

interface Loaded extends Pair {
  readonly key: number;
  /** The public part alone. */
  readonly publicId: number;
}

const USAGE =
  PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;

/** The pairs in the device, permitted for one algorithm. */
const load = async (alg: number): Promise<Loaded[]> => {
  const loaded: Loaded[] = [];
  for (const pair of pairs) {
    const { key } = await must(
      psa.importKey({ type: PSA_KEY_TYPE_RSA_KEY_PAIR, alg, usage: USAGE }, pair.der),
    );
    const publicDer = der(pair.publicKey);
    const { data } = await must(psa.exportPublicKey(key));
    expect(hex(data)).toBe(hex(publicDer));
    const { key: publicId } = await must(
      psa.importKey({ type: PSA_KEY_TYPE_RSA_PUBLIC_KEY, alg, usage: USAGE }, publicDer),
    );
    loaded.push({ ...pair, key, publicId });
  }
  return loaded;
};

const spoilt = (data: Uint8Array, random: Generator): Uint8Array => {
  const wrong = data.slice();
  const at = random.below(wrong.length);
  wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
  return wrong;
};

const lengthOf = (hash: string): number => createHash(hash).digest().length;

describe(`RSA against OpenSSL, seed ${SEED}`, () => {
  it('PKCS#1 v1.5 signatures, byte for byte', async () => {
    const keys = await load(PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH));
    await cases('PKCS#1 v1.5 signatures', CASES, async (random) => {
      const { key, publicId, privateKey } = random.pick(keys);
      const [hashName, hash] = random.pick(PLAIN_HASHES);
      const alg = PSA_ALG_RSA_PKCS1V15_SIGN(hash);
      const message = random.bytes(random.length());
      const expected = sign(hashName, message, privateKey);
      expect(hex((await must(psa.signMessage(key, alg, message))).signature)).toBe(hex(expected));
      const id = random.pick([key, publicId]);
      expect(await named(psa.verifyMessage(id, alg, message, expected))).toBe('SUCCESS');
      const wrong = spoilt(expected, random);
      expect(await named(psa.verifyMessage(id, alg, message, wrong))).toBe('INVALID_SIGNATURE');
    });
  });

  it('PKCS#1 v1.5 signatures of bytes as they are', async () => {
    const alg = PSA_ALG_RSA_PKCS1V15_SIGN_RAW;
    const keys = await load(alg);
    await cases('PKCS#1 v1.5 raw', CASES, async (random) => {
      const { key, publicId, privateKey, bits } = random.pick(keys);
      const data = random.bytes(random.between(1, bits / 8 - 11));
      const expected = privateEncrypt({ key: privateKey, padding: RSA_PKCS1_PADDING }, data);
      expect(hex((await must(psa.signHash(key, alg, data))).signature)).toBe(hex(expected));
      expect(await named(psa.verifyHash(publicId, alg, data, expected))).toBe('SUCCESS');
      expect(await named(psa.verifyHash(publicId, alg, spoilt(data, random), expected))).toBe(
        'INVALID_SIGNATURE',
      );
    });
  });

  it('PSS, the salt as long as the hash or as fits', async () => {
    const keys = await load(PSA_ALG_RSA_PSS(PSA_ALG_ANY_HASH));
    await cases('PSS', CASES, async (random) => {
      const { key, publicId, privateKey, publicKey, bits } = random.pick(keys);
      const [hashName, hash] = random.pick(PLAIN_HASHES);
      const alg = PSA_ALG_RSA_PSS(hash);
      const saltLength = Math.min(lengthOf(hashName), Math.ceil((bits - 1) / 8) - lengthOf(hashName) - 2);
      const options = { padding: RSA_PKCS1_PSS_PADDING, saltLength };
      const message = random.bytes(random.length());
      const { signature } = await must(psa.signMessage(key, alg, message));
      expect(verify(hashName, message, { key: publicKey, ...options }, signature)).toBe(true);
      const theirs = sign(hashName, message, { key: privateKey, ...options });
      const id = random.pick([key, publicId]);
      expect(await named(psa.verifyMessage(id, alg, message, theirs))).toBe('SUCCESS');
      const wrong = spoilt(theirs, random);
      expect(await named(psa.verifyMessage(id, alg, message, wrong))).toBe('INVALID_SIGNATURE');
    });
  });

  it('PSS with a salt of any length', async () => {
    const keys = await load(PSA_ALG_RSA_PSS_ANY_SALT(PSA_ALG_ANY_HASH));
    await cases('PSS any salt', CASES, async (random) => {
      const { publicId, privateKey, bits } = random.pick(keys);
      const [hashName, hash] = random.pick(PLAIN_HASHES);
      const most = Math.ceil((bits - 1) / 8) - lengthOf(hashName) - 2;
      const saltLength = random.pick([0, most, random.between(0, most)]);
      const message = random.bytes(random.length());
      const theirs = sign(hashName, message, { key: privateKey, padding: RSA_PKCS1_PSS_PADDING, saltLength });
      const alg = PSA_ALG_RSA_PSS_ANY_SALT(hash);
      expect(await named(psa.verifyMessage(publicId, alg, message, theirs))).toBe('SUCCESS');
      const wrong = spoilt(theirs, random);
      expect(await named(psa.verifyMessage(publicId, alg, message, wrong))).toBe('INVALID_SIGNATURE');
    });
  });

  it('OAEP', async () => {
    // The permitted algorithm names one hash, so every hash has keys of its own.
    const loads = new Map<number, Loaded[]>();
    for (const [, hash] of PLAIN_HASHES) loads.set(hash, await load(PSA_ALG_RSA_OAEP(hash)));
    await cases('OAEP', CASES, async (random) => {
      const [oaepHash, hash] = random.pick(PLAIN_HASHES);
      const most = ({ bits }: Pair) => bits / 8 - 2 * lengthOf(oaepHash) - 2;
      const keys = (loads.get(hash) ?? []).filter((pair) => most(pair) >= 0);
      const pair = random.pick(keys);
      const alg = PSA_ALG_RSA_OAEP(hash);
      const message = random.bytes(random.pick([0, most(pair), random.between(0, most(pair))]));
      const label = random.bytes(random.pick([0, random.length(50)]));
      const options = { padding: RSA_PKCS1_OAEP_PADDING, oaepHash, oaepLabel: label };
      const id = random.pick([pair.key, pair.publicId]);
      const { output } = await must(psa.asymmetricEncrypt(id, alg, message, label));
      expect(hex(privateDecrypt({ key: pair.privateKey, ...options }, output))).toBe(hex(message));
      const theirs = publicEncrypt({ key: pair.publicKey, ...options }, message);
      const opened = await must(psa.asymmetricDecrypt(pair.key, alg, theirs, label));
      expect(hex(opened.output)).toBe(hex(message));
      const wrong = spoilt(theirs, random);
      expect(await named(psa.asymmetricDecrypt(pair.key, alg, wrong, label))).toBe('INVALID_PADDING');
    });
  });

  it('PKCS#1 v1.5 encryption', async () => {
    const alg = PSA_ALG_RSA_PKCS1V15_CRYPT;
    const keys = await load(alg);
    await cases('PKCS#1 v1.5 encryption', CASES, async (random) => {
      const { key, publicId, privateKey, publicKey, bits } = random.pick(keys);
      const most = bits / 8 - 11;
      const message = random.bytes(random.pick([0, most, random.between(0, most)]));
      const { output } = await must(
        psa.asymmetricEncrypt(random.pick([key, publicId]), alg, message, NOTHING),
      );
      // OpenSSL in Node refuses this padding when it decrypts, so it is taken off here: RFC 8017 7.2.1.
      const encoded = privateDecrypt({ key: privateKey, padding: RSA_NO_PADDING }, output);
      const end = encoded.indexOf(0, 2);
      expect(hex(encoded.subarray(0, 2))).toBe('0002');
      expect(end).toBe(bits / 8 - message.length - 1);
      expect(hex(encoded.subarray(end + 1))).toBe(hex(message));
      const theirs = publicEncrypt({ key: publicKey, padding: RSA_PKCS1_PADDING }, message);
      const opened = await must(psa.asymmetricDecrypt(key, alg, theirs, NOTHING));
      expect(hex(opened.output)).toBe(hex(message));
    });
  });
});
