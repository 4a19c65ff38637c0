// Generated from psa-api/functions.ts by `npm run generate`. Do not edit.

import { KEY_ATTRIBUTES_INIT, keyAttributes, type KeyAttributes } from '../attributes.ts';
import { type Call, type CipherSuite, type CustomParameters, type Operation, type StorageInfo, UNBOUNDED } from '../call.ts';
import { attributes, bytes, NOTHING, number, STORAGE_INFO_INIT, status, storageInfo } from '../outcome.ts';
import type { PsaStatus } from '../status.ts';

export type HashOperation = Operation<'hash'>;
export type MacOperation = Operation<'mac'>;
export type CipherOperation = Operation<'cipher'>;
export type AeadOperation = Operation<'aead'>;
export type KeyDerivationOperation = Operation<'key_derivation'>;
export type SignOperation = Operation<'sign'>;
export type VerifyOperation = Operation<'verify'>;
export type PakeOperation = Operation<'pake'>;
export type XofOperation = Operation<'xof'>;

export const hashOperationInit = (): HashOperation => ({ family: 'hash', handle: 0 });
export const macOperationInit = (): MacOperation => ({ family: 'mac', handle: 0 });
export const cipherOperationInit = (): CipherOperation => ({ family: 'cipher', handle: 0 });
export const aeadOperationInit = (): AeadOperation => ({ family: 'aead', handle: 0 });
export const keyDerivationOperationInit = (): KeyDerivationOperation => ({ family: 'key_derivation', handle: 0 });
export const signOperationInit = (): SignOperation => ({ family: 'sign', handle: 0 });
export const verifyOperationInit = (): VerifyOperation => ({ family: 'verify', handle: 0 });
export const pakeOperationInit = (): PakeOperation => ({ family: 'pake', handle: 0 });
export const xofOperationInit = (): XofOperation => ({ family: 'xof', handle: 0 });

/**
 * The PSA Crypto API and the services beside it, call by call: names and parameters as in the specification, sizes of output rooms
 * last and optional. A failure gives empty outputs; an operation object follows as in C, 0 = inactive.
 */
