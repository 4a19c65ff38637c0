/** What kind of device is emulated: limits for now. */

export interface Profile {
  readonly name: string;
  /** What it stands for, in a line. */
  readonly summary: string;
  readonly limits: {
    /** Active multi-part operations, all families and clients together. */
    readonly operations: number;
    /** Volatile keys, all clients together. */
    readonly volatileKeys: number;
  };
}

const PROFILES: readonly Profile[] = [
  {
    name: 'psa-full',
    summary: 'the whole PSA Crypto API as far as it is implemented, with room for everything',
    limits: { operations: 4096, volatileKeys: 65536 },
  },
];

export const PROFILE_NAMES: readonly string[] = PROFILES.map(({ name }) => name);
export const DEFAULT_PROFILE = 'psa-full';

export const profileNamed = (name: string): Profile => {
  const profile = PROFILES.find((p) => p.name === name);
  if (profile === undefined)
    throw new RangeError(`no profile "${name}": there is ${PROFILE_NAMES.join(', ')}`);
  return profile;
};
