/**
 * Which statuses the specification documents for each function that crosses the wire: facts of PSA Crypto 1.5, whose
 * sections the numbers are. A function may answer others too (5.3.1): a fault that has no better name, say.
 *
 * From it are generated the statuses of docs/functions.md, and tests/unit/statuses holds every pair against the
 * product.
 */
import type { OperationFamily } from './functions.ts';
import type { Handlers } from './generated/handlers.ts';
import {
  PSA_ERROR_ALREADY_EXISTS,
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_COMMUNICATION_FAILURE,
  PSA_ERROR_CORRUPTION_DETECTED,
  PSA_ERROR_DATA_CORRUPT,
  PSA_ERROR_DATA_INVALID,
  PSA_ERROR_DOES_NOT_EXIST,
  PSA_ERROR_INSUFFICIENT_DATA,
  PSA_ERROR_INSUFFICIENT_ENTROPY,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_INSUFFICIENT_STORAGE,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_HANDLE,
  PSA_ERROR_INVALID_PADDING,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_ERROR_STORAGE_FAILURE,
  PSA_SUCCESS,
  type PsaStatus,
} from './status.ts';

/** Of the services beside Crypto, whose statuses other specifications document. */
type ServiceFunction = `psa_its_${string}` | `psa_initial_attest_${string}`;

/** Functions of the device that no specification documents. */
type KeyHandleFunction = 'psa_open_key' | 'psa_close_key';

/** Every function of PSA Crypto that is not the client's alone. */
export type RemoteFunction =
  | Exclude<Extract<keyof Handlers, `psa_${string}`>, ServiceFunction | KeyHandleFunction>
  | `psa_${OperationFamily}_abort`;

export interface Documentation {
  /** The section of PSA Crypto 1.5 that describes the function. */
  readonly clause: string;
  /** Success first; a status once. */
  readonly statuses: readonly PsaStatus[];
}

const EVERY: readonly PsaStatus[] = [
  PSA_SUCCESS,
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_COMMUNICATION_FAILURE,
  PSA_ERROR_CORRUPTION_DETECTED,
];
const COMPUTING: readonly PsaStatus[] = [...EVERY, PSA_ERROR_INSUFFICIENT_MEMORY];
const ARGUMENTS: readonly PsaStatus[] = [PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED];
const TAKING: readonly PsaStatus[] = [...COMPUTING, ...ARGUMENTS];
const STORAGE: readonly PsaStatus[] = [
  PSA_ERROR_STORAGE_FAILURE,
  PSA_ERROR_DATA_CORRUPT,
  PSA_ERROR_DATA_INVALID,
];
const STORED: readonly PsaStatus[] = [...COMPUTING, ...STORAGE];
const KEY: readonly PsaStatus[] = [PSA_ERROR_INVALID_HANDLE, PSA_ERROR_NOT_PERMITTED];
const USING_KEY: readonly PsaStatus[] = [...STORED, ...ARGUMENTS, ...KEY];
const CREATION: readonly PsaStatus[] = [
  PSA_ERROR_ALREADY_EXISTS,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_INSUFFICIENT_STORAGE,
];
const CREATING: readonly PsaStatus[] = [...STORED, ...ARGUMENTS, ...CREATION];

const documented = (clause: string, ...statuses: readonly PsaStatus[]): Documentation => ({
  clause,
  statuses: [...new Set(statuses)],
});

