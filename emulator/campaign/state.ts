/** What a device holds when a run has ended, and what is left of it after a power cycle. */
import { createHash } from 'node:crypto';
import { functionById } from '../../psa-api/functions.ts';
import { createPsa } from '../../psa-api/generated/psa.ts';
import { PSA_KEY_ID_VENDOR_MIN } from '../../psa-api/key-ids.ts';
import { PSA_KEY_LIFETIME_IS_VOLATILE } from '../../psa-api/lifetimes.ts';
import { PSA_ERROR_DOES_NOT_EXIST, statusName } from '../../psa-api/status.ts';
import type { Device } from '../device.ts';
import { describeSnapshot, hex } from '../snapshot/diff.ts';
import { decodeSnapshot } from '../snapshot/snapshot.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { Unanswered } from './watched-device.ts';

/** They change with every call. */
const PASSING = new Set(['generator', 'calls', 'board time']);

const GENERATING = new Set(['psa_generate_key', 'psa_generate_key_custom']);

/** Random keys are other ones whenever the generator was asked once more before: only their attributes are compared. */
const drawnKeys = (events: readonly TraceEvent[]): ReadonlySet<string> =>
  new Set(
    events
      .filter((event) => GENERATING.has(event.function) && event.made !== undefined)
      .map(({ client, made = 0 }) => `key ${hex(made)} of ${client}`),
  );

/** By name, in words; undefined where the device cannot tell, as while a call hangs. */
export const stateOf = (
  device: Device,
  events: readonly TraceEvent[],
): ReadonlyMap<string, string> | undefined => {
  let all: ReadonlyMap<string, string>;
  try {
    all = describeSnapshot(decodeSnapshot(device.snapshot()));
  } catch {
    return undefined;
  }
  const drawn = drawnKeys(events);
  return new Map(
    [...all]
      .filter(([name]) => !PASSING.has(name))
      .map(([name, text]) => [
        name,
        drawn.has(name.replace(/^\w+ (?=key)/, '')) ? text.replace(/, SHA-256 .*$/, '') : text,
      ]),
  );
};

/** Whether an entry has to be there after the calls that succeeded. */
interface Promised {
  readonly owner: number;
  readonly id: number | string;
  readonly isThere: boolean;
  readonly digest?: string | undefined;
}

const ITS_SET = 'psa_its_set';
const ITS_REMOVE = 'psa_its_remove';

/** What a call that was not answered may have changed, or not. */
const touchedBy = ({ owner, functionId, inputs }: Unanswered): readonly string[] => {
  const name = functionById(functionId)?.name ?? '';
  const [first] = inputs;
  if (name.startsWith('psa_its_')) return [`asset ${owner} ${first}`];
  if (name === 'psa_destroy_key') return [`key ${owner} ${first}`];
  return inputs.flatMap((value) =>
    typeof value === 'object' && 'id' in value && 'lifetime' in value ? [`key ${owner} ${value.id}`] : [],
  );
};

/** What the client was promised: of each key and asset, the last call about it that succeeded. */
const promises = (
  events: readonly TraceEvent[],
  unanswered: readonly Unanswered[] = [],
): readonly Promised[] => {
  const all = new Map<string, Promised | undefined>();
  for (const event of events) {
    const { client: owner, status, scalars } = event;
    const { uid } = scalars;
    const lifetime = Number(scalars['attributes.lifetime'] ?? 0);
    const named = event.made ?? Number(scalars['attributes.id'] ?? 0);
    const made = PSA_KEY_LIFETIME_IS_VOLATILE(lifetime) || named === 0 ? undefined : named;
    const id = event.function === 'psa_destroy_key' ? event.key : made;
    if (id !== undefined) {
      const isThere = event.function !== 'psa_destroy_key';
      // A failure leaves it open which of both it is.
      all.set(`key ${owner} ${id}`, status === 0 ? { owner, id, isThere } : undefined);
    }
    if (uid !== undefined && [ITS_SET, ITS_REMOVE].includes(event.function)) {
      const isThere = event.function === ITS_SET;
      const { p_data: digest } = event.digests;
      all.set(
        `asset ${owner} ${uid}`,
        status === 0 ? { owner, id: String(uid), isThere, digest } : undefined,
      );
    }
  }
  for (const name of unanswered.flatMap(touchedBy)) all.delete(name);
  return [...all.values()].filter((promised) => promised !== undefined);
};

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

const assetProblem = async (
  device: Device,
  { owner, id, isThere, digest }: Promised,
): Promise<string | undefined> => {
  const session = device.connect({ owner });
  try {
    const psa = createPsa(session.call);
    await psa.cryptoInit();
    const { status, data } = await psa.itsGet(BigInt(id), 0);
    const name = `asset ${id} of ${owner}`;
    if (status !== 0 && status !== PSA_ERROR_DOES_NOT_EXIST)
      return `${name}: cannot be read, ${statusName(status)}`;
    if ((status === 0) !== isThere)
      return isThere ? `${name}: psa_its_set succeeded, and it is gone` : `${name}: removed, and there again`;
    return isThere && digest !== undefined && digestOf(data) !== digest
      ? `${name}: holds other data`
      : undefined;
  } finally {
    session.close();
  }
};

const keyProblem = (device: Device, { owner, id, isThere }: Promised): string | undefined => {
  const found = device.keys().some((key) => key.owner === owner && key.id === id);
  const name = `key ${hex(Number(id))} of ${owner}`;
  if (found === isThere) return undefined;
  return isThere ? `${name}: its creation succeeded, and it is gone` : `${name}: destroyed, and there again`;
};

/** A key of which there is only half cannot be loaded. */
const loadProblems = (device: Device): readonly string[] =>
  device
    .keys()
    .filter(({ kind }) => kind === 'persistent')
    .flatMap(({ owner, id }) => {
      const data = device.insecureKeyData(owner, id);
      return typeof data === 'number'
        ? [`key ${hex(id)} of ${owner}: cannot be loaded, ${statusName(data)}`]
        : [];
    });

/** Faults after which the store may be other than calls say. */
const STORING = /^(\*|storage|key|clock|rpc|api\.\S*(power-off|repeat))|->.*power-off/;

/** Whether a run has, or may have, touched the store. */
export const isStoring = (events: readonly TraceEvent[], faults: readonly string[]): boolean =>
  promises(events).some(({ id }) => typeof id === 'string' || id < PSA_KEY_ID_VENDOR_MIN) ||
  faults.some((line) => STORING.test(line));

/**
 * Power-cycles the device, whose faults are off, and looks whether each persistent key loads, and whether what calls
 * have promised is so.
 */
export const storeProblems = async (
  device: Device,
  events: readonly TraceEvent[],
  unanswered: readonly Unanswered[],
): Promise<readonly string[]> => {
  try {
    device.power('power-cycle');
  } catch (error) {
    return [`the device does not start: ${error instanceof Error ? error.message : error}`];
  }
  const problems: string[] = [...loadProblems(device)];
  for (const promised of promises(events, unanswered)) {
    const problem =
      typeof promised.id === 'number' ? keyProblem(device, promised) : await assetProblem(device, promised);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
};
