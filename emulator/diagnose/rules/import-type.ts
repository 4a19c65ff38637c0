import {
  PSA_ALG_IS_AEAD,
  PSA_ALG_IS_ASYMMETRIC_ENCRYPTION,
  PSA_ALG_IS_CIPHER,
  PSA_ALG_IS_MAC,
  PSA_ALG_IS_RSA_OAEP,
  PSA_ALG_IS_RSA_PKCS1V15_SIGN,
  PSA_ALG_IS_RSA_PSS,
  PSA_ALG_IS_SIGN,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DES,
  PSA_KEY_TYPE_IS_ASYMMETRIC,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_ECC_KEY_PAIR,
  PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_IS_RSA,
} from '../../../psa-api/constants.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED } from '../../../psa-api/status.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { lengthOf, scalarOf } from '../fields.ts';
import { type Hit, onCall, type Rule } from '../finding.ts';
import { algorithm, answered, call, inOrder, keyType } from '../words.ts';

/** Uncompressed points of the NIST curves, by length: 4 || x || y. */
const POINTS: ReadonlyMap<number, number> = new Map([
  [49, 192],
  [57, 224],
  [65, 256],
  [97, 384],
  [133, 521],
]);
const SCALARS: ReadonlyMap<number, number> = new Map([
  [24, 192],
  [28, 224],
  [32, 256],
  [48, 384],
  [66, 521],
]);
/** Points without their first byte, compressed points, and SubjectPublicKeyInfo around a point. */
const BARE: ReadonlySet<number> = new Set([64, 96, 132]);
const COMPRESSED: ReadonlySet<number> = new Set([33, 49, 67]);
const SPKI: ReadonlySet<number> = new Set([88, 91, 120, 158]);

const PUBLIC = 'PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)';
const PAIR = 'PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)';

/** Bytes of symmetric keys. */
const SYMMETRIC: ReadonlyMap<number, readonly number[]> = new Map([
  [PSA_KEY_TYPE_AES, [16, 24, 32, 48, 64]],
  [PSA_KEY_TYPE_DES, [8, 16, 24]],
  [PSA_KEY_TYPE_CHACHA20, [32]],
]);

const asSymmetric = (type: number, length: number): string | undefined => {
  const sizes = SYMMETRIC.get(type);
  if (sizes === undefined || sizes.includes(length)) return undefined;
  const curve = POINTS.get(length);
  if (curve !== undefined)
    return `${length} bytes are a public point on a curve of ${curve} bits, and its type is ${PUBLIC}`;
  return `${length} bytes are no ${keyType(type)}, which has ${sizes.join(', ')}`;
};

const asPublicPoint = (length: number): string | undefined => {
  if (BARE.has(length)) return `${length} bytes are a point without the byte 0x04 in front`;
  if (SPKI.has(length))
    return `${length} bytes are a SubjectPublicKeyInfo: PSA takes the point alone, 0x04 || x || y`;
  const curve = SCALARS.get(length);
  if (curve !== undefined)
    return `${length} bytes are a private key on a curve of ${curve} bits, and its type is ${PAIR}`;
  return COMPRESSED.has(length)
    ? `${length} bytes are a compressed point: PSA takes the uncompressed one, 0x04 || x || y`
    : undefined;
};

const asPair = (length: number): string | undefined => {
  const curve = POINTS.get(length);
  if (curve !== undefined)
    return `${length} bytes are a public point on a curve of ${curve} bits, and its type is ${PUBLIC}`;
  return length > 100 ? `${length} bytes are a private key in DER: PSA takes the bare scalar` : undefined;
};

/** Why the bytes are no key of the type. */
const misfit = (type: number, length: number): string | undefined => {
  if (PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type)) return asPublicPoint(length);
  if (PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)) return asPair(length);
  if (PSA_KEY_TYPE_IS_RSA(type))
    return 'PSA takes RSAPrivateKey and RSAPublicKey of PKCS #1 in DER, no PKCS #8, no SubjectPublicKeyInfo, no PEM';
  return asSymmetric(type, length);
};

const isRsaOnly = (alg: number): boolean =>
  PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) ||
  PSA_ALG_IS_RSA_PSS(alg) ||
  PSA_ALG_IS_RSA_OAEP(alg) ||
  alg === PSA_ALG_RSA_PKCS1V15_CRYPT;

/** An algorithm that keys of the type can never be used with. */
const isStranger = (type: number, alg: number): boolean => {
  if (PSA_KEY_TYPE_IS_ASYMMETRIC(type)) {
    if (PSA_ALG_IS_CIPHER(alg) || PSA_ALG_IS_AEAD(alg) || PSA_ALG_IS_MAC(alg)) return true;
    return PSA_KEY_TYPE_IS_RSA(type)
      ? PSA_ALG_IS_SIGN(alg) && !isRsaOnly(alg)
      : PSA_KEY_TYPE_IS_ECC(type) && isRsaOnly(alg);
  }
  return PSA_ALG_IS_SIGN(alg) || PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg);
};

const sizes = (event: TraceEvent): string => {
  const bits = scalarOf(event, 'attributes.bits') ?? 0;
  const length = lengthOf(event, 'data');
  return bits !== 0 && bits !== length * 8 ? ` (attributes say ${bits} bits)` : '';
};

/** Why the import cannot be what was meant; undefined where it can. */
const problem = (event: TraceEvent, type: number, alg: number): string | undefined => {
  const { status } = event;
  const length = lengthOf(event, 'data');
  const isRefused = status === PSA_ERROR_INVALID_ARGUMENT || status === PSA_ERROR_NOT_SUPPORTED;
  const why = isRefused ? misfit(type, length) : undefined;
  if (why !== undefined) return `as ${keyType(type)}${sizes(event)}: ${why}`;
  if (status === 0 && isStranger(type, alg))
    return `${length} bytes as ${keyType(type)} for ${algorithm(alg)}, which keys of that type can never be used with`;
  return undefined;
};

export const importType: Rule = {
  name: 'import-type',
  title: 'Key imported as a type that does not fit',
  explanation:
    'psa_import_key was given bytes that are no key of the type in the attributes, or a type that the permitted ' +
    'algorithm cannot use. A public key of a certificate imported as PSA_KEY_TYPE_AES is the known case: the import ' +
    'fails, every signature check after it fails too, and TLS ends with bad_certificate.',
  fix:
    'Set the type to what the bytes are: a point 0x04 || x || y is PSA_KEY_TYPE_ECC_PUBLIC_KEY(family), a scalar ' +
    'PSA_KEY_TYPE_ECC_KEY_PAIR(family), RSA keys are PKCS #1 in DER. Import the peer’s key volatile, and destroy it ' +
    'after use.',
  look: onCall(({ event, evidence, made }): Hit | undefined => {
    if (event.function !== 'psa_import_key') return undefined;
    const type = scalarOf(event, 'attributes.type') ?? event.keyType ?? 0;
    const alg = scalarOf(event, 'attributes.alg') ?? 0;
    const why = problem(event, type, alg);
    if (why === undefined) return undefined;
    return {
      certainty: 'certain',
      what: `${event.status === 0 ? call(evidence) : answered(evidence)} ${why}.`,
      evidence: inOrder(evidence),
      subject: `${type} ${lengthOf(event, 'data')} ${alg}`,
      blames: [made],
    };
  }),
};
