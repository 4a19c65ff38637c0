/** Storage for tests of what stands on it. */
import { memoryChip } from '../../keystore/chip.ts';
import type { Geometry } from '../../keystore/flash.ts';
import { flashStorage } from '../../keystore/flash-storage.ts';
import { type Storage, StorageError } from '../../keystore/storage.ts';

/** What the STM32H573 gives to Internal Trusted Storage. */
export const FLASH: Geometry = { sectors: 6, sectorSize: 8192 };

/** An object whose methods can be replaced one by one. */
export const memoryStorage = (geometry: Geometry = FLASH): Storage => {
  const storage = flashStorage(memoryChip(geometry, new Uint8Array(32)), new Uint8Array(32));
  return {
    description: storage.description,
    names: () => storage.names(),
    read: (name) => storage.read(name),
    write: (name, data) => storage.write(name, data),
    remove: (name) => storage.remove(name),
    close: () => storage.close(),
  };
};
/** Records in memory, for tests to look at and to change; while `failure` is set, what it names fails so. */
export class TestStorage implements Storage {
  readonly description = 'the test';
  readonly records = new Map<string, Uint8Array>();
  failure: { readonly kind: 'full' | 'failed'; readonly of: 'read' | 'write' | 'remove' } | undefined;

  #fail(of: 'read' | 'write' | 'remove'): void {
    if (this.failure?.of === of) throw new StorageError(this.failure.kind, 'as the test wants');
  }

  names(): readonly string[] {
    return [...this.records.keys()];
  }

  read(name: string): Uint8Array | undefined {
    this.#fail('read');
    return this.records.get(name)?.slice();
  }

  write(name: string, data: Uint8Array): void {
    this.#fail('write');
    this.records.set(name, data.slice());
  }

  remove(name: string): void {
    this.#fail('remove');
    this.records.delete(name);
  }

  close(): void {}
}
