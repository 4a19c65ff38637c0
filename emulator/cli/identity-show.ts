/** `h5sm identity show`: serial numbers and certificates of the device's two keys. */
import { X509Certificate } from 'node:crypto';
import type { CertifiedKeyText } from '../../rpc/identity-text.ts';
import { identityOf } from './identity.ts';
import { print, table } from './print.ts';
import type { Run } from './verbs.ts';

const day = (date: string): string => new Date(date).toISOString().slice(0, 10);

const oneLine = (name: string): string => name.split('\n').join(', ');

const section = (title: string, { serial, certificate, ca }: CertifiedKeyText): string => {
  const { subject, issuer, validFrom, validTo, fingerprint256 } = new X509Certificate(certificate);
  return `${title}\n${table([
    ['  serial', serial],
    ['  subject', oneLine(subject)],
    ['  issuer', oneLine(issuer)],
    ['  valid', `${day(validFrom)} to ${day(validTo)}`],
    ['  SHA-256', fingerprint256],
    ['  issuer’s SHA-256', new X509Certificate(ca).fingerprint256],
  ])}`;
};

export const run: Run = async (invocation) => {
  const identity = await identityOf('identity show', invocation);
  print(invocation, identity, ({ user, initialAttestation }) =>
    [
      section('user key 0x3ffffffe', user),
      section('initial attestation key', initialAttestation),
      'The issuers are test authorities of h5sm: INSECURE, their private keys are public.\n',
    ].join('\n'),
  );
  return 0;
};
