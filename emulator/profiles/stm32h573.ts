/**
 * An STM32H573 with ST's Secure Manager. Its interface is TF-M 1.5's, which is read in public sources; its core is
 * closed. Where a value is not public, the nearest relative's stands, or ours, and says so.
 */
import { FUNCTIONS } from '../../psa-api/functions.ts';
import { chosen, type Fact, inferred, proxy, read } from './fact.ts';
import type { Facts, Profile } from './profile.ts';

const HEADERS = 'secure_manager_api V2.1.0, headers';
const CLIENT = 'secure_manager_api V2.1.0, non-secure client';
const DEMO = "demonstration of ST's SMAK application";
const TESTS = "test build of ST's SMAK application, which follows TF-M's";
const CONFIG = 'Secure Manager configuration file, package 1.1.4';
const TFM = 'TF-M 1.5.0, crypto partition';
const MBEDTLS = 'Mbed TLS 3.0.0, which TF-M 1.5.0 builds';
const ITS_BUILDER = 'release notes of ITSbuilder 1.1.2: RSA, AES and ECDSA keys are supported';

const each = (
  of: (value: string, source: string) => Fact<string>,
  source: string,
  values: readonly string[],
) => values.map((value) => of(value, source));

const algorithms: readonly Fact<string>[] = [
  ...each(read, DEMO, [
    'PSA_ALG_SHA_224',
    'PSA_ALG_SHA_256',
    'PSA_ALG_CBC_NO_PADDING',
    'PSA_ALG_GCM',
    'PSA_ALG_CCM',
  ]),
  ...each(read, DEMO, ['PSA_ALG_RSA_OAEP', 'PSA_ALG_ECDSA']),
  ...each(inferred, TESTS, [
    'PSA_ALG_SHA_1',
    'PSA_ALG_SHA_384',
    'PSA_ALG_SHA_512',
    'PSA_ALG_HMAC',
    'PSA_ALG_CMAC',
  ]),
  ...each(inferred, TESTS, [
    'PSA_ALG_CBC_PKCS7',
    'PSA_ALG_CTR',
    'PSA_ALG_CFB',
    'PSA_ALG_OFB',
    'PSA_ALG_ECB_NO_PADDING',
  ]),
  ...each(inferred, 'algorithms that ITSbuilder provisions keys for', [
    'PSA_ALG_RSA_PKCS1V15_CRYPT',
    'PSA_ALG_RSA_PKCS1V15_SIGN',
    'PSA_ALG_RSA_PKCS1V15_SIGN_RAW',
    'PSA_ALG_RSA_PSS',
    'PSA_ALG_ECDSA_ANY',
    'PSA_ALG_ECDH',
  ]),
  ...each(proxy, `${TFM}; the client has the calls`, [
    'PSA_ALG_HKDF',
    'PSA_ALG_TLS12_PRF',
    'PSA_ALG_TLS12_PSK_TO_MS',
  ]),
];

const keyTypes: readonly Fact<string>[] = [
  ...each(read, ITS_BUILDER, [
    'PSA_KEY_TYPE_AES',
    'PSA_KEY_TYPE_RSA_KEY_PAIR',
    'PSA_KEY_TYPE_RSA_PUBLIC_KEY',
    'PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)',
    'PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)',
  ]),
  ...each(inferred, TESTS, ['PSA_KEY_TYPE_HMAC', 'PSA_KEY_TYPE_RAW_DATA']),
  ...each(proxy, TFM, ['PSA_KEY_TYPE_DERIVE']),
];

const KDF_WITHOUT_CODE = [
  'psa_key_derivation_input_integer',
  'psa_key_derivation_verify_bytes',
  'psa_key_derivation_verify_key',
];

const absent: readonly Fact<string>[] = FUNCTIONS.flatMap(({ name, since }) => {
  if (KDF_WITHOUT_CODE.includes(name)) return [read(name, `${CLIENT}: declared, and no code`)];
  if (name === 'psa_hash_suspend' || name === 'psa_hash_resume' || since !== '1.0')
    return [read(name, `${HEADERS}: not declared`)];
  return [];
});

/** Multi-part AEAD: stubs of the client up to API 2.2.0. */
const multiPartAead: readonly Fact<string>[] = FUNCTIONS.filter(({ params }) =>
  params.some((p) => p.kind === 'operation' && p.family === 'aead'),
).map(({ name }) => read(name, `${CLIENT}: answers PSA_ERROR_NOT_SUPPORTED itself`));

