/** Key derivation: inputs in the right order and in others, keys and bytes, capacities, outputs. */
import * as psa from '../../../psa-api/constants.ts';
import { ALGORITHMS, anyAlgorithm } from './catalogue.ts';
import { anyCurve, CURVES, type Curve, ecc, P256, pairType } from './curves.ts';
import { anyUsage, importKey, usageFor } from './key-scenes.ts';
import { anyMaterial, type Material, ODD_TYPES, publicOf, symmetric } from './material.ts';
import { attributesOperand, room, type Scene } from './script.ts';

const {
  PSA_KEY_DERIVATION_INPUT_SECRET: SECRET,
  PSA_KEY_DERIVATION_INPUT_OTHER_SECRET: OTHER_SECRET,
  PSA_KEY_DERIVATION_INPUT_SALT: SALT,
  PSA_KEY_DERIVATION_INPUT_INFO: INFO,
  PSA_KEY_DERIVATION_INPUT_SEED: SEED,
  PSA_KEY_DERIVATION_INPUT_LABEL: LABEL,
} = psa;

const STEPS: readonly number[] = [
  SECRET,
  SALT,
  INFO,
  SEED,
  LABEL,
  OTHER_SECRET,
  psa.PSA_KEY_DERIVATION_INPUT_PASSWORD,
  0,
  0x999,
];

const kdfOf = (alg: number): number =>
  psa.PSA_ALG_IS_KEY_AGREEMENT(alg) ? psa.PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) : alg;

/** The steps in an order that the algorithm accepts, most of the time. */
const stepsOf = (scene: Scene, alg: number): number[] => {
  const { random } = scene;
  const right = psa.PSA_ALG_IS_HKDF(kdfOf(alg))
    ? random.pick([
        [SALT, SECRET, INFO],
        [SECRET, INFO],
        [SALT, INFO, SECRET],
        [INFO, SECRET],
        [INFO, SALT, SECRET],
      ])
    : scene.mostly([SEED, SECRET, LABEL], 90, () => [SEED, OTHER_SECRET, SECRET, LABEL]);
  const steps = [...right];
  if (scene.chance(12)) steps.splice(random.below(steps.length), 1);
  if (scene.chance(12)) steps.splice(random.below(steps.length + 1), 0, random.pick(STEPS));
  if (scene.chance(10)) steps.reverse();
  return steps;
};

/** The secret input: a key of its own, or half of a key agreement. */
interface Secret {
  readonly key: string;
  readonly alg: number;
  readonly curve: Curve;
}

const secretMaterial = (scene: Scene, alg: number, curve: Curve): Material => {
  const { random } = scene;
  if (psa.PSA_ALG_IS_KEY_AGREEMENT(alg))
    return scene.mostly(ecc(random, curve), 92, () => anyMaterial(random));
  const right = symmetric(psa.PSA_KEY_TYPE_DERIVE, random.bytes(random.pick([1, 16, 32, 48, 65, 128, 130])));
  return scene.mostly(right, 88, () => anyMaterial(random));
};

const input = (scene: Scene, operation: string, step: number, secret: Secret): void => {
  const { random } = scene;
  const { key: secretKey, alg, curve } = secret;
  if (step === SECRET && scene.chance(85)) {
    if (psa.PSA_ALG_IS_KEY_AGREEMENT(alg) && scene.chance(90))
      scene.call(
        'psa_key_derivation_key_agreement',
        operation,
        step,
        secretKey,
        publicOf(ecc(random, curve)).data,
      );
    else scene.call('psa_key_derivation_input_key', operation, step, secretKey);
  } else if (scene.chance(12)) {
    const type = random.pick([psa.PSA_KEY_TYPE_RAW_DATA, psa.PSA_KEY_TYPE_DERIVE]);
    const key = importKey(
      scene,
      symmetric(type, random.bytes(random.between(1, 30))),
      alg,
      psa.PSA_KEY_USAGE_DERIVE,
    );
    scene.call('psa_key_derivation_input_key', operation, step, key);
  } else scene.call('psa_key_derivation_input_bytes', operation, step, random.bytes(random.below(40)));
};

