/** Bytes as the Web Cryptography API takes and gives them. */
import { failure } from './errors.ts';

export const NOTHING: Uint8Array = new Uint8Array(0);

/** A copy of a BufferSource, so that its owner may go on writing to it (Web IDL 3.2.26). */
export const copyOf = (source: unknown, what: string): Uint8Array => {
  if (source instanceof ArrayBuffer || source instanceof SharedArrayBuffer)
    return new Uint8Array(source).slice();
  if (ArrayBuffer.isView(source))
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice();
  throw new TypeError(`${what}: expected an ArrayBuffer or a view of one`);
};

export const bufferOf = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer;

export const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** RFC 4648 5, without padding, as JSON Web Keys have it. */
export const toBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export const fromBase64Url = (text: unknown, what: string): Uint8Array => {
  if (typeof text !== 'string' || !/^[\w-]*$/.test(text))
    throw failure('DataError', `${what}: expected base64url without padding`);
  return new Uint8Array(Buffer.from(text, 'base64url'));
};
