/** The operations, keys and connections of a trace, kept up to date call by call. */

import { type FunctionRow, functionByName, type OperationRole, TABLE } from '../../psa-api/functions.ts';
import { STATUSES } from '../../psa-api/status.ts';
import type { Profile } from '../profiles/profile.ts';
import type { TraceEvent, TraceMark } from '../trace/event.ts';
import { BoundedMap } from './bounded.ts';
import { causeOf } from './causes.ts';
import { digestOf, scalarOf } from './fields.ts';
import type { Evidence } from './finding.ts';
import type { ConnectionLife, Failure, KeyLife, OperationLife, Seen } from './lives.ts';
import { account } from './operation-account.ts';

const MOST_OPERATIONS = 65_536;
const MOST_ENDED = 4096;
const MOST_KEYS = 16_384;
const MOST_CONNECTIONS = 4096;
const MOST_FAILED_IDS = 64;

export const evidenceOf = ({ seq, function: name, status }: TraceEvent): Evidence => ({
  seq,
  function: name,
  status,
});

/** A mark as evidence. */
export const evidenceOfMark = ({ seq, event }: TraceMark): Evidence => ({ seq, function: event, status: 0 });

/** What each function does to its operation object. */
const ROLES: ReadonlyMap<string, OperationRole | undefined> = new Map(
  TABLE.map(({ name, params }) => {
    const roles = params.flatMap((param) => (param.kind === 'operation' ? [param.role] : []));
    return [name, roles.find((role) => role !== 'source') ?? roles[0]];
  }),
);

const newConnection = (id: number): ConnectionLife => ({
  id,
  initialized: false,
  voids: new Map(),
  lastFailures: new Map(),
  lastCalls: new Map(),
  failedCreation: undefined,
  failedCreations: new Map(),
});

/** What sets an operation's direction. */
const directionOf = (name: string): OperationLife['direction'] => {
  if (name.includes('encrypt')) return 'encrypt';
  return name.includes('decrypt') ? 'decrypt' : undefined;
};

export class World {
  readonly #active = new BoundedMap<number, OperationLife>(MOST_OPERATIONS);
  readonly #ended = new BoundedMap<number, OperationLife>(MOST_ENDED);
  readonly #keys = new BoundedMap<string, KeyLife>(MOST_KEYS);
  readonly #connections = new BoundedMap<number, ConnectionLife>(MOST_CONNECTIONS);
  /** undefined: the trace names a profile that is not at hand. */
  profile: Profile | undefined;
  profileName = 'of this trace';

  constructor(profile?: Profile) {
    this.profile = profile;
    if (profile !== undefined) this.profileName = profile.name;
  }

