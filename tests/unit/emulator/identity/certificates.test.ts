/** The device's certified keys, looked at with OpenSSL's own reader of certificates. */
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { iakKey } from '../../../../emulator/identity/keys.ts';
import { seededRoot } from '../../../../emulator/identity/root.ts';
import { createNobleEngine } from '../../../../engine/noble/index.ts';
import { PSA_KEY_ID_ST_DUA_USER } from '../../../../psa-api/constants.ts';
import type { CertifiedKey } from '../../../../psa-api/service.ts';
import { ascii, hex, unhex } from '../../../support/bytes.ts';
import { openForTest } from '../../../support/device.ts';
import { must } from '../../../support/status.ts';

const AUTHORITIES = { user: 'User', initialAttestation: 'Initial Attestation' } as const;
const SUBJECTS = { user: 'user', initialAttestation: 'initial_attestation' } as const;
const KEYS = ['user', 'initialAttestation'] as const;

const nameOf = (commonName: string): string => `C=NL\nO=STMicroelectronics nv\nCN=${commonName}`;

const identityOf = async (insecureSeed: number) => (await openForTest({ insecureSeed })).device.identity();

const certificateOf = ({ certificate }: CertifiedKey) => new X509Certificate(certificate);

const pointOf = (certificate: X509Certificate): string =>
  hex(certificate.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65));

describe.each(KEYS)('the certificate of the %s key', (which) => {
  it('says what the board’s does', async () => {
    const key = (await identityOf(1))[which];
    const certificate = certificateOf(key);
    expect(certificate.subject).toBe(nameOf(`stm32h5xx-${SUBJECTS[which]}-${key.serial}`));
    expect(certificate.issuer).toBe(nameOf(`ST CA 01 for STM32 ${AUTHORITIES[which]}`));
    expect(certificate.serialNumber).toBe(key.serial.toUpperCase());
    // The number of the authority, then the year in which the validity begins.
    expect(key.serial).toMatch(/^0116[0-9a-f]{16}$/);
    expect([certificate.validFrom, certificate.validTo]).toEqual([
      'Jan  1 00:00:00 2022 GMT',
      'Jan  1 00:00:00 2052 GMT',
    ]);
    expect(certificate.ca).toBe(false);
    expect(key.certificate.length).toBeLessThanOrEqual(512);
    // Nothing but critical basicConstraints, CA = false: the extensions end the part that is signed.
    expect(hex(key.certificate)).toContain('a310300e300c0603551d130101ff04023000300a06082a8648ce3d040302');
  });

  it('has what differs between chips where the board’s template has it', async () => {
    const key = (await identityOf(1))[which];
    const at = (from: number, length: number) => key.certificate.subarray(from, from + length);
    const [issuer, begin, end, subject, point] =
      which === 'user' ? [101, 122, 139, 225, 272] : [101, 137, 154, 255, 302];
    expect(hex(at(15, 10))).toBe(key.serial);
    expect(at(issuer, 2)).toEqual(ascii('01'));
    expect(at(begin, 2)).toEqual(ascii('22'));
    expect(at(end, 2)).toEqual(ascii('52'));
    expect(at(subject, 20)).toEqual(ascii(key.serial));
    expect(`04${hex(at(point, 64))}`).toBe(pointOf(certificateOf(key)));
  });

  // Enough for r and s to have and to lack a first bit that is set.
  it.each(Array.from({ length: 12 }, (_, i) => i))('is signed by its authority, seed %i', async (seed) => {
    const key = (await identityOf(seed))[which];
    const authority = new X509Certificate(key.ca);
    const certificate = certificateOf(key);
    expect(certificate.checkIssued(authority)).toBe(true);
    expect(certificate.verify(authority.publicKey)).toBe(true);
  });

  it('is the same for the same seed, and another for another', async () => {
    const [first, again, other] = [await identityOf(1), await identityOf(1), await identityOf(2)];
    expect(again[which]).toEqual(first[which]);
    expect(other[which].serial).not.toBe(first[which].serial);
    expect(pointOf(certificateOf(other[which]))).not.toBe(pointOf(certificateOf(first[which])));
  });
});

describe('the authorities', () => {
  it('sign themselves, and devices alone', async () => {
    const { user, initialAttestation } = await identityOf(1);
    for (const { ca } of [user, initialAttestation]) {
      const authority = new X509Certificate(ca);
      expect(authority.ca).toBe(true);
      expect(authority.checkIssued(authority)).toBe(true);
      expect(authority.verify(authority.publicKey)).toBe(true);
      // pathLenConstraint 0.
      expect(hex(ca)).toContain('0603551d130101ff040830060101ff020100');
      expect(Buffer.from(ca).toString('latin1')).toContain('h5sm INSECURE TEST CA');
    }
    expect(new X509Certificate(initialAttestation.ca).verify(new X509Certificate(user.ca).publicKey)).toBe(
      false,
    );
  });

  // Who has trusted them goes on doing so: a change of these bytes breaks every server under test.
  it('are the same for every device, and stay so', async () => {
    const { user, initialAttestation } = await identityOf(3);
    const fingerprint = (der: Uint8Array) => createHash('sha256').update(der).digest('hex');
    expect(fingerprint(user.ca)).toBe('25f0b17e46dbabeaee490dec4a8d463c748cf3a0cfcc8ba2a3808a61cfd434c8');
    expect(fingerprint(initialAttestation.ca)).toBe(
      '627f672189b5c3a4dcd80eeb171ac067b0a3791ea5e7f992d6cbffc9b4994100',
    );
  });
});

describe('the keys', () => {
  it('that is certified for users is the one with the id', async () => {
    const { psa, device } = await openForTest({ insecureSeed: 1 });
    const { data } = await must(psa.exportPublicKey(PSA_KEY_ID_ST_DUA_USER));
    expect(hex(data)).toBe(pointOf(certificateOf(device.identity().user)));
  });

  it('that attests has no id: no key of the device has its public part', async () => {
    const { psa, device } = await openForTest({ insecureSeed: 1 });
    const attesting = pointOf(certificateOf(device.identity().initialAttestation));
    const keys = device.keys();
    expect(keys.map(({ id }) => id)).toEqual([PSA_KEY_ID_ST_DUA_USER]);
    for (const { id } of keys) expect(hex((await must(psa.exportPublicKey(id))).data)).not.toBe(attesting);
  });

  it('that attests signs for its certificate, the same each time', async () => {
    const engine = createNobleEngine();
    const key = iakKey(engine, seededRoot(engine, '1'));
    const certificate = certificateOf((await identityOf(1)).initialAttestation);
    expect(hex(key.publicKey)).toBe(pointOf(certificate));
    const message = ascii('a token');
    const hash = new Uint8Array(createHash('sha256').update(message).digest());
    const signature = key.signHash(hash);
    expect(key.signHash(hash)).toEqual(signature);
    const verifier = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', message, verifier, signature)).toBe(true);
    expect(verify('sha256', ascii('another'), verifier, signature)).toBe(false);
  });

  it('are written as SubjectPublicKeyInfo of P-256', async () => {
    const { certificate } = (await identityOf(1)).user;
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(
      new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'pem' }),
    );
    expect([asymmetricKeyType, asymmetricKeyDetails]).toEqual(['ec', { namedCurve: 'prime256v1' }]);
    expect(hex(certificate)).toContain(hex(unhex('301306072a8648ce3d020106082a8648ce3d030107034200 04')));
  });
});
