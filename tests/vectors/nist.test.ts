/** Known answers of NIST's publications through the PSA Crypto API. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CCM,
  PSA_ALG_CFB,
  PSA_ALG_CMAC,
  PSA_ALG_CTR,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_GCM,
  PSA_ALG_MD5,
  PSA_ALG_OFB,
  PSA_ALG_RIPEMD160,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_224,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ALG_SHA_512_224,
  PSA_ALG_SHA_512_256,
  PSA_ALG_SHA3_224,
  PSA_ALG_SHA3_256,
  PSA_ALG_SHA3_384,
  PSA_ALG_SHA3_512,
  PSA_ALG_SHAKE256_512,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_SIGN_MESSAGE,
} from '../../psa-api/constants.ts';
import { aeadOperationInit, cipherOperationInit } from '../../psa-api/generated/psa.ts';
import { ascii, hex, join, NOTHING, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const ABC = ascii('abc');
const TWO_BLOCKS = ascii('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq');

/** FIPS 180-4 and FIPS 202 as in NIST's "Examples with Intermediate Values"; MD5 by RFC 1321 A.5. */
const HASHES: readonly (readonly [name: string, alg: number, message: Uint8Array, digest: string])[] = [
  ['MD5', PSA_ALG_MD5, ABC, '900150983cd24fb0d6963f7d28e17f72'],
  ['RIPEMD-160', PSA_ALG_RIPEMD160, ABC, '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc'],
  ['SHA-1', PSA_ALG_SHA_1, ABC, 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['SHA-1', PSA_ALG_SHA_1, TWO_BLOCKS, '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
  ['SHA-224', PSA_ALG_SHA_224, ABC, '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'],
  ['SHA-256', PSA_ALG_SHA_256, ABC, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'SHA-256',
    PSA_ALG_SHA_256,
    TWO_BLOCKS,
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  [
    'SHA-384',
    PSA_ALG_SHA_384,
    ABC,
    `cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed
     8086072ba1e7cc2358baeca134c825a7`,
  ],
  [
    'SHA-512',
    PSA_ALG_SHA_512,
    ABC,
    `ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
     2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f`,
  ],
  ['SHA-512/224', PSA_ALG_SHA_512_224, ABC, '4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa'],
  [
    'SHA-512/256',
    PSA_ALG_SHA_512_256,
    ABC,
    '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23',
  ],
  ['SHA3-224', PSA_ALG_SHA3_224, ABC, 'e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf'],
  ['SHA3-256', PSA_ALG_SHA3_256, ABC, '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
  [
    'SHA3-384',
    PSA_ALG_SHA3_384,
    ABC,
    `ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2
     98d88cea927ac7f539f1edf228376d25`,
  ],
  [
    'SHA3-512',
    PSA_ALG_SHA3_512,
    ABC,
    `b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e
     10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0`,
  ],
  [
    'SHAKE256, 512 bits',
    PSA_ALG_SHAKE256_512,
    NOTHING,
    `46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f
     d75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be`,
  ],
];

describe('hashes', () => {
  it.each(HASHES)('%s', async (_, alg, message, digest) => {
    const { hash } = await must(psa.hashCompute(alg, message));
    expect(hex(hash)).toBe(hex(unhex(digest)));
  });
});

const AES_128 = '2b7e151628aed2a6abf7158809cf4f3c';
const AES_192 = '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b';
const AES_256 = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';
const BLOCKS = unhex(`6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
                      30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710`);

/** SP 800-38B, appendix D. */
const CMACS: readonly (readonly [key: string, length: number, mac: string])[] = [
  [AES_128, 0, 'bb1d6929e95937287fa37d129b756746'],
  [AES_128, 16, '070a16b46b4d4144f79bdd9dd04a287c'],
  [AES_128, 40, 'dfa66747de9ae63030ca32611497c827'],
  [AES_128, 64, '51f0bebf7e3b9d92fc49741779363cfe'],
  [AES_192, 0, 'd17ddf46adaacde531cac483de7a9367'],
  [AES_192, 40, '8a1de5be2eb31aad089a82e6ee908b0e'],
  [AES_256, 0, '028962f61b7bf89efc6b551f4667d983'],
  [AES_256, 64, 'e1992190549f6ed5696a2c056c315410'],
];

describe('CMAC', () => {
  it.each(CMACS)('with key %s over %i bytes', async (keyBytes, length, expected) => {
    const { key } = await must(
      psa.importKey(
        { type: PSA_KEY_TYPE_AES, alg: PSA_ALG_CMAC, usage: PSA_KEY_USAGE_SIGN_MESSAGE },
        unhex(keyBytes),
      ),
    );
    const { mac } = await must(psa.macCompute(key, PSA_ALG_CMAC, BLOCKS.subarray(0, length)));
    expect(hex(mac)).toBe(expected);
  });
});

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
    'F.3.13 CFB128-AES128',
    PSA_ALG_CFB,
    AES_128,
    IV,
    `3b3fd92eb72dad20333449f8e83cfb4a c8a64537a0b3a93fcde3cdad9f1ce58b
     26751f67a3cbb140b1808cf187a4f4df c04b05357c5d1c0eeac4c66f9ff7f2e6`,
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
    'F.5.1 CTR-AES128',
    PSA_ALG_CTR,
    AES_128,
    COUNTER,
    `874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff
     5ae4df3edbd5d35e5b4f09020db03eab 1e031dda2fbe03d1792170a0f3009cee`,
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

interface AeadVector {
  readonly name: string;
  readonly alg: number;
  readonly key: string;
  readonly nonce: string;
  readonly ad: string;
  readonly text: string;
  readonly sealed: string;
}

const GCM_KEY = 'feffe9928665731c6d6a8f9467308308';
const GCM_TEXT = `d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                  1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39`;
const GCM_AD = 'feedfacedeadbeeffeedfacedeadbeefabaddad2';
const CCM_KEY = '404142434445464748494a4b4c4d4e4f';

/** McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B; SP 800-38C, appendix C. */
const AEADS: readonly AeadVector[] = [
  {
    name: 'GCM test case 1, nothing to encrypt',
    alg: PSA_ALG_GCM,
    key: '00'.repeat(16),
    nonce: '00'.repeat(12),
    ad: '',
    text: '',
    sealed: '58e2fccefa7e3061367f1d57a4e7455a',
  },
  {
    name: 'GCM test case 4',
    alg: PSA_ALG_GCM,
    key: GCM_KEY,
    nonce: 'cafebabefacedbaddecaf888',
    ad: GCM_AD,
    text: GCM_TEXT,
    sealed: `42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
             21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091
             5bc94fbc3221a5db94fae95ae7121a47`,
  },
  {
    name: 'GCM test case 5, nonce of 8 bytes',
    alg: PSA_ALG_GCM,
    key: GCM_KEY,
    nonce: 'cafebabefacedbad',
    ad: GCM_AD,
    text: GCM_TEXT,
    sealed: `61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f97b6c7423
             73806900e49f24b22b097544d4896b424989b5e1ebac0f07c23f4598
             3612d2e79e3b0785561be14aaca2fccb`,
  },
  {
    name: 'CCM example 1',
    alg: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 4),
    key: CCM_KEY,
    nonce: '10111213141516',
    ad: '0001020304050607',
    text: '20212223',
    sealed: '7162015b4dac255d',
  },
  {
    name: 'CCM example 2',
    alg: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 6),
    key: CCM_KEY,
    nonce: '1011121314151617',
    ad: '000102030405060708090a0b0c0d0e0f',
    text: '202122232425262728292a2b2c2d2e2f',
    sealed: 'd2a1f0e051ea5f62081a7792073d593d1fc64fbfaccd',
  },
  {
    name: 'CCM example 3',
    alg: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 8),
    key: CCM_KEY,
    nonce: '101112131415161718191a1b',
    ad: '000102030405060708090a0b0c0d0e0f10111213',
    text: '202122232425262728292a2b2c2d2e2f3031323334353637',
    sealed: 'e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951',
  },
  {
    name: 'CCM example 4, the length of the additional data in 6 bytes',
    alg: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 14),
    key: CCM_KEY,
    nonce: '101112131415161718191a1b1c',
    ad: hex(Uint8Array.from({ length: 65536 }, (_, i) => i)),
    text: '202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f',
    sealed: `69915dad1e84c6376a68c2967e4dab615ae0fd1faec44cc484828529463ccf72
             b4ac6bec93e8598e7f0dadbcea5b`,
  },
];

