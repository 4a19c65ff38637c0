/** Key derivation, and the key-agreement step of it. */
import { keyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_HKDF,
  PSA_ALG_HKDF_EXPAND,
  PSA_ALG_KEY_AGREEMENT,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_ALG_SP800_108_COUNTER_CMAC,
  PSA_ALG_SP800_108_COUNTER_HMAC,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_DERIVATION_INPUT_SEED,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { type KeyDerivationOperation, keyDerivationOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, NOTHING } from '../../support/bytes.ts';
import { derivation, derive, type Input } from '../../support/derivation.ts';
import {
  aesKey,
  deriveKey,
  HMAC_KEY,
  importing,
  P256_POINT,
  P256_PUBLIC_TYPE,
  p256Pair,
  passwordKey,
} from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_DERIVATION } from '../../support/unsupported.ts';
import { type Given, type Row, rowsOf, type Scene, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const HKDF = PSA_ALG_HKDF(PSA_ALG_SHA_256);
const PBKDF2 = PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256);
const AGREEMENT = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF);
const SALT = PSA_KEY_DERIVATION_INPUT_SALT;
const SECRET = PSA_KEY_DERIVATION_INPUT_SECRET;
const INFO = PSA_KEY_DERIVATION_INPUT_INFO;
const COST = PSA_KEY_DERIVATION_INPUT_COST;
const PASSWORD = PSA_KEY_DERIVATION_INPUT_PASSWORD;
const ABC = ascii('abc');
const LENGTH = 16;
const CAPACITY = 255 * 32;
const AES = keyAttributes({ type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT });
const CUSTOM = { custom: { flags: 0 }, custom_data: NOTHING };
const VERIFY_ONLY = { usage: PSA_KEY_USAGE_VERIFY_DERIVATION };

const handleOf = async (operation: Promise<KeyDerivationOperation>): Promise<number> =>
  (await operation).handle;

const hkdf = ({ psa }: Given, ...inputs: readonly Input[]): Promise<number> =>
  handleOf(derivation(psa, HKDF, ...inputs));
const pbkdf2 = ({ psa }: Given, ...inputs: readonly Input[]): Promise<number> =>
  handleOf(derivation(psa, PBKDF2, ...inputs));

/** HKDF with all its inputs, the secret from a key. */
const complete = async (given: Given, secret: Partial<{ usage: number }> = {}): Promise<number> =>
  hkdf(given, [SECRET, { key: await deriveKey(given.psa, HKDF, secret) }], [INFO, ABC]);

const withCapacity = async (given: Given, capacity: number): Promise<number> => {
  const operation = keyDerivationOperationInit();
  operation.handle = await complete(given);
  await must(given.psa.keyDerivationSetCapacity(operation, capacity));
  return operation.handle;
};

const password = async ({ psa }: Given): Promise<Input[]> => [
  [COST, 1n],
  [SALT, ABC],
  [PASSWORD, { key: await passwordKey(psa, PBKDF2) }],
];

/** What the operation of `complete` gives. */
const expected = async ({ psa }: Given): Promise<Uint8Array> =>
  derive(psa, HKDF, LENGTH, [SECRET, { key: await deriveKey(psa, HKDF) }], [INFO, ABC]);

/** A password hash, and an operation that verifies it; `data` where it is another. */
const verifying =
  (data?: Uint8Array): Scene =>
  async (given) => {
    const hash = data ?? (await derive(given.psa, PBKDF2, LENGTH, ...(await password(given))));
    return {
      operation: await pbkdf2(given, ...(await password(given))),
      expected: await given.key(importing(PSA_KEY_TYPE_PASSWORD_HASH, hash), PBKDF2),
    };
  };

const capacityIs =
  (capacity: number): NonNullable<Row['after']> =>
  async ({ psa }, { operation }) => {
    const active = keyDerivationOperationInit();
    active.handle = operation as number;
    const left = (await must(psa.keyDerivationGetCapacity(active))).capacity;
    if (left !== capacity) throw new Error(`the capacity is ${left} and not ${capacity}`);
  };
/** 10.8.3: no output, and none left. */
const RUN_DRY = { after: capacityIs(0) };

export const scenes: Scenes = {
  psa_key_derivation_setup: () => ({ alg: HKDF }),
  psa_key_derivation_get_capacity: async (given) => ({ operation: await complete(given) }),
  psa_key_derivation_set_capacity: async (given) => ({ operation: await complete(given), capacity: 7 }),
  psa_key_derivation_input_bytes: async (given) => ({ operation: await hkdf(given), step: SALT, data: ABC }),
  psa_key_derivation_input_integer: async (given) => ({
    operation: await pbkdf2(given),
    step: COST,
    value: 1n,
  }),
  psa_key_derivation_input_key: async (given) => ({
    operation: await hkdf(given),
    step: SECRET,
    key: await given.key(deriveKey, HKDF),
  }),
  psa_key_derivation_key_agreement: async (given) => ({
    operation: await handleOf(derivation(given.psa, AGREEMENT)),
    step: SECRET,
    private_key: await given.key(p256Pair, AGREEMENT),
    peer_key: P256_POINT,
  }),
  psa_key_derivation_output_bytes: async (given) => ({
    operation: await complete(given),
    output_length: LENGTH,
  }),
  psa_key_derivation_output_key: async (given) => ({ operation: await complete(given), attributes: AES }),
  psa_key_derivation_output_key_custom: async (given) => ({
    operation: await complete(given),
    attributes: AES,
    ...CUSTOM,
  }),
  psa_key_derivation_verify_bytes: async (given) => ({
    operation: await complete(given),
    expected_output: await expected(given),
  }),
  psa_key_derivation_verify_key: verifying(),
  psa_key_derivation_abort: async (given) => ({ operation: await complete(given) }),
};

