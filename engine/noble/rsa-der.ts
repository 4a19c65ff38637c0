/**
 * RSAPrivateKey and RSAPublicKey (RFC 8017 A.1) are one DER SEQUENCE of non-negative INTEGERs. The reading and
 * writing of elements is noble's strict DER, which its ECDSA signatures use: no BER, no sign, shortest lengths.
 */
import { DER } from '@noble/curves/abstract/der.js';
import { hexToBytes } from '@noble/curves/utils.js';

const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** undefined for anything but one whole SEQUENCE of INTEGERs. */
export function decodeIntegers(der: Uint8Array): bigint[] | undefined {
  try {
    const sequence = DER._tlv.decode(SEQUENCE, der);
    if (sequence.l.length > 0) return undefined;
    const integers: bigint[] = [];
    for (let rest = sequence.v; rest.length > 0; ) {
      const element = DER._tlv.decode(INTEGER, rest);
      integers.push(DER._int.decode(element.v));
      rest = element.l;
    }
    return integers;
  } catch (error) {
    if (error instanceof DER.Err) return undefined;
    throw error;
  }
}

export function encodeIntegers(integers: readonly bigint[]): Uint8Array {
  const elements = integers.map((integer) => DER._tlv.encode(INTEGER, DER._int.encode(integer)));
  return hexToBytes(DER._tlv.encode(SEQUENCE, elements.join('')));
}
