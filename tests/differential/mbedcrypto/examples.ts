/** One example for each entry of docs/differences.md: calls of which the last shows the difference. */
import * as psa from '../../../psa-api/constants.ts';
import { SIGN_USAGE, USAGES } from './catalogue.ts';
import { CURVE25519, ecc, P256, pairType, publicType } from './curves.ts';
import { aes, chacha20, type Material, RSA_1024, symmetric } from './material.ts';
import { attributesOperand, room, type Scene, type Wanted } from './script.ts';

const ALL_USAGE = USAGES.reduce((all, flag) => all | flag, 0);
const SHA256 = psa.PSA_ALG_SHA_256;
const HMAC = psa.PSA_ALG_HMAC(SHA256);
const ECDSA = psa.PSA_ALG_ECDSA(SHA256);
const { PSA_ALG_ECDH: ECDH, PSA_ALG_GCM: GCM, PSA_ALG_CTR: CTR, PSA_ALG_CMAC: CMAC } = psa;
const { PSA_ALG_CBC_NO_PADDING: CBC, PSA_ALG_STREAM_CIPHER } = psa;
const HKDF = psa.PSA_ALG_HKDF(SHA256);
const PRF = psa.PSA_ALG_TLS12_PRF(SHA256);
const { PSA_KEY_DERIVATION_INPUT_SECRET: SECRET, PSA_KEY_DERIVATION_INPUT_INFO: INFO } = psa;

const zeros = (length: number): Uint8Array => new Uint8Array(length);
const hmacKey = symmetric(psa.PSA_KEY_TYPE_HMAC, zeros(20));
const secret = symmetric(psa.PSA_KEY_TYPE_DERIVE, zeros(20));

const key = (scene: Scene, { type, data }: Material, alg: number, usage = ALL_USAGE): string => {
  const register = scene.register('k');
  scene.call('psa_import_key', attributesOperand({ type, usage, alg }), data, `>${register}`);
  return register;
};

const copy = (scene: Scene, from: string, alg: number): void => {
  const to = scene.register('k');
  scene.call('psa_copy_key', from, attributesOperand({ usage: ALL_USAGE, alg }), `>${to}`);
};

const cipher = (scene: Scene, material: Material, alg: number, direction: 'encrypt' | 'decrypt'): void =>
  scene.call(`psa_cipher_${direction}_setup`, '$c0', key(scene, material, alg), alg);

/** An HKDF that has its inputs. */
const derivation = (scene: Scene): void => {
  scene.call('psa_key_derivation_setup', '$d0', HKDF);
  scene.call('psa_key_derivation_input_key', '$d0', SECRET, key(scene, secret, HKDF));
  scene.call('psa_key_derivation_input_bytes', '$d0', INFO, zeros(4));
};

const derivedKey = (scene: Scene, wanted: Wanted): void =>
  scene.call('psa_key_derivation_output_key', attributesOperand(wanted), '$d0', `>${scene.register('k')}`);

