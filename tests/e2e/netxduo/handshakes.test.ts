/** TLS 1.2 and 1.3 with openssl s_server, through the methods by NetX's call sequences. */
import { createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CertificateKind,
  type Issued,
  makeAuthority,
  makeCertificate,
} from '../../../demo/certificates.ts';
import { Workspace } from '../../../demo/workspace.ts';
import { Emulator } from '../c/emulator.ts';
import { type Finished, run, Steps, type Variables, with32 } from '../c/programs.ts';
import { Methods } from './programs.ts';

const SUITES = {
  'ECDHE-RSA-AES128-SHA256': ['c027', 'rsa'],
  'ECDHE-RSA-AES128-GCM-SHA256': ['c02f', 'rsa'],
  'ECDHE-ECDSA-AES128-SHA256': ['c023', 'p256'],
  'ECDHE-ECDSA-AES128-GCM-SHA256': ['c02b', 'p256'],
  TLS_AES_128_GCM_SHA256: ['1301', 'p256'],
  TLS_AES_128_CCM_SHA256: ['1304', 'p256'],
  TLS_AES_128_CCM_8_SHA256: ['1305', 'p256'],
} as const;
type Suite = keyof typeof SUITES;
const suites = Object.keys(SUITES) as Suite[];
const SUITES13 = suites.filter((name) => name.startsWith('TLS_')).join(':');

const workspace = new Workspace();
const wide = new Methods('-m64');
const narrow = with32() ? new Methods('-m32') : undefined;
const issued = new Map<CertificateKind, Issued>();
const ports = new Map<string, number>();
let client: string;

/** openssl s_server that answers each line with its reverse. */
const serve = async (kind: CertificateKind, more: readonly string[] = []): Promise<number> => {
  const { key, certificate } = issued.get(kind) as Issued;
  const [, port] = await workspace.start(
    'openssl',
    [
      's_server',
      '-accept',
      '127.0.0.1:0',
      '-rev',
      '-key',
      key,
      '-cert',
      certificate,
      '-ciphersuites',
      SUITES13,
      ...more,
    ],
    /ACCEPT \S*:(\d+)\s/,
  );
  return Number(port);
};

const derOf = async (pem: string): Promise<string> => {
  const file = `${pem}.der`;
  await workspace.run('openssl', ['x509', '-in', pem, '-outform', 'der', '-out', file]);
  return file;
};

beforeAll(async () => {
  await Promise.all([wide.prepare(), narrow?.prepare()]);
  client = await wide.program('client');
  for (const kind of ['rsa', 'p256'] as const) {
    issued.set(kind, await makeCertificate(workspace, kind));
    await derOf(workspace.path(`${kind}-ca.pem`));
    ports.set(kind, await serve(kind));
  }
}, 120_000);

afterAll(() => {
  workspace.close();
  wide.remove();
  narrow?.remove();
});

interface Talk {
  readonly program?: string;
  readonly rounds?: number;
  readonly line?: number;
  readonly packet?: number;
  readonly authority?: string;
  readonly port?: number;
  readonly own?: string;
}

const talk = (device: Variables, suite: Suite, options: Talk = {}): Promise<Finished> => {
  const [id, kind] = SUITES[suite];
  const { program = client, rounds = 1, line = 21, packet = 1456, port = ports.get(kind), own } = options;
  const { authority = workspace.path(`${kind}-ca.pem.der`) } = options;
  const args = [port, id, authority, rounds, line, packet, ...(own === undefined ? [] : [own])].map(String);
  return run(program, args, { env: device });
};

const well = { code: 0, signal: null, stdout: 'ok\n', stderr: '' };

describe.each(['stm32h573-sm-1.2', 'stm32h573-sm-1.1', 'psa-full'])('on %s', (profile) => {
  const emulator = new Emulator(profile);
  let device: Variables;

  beforeAll(async () => {
    device = (await emulator.start()).unix;
  });

  afterAll(() => emulator.close());

  it.each(suites)('%s', async (suite) => {
    expect(await talk(device, suite, { rounds: 2 })).toEqual(well);
    // Records over several packets, whose payload is no multiple of a block either
    expect(await talk(device, suite, { line: 7001, packet: 304 })).toEqual(well);
  });
});

