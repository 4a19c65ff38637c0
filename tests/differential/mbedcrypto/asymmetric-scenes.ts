/** Signatures, asymmetric encryption and key agreement. */
import { constants, createPrivateKey, sign } from 'node:crypto';
import * as psa from '../../../psa-api/constants.ts';
import { ALGORITHMS, anyAlgorithm, CRYPT_USAGE, SIGN_USAGE } from './catalogue.ts';
import { anyCurve, CURVE25519, ecc, P256, P384, pairType, SECP256K1 } from './curves.ts';
import { importKey, usageFor } from './key-scenes.ts';
import { anyMaterial, type Material, publicOf, RSA_1024, RSA_2048, spoilt } from './material.ts';
import { attributesOperand, room, type Scene } from './script.ts';

interface Signing {
  readonly materials: readonly (() => Material)[];
  readonly algorithms: readonly number[];
  readonly policies: readonly number[];
  readonly length: (bits: number) => number;
}

const signing = ({ random }: Scene): Record<'ecdsa' | 'rsa', Signing> => ({
  ecdsa: {
    materials: [() => ecc(random)],
    algorithms: ALGORITHMS.ecdsa,
    policies: ALGORITHMS.ecdsaPolicy,
    length: (bits) => 2 * Math.ceil(bits / 8),
  },
  rsa: {
    materials: [...Array(8).fill(() => RSA_1024), () => RSA_2048],
    algorithms: ALGORITHMS.rsaSign,
    policies: ALGORITHMS.rsaSignPolicy,
    length: (bits) => bits / 8,
  },
});

const signScene = (scene: Scene, { materials, algorithms, policies, length }: Signing): void => {
  const { random } = scene;
  for (let i = 0; i < 2; i++) {
    const alg = scene.mostly<number>(random.pick(algorithms), 88, () =>
      random.pick([...policies, ...ALGORITHMS.signOdd, anyAlgorithm(random)]),
    );
    const policy = scene.mostly<number>(alg, 60, () =>
      random.pick([...policies, ...policies, ...algorithms, psa.PSA_ALG_ECDH]),
    );
    const material = random.pick(materials)();
    const key = importKey(
      scene,
      scene.mostly(material, 95, () => anyMaterial(random)),
      policy,
      usageFor(scene, SIGN_USAGE),
    );
    const hash = psa.PSA_ALG_GET_HASH(alg);
    const right = hash === 0 ? random.pick([20, 32, 48]) : psa.PSA_HASH_LENGTH(hash);
    const digest = random.bytes(
      scene.mostly(right, 85, () => random.pick([0, 1, 19, 31, 33, 64, 127, 128, 129])),
    );
    const message = random.bytes(random.length());
    const size = length(material.bits);
    const [ofHash, ofMessage] = [scene.register('b'), scene.register('b')];
    scene.call(
      'psa_sign_hash',
      key,
      alg,
      digest,
      room(
        scene.mostly(size, 70, () => scene.size(size)),
        ofHash,
      ),
    );
    scene.call(
      'psa_sign_message',
      key,
      alg,
      message,
      room(
        scene.mostly(size, 70, () => scene.size(size)),
        ofMessage,
      ),
    );
    scene.call('psa_verify_hash', key, alg, digest, ofHash);
    scene.call('psa_verify_message', key, alg, message, ofMessage);
    const spoil = random.pick(['^0', '^9', ':0', ':63', ':64', '/1']);
    scene.call('psa_verify_hash', key, alg, digest, `${ofHash}${spoil}`);
    scene.call('psa_verify_hash', key, alg, random.bytes(right), ofHash);
    if (scene.chance(50)) scene.call('psa_verify_message', key, alg, message, random.bytes(scene.size(size)));
    if (material.public === undefined) continue;
    const publicKey = importKey(scene, publicOf(material), policy, usageFor(scene, SIGN_USAGE));
    scene.call('psa_verify_hash', publicKey, alg, digest, ofHash);
    scene.call('psa_sign_hash', publicKey, alg, digest, room(size));
  }
};

export const ecdsaScene = (scene: Scene): void => signScene(scene, signing(scene).ecdsa);
export const rsaSignScene = (scene: Scene): void => signScene(scene, signing(scene).rsa);

