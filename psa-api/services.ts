/** What the operations stand on; a device puts it together. */
import type { Engine, RandomBytes } from '../engine/engine.ts';
import type { KeyStore } from './key.ts';

export interface Services {
  readonly engine: Engine;
  readonly keys: KeyStore;
  readonly random: RandomBytes;
}
