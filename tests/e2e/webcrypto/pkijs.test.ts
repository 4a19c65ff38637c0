/** PKI.js with its engine on a device: messages in CMS that openssl reads, and those that openssl wrote. */
import { fromBER, OctetString } from 'asn1js';
import {
  Certificate,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  EnvelopedData,
  getEngine,
  IssuerAndSerialNumber,
  SignedData,
  SignerInfo,
  setEngine,
} from 'pkijs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { withoutLocalCrypto } from '../../../demo/local-crypto.ts';
import { PSA_KEY_ID_ST_DUA_USER } from '../../../psa-api/constants.ts';
import { derOf, openStage, pem, type Stage } from './stage.ts';

let stage: Stage;
/** What the library would use without us. */
const former = getEngine();

beforeAll(async () => {
  stage = await openStage();
  setEngine('device', new CryptoEngine({ name: 'device', crypto: stage.crypto }));
});

beforeEach(() => {
  stage.calls.length = 0;
});

afterAll(async () => {
  if (former.crypto !== null) setEngine(former.name, former.crypto);
  await stage?.close();
});

const TEXT = 'signed inside the device\n';

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

const parse = <T>(der: Uint8Array, make: (schema: ReturnType<typeof fromBER>['result']) => T): T =>
  make(fromBER(der.slice().buffer).result);

test('a message signed by the DUA user key, which openssl verifies', async () => {
  const certificate = parse(derOf(stage.identity.certificate), (schema) => new Certificate({ schema }));
  const key = await stage.crypto.keyFromId(PSA_KEY_ID_ST_DUA_USER, 'ECDSA', ['sign']);
  const der = await withoutLocalCrypto(async () => {
    const signed = new SignedData({
      version: 1,
      encapContentInfo: new EncapsulatedContentInfo({
        eContentType: '1.2.840.113549.1.7.1',
        eContent: new OctetString({ valueHex: bytes(TEXT) }),
      }),
      signerInfos: [
        new SignerInfo({
          version: 1,
          sid: new IssuerAndSerialNumber({
            issuer: certificate.issuer,
            serialNumber: certificate.serialNumber,
          }),
        }),
      ],
      certificates: [certificate],
    });
    await signed.sign(key, 0, 'SHA-256');
    expect(await signed.verify({ signer: 0 })).toBe(true);
    const content = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signed.toSchema(true) });
    return new Uint8Array(content.toSchema().toBER());
  });
  const [message, authority, out] = [
    stage.file('message.der', der),
    stage.file('ca.pem', stage.identity.ca),
    stage.file('content'),
  ];
  const verify = [
    'cms',
    '-verify',
    '-binary',
    '-inform',
    'DER',
    '-purpose',
    'any',
    '-CAfile',
    authority,
    '-out',
    out,
  ];
  expect(await stage.openssl(...verify, '-in', message)).toMatch(/verification successful/i);
  expect(Buffer.from(stage.read('content')).toString()).toBe(TEXT);
  const changed = Buffer.from(der);
  changed.write('S', changed.indexOf(TEXT));
  await expect(stage.openssl(...verify, '-in', stage.file('changed.der', changed))).rejects.toThrow(
    /verification failure/i,
  );
  expect(stage.calls).toContain('psa_sign_message');
});

