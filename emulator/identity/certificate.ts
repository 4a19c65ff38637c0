/**
 * Certificates of the two built-in keys, byte for byte in the form that the board's certificate utility gives them
 * (RFC 5280, P-256 with ECDSA over SHA-256), and those of the authorities that issue them.
 */
import type { Engine } from '../../engine/engine.ts';
import * as der from './der.ts';

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const PRIME256V1 = '1.2.840.10045.3.1.7';
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COUNTRY = '2.5.4.6';
const ORGANIZATION = '2.5.4.10';
const COMMON_NAME = '2.5.4.3';
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';
const KEY_USAGE = '2.5.29.15';
const BASIC_CONSTRAINTS = '2.5.29.19';
/** Shown to whoever looks at the certificate. */
const NETSCAPE_COMMENT = '2.16.840.1.113730.1.13';

/** keyCertSign is bit 5 (RFC 5280, 4.2.1.3). */
const CERTIFICATE_SIGNING = der.bitString(Uint8Array.of(0x04), 2);
const VERSION_3 = der.tagged(0, der.integer(Uint8Array.of(2)));
const SIGNATURE_ALGORITHM = der.sequence(der.objectIdentifier(ECDSA_WITH_SHA256));

/** From a year's first second to that of the thirtieth after it, which is beyond what a UTCTime can say. */
const VALIDITY = der.sequence(der.utcTime('220101000000Z'), der.generalizedTime('20520101000000Z'));

const attribute = (type: string, value: Uint8Array): Uint8Array =>
  der.set(der.sequence(der.objectIdentifier(type), value));

const name = (commonName: string): Uint8Array =>
  der.sequence(
    attribute(COUNTRY, der.printableString('NL')),
    attribute(ORGANIZATION, der.utf8String('STMicroelectronics nv')),
    attribute(COMMON_NAME, der.utf8String(commonName)),
  );

const publicKeyInfo = (publicKey: Uint8Array): Uint8Array =>
  der.sequence(
    der.sequence(der.objectIdentifier(EC_PUBLIC_KEY), der.objectIdentifier(PRIME256V1)),
    der.bitString(publicKey),
  );

const extension = (id: string, critical: boolean, value: Uint8Array): Uint8Array =>
  der.sequence(der.objectIdentifier(id), ...(critical ? [der.boolean(true)] : []), der.octetString(value));

/** An authority: its name and its key. */
export interface Authority {
  readonly commonName: string;
  readonly privateKey: Uint8Array;
}

interface Contents {
  readonly serial: Uint8Array;
  readonly subject: string;
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Uint8Array[];
}

export interface Certificate {
  readonly der: Uint8Array;
  /** r || s */
  readonly signature: Uint8Array;
}

const issue = (engine: Engine, { commonName, privateKey }: Authority, contents: Contents): Certificate => {
  const toBeSigned = der.sequence(
    VERSION_3,
    der.integer(contents.serial),
    SIGNATURE_ALGORITHM,
    name(commonName),
    VALIDITY,
    name(contents.subject),
    publicKeyInfo(contents.publicKey),
    der.tagged(3, der.sequence(...contents.extensions)),
  );
  const hash = engine.hash('sha256');
  hash.update(toBeSigned);
  const signature = engine.curve('secp256r1').sign(privateKey, hash.digest(), { rfc6979: 'sha256' });
  const encoded = der.sequence(der.integer(signature.subarray(0, 32)), der.integer(signature.subarray(32)));
  return {
    der: der.sequence(toBeSigned, SIGNATURE_ALGORITHM, der.bitString(encoded)),
    signature,
  };
};

/** Not an authority: the default, so that the SEQUENCE is empty (RFC 5280, 4.2.1.9). */
export const issueDeviceCertificate = (
  engine: Engine,
  authority: Authority,
  subject: { readonly serial: Uint8Array; readonly commonName: string; readonly publicKey: Uint8Array },
): Certificate =>
  issue(engine, authority, {
    serial: subject.serial,
    subject: subject.commonName,
    publicKey: subject.publicKey,
    extensions: [extension(BASIC_CONSTRAINTS, true, der.sequence())],
  });

/** Signed by itself; it issues certificates of devices, not of authorities. */
export const issueAuthorityCertificate = (
  engine: Engine,
  authority: Authority,
  comment: string,
): Certificate => {
  const publicKey = engine.curve('secp256r1').publicKey(authority.privateKey);
  // RFC 5280, 4.2.1.2, method 1.
  const hash = engine.hash('sha1');
  hash.update(publicKey);
  const identifier = hash.digest();
  return issue(engine, authority, {
    serial: Uint8Array.of(1),
    subject: authority.commonName,
    publicKey,
    extensions: [
      extension(BASIC_CONSTRAINTS, true, der.sequence(der.boolean(true), der.integer(Uint8Array.of(0)))),
      extension(KEY_USAGE, true, CERTIFICATE_SIGNING),
      extension(SUBJECT_KEY_IDENTIFIER, false, der.octetString(identifier)),
      extension(NETSCAPE_COMMENT, false, der.ia5String(comment)),
    ],
  });
};
