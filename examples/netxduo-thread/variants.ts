/** The methods that run: those of clients/netxduo, and with one mistake each (thread.h). */

export interface Variant {
  readonly what: string;
  /** The macro that makes the mistake; without one it is clients/netxduo as it is. */
  readonly macro?: string;
  /** Handshakes before, with servers whose certificate is another authority's. */
  readonly strangers?: number;
}

/** As many as the device has places for operations. */
const ALL_PLACES = 8;

export const VARIANTS = {
  'gcm-as-cbc': { what: 'the GCM method is the code for CBC', macro: 'THREAD_GCM_AS_CBC' },
  'software-hash': {
    what: 'SHA-256 is software, the clone is that of PSA and refuses lengths that are not its own',
    macro: 'THREAD_SOFTWARE_HASH',
  },
  'software-slot': {
    what: 'the same, but the hash in the row of TLS 1.3 is PSA',
    macro: 'THREAD_SOFTWARE_SLOT',
  },
  'software-row': {
    what: 'the hash in the slot of TLS 1.2 is PSA, that in the row of TLS 1.3 is software',
    macro: 'THREAD_SOFTWARE_ROW',
  },
  'unchecked-clone': {
    what: 'SHA-256 is software, the clone is that of PSA and takes whatever it is given',
    macro: 'THREAD_UNCHECKED_CLONE',
  },
  'memcpy-clone': {
    what: 'SHA-256 is PSA, and a running hash is copied with memcpy',
    macro: 'THREAD_MEMCPY_CLONE',
  },
  'hash-leak': {
    what: `a handshake that fails leaves its hash running: ${ALL_PLACES} that fail, then a good one`,
    macro: 'THREAD_HASH_LEAK',
    strangers: ALL_PLACES,
  },
  'ecdsa-as-aes': {
    what: 'public keys are imported as AES keys, under an id of their own',
    macro: 'THREAD_ECDSA_AS_AES',
  },
  corrected: { what: 'clients/netxduo' },
  'corrected-after-failures': {
    what: `clients/netxduo: ${ALL_PLACES} handshakes that fail, then a good one`,
    strangers: ALL_PLACES,
  },
} as const satisfies Readonly<Record<string, Variant>>;

export type VariantName = keyof typeof VARIANTS;
export const variantNames = Object.keys(VARIANTS) as VariantName[];
