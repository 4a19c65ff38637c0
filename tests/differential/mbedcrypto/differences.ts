/**
 * Where h5sm answers otherwise than libmbedcrypto 2.28, and why: an entry for each in docs/differences.md, under its id.
 * Where both refuse a call, an entry asks whether the condition for our status is there, not only what theirs was.
 */
import * as psa from '../../../psa-api/constants.ts';
import type { Difference } from './compare.ts';
import * as is from './conditions.ts';
import { RSA_1024, RSA_2048 } from './material.ts';
import { attributesIn, bytesOperand, numbersOf } from './script.ts';

export interface Explanation {
  readonly id: string;
  /** What decides, in PSA Crypto 1.3. */
  readonly clause: string;
  applies(difference: Difference): boolean;
}

const {
  PSA_SUCCESS: SUCCESS,
  PSA_ERROR_NOT_PERMITTED: NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED: NOT_SUPPORTED,
  PSA_ERROR_INVALID_ARGUMENT: INVALID_ARGUMENT,
  PSA_ERROR_INVALID_HANDLE: INVALID_HANDLE,
  PSA_ERROR_BAD_STATE: BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL: BUFFER_TOO_SMALL,
  PSA_ERROR_DOES_NOT_EXIST: DOES_NOT_EXIST,
  PSA_ERROR_INSUFFICIENT_DATA: INSUFFICIENT_DATA,
  PSA_ERROR_INVALID_SIGNATURE: INVALID_SIGNATURE,
  PSA_ERROR_INVALID_PADDING: INVALID_PADDING,
} = psa;

/** Answered so by them, and so by us. */
const answered = ({ theirs, ours }: Difference, them: number, us: number): boolean =>
  theirs.status === them && ours.status === us;

/** Both refuse, and we with this status. */
const weSay = ({ theirs, ours }: Difference, status: number): boolean =>
  theirs.status !== SUCCESS && ours.status === status;

const oneSays = ({ theirs, ours }: Difference, status: number): boolean =>
  theirs.status === status || ours.status === status;

const creates = ({ line }: Difference): boolean => attributesIn(line) !== undefined;
const wanted = ({ line }: Difference) => attributesIn(line) ?? { type: 0, alg: 0 };
const isCall = ({ line }: Difference, ...names: readonly string[]): boolean => names.includes(line.name);
const isVerification = (d: Difference): boolean => isCall(d, 'psa_verify_hash', 'psa_verify_message');

const GOOD_RSA_KEYS = [RSA_1024, RSA_2048].map(({ data }) => bytesOperand(data));

