// Generated from psa-api/functions.ts by `npm run generate`. Do not edit.

import type { KeyAttributes } from '../attributes.ts';
import type { CipherSuite, CustomParameters, StorageInfo } from '../call.ts';
import type { Answer, Caller } from '../handler.ts';
import type {
  HashState,
  MacState,
  CipherState,
  AeadState,
  KeyDerivationState,
  SignState,
  VerifyState,
  PakeState,
  XofState,
} from '../operations/states.ts';

/** Operations come as their states, outputs go in the order of the C parameters; `abort` needs no handler. */
export interface Handlers {
  psa_crypto_init(caller: Caller): Answer<[]>;
  psa_get_key_attributes(caller: Caller, key: number): Answer<[attributes: KeyAttributes]>;
  psa_import_key(caller: Caller, attributes: KeyAttributes, data: Uint8Array): Answer<[key: number]>;
  psa_generate_key(caller: Caller, attributes: KeyAttributes): Answer<[key: number]>;
  psa_copy_key(caller: Caller, sourceKey: number, attributes: KeyAttributes): Answer<[targetKey: number]>;
  psa_destroy_key(caller: Caller, key: number): Answer<[]>;
  psa_purge_key(caller: Caller, key: number): Answer<[]>;
  psa_export_key(caller: Caller, key: number, dataSize: number): Answer<[data: Uint8Array]>;
  psa_export_public_key(caller: Caller, key: number, dataSize: number): Answer<[data: Uint8Array]>;
  psa_generate_key_custom(caller: Caller, attributes: KeyAttributes, custom: CustomParameters, customData: Uint8Array): Answer<[key: number]>;
  psa_attach_key(caller: Caller, attributes: KeyAttributes, label: Uint8Array): Answer<[key: number]>;
  psa_check_key_usage(caller: Caller, key: number, alg: number, usage: number): Answer<[]>;
  psa_hash_compute(caller: Caller, alg: number, input: Uint8Array, hashSize: number): Answer<[hash: Uint8Array]>;
  psa_hash_compare(caller: Caller, alg: number, input: Uint8Array, hash: Uint8Array): Answer<[]>;
  psa_hash_setup(caller: Caller, alg: number): Answer<[operation: HashState]>;
  psa_hash_update(caller: Caller, operation: HashState, input: Uint8Array): Answer<[]>;
  psa_hash_finish(caller: Caller, operation: HashState, hashSize: number): Answer<[hash: Uint8Array]>;
  psa_hash_verify(caller: Caller, operation: HashState, hash: Uint8Array): Answer<[]>;
  psa_hash_suspend(caller: Caller, operation: HashState, hashStateSize: number): Answer<[hashState: Uint8Array]>;
  psa_hash_resume(caller: Caller, hashState: Uint8Array): Answer<[operation: HashState]>;
  psa_hash_clone(caller: Caller, sourceOperation: HashState): Answer<[targetOperation: HashState]>;
  psa_mac_compute(caller: Caller, key: number, alg: number, input: Uint8Array, macSize: number): Answer<[mac: Uint8Array]>;
  psa_mac_verify(caller: Caller, key: number, alg: number, input: Uint8Array, mac: Uint8Array): Answer<[]>;
  psa_mac_sign_setup(caller: Caller, key: number, alg: number): Answer<[operation: MacState]>;
  psa_mac_verify_setup(caller: Caller, key: number, alg: number): Answer<[operation: MacState]>;
  psa_mac_update(caller: Caller, operation: MacState, input: Uint8Array): Answer<[]>;
  psa_mac_sign_finish(caller: Caller, operation: MacState, macSize: number): Answer<[mac: Uint8Array]>;
  psa_mac_verify_finish(caller: Caller, operation: MacState, mac: Uint8Array): Answer<[]>;
  psa_cipher_encrypt(caller: Caller, key: number, alg: number, input: Uint8Array, outputSize: number): Answer<[output: Uint8Array]>;
  psa_cipher_decrypt(caller: Caller, key: number, alg: number, input: Uint8Array, outputSize: number): Answer<[output: Uint8Array]>;
  psa_cipher_encrypt_setup(caller: Caller, key: number, alg: number): Answer<[operation: CipherState]>;
  psa_cipher_decrypt_setup(caller: Caller, key: number, alg: number): Answer<[operation: CipherState]>;
  psa_cipher_generate_iv(caller: Caller, operation: CipherState, ivSize: number): Answer<[iv: Uint8Array]>;
  psa_cipher_set_iv(caller: Caller, operation: CipherState, iv: Uint8Array): Answer<[]>;
  psa_cipher_update(caller: Caller, operation: CipherState, input: Uint8Array, outputSize: number): Answer<[output: Uint8Array]>;
  psa_cipher_finish(caller: Caller, operation: CipherState, outputSize: number): Answer<[output: Uint8Array]>;
  psa_aead_encrypt(caller: Caller, key: number, alg: number, nonce: Uint8Array, additionalData: Uint8Array, plaintext: Uint8Array, ciphertextSize: number): Answer<[ciphertext: Uint8Array]>;
  psa_aead_decrypt(caller: Caller, key: number, alg: number, nonce: Uint8Array, additionalData: Uint8Array, ciphertext: Uint8Array, plaintextSize: number): Answer<[plaintext: Uint8Array]>;
  psa_aead_encrypt_setup(caller: Caller, key: number, alg: number): Answer<[operation: AeadState]>;
  psa_aead_decrypt_setup(caller: Caller, key: number, alg: number): Answer<[operation: AeadState]>;
  psa_aead_set_lengths(caller: Caller, operation: AeadState, adLength: number, plaintextLength: number): Answer<[]>;
  psa_aead_generate_nonce(caller: Caller, operation: AeadState, nonceSize: number): Answer<[nonce: Uint8Array]>;
  psa_aead_set_nonce(caller: Caller, operation: AeadState, nonce: Uint8Array): Answer<[]>;
  psa_aead_update_ad(caller: Caller, operation: AeadState, input: Uint8Array): Answer<[]>;
  psa_aead_update(caller: Caller, operation: AeadState, input: Uint8Array, outputSize: number): Answer<[output: Uint8Array]>;
  psa_aead_finish(caller: Caller, operation: AeadState, ciphertextSize: number, tagSize: number): Answer<[ciphertext: Uint8Array, tag: Uint8Array]>;
  psa_aead_verify(caller: Caller, operation: AeadState, plaintextSize: number, tag: Uint8Array): Answer<[plaintext: Uint8Array]>;
  psa_key_derivation_setup(caller: Caller, alg: number): Answer<[operation: KeyDerivationState]>;
  psa_key_derivation_get_capacity(caller: Caller, operation: KeyDerivationState): Answer<[capacity: number]>;
  psa_key_derivation_set_capacity(caller: Caller, operation: KeyDerivationState, capacity: number): Answer<[]>;
  psa_key_derivation_input_bytes(caller: Caller, operation: KeyDerivationState, step: number, data: Uint8Array): Answer<[]>;
  psa_key_derivation_input_integer(caller: Caller, operation: KeyDerivationState, step: number, value: bigint): Answer<[]>;
  psa_key_derivation_input_key(caller: Caller, operation: KeyDerivationState, step: number, key: number): Answer<[]>;
  psa_key_derivation_output_bytes(caller: Caller, operation: KeyDerivationState, outputLength: number): Answer<[output: Uint8Array]>;
  psa_key_derivation_output_key(caller: Caller, attributes: KeyAttributes, operation: KeyDerivationState): Answer<[key: number]>;
  psa_key_derivation_output_key_custom(caller: Caller, attributes: KeyAttributes, operation: KeyDerivationState, custom: CustomParameters, customData: Uint8Array): Answer<[key: number]>;
  psa_key_derivation_verify_bytes(caller: Caller, operation: KeyDerivationState, expectedOutput: Uint8Array): Answer<[]>;
  psa_key_derivation_verify_key(caller: Caller, operation: KeyDerivationState, expected: number): Answer<[]>;
  psa_sign_message(caller: Caller, key: number, alg: number, input: Uint8Array, signatureSize: number): Answer<[signature: Uint8Array]>;
  psa_verify_message(caller: Caller, key: number, alg: number, input: Uint8Array, signature: Uint8Array): Answer<[]>;
  psa_sign_hash(caller: Caller, key: number, alg: number, hash: Uint8Array, signatureSize: number): Answer<[signature: Uint8Array]>;
  psa_verify_hash(caller: Caller, key: number, alg: number, hash: Uint8Array, signature: Uint8Array): Answer<[]>;
  psa_sign_message_with_context(caller: Caller, key: number, alg: number, input: Uint8Array, context: Uint8Array, signatureSize: number): Answer<[signature: Uint8Array]>;
  psa_verify_message_with_context(caller: Caller, key: number, alg: number, input: Uint8Array, context: Uint8Array, signature: Uint8Array): Answer<[]>;
  psa_sign_hash_with_context(caller: Caller, key: number, alg: number, hash: Uint8Array, context: Uint8Array, signatureSize: number): Answer<[signature: Uint8Array]>;
  psa_verify_hash_with_context(caller: Caller, key: number, alg: number, hash: Uint8Array, context: Uint8Array, signature: Uint8Array): Answer<[]>;
  psa_sign_setup(caller: Caller, key: number, alg: number): Answer<[operation: SignState]>;
  psa_sign_set_context(caller: Caller, operation: SignState, context: Uint8Array): Answer<[]>;
  psa_sign_update(caller: Caller, operation: SignState, input: Uint8Array): Answer<[]>;
  psa_sign_finish(caller: Caller, operation: SignState, signatureSize: number): Answer<[signature: Uint8Array]>;
  psa_verify_setup(caller: Caller, key: number, alg: number, signature: Uint8Array): Answer<[operation: VerifyState]>;
  psa_verify_set_context(caller: Caller, operation: VerifyState, context: Uint8Array): Answer<[]>;
  psa_verify_update(caller: Caller, operation: VerifyState, input: Uint8Array): Answer<[]>;
  psa_verify_finish(caller: Caller, operation: VerifyState): Answer<[]>;
  psa_asymmetric_encrypt(caller: Caller, key: number, alg: number, input: Uint8Array, salt: Uint8Array, outputSize: number): Answer<[output: Uint8Array]>;
  psa_asymmetric_decrypt(caller: Caller, key: number, alg: number, input: Uint8Array, salt: Uint8Array, outputSize: number): Answer<[output: Uint8Array]>;
  psa_raw_key_agreement(caller: Caller, alg: number, privateKey: number, peerKey: Uint8Array, outputSize: number): Answer<[output: Uint8Array]>;
  psa_key_derivation_key_agreement(caller: Caller, operation: KeyDerivationState, step: number, privateKey: number, peerKey: Uint8Array): Answer<[]>;
  psa_key_agreement(caller: Caller, privateKey: number, peerKey: Uint8Array, alg: number, attributes: KeyAttributes): Answer<[key: number]>;
  psa_encapsulate(caller: Caller, key: number, alg: number, attributes: KeyAttributes, ciphertextSize: number): Answer<[outputKey: number, ciphertext: Uint8Array]>;
  psa_decapsulate(caller: Caller, key: number, alg: number, ciphertext: Uint8Array, attributes: KeyAttributes): Answer<[outputKey: number]>;
  psa_pake_setup(caller: Caller, passwordKey: number, cipherSuite: CipherSuite): Answer<[operation: PakeState]>;
  psa_pake_set_role(caller: Caller, operation: PakeState, role: number): Answer<[]>;
  psa_pake_set_user(caller: Caller, operation: PakeState, userId: Uint8Array): Answer<[]>;
  psa_pake_set_peer(caller: Caller, operation: PakeState, peerId: Uint8Array): Answer<[]>;
  psa_pake_set_context(caller: Caller, operation: PakeState, context: Uint8Array): Answer<[]>;
  psa_pake_output(caller: Caller, operation: PakeState, step: number, outputSize: number): Answer<[output: Uint8Array]>;
  psa_pake_input(caller: Caller, operation: PakeState, step: number, input: Uint8Array): Answer<[]>;
  psa_pake_get_shared_key(caller: Caller, operation: PakeState, attributes: KeyAttributes): Answer<[key: number]>;
  psa_generate_random(caller: Caller, outputSize: number): Answer<[output: Uint8Array]>;
  psa_xof_setup(caller: Caller, alg: number): Answer<[operation: XofState]>;
  psa_xof_set_context(caller: Caller, operation: XofState, context: Uint8Array): Answer<[]>;
  psa_xof_update(caller: Caller, operation: XofState, input: Uint8Array): Answer<[]>;
  psa_xof_output(caller: Caller, operation: XofState, outputLength: number): Answer<[output: Uint8Array]>;
  psa_wrap_key(caller: Caller, wrappingKey: number, alg: number, key: number, dataSize: number): Answer<[data: Uint8Array]>;
  psa_unwrap_key(caller: Caller, attributes: KeyAttributes, wrappingKey: number, alg: number, data: Uint8Array): Answer<[key: number]>;
  psa_its_set(caller: Caller, uid: bigint, data: Uint8Array, createFlags: number): Answer<[]>;
  psa_its_get(caller: Caller, uid: bigint, dataOffset: number, dataSize: number): Answer<[data: Uint8Array]>;
  psa_its_get_info(caller: Caller, uid: bigint): Answer<[info: StorageInfo]>;
  psa_its_remove(caller: Caller, uid: bigint): Answer<[]>;
  psa_initial_attest_get_token(caller: Caller, authChallenge: Uint8Array, tokenBufSize: number): Answer<[tokenBuf: Uint8Array]>;
  psa_initial_attest_get_token_size(caller: Caller, challengeSize: number): Answer<[tokenSize: number]>;
  h5sm_read_system_flash(caller: Caller, address: number, outputLength: number): Answer<[output: Uint8Array]>;
  psa_open_key(caller: Caller, key: number): Answer<[handle: number]>;
  psa_close_key(caller: Caller, handle: number): Answer<[]>;
}
