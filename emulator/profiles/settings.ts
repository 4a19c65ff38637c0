/**
 * Everything in which devices differ, described once: what a setting means and which values it may have. Profiles
 * give the values, docs/fidelity.md and `h5sm capabilities` show them, a user's profile file is checked against them.
 */
import { ALGORITHM_PARTS } from '../../psa-api/algorithm-names.ts';
import { FUNCTIONS } from '../../psa-api/functions.ts';
import { KEY_TYPE_NAMES } from '../../psa-api/key-type-names.ts';
import { ERRORS } from '../../psa-api/status.ts';
import { PRODUCT_STATE_NAMES } from '../product-state.ts';

/** One setting. `null` as a value of a count means that there is no limit. */
export type Setting =
  | {
      readonly kind: 'count';
      readonly unit: string;
      readonly least: number;
      readonly most: number;
      readonly optional: boolean;
      readonly meaning: string;
    }
  | { readonly kind: 'switch'; readonly meaning: string }
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly meaning: string }
  /** Names out of a list; `null` stands for all of them. */
  | { readonly kind: 'names'; readonly of: readonly string[]; readonly meaning: string };

const count = (unit: string, least: number, most: number, meaning: string) =>
  ({ kind: 'count', unit, least, most, optional: false, meaning }) as const;
const optionalCount = (unit: string, least: number, most: number, meaning: string) =>
  ({ kind: 'count', unit, least, most, optional: true, meaning }) as const;
const toggle = (meaning: string) => ({ kind: 'switch', meaning }) as const;
const choice = <const Names extends readonly string[]>(of: Names, meaning: string) =>
  ({ kind: 'choice', of, meaning }) as const;
const names = (of: readonly string[], meaning: string) => ({ kind: 'names', of, meaning }) as const;

const status = (meaning: string) => choice(Object.keys(ERRORS) as (keyof typeof ERRORS)[], meaning);

const KIB = 1024;

export const SETTINGS = {
  algorithms: names(
    ALGORITHM_PARTS,
    'algorithms, and the hashes that they may use; others answer PSA_ERROR_NOT_SUPPORTED',
  ),
  keyTypes: names(KEY_TYPE_NAMES, 'key types; others answer PSA_ERROR_NOT_SUPPORTED'),
  aesBits: names(['128', '192', '256'], 'sizes of AES keys, in bits'),
  rsaBits: names(
    ['1024', '2048', '3072', '4096'],
    'sizes of RSA keys, in bits; no list: any size the engine takes',
  ),
  eccBits: names(['192', '224', '256', '384', '521'], 'sizes of keys on SECP_R1 curves, in bits'),
  absentFunctions: names(
    FUNCTIONS.map(({ name }) => name),
    'functions that the device does not have; they answer PSA_ERROR_NOT_SUPPORTED and change nothing',
  ),

  operations: count(
    'operations',
    1,
    65_536,
    'multi-part operations active at once, all families and clients together',
  ),
  operationsExhausted: status('what setup answers when there is no room for another operation'),
  volatileKeys: count('keys', 1, 1_048_576, 'volatile keys, all clients together'),
  volatileKeysExhausted: status('what creating a volatile key answers when there is no room for another'),
  sharedArea: optionalCount(
    'bytes',
    4 * KIB,
    248 * KIB,
    'memory between the two worlds: 8 bytes, the message, every input and the whole declared room of every output; beyond it the call ends with PSA_ERROR_INSUFFICIENT_MEMORY before the secure world hears of it',
  ),
  aeadNonce: optionalCount(
    'bytes',
    12,
    1024,
    'longest nonce of one-shot and multi-part AEAD; a longer one is PSA_ERROR_INVALID_ARGUMENT at once',
  ),
  pakeIdentity: optionalCount(
    'bytes',
    1,
    65_536,
    'longest identity of a PAKE; a longer one is PSA_ERROR_NOT_SUPPORTED',
  ),
  vectors: count(
    'vectors',
    4,
    8,
    'input and output vectors of one psa_call together; more are PSA_ERROR_PROGRAMMER_ERROR',
  ),
  connections: count('connections', 1, 65_536, 'connections of psa_connect open at once, of each client'),
  storage: count(
    'bytes',
    16 * KIB,
    256 * KIB * KIB,
    'flash for persistent keys and for assets of Internal Trusted Storage, in sectors of 8 KiB',
  ),
  storageItem: count('bytes', 16, 1_048_576, 'largest asset that psa_its_set takes'),
  factoryBlob: count('bytes', 16, 1_048_576, 'keys and data provisioned in the factory, all together'),
  factoryItem: count('bytes', 16, 1_048_576, 'largest key or data provisioned in the factory'),

  productState: choice(PRODUCT_STATE_NAMES, 'product state that a new chip is delivered in'),
  leastProductState: choice(
    PRODUCT_STATE_NAMES,
    'product state below which the Secure Manager starts no application: the device takes no client',
  ),
  timing: choice(['none', 'stm32h573'], 'whether calls are charged the time that the board would have taken'),

  connectionHandles: choice(
    ['shared', 'unique'],
    'whether every connection of psa_connect has the handle -1, so that psa_call goes to the one that was opened first, or a handle of its own',
  ),
  operationHandles: choice(
    ['unique', 'reused'],
    'whether an operation that has ended leaves its handle to the next one, so that a stale copy of an operation object may name another operation',
  ),
  failedOperations: choice(
    ['ended', 'held'],
    'whether a failing call frees its operation (handle 0), or leaves it in its error state and its place taken until psa_*_abort',
  ),
  volatileKeyIds: choice(
    ['unique', 'reused'],
    'whether a destroyed volatile key leaves its id to the next one',
  ),
  ctrIv: choice(
    ['any', 'block'],
    'lengths of IV that PSA_ALG_CTR takes: 1 byte up to a block, or a whole block only',
  ),
  initialized: toggle('whether the crypto service is up without psa_crypto_init'),
  lengthsOnError: toggle(
    "whether the C client leaves the size of the caller's buffer in *length when a call fails",
  ),
  outputsFilled: toggle(
    'whether the C client fills output buffers with random bytes, by a psa_generate_random of its own, before the call',
  ),
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

type ValueOf<S> = S extends { kind: 'count'; optional: true }
  ? number | null
  : S extends { kind: 'count' }
    ? number
    : S extends { kind: 'switch' }
      ? boolean
      : S extends { kind: 'choice'; of: readonly (infer Name)[] }
        ? Name
        : readonly string[] | null;

export type Settings = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

/** By topic, for pages and listings. */
export const TOPICS: readonly (readonly [topic: string, names: readonly SettingName[]])[] = [
  ['What the device can do', ['algorithms', 'keyTypes', 'aesBits', 'rsaBits', 'eccBits', 'absentFunctions']],
  [
    'Limits',
    [
      'operations',
      'operationsExhausted',
      'volatileKeys',
      'volatileKeysExhausted',
      'sharedArea',
      'aeadNonce',
      'pakeIdentity',
      'vectors',
      'connections',
      'storage',
      'storageItem',
      'factoryBlob',
      'factoryItem',
    ],
  ],
  ['Life cycle and time', ['productState', 'leastProductState', 'timing']],
  [
    'Behaviour',
    [
      'connectionHandles',
      'operationHandles',
      'failedOperations',
      'volatileKeyIds',
      'ctrIv',
      'initialized',
      'lengthsOnError',
      'outputsFilled',
    ],
  ],
];
