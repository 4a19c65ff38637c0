/**
 * Every suite of the stack with every kind of certificate that goes with it, on the board and on the whole
 * specification, against the servers of openssl and GnuTLS; and what becomes of those that a device cannot do.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CertificateKind } from '../../../demo/certificates.ts';
import { type Handshake, nameOf, OPENSSL, TlsStage } from '../../../demo/tls-stage.ts';
import { GNUTLS } from './gnutls.ts';

type Suite = Handshake['suite'];
type Curve = Handshake['curve'];

const SUITES: readonly Suite[] = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
];

const CURVES: readonly Curve[] = ['SECP256R1', 'SECP384R1', 'X25519'];

const certificatesFor = (suite: Suite): readonly CertificateKind[] => {
  if (suite.includes('ECDSA')) return ['p256', 'p384'];
  return suite.includes('_RSA_') ? ['rsa'] : ['rsa', 'p256', 'p384'];
};

/** In TLS 1.2 the curves that a client offers are also those of certificates that it takes (RFC 8422 5.1). */
const OWN_CURVE: Readonly<Record<CertificateKind, Curve | undefined>> = {
  rsa: undefined,
  p256: 'SECP256R1',
  p384: 'SECP384R1',
};

const versionOf = (suite: Suite): Handshake['version'] => (suite.includes('_WITH_') ? 'TLS1_2' : 'TLS1_3');

const curveFor = (suite: Suite, certificate: CertificateKind, inTurn: Curve): Curve =>
  (versionOf(suite) === 'TLS1_2' ? OWN_CURVE[certificate] : undefined) ?? inTurn;

/** Each suite and certificate once; curves take turns, so that each meets both versions. */
const handshakes = (suites: readonly Suite[], curves: readonly Curve[]): Handshake[] =>
  suites
    .flatMap((suite) => certificatesFor(suite).map((certificate) => ({ suite, certificate })))
    .map(({ suite, certificate }, i) => ({
      version: versionOf(suite),
      suite,
      certificate,
      curve: curveFor(suite, certificate, curves[i % curves.length] ?? 'SECP256R1'),
    }));

interface Profile {
  readonly name: string;
  readonly suites: readonly Suite[];
  readonly curves: readonly Curve[];
}

const isBoards = (suite: Suite): boolean => !suite.includes('CHACHA20');

const PROFILES: readonly Profile[] = [
  { name: 'psa-full', suites: SUITES, curves: CURVES },
  { name: 'stm32h573-sm-1.2', suites: SUITES.filter(isBoards), curves: ['SECP256R1', 'SECP384R1'] },
  { name: 'stm32h573-sm-1.1', suites: SUITES.filter(isBoards), curves: ['SECP256R1', 'SECP384R1'] },
];

/** To a TLS server the two Secure Managers are one. */
const CASES = PROFILES.flatMap((profile) =>
  (profile.name === 'stm32h573-sm-1.1' ? [OPENSSL] : [OPENSSL, GNUTLS]).map((peer) => ({ profile, peer })),
);

describe.each(CASES)('$profile.name with $peer.name', ({ profile, peer }) => {
  let stage: TlsStage;

  beforeAll(async () => {
    stage = await TlsStage.open({ profile: profile.name, peer });
  });

  afterAll(() => {
    stage?.close();
  });

  test('offers the suites and curves that it can do, and no others', () => {
    expect(new Set(stage.supported.cipherSuites)).toEqual(new Set(profile.suites));
    expect(new Set<string>(stage.supported.namedCurves)).toEqual(new Set(profile.curves));
    expect(stage.supported.signatureAlgorithms).toHaveLength(6);
  });

  test.each(
    handshakes(profile.suites, profile.curves).map((handshake) => [nameOf(handshake), handshake] as const),
  )('%s', async (_, handshake) => {
    const { suite, version, handshakeCalls } = await stage.shake(handshake);
    expect([suite, version]).toEqual([handshake.suite, handshake.version]);
    expect(handshakeCalls).toBeGreaterThan(10);
  });

  const refused = SUITES.filter((suite) => !profile.suites.includes(suite));
  test.each(refused)('%s, forced, fails by its name', async (suite) => {
    const [certificate = 'rsa'] = certificatesFor(suite);
    const shaking = stage.shake({ version: versionOf(suite), suite, certificate, curve: 'SECP256R1' });
    await expect(shaking).rejects.toThrow(
      'CHACHA20-POLY1305: psa_import_key answered PSA_ERROR_NOT_SUPPORTED',
    );
    expect(await stage.emulator.keys()).toBe(0);
  });

  const strange = CURVES.filter((curve) => !profile.curves.includes(curve));
  test.each(strange)('%s, forced, fails by its name', async (curve) => {
    const shaking = stage.shake({
      version: 'TLS1_3',
      suite: 'TLS_AES_128_GCM_SHA256',
      certificate: 'rsa',
      curve,
    });
    await expect(shaking).rejects.toThrow(`${curve}: psa_generate_key answered PSA_ERROR_NOT_SUPPORTED`);
  });
});

test('the curves have met both versions', () => {
  const met = handshakes(SUITES, CURVES).map(({ version, curve }) => `${version} ${curve}`);
  expect(new Set(met).size).toBe(2 * CURVES.length);
});
