/** SubjectPublicKeyInfo (RFC 5280 4.1), PrivateKeyInfo (RFC 5208 5) and what is in them, to PSA's formats and back. */
import {
  BitString,
  Constructed,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
} from 'asn1js';
import { failure } from './errors.ts';

export interface AlgorithmIdentifier {
  readonly oid: string;
  /** An OID, NULL, or nothing at all. */
  readonly parameters?: string | null;
}

export interface Wrapped {
  readonly algorithm: AlgorithmIdentifier;
  readonly data: Uint8Array;
}

const refuse = (what: string): never => {
  throw failure('DataError', `${what}: not the DER of one`);
};

const parse = (der: Uint8Array, what: string): readonly unknown[] => {
  const { result, offset } = fromBER(der.slice().buffer);
  if (offset !== der.length || !(result instanceof Sequence)) return refuse(what);
  return result.valueBlock.value;
};

const readAlgorithm = (element: unknown, what: string): AlgorithmIdentifier => {
  const [oid, parameters] = element instanceof Sequence ? element.valueBlock.value : [];
  if (!(oid instanceof ObjectIdentifier)) return refuse(what);
  const name = oid.valueBlock.toString();
  if (parameters === undefined) return { oid: name };
  if (parameters instanceof Null) return { oid: name, parameters: null };
  return parameters instanceof ObjectIdentifier
    ? { oid: name, parameters: parameters.valueBlock.toString() }
    : refuse(what);
};

const writeAlgorithm = ({ oid, parameters }: AlgorithmIdentifier): Sequence => {
  const value: (ObjectIdentifier | Null)[] = [new ObjectIdentifier({ value: oid })];
  if (parameters === null) value.push(new Null());
  else if (parameters !== undefined) value.push(new ObjectIdentifier({ value: parameters }));
  return new Sequence({ value });
};

const bytes = (element: { toBER(): ArrayBuffer }): Uint8Array => new Uint8Array(element.toBER());
const bitString = (data: Uint8Array): BitString => new BitString({ valueHex: data.slice().buffer });
const octetString = (data: Uint8Array): OctetString => new OctetString({ valueHex: data.slice().buffer });

export const readSpki = (der: Uint8Array): Wrapped => {
  const [algorithm, bits] = parse(der, 'spki');
  if (!(bits instanceof BitString) || bits.valueBlock.unusedBits !== 0) return refuse('spki');
  return { algorithm: readAlgorithm(algorithm, 'spki'), data: bits.valueBlock.valueHexView.slice() };
};

export const writeSpki = ({ algorithm, data }: Wrapped): Uint8Array =>
  bytes(new Sequence({ value: [writeAlgorithm(algorithm), bitString(data)] }));

export const readPkcs8 = (der: Uint8Array): Wrapped => {
  const [version, algorithm, key] = parse(der, 'pkcs8');
  if (!(version instanceof Integer) || !(key instanceof OctetString)) return refuse('pkcs8');
  return { algorithm: readAlgorithm(algorithm, 'pkcs8'), data: key.valueBlock.valueHexView.slice() };
};

export const writePkcs8 = ({ algorithm, data }: Wrapped): Uint8Array =>
  bytes(new Sequence({ value: [new Integer({ value: 0 }), writeAlgorithm(algorithm), octetString(data)] }));

/** An OCTET STRING alone: CurvePrivateKey (RFC 8410 7). */
export const readOctets = (der: Uint8Array): Uint8Array => {
  const { result, offset } = fromBER(der.slice().buffer);
  if (offset !== der.length || !(result instanceof OctetString)) return refuse('CurvePrivateKey');
  return result.valueBlock.valueHexView.slice();
};

export const writeOctets = (data: Uint8Array): Uint8Array => bytes(octetString(data));

const isTagged = (element: unknown, tag: number): element is Constructed =>
  element instanceof Constructed && element.idBlock.tagClass === 3 && element.idBlock.tagNumber === tag;

export interface EcPrivateKey {
  readonly privateKey: Uint8Array;
  readonly publicKey?: Uint8Array;
}

/** ECPrivateKey (RFC 5915 3); its curve stands in the AlgorithmIdentifier. */
export const readEcPrivateKey = (der: Uint8Array): EcPrivateKey => {
  const [version, key, ...rest] = parse(der, 'ECPrivateKey');
  if (!(version instanceof Integer) || !(key instanceof OctetString)) return refuse('ECPrivateKey');
  const privateKey = key.valueBlock.valueHexView.slice();
  const tagged = rest.find((element) => isTagged(element, 1));
  const [bits] = isTagged(tagged, 1) ? tagged.valueBlock.value : [];
  return bits instanceof BitString
    ? { privateKey, publicKey: bits.valueBlock.valueHexView.slice() }
    : { privateKey };
};

export const writeEcPrivateKey = (privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array => {
  const tagged = new Constructed({
    idBlock: { tagClass: 3, tagNumber: 1 },
    value: [bitString(publicKey)],
  });
  return bytes(new Sequence({ value: [new Integer({ value: 1 }), octetString(privateKey), tagged] }));
};

/** The numbers of RSAPublicKey and RSAPrivateKey (RFC 8017 A.1), big-endian without leading zeros. */
export const readIntegers = (der: Uint8Array, count: number, what: string): Uint8Array[] => {
  const elements = parse(der, what);
  if (elements.length !== count) return refuse(what);
  return elements.map((element) => {
    if (!(element instanceof Integer)) return refuse(what);
    const content = element.valueBlock.valueHexView;
    const first = content.findIndex((byte) => byte !== 0);
    return content.slice(first < 0 ? content.length : first);
  });
};

/** Zero is the empty string. */
export const writeIntegers = (numbers: readonly Uint8Array[]): Uint8Array => {
  const value = numbers.map((number) => {
    const first = number.findIndex((byte) => byte !== 0);
    const magnitude = first < 0 ? Uint8Array.of() : number.subarray(first);
    // INTEGER is signed: a zero goes before what would be negative (X.690 8.3).
    const sign = magnitude.length === 0 || (magnitude[0] ?? 0) >= 0x80 ? [0] : [];
    return new Integer({ valueHex: Uint8Array.of(...sign, ...magnitude).buffer });
  });
  return bytes(new Sequence({ value }));
};
