/** Known answers for curves through the PSA Crypto API: RFC 8032, RFC 7748, RFC 5903, RFC 7027 and RFC 6979. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECDH,
  PSA_ALG_ED448PH,
  PSA_ALG_ED25519PH,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_SHA_256,
  PSA_ECC_FAMILY_BRAINPOOL_P_R1,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_K1,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { ascii, hex, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const ABC = hex(ascii('abc'));

interface Eddsa {
  readonly title: string;
  readonly alg: number;
  readonly bits: 255 | 448;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
}

const EDDSA: readonly Eddsa[] = [
  {
    title: '7.1, test 1',
    alg: PSA_ALG_PURE_EDDSA,
    bits: 255,
    privateKey: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature: `e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155
                5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b`,
  },
  {
    title: '7.1, test 2',
    alg: PSA_ALG_PURE_EDDSA,
    bits: 255,
    privateKey: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature: `92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
                085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00`,
  },
  {
    title: '7.1, test 3',
    alg: PSA_ALG_PURE_EDDSA,
    bits: 255,
    privateKey: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature: `6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac
                18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a`,
  },
  {
    title: '7.1, test SHA(abc)',
    alg: PSA_ALG_PURE_EDDSA,
    bits: 255,
    privateKey: '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    publicKey: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    message: `ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
              2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f`,
    signature: `dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589
                09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704`,
  },
  {
    title: '7.3, Ed25519ph',
    alg: PSA_ALG_ED25519PH,
    bits: 255,
    privateKey: '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    publicKey: 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf',
    message: ABC,
    signature: `98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41
                31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406`,
  },
  {
    title: '7.4, blank',
    alg: PSA_ALG_PURE_EDDSA,
    bits: 448,
    privateKey: `6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3
                 528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b`,
    publicKey: `5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778
                edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180`,
    message: '',
    signature: `533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f
                2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a
                9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4db
                b61149f05a7363268c71d95808ff2e652600`,
  },
  {
    title: '7.4, 1 octet',
    alg: PSA_ALG_PURE_EDDSA,
    bits: 448,
    privateKey: `c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463a
                 fbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e`,
    publicKey: `43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c086
                6aea01eb00742802b8438ea4cb82169c235160627b4c3a9480`,
    message: '03',
    signature: `26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f435
                2541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cb
                cee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0f
                f3348ab21aa4adafd1d234441cf807c03a00`,
  },
  {
    title: '7.5, Ed448ph',
    alg: PSA_ALG_ED448PH,
    bits: 448,
    privateKey: `833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42
                 ef7822e0d5104127dc05d6dbefde69e3ab2cec7c867c6e2c49`,
    publicKey: `259b71c19f83ef77a7abd26524cbdb3161b590a48f7d17de3ee0ba9c52beb743
                c09428a131d6b1b57303d90d8132c276d5ed3d5d01c0f53880`,
    message: ABC,
    signature: `822f6901f7480f3d5f562c592994d9693602875614483256505600bbc281ae38
                1f54d6bce2ea911574932f52a4e6cadd78769375ec3ffd1b801a0d9b3f4030cd
                433964b6457ea39476511214f97469b57dd32dbc560a9a94d00bff07620464a3
                ad203df7dc7ce360c3cd3696d9d9fab90f00`,
  },
];

describe('RFC 8032', () => {
  const usage = PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;
  const pair = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS);
  const single = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS);

  it.each(EDDSA)('$title', async ({ alg, bits, privateKey, publicKey, message, signature }) => {
    const { key } = await must(psa.importKey({ type: pair, bits, alg, usage }, unhex(privateKey)));
    expect(hex((await must(psa.exportPublicKey(key))).data)).toBe(hex(unhex(publicKey)));
    const signed = await must(psa.signMessage(key, alg, unhex(message)));
    expect(hex(signed.signature)).toBe(hex(unhex(signature)));
    const verifier = await must(psa.importKey({ type: single, bits, alg, usage }, unhex(publicKey)));
    expect(await named(psa.verifyMessage(verifier.key, alg, unhex(message), unhex(signature)))).toBe(
      'SUCCESS',
    );
    expect(await named(psa.verifyMessage(verifier.key, alg, unhex(`${message}00`), unhex(signature)))).toBe(
      'INVALID_SIGNATURE',
    );
  });
});

/** A private key, the peer's public one, and the secret. */
const AGREEMENTS: readonly (readonly [
  title: string,
  family: number,
  bits: number,
  privateKey: string,
  publicKey: string | undefined,
  peer: string,
  secret: string,
])[] = [
  [
    'RFC 7748 5.2, X25519',
    PSA_ECC_FAMILY_MONTGOMERY,
    255,
    // With the bits forced that decodeScalar25519 forces.
    'a046e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449a44',
    undefined,
    'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
    'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
  ],
  [
    'RFC 7748 5.2, X25519, second',
    PSA_ECC_FAMILY_MONTGOMERY,
    255,
    '4866e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba4d',
    undefined,
    // The bit that decodeUCoordinate masks is set.
    'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
    '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
  ],
  [
    'RFC 7748 5.2, X448',
    PSA_ECC_FAMILY_MONTGOMERY,
    448,
    `3c262fddf9ec8e88495266fea19a34d28882acef045104d0d1aae121
     700a779c984c24f8cdd78fbff44943eba368f54b29259a4f1c600ad3`,
    undefined,
    `06fce640fa3487bfda5f6cf2d5263f8aad88334cbd07437f020f08f9
     814dc031ddbdc38c19c6da2583fa5429db94ada18aa7a7fb4ef8a086`,
    `ce3e4ff95a60dc6697da1db1d85e6afbdf79b50a2412d7546d5f239f
     e14fbaadeb445fc66a01b0779d98223961111e21766282f73dd96b6f`,
  ],
  [
    'RFC 7748 6.1, Alice',
    PSA_ECC_FAMILY_MONTGOMERY,
    255,
    '70076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c6a',
    '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
    'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
  ],
  [
    'RFC 7748 6.1, Bob',
    PSA_ECC_FAMILY_MONTGOMERY,
    255,
    '58ab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e06b',
    'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
    '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
  ],
  [
    'RFC 7748 6.2, Alice',
    PSA_ECC_FAMILY_MONTGOMERY,
    448,
    `988f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d
     d9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a59872eb`,
    `9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c
     22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0`,
    `3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430
     27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609`,
    `07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b
     b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d`,
  ],
  [
    'RFC 7748 6.2, Bob',
    PSA_ECC_FAMILY_MONTGOMERY,
    448,
    `1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d
     6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b6517399ad`,
    `3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430
     27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609`,
    `9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c
     22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0`,
    `07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b
     b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d`,
  ],
  [
    'RFC 5903 8.1, P-256',
    PSA_ECC_FAMILY_SECP_R1,
    256,
    'c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433',
    `04 dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180
        5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3`,
    `04 d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63
        56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab`,
    'd6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de',
  ],
  [
    'RFC 5903 8.2, P-384',
    PSA_ECC_FAMILY_SECP_R1,
    384,
    `099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655
     e35b538041e649ee3faef896783ab194`,
    `04 667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6
        de3ac808acb4bdb4c88732aee95f41aa
        9482ed1fc0eeb9cafc4984625ccfc23f65032149e0e144ada024181535a0f38e
        eb9fcff3c2c947dae69b4c634573a81c`,
    `04 e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d
        0d1ac43a0336def96fda41d0774a3571
        dcfbec7aacf3196472169e838430367f66eebe3c6e70c416dd5f0c68759dd1ff
        f83fa40142209dff5eaad96db9e6386c`,
    `11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4
     d603135569b9e9d09cf5d4a270f59746`,
  ],
  [
    'RFC 5903 8.3, P-521',
    PSA_ECC_FAMILY_SECP_R1,
    521,
    `0037ade9319a89f4dabdb3ef411aaccca5123c61acab57b5393dce47608172a0
     95aa85a30fe1c2952c6771d937ba9777f5957b2639bab072462f68c27a57382d
     4a52`,
    `04 0015417e84dbf28c0ad3c278713349dc7df153c897a1891bd98bab4357c9ecbe
        e1e3bf42e00b8e380aeae57c2d107564941885942af5a7f4601723c4195d176c
        ed3e
        017cae20b6641d2eeb695786d8c946146239d099e18e1d5a514c739d7cb4a10a
        d8a788015ac405d7799dc75e7b7d5b6cf2261a6a7f1507438bf01beb6ca3926f
        9582`,
    `04 00d0b3975ac4b799f5bea16d5e13e9af971d5e9b984c9f39728b5e5739735a21
        9b97c356436adc6e95bb0352f6be64a6c2912d4ef2d0433ced2b6171640012d9
        460f
        015c68226383956e3bd066e797b623c27ce0eac2f551a10c2c724d9852077b87
        220b6536c5c408a1d2aebb8e86d678ae49cb57091f4732296579ab44fcd17f0f
        c56a`,
    `01144c7d79ae6956bc8edb8e7c787c4521cb086fa64407f97894e5e6b2d79b04
     d1427e73ca4baa240a34786859810c06b3c715a3a8cc3151f2bee417996d19f3
     ddea`,
  ],
  [
    'RFC 7027 A.1, brainpoolP256r1',
    PSA_ECC_FAMILY_BRAINPOOL_P_R1,
    256,
    '55e40bc41e37e3e2ad25c3c6654511ffa8474a91a0032087593852d3e7d76bd3',
    undefined,
    `04 44106e913f92bc02a1705d9953a8414db95e1aaa49e81d9e85f929a8e3100be5
        8ab4846f11caccb73ce49cbdd120f5a900a69fd32c272223f789ef10eb089bdc`,
    '89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b',
  ],
];

