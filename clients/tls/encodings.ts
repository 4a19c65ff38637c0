/**
 * Certificates carry public keys and ECDSA signatures in DER, PSA takes them bare (PSA Crypto 1.3, 9.6.1 key formats,
 * 10.7.3 ECDSA): the way from one to the other and back.
 */
import { DER } from '@noble/curves/abstract/der.js';
import { bytesToNumberBE, concatBytes, hexToBytes, numberToBytesBE } from '@noble/curves/utils.js';
import { BitString, fromBER, Null, ObjectIdentifier, Sequence } from 'asn1js';

/** RFC 8017 A.1 and RFC 5480 2.1.1. */
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';

const CURVES = { 'P-256': '1.2.840.10045.3.1.7', 'P-384': '1.3.132.0.34' } as const;

export type EcdsaCurve = keyof typeof CURVES;

const COORDINATE: Readonly<Record<EcdsaCurve, number>> = { 'P-256': 32, 'P-384': 48 };

/** In the format of psa_import_key: DER of RSAPublicKey, or the uncompressed point. */
export interface PublicKey {
  readonly kind: 'RSA' | EcdsaCurve;
  readonly data: Uint8Array;
}

const curveOf = (oid: string): EcdsaCurve => {
  for (const curve of ['P-256', 'P-384'] as const) if (CURVES[curve] === oid) return curve;
  throw new Error(`a public key on a curve that is not P-256 or P-384 (OID ${oid})`);
};

const oidOf = (element: unknown): string =>
  element instanceof ObjectIdentifier ? element.valueBlock.toString() : 'none';

/** Reads a SubjectPublicKeyInfo (RFC 5280 4.1.2.7). */
export const readSpki = (der: Uint8Array): PublicKey => {
  const { result, offset } = fromBER(der.slice().buffer);
  const [algorithm, bits] = result instanceof Sequence ? result.valueBlock.value : [];
  if (offset !== der.length || !(algorithm instanceof Sequence) || !(bits instanceof BitString))
    throw new Error('a public key that is no SubjectPublicKeyInfo');
  const [type, parameters] = algorithm.valueBlock.value;
  const data = bits.valueBlock.valueHexView.slice();
  switch (oidOf(type)) {
    case RSA_ENCRYPTION:
      return { kind: 'RSA', data };
    case EC_PUBLIC_KEY:
      return { kind: curveOf(oidOf(parameters)), data };
    default:
      throw new Error(`a public key that is neither RSA nor ECDSA (OID ${oidOf(type)})`);
  }
};

export const writeSpki = ({ kind, data }: PublicKey): Uint8Array => {
  const algorithm =
    kind === 'RSA'
      ? [new ObjectIdentifier({ value: RSA_ENCRYPTION }), new Null()]
      : [new ObjectIdentifier({ value: EC_PUBLIC_KEY }), new ObjectIdentifier({ value: CURVES[kind] })];
  const bits = new BitString({ valueHex: data.slice().buffer });
  const spki = new Sequence({ value: [new Sequence({ value: algorithm }), bits] });
  return new Uint8Array(spki.toBER());
};

/** Ecdsa-Sig-Value (RFC 3279 2.2.3) to r || s; undefined for what no signature of this curve looks like. */
export const readEcdsaSignature = (der: Uint8Array, curve: EcdsaCurve): Uint8Array | undefined => {
  const length = COORDINATE[curve];
  try {
    // An INTEGER has a byte more where the highest bit is set.
    const { r, s } = DER.toSig(der, length + 1);
    return concatBytes(numberToBytesBE(r, length), numberToBytesBE(s, length));
  } catch {
    return undefined;
  }
};

/** r || s, as psa_sign_message gives it, to Ecdsa-Sig-Value. */
export const writeEcdsaSignature = (signature: Uint8Array): Uint8Array => {
  const half = signature.length / 2;
  const r = bytesToNumberBE(signature.subarray(0, half));
  return hexToBytes(DER.hexFromSig({ r, s: bytesToNumberBE(signature.subarray(half)) }));
};
