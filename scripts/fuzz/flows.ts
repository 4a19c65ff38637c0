/** Valid sequences of calls, disturbed now and then: how the deep states of operations are reached. */
import * as c from '../../psa-api/constants.ts';
import { bytesAt, type Flow, handleOf, NO_ATTRIBUTES, ROOM, stepsOf, walk } from './steps.ts';
import * as values from './values.ts';
import { derivationTwice, hashTwice, openedInParts } from './verifying.ts';

const hash: Flow = async (mind) => {
  const { random } = mind;
  const alg = values.algorithm(random);
  const setup = await mind.call('psa_hash_setup', [0, random.once(2) ? alg : c.PSA_ALG_SHA_256]);
  let handle = handleOf(setup);
  for (let i = random.below(5); i > 0; i--) await mind.call('psa_hash_update', [handle, mind.bytes()]);
  if (random.once(3)) await mind.call('psa_hash_clone', [handle, 0]);
  if (random.once(3)) {
    const state = bytesAt(await mind.call('psa_hash_suspend', [handle, ROOM]), 3);
    handle = handleOf(await mind.call('psa_hash_resume', [0, state]));
  }
  await walk(mind, 'hash', 4);
  await mind.call('psa_hash_finish', [handle, ROOM]);
};

const mac: Flow = async (mind) => {
  const { random } = mind;
  const key = await mind.key(c.PSA_ALG_IS_MAC);
  if (key === undefined) return;
  const input = mind.bytes();
  const tag = bytesAt(await mind.call('psa_mac_compute', [key.id, key.alg, input, ROOM]), 2);
  await mind.call('psa_mac_verify', [key.id, key.alg, input, tag]);
  const name = random.pick(['psa_mac_sign_setup', 'psa_mac_verify_setup']);
  const handle = handleOf(await mind.call(name, [0, key.id, key.alg]));
  await mind.call('psa_mac_update', [handle, input]);
  await walk(mind, 'MAC', 4);
  if (name === 'psa_mac_sign_setup') await mind.call('psa_mac_sign_finish', [handle, ROOM]);
  else await mind.call('psa_mac_verify_finish', [handle, tag]);
};

const cipher: Flow = async (mind) => {
  const { random } = mind;
  const key = await mind.key(c.PSA_ALG_IS_CIPHER);
  if (key === undefined) return;
  const text = bytesAt(await mind.call('psa_cipher_encrypt', [key.id, key.alg, mind.bytes(), ROOM]), 2);
  await mind.call('psa_cipher_decrypt', [key.id, key.alg, text, ROOM]);
  const handle = handleOf(await mind.call('psa_cipher_encrypt_setup', [0, key.id, key.alg]));
  if (random.once(2)) await mind.call('psa_cipher_generate_iv', [handle, ROOM]);
  else await mind.call('psa_cipher_set_iv', [handle, random.bytes(random.pick([8, 12, 13, 16, 24]))]);
  for (let i = random.below(5); i > 0; i--)
    await mind.call('psa_cipher_update', [handle, mind.bytes(), ROOM]);
  await walk(mind, 'cipher', 4);
  await mind.call('psa_cipher_finish', [handle, ROOM]);
};

const aead: Flow = async (mind) => {
  const { random } = mind;
  const key = await mind.key(c.PSA_ALG_IS_AEAD);
  if (key === undefined) return;
  const nonce = random.bytes(random.pick([7, 12, 12, 13, 24]));
  const [ad, text] = [mind.bytes(), mind.bytes()];
  const whole = [key.id, key.alg, nonce, ad];
  const sealed = bytesAt(await mind.call('psa_aead_encrypt', [...whole, text, values.room(random)]), 2);
  await mind.call('psa_aead_decrypt', [...whole, sealed, ROOM]);
  const seals = random.once(2);
  const setup = seals ? 'psa_aead_encrypt_setup' : 'psa_aead_decrypt_setup';
  const handle = handleOf(await mind.call(setup, [0, key.id, key.alg]));
  if (!random.once(3)) await mind.call('psa_aead_set_lengths', [handle, ad.length, text.length]);
  await mind.call('psa_aead_set_nonce', [handle, nonce]);
  if (!random.once(4)) await mind.call('psa_aead_update_ad', [handle, ad]);
  const half = random.below(text.length + 1);
  await mind.call('psa_aead_update', [handle, text.subarray(0, half), ROOM]);
  await walk(mind, 'AEAD', 3);
  await mind.call('psa_aead_update', [handle, text.subarray(half), ROOM]);
  if (seals) await mind.call('psa_aead_finish', [handle, ROOM, ROOM]);
  else await mind.call('psa_aead_verify', [handle, ROOM, random.bytes(16)]);
};

