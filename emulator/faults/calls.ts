/** The calls of a device with faults: the points `api.*.enter`, `api.*.leave`, `op.slot` and `clock`. */
import { keyAttributes } from '../../psa-api/attributes.ts';
import type { Inputs, Outcome, Value } from '../../psa-api/call.ts';
import type { CallerSession, Dispatcher } from '../../psa-api/dispatcher.ts';
import { type FunctionRow, functionById, type Param } from '../../psa-api/functions.ts';
import { handleAt, hasInput } from '../../psa-api/parameters.ts';
import { Disconnected } from '../../psa-api/service.ts';
import { type Lookup, viewCall } from '../call-view.ts';
import { Changes } from './change.ts';
import type { Effect, EffectName } from './fault.ts';
import type { Faults, Strike } from './faults.ts';
import type { Power } from './power.ts';

export interface FaultyCallsParts {
  readonly faults: Faults;
  readonly power: Power;
  readonly lookup: Lookup;
  readonly dispatcher: () => Dispatcher;
  /** Board time goes on. */
  readonly delay: (nanoseconds: number) => void;
  /** Off and on again. */
  readonly powerCycle: () => void;
}

type Answer = Outcome | Promise<Outcome>;

const effectOf = (effects: readonly Effect[], name: EffectName): Effect | undefined =>
  effects.find((effect) => effect.name === name);

const hasOutput = (param: Param): boolean =>
  ['scalar-out', 'room', 'fill', 'attributes-out', 'storage-info-out', 'vectors-out'].includes(param.kind) ||
  (param.kind === 'operation' && param.role !== 'source');

/** What is in the caller's outputs when nobody has written there, as a success. */
const blank = (row: FunctionRow, inputs: Inputs): Outcome => {
  const given = row.params.filter(hasInput);
  const value = (param: Param): Value => {
    switch (param.kind) {
      case 'operation':
        return param.role === 'use' ? (inputs[given.indexOf(param)] as number) : 0;
      case 'room':
        return new Uint8Array(0);
      case 'fill':
        return new Uint8Array(inputs[given.indexOf(param)] as number);
      case 'attributes-out':
        return keyAttributes({});
      case 'storage-info-out':
        return { capacity: 0, size: 0, flags: 0 };
      case 'vectors-out':
        return [];
      default:
        return 0;
    }
  };
  return [0, ...row.params.filter(hasOutput).map(value)];
};

/** This status, and the handle as it is. */
const failed = (row: FunctionRow, status: number, handle: Value | undefined): Outcome =>
  handleAt(row) < 0 ? [status] : [status, handle ?? 0];

const never = (): Promise<Outcome> => new Promise(() => {});

