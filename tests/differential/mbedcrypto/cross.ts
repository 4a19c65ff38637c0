/** What one library has made with random parts, the other one takes: signatures, ciphertexts, keys. */
import * as psa from '../../../psa-api/constants.ts';
import type { Generator } from '../../support/generator.ts';
import { ALGORITHMS, BLOCK_MODES, CRYPT_USAGE, SIGN_USAGE } from './catalogue.ts';
import { CURVE25519, ecc, P256, pairType, WEIERSTRASS } from './curves.ts';
import { aes, chacha20, des, type Material, publicOf, RSA_1024, RSA_2048 } from './material.ts';
import { attributesOperand, bytesOperand, room } from './script.ts';

export interface Cross {
  /** Calls that end with the one that makes something; the key is $k0. */
  readonly make: readonly string[];
  /** Calls on what came of it. They have to succeed in both. */
  readonly take: (made: string) => readonly string[];
}

const importLine = ({ type, data }: Material, alg: number, usage: number): string =>
  `psa_import_key ${attributesOperand({ type, usage, alg })} ${bytesOperand(data)} >$k0`;

const signatures = (random: Generator): Cross[] =>
  [
    ...[P256, ...WEIERSTRASS].map((curve) => ({
      material: ecc(random, curve),
      algorithms: ALGORITHMS.ecdsa,
    })),
    ...[RSA_1024, RSA_1024, RSA_1024, RSA_2048].map((material) => ({
      material,
      algorithms: ALGORITHMS.rsaSign,
    })),
  ].flatMap(({ material, algorithms }) =>
    [0, 1].map(() => {
      const alg = random.pick(algorithms);
      const hash = psa.PSA_ALG_GET_HASH(alg);
      const digest = bytesOperand(random.bytes(hash === 0 ? 32 : psa.PSA_HASH_LENGTH(hash)));
      const key = importLine(material, alg, SIGN_USAGE);
      return {
        make: [key, `psa_sign_hash $k0 ${alg} ${digest} ${room(256)}`],
        take: (made: string) => [key, `psa_verify_hash $k0 ${alg} ${digest} =${made}`],
      };
    }),
  );

const ciphertexts = (random: Generator): Cross[] => [
  ...[
    ...ALGORITHMS.cipher.map((alg) => ({
      alg,
      material: alg === psa.PSA_ALG_STREAM_CIPHER ? chacha20(random) : aes(random),
    })),
    ...BLOCK_MODES.map((alg) => ({ alg, material: des(random) })),
  ].map(({ alg, material }) => {
    const key = importLine(material, alg, CRYPT_USAGE);
    return {
      make: [key, `psa_cipher_encrypt $k0 ${alg} ${bytesOperand(random.bytes(64))} ${room(96)}`],
      take: (made: string) => [key, `psa_cipher_decrypt $k0 ${alg} =${made} ${room(96)}`],
    };
  }),
  ...[...ALGORITHMS.rsaCrypt, ...ALGORITHMS.rsaCrypt].map((alg) => {
    const key = importLine(RSA_1024, alg, CRYPT_USAGE);
    const label = bytesOperand(random.bytes(psa.PSA_ALG_IS_RSA_OAEP(alg) ? random.below(30) : 0));
    const text = bytesOperand(random.bytes(random.below(60)));
    return {
      make: [key, `psa_asymmetric_encrypt $k0 ${alg} ${text} ${label} ${room(128)}`],
      take: (made: string) => [key, `psa_asymmetric_decrypt $k0 ${alg} =${made} ${label} ${room(128)}`],
    };
  }),
];

/** Keys made there, used here: what each computes, the public part above all, has to be the same. */
const keys = (random: Generator): Cross[] => {
  const message = bytesOperand(random.bytes(40));
  const made = (type: number, bits: number, alg: number, usage: number, use: string): Cross => {
    const wanted = { type, bits, usage: usage | psa.PSA_KEY_USAGE_EXPORT, alg };
    return {
      make: [`psa_generate_key ${attributesOperand(wanted)} >$k0`, `psa_export_key $k0 ${room(1300)}`],
      take: (key) => [
        `psa_import_key ${attributesOperand(wanted)} =${key} >$k0`,
        'psa_get_key_attributes $k0',
        `psa_export_public_key $k0 ${room(600)}`,
        use,
      ],
    };
  };
  const signing = (type: number, bits: number, alg: number): Cross =>
    made(type, bits, alg, SIGN_USAGE, `psa_sign_message $k0 ${alg} ${message} ${room(600)}`);
  const { PSA_ALG_ECDH: ECDH, PSA_KEY_TYPE_RSA_KEY_PAIR, PSA_KEY_USAGE_DERIVE } = psa;
  const peer = bytesOperand(publicOf(ecc(random, CURVE25519)).data);
  const agree = `psa_raw_key_agreement ${ECDH} $k0 ${peer} ${room(32)}`;
  return [
    ...WEIERSTRASS.map((curve) =>
      signing(pairType(curve), curve.bits, psa.PSA_ALG_DETERMINISTIC_ECDSA(psa.PSA_ALG_SHA_256)),
    ),
    signing(PSA_KEY_TYPE_RSA_KEY_PAIR, 1024, psa.PSA_ALG_RSA_PKCS1V15_SIGN(psa.PSA_ALG_SHA_256)),
    made(pairType(CURVE25519), CURVE25519.bits, ECDH, PSA_KEY_USAGE_DERIVE, agree),
  ];
};

export const crosses = (random: Generator): Cross[] => [
  ...signatures(random),
  ...ciphertexts(random),
  ...keys(random),
];
