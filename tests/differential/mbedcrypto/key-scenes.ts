/** Keys: importing, generating, copying, exporting, destroying; policies; persistent keys. */
import * as psa from '../../../psa-api/constants.ts';
import { ALGORITHMS, anyAlgorithm, USAGES } from './catalogue.ts';
import { anyCurve, CURVES, ecc, P256, pairType } from './curves.ts';
import {
  aes,
  anyMaterial,
  type Material,
  ODD_TYPES,
  publicOf,
  RSA_1024,
  spoilt,
  symmetric,
} from './material.ts';
import { attributesOperand, room, type Scene, type Wanted } from './script.ts';

export const anyUsage = ({ random }: Scene): number => {
  let usage = 0;
  for (const flag of USAGES) if (random.below(3) > 0) usage |= flag;
  // Flags of a later version, and of none.
  if (random.below(25) === 0) usage |= random.pick([0x4, 0x8, 0x10, 0x8000, 0x10000, 0x80000000]);
  return usage >>> 0;
};

/** Emits psa_import_key of good material; the attributes say the size or leave it open. */
export const importKey = (
  scene: Scene,
  material: Material,
  alg: number,
  usage: number,
  more: Wanted = {},
) => {
  const key = scene.register('k');
  const { type, data } = material;
  const bits = scene.chance(50) ? material.bits : 0;
  scene.call('psa_import_key', attributesOperand({ type, bits, usage, alg, ...more }), data, `>${key}`);
  return key;
};

/** Usage flags as a careful application gives them, sometimes without one that is needed. */
export const usageFor = (scene: Scene, usage: number): number => {
  if (scene.chance(75)) return usage | (scene.chance(50) ? psa.PSA_KEY_USAGE_EXPORT : 0);
  return scene.chance(50) ? usage & scene.random.pick(USAGES) : anyUsage(scene);
};

const exports = (scene: Scene, key: string, needed: number): void => {
  scene.call('psa_export_key', key, room(scene.size(needed)));
  scene.call('psa_export_public_key', key, room(scene.size(needed)));
};

export const importScene = (scene: Scene): void => {
  const { random } = scene;
  for (let i = 0; i < 10; i++) {
    const material = anyMaterial(random);
    const data = scene.mostly(material.data, 55, () => spoilt(random, material));
    const type = scene.mostly(material.type, 80, () => random.pick([...ODD_TYPES, anyMaterial(random).type]));
    const bits = scene.mostly(scene.chance(50) ? 0 : material.bits, 75, () =>
      random.pick([1, 7, 8, 64, 127, 128, 255, 256, 257, 512, 1024, 1025, material.bits + 8, 0xfff8, 0xffff]),
    );
    const key = scene.register('k');
    const wanted = { type, bits, usage: anyUsage(scene), alg: scene.chance(20) ? 0 : anyAlgorithm(random) };
    scene.call('psa_import_key', attributesOperand(wanted), data, `>${key}`);
    scene.call('psa_get_key_attributes', key);
    exports(scene, key, material.public?.data.length ?? material.data.length);
    scene.call('psa_destroy_key', key);
    if (scene.chance(30)) scene.call('psa_destroy_key', key);
    if (scene.chance(30)) scene.call('psa_get_key_attributes', key);
    if (scene.chance(20)) scene.call('psa_export_key', key, room(100));
  }
  for (const id of [0, 1, 0x12345, 0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xffffffff]) {
    if (!scene.chance(30)) continue;
    const name = random.pick([
      'psa_get_key_attributes',
      'psa_destroy_key',
      'psa_purge_key',
      'psa_export_key',
    ]);
    scene.call(name, `@${id}`, ...(name === 'psa_export_key' ? [room(10)] : []));
  }
};