export const faultyCalls = (parts: FaultyCallsParts): Dispatcher => {
  const { faults, power, lookup, dispatcher } = parts;
  const changes = new Changes();

  /** What both ends of a call have in common: undefined goes on. */
  const control = (effects: readonly Effect[]): Promise<Outcome> | undefined => {
    for (const { name, number } of effects) if (name === 'delay') parts.delay(number * 1e6);
    if (effectOf(effects, 'power-off') !== undefined) lost();
    if (effectOf(effects, 'disconnect') !== undefined) throw new Disconnected('disconnected, by a fault');
    return effectOf(effects, 'hang') === undefined ? undefined : never();
  };

  const lost = (): never => {
    power.restore();
    parts.powerCycle();
    throw new Disconnected('power was lost, by a fault');
  };

  /** The bytes of one parameter changed; of the first one, if none is named. */
  const changedAt = (
    point: string,
    params: readonly Param[],
    values: readonly Value[],
    strike: Strike,
    offset: number,
  ): Value[] => {
    const is = (param: Param, i: number) =>
      values[i + offset] instanceof Uint8Array && (strike.param === undefined || param.name === strike.param);
    const at = params.findIndex(is);
    return values.map((value, i) =>
      i === at + offset && at >= 0
        ? changes.apply(`${point} ${i}`, value as Uint8Array, strike.effects)
        : value,
    );
  };

  const entered = (row: FunctionRow, inputs: Inputs, strike: Strike): Inputs => {
    const params = row.params.filter(hasInput);
    const other = effectOf(strike.effects, 'swap')?.number;
    const keyAt = params.findIndex((param) => param.kind === 'scalar' && param.c === 'psa_key_id_t');
    const swapped = inputs.map((value, i) => (i === keyAt ? (other ?? value) : value));
    return changedAt(`api.${row.name}.enter`, params, swapped, strike, 0);
  };

  const left = (row: FunctionRow, inputs: Inputs, outcome: Outcome): Answer => {
    const strike = faults.visit(`api.${row.name}.leave`);
    if (strike.effects.length === 0) return outcome;
    const held = control(strike.effects);
    if (held !== undefined) return held;
    const status = effectOf(strike.effects, 'return')?.number;
    if (status !== undefined && status !== 0) return failed(row, status, outcome[1]);
    if (status === 0 && outcome[0] !== 0) return blank(row, inputs);
    if (effectOf(strike.effects, 'skip') !== undefined) return blank(row, inputs);
    if (outcome[0] !== 0) return outcome;
    const [, ...outputs] = outcome;
    return [0, ...changedAt(`api.${row.name}.leave`, row.params.filter(hasOutput), outputs, strike, 0)];
  };

  const slotFault = (row: FunctionRow, inputs: Inputs): Outcome | undefined => {
    const at = handleAt(row);
    const param = row.params.filter(hasInput)[at];
    if (param?.kind !== 'operation' || param.role !== 'setup') return undefined;
    const status = effectOf(faults.visit('op.slot').effects, 'return')?.number;
    return status === undefined || status === 0 ? undefined : failed(row, status, inputs[at]);
  };

  const tick = (): void => {
    for (const { name, number } of faults.visit('clock').effects)
      if (name === 'delay') parts.delay(number * 1e6);
  };

  const carried = (session: CallerSession, row: FunctionRow, inputs: Inputs): Answer => {
    const { underWay } = faults;
    const finish = (outcome: Outcome): Answer => {
      if (power.isLost) lost();
      faults.resume(underWay);
      return left(row, inputs, outcome);
    };
    const outcome = dispatcher().call(session, row.id, inputs);
    return outcome instanceof Promise ? outcome.then(finish) : finish(outcome);
  };

  const enter = (session: CallerSession, row: FunctionRow, inputs: Inputs): Answer => {
    tick();
    const strike = faults.visit(`api.${row.name}.enter`);
    const held = control(strike.effects);
    if (held !== undefined) return held;
    const handle = inputs[handleAt(row)];
    const status = effectOf(strike.effects, 'return')?.number;
    if (status !== undefined) return status === 0 ? blank(row, inputs) : failed(row, status, handle);
    if (effectOf(strike.effects, 'skip') !== undefined) return blank(row, inputs);
    const given = strike.effects.length === 0 ? inputs : entered(row, inputs, strike);
    const full = slotFault(row, given);
    if (full !== undefined) return left(row, given, full);
    if (effectOf(strike.effects, 'repeat') === undefined) return carried(session, row, given);
    const first = dispatcher().call(session, row.id, given);
    return first instanceof Promise
      ? first.then(() => carried(session, row, given))
      : carried(session, row, given);
  };

  return {
    get implemented() {
      return dispatcher().implemented;
    },
    call: (session, functionId, inputs) => {
      const row = functionById(functionId);
      if (row === undefined) return dispatcher().call(session, functionId, inputs);
      const view = faults.undisturbed(() => viewCall(functionId, inputs, session.owner, lookup));
      faults.begin({
        functionName: row.name,
        client: session.owner,
        key: view?.key,
        alg: view?.alg,
        length: view?.inputBytes ?? 0,
      });
      return enter(session, row, inputs);
    },
  };
};