describe('ECDH', () => {
  it.each(AGREEMENTS)('%s', async (_, family, bits, privateKey, publicKey, peer, secret) => {
    const attributes = { bits, alg: PSA_ALG_ECDH, usage: PSA_KEY_USAGE_DERIVE };
    const type = PSA_KEY_TYPE_ECC_KEY_PAIR(family);
    const { key } = await must(psa.importKey({ ...attributes, type }, unhex(privateKey)));
    if (publicKey !== undefined)
      expect(hex((await must(psa.exportPublicKey(key))).data)).toBe(hex(unhex(publicKey)));
    const { output } = await must(psa.rawKeyAgreement(PSA_ALG_ECDH, key, unhex(peer)));
    expect(hex(output)).toBe(hex(unhex(secret)));
  });
});

/** RFC 6979 A.2.3 and A.2.4; the last is known from Bitcoin's libraries, which give n - s where that is less. */
const ECDSA: readonly (readonly [
  title: string,
  family: number,
  bits: number,
  privateKey: string,
  message: string,
  signature: string,
])[] = [
  [
    'P-192, "sample"',
    PSA_ECC_FAMILY_SECP_R1,
    192,
    '6fab034934e4c0fc9ae67f5b5659a9d7d1fefd187ee09fd4',
    'sample',
    `4b0b8ce98a92866a2820e20aa6b75b56382e0f9bfd5ecb55
     ccdb006926ea9565cbadc840829d8c384e06de1f1e381b85`,
  ],
  [
    'P-224, "sample"',
    PSA_ECC_FAMILY_SECP_R1,
    224,
    'f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1',
    'sample',
    `61aa3da010e8e8406c656bc477a7a7189895e7e840cdfe8ff42307ba
     bc814050dab5d23770879494f9e0a680dc1af7161991bde692b10101`,
  ],
  [
    'secp256k1, "Satoshi Nakamoto"',
    PSA_ECC_FAMILY_SECP_K1,
    256,
    `${'00'.repeat(31)}01`,
    'Satoshi Nakamoto',
    `934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8
     dbbd3162d46e9f9bef7feb87c16dc13b4f6568a87f4e83f728e2443ba586675c`,
  ],
];

describe('deterministic ECDSA with SHA-256', () => {
  it.each(ECDSA)('%s', async (_, family, bits, privateKey, message, expected) => {
    const alg = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);
    const usage = PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH;
    const type = PSA_KEY_TYPE_ECC_KEY_PAIR(family);
    const { key } = await must(psa.importKey({ type, bits, alg, usage }, unhex(privateKey)));
    const { signature } = await must(psa.signMessage(key, alg, ascii(message)));
    expect(hex(signature)).toBe(hex(unhex(expected)));
    expect(await named(psa.verifyMessage(key, alg, ascii(message), signature))).toBe('SUCCESS');
  });
});
