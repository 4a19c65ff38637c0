/** The flash that a profile has. */
import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../../emulator/geometry.ts';
import { settingsOf } from '../../../emulator/profiles/profile.ts';
import { profileNamed } from '../../../emulator/profiles/profile-file.ts';

const KIB = 1024;
const settings = settingsOf(profileNamed('psa-full'));

describe('flash', () => {
  it.each([
    ['stm32h573-sm-1.2', 6, 8 * KIB],
    ['psa-full', 1024, 16 * KIB],
  ])('of %s', (name, sectors, sectorSize) => {
    expect(geometryOf(settingsOf(profileNamed(name)))).toEqual({ sectors, sectorSize });
  });

  it.each([
    ['items that fit a sector of the chip', 7 * KIB, 48 * KIB, 6, 8 * KIB],
    ['items that do not', 7 * KIB + 1, 48 * KIB, 3, 16 * KIB],
    ['items as large as all of it', 16 * KIB, 16 * KIB, 2, 32 * KIB],
  ])('of a profile with %s', (_, storageItem, storage, sectors, sectorSize) => {
    expect(geometryOf({ ...settings, storageItem, storage })).toEqual({ sectors, sectorSize });
  });
});
