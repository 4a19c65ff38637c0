/**
 * The function table: every function of the PSA Crypto API, 1.0 to 1.5, described once as data, and with them those of
 * the Secure Manager's other services (service-functions.ts), of the framework that carries them
 * (framework-functions.ts), of TF-M beside the specification (key-handle-functions.ts), and of the emulator for tests
 * (control-functions.ts).
 *
 * From it are generated the typed interfaces (psa-api/generated), the wire codec (rpc/generated), the
 * C prototypes and stubs (clients/c) and the reference page (docs/functions.md). A wire id is
 * `group << 8 | index` and is never reused. A row without a handler answers PSA_ERROR_NOT_SUPPORTED.
 */

import { CONTROL_FUNCTIONS } from './control-functions.ts';
import { FRAMEWORK_FUNCTIONS } from './framework-functions.ts';
import { KEY_HANDLE_FUNCTIONS } from './key-handle-functions.ts';
import {
  alg,
  attributes,
  attributesOut,
  bytes,
  custom,
  type FunctionRow,
  fill,
  groupRows,
  key,
  keyOut,
  operation,
  pakeStep,
  type Row,
  room,
  scalar,
  size,
  sizeOut,
  step,
} from './parameters.ts';
import { SERVICE_FUNCTIONS } from './service-functions.ts';

export type {
  FunctionRow,
  Library,
  OperationFamily,
  OperationRole,
  Param,
  Version,
} from './parameters.ts';

const hash = operation('hash');
const mac = operation('mac');
const cipher = operation('cipher');
const aead = operation('aead');
const kdf = operation('key_derivation');
const pake = operation('pake');
const sign = operation('sign');
const verify = operation('verify');
const xof = operation('xof');

