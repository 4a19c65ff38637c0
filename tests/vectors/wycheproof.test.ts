/** Wycheproof through the PSA Crypto API: every case has the outcome that it asks for, or a reason why not. */

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import {
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM,
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_CMAC,
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_RSA_OAEP,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PSS,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_256,
  PSA_ALG_TRUNCATED_MAC,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_RSA_PUBLIC_KEY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { bytesOf, hex, join, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { environment } from '../support/environment.ts';
import { must, shortName } from '../support/status.ts';
import {
  Account,
  accepted,
  type Case,
  FOLDER,
  type Group,
  isPresent,
  load,
  names,
  problem,
  refused,
  type Verdict,
} from './wycheproof-file.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CRYPT = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
const SIGN_AND_VERIFY = PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;

/** Imports a key for as long as `use` runs. A key that is refused gives the status instead. */
const withKey = async (
  attributes: Partial<KeyAttributes>,
  data: Uint8Array,
  use: (key: number) => Promise<Verdict>,
  ...refusals: readonly string[]
): Promise<Verdict> => {
  const { status, key } = await psa.importKey(attributes, data);
  if (status !== 0) return refused(shortName(status), ...refusals);
  try {
    return await use(key);
  } finally {
    await must(psa.destroyKey(key));
  }
};

/** The outcome of a call whose output is known. */
const compared = (
  status: number,
  got: Uint8Array,
  wanted: string,
  ...refusals: readonly string[]
): Verdict => {
  if (status !== 0) return refused(shortName(status), ...refusals);
  return hex(got) === wanted ? accepted : problem(`gave ${hex(got)}, expected ${wanted}`);
};

interface AeadCase extends Case {
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}

/** Encryption in parts: lengths, nonce, data in two pieces. */
const sealInParts = async (key: number, alg: number, test: AeadCase): Promise<string> => {
  const [nonce, ad, text] = [unhex(test.iv), unhex(test.aad), unhex(test.msg)];
  const operation = { family: 'aead' as const, handle: 0 };
  await must(psa.aeadEncryptSetup(operation, key, alg));
  await must(psa.aeadSetLengths(operation, ad.length, text.length));
  await must(psa.aeadSetNonce(operation, nonce));
  await must(psa.aeadUpdateAd(operation, ad));
  const half = text.length >> 1;
  const first = await must(psa.aeadUpdate(operation, text.subarray(0, half)));
  const second = await must(psa.aeadUpdate(operation, text.subarray(half)));
  const { ciphertext, tag } = await must(psa.aeadFinish(operation));
  return hex(join(first.output, second.output, ciphertext, tag));
};

const aead =
  (base: number, type = PSA_KEY_TYPE_AES) =>
  async (test: AeadCase, group: Group<AeadCase> & { readonly tagSize: number }) => {
    const alg = PSA_ALG_AEAD_WITH_SHORTENED_TAG(base, group.tagSize / 8);
    const [nonce, ad, text] = [unhex(test.iv), unhex(test.aad), unhex(test.msg)];
    return withKey({ type, usage: CRYPT, alg }, unhex(test.key), async (key) => {
      const sealed = test.ct + test.tag;
      const opened = await psa.aeadDecrypt(key, alg, nonce, ad, unhex(sealed));
      const tampered = test.flags.includes('ModifiedTag');
      // 10.5.1: 8 bytes are a nonce of the original ChaCha20-Poly1305, which is not supported; its tag is not there.
      const original = base === PSA_ALG_CHACHA20_POLY1305 && nonce.length === 8;
      const refusal = original ? 'NOT_SUPPORTED' : 'INVALID_ARGUMENT';
      const kind = tampered ? 'INVALID_SIGNATURE' : 'INVALID_ARGUMENT';
      if (opened.status !== 0) {
        const encrypted = await psa.aeadEncrypt(key, alg, nonce, ad, text);
        const wanted = tampered ? 'SUCCESS' : refusal;
        if (shortName(encrypted.status) !== wanted)
          return problem(`encryption answered ${shortName(encrypted.status)}, expected ${wanted}`);
      } else {
        const encrypted = await must(psa.aeadEncrypt(key, alg, nonce, ad, text));
        if (hex(encrypted.ciphertext) !== sealed) return problem(`encrypted to ${hex(encrypted.ciphertext)}`);
        const parts = await sealInParts(key, alg, test);
        if (parts !== sealed) return problem(`encrypted in parts to ${parts}`);
      }
      return compared(opened.status, opened.plaintext, test.msg, kind);
    });
  };

interface CipherCase extends Case {
  readonly key: string;
  readonly iv: string;
  readonly msg: string;
  readonly ct: string;
}

const cbc = (test: CipherCase) =>
  withKey({ type: PSA_KEY_TYPE_AES, usage: CRYPT, alg: PSA_ALG_CBC_PKCS7 }, unhex(test.key), async (key) => {
    const { status, output } = await psa.cipherDecrypt(key, PSA_ALG_CBC_PKCS7, unhex(test.iv + test.ct));
    // 10.4.2: a total size that the algorithm does not have is INVALID_ARGUMENT, bad padding INVALID_PADDING.
    const whole = test.ct.length > 0 && test.ct.length % 32 === 0;
    if (status !== 0) return refused(shortName(status), whole ? 'INVALID_PADDING' : 'INVALID_ARGUMENT');
    const operation = { family: 'cipher' as const, handle: 0 };
    await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_PKCS7));
    await must(psa.cipherSetIv(operation, unhex(test.iv)));
    const body = await must(psa.cipherUpdate(operation, unhex(test.msg)));
    const rest = await must(psa.cipherFinish(operation));
    const encrypted = hex(join(body.output, rest.output));
    return encrypted === test.ct ? compared(status, output, test.msg) : problem(`encrypted to ${encrypted}`);
  });

