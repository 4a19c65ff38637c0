/** Whose identity the verbs speak of: that of a running emulator, or of the device that the flags describe. */
import { existsSync } from 'node:fs';
import { type IdentityText, identityText } from '../../rpc/identity-text.ts';
import { textFlag } from './arguments.ts';
import { ask } from './ask.ts';
import { type DeviceFlags, deviceFlags, loadDevice } from './device.ts';
import { UsageError } from './usage.ts';
import type { Invocation } from './verbs.ts';

const ofDevice = async (flags: DeviceFlags): Promise<IdentityText> => {
  const device = await loadDevice(flags);
  try {
    return identityText(device.identity());
  } finally {
    device.close();
  }
};

/** Asking must not make a new device. */
const checkStore = (verb: string, { store, insecureSeed }: DeviceFlags): void => {
  if (store === 'memory' && insecureSeed === undefined)
    throw new UsageError(`${verb}: --store memory names no device; use --seed, or name a folder`);
  if (store !== 'memory' && !existsSync(store))
    throw new Error(`--store ${store}: no such folder; \`h5sm start\` prints the one that it uses`);
};

export const identityOf = async (verb: string, invocation: Invocation): Promise<IdentityText> => {
  const described = ['seed', 'store'].filter((name) => textFlag(invocation, name) !== undefined);
  if (described.length === 0) return ask<IdentityText>(invocation, '/v1/identity');
  if (textFlag(invocation, 'endpoint') !== undefined) {
    throw new UsageError(
      `${verb}: --${described[0]} describes a device, --endpoint asks an emulator; use one of them`,
    );
  }
  const flags = await deviceFlags(invocation, 'memory');
  checkStore(verb, flags);
  return ofDevice(flags);
};

/** The authorities are the same for every device, so that any will do. */
export const anyIdentity = (): Promise<IdentityText> =>
  ofDevice({ profile: undefined, store: 'memory', insecureSeed: 0, snapshot: undefined, pace: 'host' });