/** What the other library does not do, or does otherwise. */
const MEANINGS: readonly Explanation[] = [
  {
    id: 'before-init',
    clause: '8.1, PSA_ERROR_BAD_STATE; 8.2, psa_crypto_init',
    applies: (d) => !d.initialized && d.ours.status === BAD_STATE,
  },
  {
    id: 'purge-of-nothing',
    clause: '9.6, psa_purge_key: PSA_ERROR_INVALID_HANDLE',
    applies: (d) => isCall(d, 'psa_purge_key') && answered(d, DOES_NOT_EXIST, INVALID_HANDLE),
  },
  {
    id: 'key-destroyed-under-operation',
    clause: '9.6, psa_destroy_key',
    applies: (d) => d.operation?.key?.destroyed === true && d.ours.status === BAD_STATE,
  },
  {
    id: 'failure-ends-operation',
    clause: '3.3.3; 10.6 and 10.9: an error status ends the derivation',
    applies: (d) => is.hasFailed(d) && oneSays(d, BAD_STATE),
  },
  {
    id: 'setup-on-active',
    clause: '3.3.3: an operation used in a wrong state enters its error state',
    applies: (d) => is.isOverwritten(d) && oneSays(d, BAD_STATE),
  },
  {
    id: 'generated-iv-for-decryption',
    clause: '10.4, psa_cipher_generate_iv: PSA_ERROR_BAD_STATE unless encrypting',
    applies: (d) =>
      isCall(d, 'psa_cipher_generate_iv') &&
      d.operation?.setup === 'psa_cipher_decrypt_setup' &&
      d.ours.status === BAD_STATE,
  },
  {
    id: 'room-of-decryption',
    clause: '10.4, psa_cipher_decrypt and psa_cipher_update; output buffer sizes',
    applies: (d) =>
      (is.isPaddedDecryption(d) && answered(d, BUFFER_TOO_SMALL, SUCCESS)) ||
      (isCall(d, 'psa_cipher_decrypt') &&
        (answered(d, BUFFER_TOO_SMALL, INVALID_PADDING) || answered(d, BUFFER_TOO_SMALL, INVALID_ARGUMENT))),
  },
  {
    id: 'ctr-nonce',
    clause: '10.4, PSA_ALG_CTR',
    applies: (d) =>
      isCall(d, 'psa_cipher_set_iv') &&
      d.operation?.alg === psa.PSA_ALG_CTR &&
      answered(d, INVALID_ARGUMENT, SUCCESS),
  },
  {
    id: 'chacha20-nonce',
    clause: '10.4, PSA_ALG_STREAM_CIPHER',
    applies: (d) =>
      isCall(d, 'psa_cipher_set_iv') &&
      d.operation?.alg === psa.PSA_ALG_STREAM_CIPHER &&
      [8, 16].some((length) => length === is.lengths(d)[0]) &&
      answered(d, INVALID_ARGUMENT, SUCCESS),
  },
  {
    id: 'aead-tag-length',
    clause: '10.5, PSA_ALG_GCM and PSA_ALG_CCM',
    applies: (d) => is.isOddTag(d) && d.ours.status === INVALID_ARGUMENT,
  },
  {
    id: 'ecdsa-hash-length',
    clause: '10.7, psa_sign_hash and psa_verify_hash',
    applies: (d) =>
      is.isOddHashLength(d) &&
      psa.PSA_ALG_IS_ECDSA(is.algorithm(d) ?? 0) &&
      d.ours.status === INVALID_ARGUMENT,
  },
  {
    id: 'ecdsa-verification-policy',
    clause: '9.5: both forms of ECDSA are one for verification',
    applies: (d) => isVerification(d) && is.isOtherEcdsa(d) && d.theirs.status === NOT_PERMITTED,
  },
  {
    id: 'any-hash-policy',
    clause: '9.5: PSA_ALG_ANY_HASH permits any hash, and PSA_ALG_NONE is none; 10.7, PSA_ALG_ECDSA_ANY',
    applies: (d) =>
      is.isNoHashByWildcard(d) && (answered(d, SUCCESS, INVALID_ARGUMENT) || d.ours.status === NOT_PERMITTED),
  },
  {
    id: 'mac-of-full-length',
    clause: '10.3, PSA_ALG_TRUNCATED_MAC: implementation-defined',
    applies: (d) =>
      is.isFullLengthMac(d) &&
      (answered(d, SUCCESS, NOT_PERMITTED) ||
        (isCall(d, 'psa_copy_key') && answered(d, SUCCESS, INVALID_ARGUMENT))),
  },
  {
    id: 'rsa-signature-out-of-range',
    clause: '10.7, psa_verify_hash; RFC 8017 8.1.2 and 8.2.2',
    applies: (d) =>
      isVerification(d) &&
      psa.PSA_KEY_TYPE_IS_RSA(d.key?.type ?? 0) &&
      answered(d, INVALID_ARGUMENT, INVALID_SIGNATURE),
  },
  {
    id: 'rsa-ciphertext-out-of-range',
    clause: '10.8, psa_asymmetric_decrypt; RFC 8017 7.1.2 and 7.2.2',
    applies: (d) => isCall(d, 'psa_asymmetric_decrypt') && answered(d, INVALID_ARGUMENT, INVALID_PADDING),
  },
  {
    id: 'rsa-inconsistent-key',
    clause: '9.2, key format of RSA key pairs; 9.6, psa_import_key',
    applies: (d) =>
      isCall(d, 'psa_import_key') &&
      wanted(d).type === psa.PSA_KEY_TYPE_RSA_KEY_PAIR &&
      !d.line.operands.some((o) => GOOD_RSA_KEYS.includes(o)) &&
      answered(d, SUCCESS, INVALID_ARGUMENT),
  },
  {
    id: 'montgomery-forced-bits',
    clause: '9.2, key format of ECC key pairs; RFC 7748 5',
    applies: (d) => is.lacksForcedBits(d) && answered(d, SUCCESS, INVALID_ARGUMENT),
  },
  {
    id: 'montgomery-small-order',
    clause: '9.2, key format of ECC public keys; RFC 7748 6.1',
    applies: (d) => is.isSmallOrder(d) && answered(d, INVALID_ARGUMENT, SUCCESS),
  },
  {
    id: 'montgomery-unused-bit',
    clause: '9.2, key format of ECC public keys; RFC 7748 5',
    applies: (d) => isCall(d, 'psa_export_key', 'psa_export_public_key') && is.differsInUnusedBit(d),
  },
  {
    id: 'copy-without-algorithm',
    clause: '9.6, psa_copy_key: policies without an algorithm in common',
    applies: (d) =>
      isCall(d, 'psa_copy_key') &&
      (d.key?.alg === psa.PSA_ALG_NONE) !== (wanted(d).alg === psa.PSA_ALG_NONE) &&
      answered(d, SUCCESS, INVALID_ARGUMENT),
  },
  {
    id: 'copy-agreement-policies',
    clause: '9.5: a standalone key agreement permits its combinations; 9.6, psa_copy_key',
    applies: (d) =>
      isCall(d, 'psa_copy_key') &&
      is.isAgreementPair(d.key?.alg ?? 0, wanted(d).alg) &&
      answered(d, INVALID_ARGUMENT, SUCCESS),
  },
  {
    id: 'copy-mac-policies',
    clause: '9.6, psa_copy_key: a policy is combined whatever the key type',
    applies: (d) =>
      isCall(d, 'psa_copy_key') && is.isIdleMacPolicy(d) && answered(d, INVALID_ARGUMENT, SUCCESS),
  },
  {
    id: 'tls12-capacity',
    clause: '10.6, PSA_ALG_TLS12_PRF; RFC 5246 5',
    applies: (d) =>
      is.isTls12(d) &&
      ((isCall(d, 'psa_key_derivation_get_capacity') && d.ours.rest === 'max') ||
        (isCall(d, 'psa_key_derivation_set_capacity') && answered(d, INVALID_ARGUMENT, SUCCESS)) ||
        answered(d, INSUFFICIENT_DATA, SUCCESS)),
  },
  {
    id: 'nothing-of-no-capacity',
    clause: '10.6, psa_key_derivation_output_bytes: implementation-defined',
    applies: (d) =>
      isCall(d, 'psa_key_derivation_output_bytes') &&
      is.room(d) === 0 &&
      answered(d, INSUFFICIENT_DATA, SUCCESS),
  },
  {
    id: 'exhausted-derivation',
    clause: '10.6, psa_key_derivation_output_key: further output of an exhausted operation',
    applies: (d) =>
      isCall(d, 'psa_key_derivation_output_key') && answered(d, NOT_PERMITTED, INSUFFICIENT_DATA),
  },
];

