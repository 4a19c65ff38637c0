/** Known answers through the PSA Crypto API: ChaCha20 and XChaCha20, XTS, CCM without a tag. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_CCM_STAR_NO_TAG,
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_STREAM_CIPHER,
  PSA_ALG_XCHACHA20_POLY1305,
  PSA_ALG_XTS,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_XCHACHA20,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { aeadOperationInit, cipherOperationInit } from '../../psa-api/generated/psa.ts';
import { ascii, hex, join, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const USAGE = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
const counting = (from: number, count: number): string =>
  hex(Uint8Array.from({ length: count }, (_, i) => from + i));

const SUNSCREEN = hex(
  ascii(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  ),
);

const XTS_KEY = 'fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0bfbebdbcbbbab9b8b7b6b5b4b3b2b1b0';
const XTS_TWEAK = `9a78563412${'00'.repeat(11)}`;

/** Names are of RFC 8439, draft-irtf-cfrg-xchacha-03, IEEE 1619 appendix B, RFC 3610, IEEE 802.15.4-2006. */
const CIPHERS: readonly (readonly [
  title: string,
  type: number,
  alg: number,
  key: string,
  iv: string,
  plain: string,
  cipher: string,
])[] = [
  [
    'ChaCha20, RFC 8439 2.4.2, from counter 1',
    PSA_KEY_TYPE_CHACHA20,
    PSA_ALG_STREAM_CIPHER,
    counting(0, 32),
    '01000000000000000000004a00000000',
    SUNSCREEN,
    `6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b
     f91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8
     07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736
     5af90bbf74a35be6b40b8eedf2785e42874d`,
  ],
  ...[12, 8].map(
    (length) =>
      [
        `ChaCha20, RFC 8439 A.1, with a nonce of ${length} bytes`,
        PSA_KEY_TYPE_CHACHA20,
        PSA_ALG_STREAM_CIPHER,
        '00'.repeat(32),
        '00'.repeat(length),
        '00'.repeat(96),
        `76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7
         da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586
         9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed`,
      ] as const,
  ),
  [
    'XChaCha20, draft A.3.1, from counter 1',
    PSA_KEY_TYPE_XCHACHA20,
    PSA_ALG_STREAM_CIPHER,
    counting(0x80, 32),
    `0100000000000000${counting(0x40, 24)}`,
    SUNSCREEN.slice(0, 64),
    'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb',
  ],
  [
    'XTS, vector 1',
    PSA_KEY_TYPE_AES,
    PSA_ALG_XTS,
    '00'.repeat(32),
    '00'.repeat(16),
    '00'.repeat(32),
    '917cf69ebd68b2ec9b9fe9a3eadda692cd43d2f59598ed858c02c2652fbf922e',
  ],
  [
    'XTS, vector 2',
    PSA_KEY_TYPE_AES,
    PSA_ALG_XTS,
    '11'.repeat(16) + '22'.repeat(16),
    `3333333333${'00'.repeat(11)}`,
    '44'.repeat(32),
    'c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0',
  ],
  [
    'XTS, vector 4, its first 64 bytes',
    PSA_KEY_TYPE_AES,
    PSA_ALG_XTS,
    '2718281828459045235360287471352631415926535897932384626433832795',
    '00'.repeat(16),
    counting(0, 64),
    `27a7479befa1d476489f308cd4cfa6e2a96e4bbe3208ff25287dd3819616e89c
     c78cf7f5e543445f8333d8fa7f56000005279fa5d8b5e4ad40e736ddb4d35412`,
  ],
  [
    'XTS, vector 10 with keys of 256 bits, its first 64 bytes',
    PSA_KEY_TYPE_AES,
    PSA_ALG_XTS,
    `2718281828459045235360287471352662497757247093699959574966967627
     3141592653589793238462643383279502884197169399375105820974944592`,
    `ff${'00'.repeat(15)}`,
    counting(0, 64),
    `1c3b3a102f770386e4836c99e370cf9bea00803f5e482357a4ae12d414a3e63b
     5d31e276f8fe4a8d66b317f9ac683f44680a86ac35adfc3345befecb4bb188fd`,
  ],
  [
    'XTS, vector 15',
    PSA_KEY_TYPE_AES,
    PSA_ALG_XTS,
    XTS_KEY,
    XTS_TWEAK,
    counting(0, 17),
    '6c1625db4671522d3d7599601de7ca09ed',
  ],
  [
    'XTS, vector 16',
    PSA_KEY_TYPE_AES,
    PSA_ALG_XTS,
    XTS_KEY,
    XTS_TWEAK,
    counting(0, 18),
    'd069444b7a7e0cab09e24447d24deb1fedbf',
  ],
  [
    'XTS, vector 17',
    PSA_KEY_TYPE_AES,
    PSA_ALG_XTS,
    XTS_KEY,
    XTS_TWEAK,
    counting(0, 19),
    'e5df1351c0544ba1350b3363cd8ef4beedbf9d',
  ],
  [
    'XTS, vector 18',
    PSA_KEY_TYPE_AES,
    PSA_ALG_XTS,
    XTS_KEY,
    XTS_TWEAK,
    counting(0, 20),
    '9d84c813f719aa2c7be3f66171c7c5c2edbf9dac',
  ],
  [
    'CCM* without a tag, RFC 3610 packet vector 1',
    PSA_KEY_TYPE_AES,
    PSA_ALG_CCM_STAR_NO_TAG,
    counting(0xc0, 16),
    '00000003020100a0a1a2a3a4a5',
    counting(8, 23),
    '588c979a61c663d2f066d0c2c0f989806d5f6b61dac384',
  ],
  [
    'CCM* without a tag, IEEE 802.15.4 C.2.2, a data frame',
    PSA_KEY_TYPE_AES,
    PSA_ALG_CCM_STAR_NO_TAG,
    counting(0xc0, 16),
    'acde48000000000100000005 04',
    '61626364',
    'd43e022b',
  ],
];

