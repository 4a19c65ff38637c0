/** AES in the modes of SP 800-38A, DES and triple DES: published answers through the PSA Crypto API. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CFB,
  PSA_ALG_CTR,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_OFB,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { cipherOperationInit } from '../../psa-api/generated/psa.ts';
import { ascii, hex, join, NOTHING, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const AES_128 = '2b7e151628aed2a6abf7158809cf4f3c';
const AES_192 = '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b';
const AES_256 = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';
const BLOCKS = unhex(`6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
                      30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710`);

const IV = unhex('000102030405060708090a0b0c0d0e0f');
const COUNTER = unhex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');

/** SP 800-38A, appendix F. */
const MODES: readonly (readonly [
  name: string,
  alg: number,
  key: string,
  iv: Uint8Array | undefined,
  ciphertext: string,
])[] = [
  [
    'F.1.1 ECB-AES128',
    PSA_ALG_ECB_NO_PADDING,
    AES_128,
    undefined,
    `3ad77bb40d7a3660a89ecaf32466ef97 f5d3d58503b9699de785895a96fdbaaf
     43b1cd7f598ece23881b00e3ed030688 7b0c785e27e8ad3f8223207104725dd4`,
  ],
  [
    'F.1.3 ECB-AES192',
    PSA_ALG_ECB_NO_PADDING,
    AES_192,
    undefined,
    `bd334f1d6e45f25ff712a214571fa5cc 974104846d0ad3ad7734ecb3ecee4eef
     ef7afd2270e2e60adce0ba2face6444e 9a4b41ba738d6c72fb16691603c18e0e`,
  ],
  [
    'F.1.5 ECB-AES256',
    PSA_ALG_ECB_NO_PADDING,
    AES_256,
    undefined,
    `f3eed1bdb5d2a03c064b5a7e3db181f8 591ccb10d410ed26dc5ba74a31362870
     b6ed21b99ca6f4f9f153e7b1beafed1d 23304b7a39f9f3ff067d8d8f9e24ecc7`,
  ],
  [
    'F.2.1 CBC-AES128',
    PSA_ALG_CBC_NO_PADDING,
    AES_128,
    IV,
    `7649abac8119b246cee98e9b12e9197d 5086cb9b507219ee95db113a917678b2
     73bed6b8e3c1743b7116e69e22229516 3ff1caa1681fac09120eca307586e1a7`,
  ],
  [
    'F.2.3 CBC-AES192',
    PSA_ALG_CBC_NO_PADDING,
    AES_192,
    IV,
    `4f021db243bc633d7178183a9fa071e8 b4d9ada9ad7dedf4e5e738763f69145a
     571b242012fb7ae07fa9baac3df102e0 08b0e27988598881d920a9e64f5615cd`,
  ],
  [
    'F.2.5 CBC-AES256',
    PSA_ALG_CBC_NO_PADDING,
    AES_256,
    IV,
    `f58c4c04d6e5f1ba779eabfb5f7bfbd6 9cfc4e967edb808d679f777bc6702c7d
     39f23369a9d9bacfa530e26304231461 b2eb05e2c39be9fcda6c19078c6a9d1b`,
  ],
  [
    'F.3.13 CFB128-AES128',
    PSA_ALG_CFB,
    AES_128,
    IV,
    `3b3fd92eb72dad20333449f8e83cfb4a c8a64537a0b3a93fcde3cdad9f1ce58b
     26751f67a3cbb140b1808cf187a4f4df c04b05357c5d1c0eeac4c66f9ff7f2e6`,
  ],
  [
    'F.3.15 CFB128-AES192',
    PSA_ALG_CFB,
    AES_192,
    IV,
    `cdc80d6fddf18cab34c25909c99a4174 67ce7f7f81173621961a2b70171d3d7a
     2e1e8a1dd59b88b1c8e60fed1efac4c9 c05f9f9ca9834fa042ae8fba584b09ff`,
  ],
  [
    'F.3.17 CFB128-AES256',
    PSA_ALG_CFB,
    AES_256,
    IV,
    `dc7e84bfda79164b7ecd8486985d3860 39ffed143b28b1c832113c6331e5407b
     df10132415e54b92a13ed0a8267ae2f9 75a385741ab9cef82031623d55b1e471`,
  ],
  [
    'F.4.1 OFB-AES128',
    PSA_ALG_OFB,
    AES_128,
    IV,
    `3b3fd92eb72dad20333449f8e83cfb4a 7789508d16918f03f53c52dac54ed825
     9740051e9c5fecf64344f7a82260edcc 304c6528f659c77866a510d9c1d6ae5e`,
  ],
  [
    'F.4.3 OFB-AES192',
    PSA_ALG_OFB,
    AES_192,
    IV,
    `cdc80d6fddf18cab34c25909c99a4174 fcc28b8d4c63837c09e81700c1100401
     8d9a9aeac0f6596f559c6d4daf59a5f2 6d9f200857ca6c3e9cac524bd9acc92a`,
  ],
  [
    'F.4.5 OFB-AES256',
    PSA_ALG_OFB,
    AES_256,
    IV,
    `dc7e84bfda79164b7ecd8486985d3860 4febdc6740d20b3ac88f6ad82a4fb08d
     71ab47a086e86eedf39d1c5bba97c408 0126141d67f37be8538f5a8be740e484`,
  ],
  [
    'F.5.1 CTR-AES128',
    PSA_ALG_CTR,
    AES_128,
    COUNTER,
    `874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff
     5ae4df3edbd5d35e5b4f09020db03eab 1e031dda2fbe03d1792170a0f3009cee`,
  ],
  [
    'F.5.3 CTR-AES192',
    PSA_ALG_CTR,
    AES_192,
    COUNTER,
    `1abc932417521ca24f2b0459fe7e6e0b 090339ec0aa6faefd5ccc2c6f4ce8e94
     1e36b26bd1ebc670d1bd1d665620abf7 4f78a7f6d29809585a97daec58c6b050`,
  ],
  [
    'F.5.5 CTR-AES256',
    PSA_ALG_CTR,
    AES_256,
    COUNTER,
    `601ec313775789a5b7a7f504bbf3d228 f443e3ca4d62b59aca84e990cacaf5c5
     2b0930daa23de94ce87017ba2d84988d dfc9c58db67aada613c2dd08457941a6`,
  ],
];