/** What one library has and the other has not. */
const PROFILES: readonly Explanation[] = [
  {
    id: 'key-types-of-one',
    clause: '9.2; implementation profile',
    // A copy is of a key that both have.
    applies: (d) =>
      creates(d) &&
      !isCall(d, 'psa_copy_key') &&
      !is.isCommonSize(d) &&
      (oneSays(d, NOT_SUPPORTED) || oneSays(d, INVALID_ARGUMENT)),
  },
  {
    id: 'algorithms-of-one',
    clause: '10; implementation profile',
    applies: (d) =>
      is.hasAlgorithm(d) &&
      !is.isOtherKind(d) &&
      !is.isCommon(d) &&
      // A key of another type is no reason for success, nor for a look at the room.
      ((oneSays(d, NOT_SUPPORTED) && (d.ours.status !== SUCCESS || !is.isOtherKey(d))) ||
        (d.theirs.status === BUFFER_TOO_SMALL && !is.isOtherKey(d))),
  },
  {
    id: 'usage-flags-of-one',
    clause: '9.5, PSA_KEY_USAGE_CACHE and PSA_KEY_USAGE_VERIFY_DERIVATION',
    applies: (d) => creates(d) && is.hasOtherFlags(d) && answered(d, INVALID_ARGUMENT, SUCCESS),
  },
  {
    id: 'derivation-steps-of-one',
    clause: '10.6, PSA_ALG_TLS12_PSK_TO_MS: the other secret of 1.1',
    applies: (d) =>
      numbersOf(d.line)[0] === psa.PSA_KEY_DERIVATION_INPUT_OTHER_SECRET &&
      d.theirs.status === INVALID_ARGUMENT,
  },
  {
    id: 'derived-ecc-keys',
    clause: '9.2, key derivation of ECC key pairs',
    applies: (d) =>
      isCall(d, 'psa_key_derivation_output_key') &&
      psa.PSA_KEY_TYPE_IS_ECC_KEY_PAIR(wanted(d).type) &&
      d.theirs.status === INVALID_ARGUMENT,
  },
];

