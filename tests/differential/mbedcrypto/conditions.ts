/** Conditions that the specification gives for statuses, as read from the call and from what the scene has made. */
import * as psa from '../../../psa-api/constants.ts';
import { hex, unhex } from '../../support/bytes.ts';
import { BLOCK_MODES, USAGES } from './catalogue.ts';
import * as common from './common.ts';
import type { Difference } from './compare.ts';
import { CURVE25519, clamped, pairType, publicType, SMALL_ORDER } from './curves.ts';
import { attributesIn, lengthOf } from './script.ts';

const isDerivation = (alg: number): boolean =>
  psa.PSA_ALG_IS_KEY_AGREEMENT(alg)
    ? !psa.PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg)
    : psa.PSA_ALG_IS_KEY_DERIVATION(alg);

/** Which algorithms a function is for, by the start of its name. */
const KINDS: readonly (readonly [prefix: string, is: (alg: number) => boolean])[] = [
  ['psa_hash_', psa.PSA_ALG_IS_HASH],
  ['psa_mac_', psa.PSA_ALG_IS_MAC],
  ['psa_cipher_', psa.PSA_ALG_IS_CIPHER],
  ['psa_aead_', psa.PSA_ALG_IS_AEAD],
  ['psa_asymmetric_', psa.PSA_ALG_IS_ASYMMETRIC_ENCRYPTION],
  ['psa_sign_message', psa.PSA_ALG_IS_SIGN_MESSAGE],
  ['psa_verify_message', psa.PSA_ALG_IS_SIGN_MESSAGE],
  ['psa_sign_hash', psa.PSA_ALG_IS_SIGN_HASH],
  ['psa_verify_hash', psa.PSA_ALG_IS_SIGN_HASH],
  ['psa_raw_key_agreement', psa.PSA_ALG_IS_STANDALONE_KEY_AGREEMENT],
  ['psa_key_derivation_setup', isDerivation],
];

/** Functions with an algorithm among their parameters. */
const TAKES_ALGORITHM =
  /_(compute|compare|setup|encrypt|decrypt|sign_hash|sign_message|verify_hash|verify_message)$|psa_mac_verify$|raw_key_agreement$/;

/** The algorithm that a call works with: its own, or its operation's. */
export const algorithm = ({ line, numbers, operation }: Difference): number | undefined =>
  TAKES_ALGORITHM.test(line.name) ? numbers[0] : operation?.alg;

export const hasAlgorithm = ({ line }: Difference): boolean => TAKES_ALGORITHM.test(line.name);

/** The algorithm is none that the function is for. */
export const isOtherKind = (d: Difference): boolean => {
  const is = KINDS.find(([prefix]) => d.line.name.startsWith(prefix))?.[1];
  const [alg] = d.numbers;
  return hasAlgorithm(d) && is !== undefined && alg !== undefined && !is(alg);
};

/** A policy, and nothing to compute with. */
export const isWildcard = (d: Difference): boolean => psa.PSA_ALG_IS_WILDCARD(algorithm(d) ?? 0);

export const isSymmetric = ({ key }: Difference): boolean => !psa.PSA_KEY_TYPE_IS_ASYMMETRIC(key?.type ?? 0);

const FLAGS: readonly (readonly [name: RegExp, flag: number])[] = [
  [/^psa_mac_(compute|sign_setup)$|^psa_sign_message$/, psa.PSA_KEY_USAGE_SIGN_MESSAGE],
  [/^psa_mac_verify(_setup)?$|^psa_verify_message$/, psa.PSA_KEY_USAGE_VERIFY_MESSAGE],
  [/^psa_sign_hash$/, psa.PSA_KEY_USAGE_SIGN_HASH],
  [/^psa_verify_hash$/, psa.PSA_KEY_USAGE_VERIFY_HASH],
  [/_encrypt(_setup)?$/, psa.PSA_KEY_USAGE_ENCRYPT],
  [/_decrypt(_setup)?$/, psa.PSA_KEY_USAGE_DECRYPT],
  [/_key_agreement$|_input_key$/, psa.PSA_KEY_USAGE_DERIVE],
];

/** The key's policy forbids the call: a flag is missing, or another algorithm is permitted. */
export const isForbidden = (d: Difference): boolean => {
  const { key, line } = d;
  if (key === undefined) return false;
  const flag = FLAGS.find(([name]) => name.test(line.name))?.[1] ?? 0;
  const messages =
    key.usage | ((key.usage >>> 2) & (psa.PSA_KEY_USAGE_SIGN_MESSAGE | psa.PSA_KEY_USAGE_VERIFY_MESSAGE));
  const alg = algorithm(d);
  return (messages & flag) === 0 || alg === psa.PSA_ALG_NONE || key.alg !== alg;
};

