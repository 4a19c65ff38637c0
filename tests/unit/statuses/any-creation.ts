/** What functions answer alike that make a key. */
import type { KeyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION as lifetimeOf,
  PSA_KEY_ID_VENDOR_MIN,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT,
  PSA_KEY_PERSISTENCE_READ_ONLY,
  PSA_KEY_TYPE_RAW_DATA,
} from '../../../psa-api/constants.ts';
import type { FunctionRow } from '../../../psa-api/functions.ts';
import { PSA_ERROR_INSUFFICIENT_MEMORY, PSA_ERROR_INSUFFICIENT_STORAGE } from '../../../psa-api/status.ts';
import { rawKey } from '../../support/keys.ts';
import { shortName } from '../../support/status.ts';
import { UNKNOWN_KEY_TYPE } from '../../support/unsupported.ts';
import { everywhere } from './everywhere.ts';
import { type Given, type Inputs, type Row, rowsOf } from './row.ts';
import { openSmall } from './small.ts';

const row = rowsOf(import.meta.url);

const ID = 0x77;
const PERSISTENT = { lifetime: PSA_KEY_LIFETIME_PERSISTENT, id: ID };

const makes = ({ params }: FunctionRow): boolean => params.some((p) => p.kind === 'attributes');
/** psa_attach_key puts nothing into the store, and has no key to count. */
const keeps = (described: FunctionRow): boolean => makes(described) && described.name !== 'psa_attach_key';

const having =
  (attributes: Partial<KeyAttributes>) =>
  (_: Given, inputs: Inputs): Inputs => ({
    attributes: { ...(inputs['attributes'] as KeyAttributes), ...attributes },
  });

/** A copy has the flags of both keys, and so none that the source cannot have. */
const USAGE_FALLS_AWAY = ['psa_copy_key'];

const INVALID: readonly (readonly [when: string, attributes: Partial<KeyAttributes>, clause: string])[] = [
  [
    'the location is not there',
    { lifetime: lifetimeOf(0, PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT) },
    '9.6.3',
  ],
  ['the key would be read-only', { lifetime: PSA_KEY_PERSISTENCE_READ_ONLY, id: ID }, '9.6.3'],
  ['a volatile key would have an id', { id: ID }, '9.7.1'],
];

/** Of persistent keys, which psa_attach_key does not make. */
const INVALID_IDS: readonly (readonly [when: string, id: number])[] = [
  ['a persistent key would have no id', 0],
  ['the id is of the range of the implementation', PSA_KEY_ID_VENDOR_MIN],
];

/** Types that a function refuses as invalid, where the secret is only for some. */
const TYPE_IS_INVALID = ['psa_key_agreement', 'psa_encapsulate', 'psa_decapsulate'];

/** Keys until there is room for no other. */
const fillStore = async ({ psa }: Given): Promise<Inputs> => {
  for (;;) {
    const { status } = await psa.importKey({ type: PSA_KEY_TYPE_RAW_DATA }, Uint8Array.of(1));
    if (status === PSA_ERROR_INSUFFICIENT_MEMORY) return {};
    if (status !== 0) throw new Error(shortName(status));
  }
};

/** Persistent keys until there is no room for the smallest. */
const fillFlash = async ({ psa }: Given): Promise<void> => {
  let id = ID;
  for (const length of [8000, 800, 80, 1])
    for (;;) {
      const attributes = { ...PERSISTENT, id: ++id, type: PSA_KEY_TYPE_RAW_DATA };
      const { status } = await psa.importKey(attributes, new Uint8Array(length));
      if (status === PSA_ERROR_INSUFFICIENT_STORAGE) break;
      if (status !== 0) throw new Error(shortName(status));
    }
};

export const rows: readonly Row[] = [
  ...everywhere(
    'INVALID_ARGUMENT',
    (described) => makes(described) && !USAGE_FALLS_AWAY.includes(described.name),
    (name) => [
      row(name, 'INVALID_ARGUMENT', 'the usage flags have others among them', having({ usage: 0x40000000 }), {
        clause: '9.8.2',
      }),
    ],
  ),
  ...everywhere('INVALID_ARGUMENT', makes, (name) =>
    INVALID.map(([when, attributes, clause]) =>
      row(name, 'INVALID_ARGUMENT', when, having(attributes), { clause }),
    ),
  ),
  ...everywhere('INVALID_ARGUMENT', keeps, (name) =>
    INVALID_IDS.map(([when, id]) =>
      row(name, 'INVALID_ARGUMENT', when, having({ ...PERSISTENT, id }), { clause: '9.7.1' }),
    ),
  ),
  ...everywhere(
    'NOT_SUPPORTED',
    (described) =>
      makes(described) && described.name !== 'psa_copy_key' && !TYPE_IS_INVALID.includes(described.name),
    (name) => [
      row(name, 'NOT_SUPPORTED', 'keys of the type are not there', having({ type: UNKNOWN_KEY_TYPE })),
    ],
  ),
  ...everywhere('ALREADY_EXISTS', keeps, (name) => [
    row(name, 'ALREADY_EXISTS', 'there is a key with the id', async (given, inputs) => {
      await rawKey(given.psa, 0, PERSISTENT);
      return having(PERSISTENT)(given, inputs);
    }),
  ]),
  ...everywhere('STORAGE_FAILURE', keeps, (name) => [
    row(
      name,
      'STORAGE_FAILURE',
      'the flash cannot be written',
      (given, inputs) => {
        given.flash.failing = 'program';
        return having(PERSISTENT)(given, inputs);
      },
      { stored: true },
    ),
  ]),
  ...everywhere('INSUFFICIENT_STORAGE', keeps, (name) => [
    row(
      name,
      'INSUFFICIENT_STORAGE',
      'the flash is full',
      async (given, inputs) => {
        await fillFlash(given);
        return having(PERSISTENT)(given, inputs);
      },
      { stored: true },
    ),
  ]),
  ...everywhere('INSUFFICIENT_MEMORY', keeps, (name) => [
    row(name, 'INSUFFICIENT_MEMORY', 'there are too many volatile keys', fillStore, {
      open: openSmall,
    }),
  ]),
];
