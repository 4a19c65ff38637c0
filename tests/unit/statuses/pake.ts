/** Password-authenticated key exchange. */
import { keyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_JPAKE,
  PSA_ALG_SHA_256,
  PSA_ALG_SPAKE2P_HMAC,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_SPAKE2P_KEY_PAIR,
  PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY,
  PSA_KEY_USAGE_DERIVE,
  PSA_PAKE_CONFIRMED_KEY,
  PSA_PAKE_ROLE_FIRST,
  PSA_PAKE_STEP_CONFIRM,
  PSA_PAKE_STEP_KEY_SHARE,
  PSA_PAKE_STEP_ZK_PROOF,
  PSA_PAKE_UNCONFIRMED_KEY,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { type PakeOperation, pakeOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { aesKey, importing, passwordKey } from '../../support/keys.ts';
import {
  jpakeSuite,
  type Party,
  PROVER,
  party,
  spake2p,
  spake2pSuite,
  speak,
  spoilt,
  VERIFIER,
} from '../../support/pake.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_FAMILY, UNKNOWN_KEY_TYPE, UNKNOWN_PAKE } from '../../support/unsupported.ts';
import { type Given, type Row, rowsOf, type Scenes } from './row.ts';
import { openSmall } from './small.ts';

const row = rowsOf(import.meta.url);

const JPAKE = PSA_ALG_JPAKE(PSA_ALG_SHA_256);
const SPAKE2P = PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256);
const SECRET = keyAttributes({ type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_DERIVE });
const [CLIENT, SERVER] = [ascii('client'), ascii('server')];
const NO_STEP = 0x70;

/** w0 and w1 of a prover. */
const pair = importing(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), new Uint8Array(64).fill(3));

const spake2pParty = async ({ psa }: Given, role: number): Promise<Party> =>
  party(psa, { key: await pair(psa, SPAKE2P), suite: spake2pSuite(SPAKE2P), role });

/** Set up as far as the cipher suite. */
const bare = async ({ psa }: Given, alg = JPAKE): Promise<PakeOperation> => {
  const operation = pakeOperationInit();
  if (alg === JPAKE) await must(psa.pakeSetup(operation, await passwordKey(psa, alg), jpakeSuite(alg)));
  else await must(psa.pakeSetup(operation, await pair(psa, alg), spake2pSuite(alg)));
  return operation;
};

/** After its first output. */
const speaking = async (given: Given): Promise<number> => {
  const prover = await spake2pParty(given, PROVER);
  await speak(prover, PSA_PAKE_STEP_KEY_SHARE);
  return prover.operation.handle;
};

/** A prover, and what a verifier says to it: a share and a confirmation. */
const addressed = async (given: Given) => {
  const [prover, verifier] = [await spake2pParty(given, PROVER), await spake2pParty(given, VERIFIER)];
  for (const [step, data] of await speak(prover, PSA_PAKE_STEP_KEY_SHARE))
    await must(given.psa.pakeInput(verifier.operation, step, data));
  const [share, confirmation] = await speak(verifier, PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_CONFIRM);
  if (share === undefined || confirmation === undefined) throw new Error('the verifier said nothing');
  return { prover, share, confirmation };
};

/** A prover at the end of an exchange. */
const agreed = async (given: Given): Promise<number> => {
  const prover = await spake2pParty(given, PROVER);
  const answer = await spake2p(prover, await spake2pParty(given, VERIFIER));
  if (answer !== 'SUCCESS') throw new Error(answer);
  return prover.operation.handle;
};

export const scenes: Scenes = {
  psa_pake_setup: async (given) => ({
    password_key: await given.key(passwordKey, JPAKE),
    cipher_suite: jpakeSuite(JPAKE),
  }),
  psa_pake_set_role: async (given) => ({ operation: (await bare(given, SPAKE2P)).handle, role: PROVER }),
  psa_pake_set_user: async (given) => ({ operation: (await bare(given)).handle, user_id: CLIENT }),
  psa_pake_set_peer: async (given) => ({ operation: (await bare(given)).handle, peer_id: SERVER }),
  psa_pake_set_context: async (given) => ({
    operation: (await bare(given, SPAKE2P)).handle,
    context: ascii('context'),
  }),
  psa_pake_output: async (given) => ({
    operation: (await spake2pParty(given, PROVER)).operation.handle,
    step: PSA_PAKE_STEP_KEY_SHARE,
  }),
  psa_pake_input: async (given) => {
    const { prover, share } = await addressed(given);
    return { operation: prover.operation.handle, step: share[0], input: share[1] };
  },
  psa_pake_get_shared_key: async (given) => ({ operation: await agreed(given), attributes: SECRET }),
  psa_pake_abort: async (given) => ({ operation: await speaking(given) }),
};

const values: readonly (readonly [RemoteFunction, string])[] = [
  ['psa_pake_set_user', 'user_id'],
  ['psa_pake_set_peer', 'peer_id'],
];
const settingUp: readonly RemoteFunction[] = [
  'psa_pake_set_role',
  'psa_pake_set_user',
  'psa_pake_set_peer',
  'psa_pake_set_context',
];
const steps: readonly RemoteFunction[] = ['psa_pake_output', 'psa_pake_input'];

