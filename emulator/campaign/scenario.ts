/** What a scenario in a module is given: a device of its own, and whom it reports to. */
import type { Call } from '../../psa-api/call.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import type { Device } from '../device.ts';

/** The PSA API of the device of this run. */
export interface ScenarioDevice extends Psa {
  readonly call: Call;
  /** The device itself: further clients, power. */
  readonly service: Device;
  /** Whether this run gets the bad input that has to be refused. */
  readonly negative: boolean;
}

export interface Report {
  /**
   * What the run achieved, held against the golden run: what has to be the same however it came about. A run that
   * reports nothing is judged by its calls.
   */
  output(name: string, value: Uint8Array | string | number | boolean): void;
  /** A property that the scenario itself sees broken: `security`. */
  violated(property: string, detail?: string): void;
  /** The secret is out, or the forgery accepted, and the scenario has verified it: `exploited`. */
  exploited(property: string, evidence?: string): void;
}

/**
 * Returns when it is satisfied; throws when it is not: that is how a fault is detected. What it throws is an Error; a
 * TypeError, RangeError, ReferenceError or SyntaxError is taken for a crash of the client.
 */
export type Scenario = (device: ScenarioDevice, report: Report) => Promise<void>;
