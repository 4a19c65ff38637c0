/** Known answers of RFCs through the PSA Crypto API: deterministic ECDSA, key derivation. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECDSA,
  PSA_ALG_HKDF,
  PSA_ALG_HKDF_EXPAND,
  PSA_ALG_HKDF_EXTRACT,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ALG_TLS12_PRF,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_DERIVATION_INPUT_SEED,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../psa-api/constants.ts';
import { ascii, hex, NOTHING, unhex } from '../support/bytes.ts';
import { derive, type Input } from '../support/derivation.ts';
import { openInProcess } from '../support/device.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const P256 = 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721';
const P384 = `6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d8
              96d5724e4c70a825f872c9ea60d2edf5`;
const P521 = `00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75c
              aa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538`;

/** RFC 6979 A.2.5 to A.2.7. */
const ECDSA: readonly (readonly [
  name: string,
  privateKey: string,
  hash: number,
  message: string,
  signature: string,
])[] = [
  [
    'P-256, SHA-256, "sample"',
    P256,
    PSA_ALG_SHA_256,
    'sample',
    `efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716
     f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8`,
  ],
  [
    'P-256, SHA-1, "sample"',
    P256,
    PSA_ALG_SHA_1,
    'sample',
    `61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d32
     6d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb`,
  ],
  [
    'P-256, SHA-512, "test"',
    P256,
    PSA_ALG_SHA_512,
    'test',
    `461d93f31b6540894788fd206c07cfa0cc35f46fa3c91816fff1040ad1581a04
     39af9f15de0db8d97e72719c74820d304ce5226e32dedae67519e840d1194e55`,
  ],
  [
    'P-384, SHA-384, "sample"',
    P384,
    PSA_ALG_SHA_384,
    'sample',
    `94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c
     81a648152e44acf96e36dd1e80fabe46
     99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94f
     a329c145786e679e7b82c71a38628ac8`,
  ],
  [
    'P-521, SHA-512, "sample"',
    P521,
    PSA_ALG_SHA_512,
    'sample',
    `00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f
     174e25a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e3
     77fa
     00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b68af
     282623eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc43997f1ee0e44da4
     a67a`,
  ],
];

describe('deterministic ECDSA', () => {
  it.each(ECDSA)('%s', async (_, privateKey, hash, message, expected) => {
    const alg = PSA_ALG_DETERMINISTIC_ECDSA(hash);
    const usage = PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH;
    const type = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    const { key } = await must(psa.importKey({ type, alg, usage }, unhex(privateKey)));
    const { signature } = await must(psa.signMessage(key, alg, ascii(message)));
    expect(hex(signature)).toBe(hex(unhex(expected)));
    const digest = await must(psa.hashCompute(hash, ascii(message)));
    const ofHash = await must(psa.signHash(key, alg, digest.hash));
    expect(hex(ofHash.signature)).toBe(hex(unhex(expected)));
    expect(await named(psa.verifyHash(key, PSA_ALG_ECDSA(hash), digest.hash, signature))).toBe('SUCCESS');
  });
});

const counting = (from: number, to: number): Uint8Array =>
  Uint8Array.from({ length: to - from + 1 }, (_, i) => from + i);

const HKDF_KEY = unhex('0b'.repeat(22));
const LONGER: readonly Input[] = [
  [PSA_KEY_DERIVATION_INPUT_SALT, counting(0x60, 0xaf)],
  [PSA_KEY_DERIVATION_INPUT_SECRET, counting(0x00, 0x4f)],
  [PSA_KEY_DERIVATION_INPUT_INFO, counting(0xb0, 0xff)],
];
const LABEL = ascii('test label');

