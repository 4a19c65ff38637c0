/**
 * From a call record to the function that means it: the life of operation objects (PSA Crypto 1.3, 3.3.3)
 * is kept here, for all families alike.
 */
import type { Call, Inputs, Outcome, Value } from './call.ts';
import { type FunctionRow, type OperationFamily, type OperationRole, TABLE } from './functions.ts';
import type { Handlers } from './generated/handlers.ts';
import type { Caller } from './handler.ts';
import type { KeyStore } from './key.ts';
import type { DrawRecorder } from './operation-journal.ts';
import type { OperationTable } from './operation-table.ts';
import type { OperationState } from './operations/states.ts';
import { hasInput, isCrypto } from './parameters.ts';
import { Abandoned } from './services.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_COMMUNICATION_FAILURE,
  PSA_ERROR_CORRUPTION_DETECTED,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
  STATUSES,
} from './status.ts';

type Handler = (
  caller: Caller,
  ...args: (Value | OperationState)[]
) => HandlerAnswer | Promise<HandlerAnswer>;
type HandlerAnswer = number | readonly (Value | OperationState)[];

interface OperationPlan {
  readonly family: OperationFamily;
  readonly role: OperationRole;
  /** Where the handle stands among the inputs. */
  readonly at: number;
}

/** A function table row, worked out once for fast calls. */
interface Shape {
  readonly row: FunctionRow;
  /** The operation whose handle goes back to the caller. */
  readonly operation: OperationPlan | undefined;
  readonly source: OperationPlan | undefined;
  readonly survives: readonly number[];
  /** Where a key id stands among the inputs of a function that uses an operation. */
  readonly keyAt: number | undefined;
}

interface Plan extends Shape {
  readonly handler: Handler | undefined;
}

const shapeOf = (row: FunctionRow): Shape => {
  const operations = row.params
    .filter(hasInput)
    .flatMap((p, at) => (p.kind === 'operation' ? [{ family: p.family, role: p.role, at }] : []));
  const keyAt = row.params.filter(hasInput).findIndex((p) => p.kind === 'scalar' && p.c === 'psa_key_id_t');
  return {
    row,
    operation: operations.find((o) => o.role !== 'source'),
    source: operations.find((o) => o.role === 'source'),
    survives: row.survives.map((name) => STATUSES[name]),
    keyAt: keyAt < 0 ? undefined : keyAt,
  };
};

/** The same for all devices. */
const SHAPES: readonly Shape[] = TABLE.filter((row) => !row.local).map(shapeOf);

/** Whether the application has called psa_crypto_init: kept by the session. */
export interface CallerSession extends Caller {
  initialized: boolean;
  closed: boolean;
}

export interface Dispatcher {
  readonly implemented: ReadonlySet<string>;
  call(session: CallerSession, functionId: number, inputs: Inputs): ReturnType<Call>;
}

export interface DispatcherParts {
  readonly handlers: Partial<Handlers>;
  readonly operations: OperationTable;
  readonly keys: KeyStore;
  /** Stands before the generator that the handlers draw from. */
  readonly draws: DrawRecorder;
  /** Hears of exceptions, which are errors of ours: the caller gets PSA_ERROR_CORRUPTION_DETECTED. */
  readonly onBug: (error: unknown, functionName: string) => void;
  /** What setup answers when there is no room for another operation; PSA_ERROR_INSUFFICIENT_MEMORY by the specification. */
  readonly exhausted: PsaError;
}

