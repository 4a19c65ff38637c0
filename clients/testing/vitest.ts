/** `h5sm/testing/vitest`: a device for each test, for a millisecond, and the matchers with their types. */
import { expect, test } from 'vitest';
import { type DeviceMatchers, matchers } from './matchers.ts';
import { startTestDevice, type TestDevice, type TestDeviceOptions } from './test-device.ts';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is extended with the type parameters that it has
  interface Matchers<T = any> extends DeviceMatchers {}
}

export { matchers } from './matchers.ts';

export interface DeviceTestOptions extends TestDeviceOptions {
  /** What every test of the file begins with: called once, before the snapshot that each test gets. */
  readonly prepare?: ((device: TestDevice) => Promise<void> | void) | undefined;
}

/** The device of a file, and the snapshot that each of its tests begins with. */
interface Prepared {
  readonly device: TestDevice;
  readonly snapshot: Uint8Array;
  isTaken: boolean;
}

interface Fixtures {
  $file: { prepared: Prepared };
  $test: { device: TestDevice };
}

/**
 * Vitest's `test` with a `device`: one for the file, restored from one snapshot for each test. Adds the matchers to
 * `expect`. Tests that run concurrently cannot share a device: for them there is `startTestDevice`.
 */
export const deviceTest = (options: DeviceTestOptions = {}) => {
  expect.extend(matchers);
  const { prepare, ...deviceOptions } = options;
  return test.extend<Fixtures>({
    prepared: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads what a fixture needs from this pattern
      async ({}, use) => {
        await using device = await startTestDevice(deviceOptions);
        await prepare?.(device);
        await use({ device, snapshot: device.snapshot(), isTaken: false });
      },
      { scope: 'file' },
    ],
    device: async ({ prepared }, use) => {
      const { device, snapshot } = prepared;
      if (prepared.isTaken)
        throw new Error(
          'another test has the device; in concurrent tests each starts its own: startTestDevice()',
        );
      prepared.isTaken = true;
      try {
        device.restore(snapshot);
        await use(device);
      } finally {
        prepared.isTaken = false;
      }
    },
  });
};
