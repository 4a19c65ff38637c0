/** Key-derivation algorithms as data: steps, their order, capacity, and the stream they give. PSA Crypto 1.3, 10.6.1. */
import type { Engine, HashName, KdfStream, LongKdfStream } from '../engine/engine.ts';
import { concat } from './bytes.ts';
import {
  PSA_KEY_DERIVATION_INPUT_CONTEXT as CONTEXT,
  PSA_KEY_DERIVATION_INPUT_COST as COST,
  PSA_KEY_DERIVATION_INPUT_INFO as INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL as LABEL,
  PSA_KEY_DERIVATION_INPUT_OTHER_SECRET as OTHER_SECRET,
  PSA_KEY_DERIVATION_INPUT_PASSWORD as PASSWORD,
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_HKDF,
  PSA_ALG_IS_HKDF_EXPAND,
  PSA_ALG_IS_HKDF_EXTRACT,
  PSA_ALG_IS_PBKDF2_HMAC,
  PSA_ALG_IS_SP800_108_COUNTER_HMAC,
  PSA_ALG_IS_TLS12_PRF,
  PSA_ALG_IS_TLS12_PSK_TO_MS,
  PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
  PSA_ALG_SP800_108_COUNTER_CMAC,
  PSA_ALG_TLS12_ECJPAKE_TO_PMS,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PEPPER,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE,
  PSA_KEY_DERIVATION_INPUT_SALT as SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET as SECRET,
  PSA_KEY_DERIVATION_INPUT_SEED as SEED,
} from './constants.ts';
import { HMAC_HASHES } from './support.ts';

export interface Step {
  readonly step: number;
  /** Key types that this input may come from. Direct input is possible too, but for `integer` steps. */
  readonly keyTypes: readonly number[];
  readonly integer?: true;
  /** Comes from a key alone. */
  readonly keyOnly?: true;
  /** Must not contain a null byte. */
  readonly text?: true;
  readonly optional?: true;
  /** May be given several times; the inputs are concatenated. */
  readonly repeats?: true;
  /** Steps that must be there before this one, and steps that must not. */
  readonly after: readonly number[];
  readonly notAfter: readonly number[];
  readonly minLength?: number;
  readonly maxLength?: number;
}

export type StepInputs = ReadonlyMap<number, Uint8Array>;

export interface DerivationAlgorithm {
  readonly steps: readonly Step[];
  /** The step whose key decides whether keys may be derived: secret or password. */
  readonly secret: number;
  readonly capacity: number;
  /** The capacity at the first output goes into the derivation; it cannot be set any more. */
  readonly usesCapacity?: true;
  /** `cost` is the iteration count where the algorithm has one. */
  stream(inputs: StepInputs, cost: number, capacity: number): KdfStream | LongKdfStream;
}

type StepOptions = Partial<
  Pick<Step, 'integer' | 'keyOnly' | 'text' | 'optional' | 'repeats' | 'minLength' | 'maxLength'>
>;

const DERIVE = [PSA_KEY_TYPE_DERIVE];
const RAW = [PSA_KEY_TYPE_RAW_DATA];

/** Steps in a fixed order: each after all mandatory ones before it, none after a later one. */
const ordered = (
  ...list: readonly (readonly [step: number, keyTypes: readonly number[], options?: StepOptions])[]
): Step[] =>
  list.map(([step, keyTypes, options = {}], i) => ({
    step,
    keyTypes,
    ...options,
    after: list.slice(0, i).flatMap(([s, , o]) => (o?.optional ? [] : [s])),
    notAfter: list.slice(i + 1).map(([s]) => s),
  }));

const NONE = new Uint8Array(0);
const input = (inputs: StepInputs, step: number): Uint8Array => inputs.get(step) ?? NONE;

/** A stream that is already whole: HKDF-Extract's one block. */
const fixed = (bytes: Uint8Array): KdfStream => {
  let at = 0;
  return {
    read: (length) => {
      at += length;
      return bytes.slice(at - length, at);
    },
    wipe: () => bytes.fill(0),
  };
};

/** RFC 4279 2: both secrets with their lengths in front; without another secret, as many zeros as the PSK has bytes. */
const premaster = (inputs: StepInputs): Uint8Array => {
  const psk = input(inputs, SECRET);
  const other = inputs.get(OTHER_SECRET) ?? new Uint8Array(psk.length);
  const length = (n: number) => Uint8Array.of(n >> 8, n & 0xff);
  return concat(length(other.length), other, length(psk.length), psk);
};

const pbkdf2Steps = ordered(
  [COST, [], { integer: true }],
  [SALT, [PSA_KEY_TYPE_RAW_DATA, PSA_KEY_TYPE_PEPPER], { repeats: true }],
  [PASSWORD, [PSA_KEY_TYPE_PASSWORD, PSA_KEY_TYPE_DERIVE]],
);

/** An uncompressed point of P-256. */
const POINT = 65;

/** SP 800-108 in the form of 10.6.1: the length of the output in bits is a 32-bit number. */
const COUNTER_CAPACITY = 0x1fffffff;

const counterSteps = (keyTypes: readonly number[], options: StepOptions): Step[] =>
  ordered(
    [SECRET, keyTypes, options],
    [LABEL, RAW, { optional: true, text: true }],
    [CONTEXT, RAW, { optional: true }],
  );

