/** What is used here of des.js 1.1.0, which has no types of its own. */
declare module 'des.js' {
  interface Options {
    readonly type: 'encrypt' | 'decrypt';
    readonly key: Uint8Array;
    /** false: whole blocks in, whole blocks out. */
    readonly padding: false;
  }

  interface Cipher {
    /** Without padding: ECB of whole blocks, one at least. The object may be used again. */
    final(blocks: Uint8Array): number[];
  }

  /** One element of 8 bytes, whose parity bits are left out. */
  export const DES: { create(options: Options): Cipher };
  /** Three elements. */
  export const EDE: { create(options: Options): Cipher };
}
