/**
 * @peculiar/x509, which is written for crypto.subtle, with a device in its place: certificates that keys of the device
 * sign, the DUA user key among them, and openssl as the judge.
 */
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  X509Certificate,
  X509CertificateGenerator,
  X509ChainBuilder,
} from '@peculiar/x509';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { withoutLocalCrypto } from '../../../demo/local-crypto.ts';
import { PSA_KEY_ID_ST_DUA_USER } from '../../../psa-api/constants.ts';
import { openStage, type Stage } from './stage.ts';

type Pair = webcrypto.CryptoKeyPair;
type Signing = { readonly name: string; readonly hash: string };

const ECDSA = { name: 'ECDSA', hash: 'SHA-256' };
const VALID = { notBefore: new Date('2026-01-01'), notAfter: new Date('2046-01-01') };

let stage: Stage;
/** What the library would use without us. */
const former = cryptoProvider.get();

beforeAll(async () => {
  stage = await openStage();
  cryptoProvider.set(stage.crypto);
});

beforeEach(() => {
  stage.calls.length = 0;
});

afterAll(async () => {
  cryptoProvider.set(former);
  await stage?.close();
});

const duaPair = async (): Promise<Pair> => {
  const { crypto } = stage;
  const privateKey = await crypto.keyFromId(PSA_KEY_ID_ST_DUA_USER, 'ECDSA', ['sign']);
  return { privateKey, publicKey: await crypto.subtle.getPublicKey(privateKey, ['verify']) };
};

const AUTHORITIES: readonly (readonly [
  string,
  webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams,
  Signing,
])[] = [
  ['P-256', { name: 'ECDSA', namedCurve: 'P-256' }, ECDSA],
  ['P-384', { name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' }],
  ['P-521', { name: 'ECDSA', namedCurve: 'P-521' }, { name: 'ECDSA', hash: 'SHA-512' }],
  [
    'RSA',
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ],
];

test.each(AUTHORITIES)(
  'a chain with a %s authority, and the DUA user key at its end',
  async (_, algorithm, signing) => {
    const { subtle } = stage.crypto;
    const { authority, root, leaf, request } = await withoutLocalCrypto(async () => {
      const authority = await subtle.generateKey(algorithm, false, ['sign', 'verify']);
      const root = await X509CertificateGenerator.createSelfSigned({
        ...VALID,
        name: 'CN=Authority in a device',
        keys: authority,
        signingAlgorithm: signing,
        extensions: [
          new BasicConstraintsExtension(true, 1, true),
          new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
        ],
      });
      const request = await Pkcs10CertificateRequestGenerator.create({
        name: 'CN=Device',
        keys: await duaPair(),
        signingAlgorithm: ECDSA,
      });
      expect(await request.verify()).toBe(true);
      const leaf = await X509CertificateGenerator.create({
        ...VALID,
        subject: request.subject,
        issuer: root.subject,
        publicKey: request.publicKey,
        signingKey: authority.privateKey,
        signingAlgorithm: signing,
        extensions: [new BasicConstraintsExtension(false)],
      });
      expect(await root.verify()).toBe(true);
      expect(await leaf.verify({ publicKey: root, signatureOnly: true })).toBe(true);
      const chain = await new X509ChainBuilder({ certificates: [root] }).build(leaf);
      expect(chain.map(({ subject }) => subject)).toEqual(['CN=Device', 'CN=Authority in a device']);
      return { authority, root, leaf, request };
    });

    const files = {
      root: stage.file('root.pem', root.toString('pem')),
      leaf: stage.file('leaf.pem', leaf.toString('pem')),
      request: stage.file('request.pem', request.toString('pem')),
    };
    expect(await stage.openssl('verify', '-check_ss_sig', '-CAfile', files.root, files.leaf)).toContain(
      'leaf.pem: OK',
    );
    expect(await stage.openssl('req', '-verify', '-noout', '-in', files.request)).toContain('verify OK');
    // The key in the certificate is the one that the chip has from its maker.
    const key = (certificate: string) => stage.openssl('x509', '-noout', '-pubkey', '-in', certificate);
    const own = new X509Certificate(stage.identity.certificate);
    expect(await key(files.leaf)).toBe(await key(stage.file('own.pem', own.toString('pem'))));
    // Of keys only the authority's is left: every public key came in and went.
    await stage.crypto.destroyKey(authority.privateKey);
    expect(await stage.emulator.keys()).toBe(0);
    expect(stage.calls).toContain('psa_sign_message');
    expect(stage.calls).toContain('psa_verify_message');
  },
);

test('the certificate of the chip, and certificates of openssl', async () => {
  const own = new X509Certificate(stage.identity.certificate);
  const authority = new X509Certificate(stage.identity.ca);
  expect(await own.verify({ publicKey: authority, signatureOnly: true })).toBe(true);
  expect(await own.verify({ publicKey: own, signatureOnly: true })).toBe(false);
  for (const [name, key] of [
    ['rsa', ['-newkey', 'rsa:2048', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32']],
    ['ec', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
  ] as const) {
    const [keyFile, certFile] = [stage.file(`${name}.key`), stage.file(`${name}.pem`)];
    await stage.openssl(
      'req',
      '-x509',
      ...key,
      '-sha256',
      '-nodes',
      '-subj',
      '/CN=x',
      '-keyout',
      keyFile,
      '-out',
      certFile,
    );
    const certificate = new X509Certificate(Buffer.from(stage.read(`${name}.pem`)).toString());
    expect(await certificate.verify({ signatureOnly: true })).toBe(true);
  }
});

test('a request that was changed is not accepted', async () => {
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: 'CN=Device',
    keys: await duaPair(),
    signingAlgorithm: ECDSA,
  });
  const der = new Uint8Array(request.rawData);
  const at = Buffer.from(der).indexOf('Device');
  der[at] = 'N'.charCodeAt(0);
  expect(await new Pkcs10CertificateRequest(der).verify()).toBe(false);
  const pem = new Pkcs10CertificateRequest(der).toString('pem');
  // openssl's exit code is 0 all the same.
  const answer = await stage.openssl('req', '-verify', '-noout', '-in', stage.file('changed.pem', pem));
  expect(answer).toContain('verify failure');
});
