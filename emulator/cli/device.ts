/** The device that the flags describe. */

import { didYouMean } from '../../psa-api/nearest.ts';
import type { AttestationKey } from '../attestation-key.ts';
import type { Device, DeviceOptions } from '../device.ts';
import { isOn, textFlag } from './arguments.ts';
import { faultFlags } from './fault-flags.ts';
import { snapshotFlag } from './snapshot.ts';
import { traceFlags } from './trace-flags.ts';
import { UsageError } from './usage.ts';
import type { Invocation } from './verbs.ts';

export interface DeviceFlags
  extends Pick<DeviceOptions, 'trace' | 'insecureKeylog' | 'faults' | 'countermeasures'> {
  readonly profile: string | undefined;
  /** `memory` or a folder. */
  readonly store: string;
  readonly insecureSeed: string | number | undefined;
  readonly snapshot: Uint8Array | undefined;
  readonly pace: 'host' | 'board';
  /** A seed file. */
  readonly factory?: string | undefined;
  readonly attestationKey?: AttestationKey | undefined;
  /** Says on stderr what is wrong with the calls. */
  readonly hints?: boolean;
}

/** A decimal number, or an even count of hex digits as `start` prints them. */
export const parseSeed = (text: string): string | number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const hex = text.replace(/^0x/i, '').toLowerCase();
  if (/^([0-9a-f]{2})+$/.test(hex)) return hex;
  throw new UsageError(`--seed ${text}: expected a number or an even count of hex digits`);
};

const paceFlag = (invocation: Invocation): 'host' | 'board' => {
  const pace = textFlag(invocation, 'pace') ?? 'host';
  if (pace === 'host' || pace === 'board') return pace;
  throw new UsageError(`--pace ${pace}: expected host or board`);
};

export const deviceFlags = async (invocation: Invocation, store: string): Promise<DeviceFlags> => {
  await checkProfile(textFlag(invocation, 'profile'));
  const seed = textFlag(invocation, 'seed');
  return {
    profile: textFlag(invocation, 'profile'),
    store: textFlag(invocation, 'store') ?? store,
    insecureSeed: seed === undefined ? undefined : parseSeed(seed),
    snapshot: snapshotFlag(invocation),
    pace: paceFlag(invocation),
    factory: textFlag(invocation, 'factory'),
    attestationKey: attestationKeyOf(textFlag(invocation, 'attestation-key')),
    hints: isOn(invocation, 'hints'),
    ...traceFlags(invocation),
    ...(await faultFlags(invocation)),
  };
};

const ATTESTATION_KEYS: readonly AttestationKey[] = ['tfm-dummy', 'device'];

const attestationKeyOf = (name: string | undefined): AttestationKey | undefined => {
  const key = ATTESTATION_KEYS.find((known) => known === name);
  if (key !== undefined || name === undefined) return key;
  const mend = didYouMean(name, ATTESTATION_KEYS) || `; there is ${ATTESTATION_KEYS.join(', ')}`;
  throw new UsageError(`--attestation-key ${name}: no such key${mend}`);
};

/** An unknown profile, or a bad file of one, is told before anything is started. */
export const checkProfile = async (profile: string | undefined): Promise<void> => {
  if (profile === undefined) return;
  const { profileNamed } = await import('../profiles/profile-file.ts');
  try {
    profileNamed(profile);
  } catch (error) {
    throw new UsageError(`--profile ${error instanceof Error ? error.message : error}`);
  }
};

export const loadDevice = async (flags: DeviceFlags): Promise<Device> => {
  const { createDevice } = await import('../device.ts');
  const device = createDevice(flags);
  if (flags.hints) {
    const { giveHints } = await import('./hints.ts');
    giveHints(device, flags.profile);
  }
  return device;
};
