/**
 * What each handshake has to come to, and why. Everything here follows from what NetX Secure does with a method
 * (docs/netxduo.md), from TLS (RFC 5246, RFC 8446) and from PSA; nothing of it was taken from a run. A run that differs
 * has found a mistake: here, in the device, or in the diagnosis.
 */
import { PROFILES, type ProfileName, type SuiteName, suiteNames } from './suites.ts';
import type { VariantName } from './variants.ts';

export interface Outcome {
  /** What the client says of the last handshake: where it failed, with an alert that came or a status of its own. */
  readonly client: string;
  /** Fatal alerts of the last handshake, as openssl saw them. */
  readonly openssl: string;
  /** Rules that `h5sm diagnose` names, and none besides. */
  readonly diagnosis: readonly string[];
}

export interface Expectation extends Outcome {
  readonly variant: VariantName;
  readonly suites: readonly SuiteName[];
  readonly profiles: readonly ProfileName[];
  readonly why: string;
}

const RSA = ['rsa-cbc', 'rsa-gcm'] as const;
const ECDSA = ['ecdsa-cbc', 'ecdsa-gcm'] as const;
const CBC = ['rsa-cbc', 'ecdsa-cbc'] as const;
const GCM = ['rsa-gcm', 'ecdsa-gcm'] as const;
const TLS12 = [...RSA, ...ECDSA] as const;
const TLS13 = ['tls1.3'] as const;

/** Alerts of RFC 8446, 6: what the client prints, and openssl’s words. */
const REFUSED_RECORD = {
  client: 'failed at server Finished: alert 20',
  openssl: 'sent bad record mac',
};
const REFUSED_FINISHED = {
  client: 'failed at server Finished: alert 51',
  openssl: 'sent decrypt error',
};
/** The server’s first record fails (NX_CRYPTO_AUTHENTICATION_FAILED); so does the client’s alert, at the server. */
const WRONG_KEYS = {
  client: 'failed at EncryptedExtensions: 0x20003',
  openssl: 'sent bad record mac',
};
const WELL = { client: 'ok', openssl: 'no alert', diagnosis: [] };

type Row = Outcome & {
  readonly suites: readonly SuiteName[];
  readonly profiles?: readonly ProfileName[];
  readonly why: string;
};

const of = (variant: VariantName, ...rows: readonly Row[]): Expectation[] =>
  rows.map((row) => ({ variant, profiles: PROFILES, ...row }));

const WRONG_FINISHED =
  'keys and records are right; the verify data is computed from what the last hash left in memory';
const WRONG_TRANSCRIPT_13 =
  'the transcript goes into the traffic keys (RFC 8446, 7.1): neither side can open a record of the other';
const UNSEEN = '; the device is asked for nothing wrong, so its trace shows nothing';

