/** The faults of one device: which are set, and what that puts in the way of its calls and into its core. */
import type { Engine } from '../../engine/engine.ts';
import type { Dispatcher } from '../../psa-api/dispatcher.ts';
import type { Service, Wired } from '../../psa-api/service.ts';
import { type FaultyCallsParts, faultyCalls } from './calls.ts';
import { Changes } from './change.ts';
import { type Disturbance, disturbance } from './disturbance.ts';
import { Faults, type FaultsParts } from './faults.ts';
import { Power } from './power.ts';

export interface DeviceFaultsParts
  extends Pick<FaultsParts, 'seed' | 'onStrike' | 'onInsecure'>,
    Pick<FaultyCallsParts, 'lookup' | 'dispatcher' | 'delay' | 'powerCycle'> {
  readonly engine: Engine;
  /** Makes the core anew, with `inside` or without it; throws where it cannot now. */
  readonly rebuild: () => void;
}

export class DeviceFaults {
  readonly control: Faults;
  readonly power = new Power();
  readonly #disturbance: Disturbance;
  readonly #faulty: Dispatcher;
  readonly #plain: () => Dispatcher;
  readonly #onWire = new Changes();
  #isAny = false;
  #isInside = false;

  constructor(parts: DeviceFaultsParts) {
    this.control = new Faults({
      seed: parts.seed,
      onStrike: parts.onStrike,
      onInsecure: parts.onInsecure,
      onChange: ({ any, inside }) => {
        const before = this.#isInside;
        this.#isInside = inside;
        try {
          if (inside !== before) this.control.undisturbed(() => parts.rebuild());
        } catch (error) {
          this.#isInside = before;
          throw error;
        }
        this.#isAny = any;
      },
    });
    this.#disturbance = disturbance(parts.engine, this.control, this.power);
    this.#faulty = faultyCalls({ ...parts, faults: this.control, power: this.power });
    this.#plain = parts.dispatcher;
  }

  /** What answers calls: without faults the core's own dispatcher, with nothing before it. */
  dispatcher(): Dispatcher {
    return this.#isAny ? this.#faulty : this.#plain();
  }

  /** What is on the wire, while a fault waits there. */
  get wire(): Service['wire'] {
    return this.#isAny && this.control.wants('rpc') ? this.#wire : undefined;
  }

  readonly #wire = (point: 'rpc.recv' | 'rpc.send', bytes: Uint8Array): Wired => {
    const { effects } = this.control.visit(point);
    const has = (...names: readonly string[]) => effects.some(({ name }) => names.includes(name));
    if (has('disconnect')) return 'disconnect';
    return has('drop', 'hang') ? 'drop' : this.#onWire.apply(point, bytes, effects);
  };

  /** What has to be built into the core. */
  get inside(): Disturbance | undefined {
    return this.#isInside ? this.#disturbance : undefined;
  }
}