export const DOCUMENTED: Readonly<Record<RemoteFunction, Documentation>> = {
  psa_crypto_init: documented(
    '8.2.2',
    PSA_SUCCESS,
    PSA_ERROR_INSUFFICIENT_MEMORY,
    PSA_ERROR_COMMUNICATION_FAILURE,
    PSA_ERROR_CORRUPTION_DETECTED,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_get_key_attributes: documented('9.1.1', ...STORED, PSA_ERROR_INVALID_HANDLE),
  psa_import_key: documented('9.9.1', ...CREATING),
  psa_generate_key: documented('9.9.1', ...CREATING, PSA_ERROR_INSUFFICIENT_ENTROPY),
  psa_copy_key: documented('9.9.1', ...USING_KEY, ...CREATION),
  psa_destroy_key: documented('9.9.2', ...EVERY, ...STORAGE, ...KEY),
  psa_purge_key: documented('9.9.2', ...EVERY, ...STORAGE, PSA_ERROR_INVALID_HANDLE),
  psa_export_key: documented('9.9.3', ...STORED, ...KEY, PSA_ERROR_NOT_SUPPORTED, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_export_public_key: documented(
    '9.9.3',
    ...STORED,
    ...ARGUMENTS,
    PSA_ERROR_INVALID_HANDLE,
    PSA_ERROR_BUFFER_TOO_SMALL,
  ),
  psa_generate_key_custom: documented('9.9.1', ...CREATING, PSA_ERROR_INSUFFICIENT_ENTROPY),
  psa_attach_key: documented(
    '9.9.1',
    ...STORED,
    ...ARGUMENTS,
    PSA_ERROR_DOES_NOT_EXIST,
    PSA_ERROR_NOT_PERMITTED,
  ),
  psa_check_key_usage: documented('9.8.2', ...USING_KEY),
  psa_hash_compute: documented('10.2.2', ...TAKING, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_hash_compare: documented('10.2.2', ...TAKING, PSA_ERROR_INVALID_SIGNATURE),
  psa_hash_setup: documented('10.2.3', ...TAKING),
  psa_hash_update: documented('10.2.3', ...TAKING),
  psa_hash_finish: documented('10.2.3', ...COMPUTING, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_hash_verify: documented('10.2.3', ...COMPUTING, PSA_ERROR_INVALID_SIGNATURE),
  psa_hash_abort: documented('10.2.3', ...EVERY),
  psa_hash_suspend: documented('10.2.3', ...COMPUTING, PSA_ERROR_BUFFER_TOO_SMALL, PSA_ERROR_NOT_SUPPORTED),
  psa_hash_resume: documented('10.2.3', ...TAKING),
  psa_hash_clone: documented('10.2.3', ...COMPUTING),
  psa_mac_compute: documented('10.4.2', ...USING_KEY, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_mac_verify: documented('10.4.2', ...USING_KEY, PSA_ERROR_INVALID_SIGNATURE),
  psa_mac_sign_setup: documented('10.4.3', ...USING_KEY),
  psa_mac_verify_setup: documented('10.4.3', ...USING_KEY),
  psa_mac_update: documented('10.4.3', ...STORED, ...ARGUMENTS),
  psa_mac_sign_finish: documented('10.4.3', ...STORED, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_mac_verify_finish: documented('10.4.3', ...STORED, PSA_ERROR_INVALID_SIGNATURE),
  psa_mac_abort: documented('10.4.3', ...EVERY),
  psa_cipher_encrypt: documented('10.5.2', ...USING_KEY, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_cipher_decrypt: documented(
    '10.5.2',
    ...USING_KEY,
    PSA_ERROR_INVALID_PADDING,
    PSA_ERROR_BUFFER_TOO_SMALL,
  ),
  psa_cipher_encrypt_setup: documented('10.5.3', ...USING_KEY),
  psa_cipher_decrypt_setup: documented('10.5.3', ...USING_KEY),
  psa_cipher_generate_iv: documented(
    '10.5.3',
    ...STORED,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_cipher_set_iv: documented('10.5.3', ...STORED, ...ARGUMENTS),
  psa_cipher_update: documented('10.5.3', ...STORED, ...ARGUMENTS, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_cipher_finish: documented(
    '10.5.3',
    ...STORED,
    PSA_ERROR_INVALID_ARGUMENT,
    PSA_ERROR_INVALID_PADDING,
    PSA_ERROR_BUFFER_TOO_SMALL,
  ),
  psa_cipher_abort: documented('10.5.3', ...EVERY),
  psa_aead_encrypt: documented('10.6.2', ...USING_KEY, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_aead_decrypt: documented(
    '10.6.2',
    ...USING_KEY,
    PSA_ERROR_INVALID_SIGNATURE,
    PSA_ERROR_BUFFER_TOO_SMALL,
  ),
  psa_aead_encrypt_setup: documented('10.6.3', ...USING_KEY),
  psa_aead_decrypt_setup: documented('10.6.3', ...USING_KEY),
  psa_aead_set_lengths: documented('10.6.3', ...TAKING),
  psa_aead_generate_nonce: documented(
    '10.6.3',
    ...STORED,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_aead_set_nonce: documented('10.6.3', ...STORED, ...ARGUMENTS),
  psa_aead_update_ad: documented('10.6.3', ...STORED, ...ARGUMENTS),
  psa_aead_update: documented('10.6.3', ...STORED, ...ARGUMENTS, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_aead_finish: documented('10.6.3', ...STORED, PSA_ERROR_BUFFER_TOO_SMALL, PSA_ERROR_INVALID_ARGUMENT),
  psa_aead_verify: documented(
    '10.6.3',
    ...STORED,
    PSA_ERROR_INVALID_SIGNATURE,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INVALID_ARGUMENT,
  ),
  psa_aead_abort: documented('10.6.3', ...EVERY),
  psa_key_derivation_setup: documented('10.8.3', ...TAKING),
  psa_key_derivation_get_capacity: documented('10.8.3', ...EVERY),
  psa_key_derivation_set_capacity: documented('10.8.3', ...EVERY, PSA_ERROR_INVALID_ARGUMENT),
  psa_key_derivation_input_bytes: documented('10.8.3', ...STORED, ...ARGUMENTS),
  psa_key_derivation_input_integer: documented('10.8.3', ...STORED, ...ARGUMENTS),
  psa_key_derivation_input_key: documented('10.8.3', ...USING_KEY),
  psa_key_derivation_output_bytes: documented(
    '10.8.3',
    ...STORED,
    PSA_ERROR_NOT_PERMITTED,
    PSA_ERROR_INSUFFICIENT_DATA,
  ),
  psa_key_derivation_output_key: documented('10.8.3', ...CREATING, PSA_ERROR_INSUFFICIENT_DATA),
  psa_key_derivation_output_key_custom: documented('10.8.3', ...CREATING, PSA_ERROR_INSUFFICIENT_DATA),
  psa_key_derivation_verify_bytes: documented(
    '10.8.3',
    ...STORED,
    PSA_ERROR_INVALID_SIGNATURE,
    PSA_ERROR_INSUFFICIENT_DATA,
  ),
  psa_key_derivation_verify_key: documented(
    '10.8.3',
    ...STORED,
    ...KEY,
    PSA_ERROR_INVALID_ARGUMENT,
    PSA_ERROR_INVALID_SIGNATURE,
    PSA_ERROR_INSUFFICIENT_DATA,
  ),
  psa_key_derivation_abort: documented('10.8.3', ...EVERY),
  psa_sign_message: documented(
    '10.9.8',
    ...USING_KEY,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_verify_message: documented('10.9.8', ...USING_KEY, PSA_ERROR_INVALID_SIGNATURE),
  psa_sign_hash: documented(
    '10.9.8',
    ...USING_KEY,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_verify_hash: documented('10.9.8', ...USING_KEY, PSA_ERROR_INVALID_SIGNATURE),
  psa_sign_message_with_context: documented(
    '10.9.8',
    ...USING_KEY,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_verify_message_with_context: documented('10.9.8', ...USING_KEY, PSA_ERROR_INVALID_SIGNATURE),
  psa_sign_hash_with_context: documented(
    '10.9.8',
    ...USING_KEY,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_verify_hash_with_context: documented('10.9.8', ...USING_KEY, PSA_ERROR_INVALID_SIGNATURE),
  psa_sign_setup: documented('10.9.9', ...USING_KEY, PSA_ERROR_INSUFFICIENT_ENTROPY),
  psa_sign_set_context: documented('10.9.9', ...TAKING),
  psa_sign_update: documented('10.9.9', ...TAKING),
  psa_sign_finish: documented('10.9.9', ...COMPUTING, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_sign_abort: documented('10.9.9', ...EVERY),
  psa_verify_setup: documented('10.9.9', ...USING_KEY, PSA_ERROR_INSUFFICIENT_ENTROPY),
  psa_verify_set_context: documented('10.9.9', ...TAKING),
  psa_verify_update: documented('10.9.9', ...TAKING),
  psa_verify_finish: documented('10.9.9', ...COMPUTING, PSA_ERROR_INVALID_SIGNATURE),
  psa_verify_abort: documented('10.9.9', ...EVERY),
  psa_asymmetric_encrypt: documented(
    '10.10.2',
    ...USING_KEY,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_asymmetric_decrypt: documented(
    '10.10.2',
    ...USING_KEY,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
    PSA_ERROR_INVALID_PADDING,
  ),
  psa_raw_key_agreement: documented('10.11.2', ...USING_KEY, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_key_derivation_key_agreement: documented('10.11.3', ...USING_KEY),
  psa_key_agreement: documented('10.11.2', ...USING_KEY, ...CREATION),
  psa_encapsulate: documented(
    '10.12.3',
    ...USING_KEY,
    ...CREATION,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_decapsulate: documented(
    '10.12.3',
    ...USING_KEY,
    ...CREATION,
    PSA_ERROR_INVALID_SIGNATURE,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_pake_setup: documented('10.13.6', ...EVERY, ...STORAGE, ...KEY, ...ARGUMENTS),
  psa_pake_set_role: documented('10.13.6', ...EVERY, ...ARGUMENTS),
  psa_pake_set_user: documented('10.13.6', ...TAKING),
  psa_pake_set_peer: documented('10.13.6', ...TAKING),
  psa_pake_set_context: documented('10.13.6', ...TAKING),
  psa_pake_output: documented(
    '10.13.6',
    ...STORED,
    ...ARGUMENTS,
    PSA_ERROR_BUFFER_TOO_SMALL,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_pake_input: documented('10.13.6', ...STORED, ...ARGUMENTS, PSA_ERROR_INVALID_SIGNATURE),
  psa_pake_get_shared_key: documented(
    '10.13.6',
    ...STORED,
    ...ARGUMENTS,
    PSA_ERROR_ALREADY_EXISTS,
    PSA_ERROR_NOT_PERMITTED,
  ),
  psa_pake_abort: documented('10.13.6', ...EVERY),
  psa_generate_random: documented(
    '10.14.1',
    ...COMPUTING,
    PSA_ERROR_NOT_SUPPORTED,
    PSA_ERROR_INSUFFICIENT_ENTROPY,
  ),
  psa_xof_setup: documented('10.3.2', ...TAKING),
  psa_xof_set_context: documented('10.3.2', ...TAKING),
  psa_xof_update: documented('10.3.2', ...TAKING),
  psa_xof_output: documented('10.3.2', ...COMPUTING),
  psa_xof_abort: documented('10.3.2', ...EVERY),
  psa_wrap_key: documented('10.7.2', ...USING_KEY, PSA_ERROR_BUFFER_TOO_SMALL),
  psa_unwrap_key: documented('10.7.2', ...USING_KEY, ...CREATION, PSA_ERROR_INVALID_SIGNATURE),
};
