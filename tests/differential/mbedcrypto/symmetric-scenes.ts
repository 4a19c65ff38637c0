/** Hashes, MACs, ciphers and AEAD: one-shot, in parts, and in orders that no application wants. */
import * as psa from '../../../psa-api/constants.ts';
import {
  ALGORITHMS,
  anyAlgorithm,
  BLOCK_MODES,
  CRYPT_USAGE,
  HASHES,
  ODD_HASH_ALGS,
  SIGN_USAGE,
} from './catalogue.ts';
import { importKey, usageFor } from './key-scenes.ts';
import { aes, anyMaterial, chacha20, des, type Material, symmetric } from './material.ts';
import { room, type Scene } from './script.ts';

export const hashScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = scene.mostly<number>(random.pick(HASHES), 85, () =>
    random.pick([...ODD_HASH_ALGS, anyAlgorithm(random)]),
  );
  const length = psa.PSA_HASH_LENGTH(alg);
  const data = random.bytes(random.length());
  const digest = scene.register('b');
  scene.call('psa_hash_compute', alg, data, room(scene.size(length)));
  scene.call('psa_hash_compute', alg, data, room(64, digest));
  scene.call('psa_hash_compare', alg, data, digest);
  scene.call('psa_hash_compare', alg, data, `${digest}${random.pick(['^0', '^7', ':5', ':0', '/1'])}`);
  const operation = scene.register('h');
  const clone = scene.register('h');
  scene.call('psa_hash_setup', operation, alg);
  const parts = random.split(data);
  const at = random.below(parts.length + 1);
  for (const [i, part] of parts.entries()) {
    if (i === at) scene.call('psa_hash_clone', operation, clone);
    scene.call('psa_hash_update', operation, part);
  }
  if (scene.chance(20)) scene.call('psa_hash_setup', operation, alg);
  random.pick([
    () => scene.call('psa_hash_finish', operation, room(scene.size(length))),
    () => scene.call('psa_hash_verify', operation, digest),
    () => scene.call('psa_hash_verify', operation, `${digest}:${random.below(length + 1)}`),
  ])();
  scene.call('psa_hash_update', clone, random.bytes(random.below(20)));
  scene.call('psa_hash_finish', clone, room(64));
  scene.call('psa_hash_update', operation, data);
  scene.call('psa_hash_abort', operation);
};

/** Calls on a few operation objects in any order. */
export const hashChaosScene = (scene: Scene): void => {
  const { random } = scene;
  const operations = [scene.register('h'), scene.register('h'), scene.register('h')];
  const one = () => random.pick(operations);
  for (let i = 0; i < 30; i++) {
    random.pick([
      () => scene.call('psa_hash_setup', one(), random.pick(HASHES)),
      () => scene.call('psa_hash_setup', one(), random.pick(HASHES)),
      () => scene.call('psa_hash_update', one(), random.bytes(random.below(70))),
      () => scene.call('psa_hash_update', one(), random.bytes(random.below(70))),
      () => scene.call('psa_hash_clone', one(), one()),
      () => scene.call('psa_hash_finish', one(), room(random.pick([64, 64, 32, 31, 0]))),
      () => scene.call('psa_hash_verify', one(), random.bytes(random.pick([0, 20, 32]))),
      () => scene.call('psa_hash_abort', one()),
    ])();
  }
};

const macMaterial = (scene: Scene, alg: number): Material => {
  const { random } = scene;
  const right = psa.PSA_ALG_IS_HMAC(alg)
    ? symmetric(psa.PSA_KEY_TYPE_HMAC, random.bytes(random.pick([1, 16, 32, 64, 65, 128, 129, 200])))
    : scene.mostly(aes(random), 92, () => des(random));
  return scene.mostly(right, 90, () => anyMaterial(random));
};

