/** The API over a generator that is told what to give: for vectors that begin with somebody's random numbers. */
import { createCore } from '../../emulator/core.ts';
import { settingsOf } from '../../emulator/profiles/profile.ts';
import { profileNamed } from '../../emulator/profiles/profile-file.ts';
import { createNobleEngine } from '../../engine/noble/index.ts';
import { createPsa, type Psa } from '../../psa-api/generated/psa.ts';
import { memoryStorage } from './storage.ts';

/** Gives each of `draws` once, in this order, and fails where another length or one more is asked for. */
export const drawing = (...draws: readonly Uint8Array[]): Psa => {
  let at = 0;
  const random = (length: number): Uint8Array => {
    const drawn = draws[at++];
    if (drawn?.length !== length)
      throw new Error(`draw ${at}: ${length} bytes of ${drawn?.length ?? 'none'}`);
    return drawn.slice();
  };
  const { dispatcher } = createCore({
    engine: createNobleEngine(),
    settings: settingsOf(profileNamed('psa-full')),
    storage: memoryStorage(),
    root: new Uint8Array(32),
    bootSeed: new Uint8Array(32),
    attestationKey: 'tfm-dummy',
    generator: { random, save: () => ({ key: new Uint8Array(32), left: new Uint8Array(0) }), wipe: () => {} },
    onBug: (error) => {
      throw error;
    },
  });
  const session = { owner: -1, connection: 1, initialized: true, closed: false };
  return createPsa((id, inputs) => dispatcher.call(session, id, inputs));
};
