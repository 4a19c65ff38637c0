/** What is never given back: operations and volatile keys, when there is no room for another and at the end. */
import { PSA_ERROR_INSUFFICIENT_MEMORY, PSA_ERROR_NOT_PERMITTED, STATUSES } from '../../../psa-api/status.ts';
import type { Hit, Rule, Watch } from '../finding.ts';
import type { KeyLife, OperationLife, Seen } from '../lives.ts';
import { fitsPolicy } from '../policies.ts';
import { answered, call, inOrder, keyId, keyType, operation, who } from '../words.ts';
import type { World } from '../world.ts';

/** Lines and evidence are for people: of many leaks of one kind the first ones do. */
const SHOWN = 16;

const shown = (lines: readonly string[]): string[] =>
  lines.length <= SHOWN ? [...lines] : [...lines.slice(0, SHOWN), `and ${lines.length - SHOWN} more`];

const slot = (life: OperationLife): string => {
  const { setup, last, failure, client, connection } = life;
  const use = last.seq === setup.seq ? 'not used since' : `last used by ${call(last)}`;
  const state = failure === undefined ? use : `in its error state since ${call(failure.by)}, never aborted`;
  return `${operation(life)}: set up by ${call(setup)}, ${state}; ${who(client)}, connection ${connection}`;
};

const keyLine = ({ id, type, made, last }: KeyLife): string => {
  const use = last === undefined ? 'never used' : `last used by ${call(last)}`;
  return `${keyId(id)}, ${keyType(type)}: made by ${made === undefined ? 'an earlier run' : call(made)}, ${use}`;
};

/** Whether a setup failed for want of room for another operation. */
const isFull = (seen: Seen, world: World): boolean => {
  const { event, role, operation: named } = seen;
  if (role !== 'setup' || event.refusedBy !== undefined || named !== undefined) return false;
  const facts = world.profile?.facts;
  const expected =
    facts === undefined
      ? [PSA_ERROR_NOT_PERMITTED, PSA_ERROR_INSUFFICIENT_MEMORY]
      : [STATUSES[facts.operationsExhausted.value]];
  if (!expected.some((status) => status === event.status)) return false;
  if (facts !== undefined) return world.active().length >= facts.operations.value;
  return event.status === PSA_ERROR_INSUFFICIENT_MEMORY || fitsPolicy(seen);
};

/** `5 hash, 3 cipher` */
const counted = (lives: readonly OperationLife[]): string => {
  const counts = new Map<string, number>();
  for (const { family } of lives) counts.set(family, (counts.get(family) ?? 0) + 1);
  return [...counts].map(([family, count]) => `${count} ${family}`).join(', ');
};

const atTheEnd = (
  connection: number | undefined,
  ends: OperationLife[],
  marked: Hit['evidence'][number],
): Hit => ({
  certainty: 'certain',
  what: `Connection ${connection} ended with ${counted(ends)} operation${ends.length === 1 ? '' : 's'} still active.`,
  evidence: inOrder(...ends.slice(0, SHOWN).map(({ setup }) => setup), marked),
  details: shown(ends.map(slot)),
  subject: 'operations at the end',
});

export const operationLeak: Rule = {
  name: 'operation-leak',
  title: 'Operation never ended',
  explanation:
    'An active multi-part operation holds one of the device’s few places until it is finished or aborted, and so ' +
    'does one in its error state. Overwriting the operation object (memset, a new handshake on the same context) ' +
    'does not end it. When all places are taken, every setup fails, for all clients. In a TLS stack the usual ' +
    'culprit is the transcript hash of a handshake that failed.',
  fix:
    'End every operation: psa_*_finish or psa_*_verify when it succeeds, psa_*_abort on every other path, also when ' +
    'a call on it has failed and before the object is overwritten. In NetX Secure define NX_SECURE_HASH_CLONE_CLEANUP ' +
    'and abort the transcript hash when a handshake fails.',
  leftover: true,
  look: (): Watch => ({
    call: (seen, world) => {
      if (!isFull(seen, world)) return undefined;
      const { profile } = world;
      const active = world.active();
      const limit = profile?.facts.operations;
      return {
        certainty: 'certain',
        what: `${answered(seen.evidence)}: all ${active.length} places for operations are taken (${counted(active)}).`,
        evidence: inOrder(...active.slice(0, SHOWN).map(({ setup }) => setup), seen.evidence),
        details: [
          ...shown(active.map(slot)),
          ...(limit === undefined ? [] : [`places: ${limit.value} (${limit.confidence}: ${limit.source})`]),
        ],
        subject: 'operations',
        blames: active,
      };
    },
    mark: (mark, world) => {
      if (mark.event !== 'disconnect') return undefined;
      const left = world.active().filter(({ connection }) => connection === mark.connection);
      const by = { seq: mark.seq, function: mark.event, status: 0 };
      return left.length === 0 ? undefined : atTheEnd(mark.connection, left, by);
    },
  }),
};

const keysHit = (
  what: string,
  keys: readonly KeyLife[],
  by: Hit['evidence'][number],
  subject: string,
): Hit => ({
  certainty: 'certain',
  what,
  evidence: inOrder(...keys.slice(0, SHOWN).map(({ made }) => made), by),
  details: shown(keys.map(keyLine)),
  subject,
});

export const unfreedKeys: Rule = {
  name: 'unfreed-keys',
  title: 'Volatile keys never destroyed',
  explanation:
    'A volatile key lives until psa_destroy_key or a reset. Here it ends with the connection; on the board the ' +
    'application has no end, and each session that leaves its keys behind brings the store closer to full.',
  fix: 'Call psa_destroy_key for every key when it is no longer needed, on error paths too.',
  leftover: true,
  look: (): Watch => ({
    call: ({ event, evidence, row }, world) => {
      const isCreation = row.params.some((p) => p.kind === 'scalar-out' && p.c === 'psa_key_id_t');
      if (event.status !== PSA_ERROR_INSUFFICIENT_MEMORY || event.refusedBy !== undefined || !isCreation)
        return undefined;
      const keys = world.volatileKeys();
      const what = `${answered(evidence)}: ${keys.length} volatile keys are there and no room for another.`;
      return keysHit(what, keys, evidence, 'keys');
    },
    mark: (mark, world) => {
      if (mark.event !== 'disconnect') return undefined;
      const left = world.volatileKeys().filter(({ connection }) => connection === mark.connection);
      if (left.length === 0) return undefined;
      const by = { seq: mark.seq, function: mark.event, status: 0 };
      const ids = left.length === 1 ? 'a volatile key' : `${left.length} volatile keys`;
      return keysHit(`Connection ${mark.connection} ended with ${ids}.`, left, by, 'keys at the end');
    },
  }),
};