interface MacCase extends Case {
  readonly key: string;
  readonly msg: string;
  readonly tag: string;
}

const mac =
  (type: number, base: number) => (test: MacCase, group: Group<MacCase> & { readonly tagSize: number }) => {
    const alg = PSA_ALG_TRUNCATED_MAC(base, group.tagSize / 8);
    const use = async (key: number) => {
      const { status } = await psa.macVerify(key, alg, unhex(test.msg), unhex(test.tag));
      const computed = await must(psa.macCompute(key, alg, unhex(test.msg)));
      const same = hex(computed.mac) === test.tag;
      if (same !== (status === 0))
        return problem(`computed ${hex(computed.mac)}, verified ${shortName(status)}`);
      return status === 0 ? accepted : refused(shortName(status), 'INVALID_SIGNATURE');
    };
    return withKey({ type, usage: SIGN_AND_VERIFY, alg }, unhex(test.key), use, 'INVALID_ARGUMENT');
  };

interface HkdfCase extends Case {
  readonly ikm: string;
  readonly salt: string;
  readonly info: string;
  readonly size: number;
  readonly okm: string;
}

const hkdf = (test: HkdfCase) => {
  const alg = PSA_ALG_HKDF(PSA_ALG_SHA_256);
  const attributes = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_DERIVE, alg };
  return withKey(attributes, unhex(test.ikm), async (key) => {
    const operation = { family: 'key_derivation' as const, handle: 0 };
    await must(psa.keyDerivationSetup(operation, alg));
    await must(psa.keyDerivationInputBytes(operation, PSA_KEY_DERIVATION_INPUT_SALT, unhex(test.salt)));
    await must(psa.keyDerivationInputKey(operation, PSA_KEY_DERIVATION_INPUT_SECRET, key));
    await must(psa.keyDerivationInputBytes(operation, PSA_KEY_DERIVATION_INPUT_INFO, unhex(test.info)));
    const { status, output } = await psa.keyDerivationOutputBytes(operation, test.size);
    await must(psa.keyDerivationAbort(operation));
    return compared(status, output, test.okm, 'INSUFFICIENT_DATA');
  });
};

interface PbkdfCase extends Case {
  readonly password: string;
  readonly salt: string;
  readonly iterationCount: number;
  readonly dkLen: number;
  readonly dk: string;
}

const pbkdf2 = async (test: PbkdfCase): Promise<Verdict> => {
  const operation = { family: 'key_derivation' as const, handle: 0 };
  await must(psa.keyDerivationSetup(operation, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256)));
  await must(
    psa.keyDerivationInputInteger(operation, PSA_KEY_DERIVATION_INPUT_COST, BigInt(test.iterationCount)),
  );
  await must(psa.keyDerivationInputBytes(operation, PSA_KEY_DERIVATION_INPUT_SALT, unhex(test.salt)));
  // As bytes: a password may be empty, and a key may not.
  await must(psa.keyDerivationInputBytes(operation, PSA_KEY_DERIVATION_INPUT_PASSWORD, unhex(test.password)));
  const { status, output } = await psa.keyDerivationOutputBytes(operation, test.dkLen);
  await must(psa.keyDerivationAbort(operation));
  return compared(status, output, test.dk);
};

interface SignatureCase extends Case {
  readonly msg: string;
  readonly sig: string;
}