const { PSA_KEY_DERIVATION_INPUT_SECRET: SECRET, PSA_KEY_DERIVATION_INPUT_COST: COST } = c;
const ORDER = [
  c.PSA_KEY_DERIVATION_INPUT_SEED,
  COST,
  c.PSA_KEY_DERIVATION_INPUT_SALT,
  c.PSA_KEY_DERIVATION_INPUT_OTHER_SECRET,
  SECRET,
  c.PSA_KEY_DERIVATION_INPUT_PASSWORD,
  c.PSA_KEY_DERIVATION_INPUT_LABEL,
  c.PSA_KEY_DERIVATION_INPUT_CONTEXT,
  c.PSA_KEY_DERIVATION_INPUT_INFO,
];

const derivation: Flow = async (mind) => {
  const { random } = mind;
  const key = await mind.key(c.PSA_ALG_IS_KEY_DERIVATION);
  if (key === undefined) return;
  const handle = handleOf(await mind.call('psa_key_derivation_setup', [0, key.alg]));
  const steps = random.once(10) ? ORDER : stepsOf(key.alg);
  for (const step of steps) {
    const takesKey = step === SECRET || step === c.PSA_KEY_DERIVATION_INPUT_PASSWORD;
    if (step === COST)
      await mind.call('psa_key_derivation_input_integer', [handle, step, values.cost(random) % 101n]);
    else if (takesKey && !random.once(4))
      await mind.call('psa_key_derivation_input_key', [handle, step, key.id]);
    else await mind.call('psa_key_derivation_input_bytes', [handle, step, mind.bytes()]);
  }
  await mind.call('psa_key_derivation_get_capacity', [handle]);
  if (random.once(3))
    await mind.call('psa_key_derivation_set_capacity', [handle, random.pick([0, 1, 32, 100, 8160])]);
  for (let i = random.below(5); i > 0 && !mind.over; i--) {
    await mind.call('psa_key_derivation_output_bytes', [handle, random.below(100)]);
    const attributes = { ...values.attributes(random), lifetime: 0, id: 0 };
    if (random.once(2)) await mind.call('psa_key_derivation_output_key', [attributes, handle]);
    if (random.once(4)) await mind.call('psa_key_derivation_verify_bytes', [handle, mind.bytes()]);
  }
  if (random.once(4)) await walk(mind, 'key derivation', 4);
  await mind.call('psa_key_derivation_abort', [handle]);
};

const isPair = ({ type }: { readonly type: number }): boolean => c.PSA_KEY_TYPE_IS_KEY_PAIR(type);

const withHash = (alg: number): number =>
  c.PSA_ALG_GET_HASH(alg) === c.PSA_ALG_ANY_HASH ? ((alg & ~0xff) | 0x09) >>> 0 : alg;

const signature: Flow = async (mind) => {
  const key = await mind.key(c.PSA_ALG_IS_SIGN, isPair);
  if (key === undefined) return;
  const alg = withHash(key.alg);
  const digest = mind.random.bytes(mind.random.pick([32, 32, 32, 64, 20]));
  const signed = bytesAt(await mind.call('psa_sign_hash', [key.id, alg, digest, ROOM]), 2);
  await mind.call('psa_verify_hash', [key.id, alg, digest, signed]);
  const message = mind.bytes();
  const other = bytesAt(await mind.call('psa_sign_message', [key.id, alg, message, ROOM]), 2);
  await mind.call('psa_verify_message', [key.id, alg, message, other]);
  await walk(mind, 'signature', 4);
};

const CONTEXTUAL: readonly number[] = [c.PSA_ALG_EDDSA_CTX, c.PSA_ALG_ED25519PH, c.PSA_ALG_ED448PH];

/** The message of a signature piece by piece. */
const multiPartSignature: Flow = async (mind) => {
  const key = await mind.key(c.PSA_ALG_IS_SIGN_MESSAGE, isPair);
  if (key === undefined) return;
  const alg = withHash(key.alg);
  const takesContext = CONTEXTUAL.includes(alg);
  const [context, message] = [takesContext ? mind.bytes() : new Uint8Array(0), mind.bytes()];
  const signs = handleOf(await mind.call('psa_sign_setup', [0, key.id, alg]));
  if (takesContext) await mind.call('psa_sign_set_context', [signs, context]);
  await mind.call('psa_sign_update', [signs, message]);
  const signed = bytesAt(await mind.call('psa_sign_finish', [signs, ROOM]), 3);
  const verifies = handleOf(await mind.call('psa_verify_setup', [0, key.id, alg, signed]));
  if (takesContext) await mind.call('psa_verify_set_context', [verifies, context]);
  await mind.call('psa_verify_update', [verifies, message]);
  await mind.call('psa_verify_finish', [verifies]);
  const other = bytesAt(
    await mind.call('psa_sign_message_with_context', [key.id, alg, message, context, ROOM]),
    2,
  );
  await mind.call('psa_verify_message_with_context', [key.id, alg, message, context, other]);
  const digest = mind.random.bytes(takesContext ? 64 : 32);
  const ofHash = await mind.call('psa_sign_hash_with_context', [key.id, alg, digest, context, ROOM]);
  await mind.call('psa_verify_hash_with_context', [key.id, alg, digest, context, bytesAt(ofHash, 2)]);
  await walk(mind, 'signature', 4);
};

