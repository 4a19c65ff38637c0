/**
 * What makes one device this device: its root secret, the chip's hardware unique key, and what is derived from it. A
 * new chip has its key from the seed, or from chance.
 */
import type { Engine } from '../../engine/engine.ts';
import { type Chip, HUK_LENGTH } from '../../keystore/chip.ts';
import { StorageError } from '../../keystore/storage.ts';

/** A secret of its own for each purpose. */
export const deriveSecret = (engine: Engine, root: Uint8Array, purpose: string): Uint8Array =>
  engine.kdf.hkdfExpand('sha256', root, new TextEncoder().encode(`h5sm ${purpose}`)).read(HUK_LENGTH);

/** The root that a seed stands for. */
export const seededRoot = (engine: Engine, insecureSeed: string): Uint8Array =>
  engine.kdf.hkdfExtract(
    'sha256',
    new TextEncoder().encode('h5sm seed'),
    new TextEncoder().encode(insecureSeed),
  );

/** Refuses a chip that is another device than the one asked for: by a seed, or by a snapshot. */
export const checkIdentity = (engine: Engine, chip: Chip, identity: Uint8Array | undefined): void => {
  if (identity !== undefined && !engine.equal(chip.huk, identity))
    throw new StorageError(
      'failed',
      `the store ${chip.description} belongs to a device with another identity: leave --seed out, or name another folder with --store`,
    );
};