  active(): readonly OperationLife[] {
    return [...this.#active.values()];
  }

  activeAt(handle: number): OperationLife | undefined {
    return this.#active.get(handle);
  }

  volatileKeys(): readonly KeyLife[] {
    return [...this.#keys.values()].filter(
      ({ connection, destroyed }) => connection !== undefined && destroyed === undefined,
    );
  }

  /** Alive or destroyed. */
  key(client: number, id: number): KeyLife | undefined {
    return this.#keys.get(`${client}:${id}`);
  }

  connection(id: number): ConnectionLife {
    const known = this.#connections.get(id);
    if (known !== undefined) return known;
    const fresh = newConnection(id);
    this.#connections.set(id, fresh);
    return fresh;
  }

  /** Takes a call in; undefined for a function that is in no table. */
  take(event: TraceEvent): Seen | undefined {
    const row = functionByName(event.function);
    if (row === undefined) return undefined;
    const evidence = evidenceOf(event);
    const { family = '', handle = 0, source = 0 } = event;
    const connection = this.connection(event.connection);
    const wanted = scalarOf(event, 'attributes.id') ?? 0;
    const named = handle === 0 ? undefined : (this.#active.get(handle) ?? this.#ended.get(handle));
    const from = source === 0 ? undefined : (this.#active.get(source) ?? this.#ended.get(source));
    const isOurs = (life: OperationLife | undefined) =>
      life?.end === undefined && life?.family === family && life.client === event.client;
    const before = {
      event,
      evidence,
      row,
      role: ROLES.get(row.name),
      connection,
      operation: isOurs(named) ? named : undefined,
      other: isOurs(named) ? undefined : named,
      source: isOurs(from) ? from : undefined,
      otherSource: isOurs(from) ? undefined : from,
      key: event.key === undefined ? undefined : this.key(event.client, event.key),
      existing: wanted === 0 ? undefined : this.key(event.client, wanted),
      voided: connection.voids.get(family),
      lastFailure: connection.lastFailures.get(family),
      lastCall: connection.lastCalls.get(family),
    };
    const cause = event.status === 0 ? undefined : causeOf(before);
    const failure: Failure | undefined =
      event.status === 0 ? undefined : { by: evidence, finding: cause?.finding };
    if (failure === undefined) this.#succeed(before);
    else this.#fail(before, failure);
    this.#remember(before);
    const made = event.made === undefined ? undefined : this.key(event.client, event.made);
    return { ...before, made, cause, failure };
  }

  #succeed(before: Before): void {
    const { event, evidence, connection, role, row } = before;
    // Whichever way it was: a client of messages is when it connects.
    if (row.library === 'crypto' && role !== 'abort') connection.initialized = true;
    this.#useKey(before);
    if (event.made !== undefined) this.#makeKey(before, event.made);
    if (row.name === 'psa_destroy_key') this.#destroyKey(before, event.key);
    if (event.function === 'psa_close_key') this.#destroyKey(before, scalarOf(event, 'handle'), true);
    if (event.function === 'psa_open_key') connection.failedCreation = undefined;
    const { operation } = before;
    if (role === 'setup') this.#setUp(before);
    else if (role === 'use' && operation !== undefined) account(operation, event, evidence);
    else if (role === 'end' || role === 'abort') {
      if (operation !== undefined) this.#end(operation, role === 'end' ? 'finished' : 'aborted', evidence);
      connection.voids.set(event.family ?? '', { by: evidence, failure: undefined });
    }
  }

  #fail({ event, connection, operation, role, row, key }: Before, failure: Failure): void {
    if (key !== undefined && key.destroyed === undefined) key.last = failure.by;
    const family = event.family ?? '';
    const isSource = role === undefined || role === 'source';
    const isKept =
      event.refusedBy === 'client' || row.survives.some((name) => STATUSES[name] === event.status);
    if (operation !== undefined && !isSource && !isKept) {
      operation.failure ??= failure;
      if (event.handleAfter === 0) this.#end(operation, 'failed', failure.by);
    }
    if (!isSource && event.handleAfter === 0) {
      connection.voids.set(family, { by: failure.by, failure });
      connection.lastFailures.set(family, failure);
    }
    if (!makesKey(row)) return;
    connection.failedCreation = failure;
    const id = scalarOf(event, 'attributes.id') ?? 0;
    if (id !== 0 && connection.failedCreations.size < MOST_FAILED_IDS)
      connection.failedCreations.set(id, failure);
  }

  #remember({ event, evidence, connection }: Before): void {
    if (event.family === undefined) return;
    const operation =
      event.handleAfter === undefined || event.handleAfter === 0
        ? undefined
        : this.#active.get(event.handleAfter);
    connection.lastCalls.set(event.family, { by: evidence, operation });
  }

