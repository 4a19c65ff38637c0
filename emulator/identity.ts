/**
 * What makes one device this device: a root secret, standing in for the chip's hardware unique key, and what is
 * derived from it. The root comes from the seed, or is drawn once and kept in the store.
 */
import type { Engine } from '../engine/engine.ts';
import type { BuiltInKey } from '../keystore/key-store.ts';
import { type Storage, StorageError } from '../keystore/storage.ts';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_ECDSA,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION,
  PSA_KEY_LOCATION_LOCAL_STORAGE,
  PSA_KEY_PERSISTENCE_READ_ONLY,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../psa-api/constants.ts';
import { createRandomGenerator } from './random.ts';

const SECRET = 32;
const RECORD = 'device';

/** A secret of its own for each purpose. */
export const deriveSecret = (engine: Engine, root: Uint8Array, purpose: string): Uint8Array =>
  engine.kdf.hkdfExpand('sha256', root, new TextEncoder().encode(`h5sm ${purpose}`)).read(SECRET);

/** The root that a seed stands for. */
export const seededRoot = (engine: Engine, insecureSeed: string): Uint8Array =>
  engine.kdf.hkdfExtract(
    'sha256',
    new TextEncoder().encode('h5sm seed'),
    new TextEncoder().encode(insecureSeed),
  );

/**
 * The root of the device whose store this is. A new store takes `candidate`; an old one keeps its own, and refuses
 * a seed that belongs to another device: its keys could never be opened.
 */
export const adoptRoot = (
  engine: Engine,
  storage: Storage,
  candidate: Uint8Array,
  isSeeded: boolean,
): Uint8Array => {
  const kept = storage.read(RECORD);
  if (kept === undefined) {
    storage.write(RECORD, candidate);
    return candidate;
  }
  if (kept.length !== SECRET)
    throw new StorageError(
      'failed',
      `the store ${storage.description} has a damaged device record (${kept.length} bytes, not ${SECRET})`,
    );
  if (isSeeded && !engine.equal(kept, candidate))
    throw new StorageError(
      'failed',
      `the store ${storage.description} belongs to a device with another identity: leave --seed out, or name another folder with --store`,
    );
  return kept;
};

/**
 * The internal user key of the device (PSA_KEY_ID_ST_DUA_USER): P-256, provisioned by ST on the chip. It signs
 * hashes and messages and gives its public part. Flags and lifetime on the board are not public: our choice.
 */
export const duaUserKey = (engine: Engine, root: Uint8Array): BuiltInKey => ({
  attributes: {
    type: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
    bits: 256,
    lifetime: PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
      PSA_KEY_PERSISTENCE_READ_ONLY,
      PSA_KEY_LOCATION_LOCAL_STORAGE,
    ),
    usage:
      PSA_KEY_USAGE_SIGN_HASH |
      PSA_KEY_USAGE_SIGN_MESSAGE |
      PSA_KEY_USAGE_VERIFY_HASH |
      PSA_KEY_USAGE_VERIFY_MESSAGE,
    alg: PSA_ALG_ECDSA(PSA_ALG_ANY_HASH),
    id: PSA_KEY_ID_ST_DUA_USER,
  },
  data: engine
    .curve('secp256r1')
    .generate(createRandomGenerator(engine, deriveSecret(engine, root, 'DUA user key')).random),
});