describe('on the default device', () => {
  const emulator = new Emulator('stm32h573-sm-1.2');
  const oneShot = new Emulator('stm32h573-sm-1.1');
  let device: Variables;
  let deviceOfOneShot: Variables;

  beforeAll(async () => {
    device = (await emulator.start()).unix;
    deviceOfOneShot = (await oneShot.start()).unix;
  });

  afterAll(async () => {
    await emulator.close();
    await oneShot.close();
  });

  it.runIf(narrow !== undefined).each(suites)('%s, 32 bit', async (suite) => {
    const program = await (narrow as Methods).program('client');
    expect(await talk(device, suite, { program })).toEqual(well);
  });

  it.each(['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'TLS_AES_128_GCM_SHA256'] as const)(
    'records as long as TLS has them: %s',
    async (suite) => {
      expect(await talk(device, suite, { line: 16000 })).toEqual(well);
    },
  );

  it('a device without multi-part AEAD says so of records beyond half of the shared area', async () => {
    const long = await talk(deviceOfOneShot, 'TLS_AES_128_GCM_SHA256', { line: 9000 });
    expect(long).toMatchObject({ code: 1, stdout: 'failed at data: 0x20008\nnot well\n' });
  });

  it('the client is known by the key of the device', async () => {
    const own = await certificateOfDua(device);
    const asked = ['-Verify', '1', '-verify_return_error', '-CAfile', workspace.path('p256-ca.pem')];
    for (const suite of suites.slice(0, 5)) {
      const port = await serve(SUITES[suite][1], asked);
      expect(await talk(device, suite, { port, own }), suite).toEqual(well);
      // Without a certificate it is not let in.
      expect(await talk(device, suite, { port }), suite).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/^failed at .*: alert \d+\n/),
      });
    }
  });

  it.each(suites.slice(0, 5))(
    'a stranger’s certificate is refused, as often as it comes: %s',
    async (suite) => {
      const kind = SUITES[suite][1];
      const { certificate } = await makeAuthority(workspace, `${kind}-${suite}`, kind, 'stranger');
      const end = await talk(device, suite, { authority: await derOf(certificate), rounds: 12 });
      // 12 failures on a device of 8 operations: each is the signature's, none is the leftovers'.
      expect(end.stdout).toBe(`${'failed at Certificate: 0x20003\n'.repeat(12)}not well\n`);
    },
  );

  it('a running hash that is copied and not cloned ends the handshake with an error', async () => {
    const program = await wide.program('client', ['-DTEST_PLAIN_CLONE']);
    for (const [suite, stage] of [
      ['ECDHE-ECDSA-AES128-GCM-SHA256', 'client Finished'],
      // The digest of the ClientHello alone ends the hash that the ServerHello would go into.
      ['TLS_AES_128_GCM_SHA256', 'ServerHello'],
    ] as const) {
      const { stdout } = await talk(device, suite, { program });
      expect(stdout).toBe(`failed at ${stage}: 0x2000c\nnot well\n`);
    }
  });

  const certificateOfDua = async (of: Variables): Promise<string> => {
    const steps = new Steps(await wide.program('signatures'), of);
    const key = await steps.ask('dua');
    await steps.end();
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: Buffer.from(key.slice(2, 66), 'hex').toString('base64url'),
      y: Buffer.from(key.slice(66), 'hex').toString('base64url'),
    };
    const file = (name: string) => workspace.path(`dua.${name}`);
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
    writeFileSync(file('public'), pem);
    const ca = [
      '-CA',
      workspace.path('p256-ca.pem'),
      '-CAkey',
      workspace.path('p256-ca.key'),
      '-CAcreateserial',
    ];
    const request = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      file('other'),
    ];
    await workspace.run('openssl', ['req', ...request, '-subj', '/CN=dua', '-out', file('csr')]);
    const issue = ['-force_pubkey', file('public'), '-sha256', '-days', '2', '-out', file('pem')];
    await workspace.run('openssl', ['x509', '-req', '-in', file('csr'), ...ca, ...issue]);
    return derOf(file('pem'));
  };
});
