/** Flows whose end is a comparison that comes out right: what random bytes never reach. */
import type { Inputs } from '../../psa-api/call.ts';
import * as c from '../../psa-api/constants.ts';
import type { Mind } from './mind.ts';
import { bytesAt, type Flow, handleOf, NO_ATTRIBUTES, ROOM, stepsOf, walk } from './steps.ts';
import * as values from './values.ts';

export const hashTwice: Flow = async (mind) => {
  const { random } = mind;
  const [alg, input] = [random.pick(values.HASHES), mind.bytes()];
  const digest = bytesAt(await mind.call('psa_hash_compute', [alg, input, ROOM]), 2);
  await mind.call('psa_hash_compare', [alg, input, digest]);
  let handle = handleOf(await mind.call('psa_hash_setup', [0, alg]));
  await mind.call('psa_hash_update', [handle, input]);
  if (random.once(2)) {
    const state = bytesAt(await mind.call('psa_hash_suspend', [handle, ROOM]), 3);
    handle = handleOf(await mind.call('psa_hash_resume', [0, state]));
  }
  await mind.call('psa_hash_verify', [handle, digest]);
  await walk(mind, 'hash', 3);
};

/** Sealed in one or in parts with a nonce of the device's, opened in parts. */
export const openedInParts: Flow = async (mind) => {
  const { random } = mind;
  const key = await mind.key(c.PSA_ALG_IS_AEAD);
  if (key === undefined) return;
  const [ad, text] = [mind.bytes(), mind.bytes()];
  const seals = handleOf(await mind.call('psa_aead_encrypt_setup', [0, key.id, key.alg]));
  await mind.call('psa_aead_set_lengths', [seals, ad.length, text.length]);
  const nonce = bytesAt(await mind.call('psa_aead_generate_nonce', [seals, ROOM]), 3);
  await mind.call('psa_aead_update_ad', [seals, ad]);
  const body = bytesAt(await mind.call('psa_aead_update', [seals, text, text.length + 16]), 3);
  const end = await mind.call('psa_aead_finish', [seals, ROOM, ROOM]);
  const opens = handleOf(await mind.call('psa_aead_decrypt_setup', [0, key.id, key.alg]));
  await mind.call('psa_aead_set_lengths', [opens, ad.length, text.length]);
  await mind.call('psa_aead_set_nonce', [opens, nonce]);
  await mind.call('psa_aead_update_ad', [opens, ad]);
  const half = random.below(body.length + 1);
  await mind.call('psa_aead_update', [opens, body.subarray(0, half), text.length + 16]);
  await mind.call('psa_aead_update', [opens, body.subarray(half), text.length + 16]);
  await mind.call('psa_aead_verify', [opens, ROOM, bytesAt(end, 4)]);
};

const { PSA_KEY_DERIVATION_INPUT_SECRET: SECRET, PSA_KEY_DERIVATION_INPUT_PASSWORD: PASSWORD } = c;

/** An input of every step, for any operation. */
const inputsOf = (mind: Mind, alg: number, keyId: number): ((handle: number) => [string, Inputs])[] =>
  stepsOf(alg).map((step) => {
    if (step === c.PSA_KEY_DERIVATION_INPUT_COST)
      return (handle) => ['psa_key_derivation_input_integer', [handle, step, 2n]];
    if (step === SECRET || step === PASSWORD)
      return (handle) => ['psa_key_derivation_input_key', [handle, step, keyId]];
    const data = mind.bytes();
    return (handle) => ['psa_key_derivation_input_bytes', [handle, step, data]];
  });

/** Derives some bytes, or a key, and then verifies them with an operation that has the same inputs. */
export const derivationTwice: Flow = async (mind) => {
  const { random } = mind;
  const key = await mind.key(c.PSA_ALG_IS_KEY_DERIVATION);
  if (key === undefined) return;
  const inputs = inputsOf(mind, key.alg, key.id);
  const begin = async (): Promise<number> => {
    const handle = handleOf(await mind.call('psa_key_derivation_setup', [0, key.alg]));
    for (const input of inputs) await mind.call(...input(handle));
    return handle;
  };
  const length = 1 + random.below(32);
  const derived = await mind.call('psa_key_derivation_output_bytes', [await begin(), length]);
  const expected = bytesAt(derived, 3);
  await mind.call('psa_key_derivation_verify_bytes', [await begin(), expected]);
  const hashed = { ...NO_ATTRIBUTES, type: c.PSA_KEY_TYPE_PASSWORD_HASH, alg: key.alg };
  const imported = await mind.call('psa_import_key', [hashed, expected]);
  const id = imported?.[1] === 0 ? imported[2] : 0;
  await mind.call('psa_key_derivation_verify_key', [await begin(), typeof id === 'number' ? id : 0]);
  const attributes = { ...NO_ATTRIBUTES, type: c.PSA_KEY_TYPE_AES, bits: 128, alg: c.PSA_ALG_CTR };
  const name = random.pick(['psa_key_derivation_output_key', 'psa_key_derivation_output_key_custom']);
  const custom = name.endsWith('custom') ? [{ flags: 0 }, new Uint8Array(0)] : [];
  await mind.call(name, [attributes, await begin(), ...custom]);
};