export const generateScene = (scene: Scene): void => {
  const { random } = scene;
  for (let i = 0; i < 10; i++) {
    const curve = random.pick(CURVES);
    const [type, sizes] = random.pick([
      [psa.PSA_KEY_TYPE_AES, [128, 192, 256]],
      [psa.PSA_KEY_TYPE_HMAC, [8, 256, 1024]],
      [psa.PSA_KEY_TYPE_DERIVE, [8, 128]],
      [psa.PSA_KEY_TYPE_RAW_DATA, [8, 4000]],
      [psa.PSA_KEY_TYPE_DES, [64, 128, 192]],
      [psa.PSA_KEY_TYPE_CHACHA20, [256]],
      [pairType(P256), [256, 384, 521]],
      [pairType(curve), [curve.bits]],
      [pairType(curve), [curve.bits]],
      [psa.PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve.family), [curve.bits]],
      [psa.PSA_KEY_TYPE_RSA_PUBLIC_KEY, [1024]],
      [psa.PSA_KEY_TYPE_RSA_KEY_PAIR, [0, 7, 512, 1000, 4104, 0xffff]],
      [random.pick(ODD_TYPES), [0, 64, 128, 192, 256]],
    ] as const);
    const bits = scene.mostly<number>(random.pick(sizes), 70, () =>
      random.pick([0, 1, 7, 9, 127, 129, 160, 255, 257, 0xfff8, 0xffff]),
    );
    const key = scene.register('k');
    const usage = scene.chance(70) ? psa.PSA_KEY_USAGE_EXPORT | psa.PSA_KEY_USAGE_COPY : anyUsage(scene);
    scene.call(
      'psa_generate_key',
      attributesOperand({ type, bits, usage, alg: anyAlgorithm(random) }),
      `>${key}`,
    );
    scene.call('psa_get_key_attributes', key);
    exports(scene, key, scene.chance(50) ? 133 : Math.ceil(bits / 8));
    if (scene.chance(50)) scene.call('psa_destroy_key', key);
  }
  scene.call('psa_generate_random', room(scene.size(32)));
};

/** Policies that belong together in some way. */
const policyPairs: readonly (readonly number[])[] = [
  [...ALGORITHMS.mac, ...ALGORITHMS.macPolicy, ...ALGORITHMS.macOdd],
  [...ALGORITHMS.aead, ...ALGORITHMS.aeadPolicy, ...ALGORITHMS.aeadOdd],
  [...ALGORITHMS.ecdsa, ...ALGORITHMS.ecdsaPolicy],
  [...ALGORITHMS.rsaSign, ...ALGORITHMS.rsaSignPolicy],
  [...ALGORITHMS.agreement, ...ALGORITHMS.agreementOdd],
  [...ALGORITHMS.cipher, psa.PSA_ALG_NONE],
];

export const copyScene = (scene: Scene): void => {
  const { random } = scene;
  for (let i = 0; i < 4; i++) {
    const family = random.pick(policyPairs);
    const alg = random.pick(family);
    const material = anyMaterial(random);
    const usage = anyUsage(scene) | (scene.chance(85) ? psa.PSA_KEY_USAGE_COPY : 0);
    const source = importKey(scene, material, alg, usage);
    for (let j = 0; j < 2; j++) {
      const key = scene.register('k');
      const wanted = {
        type: scene.mostly(scene.chance(50) ? 0 : material.type, 85, () => anyMaterial(random).type),
        bits: scene.mostly(scene.chance(50) ? 0 : material.bits, 85, () => random.pick([1, 8, 256, 0xffff])),
        usage: anyUsage(scene),
        alg: random.pick([alg, random.pick(family), random.pick(family), anyAlgorithm(random)]),
      };
      scene.call('psa_copy_key', source, attributesOperand(wanted), `>${key}`);
      scene.call('psa_get_key_attributes', key);
      if (scene.chance(50)) exports(scene, key, material.data.length);
      scene.call('psa_destroy_key', key);
    }
    scene.call('psa_destroy_key', source);
  }
};