const drawing: readonly RemoteFunction[] = [
  'psa_key_derivation_output_bytes',
  'psa_key_derivation_output_key',
  'psa_key_derivation_output_key_custom',
  'psa_key_derivation_verify_bytes',
];
const outputKeys: readonly RemoteFunction[] = [
  'psa_key_derivation_output_key',
  'psa_key_derivation_output_key_custom',
];
const giving: readonly RemoteFunction[] = ['psa_key_derivation_input_bytes', 'psa_key_derivation_input_key'];

export const rows: readonly Row[] = [
  row('psa_key_derivation_setup', 'INVALID_ARGUMENT', 'the algorithm is no key derivation', {
    alg: PSA_ALG_SHA_256,
  }),
  row('psa_key_derivation_setup', 'INVALID_ARGUMENT', 'the algorithm is a key agreement alone', {
    alg: PSA_ALG_ECDH,
  }),
  row('psa_key_derivation_setup', 'NOT_SUPPORTED', 'the derivation algorithm is not there', {
    alg: UNKNOWN_DERIVATION,
  }),
  row(
    'psa_key_derivation_set_capacity',
    'INVALID_ARGUMENT',
    'the capacity is more than there is',
    { capacity: CAPACITY + 1 },
    { after: capacityIs(CAPACITY) },
  ),
  ...giving.flatMap((name) => [
    row(name, 'INVALID_ARGUMENT', 'the algorithm has no such step', { step: PSA_KEY_DERIVATION_INPUT_SEED }),
  ]),
  row('psa_key_derivation_input_bytes', 'BAD_STATE', 'the step is over', async (given) => ({
    operation: await hkdf(given, [SALT, ABC]),
  })),
  row('psa_key_derivation_input_bytes', 'BAD_STATE', 'the step comes too late', async (given) => ({
    operation: await hkdf(given, [SECRET, ABC]),
  })),
  row(
    'psa_key_derivation_input_bytes',
    'INVALID_ARGUMENT',
    'the step takes a key alone',
    async ({ psa }) => ({
      operation: await handleOf(derivation(psa, PSA_ALG_SP800_108_COUNTER_CMAC)),
      step: SECRET,
      data: new Uint8Array(16),
    }),
  ),
  row('psa_key_derivation_input_bytes', 'INVALID_ARGUMENT', 'the step takes a number', async (given) => ({
    operation: await pbkdf2(given),
    step: COST,
  })),
  row(
    'psa_key_derivation_input_bytes',
    'INVALID_ARGUMENT',
    'the secret is shorter than the hash',
    async ({ psa }) => ({
      operation: await handleOf(derivation(psa, PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256))),
      step: SECRET,
    }),
  ),
  row('psa_key_derivation_input_integer', 'BAD_STATE', 'the step is over', async (given) => ({
    operation: await pbkdf2(given, [COST, 1n]),
  })),
  row('psa_key_derivation_input_integer', 'INVALID_ARGUMENT', 'the step takes no number', { step: SALT }),
  row('psa_key_derivation_input_integer', 'INVALID_ARGUMENT', 'the cost is 0', { value: 0n }),
  row('psa_key_derivation_input_integer', 'NOT_SUPPORTED', 'the cost is beyond 32 bits', {
    value: 2n ** 32n,
  }),
  row('psa_key_derivation_input_key', 'BAD_STATE', 'the step is over', async (given) => ({
    operation: await hkdf(given, [SECRET, ABC]),
  })),
  row(
    'psa_key_derivation_input_key',
    'NOT_PERMITTED',
    'the key is for another algorithm',
    async ({ psa }) => ({
      key: await deriveKey(psa, PBKDF2),
    }),
  ),
  row(
    'psa_key_derivation_input_key',
    'INVALID_ARGUMENT',
    'the step is not for keys of this type',
    async ({ psa }) => ({
      key: await aesKey(psa, HKDF),
    }),
  ),
  row('psa_key_derivation_key_agreement', 'BAD_STATE', 'the step is over', async ({ psa }) => ({
    operation: await handleOf(derivation(psa, AGREEMENT, [SECRET, ABC])),
  })),
  row(
    'psa_key_derivation_key_agreement',
    'NOT_PERMITTED',
    'the key is for another algorithm',
    async ({ psa }) => ({
      private_key: await p256Pair(psa, PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PBKDF2)),
    }),
  ),
  row(
    'psa_key_derivation_key_agreement',
    'INVALID_ARGUMENT',
    'the algorithm agrees on nothing',
    async (given) => ({
      operation: await hkdf(given),
    }),
  ),
  row('psa_key_derivation_key_agreement', 'INVALID_ARGUMENT', 'the step takes no shared secret', {
    step: INFO,
  }),
  row('psa_key_derivation_key_agreement', 'INVALID_ARGUMENT', 'the key is no key pair', async ({ psa }) => ({
    private_key: await importing(P256_PUBLIC_TYPE, P256_POINT)(psa, AGREEMENT),
  })),
  row('psa_key_derivation_key_agreement', 'INVALID_ARGUMENT', 'the peer is no point of the curve', {
    peer_key: P256_POINT.with(64, 0),
  }),
  ...drawing.map((name) =>
    row(name, 'BAD_STATE', 'an input is missing', async (given) => ({
      operation: await hkdf(given, [SECRET, { key: await deriveKey(given.psa, HKDF) }]),
    })),
  ),
  ...drawing.map((name) =>
    row(
      name,
      'INSUFFICIENT_DATA',
      'the capacity is a byte short',
      async (given) => ({ operation: await withCapacity(given, LENGTH - 1) }),
      RUN_DRY,
    ),
  ),
  row(
    'psa_key_derivation_output_bytes',
    'INSUFFICIENT_MEMORY',
    'the output is longer than an answer',
    async ({ psa }) => ({
      operation: await handleOf(
        derivation(psa, PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256), [SECRET, HMAC_KEY]),
      ),
      output_length: 2 ** 24,
    }),
  ),
  row(
    'psa_key_derivation_output_bytes',
    'NOT_PERMITTED',
    'the secret is a key for verification',
    async (given) => ({
      operation: await complete(given, VERIFY_ONLY),
    }),
  ),
  ...outputKeys.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the secret is a key for verification', async (given) => ({
      operation: await complete(given, VERIFY_ONLY),
    })),
    row(name, 'NOT_PERMITTED', 'the secret does not come from a key', async (given) => ({
      operation: await hkdf(given, [SECRET, HMAC_KEY], [INFO, ABC]),
    })),
    row(name, 'INVALID_ARGUMENT', 'the key would be a public key', {
      attributes: { ...AES, type: P256_PUBLIC_TYPE, bits: 256 },
    }),
    row(name, 'INVALID_ARGUMENT', 'the size is none of the type', { attributes: { ...AES, bits: 129 } }),
    row(name, 'INVALID_ARGUMENT', 'the size is 0', { attributes: { ...AES, bits: 0 } }),
    row(name, 'INVALID_ARGUMENT', 'a password hash would be for another algorithm', {
      attributes: { ...AES, type: PSA_KEY_TYPE_PASSWORD_HASH, alg: PSA_ALG_HKDF(PSA_ALG_SHA_512) },
    }),
    row(name, 'NOT_SUPPORTED', 'keys of the type are not derived', {
      attributes: { ...AES, type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 1024 },
    }),
  ]),
  row('psa_key_derivation_output_key_custom', 'INVALID_ARGUMENT', 'the parameters have flags', {
    custom: { flags: 1 },
  }),
  row('psa_key_derivation_output_key_custom', 'INVALID_ARGUMENT', 'the type has no parameters', {
    custom_data: ABC,
  }),
  row('psa_key_derivation_verify_bytes', 'INVALID_SIGNATURE', 'the output is another', {
    expected_output: new Uint8Array(LENGTH),
  }),
  row('psa_key_derivation_verify_key', 'BAD_STATE', 'an input is missing', async (given) => ({
    operation: await pbkdf2(given, [COST, 1n]),
  })),
  row(
    'psa_key_derivation_verify_key',
    'NOT_PERMITTED',
    'the key is for another algorithm',
    async ({ psa }) => ({
      expected: await importing(PSA_KEY_TYPE_PASSWORD_HASH, ABC)(psa, HKDF),
    }),
  ),
  row(
    'psa_key_derivation_verify_key',
    'INVALID_ARGUMENT',
    'the key is no password hash',
    async ({ psa }) => ({
      expected: await passwordKey(psa, PBKDF2),
    }),
  ),
  row(
    'psa_key_derivation_verify_key',
    'INVALID_SIGNATURE',
    'the output is another',
    verifying(new Uint8Array(LENGTH)),
  ),
  row(
    'psa_key_derivation_verify_key',
    'INSUFFICIENT_DATA',
    'the capacity is a byte short',
    async (given, { operation }) => {
      const active = keyDerivationOperationInit();
      active.handle = operation as number;
      await must(given.psa.keyDerivationSetCapacity(active, LENGTH - 1));
      return {};
    },
    RUN_DRY,
  ),
];
