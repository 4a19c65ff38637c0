/** A nonce is used once with a key and an algorithm: by the calls of a run. */
import { createHash } from 'node:crypto';
import type { TraceEvent } from '../../trace/event.ts';
import type { Finding } from '../outcome.ts';
import type { KnownKey } from '../watched-device.ts';

const ENCRYPTING = new Set(['psa_aead_encrypt_setup', 'psa_cipher_encrypt_setup']);
const DECRYPTING = new Set(['psa_aead_decrypt_setup', 'psa_cipher_decrypt_setup']);
const NONCES: Readonly<Record<string, string>> = {
  psa_aead_set_nonce: 'nonce',
  psa_aead_generate_nonce: 'nonce',
  psa_cipher_set_iv: 'iv',
  psa_cipher_generate_iv: 'iv',
};
const SIGNING: Readonly<Record<string, string>> = { psa_sign_hash: 'hash', psa_sign_message: 'input' };
/** PSA_ALG_ECDSA and PSA_ALG_DETERMINISTIC_ECDSA, with whatever hash (10.7.3). */
const isEcdsa = (alg: number): boolean => (alg & ~0x1ff) >>> 0 === 0x06000600;

interface Use {
  /** What was done with it: doing the same again gives nothing away. */
  readonly message: string;
  readonly at: number;
}

/** By material, so that a key under another id is the same key; the last one made under the id. */
const identityOf = (keys: readonly KnownKey[]) => {
  const all = new Map(
    keys.map(({ owner, id, data }) => [
      `${owner}:${id}`,
      createHash('sha256').update(data).digest('hex').slice(0, 16),
    ]),
  );
  return ({ client, key }: TraceEvent): string => all.get(`${client}:${key}`) ?? `${client}:${key}`;
};

const messageOf = ({ scalars, digests }: TraceEvent): string => JSON.stringify([scalars, digests]);

export const nonceFindings = (
  events: readonly TraceEvent[],
  keys: readonly KnownKey[],
): readonly Finding[] => {
  const identity = identityOf(keys);
  const uses = new Map<string, Use>();
  const findings: Finding[] = [];
  const encrypting = new Map<number, boolean>();

  const use = (event: TraceEvent, what: string, nonce: string, message: string, at: number): void => {
    const name = `${identity(event)} ${event.alg} ${what} ${nonce}`;
    const before = uses.get(name);
    if (before === undefined) uses.set(name, { message, at });
    else if (before.message !== message)
      findings.push({
        oracle: 'nonces',
        class: 'security',
        property: 'nonce-reuse',
        detail: `${event.function}: the same ${what} in calls ${before.at + 1} and ${at + 1}, with one key`,
      });
  };

  for (const [at, event] of events.entries()) {
    if (event.status !== 0) continue;
    const { function: name, handleAfter = 0, digests, bytes = {} } = event;
    if (ENCRYPTING.has(name)) encrypting.set(handleAfter, true);
    if (DECRYPTING.has(name)) encrypting.set(handleAfter, false);
    const parameter = NONCES[name];
    const digest = parameter === undefined ? undefined : digests[parameter];
    if (digest !== undefined && encrypting.get(handleAfter) === true)
      use(event, 'nonce', digest, `operation ${handleAfter}`, at);
    const { nonce } = digests;
    if (name === 'psa_aead_encrypt' && nonce !== undefined) use(event, 'nonce', nonce, messageOf(event), at);
    const signed = SIGNING[name];
    const { signature } = bytes;
    if (signed !== undefined && signature !== undefined && isEcdsa(event.alg ?? 0)) {
      const r = signature.slice(0, signature.length / 2);
      use(event, 'r', r, digests[signed] ?? '', at);
    }
  }
  return findings;
};
