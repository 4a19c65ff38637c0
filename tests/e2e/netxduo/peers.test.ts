/**
 * TLS with servers of two libraries through the methods, and a client whose key and certificate are the device's own:
 * the servers verify its chain up to the device's authority.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Issued, makeAuthority, makeCertificate } from '../../../demo/certificates.ts';
import { Workspace } from '../../../demo/workspace.ts';
import { createDevice } from '../../../emulator/device.ts';
import type { Service } from '../../../psa-api/service.ts';
import { pem } from '../../../rpc/identity-text.ts';
import { type Server, serve } from '../../../rpc/server/serve.ts';
import { type Finished, run } from '../c/programs.ts';
import { Peer, type PeerName } from './peers.ts';
import { Methods } from './programs.ts';

const SUITES = {
  'ECDHE-RSA-AES128-SHA256': ['c027', 'rsa'],
  'ECDHE-RSA-AES128-GCM-SHA256': ['c02f', 'rsa'],
  'ECDHE-ECDSA-AES128-SHA256': ['c023', 'p256'],
  'ECDHE-ECDSA-AES128-GCM-SHA256': ['c02b', 'p256'],
  TLS_AES_128_GCM_SHA256: ['1301', 'p256'],
} as const;
type Suite = keyof typeof SUITES;
const suites = Object.keys(SUITES) as Suite[];
const peers: readonly PeerName[] = ['openssl s_server', 'gnutls-serv'];

const workspace = new Workspace();
const methods = new Methods('-m64');
const programs = new Map<PeerName, string>();
const issued = new Map<'rsa' | 'p256', Issued>();
const started: Peer[] = [];
let impostor: string;

const start = async (name: PeerName, suite: Suite, clientsOf?: string): Promise<Peer> => {
  const own = issued.get(SUITES[suite][1]) as Issued;
  const peer = await Peer.start(name, { own, clientsOf });
  started.push(peer);
  return peer;
};

/** A device behind a socket, and what its certificate utility would put together. */
class Subject {
  readonly device: Service;
  #server: Server | undefined;

  constructor(profile: string, insecureSeed: string) {
    this.device = createDevice({ profile, insecureSeed });
  }

  async listen(): Promise<void> {
    this.#server = await serve(this.device, { unix: workspace.path(`${this.serial}.sock`) });
    writeFileSync(this.certificate, this.device.identity().user.certificate);
    writeFileSync(this.authority, pem(this.device.identity().user.ca));
  }

  get serial(): string {
    return this.device.identity().user.serial;
  }

  /** DER */
  get certificate(): string {
    return workspace.path(`${this.serial}.der`);
  }

  /** PEM */
  get authority(): string {
    return workspace.path(`${this.serial}-ca.pem`);
  }

  talk(name: PeerName, { port }: Peer, suite: Suite, certificate?: string): Promise<Finished> {
    const [id, kind] = SUITES[suite];
    const more = certificate === undefined ? [] : [certificate];
    const args = [port, id, workspace.path(`${kind}-ca.der`), 1, 210, 1456, ...more].map(String);
    return run(programs.get(name) as string, args, { env: { H5SM_ENDPOINT: this.#server?.endpoints[0] } });
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.device.close();
  }
}

beforeAll(async () => {
  await methods.prepare();
  programs.set('openssl s_server', await methods.program('client'));
  programs.set('gnutls-serv', await methods.program('client', ['-DTEST_ECHO']));
  for (const kind of ['rsa', 'p256'] as const) {
    issued.set(kind, await makeCertificate(workspace, kind));
    const [ca, der] = [`${kind}-ca.pem`, `${kind}-ca.der`].map((name) => workspace.path(name));
    await workspace.run('openssl', ['x509', '-in', `${ca}`, '-outform', 'der', '-out', `${der}`]);
  }
  const name = 'ST CA 01 for STM32 User/O=STMicroelectronics nv/C=NL';
  impostor = (await makeAuthority(workspace, 'impostor', 'p256', name)).certificate;
}, 120_000);

afterAll(() => {
  for (const peer of started) peer.close();
  workspace.close();
  methods.remove();
});

const well = { code: 0, signal: null, stdout: 'ok\n', stderr: '' };

/** What each says of a client whose chain ends where it should. */
const KNOWN: Readonly<Record<PeerName, (serial: string) => readonly RegExp[]>> = {
  'openssl s_server': (serial) => [
    new RegExp(`Peer certificate: .*CN = stm32h5xx-user-${serial}\n`),
    /Verification: OK/,
  ],
  'gnutls-serv': (serial) => [
    /Status: The certificate is trusted/,
    new RegExp(`Subject: CN=stm32h5xx-user-${serial},`),
    /Client Signature: ECDSA-/,
  ],
};

/** And of one it does not let in. */
const WHY = {
  'openssl s_server': {
    badSignature: /tls_process_cert_verify:bad signature/,
    otherAuthority: /unable to get local issuer certificate/,
    noCertificate: /peer did not return a certificate/,
  },
  'gnutls-serv': {
    badSignature: /Public key signature verification has failed/,
    otherAuthority: /NOT trusted. The certificate issuer is unknown/,
    noCertificate: /No certificate was found|Certificate is required/,
  },
} as const;

describe.each(['stm32h573-sm-1.1', 'stm32h573-sm-1.2'])('%s', (profile) => {
  const subject = new Subject(profile, 'peers');
  const stranger = new Subject(profile, 'another device');

  beforeAll(async () => {
    await subject.listen();
    await stranger.listen();
  });

  afterAll(async () => {
    await subject.close();
    await stranger.close();
  });

  it.each(suites)('gnutls-serv: %s', async (suite) => {
    const peer = await start('gnutls-serv', suite);
    expect(await subject.talk('gnutls-serv', peer, suite)).toEqual(well);
    await peer.says(suite.startsWith('TLS_') ? /Version: TLS1\.3/ : /Version: TLS1\.2/);
  });

  describe.each(peers)('%s asks for a certificate', (name) => {
    it.each(suites)('and knows the device by its own: %s', async (suite) => {
      const peer = await start(name, suite, subject.authority);
      expect(await subject.talk(name, peer, suite, subject.certificate)).toEqual(well);
      for (const pattern of KNOWN[name](subject.serial)) await peer.says(pattern);
    });

    it.each(suites)('and refuses who cannot prove to be one it knows: %s', async (suite) => {
      for (const [why, certificate, authority] of [
        // Of another device, which is known to the server, and signed by this one
        ['badSignature', stranger.certificate, stranger.authority],
        // Of this device, whose authority has but the name of that which is known to the server
        ['otherAuthority', subject.certificate, impostor],
        ['noCertificate', undefined, subject.authority],
      ] as const) {
        const peer = await start(name, suite, authority);
        const { code, stdout } = await subject.talk(name, peer, suite, certificate);
        // The server's alert, or its end while the client still sends
        expect([code, stdout]).toEqual([
          1,
          expect.stringMatching(/^failed at .*: (alert \d+|0x1)\nnot well\n$/),
        ]);
        await peer.says(WHY[name][why]);
      }
    });
  });
});
