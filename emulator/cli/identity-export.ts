/** `h5sm identity export`: certificates as files. */
import { writeFileSync } from 'node:fs';
import { isOn, textFlag } from './arguments.ts';
import { anyIdentity, identityOf } from './identity.ts';
import { UsageError } from './usage.ts';
import type { Invocation, Run } from './verbs.ts';

const VERB = 'identity export';

/** Readers of PEM skip what stands before the first BEGIN. */
const WARNING = 'INSECURE TEST CA of h5sm. Its private key is public: whoever trusts it trusts everybody.\n';

const wanted = (invocation: Invocation): { readonly cert: boolean; readonly ca: boolean } => {
  const cert = isOn(invocation, 'cert');
  const ca = isOn(invocation, 'ca');
  if (!cert && !ca)
    throw new UsageError(
      `${VERB}: what to export? --cert, the certificate of the device, --ca, that of its issuer, or both`,
    );
  if (cert && ca && isOn(invocation, 'der'))
    throw new UsageError(`${VERB}: --der holds one certificate; use --cert or --ca, or leave --der out`);
  return { cert, ca };
};

const derOf = (pem: string): Uint8Array => Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');

const write = (out: string | undefined, content: string | Uint8Array): void => {
  if (out === undefined) {
    process.stdout.once('error', () => process.exit(0));
    process.stdout.write(content);
    return;
  }
  try {
    writeFileSync(out, content);
  } catch (error) {
    throw new Error(`--out ${out}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

export const run: Run = async (invocation) => {
  const { cert, ca } = wanted(invocation);
  const identity = cert ? await identityOf(VERB, invocation) : await anyIdentity();
  const key = isOn(invocation, 'initial-attestation') ? identity.initialAttestation : identity.user;
  const out = textFlag(invocation, 'out');
  if (isOn(invocation, 'der')) write(out, derOf(cert ? key.certificate : key.ca));
  else write(out, `${cert ? key.certificate : ''}${ca ? `${WARNING}${key.ca}` : ''}`);
  return 0;
};
