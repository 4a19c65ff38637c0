/** Before psa_crypto_init, and long inputs. */
import * as psa from '../../../psa-api/constants.ts';
import { CRYPT_USAGE, HASHES, SIGN_USAGE } from './catalogue.ts';
import { importKey } from './key-scenes.ts';
import { aes, symmetric } from './material.ts';
import { attributesOperand, room, type Scene } from './script.ts';

/** For libraries that nobody has used: this one calls psa_crypto_init itself. */
export const beforeInitScene = (scene: Scene): void => {
  const { random } = scene;
  const calls = () => {
    const [hash, mac, cipher, derivation] = (['h', 'm', 'c', 'd'] as const).map((kind) =>
      scene.register(kind),
    );
    const key = importKey(scene, aes(random), psa.PSA_ALG_CTR, CRYPT_USAGE);
    scene.call(
      'psa_generate_key',
      attributesOperand({ type: psa.PSA_KEY_TYPE_AES, bits: 128 }),
      `>${scene.register('k')}`,
    );
    scene.call('psa_get_key_attributes', key);
    scene.call('psa_export_key', key, room(16));
    scene.call('psa_destroy_key', '@0');
    scene.call('psa_purge_key', key);
    scene.call('psa_generate_random', room(8));
    scene.call('psa_hash_compute', psa.PSA_ALG_SHA_256, '=00', room(32));
    scene.call('psa_hash_setup', hash ?? '', psa.PSA_ALG_SHA_256);
    scene.call('psa_mac_sign_setup', mac ?? '', key, psa.PSA_ALG_CMAC);
    scene.call('psa_cipher_encrypt_setup', cipher ?? '', key, psa.PSA_ALG_CTR);
    scene.call('psa_cipher_encrypt', key, psa.PSA_ALG_CTR, '=00', room(32));
    scene.call('psa_key_derivation_setup', derivation ?? '', psa.PSA_ALG_HKDF(psa.PSA_ALG_SHA_256));
    scene.call('psa_raw_key_agreement', psa.PSA_ALG_ECDH, key, '=04', room(32));
    scene.call('psa_hash_abort', hash ?? '');
    scene.call('psa_mac_abort', mac ?? '');
    scene.call('psa_cipher_abort', cipher ?? '');
    scene.call('psa_key_derivation_abort', derivation ?? '');
    scene.call('psa_destroy_key', key);
  };
  calls();
  scene.call('psa_crypto_init');
  scene.call('psa_crypto_init');
  calls();
};

export const longScene = (scene: Scene): void => {
  const { random } = scene;
  const data = random.bytes(random.between(60_000, 90_000));
  const alg = random.pick(HASHES);
  const hmac = psa.PSA_ALG_HMAC(alg);
  scene.call('psa_hash_compute', alg, data, room(64));
  const macKey = importKey(scene, symmetric(psa.PSA_KEY_TYPE_HMAC, random.bytes(33)), hmac, SIGN_USAGE);
  scene.call('psa_mac_compute', macKey, hmac, data, room(64));
  const key = importKey(scene, aes(random), psa.PSA_ALG_GCM, CRYPT_USAGE);
  const sealed = scene.register('b');
  scene.call(
    'psa_aead_encrypt',
    key,
    psa.PSA_ALG_GCM,
    random.bytes(12),
    '=',
    data,
    room(data.length + 16, sealed),
  );
  const operation = scene.register('c');
  const cbc = importKey(scene, aes(random), psa.PSA_ALG_CBC_PKCS7, CRYPT_USAGE);
  scene.call('psa_cipher_encrypt_setup', operation, cbc, psa.PSA_ALG_CBC_PKCS7);
  scene.call('psa_cipher_set_iv', operation, random.bytes(16));
  scene.call('psa_cipher_update', operation, data, room(data.length + 16));
  scene.call('psa_cipher_finish', operation, room(16));
  const raw = scene.register('k');
  const big = data.subarray(0, random.pick([8190, 8191, 8192, 10_000]));
  scene.call(
    'psa_import_key',
    attributesOperand({ type: psa.PSA_KEY_TYPE_RAW_DATA, usage: 1 }),
    big,
    `>${raw}`,
  );
  scene.call('psa_export_key', raw, room(scene.size(big.length)));
};