/** Verification of the message, and of its hash: both have to say the same. */
const verified = (
  attributes: Partial<KeyAttributes> & { readonly alg: number },
  key: Uint8Array,
  test: SignatureCase,
) => {
  const usage = PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_VERIFY_HASH;
  return withKey({ ...attributes, usage }, key, async (id) => {
    const [message, signature] = [unhex(test.msg), unhex(test.sig)];
    const { status } = await psa.verifyMessage(id, attributes.alg, message, signature);
    const { hash } = await must(psa.hashCompute(PSA_ALG_SHA_256, message));
    const ofHash = await psa.verifyHash(id, attributes.alg, hash, signature);
    if (ofHash.status !== status)
      return problem(`message ${shortName(status)}, hash ${shortName(ofHash.status)}`);
    return status === 0 ? accepted : refused(shortName(status), 'INVALID_SIGNATURE');
  });
};

const P256 = PSA_ECC_FAMILY_SECP_R1;

const ecdsa = (
  test: SignatureCase,
  group: Group<SignatureCase> & { readonly publicKey: { readonly uncompressed: string } },
) =>
  verified(
    { type: PSA_KEY_TYPE_ECC_PUBLIC_KEY(P256), alg: PSA_ALG_ECDSA(PSA_ALG_SHA_256) },
    unhex(group.publicKey.uncompressed),
    test,
  );

type PublicKeyGroup = Group<SignatureCase> & { readonly publicKeyPem: string };

const rsaPublicKey = ({ publicKeyPem }: PublicKeyGroup): Uint8Array =>
  bytesOf(createPublicKey(publicKeyPem).export({ type: 'pkcs1', format: 'der' }));

const rsaVerify = (alg: number) => (test: SignatureCase, group: PublicKeyGroup) =>
  verified({ type: PSA_KEY_TYPE_RSA_PUBLIC_KEY, alg }, rsaPublicKey(group), test);

interface EcdhCase extends Case {
  readonly public: string;
  readonly private: string;
  readonly shared: string;
}

const ecdh = (test: EcdhCase) => {
  const attributes = {
    type: PSA_KEY_TYPE_ECC_KEY_PAIR(P256),
    usage: PSA_KEY_USAGE_DERIVE,
    alg: PSA_ALG_ECDH,
  };
  // Integers in the file, scalars of 32 bytes in the API.
  const scalar = unhex(BigInt(`0x${test.private}`).toString(16).padStart(64, '0'));
  return withKey(attributes, scalar, async (key) => {
    const { status, output } = await psa.rawKeyAgreement(PSA_ALG_ECDH, key, unhex(test.public));
    return compared(status, output, test.shared, 'INVALID_ARGUMENT');
  });
};

const X25519_TYPE = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY);

const x25519 = (test: EcdhCase) => {
  const scalar = unhex(test.private);
  // RFC 7748 5 sets these bits before every use; a key has to come with them set.
  scalar[0] = (scalar[0] ?? 0) & 0xf8;
  scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
  return withKey(
    { type: X25519_TYPE, usage: PSA_KEY_USAGE_DERIVE, alg: PSA_ALG_ECDH },
    scalar,
    async (key) => {
      const { status, output } = await psa.rawKeyAgreement(PSA_ALG_ECDH, key, unhex(test.public));
      return compared(status, output, test.shared, 'INVALID_ARGUMENT');
    },
  );
};

const ed25519 = (
  test: SignatureCase,
  group: Group<SignatureCase> & { readonly publicKey: { readonly pk: string } },
) => {
  const alg = PSA_ALG_PURE_EDDSA;
  const type = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS);
  return withKey(
    { type, usage: PSA_KEY_USAGE_VERIFY_MESSAGE, alg },
    unhex(group.publicKey.pk),
    async (key) => {
      const { status } = await psa.verifyMessage(key, alg, unhex(test.msg), unhex(test.sig));
      return status === 0 ? accepted : refused(shortName(status), 'INVALID_SIGNATURE');
    },
  );
};

interface DecryptCase extends Case {
  readonly msg: string;
  readonly ct: string;
  readonly label?: string;
}

type PrivateKeyGroup = Group<DecryptCase> & { readonly privateKeyPkcs8: string };

const rsaPrivateKey = ({ privateKeyPkcs8 }: PrivateKeyGroup): Uint8Array => {
  const key = createPrivateKey({ key: Buffer.from(privateKeyPkcs8, 'hex'), format: 'der', type: 'pkcs8' });
  return bytesOf(key.export({ type: 'pkcs1', format: 'der' }));
};