export const macScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = scene.mostly<number>(random.pick(ALGORITHMS.mac), 80, () =>
    random.pick([...ALGORITHMS.macPolicy, ...ALGORITHMS.macOdd]),
  );
  const policy = scene.mostly(alg, 75, () => random.pick([...ALGORITHMS.macPolicy, ...ALGORITHMS.mac, 0]));
  const key = importKey(scene, macMaterial(scene, alg), policy, usageFor(scene, SIGN_USAGE));
  const data = random.bytes(random.length());
  const full = psa.PSA_ALG_IS_HMAC(alg) ? psa.PSA_HASH_LENGTH(psa.PSA_ALG_GET_HASH(alg)) : 16;
  const length = psa.PSA_MAC_TRUNCATED_LENGTH(alg) || full;
  const mac = scene.register('b');
  const operation = scene.register('m');
  scene.call('psa_mac_compute', key, alg, data, room(scene.size(length)));
  scene.call('psa_mac_compute', key, alg, data, room(64, mac));
  scene.call('psa_mac_verify', key, alg, data, mac);
  scene.call('psa_mac_verify', key, alg, data, `${mac}${random.pick(['^0', '^3', ':0', ':3', '/1'])}`);
  const signing = scene.chance(50);
  scene.call(signing ? 'psa_mac_sign_setup' : 'psa_mac_verify_setup', operation, key, alg);
  for (const part of random.split(data)) scene.call('psa_mac_update', operation, part);
  if (scene.chance(10)) scene.call('psa_mac_sign_setup', operation, key, alg);
  if (scene.chance(90) === signing) scene.call('psa_mac_sign_finish', operation, room(scene.size(length)));
  else
    scene.call(
      'psa_mac_verify_finish',
      operation,
      scene.mostly(mac, 70, () => `${mac}:${random.below(9)}`),
    );
  scene.call('psa_mac_update', operation, '=00');
};

export const macChaosScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = random.pick([psa.PSA_ALG_CMAC, psa.PSA_ALG_HMAC(psa.PSA_ALG_SHA_256)]);
  const material = alg === psa.PSA_ALG_CMAC ? aes(random) : symmetric(psa.PSA_KEY_TYPE_HMAC, random.bytes(9));
  const key = importKey(scene, material, alg, SIGN_USAGE);
  const one = scene.register('m');
  for (let i = 0; i < 22; i++) {
    random.pick([
      () => scene.call('psa_mac_sign_setup', one, key, alg),
      () => scene.call('psa_mac_verify_setup', one, key, alg),
      () => scene.call('psa_mac_update', one, random.bytes(random.below(40))),
      () => scene.call('psa_mac_update', one, random.bytes(random.below(40))),
      () => scene.call('psa_mac_sign_finish', one, room(random.pick([64, 64, 16, 15, 0]))),
      () => scene.call('psa_mac_verify_finish', one, random.bytes(random.pick([0, 16, 32]))),
      () => scene.call('psa_mac_abort', one),
    ])();
  }
  scene.call('psa_mac_sign_setup', one, key, alg);
  if (scene.chance(30)) scene.call('psa_destroy_key', key);
  scene.call('psa_mac_update', one, '=00');
};

/** Material that goes with the algorithm. */
const cipherMaterial = ({ random }: Scene, alg: number): Material => {
  if (alg === psa.PSA_ALG_STREAM_CIPHER) return chacha20(random);
  return random.below(3) === 0 && BLOCK_MODES.includes(alg) ? des(random) : aes(random);
};

/** An algorithm and a key for it, most of the time. */
interface Cipher {
  readonly alg: number;
  readonly key: string;
  /** How long the IV has to be; 0 for none. */
  readonly iv: number;
}

const anyCipher = (scene: Scene): Cipher => {
  const { random } = scene;
  const alg = scene.mostly<number>(random.pick(ALGORITHMS.cipher), 92, () =>
    random.pick([...ALGORITHMS.cipherOdd, psa.PSA_ALG_GCM, psa.PSA_ALG_NONE]),
  );
  const material = scene.mostly(cipherMaterial(scene, alg), 92, () => anyMaterial(random));
  const policy = scene.mostly(alg, 90, () => random.pick([...ALGORITHMS.cipher, psa.PSA_ALG_CMAC]));
  const key = importKey(scene, material, policy, usageFor(scene, CRYPT_USAGE));
  return { alg, key, iv: psa.PSA_CIPHER_IV_LENGTH(material.type, alg) };
};

