/**
 * Who signs the certificates: authorities of our own in the place of ST's, named as ST's are, since the names are
 * part of what the board's certificate utility puts together. INSECURE: their keys follow from the text below, the
 * same for every device, so that a server under test trusts one certificate for all of them. Whoever reads this can
 * issue certificates too.
 */
import type { Engine } from '../../engine/engine.ts';
import type { Authority } from './certificate.ts';
import { derivePrivateKey } from './keys.ts';
import { seededRoot } from './root.ts';

const INSECURE_SEED = 'insecure test authority';

/** Part of every authority's certificate. */
export const COMMENT = 'h5sm INSECURE TEST CA. Its private key is public. Never trust it outside of tests.';

/** The first byte of every serial number, and two digits of the authority's name. */
export const AUTHORITY_NUMBER = 1;

const authority = (engine: Engine, purpose: string): Authority => ({
  commonName: `ST CA ${AUTHORITY_NUMBER.toString(16).padStart(2, '0')} for STM32 ${purpose}`,
  privateKey: derivePrivateKey(engine, seededRoot(engine, INSECURE_SEED), purpose),
});

export const userAuthority = (engine: Engine): Authority => authority(engine, 'User');
export const initialAttestationAuthority = (engine: Engine): Authority =>
  authority(engine, 'Initial Attestation');