/** TLS 1.2 uses its PRF with these two hashes. */
const TLS12_HASHES: readonly HashName[] = ['sha256', 'sha384'];

/** undefined: not an algorithm that is supported here. */
export const derivationAlgorithm = (engine: Engine, alg: number): DerivationAlgorithm | undefined => {
  const { kdf } = engine;
  if (alg === PSA_ALG_SP800_108_COUNTER_CMAC)
    return {
      // One AES key; an XTS key is two.
      steps: counterSteps([PSA_KEY_TYPE_AES], { keyOnly: true, maxLength: 32 }),
      secret: SECRET,
      capacity: COUNTER_CAPACITY,
      usesCapacity: true,
      stream: (inputs, _cost, capacity) =>
        kdf.counterCmac(
          engine.aesKey(input(inputs, SECRET)),
          input(inputs, LABEL),
          input(inputs, CONTEXT),
          capacity,
        ),
    };
  if (alg === PSA_ALG_PBKDF2_AES_CMAC_PRF_128)
    return {
      steps: pbkdf2Steps,
      secret: PASSWORD,
      capacity: 0xffffffff * 16,
      stream: (inputs, cost) => kdf.pbkdf2AesCmac(input(inputs, PASSWORD), input(inputs, SALT), cost),
    };
  if (alg === PSA_ALG_TLS12_ECJPAKE_TO_PMS)
    return {
      steps: ordered([SECRET, DERIVE, { minLength: POINT, maxLength: POINT }]),
      secret: SECRET,
      capacity: 32,
      stream: (inputs) => {
        // TLS-ECJPAKE 8.7: SHA-256 of the x coordinate.
        const hash = engine.hash('sha256');
        hash.update(input(inputs, SECRET).subarray(1, 33));
        return fixed(hash.digest());
      },
    };

  const hash = HMAC_HASHES.get(PSA_ALG_GET_HASH(alg));
  if (hash === undefined) return undefined;
  const { output } = engine.hashLengths(hash);

  if (PSA_ALG_IS_SP800_108_COUNTER_HMAC(alg))
    return {
      steps: counterSteps([PSA_KEY_TYPE_DERIVE, PSA_KEY_TYPE_HMAC], {}),
      secret: SECRET,
      capacity: COUNTER_CAPACITY,
      usesCapacity: true,
      stream: (inputs, _cost, capacity) =>
        kdf.counterHmac(hash, input(inputs, SECRET), input(inputs, LABEL), input(inputs, CONTEXT), capacity),
    };

  if (PSA_ALG_IS_HKDF(alg))
    return {
      // The info may come at any time, the salt only before the secret.
      steps: [
        { step: SALT, keyTypes: RAW, optional: true, after: [], notAfter: [SECRET] },
        { step: SECRET, keyTypes: DERIVE, after: [], notAfter: [] },
        { step: INFO, keyTypes: RAW, after: [], notAfter: [] },
      ],
      secret: SECRET,
      capacity: 255 * output,
      stream: (inputs) =>
        kdf.hkdfExpand(
          hash,
          kdf.hkdfExtract(hash, input(inputs, SALT), input(inputs, SECRET)),
          input(inputs, INFO),
        ),
    };

  if (PSA_ALG_IS_HKDF_EXTRACT(alg))
    return {
      steps: ordered([SALT, RAW], [SECRET, DERIVE]),
      secret: SECRET,
      capacity: output,
      stream: (inputs) => fixed(kdf.hkdfExtract(hash, input(inputs, SALT), input(inputs, SECRET))),
    };

  if (PSA_ALG_IS_HKDF_EXPAND(alg))
    return {
      // RFC 5869 2.3: the pseudorandom key has at least HashLen bytes.
      steps: ordered([SECRET, DERIVE, { minLength: output }], [INFO, RAW]),
      secret: SECRET,
      capacity: 255 * output,
      stream: (inputs) => kdf.hkdfExpand(hash, input(inputs, SECRET), input(inputs, INFO)),
    };

  if (PSA_ALG_IS_TLS12_PRF(alg) && TLS12_HASHES.includes(hash))
    return {
      steps: ordered([SEED, RAW], [SECRET, DERIVE], [LABEL, RAW]),
      secret: SECRET,
      capacity: Number.POSITIVE_INFINITY,
      stream: (inputs) =>
        kdf.tls12Prf(hash, input(inputs, SECRET), concat(input(inputs, LABEL), input(inputs, SEED))),
    };

  if (PSA_ALG_IS_TLS12_PSK_TO_MS(alg) && TLS12_HASHES.includes(hash))
    return {
      steps: ordered(
        [SEED, RAW],
        [OTHER_SECRET, DERIVE, { optional: true }],
        [SECRET, DERIVE, { maxLength: PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE }],
        [LABEL, RAW],
      ),
      secret: SECRET,
      capacity: Number.POSITIVE_INFINITY,
      stream: (inputs) =>
        kdf.tls12Prf(hash, premaster(inputs), concat(input(inputs, LABEL), input(inputs, SEED))),
    };

  if (PSA_ALG_IS_PBKDF2_HMAC(alg))
    return {
      steps: pbkdf2Steps,
      secret: PASSWORD,
      // RFC 8018 5.2: block indices are 32 bits.
      capacity: 0xffffffff * output,
      stream: (inputs, cost) => kdf.pbkdf2Hmac(hash, input(inputs, PASSWORD), input(inputs, SALT), cost),
    };

  return undefined;
};
