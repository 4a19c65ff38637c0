/** Every way in which the store changes. Sizes are those of a geometry that the caller names. */
import type { Chip } from '../../keystore/chip.ts';
import type { Geometry } from '../../keystore/flash.ts';
import { PSA_ERROR_INSUFFICIENT_STORAGE } from '../../psa-api/constants.ts';
import { type DeviceStore, must, openDevice } from './device.ts';
import { type ItemStore, openItems } from './items.ts';
import type { Running, Scenario } from './scenario.ts';

type Step<Store> = (store: Store) => Promise<void>;
type ScenarioOn = (geometry: Geometry) => Scenario;

const scenario =
  <Store extends Running>(open: (chip: Chip) => Promise<Store>) =>
  (name: string, prepare: Step<Store>, ...steps: Step<Store>[]): ScenarioOn =>
  (geometry) => ({
    name,
    geometry,
    open: async (chip) => {
      const store = await open(chip);
      return { ...store, prepare: () => prepare(store), steps: steps.map((step) => () => step(store)) };
    },
  });

export const ofKeys = scenario(openDevice);
const ofItems = scenario(openItems);

const nothing = async (): Promise<void> => {};

const someKeys: Step<DeviceStore> = async (store) => {
  for (const id of [1, 2, 3]) await must(store.importKey(id, 16 * id));
};

const someItems: Step<ItemStore> = async (store) => {
  for (const uid of [1, 2, 3]) store.set(uid, 20 * uid);
};

/** Three in each sector, until there is room for none of them. */
const fill = async (store: DeviceStore, { sectorSize }: Geometry): Promise<void> => {
  for (let id = 1; ; id++) {
    const status = await store.importKey(id, Math.floor(sectorSize / 4));
    if (status === PSA_ERROR_INSUFFICIENT_STORAGE) return;
    await must(status);
  }
};

const someChanges = ofKeys(
  'several changes',
  nothing,
  (store) => must(store.importKey(1, 16)),
  (store) => must(store.importKey(2, 300)),
  (store) => must(store.destroyKey(1)),
  (store) => must(store.importKey(3, 5)),
  (store) => must(store.importKey(4, 16)),
  (store) => must(store.copyKey(4, 5)),
  (store) => must(store.destroyKey(3)),
);

const KEYS = [
  ofKeys('first key of a new chip', nothing, (store) => must(store.importKey(1, 16))),
  ofKeys('import', someKeys, (store) => must(store.importKey(4, 33))),
  ofKeys('generate', someKeys, (store) => must(store.generateKey(4))),
  ofKeys('copy', someKeys, (store) => must(store.copyKey(2, 4))),
  ofKeys('destroy', someKeys, (store) => must(store.destroyKey(2))),
  ofKeys(
    'replace: destroy and import under the same id',
    someKeys,
    (store) => must(store.destroyKey(2)),
    (store) => must(store.importKey(2, 40, 0xaa)),
  ),
  someChanges,
];

const ITEMS = [
  ofItems('ITS set', someItems, async (store) => store.set(4, 50)),
  ofItems('ITS set again', someItems, async (store) => store.set(2, 40, 0xaa)),
  ofItems('ITS remove', someItems, async (store) => store.remove(1)),
];

/** An item that grows out of its sector: the old one is in another sector than the new one. */
const moving = (geometry: Geometry): Scenario => {
  const size = Math.floor(geometry.sectorSize / 3);
  return ofItems(
    'ITS set again, into another sector',
    async (store) => {
      store.set(1, size);
      store.set(2, size);
    },
    async (store) => store.set(2, 2 * size, 0xaa),
    async (store) => store.set(2, 20, 0xbb),
    async (store) => store.remove(1),
  )(geometry);
};

const full = (geometry: Geometry): Scenario =>
  ofKeys(
    'a full store: refused, destroy, import',
    (store) => fill(store, geometry),
    (store) => must(store.importKey(20, Math.floor(geometry.sectorSize / 4)), PSA_ERROR_INSUFFICIENT_STORAGE),
    (store) => must(store.destroyKey(2)),
    (store) => must(store.importKey(20, Math.floor(geometry.sectorSize / 4))),
  )(geometry);

export const scenarios = (geometry: Geometry): readonly Scenario[] =>
  [...KEYS, ...ITEMS, moving, full].map((on) => on(geometry));
