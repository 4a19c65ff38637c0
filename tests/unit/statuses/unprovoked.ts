/**
 * Pairs of function and status that are documented and that nothing provokes here, each with its reason. The
 * documentation allows a status, it does not ask for it; an implementation that cannot fail in this way does not.
 */
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import type { StatusName } from './row.ts';

export interface Unprovoked {
  readonly statuses: readonly StatusName[];
  readonly reason: string;
  readonly functions: readonly RemoteFunction[];
}

/** Their key is in the operation since its setup. */
const WITH_KEY_INSIDE: readonly RemoteFunction[] = [
  'psa_mac_update',
  'psa_mac_sign_finish',
  'psa_mac_verify_finish',
  'psa_cipher_generate_iv',
  'psa_cipher_set_iv',
  'psa_cipher_update',
  'psa_cipher_finish',
  'psa_aead_generate_nonce',
  'psa_aead_set_nonce',
  'psa_aead_update_ad',
  'psa_aead_update',
  'psa_aead_finish',
  'psa_aead_verify',
  'psa_key_derivation_input_bytes',
  'psa_key_derivation_input_integer',
  'psa_key_derivation_output_bytes',
  'psa_key_derivation_verify_bytes',
  'psa_pake_output',
  'psa_pake_input',
];

export const UNPROVOKED: readonly Unprovoked[] = [
  {
    statuses: ['SUCCESS'],
    reason: 'the device has no key material under a label',
    functions: ['psa_attach_key'],
  },
  {
    statuses: ['SUCCESS'],
    reason: 'none of the XOFs that are there has a context',
    functions: ['psa_xof_set_context'],
  },
  {
    statuses: ['BAD_STATE'],
    reason: 'an abort needs nothing of the library and succeeds before psa_crypto_init (8.2.2)',
    functions: [
      'psa_hash_abort',
      'psa_mac_abort',
      'psa_cipher_abort',
      'psa_aead_abort',
      'psa_key_derivation_abort',
      'psa_sign_abort',
      'psa_verify_abort',
      'psa_pake_abort',
      'psa_xof_abort',
    ],
  },
  {
    statuses: ['INSUFFICIENT_ENTROPY'],
    reason: 'the generator is seeded before the device answers, and never runs dry (8.1.2)',
    functions: [
      'psa_crypto_init',
      'psa_generate_key',
      'psa_generate_key_custom',
      'psa_generate_random',
      'psa_cipher_generate_iv',
      'psa_aead_generate_nonce',
      'psa_sign_message',
      'psa_sign_message_with_context',
      'psa_sign_hash',
      'psa_sign_hash_with_context',
      'psa_sign_setup',
      'psa_verify_setup',
      'psa_asymmetric_encrypt',
      'psa_asymmetric_decrypt',
      'psa_encapsulate',
      'psa_decapsulate',
      'psa_pake_output',
    ],
  },
  {
    statuses: ['INSUFFICIENT_MEMORY'],
    reason: 'the call takes no operation, no key slot and no long input or output',
    functions: [
      'psa_crypto_init',
      'psa_get_key_attributes',
      'psa_export_key',
      'psa_export_public_key',
      'psa_check_key_usage',
      'psa_wrap_key',
      'psa_hash_finish',
      'psa_hash_suspend',
      'psa_mac_sign_finish',
      'psa_cipher_generate_iv',
      'psa_cipher_finish',
      'psa_aead_set_lengths',
      'psa_aead_generate_nonce',
      'psa_aead_finish',
      'psa_key_derivation_input_integer',
      'psa_key_derivation_input_key',
      'psa_key_derivation_verify_key',
      'psa_sign_finish',
      'psa_verify_finish',
      'psa_pake_output',
    ],
  },
  {
    statuses: ['STORAGE_FAILURE', 'DATA_CORRUPT', 'DATA_INVALID'],
    reason: 'the store is not asked: what the operation needs is in it',
    functions: WITH_KEY_INSIDE,
  },
  {
    statuses: ['STORAGE_FAILURE', 'DATA_CORRUPT', 'DATA_INVALID'],
    reason: 'the store is not asked',
    functions: ['psa_purge_key', 'psa_attach_key'],
  },
  {
    statuses: ['DATA_CORRUPT', 'DATA_INVALID'],
    reason: 'the store is written to and not read',
    functions: [
      'psa_import_key',
      'psa_generate_key',
      'psa_generate_key_custom',
      'psa_destroy_key',
      'psa_key_derivation_output_key',
      'psa_key_derivation_output_key_custom',
      'psa_pake_get_shared_key',
    ],
  },
  {
    statuses: ['NOT_PERMITTED'],
    reason: 'the device has no rule of its own against creating a key',
    functions: [
      'psa_import_key',
      'psa_generate_key',
      'psa_generate_key_custom',
      'psa_attach_key',
      'psa_pake_get_shared_key',
    ],
  },
  {
    statuses: ['NOT_SUPPORTED'],
    reason: 'there is one storage location, which takes copies and gives keys of every type',
    functions: ['psa_copy_key', 'psa_export_key', 'psa_export_public_key'],
  },
  {
    statuses: ['NOT_SUPPORTED'],
    reason: 'what the algorithm takes is supported, however long',
    functions: [
      'psa_hash_update',
      'psa_xof_update',
      'psa_mac_update',
      'psa_cipher_set_iv',
      'psa_cipher_update',
      'psa_aead_set_lengths',
      'psa_aead_update_ad',
      'psa_aead_update',
      'psa_sign_update',
      'psa_sign_set_context',
      'psa_verify_set_context',
      'psa_generate_random',
    ],
  },
  {
    statuses: ['NOT_SUPPORTED'],
    reason: 'every step and value of an algorithm that is there is supported, others are invalid',
    functions: [
      'psa_key_derivation_input_bytes',
      'psa_key_derivation_input_key',
      'psa_key_derivation_key_agreement',
      'psa_pake_set_role',
      'psa_pake_set_context',
      'psa_pake_output',
      'psa_pake_input',
    ],
  },
  {
    statuses: ['NOT_SUPPORTED'],
    reason: 'a context of an algorithm that has none is invalid',
    functions: ['psa_xof_set_context'],
  },
  {
    statuses: ['INVALID_ARGUMENT'],
    reason: 'the algorithms that are there take more than a client can give, or all there is',
    functions: ['psa_mac_update', 'psa_aead_set_lengths', 'psa_xof_update', 'psa_pake_set_context'],
  },
  {
    statuses: ['BUFFER_TOO_SMALL'],
    reason: 'all text has been given out before: the room is not needed',
    functions: ['psa_aead_verify'],
  },
  {
    statuses: ['INVALID_SIGNATURE'],
    reason: 'the encapsulation that is there has no authentication: another ciphertext gives another key',
    functions: ['psa_decapsulate'],
  },
];