/** Several conditions at once: the specification gives no order, but ours has to be one of them. */
const ORDER: readonly Explanation[] = [
  {
    id: 'kind-of-algorithm-first',
    clause: '8.1; PSA_ERROR_INVALID_ARGUMENT of each function',
    applies: (d) =>
      (weSay(d, INVALID_ARGUMENT) && (is.isOtherKind(d) || is.isWildcard(d))) ||
      (isCall(d, 'psa_asymmetric_encrypt', 'psa_asymmetric_decrypt') &&
        weSay(d, NOT_SUPPORTED) &&
        is.isOtherKind(d) &&
        !psa.PSA_KEY_TYPE_IS_RSA(d.key?.type ?? 0)),
  },
  {
    id: 'state-first',
    clause: '3.3.3; PSA_ERROR_BAD_STATE of each function',
    applies: (d) => weSay(d, BAD_STATE) && (is.isInactive(d) || is.lacksInputs(d) || is.isOutOfOrder(d)),
  },
  {
    id: 'key-first',
    clause: '9.4; PSA_ERROR_INVALID_HANDLE of each function',
    applies: (d) =>
      (weSay(d, INVALID_HANDLE) && is.isKeyMissing(d)) ||
      (isCall(d, 'psa_export_public_key') && weSay(d, INVALID_ARGUMENT) && is.isSymmetric(d)),
  },
  {
    id: 'permission-first',
    clause: '9.5; PSA_ERROR_NOT_PERMITTED of each function',
    applies: (d) => weSay(d, NOT_PERMITTED) && (is.isForbidden(d) || is.hasPlainSecret(d)),
  },
  {
    id: 'key-type-first',
    clause: '9.5; PSA_ERROR_INVALID_ARGUMENT of each function, for keys that do not go with the algorithm',
    applies: (d) => weSay(d, INVALID_ARGUMENT) && is.isOtherKey(d),
  },
  {
    id: 'attributes-first',
    clause: '10.6, psa_key_derivation_output_key: PSA_ERROR_INVALID_ARGUMENT',
    applies: (d) =>
      isCall(d, 'psa_key_derivation_output_key') &&
      weSay(d, INVALID_ARGUMENT) &&
      (is.isOddSize(d) || is.hasUnknownFlags(d)),
  },
  {
    id: 'inputs-before-room',
    clause: 'PSA_ERROR_INVALID_ARGUMENT and PSA_ERROR_NOT_SUPPORTED of each function, for inputs',
    applies: (d) =>
      (answered(d, BUFFER_TOO_SMALL, NOT_SUPPORTED) && is.isOriginalNonce(d)) ||
      (answered(d, BUFFER_TOO_SMALL, INVALID_ARGUMENT) &&
        (is.isPartOfBlock(d) ||
          is.isOddHashLength(d) ||
          is.isOddTag(d) ||
          is.isOddNonce(d) ||
          isCall(d, 'psa_raw_key_agreement'))),
  },
  {
    id: 'not-supported-or-invalid',
    clause: '8.1, PSA_ERROR_NOT_SUPPORTED and PSA_ERROR_INVALID_ARGUMENT',
    applies: (d) =>
      oneSays(d, NOT_SUPPORTED) &&
      oneSays(d, INVALID_ARGUMENT) &&
      (creates(d)
        ? d.ours.status === INVALID_ARGUMENT || !is.isCommonSize(d) || is.hasOtherFlags(d)
        : is.hasAlgorithm(d) && !is.isCommon(d)),
  },
  {
    id: 'peer-key-format',
    clause: '10.9, psa_raw_key_agreement: PSA_ERROR_INVALID_ARGUMENT for a peer key that is not valid',
    applies: (d) =>
      isCall(d, 'psa_raw_key_agreement', 'psa_key_derivation_key_agreement') &&
      answered(d, NOT_SUPPORTED, INVALID_ARGUMENT),
  },
];

/** The first that applies counts: what is particular comes before what is general. */
export const EXPLANATIONS: readonly Explanation[] = [...MEANINGS, ...PROFILES, ...ORDER];

export const explain = (difference: Difference): Explanation | undefined =>
  EXPLANATIONS.find((e) => e.applies(difference));