describe('AES modes', () => {
  const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;

  it.each(MODES)('%s', async (_, alg, keyBytes, iv, expected) => {
    const { key } = await must(psa.importKey({ type: PSA_KEY_TYPE_AES, alg, usage }, unhex(keyBytes)));
    const operation = cipherOperationInit();
    await must(psa.cipherEncryptSetup(operation, key, alg));
    if (iv !== undefined) await must(psa.cipherSetIv(operation, iv));
    const body = await must(psa.cipherUpdate(operation, BLOCKS));
    const rest = await must(psa.cipherFinish(operation));
    expect(hex(join(body.output, rest.output))).toBe(hex(unhex(expected)));
    const whole = await must(psa.cipherDecrypt(key, alg, join(iv ?? NOTHING, unhex(expected))));
    expect(hex(whole.output)).toBe(hex(BLOCKS));
  });
});

const DES_KEY = '0123456789abcdef';
const DES_IV = unhex('1234567890abcdef');
const FOX = ascii('The qufck brown fox jump');
const NOW = ascii('Now is the time for all ');

/** FIPS 81, appendices B and C; SP 800-67, appendix B.1, whose sentence is spelled so. */
const DES: readonly (readonly [
  name: string,
  alg: number,
  key: string,
  iv: Uint8Array,
  text: Uint8Array,
  ciphertext: string,
])[] = [
  [
    'DES, ECB',
    PSA_ALG_ECB_NO_PADDING,
    DES_KEY,
    NOTHING,
    NOW,
    '3fa40e8a984d4815 6a271787ab8883f9 893d51ec4b563b53',
  ],
  [
    'DES, CBC',
    PSA_ALG_CBC_NO_PADDING,
    DES_KEY,
    DES_IV,
    NOW,
    'e5c7cdde872bf27c 43e934008c389c0f 683788499a7c05f6',
  ],
  [
    'Triple DES with three keys, ECB',
    PSA_ALG_ECB_NO_PADDING,
    '0123456789abcdef 23456789abcdef01 456789abcdef0123',
    NOTHING,
    FOX,
    'a826fd8ce53b855f cce21c8112256fe6 68d5c05dd9b6b900',
  ],
];

describe('DES', () => {
  it.each(DES)('%s', async (_, alg, keyBytes, iv, text, expected) => {
    const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    const { key } = await must(psa.importKey({ type: PSA_KEY_TYPE_DES, alg, usage }, unhex(keyBytes)));
    const operation = cipherOperationInit();
    await must(psa.cipherEncryptSetup(operation, key, alg));
    if (iv.length > 0) await must(psa.cipherSetIv(operation, iv));
    const { output } = await must(psa.cipherUpdate(operation, text));
    expect(hex(join(output, (await must(psa.cipherFinish(operation))).output))).toBe(hex(unhex(expected)));
    const whole = await must(psa.cipherDecrypt(key, alg, join(iv, unhex(expected))));
    expect(hex(whole.output)).toBe(hex(text));
  });
});
