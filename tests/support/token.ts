/** A verifier of attestation tokens: COSE_Sign1 (RFC 9052) with ES256, and the claims of profile 1. */
import { createPublicKey, verify } from 'node:crypto';
import { ascii, join } from './bytes.ts';
import { type Cbor, isBytes, isList, isMap, readCbor, Tag, writeBytes } from './cbor.ts';

export type Claims = ReadonlyMap<Cbor, Cbor>;

const ALG = 1;
const ES256 = -7;

/** `point`: 0x04 || X || Y on P-256. */
const publicKey = (point: Uint8Array) => {
  const part = (from: number) => Buffer.from(point.subarray(from, from + 32)).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }, format: 'jwk' });
};

/** The claims of a token that this key has signed; throws where it has not, or where it is no such token. */
export const verifyToken = (token: Uint8Array, point: Uint8Array): Claims => {
  const message = readCbor(token);
  if (!(message instanceof Tag) || message.number !== 18) throw new Error('no COSE_Sign1 tag');
  if (!isList(message.value) || message.value.length !== 4) throw new Error('no COSE_Sign1');
  const [header, unprotected, payload, signature] = message.value;
  if (!isBytes(header) || !isMap(unprotected) || !isBytes(payload) || !isBytes(signature))
    throw new Error('no COSE_Sign1');
  const headers = readCbor(header);
  if (!isMap(headers) || headers.get(ALG) !== ES256) throw new Error('another algorithm than ES256');
  // RFC 9052, 4.4: ["Signature1", protected header, external data, payload]
  const signed = join(
    Uint8Array.of(0x84, 0x60 | 'Signature1'.length),
    ascii('Signature1'),
    writeBytes(header),
    writeBytes(new Uint8Array(0)),
    writeBytes(payload),
  );
  const key = { key: publicKey(point), dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', signed, key, signature)) throw new Error('the signature is wrong');
  const claims = readCbor(payload);
  if (!isMap(claims)) throw new Error('claims that are no map');
  return claims;
};
