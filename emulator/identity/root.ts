/**
 * What makes one device this device: a root secret, standing in for the chip's hardware unique key, and what is
 * derived from it. The root comes from the seed, or is drawn once and kept in the store.
 */
import type { Engine } from '../../engine/engine.ts';
import { type Storage, StorageError } from '../../keystore/storage.ts';

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