const PSS_KEY = createPrivateKey({ key: Buffer.from(RSA_1024.data), format: 'der', type: 'pkcs1' });
const PSS_HASHES = [
  ['sha1', psa.PSA_ALG_SHA_1],
  ['sha224', psa.PSA_ALG_SHA_224],
  ['sha256', psa.PSA_ALG_SHA_256],
  ['sha384', psa.PSA_ALG_SHA_384],
] as const;

/** PSS with salts of any length. OpenSSL signs: its salts are not those of the seed, which changes no answer. */
export const pssSaltScene = (scene: Scene): void => {
  const { random } = scene;
  const [name, hash] = random.pick(PSS_HASHES);
  const length = psa.PSA_HASH_LENGTH(hash);
  const message = random.bytes(random.length());
  const data = publicOf(RSA_1024);
  const policy = (alg: number): string => importKey(scene, data, alg, psa.PSA_KEY_USAGE_VERIFY_MESSAGE);
  const algorithms = [psa.PSA_ALG_RSA_PSS(hash), psa.PSA_ALG_RSA_PSS_ANY_SALT(hash)];
  const keys = algorithms.map((alg) => [policy(alg), alg] as const);
  for (const saltLength of [0, 1, length - 1, length, length + 1, 126 - length]) {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = new Uint8Array(sign(name, message, { key: PSS_KEY, padding, saltLength }));
    for (const [key, alg] of keys) scene.call('psa_verify_message', key, alg, message, signature);
  }
};

export const rsaCryptScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = scene.mostly<number>(random.pick(ALGORITHMS.rsaCrypt), 88, () =>
    random.pick([...ALGORITHMS.rsaCryptOdd, anyAlgorithm(random)]),
  );
  const policy = scene.mostly<number>(alg, 85, () => random.pick([...ALGORITHMS.rsaCrypt, psa.PSA_ALG_NONE]));
  const key = importKey(
    scene,
    scene.mostly(RSA_1024, 95, () => anyMaterial(random)),
    policy,
    usageFor(scene, CRYPT_USAGE),
  );
  const publicKey = importKey(scene, publicOf(RSA_1024), policy, usageFor(scene, CRYPT_USAGE));
  const label = psa.PSA_ALG_IS_RSA_OAEP(alg)
    ? random.bytes(scene.chance(50) ? 0 : random.below(40))
    : random.bytes(scene.mostly(0, 90, () => 3));
  const hash = psa.PSA_HASH_LENGTH(psa.PSA_ALG_GET_HASH(alg));
  const most = psa.PSA_ALG_IS_RSA_OAEP(alg) ? 126 - 2 * hash : 117;
  const text = random.bytes(
    scene.mostly(random.below(Math.max(0, most) + 1), 70, () =>
      random.pick([0, most, most + 1, 128, 129].map((n) => Math.max(0, n))),
    ),
  );
  const [sealed, other] = [scene.register('b'), scene.register('b')];
  scene.call(
    'psa_asymmetric_encrypt',
    key,
    alg,
    text,
    label,
    room(
      scene.mostly(128, 80, () => scene.size(128)),
      sealed,
    ),
  );
  scene.call('psa_asymmetric_encrypt', publicKey, alg, text, label, room(128, other));
  scene.call('psa_asymmetric_decrypt', key, alg, sealed, label, room(128));
  scene.call('psa_asymmetric_decrypt', key, alg, other, label, room(scene.size(text.length)));
  scene.call('psa_asymmetric_decrypt', publicKey, alg, other, label, room(128));
  if (psa.PSA_ALG_IS_RSA_OAEP(alg)) {
    scene.call('psa_asymmetric_decrypt', key, alg, other, '=aa', room(128));
    scene.call('psa_asymmetric_decrypt', key, alg, `${other}^100`, label, room(128));
  }
  scene.call('psa_asymmetric_decrypt', key, alg, `${other}:${random.pick([0, 1, 127])}`, label, room(128));
  scene.call(
    'psa_asymmetric_decrypt',
    key,
    alg,
    new Uint8Array(128).fill(random.pick([0, 0xff])),
    label,
    room(128),
  );
};

