/** A key store that faults disturb, at the points `key.load`, `key.store`, `key.destroy` and `policy.check`. */
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import type { Key, KeyStore } from '../../psa-api/key.ts';
import type { PsaError } from '../../psa-api/status.ts';
import { Changes } from './change.ts';
import type { Effect } from './fault.ts';
import type { Faults } from './faults.ts';

const ALL_USES = 0xffffffff;

/** A status, if one is given back instead; 0 leaves things as they are. */
const statusOf = (effects: readonly Effect[]): PsaError | undefined => {
  const status = effects.find(({ name }) => name === 'return')?.number;
  return status === undefined || status === 0 ? undefined : (status as PsaError);
};

/** The same key as long as it lives, seen with other attributes or other bytes. */
const seenAs = (key: Key, seen: Partial<Pick<Key, 'attributes' | 'data'>>): Key => ({
  attributes: seen.attributes ?? key.attributes,
  owner: key.owner,
  data: seen.data ?? key.data,
  cache: seen.data === undefined ? key.cache : { hmac: new Map() },
  get destroyed() {
    return key.destroyed;
  },
});

export const spoiltKeys = (keys: KeyStore, faults: Faults): KeyStore => {
  const changes = new Changes();

  const permitted = ({ attributes }: Key): KeyAttributes => ({
    ...attributes,
    usage: ALL_USES,
    alg: faults.underWay?.alg ?? attributes.alg,
  });

  const forced = (key: Key): Key => {
    const force = faults.visit('policy.check').effects.find(({ name }) => name === 'force');
    if (force === undefined) return key;
    return seenAs(key, {
      attributes: force.word === 'true' ? permitted(key) : { ...key.attributes, usage: 0 },
    });
  };

  const loaded = (owner: number, id: number): Key | PsaError => {
    const { effects } = faults.visit('key.load');
    const status = statusOf(effects);
    if (status !== undefined) return status;
    const other = effects.find(({ name }) => name === 'swap')?.number;
    const key = keys.find(owner, other ?? id);
    if (typeof key === 'number') return key;
    const data = changes.apply('key.load', key.data, effects);
    return data === key.data ? key : seenAs(key, { data });
  };

  return {
    find: (owner, id) => {
      const key = loaded(owner, id);
      return typeof key === 'number' ? key : forced(key);
    },
    exists: (owner, id) => keys.exists(owner, id),
    create: (caller, attributes, data) => {
      const { effects } = faults.visit('key.store');
      return statusOf(effects) ?? keys.create(caller, attributes, changes.apply('key.store', data, effects));
    },
    destroy: (owner, id) => {
      const { effects } = faults.visit('key.destroy');
      const status = statusOf(effects);
      if (status !== undefined) return status;
      return effects.some(({ name }) => name === 'skip') ? 0 : keys.destroy(owner, id);
    },
    purge: (owner, id) => keys.purge(owner, id),
  };
};
