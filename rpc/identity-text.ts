/** The identity of a device as HTTP gives it: certificates as PEM (RFC 7468). */
import type { CertifiedKey, IdentityReport } from '../psa-api/service.ts';

export interface CertifiedKeyText {
  readonly serial: string;
  readonly certificate: string;
  readonly ca: string;
}

export interface IdentityText {
  readonly user: CertifiedKeyText;
  readonly initialAttestation: CertifiedKeyText;
}

const LINE = /.{1,64}/g;

export const pem = (der: Uint8Array): string => {
  const lines = Buffer.from(der).toString('base64').match(LINE) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
};

const keyText = ({ serial, certificate, ca }: CertifiedKey): CertifiedKeyText => ({
  serial,
  certificate: pem(certificate),
  ca: pem(ca),
});

export const identityText = ({ user, initialAttestation }: IdentityReport): IdentityText => ({
  user: keyText(user),
  initialAttestation: keyText(initialAttestation),
});
