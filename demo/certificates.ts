/** Certificate authorities and server certificates, made on the fly by the openssl command. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Workspace } from './workspace.ts';

/** The name that certificates are for and that clients ask for. */
export const HOST = 'localhost';

export type CertificateKind = 'rsa' | 'p256' | 'p384';

export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

export interface Issued extends Certificate {
  /** PEM of the authority that issued it. */
  readonly authority: string;
}

/** Arguments of `openssl req` and `x509`; P-384 goes with SHA-384 as in practice. */
const KINDS: Readonly<Record<CertificateKind, { readonly key: readonly string[]; readonly hash: string }>> = {
  rsa: { key: ['-newkey', 'rsa:2048'], hash: '-sha256' },
  p256: { key: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], hash: '-sha256' },
  p384: { key: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], hash: '-sha384' },
};

const filesOf = (workspace: Workspace, name: string): Certificate => ({
  key: workspace.path(`${name}.key`),
  certificate: workspace.path(`${name}.pem`),
});

export const makeAuthority = async (
  workspace: Workspace,
  file: string,
  kind: CertificateKind,
  commonName: string,
): Promise<Certificate> => {
  const { key, hash } = KINDS[kind];
  const files = filesOf(workspace, file);
  const subject = ['-subj', `/CN=${commonName}`, '-days', '2'];
  const out = ['-nodes', '-keyout', files.key, '-out', files.certificate];
  await workspace.run('openssl', ['req', '-x509', ...key, hash, ...subject, ...out]);
  return files;
};

/** A certificate for HOST with a key of this kind, from an authority with a key of the same kind. */
export const makeCertificate = async (workspace: Workspace, kind: CertificateKind): Promise<Issued> => {
  const { key, hash } = KINDS[kind];
  const authority = await makeAuthority(workspace, `${kind}-ca`, kind, `h5sm demo ${kind}`);
  const files = filesOf(workspace, `${kind}-server`);
  const request = workspace.path(`${kind}.csr`);
  const extensions = workspace.path(`${kind}.ext`);
  await writeFile(extensions, `subjectAltName=DNS:${HOST}\nbasicConstraints=CA:FALSE\n`);
  const out = ['-nodes', '-keyout', files.key, '-out', request];
  await workspace.run('openssl', ['req', ...key, '-subj', `/CN=${HOST}`, ...out]);
  const issuer = ['-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial'];
  const result = ['-days', '2', '-extfile', extensions, '-out', files.certificate];
  await workspace.run('openssl', ['x509', '-req', '-in', request, hash, ...issuer, ...result]);
  return { ...files, authority: await readFile(authority.certificate, 'utf8') };
};
