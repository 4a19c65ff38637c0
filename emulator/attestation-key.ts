/** Which key signs attestation tokens. */
import type { Engine } from '../engine/engine.ts';
import type { InitialAttestationKey } from '../psa-api/services.ts';

/**
 * `tfm-dummy`: the key pair that TF-M publishes for development, the same for every device, which verifiers under test
 * know. `device`: the device's own initial attestation key, of which nobody knows the private half.
 */
export const ATTESTATION_KEYS = ['tfm-dummy', 'device'] as const;
export type AttestationKey = (typeof ATTESTATION_KEYS)[number];

/** TF-M, platform/ext/common/template: P-256. Whoever can read can sign with it. */
const TFM_DUMMY = 'a9b454b26d6f90a4ea31193564cba91fec6f9a002a7dc0504b92a1937134585f';

const tfmDummyKey = (engine: Engine): InitialAttestationKey => {
  const curve = engine.curve('secp256r1');
  const privateKey = Uint8Array.from(Buffer.from(TFM_DUMMY, 'hex'));
  return {
    get publicKey() {
      return curve.publicKey(privateKey);
    },
    signHash: (hash) => curve.sign(privateKey, hash, { rfc6979: 'sha256' }),
    wipe: () => privateKey.fill(0),
  };
};

/** `iak`: the device's own. Throws RangeError. */
export const attestationKey = (
  engine: Engine,
  iak: InitialAttestationKey,
  which: AttestationKey,
): InitialAttestationKey => {
  if (which === 'tfm-dummy') return tfmDummyKey(engine);
  if (which === 'device') return iak;
  throw new RangeError(`no attestation key "${which}": there is ${ATTESTATION_KEYS.join(', ')}`);
};