export const createDispatcher = ({
  handlers,
  operations,
  keys,
  draws,
  onBug,
  exhausted,
}: DispatcherParts): Dispatcher => {
  const byName = handlers as Readonly<Record<string, Handler | undefined>>;
  const plans = new Map(
    SHAPES.map((shape): [number, Plan] => [shape.row.id, { ...shape, handler: byName[shape.row.name] }]),
  );
  const implemented = new Set(
    [...plans.values()]
      .filter((p) => p.handler !== undefined || p.operation?.role === 'abort')
      .map((p) => p.row.name),
  );

  /**
   * A failure ends the caller's operation (`own`, 0 where the named one is none of this family and owner) unless the
   * table says that it survives. Where failed operations are held, the caller goes on holding what it named.
   */
  const failure = ({ operation, survives }: Plan, status: number, own: number, named: number): Outcome => {
    if (operation === undefined) return [status];
    if (own !== 0 && survives.includes(status)) return [status, own];
    operations.fail(own);
    return [status, operations.holdsFailed ? named : 0];
  };

  const success = (
    p: Plan,
    caller: Caller,
    handle: number,
    outputs: readonly (Value | OperationState)[],
  ): Outcome => {
    const { operation } = p;
    if (operation === undefined) return [0, ...(outputs as readonly Value[])];
    if (operation.role === 'use') {
      const still = operations.get(caller, operation.family, handle) !== undefined;
      return [0, still ? handle : 0, ...(outputs as readonly Value[])];
    }
    if (operation.role === 'end') {
      operations.end(handle);
      return [0, 0, ...(outputs as readonly Value[])];
    }
    const [state, ...rest] = outputs as readonly [OperationState, ...Value[]];
    return [0, operations.add(caller, operation.family, state), ...rest];
  };

  const abort = (
    caller: Caller,
    row: FunctionRow,
    { family, at }: OperationPlan,
    inputs: Inputs,
  ): Outcome => {
    const handle = inputs[at] as number;
    try {
      if (operations.get(caller, family, handle) !== undefined) operations.end(handle);
      return [0, 0];
    } catch (error) {
      onBug(error, row.name);
      return [PSA_ERROR_CORRUPTION_DETECTED, 0];
    }
  };

  /** The active operation behind an input; undefined where there is none, or its key is gone. */
  const active = (
    caller: Caller,
    { family, at }: OperationPlan,
    inputs: Inputs,
  ): OperationState | undefined => {
    const handle = inputs[at] as number;
    const state = operations.get(caller, family, handle);
    const isIdle = !operations.isBusy(handle) && !operations.isFailed(handle);
    return isIdle && !state?.key?.destroyed ? state : undefined;
  };

  /**
   * The status of a call on an operation that is not active. Which of two errors is reported is left open; a key
   * that is no key comes first, so that an operation in its error state does not hide it.
   */
  const inactive = ({ keyAt }: Plan, { owner }: Caller, inputs: Inputs): number => {
    if (keyAt === undefined) return PSA_ERROR_BAD_STATE;
    const key = keys.find(owner, inputs[keyAt] as number);
    return typeof key === 'number' ? key : PSA_ERROR_BAD_STATE;
  };

  const call = (session: CallerSession, functionId: number, inputs: Inputs): Outcome | Promise<Outcome> => {
    const p = plans.get(functionId);
    if (p === undefined) return [PSA_ERROR_NOT_SUPPORTED];
    const { row, handler, operation, source } = p;
    if (operation?.role === 'abort') return abort(session, row, operation, inputs);
    if (row.name === 'psa_crypto_init') session.initialized = true;

    const named = operation === undefined ? 0 : (inputs[operation.at] as number);
    // Only the caller's own operation of this family ends with a failure; a foreign or stale handle ends nothing.
    const handle =
      operation !== undefined && operations.get(session, operation.family, named) !== undefined ? named : 0;
    // A long call is at work on the operation; it is left to it.
    if (handle !== 0 && operations.isBusy(handle))
      return [PSA_ERROR_BAD_STATE, operations.holdsFailed ? handle : 0];
    const fail = (status: number): Outcome => failure(p, status, handle, named);
    // The other services have no init: they run from the device's start.
    if (!session.initialized && isCrypto(row)) return fail(PSA_ERROR_BAD_STATE);

    let args: (Value | OperationState)[] = [...inputs];
    if (operation !== undefined) {
      if (operation.role === 'setup') {
        // A setup that is held off leaves the operation as it is.
        if (named !== 0)
          return operations.holdsFailed ? [PSA_ERROR_BAD_STATE, named] : fail(PSA_ERROR_BAD_STATE);
      } else {
        const state = active(session, operation, inputs);
        if (state === undefined) return fail(inactive(p, session, inputs));
        args[operation.at] = state;
      }
    }
    if (source !== undefined) {
      const state = active(session, source, inputs);
      if (state === undefined) return fail(PSA_ERROR_BAD_STATE);
      args[source.at] = state;
    }
    if (handler === undefined) return fail(PSA_ERROR_NOT_SUPPORTED);
    if (operation?.role === 'setup') {
      if (operations.isFull) return fail(exhausted);
      args = args.filter((_, i) => i !== operation.at);
    }

    let drawn: readonly Uint8Array[] = [];
    const settle = (answer: HandlerAnswer): Outcome => {
      const outcome = typeof answer === 'number' ? fail(answer) : success(p, session, handle, answer);
      if (operation !== undefined) {
        const origin = source === undefined ? 0 : (inputs[source.at] as number);
        operations.note(outcome[1] as number, origin, { functionId, inputs, draws: drawn });
      }
      return outcome;
    };
    const broken = (error: unknown): Outcome => {
      onBug(error, row.name);
      return fail(PSA_ERROR_CORRUPTION_DETECTED);
    };
    try {
      if (operation !== undefined) draws.start();
      const answer = handler(session, ...args);
      if (operation !== undefined) drawn = draws.stop();
      if (!(answer instanceof Promise)) return settle(answer);
      operations.setBusy(handle, true);
      return answer
        .finally(() => operations.setBusy(handle, false))
        .then(settle)
        .catch((error) =>
          error instanceof Abandoned ? fail(PSA_ERROR_COMMUNICATION_FAILURE) : broken(error),
        );
    } catch (error) {
      return broken(error);
    }
  };

  return { implemented, call };
};
