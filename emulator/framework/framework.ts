/**
 * The framework calls of PSA Firmware Framework-M as the device's own client makes them: psa_connect, psa_call,
 * psa_close. Each psa_call is one message to a service; it becomes the call record that the psa_* stubs would have sent
 * and goes down the same way.
 */
import type { Call, Inputs, Outcome, Sizes, Vectors } from '../../psa-api/call.ts';
import { functionByName } from '../../psa-api/functions.ts';
import { PSA_ERROR_INSUFFICIENT_MEMORY, PSA_ERROR_PROGRAMMER_ERROR } from '../../psa-api/status.ts';
import { AREA_OVERHEAD } from '../client-side.ts';
import type { Settings } from '../profiles/settings.ts';
import { type Connections, SERVICES, sharedHandle, uniqueHandles } from './connections.ts';
import { lengthOnBoard } from './descriptor.ts';
import { SERVICE_CALLS } from './services.ts';

type Limits = Pick<Settings, 'connections' | 'connectionHandles' | 'sharedArea' | 'vectors'>;

/** What is answered here, for those who list what is there. */
export const FRAMEWORK_CALLS = ['psa_connect', 'psa_call', 'psa_close'] as const;

const idOf = (name: string): number => functionByName(name)?.id ?? -1;
const CONNECT = idOf('psa_connect');
const CALL = idOf('psa_call');
const CLOSE = idOf('psa_close');

const total = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 0);

/** What is behind the framework for one client. */
export interface Behind {
  /** Carries out what a message means. */
  readonly message: Call;
  /** Every call that is none of the framework's. */
  readonly direct: Call;
  /** Hears of calls that are over without a message. */
  alone(functionId: number, inputs: Inputs, outcome: Outcome): void;
  /** The crypto service is asked for: its clients answer psa_crypto_init themselves, no message says it. */
  start(): void;
}

/** One client's side of the framework: answers its calls, undefined for what is none of them. */
class Framework {
  readonly #limits: Limits;
  readonly #behind: Behind;
  readonly #connections: Connections;

  constructor(limits: Limits, behind: Behind) {
    this.#limits = limits;
    this.#behind = behind;
    const { connections, connectionHandles } = limits;
    this.#connections = (connectionHandles === 'shared' ? sharedHandle : uniqueHandles)(connections);
  }

  answer(functionId: number, inputs: Inputs): ReturnType<Call> | undefined {
    switch (functionId) {
      case CONNECT:
        return [0, this.#connect(inputs[0] as number) >>> 0];
      case CALL:
        return this.#call(inputs);
      case CLOSE:
        this.#connections.close((inputs[0] as number) | 0);
        return [0];
      default:
        return undefined;
    }
  }

  #connect(service: number): number {
    const handle = this.#connections.open(service);
    if (service === SERVICES.crypto) this.#behind.start();
    return handle;
  }

  /** In the order of the device's client. */
  #call(inputs: Inputs): Outcome | Promise<Outcome> {
    const [handle, type, vectors, sizes] = inputs as [number, number, Vectors, Sizes];
    if ((type | 0) < 0 || vectors.length + sizes.length > this.#limits.vectors)
      return [PSA_ERROR_PROGRAMMER_ERROR];
    const service = this.#connections.serviceOf(handle | 0);
    const serve = service === undefined ? undefined : SERVICE_CALLS.get(service);
    if (serve === undefined) return [PSA_ERROR_PROGRAMMER_ERROR];
    if (!this.#fits(service === SERVICES.crypto, vectors, sizes)) return [PSA_ERROR_INSUFFICIENT_MEMORY];
    return serve({ type, vectors, sizes }, this.#behind.message);
  }

  /** Inputs and the whole room of outputs lie in the shared area side by side. */
  #fits(hasDescriptor: boolean, vectors: Vectors, sizes: Sizes): boolean {
    const { sharedArea } = this.#limits;
    if (sharedArea === null) return true;
    const lengths = vectors.map(({ length }, i) =>
      hasDescriptor && i === 0 ? lengthOnBoard(length) : length,
    );
    return AREA_OVERHEAD + total(lengths) + total(sizes) <= sharedArea;
  }
}

/** The framework before a client's session. */
export const withFramework = (limits: Limits, behind: Behind): Call => {
  let carries = false;
  const message: Call = (functionId, inputs) => {
    carries = true;
    return behind.message(functionId, inputs);
  };
  const framework = new Framework(limits, { ...behind, message });
  return (functionId, inputs) => {
    carries = false;
    const outcome = framework.answer(functionId, inputs);
    if (outcome === undefined) return behind.direct(functionId, inputs);
    if (!carries && !(outcome instanceof Promise)) behind.alone(functionId, inputs, outcome);
    return outcome;
  };
};
