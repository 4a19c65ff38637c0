/** Wycheproof's signatures, key agreements and public-key encryption through the PSA Crypto API. */

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll } from 'vitest';
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_RSA_OAEP,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PSS,
  PSA_ALG_SHA_256,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_RSA_PUBLIC_KEY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { bytesOf, unhex } from '../support/bytes.ts';
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
  withKey,
} from './wycheproof-file.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CRYPT = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;

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
  return withKey(psa, { ...attributes, usage }, key, async (id) => {
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
  return withKey(psa, attributes, scalar, async (key) => {
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
    psa,
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
    psa,
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
  return withKey(psa, attributes, rsaPrivateKey(group), async (key) => {
    const label = unhex(test.label ?? '');
    const ciphertext = unhex(test.ct);
    const { status, output } = await psa.asymmetricDecrypt(key, alg, ciphertext, label);
    const kind = ciphertext.length === 256 ? 'INVALID_PADDING' : 'INVALID_ARGUMENT';
    return compared(status, output, test.msg, kind);
  });
};

runSuite('asymmetric', {
  ecdh_secp256r1_ecpoint: (name) => run(name, ecdh),
  ecdsa_secp256r1_sha256_p1363: (name) => run(name, ecdsa),
  ed25519: (name) => run(name, ed25519),
  rsa_oaep_2048_sha256_mgf1sha256: (name) => run(name, rsaDecrypt(PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256))),
  rsa_pkcs1_2048: (name) => run(name, rsaDecrypt(PSA_ALG_RSA_PKCS1V15_CRYPT)),
  rsa_pss_2048_sha256_mgf1_32: (name) => run(name, rsaVerify(PSA_ALG_RSA_PSS(PSA_ALG_SHA_256))),
  rsa_signature_2048_sha256: (name) => run(name, rsaVerify(PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256))),
  x25519: (name) => run(name, x25519),
});