/** RFC 5869 A; TLS 1.2's PRF as published for RFC 5246; PBKDF2 by RFC 6070 and RFC 7914 11. */
const DERIVATIONS: readonly (readonly [
  name: string,
  alg: number,
  inputs: readonly Input[],
  output: string,
])[] = [
  [
    'HKDF-SHA-256, RFC 5869 A.1',
    PSA_ALG_HKDF(PSA_ALG_SHA_256),
    [
      [PSA_KEY_DERIVATION_INPUT_SALT, counting(0, 12)],
      [PSA_KEY_DERIVATION_INPUT_SECRET, HKDF_KEY],
      [PSA_KEY_DERIVATION_INPUT_INFO, counting(0xf0, 0xf9)],
    ],
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  ],
  [
    'HKDF-SHA-256, RFC 5869 A.2',
    PSA_ALG_HKDF(PSA_ALG_SHA_256),
    LONGER,
    `b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
     59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
     cc30c58179ec3e87c14c01d5c1f3434f1d87`,
  ],
  [
    'HKDF-SHA-256 without salt, the info first, RFC 5869 A.3',
    PSA_ALG_HKDF(PSA_ALG_SHA_256),
    [
      [PSA_KEY_DERIVATION_INPUT_INFO, NOTHING],
      [PSA_KEY_DERIVATION_INPUT_SECRET, HKDF_KEY],
    ],
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  ],
  [
    'HKDF-Extract-SHA-256, RFC 5869 A.2',
    PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256),
    [
      [PSA_KEY_DERIVATION_INPUT_SALT, counting(0x60, 0xaf)],
      [PSA_KEY_DERIVATION_INPUT_SECRET, counting(0x00, 0x4f)],
    ],
    '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
  ],
  [
    'HKDF-Expand-SHA-256, RFC 5869 A.2',
    PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256),
    [
      [
        PSA_KEY_DERIVATION_INPUT_SECRET,
        unhex('06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244'),
      ],
      [PSA_KEY_DERIVATION_INPUT_INFO, counting(0xb0, 0xff)],
    ],
    `b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
     59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
     cc30c58179ec3e87c14c01d5c1f3434f1d87`,
  ],
  [
    'HKDF-SHA-1, RFC 5869 A.4',
    PSA_ALG_HKDF(PSA_ALG_SHA_1),
    [
      [PSA_KEY_DERIVATION_INPUT_SALT, counting(0, 12)],
      [PSA_KEY_DERIVATION_INPUT_SECRET, unhex('0b'.repeat(11))],
      [PSA_KEY_DERIVATION_INPUT_INFO, counting(0xf0, 0xf9)],
    ],
    '085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2c22e422478d305f3f896',
  ],
  [
    'HKDF-SHA-1, RFC 5869 A.5',
    PSA_ALG_HKDF(PSA_ALG_SHA_1),
    LONGER,
    `0bd770a74d1160f7c9f12cd5912a06ebff6adcae899d92191fe4305673ba2ffe
     8fa3f1a4e5ad79f3f334b3b202b2173c486ea37ce3d397ed034c7f9dfeb15c5e
     927336d0441f4c4300e2cff0d0900b52d3b4`,
  ],
  [
    'HKDF-SHA-1 with an empty salt, RFC 5869 A.6',
    PSA_ALG_HKDF(PSA_ALG_SHA_1),
    [
      [PSA_KEY_DERIVATION_INPUT_SALT, NOTHING],
      [PSA_KEY_DERIVATION_INPUT_SECRET, HKDF_KEY],
      [PSA_KEY_DERIVATION_INPUT_INFO, NOTHING],
    ],
    '0ac1af7002b3d761d1e55298da9d0506b9ae52057220a306e07b6b87e8df21d0ea00033de03984d34918',
  ],
  [
    'HKDF-SHA-1 without salt, RFC 5869 A.7',
    PSA_ALG_HKDF(PSA_ALG_SHA_1),
    [
      [PSA_KEY_DERIVATION_INPUT_SECRET, unhex('0c'.repeat(22))],
      [PSA_KEY_DERIVATION_INPUT_INFO, NOTHING],
    ],
    '2c91117204d745f3500d636a62f64f0ab3bae548aa53d423b0d1f27ebba6f5e5673a081d70cce7acfc48',
  ],
  [
    'TLS 1.2 PRF, SHA-256',
    PSA_ALG_TLS12_PRF(PSA_ALG_SHA_256),
    [
      [PSA_KEY_DERIVATION_INPUT_SEED, unhex('a0ba9f936cda311827a6f796ffd5198c')],
      [PSA_KEY_DERIVATION_INPUT_SECRET, unhex('9bbe436ba940f017b17652849a71db35')],
      [PSA_KEY_DERIVATION_INPUT_LABEL, LABEL],
    ],
    `e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a
     6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab
     4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701
     87347b66`,
  ],
  [
    'TLS 1.2 PRF, SHA-384',
    PSA_ALG_TLS12_PRF(PSA_ALG_SHA_384),
    [
      [PSA_KEY_DERIVATION_INPUT_SEED, unhex('cd665cf6a8447dd6ff8b27555edb7465')],
      [PSA_KEY_DERIVATION_INPUT_SECRET, unhex('b80b733d6ceefcdc71566ea48e5567df')],
      [PSA_KEY_DERIVATION_INPUT_LABEL, LABEL],
    ],
    `7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cd
     e9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700884f9dc236f80edd
     8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d918425
     9b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee6
     91c8f3a26854308d5eaa3be85e0990703d73e56f`,
  ],
  ...(
    [
      [1n, 'password', 'salt', '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
      [2n, 'password', 'salt', 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'],
      [4096n, 'password', 'salt', '4b007901b765489abead49d926f721d065a429c1'],
      [4096n, 'pass\0word', 'sa\0lt', '56fa6aa75548099dcc37d7f03425e0c3'],
    ] as const
  ).map(
    ([cost, password, salt, output]) =>
      [
        `PBKDF2-HMAC-SHA-1 of ${JSON.stringify(password)}, ${cost} times, RFC 6070`,
        PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_1),
        [
          [PSA_KEY_DERIVATION_INPUT_COST, cost],
          [PSA_KEY_DERIVATION_INPUT_SALT, ascii(salt)],
          [PSA_KEY_DERIVATION_INPUT_PASSWORD, ascii(password)],
        ],
        output,
      ] as const,
  ),
  [
    'PBKDF2-HMAC-SHA-1, the salt in two inputs, RFC 6070',
    PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_1),
    [
      [PSA_KEY_DERIVATION_INPUT_COST, 4096n],
      [PSA_KEY_DERIVATION_INPUT_SALT, ascii('saltSALTsaltSALTsalt')],
      [PSA_KEY_DERIVATION_INPUT_SALT, ascii('SALTsaltSALTsalt')],
      [PSA_KEY_DERIVATION_INPUT_PASSWORD, ascii('passwordPASSWORDpassword')],
    ],
    '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038',
  ],
  [
    'PBKDF2-HMAC-SHA-256, RFC 7914 11',
    PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256),
    [
      [PSA_KEY_DERIVATION_INPUT_COST, 1n],
      [PSA_KEY_DERIVATION_INPUT_SALT, ascii('salt')],
      [PSA_KEY_DERIVATION_INPUT_PASSWORD, ascii('passwd')],
    ],
    `55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc
     49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783`,
  ],
  [
    'PBKDF2-HMAC-SHA-256, 80000 times, RFC 7914 11',
    PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256),
    [
      [PSA_KEY_DERIVATION_INPUT_COST, 80000n],
      [PSA_KEY_DERIVATION_INPUT_SALT, ascii('NaCl')],
      [PSA_KEY_DERIVATION_INPUT_PASSWORD, ascii('Password')],
    ],
    `4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56
     a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d`,
  ],
];

describe('key derivation', () => {
  it.each(DERIVATIONS)('%s', async (_, alg, inputs, expected) => {
    const output = unhex(expected);
    expect(hex(await derive(psa, alg, output.length, ...inputs))).toBe(hex(output));
  });
});
