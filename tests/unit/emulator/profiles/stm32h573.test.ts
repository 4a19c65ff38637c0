/** The device's limits and quirks, each by its fact: where it differs from what the specification leaves open or asks. */
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CTR,
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA3_256,
  PSA_ALG_STREAM_CIPHER,
  PSA_ECC_FAMILY_SECP_K1,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
} from '../../../../psa-api/constants.ts';
import {
  aeadOperationInit,
  cipherOperationInit,
  hashOperationInit,
  keyDerivationOperationInit,
} from '../../../../psa-api/generated/psa.ts';
import { onBothCarriers, openForTest } from '../../../support/device.ts';
import { AES_KEY, ALL_USAGE, aesKey, hmacKey, p256Pair, RSA_PAIR } from '../../../support/keys.ts';
import { must, named } from '../../../support/status.ts';

const SM_1_1 = { profile: 'stm32h573-sm-1.1', init: false };
const SM_1_2 = { profile: 'stm32h573-sm-1.2', init: false };
const zeros = (length: number) => new Uint8Array(length);

/** What is left of 16 KiB for the inputs and outputs of a call. */
const AREA = 16 * 1024 - 8 - 48 - 44;

onBothCarriers((carrier, open) => {
  describe(`the Secure Manager, ${carrier}`, () => {
    it('is up without psa_crypto_init', async () => {
      const { psa } = await open(SM_1_2);
      expect(await named(psa.generateRandom(8))).toBe('SUCCESS');
    });

    it('has no room for a ninth operation: NOT_PERMITTED, whatever the family', async () => {
      const { psa } = await open(SM_1_2);
      const key = await aesKey(psa, PSA_ALG_CBC_NO_PADDING);
      const hashes = Array.from({ length: 7 }, hashOperationInit);
      for (const operation of hashes) await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      const cipher = cipherOperationInit();
      await must(psa.cipherEncryptSetup(cipher, key, PSA_ALG_CBC_NO_PADDING));
      const ninth = keyDerivationOperationInit();
      expect(await named(psa.keyDerivationSetup(ninth, PSA_ALG_HMAC(PSA_ALG_SHA_256)))).not.toBe('SUCCESS');
      expect(await named(psa.hashSetup(hashOperationInit(), PSA_ALG_SHA_256))).toBe('NOT_PERMITTED');
      await must(psa.cipherAbort(cipher));
      expect(await named(psa.hashSetup(hashOperationInit(), PSA_ALG_SHA_256))).toBe('SUCCESS');
    });

    it('counts the operations of all its clients', async () => {
      const { psa, another } = await open(SM_1_2);
      for (let i = 0; i < 8; i++) await must(psa.hashSetup(hashOperationInit(), PSA_ALG_SHA_256));
      const { psa: other } = await another({ owner: 7, init: false });
      expect(await named(other.hashSetup(hashOperationInit(), PSA_ALG_SHA_256))).toBe('NOT_PERMITTED');
    });

    it('keeps the place of a failed operation until it is aborted', async () => {
      const { psa, device } = await open(SM_1_2);
      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      const { handle } = operation;
      expect(await named(psa.hashFinish(operation, 31))).toBe('BUFFER_TOO_SMALL');
      expect(operation.handle).toBe(handle);
      expect(device.status().operations).toMatchObject([{ handle, failed: true }]);
      expect(await named(psa.hashUpdate(operation, zeros(1)))).toBe('BAD_STATE');
      expect(await named(psa.hashSetup(operation, PSA_ALG_SHA_256))).toBe('BAD_STATE');
      await must(psa.hashAbort(operation));
      expect(operation.handle).toBe(0);
      expect(device.status().operations).toEqual([]);
    });

    it('frees the place of an operation whose setup failed', async () => {
      const { psa, device } = await open(SM_1_2);
      const operation = hashOperationInit();
      expect(await named(psa.hashSetup(operation, PSA_ALG_SHA3_256))).toBe('NOT_SUPPORTED');
      expect([operation.handle, device.status().operations]).toEqual([0, []]);
    });

    it('leaves an active operation alone when setup is called on it', async () => {
      const { psa } = await open(SM_1_2);
      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      expect(await named(psa.hashSetup(operation, PSA_ALG_SHA_256))).toBe('BAD_STATE');
      expect(await named(psa.hashFinish(operation))).toBe('SUCCESS');
    });

    it('gives the handle of an ended operation to the next one: a stale copy names that', async () => {
      const { psa } = await open(SM_1_2);
      const first = hashOperationInit();
      await must(psa.hashSetup(first, PSA_ALG_SHA_256));
      const copy = { ...first };
      await must(psa.hashFinish(first));
      expect(await named(psa.hashUpdate(copy, zeros(1)))).toBe('BAD_STATE');
      const second = hashOperationInit();
      await must(psa.hashSetup(second, PSA_ALG_SHA_256));
      expect(second.handle).toBe(copy.handle);
      expect(await named(psa.hashUpdate(copy, zeros(1)))).toBe('SUCCESS');
    });

    it('keeps the handles of one owner from another', async () => {
      const { psa, another } = await open(SM_1_2);
      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      const { psa: other } = await another({ owner: 7, init: false });
      const stolen = { ...operation };
      expect(await named(other.hashUpdate(stolen, zeros(1)))).toBe('BAD_STATE');
      expect(await named(psa.hashFinish(operation))).toBe('SUCCESS');
    });

    it('clones into an inactive operation alone, and leaves an active target as it is', async () => {
      const { psa } = await open(SM_1_2);
      const [source, target] = [hashOperationInit(), hashOperationInit()];
      await must(psa.hashSetup(source, PSA_ALG_SHA_256));
      await must(psa.hashSetup(target, PSA_ALG_SHA_256));
      expect(await named(psa.hashClone(source, target))).toBe('BAD_STATE');
      expect(await named(psa.hashFinish(target))).toBe('SUCCESS');
    });

    it('has room for 32 volatile keys, and gives the id of a destroyed one again', async () => {
      const { psa } = await open(SM_1_2);
      const keys: number[] = [];
      for (let i = 0; i < 32; i++) keys.push(await aesKey(psa, PSA_ALG_GCM));
      expect(keys[0]).toBe(0x7fffffe0);
      expect(keys.at(-1)).toBe(0x7fffffff);
      const attributes = { type: PSA_KEY_TYPE_AES, alg: PSA_ALG_GCM, usage: ALL_USAGE };
      expect(await named(psa.importKey(attributes, AES_KEY))).toBe('INSUFFICIENT_MEMORY');
      await must(psa.destroyKey(keys[5] ?? 0));
      expect(await aesKey(psa, PSA_ALG_GCM)).toBe(keys[5]);
    });

    it('takes a call up to the size of the shared area, declared rooms included', async () => {
      const { psa } = await open(SM_1_2);
      expect(await named(psa.generateRandom(AREA))).toBe('SUCCESS');
      expect(await named(psa.generateRandom(AREA + 1))).toBe('INSUFFICIENT_MEMORY');
      const half = zeros(8000);
      expect(await named(psa.hashCompute(PSA_ALG_SHA_256, half, AREA - 8000))).toBe('SUCCESS');
      expect(await named(psa.hashCompute(PSA_ALG_SHA_256, half, AREA - 7999))).toBe('INSUFFICIENT_MEMORY');
    });

    it('refuses a one-shot AES-GCM of 16 KiB, and 8 KiB with a room as large as the area allows', async () => {
      const { psa } = await open(SM_1_2);
      const key = await aesKey(psa, PSA_ALG_GCM);
      const seal = (length: number, room = length + 16) =>
        named(psa.aeadEncrypt(key, PSA_ALG_GCM, zeros(12), zeros(0), zeros(length), room));
      expect(await seal(16_384)).toBe('INSUFFICIENT_MEMORY');
      expect(await seal(8_000)).toBe('SUCCESS');
      expect(await seal(8_134)).toBe('SUCCESS');
      expect(await seal(8_135)).toBe('INSUFFICIENT_MEMORY');
    });

    it('keeps an operation whose call did not fit into the area', async () => {
      const { psa } = await open(SM_1_2);
      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      expect(await named(psa.hashUpdate(operation, zeros(AREA)))).toBe('INSUFFICIENT_MEMORY');
      expect(await named(psa.hashUpdate(operation, zeros(AREA - 4)))).toBe('SUCCESS');
    });

    it('counts the room of psa_cipher_finish twice, which goes both ways', async () => {
      const { psa } = await open(SM_1_2);
      const key = await aesKey(psa, PSA_ALG_CBC_NO_PADDING);
      const start = async () => {
        const operation = cipherOperationInit();
        await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_NO_PADDING));
        await must(psa.cipherSetIv(operation, zeros(16)));
        return operation;
      };
      expect(await named(psa.cipherFinish(await start(), 8_200))).toBe('INSUFFICIENT_MEMORY');
      expect(await named(psa.cipherFinish(await start(), 8_000))).toBe('SUCCESS');
    });

    it('takes nonces up to 16 bytes: the field of the descriptor', async () => {
      const { psa } = await open(SM_1_2);
      const key = await aesKey(psa, PSA_ALG_GCM);
      const seal = (nonce: number) =>
        named(psa.aeadEncrypt(key, PSA_ALG_GCM, zeros(nonce), zeros(0), zeros(4), 20));
      expect(await seal(16)).toBe('SUCCESS');
      expect(await seal(17)).toBe('INVALID_ARGUMENT');
    });

    it('takes a whole block for the IV of CTR and nothing shorter', async () => {
      const { psa } = await open(SM_1_2);
      const key = await aesKey(psa, PSA_ALG_CTR);
      const operation = cipherOperationInit();
      await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CTR));
      expect(await named(psa.cipherSetIv(operation, zeros(12)))).toBe('INVALID_ARGUMENT');
      await must(psa.cipherAbort(operation));
      await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CTR));
      expect(await named(psa.cipherSetIv(operation, zeros(16)))).toBe('SUCCESS');
    });

    it('has multi-part AEAD from API 2.2.1 on; before, each of its calls is NOT_SUPPORTED', async () => {
      const { psa } = await open(SM_1_2);
      const operation = aeadOperationInit();
      await must(psa.aeadEncryptSetup(operation, await aesKey(psa, PSA_ALG_GCM), PSA_ALG_GCM));
      expect((await must(psa.aeadGenerateNonce(operation, 16))).nonce).toHaveLength(12);

      const { psa: old } = await openForTest(SM_1_1);
      const key = await aesKey(old, PSA_ALG_GCM);
      expect(await named(old.aeadEncryptSetup(aeadOperationInit(), key, PSA_ALG_GCM))).toBe('NOT_SUPPORTED');
      expect(await named(old.aeadAbort(aeadOperationInit()))).toBe('NOT_SUPPORTED');
      expect(await named(old.aeadEncrypt(key, PSA_ALG_GCM, zeros(12), zeros(0), zeros(4), 20))).toBe(
        'SUCCESS',
      );
    });

    it('answers NOT_SUPPORTED for functions that its client has no code for', async () => {
      const { psa, device } = await open(SM_1_2);
      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      expect(await named(psa.hashSuspend(operation))).toBe('NOT_SUPPORTED');
      expect(await named(psa.hashFinish(operation))).toBe('SUCCESS');
      const missing = device
        .capabilities()
        .functions.filter(({ implemented }) => !implemented)
        .map(({ name }) => name);
      expect(missing).toEqual(
        expect.arrayContaining([
          'psa_key_derivation_input_integer',
          'psa_key_derivation_verify_bytes',
          'psa_key_agreement',
          'psa_pake_setup',
          'psa_sign_setup',
          'psa_wrap_key',
        ]),
      );
      expect(missing).not.toContain('psa_aead_encrypt_setup');
      expect(missing).not.toContain('psa_sign_message');
    });

    it('answers NOT_SUPPORTED for algorithms, key types and sizes that it has not', async () => {
      const { psa } = await open(SM_1_2);
      expect(await named(psa.hashCompute(PSA_ALG_SHA3_256, zeros(1)))).toBe('NOT_SUPPORTED');
      const create = (type: number, data: Uint8Array, alg = 0) =>
        named(psa.importKey({ type, alg, usage: ALL_USAGE }, data));
      expect(await create(PSA_KEY_TYPE_AES, zeros(24))).toBe('NOT_SUPPORTED');
      expect(await create(PSA_KEY_TYPE_AES, zeros(32))).toBe('SUCCESS');
      expect(await create(PSA_KEY_TYPE_RSA_KEY_PAIR, RSA_PAIR)).toBe('NOT_SUPPORTED');
      expect(await create(PSA_KEY_TYPE_CHACHA20, zeros(32), PSA_ALG_STREAM_CIPHER)).toBe('NOT_SUPPORTED');
      const koblitz = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_K1);
      expect(await named(psa.generateKey({ type: koblitz, bits: 256 }))).toBe('NOT_SUPPORTED');
    });

    it('says NOT_PERMITTED before NOT_SUPPORTED: the policy is looked at first', async () => {
      const { psa } = await open(SM_1_2);
      const sha3 = PSA_ALG_HMAC(PSA_ALG_SHA3_256);
      const other = await hmacKey(psa, PSA_ALG_HMAC(PSA_ALG_SHA_256));
      expect(await named(psa.macCompute(other, sha3, zeros(1)))).toBe('NOT_PERMITTED');
      const own = await hmacKey(psa, sha3);
      expect(await named(psa.macCompute(own, sha3, zeros(1)))).toBe('NOT_SUPPORTED');
      const pair = await p256Pair(psa, PSA_ALG_ECDSA(PSA_ALG_SHA3_256));
      expect(await named(psa.signHash(pair, PSA_ALG_ECDSA(PSA_ALG_SHA3_256), zeros(32)))).toBe(
        'NOT_SUPPORTED',
      );
    });
  });
});
