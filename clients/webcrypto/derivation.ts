/** Web Cryptography API, clauses 31 HKDF and 32 PBKDF2. */
import {
  type KeyAttributes,
  PSA_ALG_GET_HASH,
  PSA_ALG_HKDF,
  PSA_ALG_IS_HKDF,
  PSA_ALG_IS_PBKDF2_HMAC,
  PSA_ALG_PBKDF2_HMAC,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_USAGE_DERIVE,
} from '../../psa-api/constants.ts';
import { type KeyDerivationOperation, keyDerivationOperationInit } from '../../psa-api/generated/psa.ts';
import type { Algorithm } from './algorithm.ts';
import { NOTHING } from './bytes.ts';
import { type Place, PsaCryptoKey } from './crypto-key.ts';
import type { Device } from './device.ts';
import { failure } from './errors.ts';
import { HASHES, type Hash, hashOf } from './hashes.ts';
import { bytesOf, has, integerOf, type KeyUsage, onlyUsages, type Params, someUsage } from './params.ts';
import { allowedUsages } from './symmetric.ts';

type Input =
  | { readonly step: number; readonly data: Uint8Array }
  | { readonly step: number; readonly integer: number }
  /** Where the key goes in. */
  | { readonly step: number };

interface Scheme {
  readonly name: string;
  readonly keyType: number;
  alg(hash: number): number;
  isAlg(alg: number): boolean;
  /** In the order of PSA Crypto 1.3, 10.6.1. */
  inputs(params: Params): readonly Input[];
}

const HKDF_SCHEME: Scheme = {
  name: 'HKDF',
  keyType: PSA_KEY_TYPE_DERIVE,
  alg: PSA_ALG_HKDF,
  isAlg: PSA_ALG_IS_HKDF,
  inputs: (params) => [
    { step: PSA_KEY_DERIVATION_INPUT_SALT, data: bytesOf(params, 'salt') },
    { step: PSA_KEY_DERIVATION_INPUT_SECRET },
    { step: PSA_KEY_DERIVATION_INPUT_INFO, data: bytesOf(params, 'info') },
  ],
};

const PBKDF2_SCHEME: Scheme = {
  name: 'PBKDF2',
  keyType: PSA_KEY_TYPE_PASSWORD,
  alg: PSA_ALG_PBKDF2_HMAC,
  isAlg: PSA_ALG_IS_PBKDF2_HMAC,
  inputs: (params) => {
    const iterations = integerOf(params, 'iterations');
    if (iterations === 0) throw failure('OperationError', 'PBKDF2: no iterations');
    return [
      { step: PSA_KEY_DERIVATION_INPUT_COST, integer: iterations },
      { step: PSA_KEY_DERIVATION_INPUT_SALT, data: bytesOf(params, 'salt') },
      { step: PSA_KEY_DERIVATION_INPUT_PASSWORD },
    ];
  },
};

const USAGES: readonly KeyUsage[] = ['deriveKey', 'deriveBits'];

const attributesFor = ({ keyType, alg }: Scheme, hash: Hash): Partial<KeyAttributes> => ({
  type: keyType,
  usage: PSA_KEY_USAGE_DERIVE,
  alg: alg(hash.alg),
});

const give = (
  device: Device,
  operation: KeyDerivationOperation,
  input: Input,
  key: number | undefined,
): Promise<unknown> => {
  const { psa } = device;
  const { step } = input;
  if ('integer' in input)
    return device.must('psa_key_derivation_input_integer', () =>
      psa.keyDerivationInputInteger(operation, step, BigInt(input.integer)),
    );
  if (!('data' in input) && key !== undefined)
    return device.must('psa_key_derivation_input_key', () => psa.keyDerivationInputKey(operation, step, key));
  const data = 'data' in input ? input.data : NOTHING;
  return device.must('psa_key_derivation_input_bytes', () =>
    psa.keyDerivationInputBytes(operation, step, data),
  );
};

/** No key is empty in PSA; an empty secret goes in as bytes. */
const withBase = <T>(
  device: Device,
  scheme: Scheme,
  hash: Hash,
  place: Place,
  work: (key: number | undefined) => Promise<T>,
): Promise<T> => {
  if (place.kind === 'device') return work(place.id);
  if (place.data.length === 0) return work(undefined);
  return device.withImported(attributesFor(scheme, hash), place.data, work);
};