export const isKeyMissing = ({ line, key }: Difference): boolean =>
  line.operands.some((o) => o.startsWith('@')) ||
  (line.operands.some((o) => o.startsWith('$k')) && (key === undefined || key.destroyed));

/** The operation was never set up, or has ended. */
export const isInactive = (d: Difference): boolean => d.operation === undefined || hasFailed(d);

/** A call on the operation has failed, which puts it into its error state (3.3.3). */
export const hasFailed = ({ operation }: Difference): boolean => operation?.setup === 'failed';

/** A second setup, or a clone onto it, has put the operation into its error state (3.3.3). */
export const isOverwritten = ({ operation, target }: Difference): boolean =>
  operation?.setup === 'overwritten' || target?.setup === 'overwritten';

/** What each derivation cannot do without. */
const requiredSteps = (alg: number): readonly number[] =>
  psa.PSA_ALG_IS_HKDF(alg)
    ? [psa.PSA_KEY_DERIVATION_INPUT_SECRET, psa.PSA_KEY_DERIVATION_INPUT_INFO]
    : [
        psa.PSA_KEY_DERIVATION_INPUT_SEED,
        psa.PSA_KEY_DERIVATION_INPUT_SECRET,
        psa.PSA_KEY_DERIVATION_INPUT_LABEL,
      ];

/** An output of a derivation is asked for before all inputs are there. */
export const lacksInputs = ({ line, operation }: Difference): boolean => {
  if (operation === undefined || !/derivation_output/.test(line.name)) return false;
  return requiredSteps(kdfOf(operation.alg)).some(
    (step) => !operation.calls.some((call) => inputStep(call) === step),
  );
};

const kdfOf = (alg: number): number =>
  psa.PSA_ALG_IS_KEY_AGREEMENT(alg) ? psa.PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) : alg;

const inputStep = (call: string): number => (/input|agreement/.test(call) ? Number(call.split(' ')[1]) : -1);

/** A key is to come from a derivation whose secret came as bytes. */
export const hasPlainSecret = ({ line, operation }: Difference): boolean =>
  line.name === 'psa_key_derivation_output_key' &&
  operation !== undefined &&
  operation.calls.includes(`psa_key_derivation_input_bytes ${psa.PSA_KEY_DERIVATION_INPUT_SECRET}`);

/** A derivation input whose step may not come now, or not again. */
export const isOutOfOrder = ({ line, numbers, operation }: Difference): boolean => {
  const [step = 0] = numbers;
  if (operation === undefined || inputStep(`${line.name} ${step}`) < 0) return false;
  const given = operation.calls.map(inputStep).filter((s) => s >= 0);
  const kdf = kdfOf(operation.alg);
  const { PSA_KEY_DERIVATION_INPUT_SALT: SALT, PSA_KEY_DERIVATION_INPUT_SECRET: SECRET } = psa;
  if (given.includes(step) || operation.calls.some((call) => call.includes('_output_'))) return true;
  if (psa.PSA_ALG_IS_HKDF(kdf)) return step === SALT && given.includes(SECRET);
  return requiredSteps(kdf)[given.length] !== step;
};

/** The hash is not as long as the algorithm's hash. */
export const isOddHashLength = (d: Difference): boolean => {
  const hash = psa.PSA_ALG_GET_HASH(algorithm(d) ?? 0);
  return /_hash$/.test(d.line.name) && hash !== 0 && lengths(d)[0] !== psa.PSA_HASH_LENGTH(hash);
};

export const room = ({ line }: Difference): number => {
  const operand = line.operands.find((o) => o.startsWith('['));
  return operand === undefined ? 0 : Number.parseInt(operand.slice(1), 10);
};

/** Lengths of the byte strings in a call; a register has none. */
export const lengths = ({ line }: Difference): (number | undefined)[] =>
  line.operands.filter((o) => o.startsWith('=') || o.startsWith('$b')).map(lengthOf);

/** Whether both libraries have the algorithm, and for keys of this type and size. */
export const isCommon = (d: Difference): boolean => {
  const alg = algorithm(d) ?? 0;
  if (d.line.name === 'psa_key_derivation_setup') return common.isCommonAlgorithm(alg);
  return common.isCommonUse(alg, d.key?.type ?? 0, d.key?.bits ?? 0);
};

