/** The device's two certified keys as the world sees them: serial numbers, certificates, system flash. */
import type { Engine } from '../../engine/engine.ts';
import type { BuiltInKey } from '../../keystore/key-store.ts';
import type { CertifiedKey, IdentityReport } from '../../psa-api/service.ts';
import type { InitialAttestationKey, SystemFlash } from '../../psa-api/services.ts';
import { AUTHORITY_NUMBER, COMMENT, initialAttestationAuthority, userAuthority } from './authorities.ts';
import { type Authority, issueAuthorityCertificate, issueDeviceCertificate } from './certificate.ts';
import { deriveSecret } from './root.ts';
import { type Pack, systemFlash } from './system-flash.ts';

/** The second byte of a serial number: the year in which the certificate's validity begins, 2022. */
const YEAR = 22;
const SERIAL_REST = 8;

/** 10 bytes. The first is not above 0x7f, so that the bytes are those of the INTEGER. */
const serialNumber = (engine: Engine, root: Uint8Array, purpose: string): Uint8Array => {
  const rest = deriveSecret(engine, root, `serial number, ${purpose}`).subarray(0, SERIAL_REST);
  return Uint8Array.of(AUTHORITY_NUMBER, YEAR, ...rest);
};

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const certify = (
  engine: Engine,
  root: Uint8Array,
  purpose: string,
  authority: Authority,
  publicKey: Uint8Array,
): { readonly report: CertifiedKey; readonly pack: Pack } => {
  const serial = serialNumber(engine, root, purpose);
  const commonName = `stm32h5xx-${purpose}-${hex(serial)}`;
  const { der, signature } = issueDeviceCertificate(engine, authority, { serial, commonName, publicKey });
  const ca = issueAuthorityCertificate(engine, authority, COMMENT).der;
  return {
    report: { serial: hex(serial), certificate: der, ca },
    pack: { serial, publicKey: publicKey.subarray(1), signature },
  };
};

export interface DeviceIdentity {
  readonly report: () => IdentityReport;
  readonly systemFlash: SystemFlash;
}

/** The same root and keys give the same bytes. They are made when first asked for: few ask, everybody starts. */
export const deviceIdentity = (
  engine: Engine,
  root: Uint8Array,
  userKey: BuiltInKey,
  iak: InitialAttestationKey,
): DeviceIdentity => {
  const make = () => {
    const userPublic = engine.curve('secp256r1').publicKey(userKey.data);
    const user = certify(engine, root, 'user', userAuthority(engine), userPublic);
    const authority = initialAttestationAuthority(engine);
    const attestation = certify(engine, root, 'initial_attestation', authority, iak.publicKey);
    return {
      report: { user: user.report, initialAttestation: attestation.report },
      flash: systemFlash(user.pack, attestation.pack),
    };
  };
  let made: ReturnType<typeof make> | undefined;
  const identity = () => {
    made ??= make();
    return made;
  };
  return {
    report: () => identity().report,
    systemFlash: (address, length) => identity().flash(address, length),
  };
};