/** Derives with all inputs given; `take` has the output. */
const derive = async <T>(
  device: Device,
  scheme: Scheme,
  params: Params,
  key: PsaCryptoKey,
  take: (operation: KeyDerivationOperation) => Promise<T>,
): Promise<T> => {
  const hash = hashOf(params);
  const inputs = scheme.inputs(params);
  const alg = scheme.alg(hash.alg);
  return withBase(device, scheme, hash, PsaCryptoKey.place(key), (id) =>
    device.alone(async () => {
      const operation = keyDerivationOperationInit();
      const { psa } = device;
      try {
        await device.must('psa_key_derivation_setup', () => psa.keyDerivationSetup(operation, alg));
        for (const input of inputs) await give(device, operation, input, id);
        return await take(operation);
      } finally {
        await device.attempt('psa_key_derivation_abort', () => psa.keyDerivationAbort(operation));
      }
    }),
  );
};

const material = (place: Place): boolean => place.kind === 'material' && place.data.length === 0;

const derivation = (scheme: Scheme): Algorithm => {
  const { name } = scheme;

  const deriveBits: Required<Algorithm>['deriveBits'] = async (device, params, key, length) => {
    if (length === null || length % 8 !== 0)
      throw failure(
        'OperationError',
        `${name}: ${length} bits; it derives whole bytes, and as many as are asked for`,
      );
    return derive(device, scheme, params, key, async (operation) => {
      if (length === 0) return NOTHING;
      const output = () => device.psa.keyDerivationOutputBytes(operation, length / 8);
      return (await device.must('psa_key_derivation_output_bytes', output)).output;
    });
  };

  return {
    name,
    deriveBits,
    keyLength: () => null,

    async importKey(device, params, data, { extractable, usages }) {
      if (data.format !== 'raw')
        throw failure('NotSupportedError', `${name}: no key format ${data.format}; it has raw`);
      onlyUsages(usages, USAGES, name);
      someUsage(usages, name);
      if (extractable) throw failure('SyntaxError', `${name}: its keys are not extractable`);
      // With a hash, which the API has only at derivation, the key goes into the device at once.
      if (!has(params, 'hash')) {
        const place = { kind: 'material', data: data.bytes } as const;
        return new PsaCryptoKey(device, place, 'secret', { name }, false, usages);
      }
      const hash = hashOf(params);
      const id = await device.importKey(attributesFor(scheme, hash), data.bytes);
      const place = { kind: 'device', id, usage: PSA_KEY_USAGE_DERIVE } as const;
      const algorithm = { name, hash: { name: hash.name } };
      return new PsaCryptoKey(device, place, 'secret', algorithm, false, usages);
    },

    async adopt(device, id, attributes, _, { usages }) {
      if (attributes.type !== scheme.keyType || !scheme.isAlg(attributes.alg))
        throw failure('InvalidAccessError', `${name}: the key in the device is not for it`);
      onlyUsages(usages, USAGES, name);
      allowedUsages(attributes, usages, name);
      const hash = HASHES.find((known) => known.alg === PSA_ALG_GET_HASH(attributes.alg));
      const algorithm = hash === undefined ? { name } : { name, hash: { name: hash.name } };
      const place = { kind: 'device', id, usage: attributes.usage } as const;
      return new PsaCryptoKey(device, place, 'secret', algorithm, false, usages);
    },

    async deriveInside(device, params, key, { attributes }) {
      // PSA Crypto 1.3, 10.6.1: of a secret given as bytes comes no key.
      if (material(PsaCryptoKey.place(key))) {
        const bytes = await deriveBits(device, params, key, attributes.bits ?? 0);
        return device.importKey(attributes, bytes);
      }
      return derive(device, scheme, params, key, (operation) =>
        device.create(async () => {
          const output = () => device.psa.keyDerivationOutputKey(attributes, operation);
          return (await device.must('psa_key_derivation_output_key', output)).key;
        }),
      );
    },
  };
};

export const HKDF: Algorithm = derivation(HKDF_SCHEME);
export const PBKDF2: Algorithm = derivation(PBKDF2_SCHEME);
