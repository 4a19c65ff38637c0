/**
 * Attestation tokens: a COSE_Sign1 (RFC 9052, 4.2) with ES256 over the claims of profile 1 of the PSA Attestation API
 * 1.0, as TF-M and the board make them. What describes firmware stands for firmware that an emulator does not have.
 */
import type { Engine } from '../engine/engine.ts';
import type { Attester } from '../psa-api/attester.ts';
import type { InitialAttestationKey } from '../psa-api/services.ts';

/** Keys of the claims, counted down from -75000. */
const CLAIM = {
  profile: -75000,
  clientId: -75001,
  lifecycle: -75002,
  implementationId: -75003,
  bootSeed: -75004,
  hardwareVersion: -75005,
  softwareComponents: -75006,
  challenge: -75008,
  instanceId: -75009,
  originator: -75010,
} as const;

const COMPONENT = { type: 1, measurement: 2, version: 4, signerId: 5, method: 6 } as const;

const SECURED = 0x3000;
/** The type of an identifier that is the hash of a key, before the hash itself. */
const KEY_HASH = 0x01;

/** RFC 9052: the tag of COSE_Sign1, the header parameter alg, and in RFC 9053 the algorithm ES256. */
const COSE_SIGN1 = 18;
const ALG = 1;
const ES256 = -7;
const SIGNATURE = 64;

const utf8 = new TextEncoder();

/** `bootSeed`: 32 bytes, new at each start. */
export const createAttester = (
  engine: Engine,
  key: InitialAttestationKey,
  bootSeed: Uint8Array,
): Attester => {
  // When first asked for: few devices attest, and all of them start.
  const makeOnce = async () => {
    const { encode, rfc8949EncodeOptions, Tagged } = await import('cborg');
    const cbor = (value: unknown): Uint8Array => encode(value, rfc8949EncodeOptions);
    return tokenMaker(engine, key, bootSeed, cbor, (tag, value) => new Tagged(tag, value));
  };
  let made: ReturnType<typeof makeOnce> | undefined;
  const maker = () => {
    made ??= makeOnce();
    return made;
  };
  return {
    token: async (owner, challenge) => (await maker()).token(owner, challenge),
    tokenSize: async (owner, challengeSize) => (await maker()).tokenSize(owner, challengeSize),
  };
};

const tokenMaker = (
  engine: Engine,
  key: InitialAttestationKey,
  bootSeed: Uint8Array,
  cbor: (value: unknown) => Uint8Array,
  tagged: (tag: number, value: unknown) => unknown,
) => {
  const sha256 = (data: Uint8Array): Uint8Array => {
    const state = engine.hash('sha256');
    state.update(data);
    return state.digest();
  };
  /** Stands for the hash of something that an emulator does not have. */
  const standIn = (what: string): Uint8Array => sha256(utf8.encode(`h5sm ${what}`));

  const component = (type: string) =>
    new Map<number, unknown>([
      [COMPONENT.type, type],
      [COMPONENT.measurement, standIn(`${type} measurement`)],
      [COMPONENT.version, '0.0.0'],
      [COMPONENT.signerId, standIn(`${type} signer`)],
      [COMPONENT.method, 'SHA256'],
    ]);

  const claimsOfDevice = (): readonly (readonly [number, unknown])[] => [
    [CLAIM.profile, 'PSA_IOT_PROFILE_1'],
    [CLAIM.lifecycle, SECURED],
    [CLAIM.implementationId, standIn('implementation')],
    [CLAIM.bootSeed, bootSeed],
    [CLAIM.hardwareVersion, 'h5sm'],
    [CLAIM.softwareComponents, [component('SPE'), component('NSPE')]],
    [CLAIM.instanceId, Uint8Array.of(KEY_HASH, ...sha256(key.publicKey))],
    [CLAIM.originator, 'h5sm, an emulator'],
  ];
  let device: ReturnType<typeof claimsOfDevice> | undefined;

  const payload = (owner: number, challenge: Uint8Array): Uint8Array => {
    device ??= claimsOfDevice();
    return cbor(new Map<number, unknown>([...device, [CLAIM.clientId, owner], [CLAIM.challenge, challenge]]));
  };

  const protectedHeader = cbor(new Map([[ALG, ES256]]));

  const envelope = (claims: Uint8Array, signature: Uint8Array): Uint8Array =>
    cbor(tagged(COSE_SIGN1, [protectedHeader, new Map(), claims, signature]));

  return {
    token: (owner: number, challenge: Uint8Array): Uint8Array => {
      const claims = payload(owner, challenge);
      // RFC 9052, 4.4: Sig_structure, with no external data.
      const signed = cbor(['Signature1', protectedHeader, new Uint8Array(0), claims]);
      return envelope(claims, key.signHash(sha256(signed)));
    },
    tokenSize: (owner: number, challengeSize: number): number =>
      envelope(payload(owner, new Uint8Array(challengeSize)), new Uint8Array(SIGNATURE)).length,
  };
};
