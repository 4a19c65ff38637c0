/** Wildcard policies and the algorithms at their edges, used and copied. */
import * as psa from '../../../psa-api/constants.ts';
import { ALGORITHMS, CRYPT_USAGE, HASHES, SIGN_USAGE } from './catalogue.ts';
import { ecc, P256 } from './curves.ts';
import { importKey } from './key-scenes.ts';
import { aes, chacha20, publicOf, RSA_1024, symmetric } from './material.ts';
import { attributesOperand, room, type Scene } from './script.ts';

const { PSA_ALG_CMAC: CMAC, PSA_ALG_GCM: GCM, PSA_ALG_CCM: CCM, PSA_ALG_ECDH: ECDH } = psa;

/** Around a length, and at both ends. */
const around = (n: number, most: number): number[] =>
  [n - 1, n, n + 1, 4, most].filter((k) => k >= 4 && k <= most);

const copies = (scene: Scene, key: string, algorithms: readonly number[]): void => {
  for (const alg of algorithms) {
    const copy = scene.register('k');
    scene.call('psa_copy_key', key, attributesOperand({ usage: 0x7f03, alg }), `>${copy}`);
    scene.call('psa_get_key_attributes', copy);
    scene.call('psa_destroy_key', copy);
  }
};

const macWildcards = (scene: Scene): void => {
  const { random } = scene;
  const base = random.pick([CMAC, ...HASHES.map(psa.PSA_ALG_HMAC)]);
  const full = base === CMAC ? 16 : psa.PSA_HASH_LENGTH(psa.PSA_ALG_GET_HASH(base));
  const least = random.between(4, full);
  const material = base === CMAC ? aes(random) : symmetric(psa.PSA_KEY_TYPE_HMAC, random.bytes(20));
  const wildcard = psa.PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(base, least);
  const policy = scene.mostly(wildcard, 70, () => random.pick([base, psa.PSA_ALG_TRUNCATED_MAC(base, full)]));
  const key = importKey(scene, material, policy, SIGN_USAGE | psa.PSA_KEY_USAGE_COPY);
  const algorithms = [base, policy, ...around(least, full).map((n) => psa.PSA_ALG_TRUNCATED_MAC(base, n))];
  const wildcards = around(least, full).map((n) => psa.PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(base, n));
  for (const alg of algorithms) scene.call('psa_mac_compute', key, alg, '=00', room(64));
  copies(scene, key, [...algorithms, ...wildcards]);
};

const aeadWildcards = (scene: Scene): void => {
  const { random } = scene;
  const base = random.pick([GCM, CCM, psa.PSA_ALG_CHACHA20_POLY1305]);
  const material = psa.PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(base) ? aes(random) : chacha20(random);
  const least = random.pick([4, 8, 12, 14, 16]);
  const policy = psa.PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(base, least);
  const key = importKey(scene, material, policy, CRYPT_USAGE | psa.PSA_KEY_USAGE_COPY);
  const lengths = [4, 8, 10, 12, 14, 16];
  const algorithms = [base, policy, ...lengths.map((n) => psa.PSA_ALG_AEAD_WITH_SHORTENED_TAG(base, n))];
  const other = base === GCM ? CCM : GCM;
  for (const alg of [...algorithms, other])
    scene.call('psa_aead_encrypt', key, alg, random.bytes(12), '=', '=00', room(32));
  const wildcards = lengths.map((n) => psa.PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(base, n));
  copies(scene, key, [...algorithms, ...wildcards]);
};

const hashWildcards = (scene: Scene): void => {
  const { random } = scene;
  const ecdsa = scene.chance(60);
  const policy = random.pick(ecdsa ? ALGORITHMS.ecdsaPolicy : ALGORITHMS.rsaSignPolicy);
  const material = ecdsa ? ecc(random, P256) : RSA_1024;
  const key = importKey(scene, material, policy, SIGN_USAGE | psa.PSA_KEY_USAGE_COPY);
  const algorithms: readonly number[] = ecdsa ? ALGORITHMS.ecdsa : ALGORITHMS.rsaSign;
  const picked = [0, 1, 2, 3, 4].map(() => random.pick(algorithms));
  for (const alg of picked) {
    const hash = psa.PSA_ALG_GET_HASH(alg);
    const digest = random.bytes(hash === 0 ? 20 : psa.PSA_HASH_LENGTH(hash));
    scene.call('psa_sign_hash', key, alg, digest, room(128));
    scene.call('psa_verify_hash', key, alg, digest, random.bytes(ecdsa ? 64 : 100));
  }
  copies(scene, key, [...picked, policy, ...ALGORITHMS.ecdsaPolicy, ...ALGORITHMS.rsaSignPolicy]);
};

const agreementWildcards = (scene: Scene): void => {
  const { random } = scene;
  const policy = random.pick([ECDH, random.pick(ALGORITHMS.agreement)]);
  const key = importKey(scene, ecc(random, P256), policy, psa.PSA_KEY_USAGE_DERIVE | psa.PSA_KEY_USAGE_COPY);
  const peer = publicOf(ecc(random, P256)).data;
  scene.call('psa_raw_key_agreement', ECDH, key, peer, room(32));
  for (const alg of [policy, random.pick(ALGORITHMS.agreement), random.pick(ALGORITHMS.agreement)]) {
    const operation = scene.register('d');
    scene.call('psa_key_derivation_setup', operation, alg);
    scene.call('psa_key_derivation_input_bytes', operation, psa.PSA_KEY_DERIVATION_INPUT_SEED, '=00');
    scene.call('psa_key_derivation_abort', operation);
    scene.call('psa_key_derivation_setup', operation, alg);
    if (!psa.PSA_ALG_IS_HKDF(psa.PSA_ALG_KEY_AGREEMENT_GET_KDF(alg)))
      scene.call('psa_key_derivation_input_bytes', operation, psa.PSA_KEY_DERIVATION_INPUT_SEED, '=00');
    scene.call('psa_key_derivation_key_agreement', operation, psa.PSA_KEY_DERIVATION_INPUT_SECRET, key, peer);
    scene.call('psa_key_derivation_abort', operation);
  }
  copies(scene, key, [policy, ECDH, random.pick(ALGORITHMS.agreement), psa.PSA_ALG_ECDSA_ANY]);
};

export const wildcardScene = (scene: Scene): void =>
  scene.random.pick([macWildcards, macWildcards, aeadWildcards, hashWildcards, agreementWildcards])(scene);