test.each([
  ['rsa', ['-newkey', 'rsa:2048']],
  ['p384', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
] as const)('a message that openssl signed with %s', async (_, newKey) => {
  const path = (name: string) => stage.file(name);
  const files = ['-keyout', path('key'), '-out', path('cert')];
  await stage.openssl('req', '-x509', ...newKey, '-nodes', '-subj', '/CN=signer', ...files);
  const sign = ['cms', '-sign', '-binary', '-nodetach', '-outform', 'DER', '-md', 'sha384'];
  await stage.openssl(
    ...sign,
    '-signer',
    path('cert'),
    '-inkey',
    path('key'),
    '-in',
    stage.file('in', TEXT),
    '-out',
    path('der'),
  );
  const read = (der: Uint8Array): SignedData => {
    const content = parse(der, (schema) => new ContentInfo({ schema }));
    return new SignedData({ schema: content.content });
  };
  const der = stage.read('der');
  expect(await withoutLocalCrypto(() => read(der).verify({ signer: 0 }))).toBe(true);
  const changed = Buffer.from(der);
  changed.write('S', changed.indexOf(TEXT));
  await expect(read(new Uint8Array(changed)).verify({ signer: 0, extendedMode: true })).rejects.toThrow(
    "Message digest doesn't match",
  );
  expect(await stage.emulator.keys()).toBe(0);
});

test.each(['-aes-128-cbc', '-aes-256-cbc'])(
  'a message that openssl encrypted (%s) to a key that is only in the device',
  async (cipher) => {
    const { subtle } = stage.crypto;
    const path = (name: string) => stage.file(name);
    const oaep = {
      name: 'RSA-OAEP',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    };
    const { publicKey, privateKey } = await subtle.generateKey(oaep, false, ['encrypt', 'decrypt']);
    const spki = stage.file(
      'key.pem',
      pem('PUBLIC KEY', new Uint8Array(await subtle.exportKey('spki', publicKey))),
    );
    // A certificate for it, of an authority that openssl makes.
    const authority = ['-keyout', path('ca.key'), '-out', path('ca.pem')];
    await stage.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=ca', ...authority);
    const issue = ['x509', '-new', '-force_pubkey', spki, '-subj', '/CN=device', '-CA', path('ca.pem')];
    await stage.openssl(...issue, '-CAkey', path('ca.key'), '-out', path('cert.pem'));
    const padding = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256'].flatMap((option) => ['-keyopt', option]);
    const encrypt = ['cms', '-encrypt', '-binary', cipher, '-outform', 'DER', '-in', stage.file('in', TEXT)];
    await stage.openssl(...encrypt, '-out', path('der'), '-recip', path('cert.pem'), ...padding);

    await stage.openssl('x509', '-in', path('cert.pem'), '-outform', 'DER', '-out', path('cert.der'));
    const recipientCertificate = parse(stage.read('cert.der'), (schema) => new Certificate({ schema }));
    const content = parse(stage.read('der'), (schema) => new ContentInfo({ schema }));
    const enveloped = new EnvelopedData({ schema: content.content });
    const recipientPrivateKey = privateKey;
    const opened = await withoutLocalCrypto(() =>
      enveloped.decrypt(0, {
        recipientCertificate,
        recipientPrivateKey,
        crypto: stage.crypto,
      }),
    );
    expect(Buffer.from(opened).toString()).toBe(TEXT);
    expect(stage.calls).toContain('psa_asymmetric_decrypt');
    await stage.crypto.destroyKey(privateKey);
  },
);

test('a message encrypted in the device, which openssl decrypts', async () => {
  const path = (name: string) => stage.file(name);
  const files = ['-keyout', path('key'), '-out', path('cert')];
  await stage.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=reader', ...files);
  await stage.openssl('x509', '-in', path('cert'), '-outform', 'DER', '-out', path('cert.der'));
  const certificate = parse(stage.read('cert.der'), (schema) => new Certificate({ schema }));
  const der = await withoutLocalCrypto(async () => {
    const enveloped = new EnvelopedData();
    enveloped.addRecipientByCertificate(certificate, { oaepHashAlgorithm: 'SHA-256' });
    await enveloped.encrypt({ name: 'AES-CBC', length: 256 }, bytes(TEXT));
    const content = new ContentInfo({
      contentType: ContentInfo.ENVELOPED_DATA,
      content: enveloped.toSchema(),
    });
    return new Uint8Array(content.toSchema().toBER());
  });
  const decrypt = ['cms', '-decrypt', '-inform', 'DER', '-inkey', path('key'), '-recip', path('cert')];
  await stage.openssl(...decrypt, '-in', stage.file('der', der), '-out', path('out'));
  expect(Buffer.from(stage.read('out')).toString()).toBe(TEXT);
  expect(stage.calls).toContain('psa_asymmetric_encrypt');
});
