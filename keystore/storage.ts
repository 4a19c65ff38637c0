/** Where records outlive the process: named byte strings, each written whole or not at all. */

export interface Storage {
  /** For people: "memory", or the folder. */
  readonly description: string;
  names(): readonly string[];
  read(name: string): Uint8Array | undefined;
  /** Durable on return. Throws StorageError. */
  write(name: string, data: Uint8Array): void;
  remove(name: string): void;
  close(): void;
}

/** Why a record could not be written or read. */
export class StorageError extends Error {
  readonly kind: 'full' | 'failed';

  constructor(kind: 'full' | 'failed', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.kind = kind;
  }
}

/** Encrypts and authenticates records under the device's key; the name is bound to the content. */
export interface Sealer {
  seal(name: string, data: Uint8Array): Uint8Array;
  /** undefined: changed since it was sealed, sealed by another device, or under another name. */
  open(name: string, sealed: Uint8Array): Uint8Array | undefined;
}