const rsaDecrypt = (alg: number) => (test: DecryptCase, group: PrivateKeyGroup) => {
  const attributes = { type: PSA_KEY_TYPE_RSA_KEY_PAIR, usage: CRYPT, alg };
  return withKey(attributes, rsaPrivateKey(group), async (key) => {
    const label = unhex(test.label ?? '');
    const ciphertext = unhex(test.ct);
    const { status, output } = await psa.asymmetricDecrypt(key, alg, ciphertext, label);
    const kind = ciphertext.length === 256 ? 'INVALID_PADDING' : 'INVALID_ARGUMENT';
    return compared(status, output, test.msg, kind);
  });
};

type Runner<C extends Case, G extends Group<C>> = (test: C, group: G) => Promise<Verdict>;

const run = async <C extends Case, G extends Group<C>>(name: string, runner: Runner<C, G>): Promise<void> => {
  const { numberOfTests, testGroups } = load<C, G>(name);
  const account = new Account();
  for (const group of testGroups)
    for (const test of group.tests) account.enter(test, await runner(test, group));
  console.log(account.summary(name));
  expect(account.problems).toEqual([]);
  expect(account.total).toBe(numberOfTests);
};

const HMAC_KEY = PSA_KEY_TYPE_HMAC;
const AES_KEY = PSA_KEY_TYPE_AES;

const FILES: readonly (readonly [name: string, run: (name: string) => Promise<void>])[] = [
  ['aes_gcm', (name) => run(name, aead(PSA_ALG_GCM))],
  ['aes_ccm', (name) => run(name, aead(PSA_ALG_CCM))],
  ['aes_cbc_pkcs5', (name) => run(name, cbc)],
  ['aes_cmac', (name) => run(name, mac(AES_KEY, PSA_ALG_CMAC))],
  ['hmac_sha1', (name) => run(name, mac(HMAC_KEY, PSA_ALG_HMAC(PSA_ALG_SHA_1)))],
  ['hmac_sha256', (name) => run(name, mac(HMAC_KEY, PSA_ALG_HMAC(PSA_ALG_SHA_256)))],
  ['hkdf_sha256', (name) => run(name, hkdf)],
  ['pbkdf2_hmacsha256', (name) => run(name, pbkdf2)],
  ['ecdsa_secp256r1_sha256_p1363', (name) => run(name, ecdsa)],
  ['ecdh_secp256r1_ecpoint', (name) => run(name, ecdh)],
  ['rsa_pkcs1_2048', (name) => run(name, rsaDecrypt(PSA_ALG_RSA_PKCS1V15_CRYPT))],
  ['rsa_oaep_2048_sha256_mgf1sha256', (name) => run(name, rsaDecrypt(PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256)))],
  ['rsa_pss_2048_sha256_mgf1_32', (name) => run(name, rsaVerify(PSA_ALG_RSA_PSS(PSA_ALG_SHA_256)))],
  ['rsa_signature_2048_sha256', (name) => run(name, rsaVerify(PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256)))],
];

const { algorithms, keyTypes } = device.capabilities();
const supported = (name: string): boolean =>
  algorithms.includes(name) || keyTypes.some((type) => type.name.includes(name));

/** Files whose algorithm a device may have or not. */
const OPTIONAL: readonly (readonly [name: string, run: (name: string) => Promise<void>, needs: string])[] = [
  [
    'chacha20_poly1305',
    (name) => run(name, aead(PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20)),
    'PSA_ALG_CHACHA20_POLY1305',
  ],
  ['ed25519', (name) => run(name, ed25519), 'PSA_ALG_PURE_EDDSA'],
  ['x25519', (name) => run(name, x25519), 'PSA_ECC_FAMILY_MONTGOMERY'],
];

/** In wycheproof-key-wrap.test.ts. */
const OUTSIDE = ['aes_kwp', 'aes_wrap'];

if (!isPresent) console.log(`no Wycheproof vectors: ${FOLDER} does not exist`);

describe('Wycheproof', () => {
  it.runIf(environment.CI !== undefined)('is there in CI', () => expect(isPresent).toBe(true));

  it.runIf(isPresent)('has no file that is passed over in silence', () => {
    const known = [...FILES, ...OPTIONAL].map(([name]) => name);
    expect(names()).toEqual([...known, ...OUTSIDE].sort());
    const missing = OPTIONAL.flatMap(([name, , needs]) => (supported(needs) ? [] : [name]));
    console.log(`not supported: ${missing.length === 0 ? 'none' : missing.join(', ')}`);
  });

  it.runIf(isPresent).each(FILES)('%s', (name, runFile) => runFile(name));

  for (const [name, runFile, needs] of OPTIONAL)
    it.runIf(isPresent && supported(needs))(name, () => runFile(name));
});