describe('unauthenticated ciphers', () => {
  it.each(CIPHERS)('%s', async (_, type, alg, keyText, ivText, plainText, cipherText) => {
    const [iv, plain, sealed] = [unhex(ivText), unhex(plainText), unhex(cipherText)];
    const { key } = await must(psa.importKey({ type, alg, usage: USAGE }, unhex(keyText)));
    const run = async (input: Uint8Array, encrypt: boolean): Promise<string> => {
      const operation = cipherOperationInit();
      if (encrypt) await must(psa.cipherEncryptSetup(operation, key, alg));
      else await must(psa.cipherDecryptSetup(operation, key, alg));
      await must(psa.cipherSetIv(operation, iv));
      const first = await must(psa.cipherUpdate(operation, input.subarray(0, 5)));
      const second = await must(psa.cipherUpdate(operation, input.subarray(5)));
      return hex(join(first.output, second.output, (await must(psa.cipherFinish(operation))).output));
    };
    expect(await run(plain, true)).toBe(hex(sealed));
    expect(await run(sealed, false)).toBe(hex(plain));
  });
});

const AEADS: readonly (readonly [string, number, number, string, string, string])[] = [
  [
    'ChaCha20-Poly1305, RFC 8439 2.8.2',
    PSA_KEY_TYPE_CHACHA20,
    PSA_ALG_CHACHA20_POLY1305,
    '070000004041424344454647',
    `d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6
     3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36
     92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc
     3ff4def08e4b7a9de576d26586cec64b6116`,
    '1ae10b594f09e26a7e902ecbd0600691',
  ],
  [
    'XChaCha20-Poly1305, draft A.3.1',
    PSA_KEY_TYPE_XCHACHA20,
    PSA_ALG_XCHACHA20_POLY1305,
    counting(0x40, 24),
    `bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
     731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
     2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
     21f9664c97637da9768812f615c68b13b52e`,
    'c0875924c1c7987947deafd8780acf49',
  ],
];

describe('authenticated ciphers', () => {
  it.each(AEADS)('%s', async (_, type, alg, nonceText, cipherText, tagText) => {
    const [nonce, ad, plain] = [unhex(nonceText), unhex('50515253c0c1c2c3c4c5c6c7'), unhex(SUNSCREEN)];
    const sealed = join(unhex(cipherText), unhex(tagText));
    const { key } = await must(psa.importKey({ type, alg, usage: USAGE }, unhex(counting(0x80, 32))));
    const whole = await must(psa.aeadEncrypt(key, alg, nonce, ad, plain));
    expect(hex(whole.ciphertext)).toBe(hex(sealed));
    const opened = await must(psa.aeadDecrypt(key, alg, nonce, ad, sealed));
    expect(hex(opened.plaintext)).toBe(SUNSCREEN);
    const operation = aeadOperationInit();
    await must(psa.aeadDecryptSetup(operation, key, alg));
    await must(psa.aeadSetNonce(operation, nonce));
    await must(psa.aeadUpdateAd(operation, ad));
    const { output } = await must(psa.aeadUpdate(operation, unhex(cipherText)));
    expect(hex(output)).toBe(SUNSCREEN);
    expect(await named(psa.aeadVerify(operation, unhex(tagText)))).toBe('SUCCESS');
  });
});