export interface Psa {
  cryptoInit(): Promise<{ status: PsaStatus }>;
  getKeyAttributes(key: number): Promise<{ status: PsaStatus; attributes: KeyAttributes }>;
  importKey(attributes: Partial<KeyAttributes>, data: Uint8Array): Promise<{ status: PsaStatus; key: number }>;
  generateKey(attributes: Partial<KeyAttributes>): Promise<{ status: PsaStatus; key: number }>;
  copyKey(sourceKey: number, attributes: Partial<KeyAttributes>): Promise<{ status: PsaStatus; targetKey: number }>;
  destroyKey(key: number): Promise<{ status: PsaStatus }>;
  purgeKey(key: number): Promise<{ status: PsaStatus }>;
  exportKey(key: number, dataSize?: number): Promise<{ status: PsaStatus; data: Uint8Array }>;
  exportPublicKey(key: number, dataSize?: number): Promise<{ status: PsaStatus; data: Uint8Array }>;
  generateKeyCustom(attributes: Partial<KeyAttributes>, custom: CustomParameters, customData: Uint8Array): Promise<{ status: PsaStatus; key: number }>;
  attachKey(attributes: Partial<KeyAttributes>, label: Uint8Array): Promise<{ status: PsaStatus; key: number }>;
  checkKeyUsage(key: number, alg: number, usage: number): Promise<{ status: PsaStatus }>;
  hashCompute(alg: number, input: Uint8Array, hashSize?: number): Promise<{ status: PsaStatus; hash: Uint8Array }>;
  hashCompare(alg: number, input: Uint8Array, hash: Uint8Array): Promise<{ status: PsaStatus }>;
  hashSetup(operation: HashOperation, alg: number): Promise<{ status: PsaStatus }>;
  hashUpdate(operation: HashOperation, input: Uint8Array): Promise<{ status: PsaStatus }>;
  hashFinish(operation: HashOperation, hashSize?: number): Promise<{ status: PsaStatus; hash: Uint8Array }>;
  hashVerify(operation: HashOperation, hash: Uint8Array): Promise<{ status: PsaStatus }>;
  hashAbort(operation: HashOperation): Promise<{ status: PsaStatus }>;
  hashSuspend(operation: HashOperation, hashStateSize?: number): Promise<{ status: PsaStatus; hashState: Uint8Array }>;
  hashResume(operation: HashOperation, hashState: Uint8Array): Promise<{ status: PsaStatus }>;
  hashClone(sourceOperation: Readonly<HashOperation>, targetOperation: HashOperation): Promise<{ status: PsaStatus }>;
  macCompute(key: number, alg: number, input: Uint8Array, macSize?: number): Promise<{ status: PsaStatus; mac: Uint8Array }>;
  macVerify(key: number, alg: number, input: Uint8Array, mac: Uint8Array): Promise<{ status: PsaStatus }>;
  macSignSetup(operation: MacOperation, key: number, alg: number): Promise<{ status: PsaStatus }>;
  macVerifySetup(operation: MacOperation, key: number, alg: number): Promise<{ status: PsaStatus }>;
  macUpdate(operation: MacOperation, input: Uint8Array): Promise<{ status: PsaStatus }>;
  macSignFinish(operation: MacOperation, macSize?: number): Promise<{ status: PsaStatus; mac: Uint8Array }>;
  macVerifyFinish(operation: MacOperation, mac: Uint8Array): Promise<{ status: PsaStatus }>;
  macAbort(operation: MacOperation): Promise<{ status: PsaStatus }>;
  cipherEncrypt(key: number, alg: number, input: Uint8Array, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  cipherDecrypt(key: number, alg: number, input: Uint8Array, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  cipherEncryptSetup(operation: CipherOperation, key: number, alg: number): Promise<{ status: PsaStatus }>;
  cipherDecryptSetup(operation: CipherOperation, key: number, alg: number): Promise<{ status: PsaStatus }>;
  cipherGenerateIv(operation: CipherOperation, ivSize?: number): Promise<{ status: PsaStatus; iv: Uint8Array }>;
  cipherSetIv(operation: CipherOperation, iv: Uint8Array): Promise<{ status: PsaStatus }>;
  cipherUpdate(operation: CipherOperation, input: Uint8Array, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  cipherFinish(operation: CipherOperation, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  cipherAbort(operation: CipherOperation): Promise<{ status: PsaStatus }>;
  aeadEncrypt(key: number, alg: number, nonce: Uint8Array, additionalData: Uint8Array, plaintext: Uint8Array, ciphertextSize?: number): Promise<{ status: PsaStatus; ciphertext: Uint8Array }>;
  aeadDecrypt(key: number, alg: number, nonce: Uint8Array, additionalData: Uint8Array, ciphertext: Uint8Array, plaintextSize?: number): Promise<{ status: PsaStatus; plaintext: Uint8Array }>;
  aeadEncryptSetup(operation: AeadOperation, key: number, alg: number): Promise<{ status: PsaStatus }>;
  aeadDecryptSetup(operation: AeadOperation, key: number, alg: number): Promise<{ status: PsaStatus }>;
  aeadSetLengths(operation: AeadOperation, adLength: number, plaintextLength: number): Promise<{ status: PsaStatus }>;
  aeadGenerateNonce(operation: AeadOperation, nonceSize?: number): Promise<{ status: PsaStatus; nonce: Uint8Array }>;
  aeadSetNonce(operation: AeadOperation, nonce: Uint8Array): Promise<{ status: PsaStatus }>;
  aeadUpdateAd(operation: AeadOperation, input: Uint8Array): Promise<{ status: PsaStatus }>;
  aeadUpdate(operation: AeadOperation, input: Uint8Array, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  aeadFinish(operation: AeadOperation, ciphertextSize?: number, tagSize?: number): Promise<{ status: PsaStatus; ciphertext: Uint8Array; tag: Uint8Array }>;
  aeadVerify(operation: AeadOperation, tag: Uint8Array, plaintextSize?: number): Promise<{ status: PsaStatus; plaintext: Uint8Array }>;
  aeadAbort(operation: AeadOperation): Promise<{ status: PsaStatus }>;
  keyDerivationSetup(operation: KeyDerivationOperation, alg: number): Promise<{ status: PsaStatus }>;
  keyDerivationGetCapacity(operation: Readonly<KeyDerivationOperation>): Promise<{ status: PsaStatus; capacity: number }>;
  keyDerivationSetCapacity(operation: KeyDerivationOperation, capacity: number): Promise<{ status: PsaStatus }>;
  keyDerivationInputBytes(operation: KeyDerivationOperation, step: number, data: Uint8Array): Promise<{ status: PsaStatus }>;
  keyDerivationInputInteger(operation: KeyDerivationOperation, step: number, value: bigint): Promise<{ status: PsaStatus }>;
  keyDerivationInputKey(operation: KeyDerivationOperation, step: number, key: number): Promise<{ status: PsaStatus }>;
  keyDerivationOutputBytes(operation: KeyDerivationOperation, outputLength: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  keyDerivationOutputKey(attributes: Partial<KeyAttributes>, operation: KeyDerivationOperation): Promise<{ status: PsaStatus; key: number }>;
  keyDerivationOutputKeyCustom(attributes: Partial<KeyAttributes>, operation: KeyDerivationOperation, custom: CustomParameters, customData: Uint8Array): Promise<{ status: PsaStatus; key: number }>;
  keyDerivationVerifyBytes(operation: KeyDerivationOperation, expectedOutput: Uint8Array): Promise<{ status: PsaStatus }>;
  keyDerivationVerifyKey(operation: KeyDerivationOperation, expected: number): Promise<{ status: PsaStatus }>;
  keyDerivationAbort(operation: KeyDerivationOperation): Promise<{ status: PsaStatus }>;
  signMessage(key: number, alg: number, input: Uint8Array, signatureSize?: number): Promise<{ status: PsaStatus; signature: Uint8Array }>;
  verifyMessage(key: number, alg: number, input: Uint8Array, signature: Uint8Array): Promise<{ status: PsaStatus }>;
  signHash(key: number, alg: number, hash: Uint8Array, signatureSize?: number): Promise<{ status: PsaStatus; signature: Uint8Array }>;
  verifyHash(key: number, alg: number, hash: Uint8Array, signature: Uint8Array): Promise<{ status: PsaStatus }>;
  signMessageWithContext(key: number, alg: number, input: Uint8Array, context: Uint8Array, signatureSize?: number): Promise<{ status: PsaStatus; signature: Uint8Array }>;
  verifyMessageWithContext(key: number, alg: number, input: Uint8Array, context: Uint8Array, signature: Uint8Array): Promise<{ status: PsaStatus }>;
  signHashWithContext(key: number, alg: number, hash: Uint8Array, context: Uint8Array, signatureSize?: number): Promise<{ status: PsaStatus; signature: Uint8Array }>;
  verifyHashWithContext(key: number, alg: number, hash: Uint8Array, context: Uint8Array, signature: Uint8Array): Promise<{ status: PsaStatus }>;
  signSetup(operation: SignOperation, key: number, alg: number): Promise<{ status: PsaStatus }>;
  signSetContext(operation: SignOperation, context: Uint8Array): Promise<{ status: PsaStatus }>;
  signUpdate(operation: SignOperation, input: Uint8Array): Promise<{ status: PsaStatus }>;
  signFinish(operation: SignOperation, signatureSize?: number): Promise<{ status: PsaStatus; signature: Uint8Array }>;
  signAbort(operation: SignOperation): Promise<{ status: PsaStatus }>;
  verifySetup(operation: VerifyOperation, key: number, alg: number, signature: Uint8Array): Promise<{ status: PsaStatus }>;
  verifySetContext(operation: VerifyOperation, context: Uint8Array): Promise<{ status: PsaStatus }>;
  verifyUpdate(operation: VerifyOperation, input: Uint8Array): Promise<{ status: PsaStatus }>;
  verifyFinish(operation: VerifyOperation): Promise<{ status: PsaStatus }>;
  verifyAbort(operation: VerifyOperation): Promise<{ status: PsaStatus }>;
  asymmetricEncrypt(key: number, alg: number, input: Uint8Array, salt: Uint8Array, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  asymmetricDecrypt(key: number, alg: number, input: Uint8Array, salt: Uint8Array, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  rawKeyAgreement(alg: number, privateKey: number, peerKey: Uint8Array, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  keyDerivationKeyAgreement(operation: KeyDerivationOperation, step: number, privateKey: number, peerKey: Uint8Array): Promise<{ status: PsaStatus }>;
  keyAgreement(privateKey: number, peerKey: Uint8Array, alg: number, attributes: Partial<KeyAttributes>): Promise<{ status: PsaStatus; key: number }>;
  encapsulate(key: number, alg: number, attributes: Partial<KeyAttributes>, ciphertextSize?: number): Promise<{ status: PsaStatus; outputKey: number; ciphertext: Uint8Array }>;
  decapsulate(key: number, alg: number, ciphertext: Uint8Array, attributes: Partial<KeyAttributes>): Promise<{ status: PsaStatus; outputKey: number }>;
  pakeSetup(operation: PakeOperation, passwordKey: number, cipherSuite: CipherSuite): Promise<{ status: PsaStatus }>;
  pakeSetRole(operation: PakeOperation, role: number): Promise<{ status: PsaStatus }>;
  pakeSetUser(operation: PakeOperation, userId: Uint8Array): Promise<{ status: PsaStatus }>;
  pakeSetPeer(operation: PakeOperation, peerId: Uint8Array): Promise<{ status: PsaStatus }>;
  pakeSetContext(operation: PakeOperation, context: Uint8Array): Promise<{ status: PsaStatus }>;
  pakeOutput(operation: PakeOperation, step: number, outputSize?: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  pakeInput(operation: PakeOperation, step: number, input: Uint8Array): Promise<{ status: PsaStatus }>;
  pakeGetSharedKey(operation: PakeOperation, attributes: Partial<KeyAttributes>): Promise<{ status: PsaStatus; key: number }>;
  pakeAbort(operation: PakeOperation): Promise<{ status: PsaStatus }>;
  generateRandom(outputSize: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  xofSetup(operation: XofOperation, alg: number): Promise<{ status: PsaStatus }>;
  xofSetContext(operation: XofOperation, context: Uint8Array): Promise<{ status: PsaStatus }>;
  xofUpdate(operation: XofOperation, input: Uint8Array): Promise<{ status: PsaStatus }>;
  xofOutput(operation: XofOperation, outputLength: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  xofAbort(operation: XofOperation): Promise<{ status: PsaStatus }>;
  wrapKey(wrappingKey: number, alg: number, key: number, dataSize?: number): Promise<{ status: PsaStatus; data: Uint8Array }>;
  unwrapKey(attributes: Partial<KeyAttributes>, wrappingKey: number, alg: number, data: Uint8Array): Promise<{ status: PsaStatus; key: number }>;
  itsSet(uid: bigint, data: Uint8Array, createFlags: number): Promise<{ status: PsaStatus }>;
  itsGet(uid: bigint, dataOffset: number, dataSize?: number): Promise<{ status: PsaStatus; data: Uint8Array }>;
  itsGetInfo(uid: bigint): Promise<{ status: PsaStatus; info: StorageInfo }>;
  itsRemove(uid: bigint): Promise<{ status: PsaStatus }>;
  initialAttestGetToken(authChallenge: Uint8Array, tokenBufSize?: number): Promise<{ status: PsaStatus; tokenBuf: Uint8Array }>;
  initialAttestGetTokenSize(challengeSize: number): Promise<{ status: PsaStatus; tokenSize: number }>;
  readSystemFlash(address: number, outputLength: number): Promise<{ status: PsaStatus; output: Uint8Array }>;
  openKey(key: number): Promise<{ status: PsaStatus; handle: number }>;
  closeKey(handle: number): Promise<{ status: PsaStatus }>;
}

/** The API over any carrier of calls: a device in this process or a connection. */
export const createPsa = (call: Call): Psa => {
  const psa: Psa = {
    async cryptoInit() {
      const o = await call(0x0001, []);
      return { status: status(o) };
    },
    async getKeyAttributes(key: number) {
      const o = await call(0x0101, [key]);
      return { status: status(o), attributes: o[0] === 0 ? attributes(o[1]) : KEY_ATTRIBUTES_INIT };
    },
    async importKey(attributes: Partial<KeyAttributes>, data: Uint8Array) {
      const o = await call(0x0201, [keyAttributes(attributes), data]);
      return { status: status(o), key: o[0] === 0 ? number(o[1]) : 0 };
    },
    async generateKey(attributes: Partial<KeyAttributes>) {
      const o = await call(0x0202, [keyAttributes(attributes)]);
      return { status: status(o), key: o[0] === 0 ? number(o[1]) : 0 };
    },
    async copyKey(sourceKey: number, attributes: Partial<KeyAttributes>) {
      const o = await call(0x0203, [sourceKey, keyAttributes(attributes)]);
      return { status: status(o), targetKey: o[0] === 0 ? number(o[1]) : 0 };
    },
    async destroyKey(key: number) {
      const o = await call(0x0204, [key]);
      return { status: status(o) };
    },
    async purgeKey(key: number) {
      const o = await call(0x0205, [key]);
      return { status: status(o) };
    },
    async exportKey(key: number, dataSize = UNBOUNDED) {
      const o = await call(0x0206, [key, dataSize]);
      return { status: status(o), data: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async exportPublicKey(key: number, dataSize = UNBOUNDED) {
      const o = await call(0x0207, [key, dataSize]);
      return { status: status(o), data: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async generateKeyCustom(attributes: Partial<KeyAttributes>, custom: CustomParameters, customData: Uint8Array) {
      const o = await call(0x0208, [keyAttributes(attributes), custom, customData]);
      return { status: status(o), key: o[0] === 0 ? number(o[1]) : 0 };
    },
    async attachKey(attributes: Partial<KeyAttributes>, label: Uint8Array) {
      const o = await call(0x0209, [keyAttributes(attributes), label]);
      return { status: status(o), key: o[0] === 0 ? number(o[1]) : 0 };
    },
    async checkKeyUsage(key: number, alg: number, usage: number) {
      const o = await call(0x020a, [key, alg, usage]);
      return { status: status(o) };
    },
    async hashCompute(alg: number, input: Uint8Array, hashSize = UNBOUNDED) {
      const o = await call(0x0301, [alg, input, hashSize]);
      return { status: status(o), hash: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async hashCompare(alg: number, input: Uint8Array, hash: Uint8Array) {
      const o = await call(0x0302, [alg, input, hash]);
      return { status: status(o) };
    },
    async hashSetup(operation: HashOperation, alg: number) {
      const o = await call(0x0304, [operation.handle, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async hashUpdate(operation: HashOperation, input: Uint8Array) {
      const o = await call(0x0305, [operation.handle, input]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async hashFinish(operation: HashOperation, hashSize = UNBOUNDED) {
      const o = await call(0x0306, [operation.handle, hashSize]);
      operation.handle = number(o[1]);
      return { status: status(o), hash: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async hashVerify(operation: HashOperation, hash: Uint8Array) {
      const o = await call(0x0307, [operation.handle, hash]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async hashAbort(operation: HashOperation) {
      const o = await call(0x0308, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async hashSuspend(operation: HashOperation, hashStateSize = UNBOUNDED) {
      const o = await call(0x0309, [operation.handle, hashStateSize]);
      operation.handle = number(o[1]);
      return { status: status(o), hashState: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async hashResume(operation: HashOperation, hashState: Uint8Array) {
      const o = await call(0x030a, [operation.handle, hashState]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async hashClone(sourceOperation: Readonly<HashOperation>, targetOperation: HashOperation) {
      const o = await call(0x030b, [sourceOperation.handle, targetOperation.handle]);
      targetOperation.handle = number(o[1]);
      return { status: status(o) };
    },
    async macCompute(key: number, alg: number, input: Uint8Array, macSize = UNBOUNDED) {
      const o = await call(0x0401, [key, alg, input, macSize]);
      return { status: status(o), mac: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async macVerify(key: number, alg: number, input: Uint8Array, mac: Uint8Array) {
      const o = await call(0x0402, [key, alg, input, mac]);
      return { status: status(o) };
    },
    async macSignSetup(operation: MacOperation, key: number, alg: number) {
      const o = await call(0x0404, [operation.handle, key, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async macVerifySetup(operation: MacOperation, key: number, alg: number) {
      const o = await call(0x0405, [operation.handle, key, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async macUpdate(operation: MacOperation, input: Uint8Array) {
      const o = await call(0x0406, [operation.handle, input]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async macSignFinish(operation: MacOperation, macSize = UNBOUNDED) {
      const o = await call(0x0407, [operation.handle, macSize]);
      operation.handle = number(o[1]);
      return { status: status(o), mac: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async macVerifyFinish(operation: MacOperation, mac: Uint8Array) {
      const o = await call(0x0408, [operation.handle, mac]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async macAbort(operation: MacOperation) {
      const o = await call(0x0409, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async cipherEncrypt(key: number, alg: number, input: Uint8Array, outputSize = UNBOUNDED) {
      const o = await call(0x0501, [key, alg, input, outputSize]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async cipherDecrypt(key: number, alg: number, input: Uint8Array, outputSize = UNBOUNDED) {
      const o = await call(0x0502, [key, alg, input, outputSize]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async cipherEncryptSetup(operation: CipherOperation, key: number, alg: number) {
      const o = await call(0x0504, [operation.handle, key, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async cipherDecryptSetup(operation: CipherOperation, key: number, alg: number) {
      const o = await call(0x0505, [operation.handle, key, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async cipherGenerateIv(operation: CipherOperation, ivSize = UNBOUNDED) {
      const o = await call(0x0506, [operation.handle, ivSize]);
      operation.handle = number(o[1]);
      return { status: status(o), iv: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async cipherSetIv(operation: CipherOperation, iv: Uint8Array) {
      const o = await call(0x0507, [operation.handle, iv]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async cipherUpdate(operation: CipherOperation, input: Uint8Array, outputSize = UNBOUNDED) {
      const o = await call(0x0508, [operation.handle, input, outputSize]);
      operation.handle = number(o[1]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async cipherFinish(operation: CipherOperation, outputSize = UNBOUNDED) {
      const o = await call(0x0509, [operation.handle, outputSize]);
      operation.handle = number(o[1]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async cipherAbort(operation: CipherOperation) {
      const o = await call(0x050a, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async aeadEncrypt(key: number, alg: number, nonce: Uint8Array, additionalData: Uint8Array, plaintext: Uint8Array, ciphertextSize = UNBOUNDED) {
      const o = await call(0x0601, [key, alg, nonce, additionalData, plaintext, ciphertextSize]);
      return { status: status(o), ciphertext: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async aeadDecrypt(key: number, alg: number, nonce: Uint8Array, additionalData: Uint8Array, ciphertext: Uint8Array, plaintextSize = UNBOUNDED) {
      const o = await call(0x0602, [key, alg, nonce, additionalData, ciphertext, plaintextSize]);
      return { status: status(o), plaintext: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async aeadEncryptSetup(operation: AeadOperation, key: number, alg: number) {
      const o = await call(0x0604, [operation.handle, key, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async aeadDecryptSetup(operation: AeadOperation, key: number, alg: number) {
      const o = await call(0x0605, [operation.handle, key, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async aeadSetLengths(operation: AeadOperation, adLength: number, plaintextLength: number) {
      const o = await call(0x0606, [operation.handle, adLength, plaintextLength]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async aeadGenerateNonce(operation: AeadOperation, nonceSize = UNBOUNDED) {
      const o = await call(0x0607, [operation.handle, nonceSize]);
      operation.handle = number(o[1]);
      return { status: status(o), nonce: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async aeadSetNonce(operation: AeadOperation, nonce: Uint8Array) {
      const o = await call(0x0608, [operation.handle, nonce]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async aeadUpdateAd(operation: AeadOperation, input: Uint8Array) {
      const o = await call(0x0609, [operation.handle, input]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async aeadUpdate(operation: AeadOperation, input: Uint8Array, outputSize = UNBOUNDED) {
      const o = await call(0x060a, [operation.handle, input, outputSize]);
      operation.handle = number(o[1]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async aeadFinish(operation: AeadOperation, ciphertextSize = UNBOUNDED, tagSize = UNBOUNDED) {
      const o = await call(0x060b, [operation.handle, ciphertextSize, tagSize]);
      operation.handle = number(o[1]);
      return { status: status(o), ciphertext: o[0] === 0 ? bytes(o[2]) : NOTHING, tag: o[0] === 0 ? bytes(o[3]) : NOTHING };
    },
    async aeadVerify(operation: AeadOperation, tag: Uint8Array, plaintextSize = UNBOUNDED) {
      const o = await call(0x060c, [operation.handle, plaintextSize, tag]);
      operation.handle = number(o[1]);
      return { status: status(o), plaintext: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async aeadAbort(operation: AeadOperation) {
      const o = await call(0x060d, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyDerivationSetup(operation: KeyDerivationOperation, alg: number) {
      const o = await call(0x0702, [operation.handle, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyDerivationGetCapacity(operation: Readonly<KeyDerivationOperation>) {
      const o = await call(0x0703, [operation.handle]);
      return { status: status(o), capacity: o[0] === 0 ? number(o[1]) : 0 };
    },
    async keyDerivationSetCapacity(operation: KeyDerivationOperation, capacity: number) {
      const o = await call(0x0704, [operation.handle, capacity]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyDerivationInputBytes(operation: KeyDerivationOperation, step: number, data: Uint8Array) {
      const o = await call(0x0705, [operation.handle, step, data]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyDerivationInputInteger(operation: KeyDerivationOperation, step: number, value: bigint) {
      const o = await call(0x0706, [operation.handle, step, value]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyDerivationInputKey(operation: KeyDerivationOperation, step: number, key: number) {
      const o = await call(0x0707, [operation.handle, step, key]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyDerivationOutputBytes(operation: KeyDerivationOperation, outputLength: number) {
      const o = await call(0x0708, [operation.handle, outputLength]);
      operation.handle = number(o[1]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async keyDerivationOutputKey(attributes: Partial<KeyAttributes>, operation: KeyDerivationOperation) {
      const o = await call(0x0709, [keyAttributes(attributes), operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o), key: o[0] === 0 ? number(o[2]) : 0 };
    },
    async keyDerivationOutputKeyCustom(attributes: Partial<KeyAttributes>, operation: KeyDerivationOperation, custom: CustomParameters, customData: Uint8Array) {
      const o = await call(0x070a, [keyAttributes(attributes), operation.handle, custom, customData]);
      operation.handle = number(o[1]);
      return { status: status(o), key: o[0] === 0 ? number(o[2]) : 0 };
    },
    async keyDerivationVerifyBytes(operation: KeyDerivationOperation, expectedOutput: Uint8Array) {
      const o = await call(0x070b, [operation.handle, expectedOutput]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyDerivationVerifyKey(operation: KeyDerivationOperation, expected: number) {
      const o = await call(0x070c, [operation.handle, expected]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyDerivationAbort(operation: KeyDerivationOperation) {
      const o = await call(0x070d, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async signMessage(key: number, alg: number, input: Uint8Array, signatureSize = UNBOUNDED) {
      const o = await call(0x0801, [key, alg, input, signatureSize]);
      return { status: status(o), signature: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async verifyMessage(key: number, alg: number, input: Uint8Array, signature: Uint8Array) {
      const o = await call(0x0802, [key, alg, input, signature]);
      return { status: status(o) };
    },
    async signHash(key: number, alg: number, hash: Uint8Array, signatureSize = UNBOUNDED) {
      const o = await call(0x0803, [key, alg, hash, signatureSize]);
      return { status: status(o), signature: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async verifyHash(key: number, alg: number, hash: Uint8Array, signature: Uint8Array) {
      const o = await call(0x0804, [key, alg, hash, signature]);
      return { status: status(o) };
    },
    async signMessageWithContext(key: number, alg: number, input: Uint8Array, context: Uint8Array, signatureSize = UNBOUNDED) {
      const o = await call(0x0805, [key, alg, input, context, signatureSize]);
      return { status: status(o), signature: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async verifyMessageWithContext(key: number, alg: number, input: Uint8Array, context: Uint8Array, signature: Uint8Array) {
      const o = await call(0x0806, [key, alg, input, context, signature]);
      return { status: status(o) };
    },
    async signHashWithContext(key: number, alg: number, hash: Uint8Array, context: Uint8Array, signatureSize = UNBOUNDED) {
      const o = await call(0x0807, [key, alg, hash, context, signatureSize]);
      return { status: status(o), signature: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async verifyHashWithContext(key: number, alg: number, hash: Uint8Array, context: Uint8Array, signature: Uint8Array) {
      const o = await call(0x0808, [key, alg, hash, context, signature]);
      return { status: status(o) };
    },
    async signSetup(operation: SignOperation, key: number, alg: number) {
      const o = await call(0x080a, [operation.handle, key, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async signSetContext(operation: SignOperation, context: Uint8Array) {
      const o = await call(0x080b, [operation.handle, context]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async signUpdate(operation: SignOperation, input: Uint8Array) {
      const o = await call(0x080c, [operation.handle, input]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async signFinish(operation: SignOperation, signatureSize = UNBOUNDED) {
      const o = await call(0x080d, [operation.handle, signatureSize]);
      operation.handle = number(o[1]);
      return { status: status(o), signature: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async signAbort(operation: SignOperation) {
      const o = await call(0x080e, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async verifySetup(operation: VerifyOperation, key: number, alg: number, signature: Uint8Array) {
      const o = await call(0x0810, [operation.handle, key, alg, signature]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async verifySetContext(operation: VerifyOperation, context: Uint8Array) {
      const o = await call(0x0811, [operation.handle, context]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async verifyUpdate(operation: VerifyOperation, input: Uint8Array) {
      const o = await call(0x0812, [operation.handle, input]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async verifyFinish(operation: VerifyOperation) {
      const o = await call(0x0813, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async verifyAbort(operation: VerifyOperation) {
      const o = await call(0x0814, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async asymmetricEncrypt(key: number, alg: number, input: Uint8Array, salt: Uint8Array, outputSize = UNBOUNDED) {
      const o = await call(0x0901, [key, alg, input, salt, outputSize]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async asymmetricDecrypt(key: number, alg: number, input: Uint8Array, salt: Uint8Array, outputSize = UNBOUNDED) {
      const o = await call(0x0902, [key, alg, input, salt, outputSize]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async rawKeyAgreement(alg: number, privateKey: number, peerKey: Uint8Array, outputSize = UNBOUNDED) {
      const o = await call(0x0a01, [alg, privateKey, peerKey, outputSize]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async keyDerivationKeyAgreement(operation: KeyDerivationOperation, step: number, privateKey: number, peerKey: Uint8Array) {
      const o = await call(0x0a02, [operation.handle, step, privateKey, peerKey]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async keyAgreement(privateKey: number, peerKey: Uint8Array, alg: number, attributes: Partial<KeyAttributes>) {
      const o = await call(0x0a03, [privateKey, peerKey, alg, keyAttributes(attributes)]);
      return { status: status(o), key: o[0] === 0 ? number(o[1]) : 0 };
    },
    async encapsulate(key: number, alg: number, attributes: Partial<KeyAttributes>, ciphertextSize = UNBOUNDED) {
      const o = await call(0x0b01, [key, alg, keyAttributes(attributes), ciphertextSize]);
      return { status: status(o), outputKey: o[0] === 0 ? number(o[1]) : 0, ciphertext: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async decapsulate(key: number, alg: number, ciphertext: Uint8Array, attributes: Partial<KeyAttributes>) {
      const o = await call(0x0b02, [key, alg, ciphertext, keyAttributes(attributes)]);
      return { status: status(o), outputKey: o[0] === 0 ? number(o[1]) : 0 };
    },
    async pakeSetup(operation: PakeOperation, passwordKey: number, cipherSuite: CipherSuite) {
      const o = await call(0x0c09, [operation.handle, passwordKey, cipherSuite]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async pakeSetRole(operation: PakeOperation, role: number) {
      const o = await call(0x0c0a, [operation.handle, role]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async pakeSetUser(operation: PakeOperation, userId: Uint8Array) {
      const o = await call(0x0c0b, [operation.handle, userId]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async pakeSetPeer(operation: PakeOperation, peerId: Uint8Array) {
      const o = await call(0x0c0c, [operation.handle, peerId]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async pakeSetContext(operation: PakeOperation, context: Uint8Array) {
      const o = await call(0x0c0d, [operation.handle, context]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async pakeOutput(operation: PakeOperation, step: number, outputSize = UNBOUNDED) {
      const o = await call(0x0c0e, [operation.handle, step, outputSize]);
      operation.handle = number(o[1]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async pakeInput(operation: PakeOperation, step: number, input: Uint8Array) {
      const o = await call(0x0c0f, [operation.handle, step, input]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async pakeGetSharedKey(operation: PakeOperation, attributes: Partial<KeyAttributes>) {
      const o = await call(0x0c10, [operation.handle, keyAttributes(attributes)]);
      operation.handle = number(o[1]);
      return { status: status(o), key: o[0] === 0 ? number(o[2]) : 0 };
    },
    async pakeAbort(operation: PakeOperation) {
      const o = await call(0x0c11, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async generateRandom(outputSize: number) {
      const o = await call(0x0d01, [outputSize]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async xofSetup(operation: XofOperation, alg: number) {
      const o = await call(0x0e02, [operation.handle, alg]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async xofSetContext(operation: XofOperation, context: Uint8Array) {
      const o = await call(0x0e03, [operation.handle, context]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async xofUpdate(operation: XofOperation, input: Uint8Array) {
      const o = await call(0x0e04, [operation.handle, input]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async xofOutput(operation: XofOperation, outputLength: number) {
      const o = await call(0x0e05, [operation.handle, outputLength]);
      operation.handle = number(o[1]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[2]) : NOTHING };
    },
    async xofAbort(operation: XofOperation) {
      const o = await call(0x0e06, [operation.handle]);
      operation.handle = number(o[1]);
      return { status: status(o) };
    },
    async wrapKey(wrappingKey: number, alg: number, key: number, dataSize = UNBOUNDED) {
      const o = await call(0x0f01, [wrappingKey, alg, key, dataSize]);
      return { status: status(o), data: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async unwrapKey(attributes: Partial<KeyAttributes>, wrappingKey: number, alg: number, data: Uint8Array) {
      const o = await call(0x0f02, [keyAttributes(attributes), wrappingKey, alg, data]);
      return { status: status(o), key: o[0] === 0 ? number(o[1]) : 0 };
    },
    async itsSet(uid: bigint, data: Uint8Array, createFlags: number) {
      const o = await call(0x4001, [uid, data, createFlags]);
      return { status: status(o) };
    },
    async itsGet(uid: bigint, dataOffset: number, dataSize = UNBOUNDED) {
      const o = await call(0x4002, [uid, dataOffset, dataSize]);
      return { status: status(o), data: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async itsGetInfo(uid: bigint) {
      const o = await call(0x4003, [uid]);
      return { status: status(o), info: o[0] === 0 ? storageInfo(o[1]) : STORAGE_INFO_INIT };
    },
    async itsRemove(uid: bigint) {
      const o = await call(0x4004, [uid]);
      return { status: status(o) };
    },
    async initialAttestGetToken(authChallenge: Uint8Array, tokenBufSize = UNBOUNDED) {
      const o = await call(0x4101, [authChallenge, tokenBufSize]);
      return { status: status(o), tokenBuf: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async initialAttestGetTokenSize(challengeSize: number) {
      const o = await call(0x4102, [challengeSize]);
      return { status: status(o), tokenSize: o[0] === 0 ? number(o[1]) : 0 };
    },
    async readSystemFlash(address: number, outputLength: number) {
      const o = await call(0x5001, [address, outputLength]);
      return { status: status(o), output: o[0] === 0 ? bytes(o[1]) : NOTHING };
    },
    async openKey(key: number) {
      const o = await call(0x4501, [key]);
      return { status: status(o), handle: o[0] === 0 ? number(o[1]) : 0 };
    },
    async closeKey(handle: number) {
      const o = await call(0x4502, [handle]);
      return { status: status(o) };
    },
  };
  return psa;
};
