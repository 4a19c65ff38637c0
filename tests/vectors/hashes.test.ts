/** Published digests through the PSA Crypto API: the RSA Data Security and RIPE message digests, NIST's, Zigbee's. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_AES_MMO_ZIGBEE,
  PSA_ALG_MD5,
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
  PSA_ALG_SHAKE128,
  PSA_ALG_SHAKE256,
  PSA_ALG_SHAKE256_512,
} from '../../psa-api/constants.ts';
import { hashOperationInit, xofOperationInit } from '../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const counting = (from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => from + i);

const ABC = ascii('abc');
const ALPHABET = ascii('abcdefghijklmnopqrstuvwxyz');
const ALPHANUMERIC = ascii('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const DIGITS = ascii('1234567890'.repeat(8));
/** More than a block less its length field: two blocks of SHA-1 and SHA-256, and of SHA-512. */
const BITS_448 = ascii('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq');
const BITS_896 = ascii(
  'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
);
const BITS_1600 = new Uint8Array(200).fill(0xa3);
const MILLION = new Uint8Array(1_000_000).fill(0x61);

type Vector = readonly [source: string, message: Uint8Array, digest: string];

/** RFC 1321 A.5. */
const MD5: readonly Vector[] = [
  ['nothing', NOTHING, 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a', ascii('a'), '0cc175b9c0f1b6a831c399e269772661'],
  ['abc', ABC, '900150983cd24fb0d6963f7d28e17f72'],
  ['message digest', ascii('message digest'), 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['alphabet', ALPHABET, 'c3fcd3d76192e4007dfb496cca67e13b'],
  ['alphanumeric', ALPHANUMERIC, 'd174ab98d277d9f5a5611c2c9f419d9f'],
  ['digits', DIGITS, '57edf4a22be3c955ac49da2e2107b67a'],
];

/** Dobbertin, Bosselaers and Preneel, "RIPEMD-160: A Strengthened Version of RIPEMD", appendix B. */
const RIPEMD160: readonly Vector[] = [
  ['nothing', NOTHING, '9c1185a5c5e9fc54612808977ee8f548b2258d31'],
  ['a', ascii('a'), '0bdc9d2d256b3ee9daae347be6f4dc835a467ffe'],
  ['abc', ABC, '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc'],
  ['message digest', ascii('message digest'), '5d0689ef49d2fae572b881b123a85ffa21595f36'],
  ['alphabet', ALPHABET, 'f71c27109c692c1b56bbdceb5b9d2865b3708dbc'],
  ['448 bits', BITS_448, '12a053384a9c0c88e405a06c27dcf49ada62eb2b'],
  ['alphanumeric', ALPHANUMERIC, 'b0e20b6e3116640286ed3a87a5713079b21f5189'],
  ['digits', DIGITS, '9b752e45573d4b39f4dbd3323cab82bf63326bfb'],
  ['a million', MILLION, '52783243c1697bdbe16d37f97f68f08325dc1528'],
];

/** FIPS 180-4 as in NIST's "Examples with Intermediate Values" and, for a million, the earlier FIPS 180-2. */
const SHA1: readonly Vector[] = [
  ['abc', ABC, 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['448 bits', BITS_448, '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
  ['a million', MILLION, '34aa973cd4c4daa4f61eeb2bdbad27316534016f'],
];
const SHA224: readonly Vector[] = [
  ['abc', ABC, '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'],
  ['448 bits', BITS_448, '75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525'],
  ['a million', MILLION, '20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67'],
];
const SHA256: readonly Vector[] = [
  ['abc', ABC, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['448 bits', BITS_448, '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ['a million', MILLION, 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
];
const SHA384: readonly Vector[] = [
  [
    'abc',
    ABC,
    `cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed
     8086072ba1e7cc2358baeca134c825a7`,
  ],
  [
    '896 bits',
    BITS_896,
    `09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712
     fcc7c71a557e2db966c3e9fa91746039`,
  ],
  [
    'a million',
    MILLION,
    `9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b
     07b8b3dc38ecc4ebae97ddd87f3d8985`,
  ],
];
const SHA512: readonly Vector[] = [
  [
    'abc',
    ABC,
    `ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
     2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f`,
  ],
  [
    '896 bits',
    BITS_896,
    `8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018
     501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909`,
  ],
  [
    'a million',
    MILLION,
    `e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb
     de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b`,
  ],
];
const SHA512_224: readonly Vector[] = [
  ['abc', ABC, '4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa'],
  ['896 bits', BITS_896, '23fec5bb94d60b23308192640b0c453335d664734fe40e7268674af9'],
];
const SHA512_256: readonly Vector[] = [
  ['abc', ABC, '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23'],
  ['896 bits', BITS_896, '3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a'],
];

/** FIPS 202 as in NIST's "Examples with Intermediate Values". */
const SHA3_224: readonly Vector[] = [
  ['nothing', NOTHING, '6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7'],
  ['abc', ABC, 'e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf'],
  ['1600 bits', BITS_1600, '9376816aba503f72f96ce7eb65ac095deee3be4bf9bbc2a1cb7e11e0'],
];
const SHA3_256: readonly Vector[] = [
  ['nothing', NOTHING, 'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a'],
  ['abc', ABC, '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
  ['1600 bits', BITS_1600, '79f38adec5c20307a98ef76e8324afbfd46cfd81b22e3973c65fa1bd9de31787'],
];
const SHA3_384: readonly Vector[] = [
  [
    'nothing',
    NOTHING,
    `0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2a
     c3713831264adb47fb6bd1e058d5f004`,
  ],
  [
    'abc',
    ABC,
    `ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2
     98d88cea927ac7f539f1edf228376d25`,
  ],
  [
    '1600 bits',
    BITS_1600,
    `1881de2ca7e41ef95dc4732b8f5f002b189cc1e42b74168ed1732649ce1dbcdd
     76197a31fd55ee989f2d7050dd473e8f`,
  ],
];
const SHA3_512: readonly Vector[] = [
  [
    'nothing',
    NOTHING,
    `a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a6
     15b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26`,
  ],
  [
    'abc',
    ABC,
    `b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e
     10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0`,
  ],
  [
    '1600 bits',
    BITS_1600,
    `e76dfad22084a8b1467fcf2ffa58361bec7628edf5f3fdc0e4805dc48caeeca8
     1b7c13c30adf52a3659584739a2df46be589c51ca1a4a8416df6545a1ce8ba00`,
  ],
];
const SHAKE128: readonly Vector[] = [
  [
    'nothing',
    NOTHING,
    `7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26
     3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2`,
  ],
  [
    '1600 bits',
    BITS_1600,
    `131ab8d2b594946b9c81333f9bb6e0ce75c3b93104fa3469d3917457385da037
     cf232ef7164a6d1eb448c8908186ad852d3f85a5cf28da1ab6fe343817197846`,
  ],
];
const SHAKE256: readonly Vector[] = [
  [
    'nothing',
    NOTHING,
    `46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f
     d75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be`,
  ],
  [
    '1600 bits',
    BITS_1600,
    `cd8a920ed141aa0407a22d59288652e9d9f1a7ee0c1e7c1ca699424da84a904d
     2d700caae7396ece96604440577da4f3aa22aeb8857f961c4cd8e06f0ae6610b`,
  ],
];

/** Zigbee specification, C.5. */
const AES_MMO: readonly Vector[] = [
  ['C.5.1', counting(0xc0, 1), 'ae3a102a28d43ee0d4a09e22788b206c'],
  ['C.5.2', counting(0xc0, 16), 'a7977e88bc0b61e8210827109a228f2d'],
  ['C.5.3', counting(0, 8191), '24ec2fe75bbffcb34789bc0610e7f165'],
  ['C.5.4', counting(0, 8192), 'dc6b0687f09f8607131c170b3bd31591'],
  ['C.5.5', counting(0, 8201), '72c9b15e178aa843e4a16c58e33643a3'],
  ['C.5.6', counting(0, 8202), 'bc9828d59b2aa323daf20be5f2e66511'],
];

const HASHES: readonly (readonly [name: string, alg: number, vectors: readonly Vector[]])[] = [
  ['MD5', PSA_ALG_MD5, MD5],
  ['RIPEMD-160', PSA_ALG_RIPEMD160, RIPEMD160],
  ['SHA-1', PSA_ALG_SHA_1, SHA1],
  ['SHA-224', PSA_ALG_SHA_224, SHA224],
  ['SHA-256', PSA_ALG_SHA_256, SHA256],
  ['SHA-384', PSA_ALG_SHA_384, SHA384],
  ['SHA-512', PSA_ALG_SHA_512, SHA512],
  ['SHA-512/224', PSA_ALG_SHA_512_224, SHA512_224],
  ['SHA-512/256', PSA_ALG_SHA_512_256, SHA512_256],
  ['SHA3-224', PSA_ALG_SHA3_224, SHA3_224],
  ['SHA3-256', PSA_ALG_SHA3_256, SHA3_256],
  ['SHA3-384', PSA_ALG_SHA3_384, SHA3_384],
  ['SHA3-512', PSA_ALG_SHA3_512, SHA3_512],
  ['SHAKE256, 512 bits', PSA_ALG_SHAKE256_512, SHAKE256],
  ['AES-MMO', PSA_ALG_AES_MMO_ZIGBEE, AES_MMO],
];

describe.each(HASHES)('%s', (_, alg, vectors) => {
  it.each(vectors)('of %s', async (_, message, digest) => {
    const { hash } = await must(psa.hashCompute(alg, message));
    expect(hex(hash)).toBe(hex(unhex(digest)));
    const operation = hashOperationInit();
    await must(psa.hashSetup(operation, alg));
    const first = message.length % 61;
    await must(psa.hashUpdate(operation, message.subarray(0, first)));
    await must(psa.hashUpdate(operation, message.subarray(first)));
    expect(await named(psa.hashVerify(operation, unhex(digest)))).toBe('SUCCESS');
  });
});

const XOFS = [
  ['SHAKE128', PSA_ALG_SHAKE128, SHAKE128],
  ['SHAKE256', PSA_ALG_SHAKE256, SHAKE256],
] as const;

describe.each(XOFS)('%s as an XOF', (_, alg, vectors) => {
  it.each(vectors)('of %s', async (_, message, expected) => {
    const operation = xofOperationInit();
    await must(psa.xofSetup(operation, alg));
    await must(psa.xofUpdate(operation, message));
    expect(hex((await must(psa.xofOutput(operation, 64))).output)).toBe(hex(unhex(expected)));
    await must(psa.xofAbort(operation));
  });
});

it('is known for every hash there is', () => {
  const { algorithms } = device.capabilities();
  const count = algorithms.filter((name) => /^PSA_ALG_(MD5|RIPEMD160|SHA\w*|AES_MMO_ZIGBEE)$/.test(name));
  const xofs = ['PSA_ALG_SHAKE128', 'PSA_ALG_SHAKE256'];
  expect(count.filter((name) => !xofs.includes(name))).toHaveLength(HASHES.length);
});