const xof: Flow = async (mind) => {
  const { random } = mind;
  const alg = random.pick([
    c.PSA_ALG_SHAKE128,
    c.PSA_ALG_SHAKE256,
    c.PSA_ALG_ASCON_XOF128,
    c.PSA_ALG_ASCON_CXOF128,
  ]);
  const handle = handleOf(await mind.call('psa_xof_setup', [0, alg]));
  if (random.once(3)) await mind.call('psa_xof_set_context', [handle, mind.bytes()]);
  for (let i = random.below(4); i > 0; i--) await mind.call('psa_xof_update', [handle, mind.bytes()]);
  for (let i = random.below(4); i > 0; i--) await mind.call('psa_xof_output', [handle, random.below(500)]);
  await walk(mind, 'XOF', 4);
  await mind.call('psa_xof_abort', [handle]);
};

const wrapping: Flow = async (mind) => {
  const key = await mind.key((alg) => alg === c.PSA_ALG_KW || alg === c.PSA_ALG_KWP);
  const other = await mind.key();
  if (key === undefined || other === undefined) return;
  const wrapped = bytesAt(await mind.call('psa_wrap_key', [key.id, key.alg, other.id, 4096]), 2);
  const attributes = { ...NO_ATTRIBUTES, type: other.type, bits: other.bits, alg: other.alg };
  await mind.call('psa_unwrap_key', [attributes, key.id, key.alg, wrapped]);
  await walk(mind, 'key wrapping', 4);
};

const encryption: Flow = async (mind) => {
  const key = await mind.key(c.PSA_ALG_IS_ASYMMETRIC_ENCRYPTION);
  if (key === undefined) return;
  const salt = mind.random.once(3) ? mind.bytes() : new Uint8Array(0);
  const sealed = await mind.call('psa_asymmetric_encrypt', [key.id, key.alg, mind.bytes(), salt, ROOM]);
  await mind.call('psa_asymmetric_decrypt', [key.id, key.alg, bytesAt(sealed, 2), salt, ROOM]);
  await walk(mind, 'asymmetric encryption', 3);
};

const agreement: Flow = async (mind) => {
  const { random } = mind;
  const agrees = (alg: number) => c.PSA_ALG_IS_KEY_AGREEMENT(alg) || alg === c.PSA_ALG_ECIES_SEC1;
  const key = await mind.key(agrees, isPair);
  if (key === undefined) return;
  const peer = bytesAt(await mind.call('psa_export_public_key', [key.id, ROOM]), 2);
  const attributes = {
    ...NO_ATTRIBUTES,
    type: c.PSA_KEY_TYPE_DERIVE,
    alg: c.PSA_ALG_HKDF(c.PSA_ALG_SHA_256),
  };
  await mind.call('psa_raw_key_agreement', [c.PSA_ALG_ECDH, key.id, peer, ROOM]);
  await mind.call('psa_key_agreement', [key.id, peer, c.PSA_ALG_ECDH, attributes]);
  const handle = handleOf(await mind.call('psa_key_derivation_setup', [0, key.alg]));
  await mind.call('psa_key_derivation_key_agreement', [handle, SECRET, key.id, peer]);
  await mind.call('psa_key_derivation_output_bytes', [handle, random.below(64)]);
  const sealed = await mind.call('psa_encapsulate', [key.id, c.PSA_ALG_ECIES_SEC1, attributes, ROOM]);
  await mind.call('psa_decapsulate', [key.id, c.PSA_ALG_ECIES_SEC1, bytesAt(sealed, 3), attributes]);
  await walk(mind, 'key agreement', 3);
};