export const agreementScene = (scene: Scene): void => {
  const { random } = scene;
  const { PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE } = psa;
  const curve = anyCurve(random);
  const material = ecc(random, curve);
  const peer = scene.mostly(ecc(random, curve), 85, () => ecc(random, anyCurve(random)));
  const alg = scene.mostly<number>(PSA_ALG_ECDH, 85, () =>
    random.pick([...ALGORITHMS.agreement, ...ALGORITHMS.agreementOdd, anyAlgorithm(random)]),
  );
  const policy = scene.mostly<number>(PSA_ALG_ECDH, 75, () =>
    random.pick([...ALGORITHMS.agreement, psa.PSA_ALG_ECDSA_ANY]),
  );
  const key = importKey(
    scene,
    scene.mostly(material, 92, () => anyMaterial(random)),
    policy,
    usageFor(scene, PSA_KEY_USAGE_DERIVE),
  );
  const size = Math.ceil(material.bits / 8);
  const point = peer.public?.data ?? peer.data;
  scene.call('psa_raw_key_agreement', alg, key, point, room(size));
  scene.call('psa_raw_key_agreement', alg, key, point, room(scene.size(size)));
  scene.call('psa_raw_key_agreement', alg, key, spoilt(random, publicOf(peer)), room(size));
};

/** Two generated pairs agree, and a MAC under one's secret is good under the other's. */
export const generatedAgreementScene = (scene: Scene): void => {
  const { random } = scene;
  const curve = random.pick([P256, P256, P384, SECP256K1, CURVE25519]);
  const wanted = {
    type: pairType(curve),
    bits: curve.bits,
    usage: psa.PSA_KEY_USAGE_DERIVE,
    alg: psa.PSA_ALG_ECDH,
  };
  const hmac = psa.PSA_ALG_HMAC(psa.PSA_ALG_SHA_256);
  const pairs = [scene.register('k'), scene.register('k')] as const;
  const points = [scene.register('b'), scene.register('b')] as const;
  const secrets = [scene.register('b'), scene.register('b')] as const;
  const macKeys = [scene.register('k'), scene.register('k')] as const;
  const mac = scene.register('b');
  for (const i of [0, 1] as const) {
    scene.call('psa_generate_key', attributesOperand(wanted), `>${pairs[i]}`);
    scene.call('psa_export_public_key', pairs[i], room(133, points[i]));
  }
  for (const i of [0, 1] as const) {
    scene.call(
      'psa_raw_key_agreement',
      psa.PSA_ALG_ECDH,
      pairs[i],
      points[i === 0 ? 1 : 0],
      room(66, secrets[i]),
    );
    const usage = SIGN_USAGE;
    scene.call(
      'psa_import_key',
      attributesOperand({ type: psa.PSA_KEY_TYPE_HMAC, usage, alg: hmac }),
      secrets[i],
      `>${macKeys[i]}`,
    );
  }
  scene.call('psa_mac_compute', macKeys[0], hmac, '=616263', room(32, mac));
  scene.call('psa_mac_verify', macKeys[1], hmac, '=616263', mac);
};

/** Every room from nothing to more than enough. */
export const asymmetricRoomScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = psa.PSA_ALG_DETERMINISTIC_ECDSA(psa.PSA_ALG_SHA_256);
  const digest = random.bytes(32);
  const peer = ecc(random, P256).public?.data ?? digest;
  const signer = importKey(scene, ecc(random, P256), alg, SIGN_USAGE | psa.PSA_KEY_USAGE_EXPORT);
  const agreer = importKey(scene, ecc(random, P256), psa.PSA_ALG_ECDH, psa.PSA_KEY_USAGE_DERIVE);
  const { PSA_ALG_RSA_PKCS1V15_SIGN_RAW: RAW } = psa;
  const rsa = importKey(scene, RSA_1024, RAW, SIGN_USAGE | psa.PSA_KEY_USAGE_EXPORT);
  for (let size = 0; size <= 66; size++) {
    scene.call('psa_sign_hash', signer, alg, digest, room(size));
    scene.call('psa_export_public_key', signer, room(size));
    scene.call('psa_export_key', signer, room(size));
    if (size <= 33) scene.call('psa_raw_key_agreement', psa.PSA_ALG_ECDH, agreer, peer, room(size));
    scene.call('psa_sign_hash', rsa, RAW, digest, room(size < 60 ? size : size + 65));
    scene.call('psa_export_public_key', rsa, room(size + 100));
    scene.call('psa_export_key', rsa, room(size + RSA_1024.data.length - 60));
  }
};