  #setUp({ event, evidence, key, source }: Before): void {
    const { handleAfter: handle = 0, family = '', client, connection, alg } = event;
    if (handle === 0) return;
    this.#ended.delete(handle);
    this.#active.set(handle, {
      handle,
      client,
      connection,
      family,
      alg: alg ?? source?.alg,
      key: key ?? (event.key === undefined ? undefined : this.key(client, event.key)),
      direction: directionOf(event.function),
      setup: evidence,
      last: evidence,
      failure: undefined,
      end: undefined,
      finding: undefined,
      lengths: undefined,
      nonce: undefined,
      adCalls: 0,
      ad: 0,
      text: 0,
      output: 0,
    });
  }

  #end(operation: OperationLife, how: NonNullable<OperationLife['end']>['how'], by: Evidence): void {
    operation.end = { how, by };
    this.#active.delete(operation.handle);
    this.#ended.set(operation.handle, operation);
  }

  /** Persistent and built-in keys may be older than the trace. */
  #useKey({ event, evidence, key }: Before): void {
    if (event.key === undefined || event.key === 0) return;
    if (key !== undefined) {
      key.last = evidence;
      return;
    }
    this.#putKey({
      id: event.key,
      client: event.client,
      connection: undefined,
      type: event.keyType,
      bits: event.keyBits,
      usage: undefined,
      alg: undefined,
      made: undefined,
      material: `${event.client}:${event.key}`,
      last: evidence,
      destroyed: undefined,
      finding: undefined,
    });
  }

  #makeKey({ event, evidence, connection, key, row }: Before, id: number): void {
    const { client } = event;
    const isPersistent = (scalarOf(event, 'attributes.id') ?? 0) !== 0;
    const imported = row.name === 'psa_import_key' ? digestOf(event, 'data') : undefined;
    const ofSource = row.name === 'psa_copy_key' ? key?.material : undefined;
    connection.failedCreation = undefined;
    connection.failedCreations.delete(id);
    this.#putKey({
      id,
      client,
      connection: isPersistent ? undefined : event.connection,
      type: scalarOf(event, 'attributes.type') ?? event.keyType,
      bits: scalarOf(event, 'attributes.bits') || event.keyBits,
      usage: scalarOf(event, 'attributes.usage'),
      alg: scalarOf(event, 'attributes.alg'),
      made: evidence,
      material: ofSource ?? imported ?? `${client}:${id}:${event.seq}`,
      last: undefined,
      destroyed: undefined,
      finding: undefined,
    });
  }

  /** Closing a volatile key is its end too. */
  #destroyKey({ event, evidence }: Before, id = 0, isClosing = false): void {
    const key = this.key(event.client, id);
    if (key !== undefined && !(isClosing && key.connection === undefined)) key.destroyed = evidence;
  }

  #putKey(key: KeyLife): void {
    this.#keys.set(`${key.client}:${key.id}`, key);
  }

  mark(mark: TraceMark): void {
    const by = evidenceOfMark(mark);
    switch (mark.event) {
      case 'start':
      case 'connect':
        return;
      case 'disconnect': {
        const { connection: gone } = mark;
        for (const operation of this.active())
          if (operation.connection === gone) this.#end(operation, 'disconnected', by);
        for (const key of [...this.#keys.values()]) if (key.connection === gone) this.#forget(key);
        if (gone !== undefined) this.#connections.delete(gone);
        return;
      }
      case 'reset':
        for (const operation of this.active()) this.#end(operation, 'reset', by);
        for (const key of this.volatileKeys()) key.destroyed = by;
        for (const connection of this.#connections.values()) {
          connection.initialized = false;
          connection.voids.clear();
          connection.lastFailures.clear();
          connection.lastCalls.clear();
        }
        return;
      case 'restore':
        // Whatever the snapshot holds is older than the trace.
        this.#active.clear();
        this.#ended.clear();
        this.#keys.clear();
        for (const { voids, lastFailures } of this.#connections.values()) {
          voids.clear();
          lastFailures.clear();
        }
    }
  }

  #forget(key: KeyLife): void {
    this.#keys.delete(`${key.client}:${key.id}`);
  }
}

/** What is known before the call takes effect. */
export type Before = Omit<Seen, 'made' | 'cause' | 'failure'>;

/** Whether it gives an id, or the handle of old, to call with. */
const makesKey = ({ params }: FunctionRow): boolean =>
  params.some((param) => param.kind === 'scalar-out' && /^psa_key_(id|handle)_t$/.test(param.c));
