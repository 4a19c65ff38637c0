/** A device in this process and the adapter on it, both gone when the test is. */
import { onTestFinished } from 'vitest';
import { createTlsCrypto, type TlsCrypto, type TlsCryptoOptions } from '../../../clients/tls/index.ts';
import { createDevice } from '../../../emulator/device.ts';
import { createPsa, type Psa } from '../../../psa-api/generated/psa.ts';
import type { Service } from '../../../psa-api/service.ts';

export interface Bench {
  readonly device: Service;
  readonly psa: Psa;
  readonly crypto: TlsCrypto;
  /** Names of the PSA calls so far, as `onCall` heard them. */
  readonly calls: string[];
}

export const openPsa = async (profile = 'psa-full'): Promise<{ device: Service; psa: Psa }> => {
  const device = createDevice({
    profile,
    insecureSeed: 'tls',
    onBug: (cause, name) => {
      throw new Error(`a bug in ${name}`, { cause });
    },
  });
  onTestFinished(() => device.close());
  const psa = createPsa(device.connect().call);
  await psa.cryptoInit();
  return { device, psa };
};

export const open = async (options: TlsCryptoOptions = {}, profile?: string): Promise<Bench> => {
  const { device, psa } = await openPsa(profile);
  const calls: string[] = [];
  const crypto = await createTlsCrypto(psa, { ...options, onCall: (name) => calls.push(name) });
  return { device, psa, crypto, calls };
};