describe('AEAD', () => {
  const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;

  it.each(AEADS)('$name', async ({ alg, key: keyBytes, nonce, ad, text, sealed }) => {
    const { key } = await must(psa.importKey({ type: PSA_KEY_TYPE_AES, alg, usage }, unhex(keyBytes)));
    const expected = unhex(sealed);
    const { ciphertext } = await must(psa.aeadEncrypt(key, alg, unhex(nonce), unhex(ad), unhex(text)));
    expect(hex(ciphertext)).toBe(hex(expected));
    const { plaintext } = await must(psa.aeadDecrypt(key, alg, unhex(nonce), unhex(ad), expected));
    expect(hex(plaintext)).toBe(hex(unhex(text)));

    const operation = aeadOperationInit();
    const length = unhex(text).length;
    await must(psa.aeadDecryptSetup(operation, key, alg));
    await must(psa.aeadSetLengths(operation, unhex(ad).length, length));
    await must(psa.aeadSetNonce(operation, unhex(nonce)));
    await must(psa.aeadUpdateAd(operation, unhex(ad)));
    const opened = await must(psa.aeadUpdate(operation, expected.subarray(0, length)));
    expect(await named(psa.aeadVerify(operation, expected.subarray(length)))).toBe('SUCCESS');
    expect(hex(opened.output)).toBe(hex(unhex(text)));
  });
});