const derivedKey = (scene: Scene, operation: string): void => {
  const { random } = scene;
  const curve = random.pick(CURVES);
  const [type, bits] = random.pick([
    [psa.PSA_KEY_TYPE_AES, 128],
    [psa.PSA_KEY_TYPE_AES, 256],
    [psa.PSA_KEY_TYPE_HMAC, 8 * random.between(1, 40)],
    [psa.PSA_KEY_TYPE_DERIVE, 256],
    [psa.PSA_KEY_TYPE_DES, random.pick([64, 128, 192])],
    [psa.PSA_KEY_TYPE_CHACHA20, 256],
    [pairType(curve), curve.bits],
    [psa.PSA_KEY_TYPE_RAW_DATA, 8 * random.between(1, 40)],
    [psa.PSA_KEY_TYPE_AES, random.pick([0, 1, 64, 129, 512])],
    [psa.PSA_KEY_TYPE_RAW_DATA, random.pick([0, 1, 7, 9, 0xfff8, 0xffff])],
    [random.pick([...ODD_TYPES, anyMaterial(random).type]), random.pick([0, 64, 128, 255, 256, 521])],
  ] as const);
  const key = scene.register('k');
  const usage = psa.PSA_KEY_USAGE_EXPORT | (scene.chance(20) ? anyUsage(scene) : 0);
  scene.call(
    'psa_key_derivation_output_key',
    attributesOperand({ type, bits, usage, alg: psa.PSA_ALG_CTR }),
    operation,
    `>${key}`,
  );
  scene.call('psa_get_key_attributes', key);
  scene.call('psa_export_key', key, room(Math.ceil(bits / 8)));
  scene.call('psa_destroy_key', key);
};

const output = (scene: Scene, operation: string): void => {
  const { random } = scene;
  random.pick([
    () => scene.call('psa_key_derivation_output_bytes', operation, room(random.below(80))),
    () => scene.call('psa_key_derivation_output_bytes', operation, room(random.below(80))),
    () => scene.call('psa_key_derivation_output_bytes', operation, room(0)),
    () => scene.call('psa_key_derivation_get_capacity', operation),
    () =>
      scene.call(
        'psa_key_derivation_set_capacity',
        operation,
        random.pick([0, 1, 16, 42, 100, 5100, 8160, 8161, 20000, 'max']),
      ),
    () => derivedKey(scene, operation),
  ])();
};

export const derivationScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = scene.mostly<number>(
    random.pick([...ALGORITHMS.derivation, ...ALGORITHMS.derivation, ...ALGORITHMS.agreement]),
    88,
    () => random.pick([...ALGORITHMS.derivationOdd, ...ALGORITHMS.agreementOdd, anyAlgorithm(random)]),
  );
  const policy = scene.mostly<number>(alg, 85, () =>
    random.pick([...ALGORITHMS.derivation, ...ALGORITHMS.agreement, 0]),
  );
  const curve = random.pick([P256, P256, anyCurve(random)]);
  const key = importKey(
    scene,
    secretMaterial(scene, alg, curve),
    policy,
    usageFor(scene, psa.PSA_KEY_USAGE_DERIVE),
  );
  const secret = { key, alg, curve };
  const operation = scene.register('d');
  scene.call('psa_key_derivation_setup', operation, alg);
  scene.call('psa_key_derivation_get_capacity', operation);
  for (const step of stepsOf(scene, alg)) {
    input(scene, operation, step, secret);
    if (scene.chance(5)) output(scene, operation);
  }
  for (let i = 0; i < 4; i++) output(scene, operation);
  if (scene.chance(20)) {
    scene.call('psa_key_derivation_set_capacity', operation, 20);
    scene.call('psa_key_derivation_output_bytes', operation, room(random.pick([19, 20, 21])));
    scene.call('psa_key_derivation_get_capacity', operation);
    scene.call('psa_key_derivation_output_bytes', operation, room(random.below(3)));
  }
  if (scene.chance(15)) scene.call('psa_key_derivation_setup', operation, alg);
  scene.call('psa_key_derivation_abort', operation);
  scene.call('psa_key_derivation_get_capacity', operation);
};

export const derivationChaosScene = (scene: Scene): void => {
  const { random } = scene;
  const alg = random.pick([
    psa.PSA_ALG_HKDF(psa.PSA_ALG_SHA_256),
    psa.PSA_ALG_TLS12_PRF(psa.PSA_ALG_SHA_256),
  ]);
  const material = symmetric(psa.PSA_KEY_TYPE_DERIVE, random.bytes(20));
  const key = importKey(scene, material, alg, psa.PSA_KEY_USAGE_DERIVE);
  const secret = { key, alg, curve: P256 };
  const one = scene.register('d');
  for (let i = 0; i < 24; i++) {
    random.pick([
      () => scene.call('psa_key_derivation_setup', one, alg),
      () => input(scene, one, random.pick(STEPS.slice(0, 5)), secret),
      () => input(scene, one, random.pick(STEPS.slice(0, 5)), secret),
      () => input(scene, one, random.pick(STEPS), secret),
      () => output(scene, one),
      () => scene.chance(30) && scene.call('psa_key_derivation_abort', one),
    ])();
  }
};