/** Groups in wire order: positions are the numbers on the wire, so new groups, and new rows of a group, go to the end. */
const GROUPS: readonly (readonly [group: string, rows: readonly Row[]])[] = [
  ['library', [['psa_crypto_init', '1.0', []]]],
  [
    'key attributes',
    [
      ['psa_get_key_attributes', '1.0', [key(), attributesOut]],
      ['psa_reset_key_attributes', '1.0', 'local'],
      ['psa_key_attributes_init', '1.0', 'local'],
      ['psa_set_key_type', '1.0', 'local'],
      ['psa_get_key_type', '1.0', 'local'],
      ['psa_set_key_bits', '1.0', 'local'],
      ['psa_get_key_bits', '1.0', 'local'],
      ['psa_set_key_id', '1.0', 'local'],
      ['psa_get_key_id', '1.0', 'local'],
      ['psa_set_key_lifetime', '1.0', 'local'],
      ['psa_get_key_lifetime', '1.0', 'local'],
      ['psa_set_key_usage_flags', '1.0', 'local'],
      ['psa_get_key_usage_flags', '1.0', 'local'],
      ['psa_set_key_algorithm', '1.0', 'local'],
      ['psa_get_key_algorithm', '1.0', 'local'],
    ],
  ],
  [
    'key management',
    [
      ['psa_import_key', '1.0', [attributes, bytes('data'), keyOut()]],
      ['psa_generate_key', '1.0', [attributes, keyOut()]],
      ['psa_copy_key', '1.0', [key('source_key'), attributes, keyOut('target_key')]],
      ['psa_destroy_key', '1.0', [key()]],
      ['psa_purge_key', '1.0', [key()]],
      ['psa_export_key', '1.0', [key(), room('data')]],
      ['psa_export_public_key', '1.0', [key(), room('data')]],
      ['psa_generate_key_custom', '1.3', [attributes, ...custom, keyOut()]],
      ['psa_attach_key', '1.4', [attributes, bytes('label'), keyOut()]],
      ['psa_check_key_usage', '1.4', [key(), alg, scalar('usage', 'u32', 'psa_key_usage_t')]],
    ],
  ],
  [
    'hash',
    [
      ['psa_hash_compute', '1.0', [alg, bytes('input'), room('hash')]],
      ['psa_hash_compare', '1.0', [alg, bytes('input'), bytes('hash')]],
      ['psa_hash_operation_init', '1.0', 'local'],
      ['psa_hash_setup', '1.0', [hash('setup'), alg]],
      ['psa_hash_update', '1.0', [hash('use'), bytes('input')]],
      ['psa_hash_finish', '1.0', [hash('end'), room('hash')]],
      ['psa_hash_verify', '1.0', [hash('end'), bytes('hash')]],
      ['psa_hash_abort', '1.0', [hash('abort')]],
      ['psa_hash_suspend', '1.0', [hash('end'), room('hash_state')]],
      ['psa_hash_resume', '1.0', [hash('setup'), bytes('hash_state')]],
      ['psa_hash_clone', '1.0', [hash('source', 'source_operation'), hash('setup', 'target_operation')]],
    ],
  ],
  [
    'MAC',
    [
      ['psa_mac_compute', '1.0', [key(), alg, bytes('input'), room('mac')]],
      ['psa_mac_verify', '1.0', [key(), alg, bytes('input'), bytes('mac')]],
      ['psa_mac_operation_init', '1.0', 'local'],
      ['psa_mac_sign_setup', '1.0', [mac('setup'), key(), alg]],
      ['psa_mac_verify_setup', '1.0', [mac('setup'), key(), alg]],
      ['psa_mac_update', '1.0', [mac('use'), bytes('input')]],
      ['psa_mac_sign_finish', '1.0', [mac('end'), room('mac')]],
      ['psa_mac_verify_finish', '1.0', [mac('end'), bytes('mac')]],
      ['psa_mac_abort', '1.0', [mac('abort')]],
    ],
  ],
  [
    'cipher',
    [
      ['psa_cipher_encrypt', '1.0', [key(), alg, bytes('input'), room('output')]],
      ['psa_cipher_decrypt', '1.0', [key(), alg, bytes('input'), room('output')]],
      ['psa_cipher_operation_init', '1.0', 'local'],
      ['psa_cipher_encrypt_setup', '1.0', [cipher('setup'), key(), alg]],
      ['psa_cipher_decrypt_setup', '1.0', [cipher('setup'), key(), alg]],
      ['psa_cipher_generate_iv', '1.0', [cipher('use'), room('iv')]],
      ['psa_cipher_set_iv', '1.0', [cipher('use'), bytes('iv')]],
      ['psa_cipher_update', '1.0', [cipher('use'), bytes('input'), room('output')]],
      ['psa_cipher_finish', '1.0', [cipher('end'), room('output')]],
      ['psa_cipher_abort', '1.0', [cipher('abort')]],
    ],
  ],
  [
    'AEAD',
    [
      [
        'psa_aead_encrypt',
        '1.0',
        [key(), alg, bytes('nonce'), bytes('additional_data'), bytes('plaintext'), room('ciphertext')],
      ],
      [
        'psa_aead_decrypt',
        '1.0',
        [key(), alg, bytes('nonce'), bytes('additional_data'), bytes('ciphertext'), room('plaintext')],
      ],
      ['psa_aead_operation_init', '1.0', 'local'],
      ['psa_aead_encrypt_setup', '1.0', [aead('setup'), key(), alg]],
      ['psa_aead_decrypt_setup', '1.0', [aead('setup'), key(), alg]],
      ['psa_aead_set_lengths', '1.0', [aead('use'), size('ad_length'), size('plaintext_length')]],
      ['psa_aead_generate_nonce', '1.0', [aead('use'), room('nonce')]],
      ['psa_aead_set_nonce', '1.0', [aead('use'), bytes('nonce')]],
      ['psa_aead_update_ad', '1.0', [aead('use'), bytes('input')]],
      ['psa_aead_update', '1.0', [aead('use'), bytes('input'), room('output')]],
      ['psa_aead_finish', '1.0', [aead('end'), room('ciphertext'), room('tag')]],
      ['psa_aead_verify', '1.0', [aead('end'), room('plaintext'), bytes('tag')]],
      ['psa_aead_abort', '1.0', [aead('abort')]],
    ],
  ],
  [
    'key derivation',
    [
      ['psa_key_derivation_operation_init', '1.0', 'local'],
      ['psa_key_derivation_setup', '1.0', [kdf('setup'), alg]],
      // 10.6.5: asking is const and changes nothing.
      ['psa_key_derivation_get_capacity', '1.0', [kdf('source'), sizeOut('capacity')]],
      // A capacity above the current one leaves the operation valid and its capacity unchanged.
      [
        'psa_key_derivation_set_capacity',
        '1.0',
        [kdf('use'), size('capacity')],
        ['PSA_ERROR_INVALID_ARGUMENT'],
      ],
      ['psa_key_derivation_input_bytes', '1.0', [kdf('use'), step, bytes('data')]],
      ['psa_key_derivation_input_integer', '1.1', [kdf('use'), step, scalar('value', 'u64', 'uint64_t')]],
      ['psa_key_derivation_input_key', '1.0', [kdf('use'), step, key()]],
      // Running dry sets the capacity to 0 and leaves an exhausted, still active operation.
      [
        'psa_key_derivation_output_bytes',
        '1.0',
        [kdf('use'), fill('output', 'output_length')],
        ['PSA_ERROR_INSUFFICIENT_DATA'],
      ],
      [
        'psa_key_derivation_output_key',
        '1.0',
        [attributes, kdf('use'), keyOut()],
        ['PSA_ERROR_INSUFFICIENT_DATA'],
      ],
      [
        'psa_key_derivation_output_key_custom',
        '1.3',
        [attributes, kdf('use'), ...custom, keyOut()],
        ['PSA_ERROR_INSUFFICIENT_DATA'],
      ],
      [
        'psa_key_derivation_verify_bytes',
        '1.1',
        [kdf('use'), bytes('expected_output', 'output_length')],
        ['PSA_ERROR_INSUFFICIENT_DATA'],
      ],
      [
        'psa_key_derivation_verify_key',
        '1.1',
        [kdf('use'), key('expected')],
        ['PSA_ERROR_INSUFFICIENT_DATA'],
      ],
      ['psa_key_derivation_abort', '1.0', [kdf('abort')]],
    ],
  ],
  [
    'signature',
    [
      ['psa_sign_message', '1.0', [key(), alg, bytes('input'), room('signature')]],
      ['psa_verify_message', '1.0', [key(), alg, bytes('input'), bytes('signature')]],
      ['psa_sign_hash', '1.0', [key(), alg, bytes('hash'), room('signature')]],
      ['psa_verify_hash', '1.0', [key(), alg, bytes('hash'), bytes('signature')]],
      [
        'psa_sign_message_with_context',
        '1.4',
        [key(), alg, bytes('input'), bytes('context'), room('signature')],
      ],
      [
        'psa_verify_message_with_context',
        '1.4',
        [key(), alg, bytes('input'), bytes('context'), bytes('signature')],
      ],
      ['psa_sign_hash_with_context', '1.4', [key(), alg, bytes('hash'), bytes('context'), room('signature')]],
      [
        'psa_verify_hash_with_context',
        '1.4',
        [key(), alg, bytes('hash'), bytes('context'), bytes('signature')],
      ],
      ['psa_sign_operation_init', '1.5', 'local'],
      ['psa_sign_setup', '1.5', [sign('setup'), key(), alg]],
      ['psa_sign_set_context', '1.5', [sign('use'), bytes('context')]],
      ['psa_sign_update', '1.5', [sign('use'), bytes('input')]],
      ['psa_sign_finish', '1.5', [sign('end'), room('signature')]],
      ['psa_sign_abort', '1.5', [sign('abort')]],
      ['psa_verify_operation_init', '1.5', 'local'],
      ['psa_verify_setup', '1.5', [verify('setup'), key(), alg, bytes('signature')]],
      ['psa_verify_set_context', '1.5', [verify('use'), bytes('context')]],
      ['psa_verify_update', '1.5', [verify('use'), bytes('input')]],
      ['psa_verify_finish', '1.5', [verify('end')]],
      ['psa_verify_abort', '1.5', [verify('abort')]],
    ],
  ],
  [
    'asymmetric encryption',
    [
      ['psa_asymmetric_encrypt', '1.0', [key(), alg, bytes('input'), bytes('salt'), room('output')]],
      ['psa_asymmetric_decrypt', '1.0', [key(), alg, bytes('input'), bytes('salt'), room('output')]],
    ],
  ],
  [
    'key agreement',
    [
      ['psa_raw_key_agreement', '1.0', [alg, key('private_key'), bytes('peer_key'), room('output')]],
      ['psa_key_derivation_key_agreement', '1.0', [kdf('use'), step, key('private_key'), bytes('peer_key')]],
      ['psa_key_agreement', '1.2', [key('private_key'), bytes('peer_key'), alg, attributes, keyOut()]],
    ],
  ],
  [
    'key encapsulation',
    [
      ['psa_encapsulate', '1.3', [key(), alg, attributes, keyOut('output_key'), room('ciphertext')]],
      ['psa_decapsulate', '1.3', [key(), alg, bytes('ciphertext'), attributes, keyOut('output_key')]],
    ],
  ],
  [
    'PAKE',
    [
      ['psa_pake_cipher_suite_init', '1.3', 'local'],
      ['psa_pake_cs_get_algorithm', '1.3', 'local'],
      ['psa_pake_cs_set_algorithm', '1.3', 'local'],
      ['psa_pake_cs_get_primitive', '1.3', 'local'],
      ['psa_pake_cs_set_primitive', '1.3', 'local'],
      ['psa_pake_cs_get_key_confirmation', '1.3', 'local'],
      ['psa_pake_cs_set_key_confirmation', '1.3', 'local'],
      ['psa_pake_operation_init', '1.3', 'local'],
      [
        'psa_pake_setup',
        '1.3',
        [pake('setup'), key('password_key'), { kind: 'cipher-suite', name: 'cipher_suite' }],
      ],
      ['psa_pake_set_role', '1.3', [pake('use'), scalar('role', 'u8', 'psa_pake_role_t')]],
      ['psa_pake_set_user', '1.3', [pake('use'), bytes('user_id', 'user_id_len')]],
      ['psa_pake_set_peer', '1.3', [pake('use'), bytes('peer_id', 'peer_id_len')]],
      ['psa_pake_set_context', '1.3', [pake('use'), bytes('context', 'context_len')]],
      ['psa_pake_output', '1.3', [pake('use'), pakeStep, room('output')]],
      ['psa_pake_input', '1.3', [pake('use'), pakeStep, bytes('input')]],
      ['psa_pake_get_shared_key', '1.3', [pake('end'), attributes, keyOut()]],
      ['psa_pake_abort', '1.3', [pake('abort')]],
    ],
  ],
  ['random', [['psa_generate_random', '1.0', [fill('output', 'output_size')]]]],
  [
    'XOF',
    [
      ['psa_xof_operation_init', '1.4', 'local'],
      ['psa_xof_setup', '1.4', [xof('setup'), alg]],
      ['psa_xof_set_context', '1.4', [xof('use'), bytes('context')]],
      ['psa_xof_update', '1.4', [xof('use'), bytes('input')]],
      ['psa_xof_output', '1.4', [xof('use'), fill('output', 'output_length')]],
      ['psa_xof_abort', '1.4', [xof('abort')]],
    ],
  ],
  [
    'key wrapping',
    [
      ['psa_wrap_key', '1.4', [key('wrapping_key'), alg, key(), room('data')]],
      ['psa_unwrap_key', '1.4', [attributes, key('wrapping_key'), alg, bytes('data'), keyOut()]],
    ],
  ],
];

/** The functions of PSA Crypto. */
export const FUNCTIONS: readonly FunctionRow[] = GROUPS.flatMap(([group, rows], g) =>
  groupRows('crypto', g, group, rows),
);

/** Every function. */
export const TABLE: readonly FunctionRow[] = [
  ...FUNCTIONS,
  ...SERVICE_FUNCTIONS,
  ...FRAMEWORK_FUNCTIONS,
  ...KEY_HANDLE_FUNCTIONS,
  ...CONTROL_FUNCTIONS,
];

const BY_ID = new Map(TABLE.map((row) => [row.id, row]));
const BY_NAME = new Map<string, FunctionRow>(TABLE.map((row) => [row.name, row]));

export const functionById = (id: number): FunctionRow | undefined => BY_ID.get(id);
export const functionByName = (name: string): FunctionRow | undefined => BY_NAME.get(name);
