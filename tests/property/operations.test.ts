/** Random sequences of calls on multi-part operations: nothing succeeds that the specification does not allow. */

import { describe, it } from 'vitest';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM,
  PSA_ALG_CTR,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_SHA_256,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
} from '../../psa-api/constants.ts';
import { openForTest } from '../support/device.ts';
import { SEED } from '../support/generator.ts';
import { aesKey, deriveKey, hmacKey } from '../support/keys.ts';
import { holds } from './model.ts';
import { aeadModel } from './models/aead.ts';
import { cipherModel } from './models/cipher.ts';
import { hashModel } from './models/hash.ts';
import { derivationModel } from './models/key-derivation.ts';
import { macModel } from './models/mac.ts';

describe(`random calls on two operations, seed ${SEED}`, () => {
  it('of hashes', async () => {
    await holds(await openForTest(), hashModel());
  });

  it('of MACs', async () => {
    const bench = await openForTest();
    await holds(bench, macModel(await hmacKey(bench.psa, PSA_ALG_HMAC(PSA_ALG_SHA_256))));
  });

  it('of ciphers', async () => {
    const bench = await openForTest();
    const keys = new Map<number, number>();
    for (const alg of [PSA_ALG_ECB_NO_PADDING, PSA_ALG_CBC_NO_PADDING, PSA_ALG_CBC_PKCS7, PSA_ALG_CTR])
      keys.set(alg, await aesKey(bench.psa, alg));
    await holds(bench, cipherModel(keys));
  });

  it('of AEAD', async () => {
    const bench = await openForTest();
    const keys = new Map<number, number>();
    for (const alg of [PSA_ALG_GCM, PSA_ALG_CCM]) keys.set(alg, await aesKey(bench.psa, alg));
    await holds(bench, aeadModel(keys));
  });

  it('of key derivations', async () => {
    const bench = await openForTest();
    const alg = PSA_ALG_HKDF(PSA_ALG_SHA_256);
    const key = await deriveKey(bench.psa, alg);
    const usage = PSA_KEY_USAGE_VERIFY_DERIVATION;
    await holds(bench, derivationModel(key, await deriveKey(bench.psa, alg, { usage })));
  });
});
