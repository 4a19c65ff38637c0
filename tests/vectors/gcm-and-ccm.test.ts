/** GCM and CCM: published answers through the PSA Crypto API. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_CCM,
  PSA_ALG_GCM,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { aeadOperationInit } from '../../psa-api/generated/psa.ts';
import { hex, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const counting = (from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => from + i);

interface AeadVector {
  readonly name: string;
  readonly alg: number;
  readonly key: string;
  readonly nonce: string;
  readonly ad: string;
  readonly text: string;
  readonly sealed: string;
}

const GCM_KEY = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308';
const GCM_TEXT = hex(
  unhex(`d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
         1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255`),
);
const GCM_AD = 'feedfacedeadbeeffeedfacedeadbeefabaddad2';
const GCM_NONCE_60 = `9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728
                      c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b`;

/** McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B. */
const GCM: readonly AeadVector[] = (
  [
    [1, '00'.repeat(16), '00'.repeat(12), '', '', '58e2fccefa7e3061367f1d57a4e7455a'],
    [
      2,
      '00'.repeat(16),
      '00'.repeat(12),
      '',
      '00'.repeat(16),
      `0388dace60b6a392f328c2b971b2fe78
       ab6e47d42cec13bdf53a67b21257bddf`,
    ],
    [
      3,
      GCM_KEY.slice(0, 32),
      'cafebabefacedbaddecaf888',
      '',
      GCM_TEXT,
      `42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
       21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985
       4d5c2af327cd64a62cf35abd2ba6fab4`,
    ],
    [
      4,
      GCM_KEY.slice(0, 32),
      'cafebabefacedbaddecaf888',
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
       21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091
       5bc94fbc3221a5db94fae95ae7121a47`,
    ],
    [
      5,
      GCM_KEY.slice(0, 32),
      'cafebabefacedbad',
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f97b6c7423
       73806900e49f24b22b097544d4896b424989b5e1ebac0f07c23f4598
       3612d2e79e3b0785561be14aaca2fccb`,
    ],
    [
      6,
      GCM_KEY.slice(0, 32),
      GCM_NONCE_60,
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca7
       01e4a9a4fba43c90ccdcb281d48c7c6fd62875d2aca417034c34aee5
       619cc5aefffe0bfa462af43c1699d050`,
    ],
    [7, '00'.repeat(24), '00'.repeat(12), '', '', 'cd33b28ac773f74ba00ed1f312572435'],
    [
      8,
      '00'.repeat(24),
      '00'.repeat(12),
      '',
      '00'.repeat(16),
      `98e7247c07f0fe411c267e4384b0f600
       2ff58d80033927ab8ef4d4587514f0fb`,
    ],
    [
      9,
      GCM_KEY.slice(0, 48),
      'cafebabefacedbaddecaf888',
      '',
      GCM_TEXT,
      `3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c
       7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda2710acade256
       9924a7c8587336bfb118024db8674a14`,
    ],
    [
      10,
      GCM_KEY.slice(0, 48),
      'cafebabefacedbaddecaf888',
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c
       7d773d00c144c525ac619d18c84a3f4718e2448b2fe324d9ccda2710
       2519498e80f1478f37ba55bd6d27618c`,
    ],
    [
      11,
      GCM_KEY.slice(0, 48),
      'cafebabefacedbad',
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `0f10f599ae14a154ed24b36e25324db8c566632ef2bbb34f8347280fc4507057
       fddc29df9a471f75c66541d4d4dad1c9e93a19a58e8b473fa0f062f7
       65dcc57fcf623a24094fcca40d3533f8`,
    ],
    [
      12,
      GCM_KEY.slice(0, 48),
      GCM_NONCE_60,
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `d27e88681ce3243c4830165a8fdcf9ff1de9a1d8e6b447ef6ef7b79828666e45
       81e79012af34ddd9e2f037589b292db3e67c036745fa22e7e9b7373b
       dcf566ff291c25bbb8568fc3d376a6d9`,
    ],
    [13, '00'.repeat(32), '00'.repeat(12), '', '', '530f8afbc74536b9a963b4f1c4cb738b'],
    [
      14,
      '00'.repeat(32),
      '00'.repeat(12),
      '',
      '00'.repeat(16),
      `cea7403d4d606b6e074ec5d3baf39d18
       d0d1c8a799996bf0265b98b5d48ab919`,
    ],
    [
      15,
      GCM_KEY,
      'cafebabefacedbaddecaf888',
      '',
      GCM_TEXT,
      `522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
       8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad
       b094dac5d93471bdec1a502270e3cc6c`,
    ],
    [
      16,
      GCM_KEY,
      'cafebabefacedbaddecaf888',
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
       8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
       76fc6ece0f4e1768cddf8853bb2d551b`,
    ],
    [
      17,
      GCM_KEY,
      'cafebabefacedbad',
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `c3762df1ca787d32ae47c13bf19844cbaf1ae14d0b976afac52ff7d79bba9de0
       feb582d33934a4f0954cc2363bc73f7862ac430e64abe499f47c9b1f
       3a337dbf46a792c45e454913fe2ea8f2`,
    ],
    [
      18,
      GCM_KEY,
      GCM_NONCE_60,
      GCM_AD,
      GCM_TEXT.slice(0, 120),
      `5a8def2f0c9e53f1f75d7853659e2a20eeb2b22aafde6419a058ab4f6f746bf4
       0fc0c3b780f244452da3ebf1c5d82cdea2418997200ef82e44ae7e3f
       a44a8266ee1c8eb0c8b5d4cf5ae9f19a`,
    ],
  ] as const
).map(([i, key, nonce, ad, text, sealed]) => ({
  name: `GCM test case ${i}`,
  alg: PSA_ALG_GCM,
  key,
  nonce,
  ad,
  text,
  sealed,
}));

const CCM_KEY = '404142434445464748494a4b4c4d4e4f';

/** SP 800-38C, appendix C. */
const CCM: readonly AeadVector[] = [
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
    ad: hex(counting(0, 65536)),
    text: '202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f',
    sealed: `69915dad1e84c6376a68c2967e4dab615ae0fd1faec44cc484828529463ccf72
             b4ac6bec93e8598e7f0dadbcea5b`,
  },
];

/** RFC 3610 8: the packet after its first eight bytes, which are additional data. */
const RFC3610: readonly AeadVector[] = (
  [
    [
      1,
      '00000003020100a0a1a2a3a4a5',
      23,
      8,
      '588c979a61c663d2f066d0c2c0f989806d5f6b61dac384 17e8d12cfdf926e0',
    ],
    [
      2,
      '00000004030201a0a1a2a3a4a5',
      24,
      8,
      '72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3b a091d56e10400916',
    ],
    [
      3,
      '00000005040302a0a1a2a3a4a5',
      25,
      8,
      '51b1e5f44a197d1da46b0f8e2d282ae871e838bb64da859657 4adaa76fbd9fb0c5',
    ],
    [
      7,
      '00000009080706a0a1a2a3a4a5',
      23,
      10,
      '0135d1b2c95f41d5d1d4fec185d166b8094e999dfed96c 048c56602c97acbb7490',
    ],
  ] as const
).map(([i, nonce, length, tagLength, sealed]) => ({
  name: `CCM, RFC 3610 packet vector ${i}`,
  alg: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, tagLength),
  key: hex(counting(0xc0, 16)),
  nonce,
  ad: hex(counting(0, 8)),
  text: hex(counting(8, length)),
  sealed,
}));

describe('AEAD', () => {
  const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;

  it.each([...GCM, ...CCM, ...RFC3610])('$name', async ({ alg, key: keyBytes, nonce, ad, text, sealed }) => {
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
