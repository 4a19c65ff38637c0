/** Published MACs through the PSA Crypto API: HMAC of RFC 2202, RFC 2286, RFC 4231 and NIST, CMAC of SP 800-38B. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_CMAC,
  PSA_ALG_HMAC,
  PSA_ALG_MD5,
  PSA_ALG_RIPEMD160,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_224,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ALG_SHA3_224,
  PSA_ALG_SHA3_256,
  PSA_ALG_SHA3_384,
  PSA_ALG_SHA3_512,
  PSA_ALG_TRUNCATED_MAC,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { macOperationInit } from '../../psa-api/generated/psa.ts';
import { ascii, hex, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const counting = (from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => from + i);
const repeated = (byte: number, length: number): Uint8Array => new Uint8Array(length).fill(byte);

const check = async (type: number, alg: number, data: Uint8Array, message: Uint8Array, expected: string) => {
  const usage = PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;
  const { key } = await must(psa.importKey({ type, alg, usage }, data));
  expect(hex((await must(psa.macCompute(key, alg, message))).mac)).toBe(hex(unhex(expected)));
  const operation = macOperationInit();
  await must(psa.macVerifySetup(operation, key, alg));
  const half = message.length >> 1;
  await must(psa.macUpdate(operation, message.subarray(0, half)));
  await must(psa.macUpdate(operation, message.subarray(half)));
  expect(await named(psa.macVerifyFinish(operation, unhex(expected)))).toBe('SUCCESS');
};

const JEFE = [ascii('Jefe'), ascii('what do ya want for nothing?')] as const;
const COUNTED = [counting(1, 25), repeated(0xcd, 50)] as const;
const LARGE_KEY = ascii('Test Using Larger Than Block-Size Key - Hash Key First');
const LARGE_BOTH = ascii('Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data');

/** The seven inputs of RFC 2202 and RFC 2286, the shorter keys as long as the hash. */
const early = (short: number) =>
  [
    [repeated(0x0b, short), ascii('Hi There')],
    JEFE,
    [repeated(0xaa, short), repeated(0xdd, 50)],
    COUNTED,
    [repeated(0x0c, short), ascii('Test With Truncation')],
    [repeated(0xaa, 80), LARGE_KEY],
    [repeated(0xaa, 80), LARGE_BOTH],
  ] as const;

const EARLY: readonly (readonly [
  title: string,
  hash: number,
  inputs: ReturnType<typeof early>,
  macs: readonly string[],
])[] = [
  [
    'HMAC-MD5, RFC 2202 2',
    PSA_ALG_MD5,
    early(16),
    [
      '9294727a3638bb1c13f48ef8158bfc9d',
      '750c783e6ab0b503eaa86e310a5db738',
      '56be34521d144c88dbb8c733f0e8b3f6',
      '697eaf0aca3a3aea3a75164746ffaa79',
      '56461ef2342edc00f9bab995690efd4c',
      '6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd',
      '6f630fad67cda0ee1fb1f562db3aa53e',
    ],
  ],
  [
    'HMAC-SHA-1, RFC 2202 3',
    PSA_ALG_SHA_1,
    early(20),
    [
      'b617318655057264e28bc0b6fb378c8ef146be00',
      'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
      '125d7342b9ac11cd91a39af48aa17b4f63f175d3',
      '4c9007f4026250c6bc8414f9bf50c86c2d7235da',
      '4c1a03424b55e07fe7f27be1d58bb9324a9a5a04',
      'aa4ae5e15272d00e95705637ce8a3b55ed402112',
      'e8e99d0f45237d786d6bbaa7965c7808bbff1a91',
    ],
  ],
  [
    'HMAC-RIPEMD160, RFC 2286 2',
    PSA_ALG_RIPEMD160,
    early(20),
    [
      '24cb4bd67d20fc1a5d2ed7732dcc39377f0a5668',
      'dda6c0213a485a9e24f4742064a7f033b43c4069',
      'b0b105360de759960ab4f35298e116e295d8e7c1',
      'd5ca862f4d21d5e610e18b4cf1beb97a4365ecf4',
      '7619693978f91d90539ae786500ff3d8e0518e39',
      '6466ca07ac5eac29e1bd523e5ada7605b791fd8b',
      '69ea60798d71616cce5fd0871e23754cd75d5a0a',
    ],
  ],
];

describe.each(EARLY)('%s', (_, hash, inputs, macs) => {
  it.each(inputs.map((input, i) => [i + 1, input, macs[i] ?? ''] as const))('test %i', (_, input, mac) =>
    check(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(hash), ...input, mac),
  );
});

