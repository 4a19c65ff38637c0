/** The faults that one connection has set; the device may have others. */
import { functionById } from '../../psa-api/functions.ts';
import type { FaultControl } from '../../psa-api/service.ts';
import { FaultError } from '../faults/fault-error.ts';

export type FaultsOfDevice = Pick<FaultControl, 'add' | 'list' | 'clear'>;

/** The line of a fault that lets the nth call from now fail, every one for 0. */
const failing = (functionId: number, nth: number, status: number): string =>
  `api.${functionById(functionId)?.name}.enter${nth === 0 ? '' : `:nth=${nth}`}->return(${status})`;

export class SetFaults {
  readonly #device: FaultsOfDevice;
  readonly #own = new Set<number>();

  constructor(device: FaultsOfDevice) {
    this.#device = device;
  }

  /** Its id, or why it cannot be. */
  add(line: string): number | string {
    try {
      const id = this.#device.add(line);
      this.#own.add(id);
      return id;
    } catch (error) {
      if (error instanceof FaultError) return error.message;
      throw error;
    }
  }

  fail(functionId: number, nth: number, status: number): number | string {
    return this.add(failing(functionId, nth, status));
  }

  /** undefined for none of these. */
  hits(id: number): number | undefined {
    return this.#own.has(id) ? this.#device.list().find((fault) => fault.id === id)?.hits : undefined;
  }

  /** Others may have taken some of them away. */
  clear(): void {
    const there = new Set(this.#device.list().map(({ id }) => id));
    for (const id of this.#own) {
      if (there.has(id)) this.#device.clear(id);
      this.#own.delete(id);
    }
  }
}