export const EXPECTATIONS: readonly Expectation[] = [
  ...of(
    'gcm-as-cbc',
    { suites: CBC, ...WELL, why: 'CBC is what the code knows' },
    {
      suites: GCM,
      ...REFUSED_RECORD,
      diagnosis: ['aead-through-cipher'],
      why: 'a Finished has 16 bytes, a block of CBC; what follows it as a tag is what lay in the buffer',
    },
    {
      suites: TLS13,
      client: 'failed at EncryptedExtensions: 0x3',
      openssl: 'sent bad record mac',
      diagnosis: ['aead-through-cipher'],
      why: 'EncryptedExtensions are no whole block, so CBC gives no byte of them; the client’s alert goes the same way',
    },
  ),
  ...of(
    'software-hash',
    { suites: TLS12, ...REFUSED_FINISHED, diagnosis: [], why: `${WRONG_FINISHED}${UNSEEN}` },
    { suites: TLS13, ...WRONG_KEYS, diagnosis: [], why: `${WRONG_TRANSCRIPT_13}${UNSEEN}` },
  ),
  ...of(
    'software-slot',
    { suites: TLS12, ...REFUSED_FINISHED, diagnosis: [], why: `${WRONG_FINISHED}${UNSEEN}` },
    {
      suites: TLS13,
      ...WRONG_KEYS,
      diagnosis: ['clone-not-made'],
      why: `the clone is told the length of the slot’s context, and refuses; ${WRONG_TRANSCRIPT_13}`,
    },
  ),
  ...of(
    'software-row',
    { suites: TLS12, ...WELL, why: 'they have the hash of the slot' },
    {
      suites: TLS13,
      client: 'failed at ServerHello: 0x20007',
      openssl: 'received internal error',
      diagnosis: [],
      why: 'the transcript’s memory has the size of the slot’s context, and the hash of the row finds it too small',
    },
  ),
  ...of(
    'unchecked-clone',
    { suites: TLS12, ...REFUSED_FINISHED, diagnosis: ['clone-not-made'], why: WRONG_FINISHED },
    { suites: TLS13, ...WRONG_KEYS, diagnosis: ['clone-not-made'], why: WRONG_TRANSCRIPT_13 },
  ),
  ...of(
    'memcpy-clone',
    {
      suites: TLS12,
      client: 'failed at server Finished: 0x6',
      openssl: 'received decrypt error',
      diagnosis: ['stale-operation'],
      why: 'the first digest is right and ends the only hash there is; the second one, for the server’s Finished, is not',
    },
    {
      suites: TLS13,
      ...WRONG_KEYS,
      diagnosis: ['stale-operation'],
      why: `the digest of the ClientHello alone ends the hash, and the ServerHello is missing in it; ${WRONG_TRANSCRIPT_13}`,
    },
  ),
  ...of(
    'hash-leak',
    {
      suites: RSA,
      client: 'failed at Certificate: 0x5',
      openssl: 'received bad certificate',
      diagnosis: ['operation-leak'],
      why: 'no place is left for the digest of the certificate; its signature is of another one',
    },
    {
      suites: ECDSA,
      client: 'failed at Certificate: 0x20003',
      openssl: 'received bad certificate',
      diagnosis: ['operation-leak'],
      why: 'no place is left for the digest of the certificate, so the signature is not valid for it',
    },
    {
      suites: TLS13,
      profiles: ['stm32h573-sm-1.1'],
      client: 'failed at EncryptedExtensions: 0x20009',
      openssl: 'sent bad record mac',
      diagnosis: ['operation-leak'],
      why: 'a record needs a place to be opened as a stream, an alert none to be sealed in one call, with wrong keys',
    },
    {
      suites: TLS13,
      profiles: ['stm32h573-sm-1.2'],
      client: 'failed at EncryptedExtensions: 0x20009',
      openssl: 'no alert',
      diagnosis: ['operation-leak'],
      why: 'every record needs a place, that of an alert too',
    },
  ),
  ...of(
    'ecdsa-as-aes',
    { suites: RSA, ...WELL, why: 'there is no ECDSA in them' },
    {
      suites: [...ECDSA, ...TLS13],
      client: 'failed at Certificate: 0x20003',
      openssl: 'received bad certificate',
      diagnosis: ['import-type'],
      why: '65 bytes are no AES key (psa_import_key), and without a key no signature is valid',
    },
  ),
  ...of('corrected', { suites: suiteNames, ...WELL, why: 'nothing is wrong' }),
  ...of('corrected-after-failures', {
    suites: suiteNames,
    ...WELL,
    why: 'what a failed handshake left is ended by the next one',
  }),
];

/** The one row for it; a table with none or several is wrong itself. */
export const expectationOf = (
  table: readonly Expectation[],
  variant: VariantName,
  suite: SuiteName,
  profile: ProfileName,
): Expectation => {
  const rows = table.filter(
    (row) => row.variant === variant && row.suites.includes(suite) && row.profiles.includes(profile),
  );
  const [row] = rows;
  if (row === undefined || rows.length > 1)
    throw new Error(`${rows.length} expectations for ${variant}, ${suite}, ${profile}`);
  return row;
};
