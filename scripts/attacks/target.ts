/** The device under attack: in this process, with its countermeasures, and a first client. */
import { createDevice, type Device, type DeviceOptions } from '../../emulator/device.ts';
import type { Countermeasure } from '../../engine/guarded/index.ts';
import { createPsa, type Psa } from '../../psa-api/generated/psa.ts';

export interface TargetOptions extends Pick<DeviceOptions, 'faults' | 'store' | 'insecureSeed'> {
  readonly countermeasures?: readonly Countermeasure[];
}

export interface Target extends Disposable {
  readonly psa: Psa;
  readonly device: Device;
  /** What is asked while this fault waits; its visits count from here. */
  under<T>(line: string, act: () => Promise<T>): Promise<T>;
}

const onBug = (error: unknown, name: string): never => {
  throw new Error(`a bug in ${name}`, { cause: error });
};

export const openTarget = async (options: TargetOptions = {}): Promise<Target> => {
  const device = createDevice({
    profile: 'psa-full',
    insecureSeed: 'attacks',
    onBug,
    onInsecure: () => {},
    ...options,
  });
  const session = device.connect();
  const psa = createPsa(session.call);
  await psa.cryptoInit();
  return {
    psa,
    device,
    under: async (line, act) => {
      const id = device.faults.add(line);
      try {
        return await act();
      } finally {
        device.faults.clear(id);
      }
    },
    [Symbol.dispose]: () => {
      session.close();
      device.close();
    },
  };
};