/** The key's type and size are none that the algorithm is for. */
export const isOtherKey = (d: Difference): boolean =>
  hasAlgorithm(d) && d.key !== undefined && !common.isFor(algorithm(d) ?? 0, d.key.type, d.key.bits);

/** Whether both have keys of the type and size in the attributes. */
export const isCommonSize = (d: Difference): boolean => {
  const { type = 0, bits = 0 } = attributesIn(d.line) ?? {};
  return common.isCommonSize(type, bits, lengths(d)[0]);
};

/** The bytes in a call, the first of them. */
const data = ({ line }: Difference): Uint8Array =>
  unhex(line.operands.find((o) => o.startsWith('='))?.slice(1) ?? '');

/** A private key for Curve25519 without the bits that all of them have. */
export const lacksForcedBits = (d: Difference): boolean =>
  d.line.name === 'psa_import_key' &&
  attributesIn(d.line)?.type === pairType(CURVE25519) &&
  hex(clamped(data(d))) !== hex(data(d));

/** A public key for Curve25519 that gives 0 with every private key. */
export const isSmallOrder = (d: Difference): boolean =>
  d.line.name === 'psa_import_key' &&
  attributesIn(d.line)?.type === publicType(CURVE25519) &&
  SMALL_ORDER.some((point) => hex(point) === hex(data(d)));

/** What is exported is the same public key for Curve25519, but for the bit that nothing is computed with. */
export const differsInUnusedBit = ({ key, theirs, ours }: Difference): boolean => {
  const withoutBit = (rest: string): string => {
    const bytes = unhex(rest.replace('32:', ''));
    return hex(bytes.map((byte, i) => (i === 31 ? byte & 0x7f : byte)));
  };
  return key?.type === publicType(CURVE25519) && withoutBit(theirs.rest) === withoutBit(ours.rest);
};

/** 9.2, "Key size" of each type. */
const SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [psa.PSA_KEY_TYPE_AES, [128, 192, 256, 384, 512]],
  [psa.PSA_KEY_TYPE_DES, [64, 128, 192]],
  [psa.PSA_KEY_TYPE_CHACHA20, [256]],
]);

/** The attributes have a size that keys of their type do not have, or a type that is not made here. */
export const isOddSize = ({ line }: Difference): boolean => {
  const { type = 0, bits = 0 } = attributesIn(line) ?? {};
  if (type === psa.PSA_KEY_TYPE_NONE || psa.PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) return true;
  const sizes = SIZES.get(type);
  if (sizes !== undefined) return !sizes.includes(bits);
  return bits === 0 || (psa.PSA_KEY_TYPE_IS_UNSTRUCTURED(type) && bits % 8 !== 0);
};

export const isOddTag = (d: Difference): boolean =>
  d.line.name.startsWith('psa_aead_') && common.hasOddTag(algorithm(d) ?? 0);

export const isOddNonce = (d: Difference): boolean => {
  if (!d.line.name.startsWith('psa_aead_')) return false;
  const [nonce = 0] = lengths(d);
  const base = psa.PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(algorithm(d) ?? 0);
  if (base === psa.PSA_ALG_CCM) return nonce < 7 || nonce > 13;
  return base === psa.PSA_ALG_GCM ? nonce === 0 : nonce !== 12;
};

/** The nonce is for the original ChaCha20-Poly1305 (10.5, PSA_ALG_CHACHA20_POLY1305). */
export const isOriginalNonce = (d: Difference): boolean =>
  d.line.name.startsWith('psa_aead_') &&
  algorithm(d) === psa.PSA_ALG_CHACHA20_POLY1305 &&
  lengths(d)[0] === 8;

/** Input that is no whole number of blocks, where it has to be. */
export const isPartOfBlock = (d: Difference): boolean => {
  const block = psa.PSA_BLOCK_CIPHER_BLOCK_LENGTH((d.operation ?? d).key?.type ?? 0);
  const isPart = (length = 0): boolean => length % block !== 0;
  return BLOCK_MODES.includes(algorithm(d) ?? 0) && lengths(d).some(isPart);
};

/** Decryption with PKCS#7: the last block is held back until it is known to be the last, and the padding falls away. */
export const isPaddedDecryption = (d: Difference): boolean => {
  const decrypts =
    d.line.name === 'psa_cipher_update'
      ? d.operation?.setup === 'psa_cipher_decrypt_setup'
      : d.line.name === 'psa_cipher_decrypt';
  return decrypts && algorithm(d) === psa.PSA_ALG_CBC_PKCS7;
};