const wholeBlocks = (scene: Scene, alg: number): Uint8Array => {
  const { random } = scene;
  const blocks = alg === psa.PSA_ALG_ECB_NO_PADDING || alg === psa.PSA_ALG_CBC_NO_PADDING;
  return random.bytes(blocks && scene.chance(80) ? 8 * random.below(24) : random.length(200));
};

/** In one call, and back again. */
export const cipherScene = (scene: Scene): void => {
  const { random } = scene;
  for (let i = 0; i < 3; i++) {
    const { alg, key, iv } = anyCipher(scene);
    const text = wholeBlocks(scene, alg);
    const sealed = scene.register('b');
    const needed = text.length + iv;
    scene.call('psa_cipher_encrypt', key, alg, text, room(scene.size(needed + 16)));
    scene.call('psa_cipher_encrypt', key, alg, text, room(needed + 16, sealed));
    scene.call('psa_cipher_decrypt', key, alg, sealed, room(text.length + 16));
    scene.call('psa_cipher_decrypt', key, alg, sealed, room(scene.size(text.length)));
    scene.call('psa_cipher_decrypt', key, alg, random.bytes(random.length(80)), room(100));
    scene.call('psa_cipher_decrypt', key, alg, random.bytes(8 * random.below(12)), room(random.below(100)));
  }
};

const ivFor = (scene: Scene, length: number): Uint8Array =>
  scene.random.bytes(scene.mostly(length, 85, () => scene.random.below(20)));

export const cipherPartsScene = (scene: Scene): void => {
  const { random } = scene;
  const { alg, key, iv: ivLength } = anyCipher(scene);
  for (const direction of ['encrypt', 'decrypt']) {
    const operation = scene.register('c');
    scene.call(`psa_cipher_${direction}_setup`, operation, key, alg);
    if (scene.chance(alg === psa.PSA_ALG_ECB_NO_PADDING ? 10 : 92))
      scene.call('psa_cipher_set_iv', operation, ivFor(scene, ivLength));
    for (const part of random.split(wholeBlocks(scene, alg)))
      scene.call(
        'psa_cipher_update',
        operation,
        part,
        room(scene.mostly(part.length + 16, 95, () => scene.size(part.length))),
      );
    scene.call('psa_cipher_finish', operation, room(scene.size(16)));
    scene.call('psa_cipher_update', operation, '=00', room(16));
  }
  const operation = scene.register('c');
  const back = scene.register('c');
  const iv = scene.register('b');
  const body = scene.register('b');
  const text = random.bytes(8 * random.below(10));
  scene.call('psa_cipher_encrypt_setup', operation, key, alg);
  scene.call(
    'psa_cipher_generate_iv',
    operation,
    room(
      scene.mostly(ivLength, 85, () => random.below(20)),
      iv,
    ),
  );
  scene.call('psa_cipher_update', operation, text, room(100, body));
  scene.call('psa_cipher_finish', operation, room(16));
  scene.call('psa_cipher_decrypt_setup', back, key, alg);
  scene.call('psa_cipher_set_iv', back, iv);
  scene.call('psa_cipher_update', back, body, room(100));
};

export const cipherChaosScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = random.pick(ALGORITHMS.cipher);
  const material = cipherMaterial(scene, alg);
  const iv = psa.PSA_CIPHER_IV_LENGTH(material.type, alg);
  const key = importKey(scene, material, alg, CRYPT_USAGE);
  const one = scene.register('c');
  for (let i = 0; i < 26; i++) {
    random.pick([
      () => scene.call('psa_cipher_encrypt_setup', one, key, alg),
      () => scene.call('psa_cipher_decrypt_setup', one, key, alg),
      () => scene.call('psa_cipher_set_iv', one, ivFor(scene, iv)),
      () => scene.call('psa_cipher_set_iv', one, random.bytes(iv)),
      () =>
        scene.call(
          'psa_cipher_update',
          one,
          random.bytes(random.below(50)),
          room(random.pick([66, 66, 16, 0])),
        ),
      () =>
        scene.call(
          'psa_cipher_update',
          one,
          random.bytes(8 * random.below(8)),
          room(random.pick([66, 66, 16, 0])),
        ),
      () => scene.call('psa_cipher_finish', one, room(random.pick([16, 16, 15, 0]))),
      () => scene.call('psa_cipher_abort', one),
    ])();
  }
  scene.call('psa_cipher_generate_iv', one, room(random.pick([16, iv, 15, 0])));
  scene.call('psa_cipher_abort', one);
  scene.call('psa_cipher_encrypt_setup', one, key, alg);
  if (scene.chance(30)) scene.call('psa_destroy_key', key);
  scene.call('psa_cipher_set_iv', one, random.bytes(iv));
};