/** Everything with everything: a key, and calls that it was made for or not. */
export const crossScene = (scene: Scene): void => {
  const { random } = scene;
  for (let i = 0; i < 3; i++) {
    const material = anyMaterial(random);
    const policy = random.pick([anyAlgorithm(random), random.pick(random.pick(policyPairs))]);
    const key = importKey(scene, material, policy, anyUsage(scene));
    for (let j = 0; j < 7; j++) {
      const alg = random.pick([policy, policy, anyAlgorithm(random), random.pick(random.pick(policyPairs))]);
      const data = random.bytes(random.pick([0, 1, 16, 20, 32, 48, 64, 128]));
      random.pick([
        () => scene.call('psa_mac_compute', key, alg, data, room(64)),
        () => scene.call('psa_mac_verify', key, alg, data, random.bytes(32)),
        () => scene.call('psa_cipher_encrypt', key, alg, data, room(200)),
        () => scene.call('psa_cipher_decrypt', key, alg, random.bytes(48), room(200)),
        () => scene.call('psa_aead_encrypt', key, alg, random.bytes(12), data, data, room(200)),
        () => scene.call('psa_aead_decrypt', key, alg, random.bytes(12), data, random.bytes(40), room(200)),
        () => scene.call('psa_sign_hash', key, alg, data, room(256)),
        () => scene.call('psa_sign_message', key, alg, data, room(256)),
        () => scene.call('psa_verify_hash', key, alg, data, random.bytes(random.pick([0, 64, 128]))),
        () => scene.call('psa_verify_message', key, alg, data, random.bytes(random.pick([0, 64, 128]))),
        () => scene.call('psa_asymmetric_encrypt', key, alg, data, '=', room(256)),
        () => scene.call('psa_asymmetric_decrypt', key, alg, random.bytes(128), '=', room(256)),
        () =>
          scene.call(
            'psa_raw_key_agreement',
            alg,
            key,
            publicOf(ecc(random, anyCurve(random))).data,
            room(66),
          ),
        () => {
          const operation = scene.register('d');
          scene.call('psa_key_derivation_setup', operation, alg);
          scene.call('psa_key_derivation_input_key', operation, psa.PSA_KEY_DERIVATION_INPUT_SECRET, key);
          scene.call('psa_key_derivation_abort', operation);
        },
      ])();
    }
    scene.call('psa_destroy_key', key);
  }
};

/** Persistent keys: creation, use after a purge, collisions, wrong lifetimes and identifiers. */
export const persistentScene = (scene: Scene): void => {
  const { random } = scene;
  for (let i = 0; i < 4; i++) {
    const id = scene.mostly(random.between(1, 9), 75, () =>
      random.pick([0, 0x3ffffffd, 0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xffffffff]),
    );
    const lifetime = scene.mostly(1, 75, () =>
      random.pick([0, 2, 0x7f, 0xfe, 0xff, 0x100, 0x101, 0xffffff01]),
    );
    const material = random.pick([
      aes(random),
      RSA_1024,
      ecc(random, P256),
      symmetric(psa.PSA_KEY_TYPE_RAW_DATA, random.bytes(9)),
    ]);
    const usage = psa.PSA_KEY_USAGE_EXPORT | psa.PSA_KEY_USAGE_COPY;
    scene.call('attributes', attributesOperand({ lifetime, id, usage }));
    const key = importKey(scene, material, psa.PSA_ALG_CTR, usage, { lifetime, id });
    scene.call('psa_get_key_attributes', key);
    scene.call('psa_get_key_attributes', `@${id}`);
    if (scene.chance(60)) scene.call('psa_purge_key', key);
    scene.call('psa_export_key', key, room(scene.size(material.data.length)));
    const other = scene.register('k');
    const wanted = {
      id: scene.chance(50) ? id : random.between(1, 9),
      lifetime: 1,
      usage,
      alg: psa.PSA_ALG_CTR,
    };
    scene.call('psa_copy_key', key, attributesOperand(wanted), `>${other}`);
    scene.call('psa_get_key_attributes', other);
    if (scene.chance(40)) scene.call('psa_destroy_key', `@${id}`);
    scene.call('psa_get_key_attributes', key);
  }
  for (let id = 1; id < 10; id++) scene.call('psa_destroy_key', `@${id}`);
};
