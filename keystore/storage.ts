/** Where records outlive the process: named byte strings, each written whole or not at all. */

export interface Storage {
  /** For people: "memory", or the folder. */
  readonly description: string;
  /** In an order in which an empty storage of the same size has room for all of them. */
  names(): readonly string[];
  /** Throws StorageError: 'corrupt' for a record that was changed since it was written. */
  read(name: string): Uint8Array | undefined;
  /**
   * Durable on return. Names have 1 to 255 printable ASCII characters. Throws StorageError: 'full' leaves all as it
   * was, and so does 'failed' until the next start, which may find the new record.
   */
  write(name: string, data: Uint8Array): void;
  /** Durable on return; a full store takes it, unless the host's disk is full. No error where there is no such record. */
  remove(name: string): void;
  close(): void;
}

export type StorageErrorKind = 'full' | 'failed' | 'corrupt';

/** Why a record could not be written or read. */
export class StorageError extends Error {
  readonly kind: StorageErrorKind;

  constructor(kind: StorageErrorKind, message: string, options?: ErrorOptions) {
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
