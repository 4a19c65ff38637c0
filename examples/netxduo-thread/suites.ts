/** What the matrix is made of, but for the mistakes. */
import type { CertificateKind } from '../../demo/certificates.ts';

export interface Suite {
  /** As the client takes it, in hexadecimal digits. */
  readonly id: string;
  readonly certificate: CertificateKind;
  /** What lets `openssl s_server` take no other. */
  readonly server: readonly string[];
}

const tls12 = (id: string, certificate: CertificateKind, name: string): Suite => ({
  id,
  certificate,
  server: ['-tls1_2', '-cipher', name],
});

export const SUITES = {
  'rsa-cbc': tls12('c027', 'rsa', 'ECDHE-RSA-AES128-SHA256'),
  'rsa-gcm': tls12('c02f', 'rsa', 'ECDHE-RSA-AES128-GCM-SHA256'),
  'ecdsa-cbc': tls12('c023', 'p256', 'ECDHE-ECDSA-AES128-SHA256'),
  'ecdsa-gcm': tls12('c02b', 'p256', 'ECDHE-ECDSA-AES128-GCM-SHA256'),
  'tls1.3': {
    id: '1301',
    certificate: 'p256',
    server: ['-tls1_3', '-ciphersuites', 'TLS_AES_128_GCM_SHA256'],
  },
} as const satisfies Readonly<Record<string, Suite>>;

export type SuiteName = keyof typeof SUITES;
export const suiteNames = Object.keys(SUITES) as SuiteName[];

export const PROFILES = ['stm32h573-sm-1.1', 'stm32h573-sm-1.2'] as const;
export type ProfileName = (typeof PROFILES)[number];
