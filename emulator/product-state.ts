/** The product state of the chip (RM0481, product life cycle) and where it is kept. */
import type { Storage } from '../keystore/storage.ts';

/** In order; the state only ever goes forward, but for a regression. Values are those of the option byte. */
export const PRODUCT_STATES = {
  Open: 0xed,
  Provisioning: 0x17,
  'TZ-Closed': 0xc6,
  Closed: 0x72,
  Locked: 0x5c,
} as const;

export type ProductState = keyof typeof PRODUCT_STATES;
export const PRODUCT_STATE_NAMES = Object.keys(PRODUCT_STATES) as readonly ProductState[];

/** A step that the life cycle does not have. */
export class ProductStateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProductStateError';
  }
}

const RECORD = 'product-state';

const rank = (state: ProductState): number => PRODUCT_STATE_NAMES.indexOf(state);
export const isAtLeast = (state: ProductState, least: ProductState): boolean => rank(state) >= rank(least);

/** The state that the storage tells, or the one that a new chip is delivered in. */
export const readProductState = (storage: Storage, delivered: ProductState): ProductState => {
  const [value] = storage.read(RECORD) ?? [];
  return PRODUCT_STATE_NAMES.find((name) => PRODUCT_STATES[name] === value) ?? delivered;
};

/** Throws ProductStateError for a step back. */
export const advance = (storage: Storage, from: ProductState, to: ProductState): void => {
  if (!isAtLeast(to, from))
    throw new ProductStateError(
      `the product state goes from ${from} to ${to} by a regression alone, which erases user flash: h5sm device regression`,
    );
  storage.write(RECORD, Uint8Array.of(PRODUCT_STATES[to]));
};

/** Erases user flash: persistent keys, assets and factory data. What ST provisioned is not in there. */
export const regress = (storage: Storage, from: ProductState): void => {
  if (from === 'Locked') throw new ProductStateError('a chip in product state Locked takes no regression');
  for (const name of storage.names()) storage.remove(name);
  storage.write(RECORD, Uint8Array.of(PRODUCT_STATES.Open));
};
