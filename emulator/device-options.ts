/** What a device can be asked to be. */
import type { Countermeasure } from '../engine/guarded/countermeasure.ts';
import type { Chip } from '../keystore/chip.ts';
import type { AttestationKey } from './attestation-key.ts';
import type { FactorySeed } from './factory/seed-file.ts';
import type { KeylogOptions } from './keylog/keylog.ts';
import type { TraceOptions } from './trace/recorder.ts';

export interface DeviceOptions {
  readonly profile?: string | undefined;
  /** Makes keys, random numbers and the identity repeat exactly. For tests: whoever knows it knows everything. */
  readonly insecureSeed?: string | number | undefined;
  /** A folder for persistent keys, 'memory' (the default): then they end with the device, or a chip of one's own. */
  readonly store?: string | Chip | undefined;
  /** When calls are answered: as soon as they are done, or when the board would have (profiles with timing). */
  readonly pace?: 'host' | 'board' | undefined;
  /** A snapshot to begin with (`snapshot()` of a device, or the bytes of a file). */
  readonly snapshot?: Uint8Array | undefined;
  /** Keys and data the device is provisioned with: a JSON file (docs/services.md), or what such a file says. */
  readonly factory?: string | FactorySeed | undefined;
  /** Which key signs attestation tokens: TF-M's published one, 'tfm-dummy' (the default), or the device's own. */
  readonly attestationKey?: AttestationKey | undefined;
  /** Records every call from the first one on; without it from when somebody listens. */
  readonly trace?: TraceOptions | undefined;
  /** Writes the TLS secrets that are derived in the device, for a capture to be read with. */
  readonly insecureKeylog?: KeylogOptions | undefined;
  /** Faults to begin with, as lines or JSON (docs/faults.md). */
  readonly faults?: readonly unknown[] | undefined;
  /** What the device does against faults; nothing by default. */
  readonly countermeasures?: readonly Countermeasure[] | undefined;
  /** Hears that something is insecure by a fault; stderr by default. */
  readonly onInsecure?: (message: string) => void;
  /** Hears of errors in the emulator itself; stderr by default. */
  readonly onBug?: (error: unknown, functionName: string) => void;
}