const aeadMaterial = ({ random }: Scene, alg: number): Material =>
  psa.PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) ? aes(random) : chacha20(random);

export const aeadScene = (scene: Scene): void => {
  const { random } = scene;
  for (let i = 0; i < 3; i++) {
    const alg = scene.mostly<number>(random.pick(ALGORITHMS.aead), 80, () =>
      random.pick([...ALGORITHMS.aeadOdd, ...ALGORITHMS.aeadPolicy, anyAlgorithm(random)]),
    );
    const policy = scene.mostly(alg, 80, () => random.pick([...ALGORITHMS.aeadPolicy, ...ALGORITHMS.aead]));
    const material = scene.mostly(aeadMaterial(scene, alg), 92, () => anyMaterial(random));
    const key = importKey(scene, material, policy, usageFor(scene, CRYPT_USAGE));
    const nonce = random.bytes(
      scene.mostly(12, 60, () => random.pick([0, 1, 6, 7, 8, 11, 13, 14, 16, 17, 60])),
    );
    const ad = random.bytes(random.length(80));
    const text = random.bytes(random.length(120));
    const tag = psa.PSA_AEAD_TAG_LENGTH(material.type, material.bits, alg) || 16;
    const sealed = scene.register('b');
    scene.call('psa_aead_encrypt', key, alg, nonce, ad, text, room(scene.size(text.length + tag)));
    scene.call('psa_aead_encrypt', key, alg, nonce, ad, text, room(text.length + 16, sealed));
    scene.call('psa_aead_decrypt', key, alg, nonce, ad, sealed, room(text.length + 16));
    scene.call('psa_aead_decrypt', key, alg, nonce, ad, sealed, room(scene.size(text.length)));
    const wrong = `${sealed}${random.pick(['^0', `^${text.length}`, `:${random.below(20)}`, `:${text.length}`, '/1'])}`;
    scene.call('psa_aead_decrypt', key, alg, nonce, ad, wrong, room(scene.size(text.length)));
  }
};

/** Every room from nothing to more than enough. */
export const roomScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = random.pick(HASHES);
  const hmac = psa.PSA_ALG_HMAC(alg);
  const macKey = importKey(scene, symmetric(psa.PSA_KEY_TYPE_HMAC, random.bytes(9)), hmac, SIGN_USAGE);
  const cipher = random.pick(ALGORITHMS.cipher);
  const cipherKey = importKey(scene, cipherMaterial(scene, cipher), cipher, CRYPT_USAGE);
  const aead = random.pick(ALGORITHMS.aead);
  const aeadKey = importKey(scene, aeadMaterial(scene, aead), aead, CRYPT_USAGE);
  const text = random.bytes(random.pick([0, 16, 32]));
  const sealed = scene.register('b');
  scene.call('psa_aead_encrypt', aeadKey, aead, random.bytes(12), '=', text, room(64));
  for (let size = 0; size <= psa.PSA_HASH_LENGTH(alg) + 1; size++) {
    scene.call('psa_hash_compute', alg, text, room(size));
    scene.call('psa_mac_compute', macKey, hmac, text, room(size));
  }
  scene.call('psa_cipher_encrypt', cipherKey, cipher, text, room(100, sealed));
  const nonce = random.bytes(12);
  for (let size = 0; size <= text.length + 33; size++) {
    scene.call('psa_cipher_encrypt', cipherKey, cipher, text, room(size));
    scene.call('psa_cipher_decrypt', cipherKey, cipher, sealed, room(size));
    scene.call('psa_aead_encrypt', aeadKey, aead, nonce, '=', text, room(size));
  }
};
