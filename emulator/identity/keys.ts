/** The two key pairs that every chip has from ST: the DUA user key, and the initial attestation key. */
import type { Engine } from '../../engine/engine.ts';
import type { BuiltInKey } from '../../keystore/key-store.ts';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_ECDSA,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION,
  PSA_KEY_LOCATION_LOCAL_STORAGE,
  PSA_KEY_PERSISTENCE_READ_ONLY,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import type { InitialAttestationKey } from '../../psa-api/services.ts';
import { createRandomGenerator } from '../random.ts';
import { deriveSecret } from './root.ts';

/** A P-256 private key of its own for each purpose. */
export const derivePrivateKey = (engine: Engine, root: Uint8Array, purpose: string): Uint8Array => {
  const generator = createRandomGenerator(engine, deriveSecret(engine, root, purpose));
  const privateKey = engine.curve('secp256r1').generate(generator.random);
  generator.wipe();
  return privateKey;
};

/** The same, derived when it is first asked for: many devices never are, and it takes longer than all else at the start. */
const privateKeyLater = (engine: Engine, root: Uint8Array, purpose: string) => {
  const kept = root.slice();
  let privateKey: Uint8Array | undefined;
  return {
    get: (): Uint8Array => {
      privateKey ??= derivePrivateKey(engine, kept, purpose);
      return privateKey;
    },
    wipe: () => {
      kept.fill(0);
      privateKey?.fill(0);
    },
  };
};

/**
 * The internal user key of the device (PSA_KEY_ID_ST_DUA_USER): P-256, provisioned by ST on the chip. It signs
 * hashes and messages and gives its public part. Flags and lifetime on the board are not public: our choice.
 */
export const duaUserKey = (engine: Engine, root: Uint8Array): BuiltInKey => {
  const privateKey = privateKeyLater(engine, root, 'DUA user key');
  return {
    attributes: {
      type: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
      bits: 256,
      lifetime: PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
        PSA_KEY_PERSISTENCE_READ_ONLY,
        PSA_KEY_LOCATION_LOCAL_STORAGE,
      ),
      usage:
        PSA_KEY_USAGE_SIGN_HASH |
        PSA_KEY_USAGE_SIGN_MESSAGE |
        PSA_KEY_USAGE_VERIFY_HASH |
        PSA_KEY_USAGE_VERIFY_MESSAGE,
      alg: PSA_ALG_ECDSA(PSA_ALG_ANY_HASH),
      id: PSA_KEY_ID_ST_DUA_USER,
    },
    get data() {
      return privateKey.get();
    },
    wipe: privateKey.wipe,
  };
};

/**
 * The initial attestation key (IAK) of the device: P-256, another secret than the user key. It has no key id, so no
 * psa_* function reaches it; the attestation service is given this object. Signatures are deterministic (RFC 6979).
 */
export const iakKey = (engine: Engine, root: Uint8Array): InitialAttestationKey => {
  const curve = engine.curve('secp256r1');
  const privateKey = privateKeyLater(engine, root, 'DUA initial attestation key');
  return {
    // When asked for: a device that attests nothing starts without this arithmetic.
    get publicKey() {
      return curve.publicKey(privateKey.get());
    },
    signHash: (hash) => curve.sign(privateKey.get(), hash, { rfc6979: 'sha256' }),
    wipe: privateKey.wipe,
  };
};