const facts: Facts = {
  algorithms,
  keyTypes,
  aesBits: [read('128', DEMO), read('256', 'RM0481, AES and SAES')],
  rsaBits: [read('2048', DEMO), inferred('3072', TESTS)],
  eccBits: [
    read('256', DEMO),
    inferred('384', 'keys that ITSbuilder provisions; PKA takes up to 640 bits'),
    inferred('521', 'keys that ITSbuilder provisions; PKA takes up to 640 bits'),
  ],
  absentFunctions: absent,

  operations: proxy(8, `${TFM}: CRYPTO_CONC_OPER_NUM`),
  operationsExhausted: proxy('PSA_ERROR_NOT_PERMITTED', `${TFM}: allocation of operations`),
  volatileKeys: proxy(32, `${MBEDTLS}: MBEDTLS_PSA_KEY_SLOT_COUNT`),
  volatileKeysExhausted: proxy('PSA_ERROR_INSUFFICIENT_MEMORY', `${MBEDTLS}: key slots`),
  sharedArea: read(16 * 1024, `${CONFIG}; accounting in the non-secure client`),
  aeadNonce: read(16, `${CLIENT}: nonce field of the call descriptor`),
  pakeIdentity: chosen(null, 'there is no PAKE'),
  vectors: read(4, `${HEADERS}: PSA_MAX_IOVEC`),
  connections: read(20, `${CLIENT}: table of connections`),
  storage: read(48 * 1024, `${CONFIG}: six sectors; that persistent keys share them is inferred`),
  storageItem: inferred(2016, 'limit of factory items; for run-time items not public'),
  factoryBlob: read(5119, 'ITSbuilder'),
  factoryItem: read(2016, 'ITSbuilder'),

  productState: chosen('TZ-Closed', 'as provisioned for development; a chip is delivered Open'),
  leastProductState: read('TZ-Closed', CONFIG),
  timing: chosen('stm32h573', 'the figures stand under Time'),

  connectionHandles: read('shared', `${CLIENT}: the non-secure world is one client with one handle`),
  operationHandles: proxy('reused', `${TFM}: the lowest free of its operations, numbered from 1`),
  failedOperations: proxy('held', `${TFM}: released by finish, abort and a failing setup alone`),
  volatileKeyIds: proxy('reused', `${MBEDTLS}: lowest free slot, ids from 0x7fffffe0`),
  ctrIv: proxy('block', `${MBEDTLS}: psa_cipher_set_iv takes the default length alone`),
  initialized: read(true, `${CLIENT}: psa_crypto_init is local and answers PSA_SUCCESS`),
  lengthsOnError: read(true, `${CLIENT}: lengths are left as they were sent`),
  outputsFilled: read(true, `${CLIENT}: output buffers are filled with random bytes first`),
};

export const STM32H573_SM_1_2: Profile = {
  name: 'stm32h573-sm-1.2',
  summary: 'STM32H573 with Secure Manager 1.2, API 2.2.1: multi-part AEAD works',
  facts,
};

export const STM32H573_SM_1_1: Profile = {
  name: 'stm32h573-sm-1.1',
  summary: 'STM32H573 with Secure Manager 1.1, API 2.1: no multi-part AEAD',
  facts: { ...facts, absentFunctions: [...absent, ...multiPartAead] },
};

/** What is left out although it may be there, for docs/fidelity.md. */
export const UNSETTLED: readonly Fact<string>[] = [
  chosen('AES-192', 'the hardware has no 192-bit keys; whether software stands in is not public'),
  chosen('PSA_ALG_DETERMINISTIC_ECDSA', 'in TF-M a build option; not public'),
];

/** What is known of the device and is not done here, for docs/fidelity.md. */
export const NOT_REPRODUCED: readonly Fact<string>[] = [
  read(
    'a call that the client refuses leaves its connection open and ns_ipc_seq_end uncalled',
    `${CLIENT}; a mutex in the hook would stay locked, and a test with it`,
  ),
  read(
    'psa_key_derivation_input_integer and others do not link',
    `${CLIENT}; here they link and answer PSA_ERROR_NOT_SUPPORTED, so that one test program serves all profiles`,
  ),
  read(
    'tfm_ns_interface_dispatch is not called',
    `${CLIENT}; its arguments have 32 bits, and pointers of a host may not`,
  ),
  proxy('persistent keys in use take key slots', `${MBEDTLS}; here they take none`),
  chosen(
    'memory of the crypto service running out',
    'neither the size of its heap nor what it is used for is public',
  ),
];