/** Flags of 1.0 that the other library does not have, and those of later versions. */
const OTHER_FLAGS =
  psa.PSA_KEY_USAGE_CACHE |
  psa.PSA_KEY_USAGE_VERIFY_DERIVATION |
  psa.PSA_KEY_USAGE_DERIVE_PUBLIC |
  psa.PSA_KEY_USAGE_WRAP |
  psa.PSA_KEY_USAGE_UNWRAP;
const KNOWN_FLAGS = USAGES.reduce((all, flag) => all | flag, OTHER_FLAGS);

const usageOf = ({ line }: Difference): number => attributesIn(line)?.usage ?? 0;

export const hasOtherFlags = (d: Difference): boolean => (usageOf(d) & OTHER_FLAGS) !== 0;
export const hasUnknownFlags = (d: Difference): boolean => (usageOf(d) & ~KNOWN_FLAGS) !== 0;

export const isTls12 = ({ operation }: Difference): boolean => {
  const kdf = kdfOf(operation?.alg ?? 0);
  return psa.PSA_ALG_IS_TLS12_PRF(kdf) || psa.PSA_ALG_IS_TLS12_PSK_TO_MS(kdf);
};

/** Key policy and requested algorithm differ in whether ECDSA is deterministic. */
export const isOtherEcdsa = (d: Difference): boolean => {
  const [policy, alg] = [d.key?.alg ?? 0, algorithm(d) ?? 0];
  const deterministic = psa.PSA_ALG_IS_DETERMINISTIC_ECDSA;
  return (
    psa.PSA_ALG_IS_ECDSA(policy) && psa.PSA_ALG_IS_ECDSA(alg) && deterministic(policy) !== deterministic(alg)
  );
};

/** A signature algorithm that names no hash where any hash is permitted, or wanted for a copy. */
export const isNoHashByWildcard = (d: Difference): boolean => {
  const algs = [d.key?.alg ?? 0, algorithm(d) ?? attributesIn(d.line)?.alg ?? 0];
  return algs.some(
    (alg) =>
      psa.PSA_ALG_IS_SIGN(alg) &&
      psa.PSA_ALG_GET_HASH(alg) === psa.PSA_ALG_NONE &&
      algs.includes(alg | (psa.PSA_ALG_ANY_HASH & 0xff)),
  );
};

/** One is a standalone key agreement, the other combines it with a derivation. */
export const isAgreementPair = (a: number, b: number): boolean =>
  psa.PSA_ALG_IS_KEY_AGREEMENT(a) &&
  psa.PSA_ALG_IS_KEY_AGREEMENT(b) &&
  psa.PSA_ALG_KEY_AGREEMENT_GET_BASE(a) === psa.PSA_ALG_KEY_AGREEMENT_GET_BASE(b) &&
  psa.PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(a) !== psa.PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(b);

/** The same MAC at its full length, once with the length written out. */
export const isFullLengthMac = (d: Difference): boolean => {
  const [policy, alg] = [d.key?.alg ?? 0, algorithm(d) ?? attributesIn(d.line)?.alg ?? 0];
  const full = psa.PSA_ALG_FULL_LENGTH_MAC(alg);
  const written = psa.PSA_ALG_TRUNCATED_MAC(full, common.fullLength(full));
  const both = [policy, alg].includes(full) && [policy, alg].includes(written);
  return psa.PSA_ALG_IS_MAC(alg) && full !== written && both;
};

/** A MAC policy on a key that is none for MACs, or with a length that nobody uses. */
export const isIdleMacPolicy = ({ key, line }: Difference): boolean => {
  const algs = [key?.alg ?? 0, attributesIn(line)?.alg ?? 0];
  const short = algs.some(
    (alg) => psa.PSA_MAC_TRUNCATED_LENGTH(alg) > 0 && psa.PSA_MAC_TRUNCATED_LENGTH(alg) < 4,
  );
  const other = key?.type !== psa.PSA_KEY_TYPE_HMAC && key?.type !== psa.PSA_KEY_TYPE_AES;
  return (
    algs.every(psa.PSA_ALG_IS_MAC) &&
    (short || other || psa.PSA_ALG_IS_HMAC(algs[0] ?? 0) !== (key.type === psa.PSA_KEY_TYPE_HMAC))
  );
};