export const rows: readonly Row[] = [
  row('psa_pake_setup', 'NOT_PERMITTED', 'the key is for another algorithm', async ({ psa }) => ({
    password_key: await passwordKey(psa, SPAKE2P),
  })),
  row('psa_pake_setup', 'INVALID_ARGUMENT', 'the algorithm is no PAKE', {
    cipher_suite: jpakeSuite(PSA_ALG_ECDH),
  }),
  row('psa_pake_setup', 'INVALID_ARGUMENT', 'the algorithm does not confirm keys', {
    cipher_suite: { ...jpakeSuite(JPAKE), keyConfirmation: PSA_PAKE_CONFIRMED_KEY },
  }),
  row('psa_pake_setup', 'INVALID_ARGUMENT', 'the algorithm always confirms keys', async ({ psa }) => ({
    password_key: await pair(psa, SPAKE2P),
    cipher_suite: { ...spake2pSuite(SPAKE2P), keyConfirmation: PSA_PAKE_UNCONFIRMED_KEY },
  })),
  row(
    'psa_pake_setup',
    'INVALID_ARGUMENT',
    'the key is of a type that the algorithm is not for',
    async ({ psa }) => ({
      password_key: await aesKey(psa, JPAKE),
    }),
  ),
  row(
    'psa_pake_setup',
    'NOT_SUPPORTED',
    'the PAKE algorithm is not there',
    { cipher_suite: jpakeSuite(UNKNOWN_PAKE) },
    { keys: { alg: UNKNOWN_PAKE } },
  ),
  row('psa_pake_setup', 'NOT_SUPPORTED', 'the primitive is not there', {
    cipher_suite: { ...jpakeSuite(JPAKE), family: UNKNOWN_FAMILY },
  }),
  ...settingUp.map((name) =>
    row(name, 'BAD_STATE', 'the exchange has begun', async (given) => ({ operation: await speaking(given) })),
  ),
  row('psa_pake_set_role', 'BAD_STATE', 'the role is set', async (given) => {
    const operation = await bare(given, SPAKE2P);
    await must(given.psa.pakeSetRole(operation, VERIFIER));
    return { operation: operation.handle };
  }),
  row('psa_pake_set_role', 'INVALID_ARGUMENT', 'the algorithm has no such role', {
    role: PSA_PAKE_ROLE_FIRST,
  }),
  row(
    'psa_pake_set_role',
    'INVALID_ARGUMENT',
    'the key is of a verifier, the role of a prover',
    async ({ psa }) => {
      const { data } = await must(psa.exportPublicKey(await pair(psa, SPAKE2P)));
      const type = PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);
      const operation = pakeOperationInit();
      await must(psa.pakeSetup(operation, await importing(type, data)(psa, SPAKE2P), spake2pSuite(SPAKE2P)));
      return { operation: operation.handle };
    },
  ),
  ...values.flatMap(([name, value]) => [
    row(name, 'INVALID_ARGUMENT', 'the identity is empty', { [value]: NOTHING }),
    row(
      name,
      'NOT_SUPPORTED',
      'the identity is longer than the profile allows',
      { [value]: new Uint8Array(17).fill(1) },
      { open: openSmall },
    ),
  ]),
  row('psa_pake_set_user', 'BAD_STATE', 'the user is set', async (given) => {
    const operation = await bare(given);
    await must(given.psa.pakeSetUser(operation, SERVER));
    return { operation: operation.handle };
  }),
  row('psa_pake_set_peer', 'BAD_STATE', 'the peer is set', async (given) => {
    const operation = await bare(given);
    await must(given.psa.pakeSetPeer(operation, CLIENT));
    return { operation: operation.handle };
  }),
  row('psa_pake_set_context', 'BAD_STATE', 'the algorithm has no context', async (given) => ({
    operation: (await bare(given)).handle,
  })),
  ...steps.flatMap((name) => [
    row(name, 'BAD_STATE', 'the role is not set', async (given) => ({
      operation: (await bare(given, SPAKE2P)).handle,
    })),
    row(name, 'INVALID_ARGUMENT', 'the protocol has no such step', { step: NO_STEP }),
    row(name, 'INVALID_ARGUMENT', 'the step is of another protocol', { step: PSA_PAKE_STEP_ZK_PROOF }),
    row(name, 'BAD_STATE', 'another step comes first', { step: PSA_PAKE_STEP_CONFIRM }),
  ]),
  row('psa_pake_input', 'INVALID_ARGUMENT', 'the share is no point of the curve', (_, { input }) => ({
    input: (input as Uint8Array).with(64, ((input as Uint8Array)[64] ?? 0) ^ 1),
  })),
  row('psa_pake_input', 'INVALID_SIGNATURE', 'the confirmation is changed', async (given) => {
    const { prover, share, confirmation } = await addressed(given);
    await must(given.psa.pakeInput(prover.operation, ...share));
    const [step, input] = spoilt(confirmation);
    return { operation: prover.operation.handle, step, input };
  }),
  row('psa_pake_get_shared_key', 'BAD_STATE', 'the exchange is not over', async (given) => ({
    operation: await speaking(given),
  })),
  row('psa_pake_get_shared_key', 'INVALID_ARGUMENT', 'the secret is no key of the type', {
    attributes: { ...SECRET, type: PSA_KEY_TYPE_RAW_DATA },
  }),
  row('psa_pake_get_shared_key', 'INVALID_ARGUMENT', 'the secret has another size', {
    attributes: { ...SECRET, bits: 8 },
  }),
  row('psa_pake_get_shared_key', 'NOT_SUPPORTED', 'keys of the type are not there', {
    attributes: { ...SECRET, type: UNKNOWN_KEY_TYPE },
  }),
];