/** RFC 4231 4: SHA-224, SHA-256, SHA-384, SHA-512. */
const RFC4231: readonly (readonly [
  clause: string,
  input: readonly [key: Uint8Array, message: Uint8Array],
  macs: readonly [string, string, string, string],
])[] = [
  [
    '4.2',
    [repeated(0x0b, 20), ascii('Hi There')],
    [
      '896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22',
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      `afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c
       faea9ea9076ede7f4af152e8b2fa9cb6`,
      `87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde
       daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854`,
    ],
  ],
  [
    '4.3',
    JEFE,
    [
      'a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      `af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e
       8e2240ca5e69e2c78b3239ecfab21649`,
      `164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554
       9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737`,
    ],
  ],
  [
    '4.4',
    [repeated(0xaa, 20), repeated(0xdd, 50)],
    [
      '7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea',
      '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
      `88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b
       2a5ab39dc13814b94e3ab6e101a34f27`,
      `fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39
       bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb`,
    ],
  ],
  [
    '4.5',
    COUNTED,
    [
      '6c11506874013cac6a2abc1bb382627cec6a90d86efc012de7afec5a',
      '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
      `3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e
       6801dd23c4a7d679ccf8a386c674cffb`,
      `b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db
       a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd`,
    ],
  ],
  [
    '4.7',
    [repeated(0xaa, 131), LARGE_KEY],
    [
      '95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
      `4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6
       0c2ef6ab4030fe8296248df163f44952`,
      `80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352
       6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598`,
    ],
  ],
  [
    '4.8',
    [
      repeated(0xaa, 131),
      ascii(
        'This is a test using a larger than block-size key and a larger than block-size data. ' +
          'The key needs to be hashed before being used by the HMAC algorithm.',
      ),
    ],
    [
      '3a854166ac5d9f023f54d517d0b39dbd946770db9c2b95c9f6f565d1',
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
      `6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5
       a678cc31e799176d3860e6110c46523e`,
      `e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944
       b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58`,
    ],
  ],
];

const SHA2 = [PSA_ALG_SHA_224, PSA_ALG_SHA_256, PSA_ALG_SHA_384, PSA_ALG_SHA_512] as const;

describe('HMAC-SHA-2, RFC 4231', () => {
  it.each(RFC4231)('%s', async (_, input, macs) => {
    for (const [i, hash] of SHA2.entries())
      await check(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(hash), ...input, macs[i] ?? '');
  });

  /** 128 bits are shown. */
  it('4.6, truncated', async () => {
    const macs = [
      '0e2aea68a90c8d37c988bcdb9fca6fa8',
      'a3b6167473100ee06e0c796c2955552b',
      '3abf34c3503b2a23a46efc619baef897',
      '415fad6271580a531d4179bc891d87a6',
    ];
    for (const [i, hash] of SHA2.entries()) {
      const alg = PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(hash), 16);
      const message = ascii('Test With Truncation');
      await check(PSA_KEY_TYPE_HMAC, alg, repeated(0x0c, 20), message, macs[i] ?? '');
    }
  });
});

describe("HMAC-SHA-3, NIST's examples with a key shorter than a block", () => {
  it.each([
    ['SHA3-224', PSA_ALG_SHA3_224, 28, '332cfd59347fdb8e576e77260be4aba2d6dc53117b3bfb52c6d18c04'],
    ['SHA3-256', PSA_ALG_SHA3_256, 32, '4fe8e202c4f058e8dddc23d8c34e467343e23555e24fc2f025d598f558f67205'],
    [
      'SHA3-384',
      PSA_ALG_SHA3_384,
      48,
      `d588a3c51f3f2d906e8298c1199aa8ff6296218127f6b38a90b6afe2c5617725
       bc99987f79b22a557b6520db710b7f42`,
    ],
    [
      'SHA3-512',
      PSA_ALG_SHA3_512,
      64,
      `4efd629d6c71bf86162658f29943b1c308ce27cdfa6db0d9c3ce81763f9cbce5
       f7ebe9868031db1a8f8eb7b6b95e5c5e3f657a8996c86a2f6527e307f0213196`,
    ],
  ])('%s', (_, hash, length, mac) =>
    check(
      PSA_KEY_TYPE_HMAC,
      PSA_ALG_HMAC(hash),
      counting(0, length),
      ascii('Sample message for keylen<blocklen'),
      mac,
    ),
  );
});

const BLOCKS = unhex(`6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
                      30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710`);

/** SP 800-38B D.1 to D.3, of the first 0, 16, 40 and 64 bytes; those of AES-128 are RFC 4493's too. */
const CMACS: readonly (readonly [name: string, key: string, macs: readonly string[]])[] = [
  [
    'AES-128',
    '2b7e151628aed2a6abf7158809cf4f3c',
    [
      'bb1d6929e95937287fa37d129b756746',
      '070a16b46b4d4144f79bdd9dd04a287c',
      'dfa66747de9ae63030ca32611497c827',
      '51f0bebf7e3b9d92fc49741779363cfe',
    ],
  ],
  [
    'AES-192',
    '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b',
    [
      'd17ddf46adaacde531cac483de7a9367',
      '9e99a7bf31e710900662f65e617c5184',
      '8a1de5be2eb31aad089a82e6ee908b0e',
      'a1d5df0eed790f794d77589659f39a11',
    ],
  ],
  [
    'AES-256',
    '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
    [
      '028962f61b7bf89efc6b551f4667d983',
      '28a7023f452e8f82bd4bf28d8c37c35c',
      'aaf3d8f1de5640c232f5b169b9c911e6',
      'e1992190549f6ed5696a2c056c315410',
    ],
  ],
];

describe.each(CMACS)('CMAC with %s', (_, key, macs) => {
  it.each([0, 16, 40, 64].map((length, i) => [length, macs[i] ?? ''] as const))(
    'of %i bytes',
    (length, mac) => check(PSA_KEY_TYPE_AES, PSA_ALG_CMAC, unhex(key), BLOCKS.subarray(0, length), mac),
  );
});
