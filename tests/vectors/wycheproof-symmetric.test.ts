/** Wycheproof's ciphers, MACs and key derivations through the PSA Crypto API. */

import { afterAll } from 'vitest';
import {
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM,
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_CMAC,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_256,
  PSA_ALG_TRUNCATED_MAC,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { hex, join, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must, shortName } from '../support/status.ts';
import {
  accepted,
  type Case,
  compared,
  type Group,
  problem,
  refused,
  run,
  runSuite,
  type Verdict,
  withKey,
} from './wycheproof-file.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CRYPT = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
const SIGN_AND_VERIFY = PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;

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
    return withKey(psa, { type, usage: CRYPT, alg }, unhex(test.key), async (key) => {
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
  withKey(
    psa,
    { type: PSA_KEY_TYPE_AES, usage: CRYPT, alg: PSA_ALG_CBC_PKCS7 },
    unhex(test.key),
    async (key) => {
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
      return encrypted === test.ct
        ? compared(status, output, test.msg)
        : problem(`encrypted to ${encrypted}`);
    },
  );

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
    return withKey(psa, { type, usage: SIGN_AND_VERIFY, alg }, unhex(test.key), use, 'INVALID_ARGUMENT');
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
  return withKey(psa, attributes, unhex(test.ikm), async (key) => {
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

runSuite('symmetric', {
  aes_cbc_pkcs5: (name) => run(name, cbc),
  aes_ccm: (name) => run(name, aead(PSA_ALG_CCM)),
  aes_cmac: (name) => run(name, mac(PSA_KEY_TYPE_AES, PSA_ALG_CMAC)),
  aes_gcm: (name) => run(name, aead(PSA_ALG_GCM)),
  chacha20_poly1305: (name) => run(name, aead(PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20)),
  hkdf_sha256: (name) => run(name, hkdf),
  hmac_sha1: (name) => run(name, mac(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA_1))),
  hmac_sha256: (name) => run(name, mac(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA_256))),
  pbkdf2_hmacsha256: (name) => run(name, pbkdf2),
});
