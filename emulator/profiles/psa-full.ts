/** The whole PSA Crypto API, with room for everything: for code that is to run on many devices. */
import { chosen, specified } from './fact.ts';
import type { Profile } from './profile.ts';

const ROOM = 'more than a test needs, little enough to notice a leak';
const ALL = 'whatever the engine computes; h5sm capabilities lists it';
const CONFORMING = 'PSA Crypto 1.3, 3.3.3';

export const PSA_FULL: Profile = {
  name: 'psa-full',
  summary: 'the PSA Crypto API 1.0 to 1.5 as specified, no board in particular',
  facts: {
    algorithms: chosen(null, ALL),
    keyTypes: chosen(null, ALL),
    aesBits: chosen(null, ALL),
    rsaBits: chosen(null, ALL),
    eccBits: chosen(null, ALL),
    absentFunctions: [],

    operations: chosen(4096, ROOM),
    operationsExhausted: specified(
      'PSA_ERROR_INSUFFICIENT_MEMORY',
      'psa_hash_setup and its like, return values',
    ),
    volatileKeys: chosen(65_536, ROOM),
    volatileKeysExhausted: specified('PSA_ERROR_INSUFFICIENT_MEMORY', 'psa_import_key, return values'),
    sharedArea: chosen(null, 'bounded by the frame of the wire alone, 16 MiB'),
    aeadNonce: specified(null, 'PSA_ALG_GCM takes nonces of any length'),
    pakeIdentity: specified(null, 'psa_pake_set_user: what is supported is left to the implementation'),
    vectors: specified(4, 'PSA Firmware Framework-M 1.0: PSA_MAX_IOVEC'),
    connections: chosen(1024, ROOM),
    storage: chosen(16 * 1024 * 1024, ROOM),
    storageItem: chosen(
      15_360,
      'with what lies beside it, a sector of 16 KiB; the largest key has 8191 bytes',
    ),
    factoryBlob: chosen(15_000, 'one record of the flash'),
    factoryItem: chosen(15_000, 'one record of the flash'),

    productState: chosen('Open', 'no life cycle in the way of a test'),
    leastProductState: chosen('Open', 'no life cycle in the way of a test'),
    timing: chosen('none', 'no board in particular'),

    connectionHandles: specified('unique', 'PSA Firmware Framework-M 1.0, psa_connect'),
    operationHandles: chosen(
      'unique',
      'a stale copy of an operation object is then found out at its first use',
    ),
    failedOperations: chosen(
      'ended',
      `${CONFORMING} asks for an error state until psa_*_abort; a call on handle 0 answers the same`,
    ),
    volatileKeyIds: chosen('unique', 'a stale key id is then found out at its first use'),
    ctrIv: specified('any', 'PSA_ALG_CTR: a shorter IV is padded with zeros'),
    initialized: specified(false, 'psa_crypto_init: the application must call it first'),
    lengthsOnError: chosen(
      false,
      'the length is 0 after an error, so that nobody takes it for the length of an output',
    ),
    outputsFilled: chosen(false, 'nothing but what was produced is written'),
  },
};