export const EXAMPLES: Readonly<Record<string, (scene: Scene) => void>> = {
  'before-init': (scene) => scene.call('psa_hash_compute', SHA256, zeros(1), room(32)),
  'purge-of-nothing': (scene) => scene.call('psa_purge_key', '@9'),
  'key-destroyed-under-operation': (scene) => {
    const mac = key(scene, hmacKey, HMAC);
    scene.call('psa_mac_sign_setup', '$m0', mac, HMAC);
    scene.call('psa_destroy_key', mac);
    scene.call('psa_mac_update', '$m0', zeros(1));
  },
  'failure-ends-operation': (scene) => {
    scene.call('psa_key_derivation_setup', '$d0', HKDF);
    scene.call('psa_key_derivation_output_bytes', '$d0', room(1));
    scene.call('psa_key_derivation_input_bytes', '$d0', INFO, zeros(4));
  },
  'setup-on-active': (scene) => {
    scene.call('psa_hash_setup', '$h0', SHA256);
    scene.call('psa_hash_clone', '$h1', '$h0');
    scene.call('psa_hash_update', '$h0', zeros(1));
  },
  'generated-iv-for-decryption': (scene) => {
    cipher(scene, aes(scene.random), CTR, 'decrypt');
    scene.call('psa_cipher_generate_iv', '$c0', room(15));
  },
  'room-of-decryption': (scene) => {
    cipher(scene, aes(scene.random), psa.PSA_ALG_CBC_PKCS7, 'decrypt');
    scene.call('psa_cipher_set_iv', '$c0', zeros(16));
    scene.call('psa_cipher_update', '$c0', zeros(16), room(0));
  },
  'ctr-nonce': (scene) => {
    cipher(scene, aes(scene.random), CTR, 'encrypt');
    scene.call('psa_cipher_set_iv', '$c0', zeros(8));
  },
  'chacha20-nonce': (scene) => {
    cipher(scene, chacha20(scene.random), PSA_ALG_STREAM_CIPHER, 'encrypt');
    scene.call('psa_cipher_set_iv', '$c0', zeros(16));
  },
  'aead-tag-length': (scene) => {
    const alg = psa.PSA_ALG_AEAD_WITH_SHORTENED_TAG(GCM, 6);
    const aesKey = key(scene, aes(scene.random), alg);
    scene.call('psa_aead_encrypt', aesKey, alg, zeros(12), '=', '=', room(6));
  },
  'ecdsa-hash-length': (scene) => {
    const pair = key(scene, ecc(scene.random, P256), ECDSA);
    scene.call('psa_sign_hash', pair, ECDSA, zeros(20), room(64));
  },
  'ecdsa-verification-policy': (scene) => {
    const pair = key(scene, ecc(scene.random, P256), ECDSA);
    const alg = psa.PSA_ALG_DETERMINISTIC_ECDSA(SHA256);
    scene.call('psa_verify_hash', pair, alg, zeros(32), zeros(64));
  },
  'any-hash-policy': (scene) => {
    const pair = key(scene, ecc(scene.random, P256), psa.PSA_ALG_ECDSA(psa.PSA_ALG_ANY_HASH));
    scene.call('psa_verify_hash', pair, psa.PSA_ALG_ECDSA_ANY, zeros(32), zeros(64));
  },
  'mac-of-full-length': (scene) =>
    scene.call(
      'psa_mac_compute',
      key(scene, hmacKey, HMAC),
      psa.PSA_ALG_TRUNCATED_MAC(HMAC, 32),
      '=',
      room(32),
    ),
  'rsa-signature-out-of-range': (scene) => {
    const alg = psa.PSA_ALG_RSA_PKCS1V15_SIGN(SHA256);
    const pair = key(scene, RSA_1024, alg);
    scene.call('psa_verify_hash', pair, alg, zeros(32), zeros(128).fill(0xff));
  },
  'rsa-ciphertext-out-of-range': (scene) => {
    const pair = key(scene, RSA_1024, psa.PSA_ALG_RSA_PKCS1V15_CRYPT);
    const ciphertext = zeros(128).fill(0xff);
    scene.call('psa_asymmetric_decrypt', pair, psa.PSA_ALG_RSA_PKCS1V15_CRYPT, ciphertext, '=', room(128));
  },
  'rsa-inconsistent-key': (scene) => {
    const data = RSA_1024.data.map((byte, i, { length }) => (i === length - 1 ? byte ^ 1 : byte));
    key(scene, { ...RSA_1024, data }, psa.PSA_ALG_RSA_PKCS1V15_CRYPT);
  },
  'montgomery-forced-bits': (scene) =>
    void key(scene, symmetric(pairType(CURVE25519), zeros(32).fill(7)), ECDH),
  'montgomery-small-order': (scene) => void key(scene, symmetric(publicType(CURVE25519), zeros(32)), ECDH),
  'montgomery-unused-bit': (scene) => {
    const data = zeros(32).fill(0xff, 31);
    scene.call('psa_export_key', key(scene, symmetric(publicType(CURVE25519), data), ECDH), room(32));
  },
  'copy-without-algorithm': (scene) => copy(scene, key(scene, hmacKey, HMAC), psa.PSA_ALG_NONE),
  'copy-agreement-policies': (scene) =>
    copy(scene, key(scene, ecc(scene.random, P256), ECDH), psa.PSA_ALG_KEY_AGREEMENT(ECDH, HKDF)),
  'copy-mac-policies': (scene) =>
    copy(scene, key(scene, hmacKey, CMAC), psa.PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(CMAC, 8)),
  'tls12-capacity': (scene) => {
    scene.call('psa_key_derivation_setup', '$d0', PRF);
    scene.call('psa_key_derivation_get_capacity', '$d0');
  },
  'nothing-of-no-capacity': (scene) => {
    derivation(scene);
    scene.call('psa_key_derivation_set_capacity', '$d0', 0);
    scene.call('psa_key_derivation_output_bytes', '$d0', room(0));
  },
  'exhausted-derivation': (scene) => {
    derivation(scene);
    scene.call('psa_key_derivation_set_capacity', '$d0', 1);
    scene.call('psa_key_derivation_output_bytes', '$d0', room(2));
    derivedKey(scene, { type: psa.PSA_KEY_TYPE_AES, bits: 128 });
  },
  'key-types-of-one': (scene) => void key(scene, symmetric(psa.PSA_KEY_TYPE_PASSWORD, zeros(8)), 0),
  'algorithms-of-one': (scene) => scene.call('psa_hash_compute', psa.PSA_ALG_SHA3_256, '=', room(32)),
  'usage-flags-of-one': (scene) => void key(scene, hmacKey, HMAC, psa.PSA_KEY_USAGE_CACHE),
  'derivation-steps-of-one': (scene) => {
    scene.call('psa_key_derivation_setup', '$d0', psa.PSA_ALG_TLS12_PSK_TO_MS(SHA256));
    scene.call('psa_key_derivation_input_bytes', '$d0', psa.PSA_KEY_DERIVATION_INPUT_SEED, zeros(4));
    const step = psa.PSA_KEY_DERIVATION_INPUT_OTHER_SECRET;
    scene.call('psa_key_derivation_input_bytes', '$d0', step, zeros(4));
  },
  'derived-ecc-keys': (scene) => {
    derivation(scene);
    derivedKey(scene, { type: pairType(P256), bits: 256 });
  },
  'kind-of-algorithm-first': (scene) => scene.call('psa_aead_encrypt', '@9', SHA256, '=', '=', '=', room(32)),
  'state-first': (scene) =>
    scene.call('psa_key_derivation_input_key', '$d0', SECRET, key(scene, secret, HKDF, SIGN_USAGE)),
  'key-first': (scene) => scene.call('psa_export_key', '@9', room(0)),
  'permission-first': (scene) => {
    const alg = psa.PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(GCM, 4);
    const aesKey = key(scene, aes(scene.random), alg, psa.PSA_KEY_USAGE_DECRYPT);
    scene.call('psa_aead_encrypt', aesKey, alg, zeros(12), '=', '=', room(16));
  },
  'key-type-first': (scene) => {
    const alg = psa.PSA_ALG_XTS;
    const aesKey = key(scene, symmetric(psa.PSA_KEY_TYPE_AES, zeros(16)), alg);
    scene.call('psa_cipher_encrypt', aesKey, alg, zeros(1), room(8));
  },
  'attributes-first': (scene) => {
    derivation(scene);
    scene.call('psa_key_derivation_set_capacity', '$d0', 1);
    derivedKey(scene, { type: psa.PSA_KEY_TYPE_RAW_DATA, bits: 0xffff });
  },
  'inputs-before-room': (scene) =>
    scene.call('psa_cipher_encrypt', key(scene, aes(scene.random), CBC), CBC, zeros(1), room(0)),
  'not-supported-or-invalid': (scene) => {
    const wanted = attributesOperand({ type: publicType(P256), bits: 256 });
    scene.call('psa_import_key', wanted, zeros(65).fill(0xff), `>${scene.register('k')}`);
  },
  'peer-key-format': (scene) => {
    const pair = key(scene, ecc(scene.random, P256), ECDH);
    scene.call('psa_raw_key_agreement', ECDH, pair, zeros(65).fill(0xff), room(32));
  },
};