const keys: Flow = async (mind) => {
  const { random } = mind;
  const key = await mind.key();
  if (key === undefined) return;
  await mind.call('psa_check_key_usage', [key.id, key.alg, random.once(2) ? 1 : values.ALL_USAGE]);
  const data = bytesAt(await mind.call('psa_export_key', [key.id, 4096]), 2);
  await mind.call('psa_export_public_key', [key.id, 4096]);
  const attributes = values.attributes(random);
  const near = { ...attributes, type: key.type, bits: random.once(3) ? attributes.bits : key.bits };
  await mind.call('psa_copy_key', [key.id, { ...near, alg: key.alg }]);
  const cut = random.once(3) ? data.subarray(0, random.below(data.length + 1)) : data;
  await mind.call('psa_import_key', [near, cut]);
  const persistent = random.pick(values.PERSISTENT_IDS);
  await mind.call('psa_import_key', [{ ...near, bits: 0, lifetime: 1, id: persistent }, data]);
  await mind.call('psa_purge_key', [persistent]);
  await walk(mind, 'key management', 6);
  if (random.once(2)) await mind.call('psa_destroy_key', [persistent]);
  await mind.call('psa_destroy_key', [key.id]);
};

const suite = (alg: number, keyConfirmation: number) => ({
  alg,
  type: 1,
  family: 0x12,
  bits: 256,
  keyConfirmation,
});

/** Both sides of J-PAKE, each step's output the other side's input. */
const jpake: Flow = async (mind) => {
  const alg = c.PSA_ALG_JPAKE(c.PSA_ALG_SHA_256);
  const key = await mind.key((other) => other === alg);
  if (key === undefined) return;
  const names = [Buffer.from('client'), Buffer.from('server')] as const;
  const sides: number[] = [];
  for (const i of [0, 1]) {
    const handle = handleOf(await mind.call('psa_pake_setup', [0, key.id, suite(alg, 1)]));
    await mind.call('psa_pake_set_user', [handle, new Uint8Array(names[i === 0 ? 0 : 1])]);
    await mind.call('psa_pake_set_peer', [handle, new Uint8Array(names[i === 0 ? 1 : 0])]);
    sides.push(handle);
  }
  const [one = 0, two = 0] = sides;
  const round = async (from: number, to: number, count: number) => {
    const parts: Uint8Array[] = [];
    for (let i = 0; i < 3 * count; i++)
      parts.push(bytesAt(await mind.call('psa_pake_output', [from, 1 + (i % 3), ROOM]), 3));
    for (let i = 0; i < 3 * count; i++)
      await mind.call('psa_pake_input', [to, 1 + (i % 3), parts[i] ?? new Uint8Array(0)]);
  };
  await round(one, two, 2);
  await round(two, one, 2);
  await walk(mind, 'PAKE', 2);
  await round(one, two, 1);
  await round(two, one, 1);
  const attributes = { ...NO_ATTRIBUTES, type: c.PSA_KEY_TYPE_DERIVE, alg: c.PSA_ALG_TLS12_ECJPAKE_TO_PMS };
  await mind.call('psa_pake_get_shared_key', [one, attributes]);
  await mind.call('psa_pake_get_shared_key', [two, attributes]);
};

const spake2p: Flow = async (mind) => {
  const key = await mind.key(
    () => true,
    ({ type }) => c.PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type),
  );
  if (key === undefined) return;
  const start = async (role: number): Promise<number> => {
    const handle = handleOf(await mind.call('psa_pake_setup', [0, key.id, suite(key.alg, 0)]));
    await mind.call('psa_pake_set_role', [handle, role]);
    if (mind.random.once(2)) await mind.call('psa_pake_set_context', [handle, mind.bytes()]);
    return handle;
  };
  const [client, server] = [await start(c.PSA_PAKE_ROLE_CLIENT), await start(c.PSA_PAKE_ROLE_SERVER)];
  const pass = async (from: number, to: number, step: number) => {
    const part = bytesAt(await mind.call('psa_pake_output', [from, step, ROOM]), 3);
    await mind.call('psa_pake_input', [to, step, part]);
  };
  await pass(client, server, c.PSA_PAKE_STEP_KEY_SHARE);
  await pass(server, client, c.PSA_PAKE_STEP_KEY_SHARE);
  await walk(mind, 'PAKE', 2);
  await pass(server, client, c.PSA_PAKE_STEP_CONFIRM);
  await pass(client, server, c.PSA_PAKE_STEP_CONFIRM);
  const attributes = {
    ...NO_ATTRIBUTES,
    type: c.PSA_KEY_TYPE_DERIVE,
    alg: c.PSA_ALG_HKDF(c.PSA_ALG_SHA_256),
  };
  await mind.call('psa_pake_get_shared_key', [client, attributes]);
};

/** The cheap ones are more frequent, so that the expensive ones do not take all the time. */
export const FLOWS: readonly Flow[] = [
  ...[hash, mac, cipher, aead, derivation, keys, xof].flatMap((flow) => [flow, flow, flow, flow, flow, flow]),
  ...[hashTwice, openedInParts, derivationTwice].flatMap((flow) => [flow, flow, flow, flow]),
  ...[signature, multiPartSignature, encryption, agreement, wrapping],
  ...[jpake, spake2p],
];
