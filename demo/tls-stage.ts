/** A stage for TLS: an emulator, servers of the openssl command, and handshakes whose cryptography is the emulator's. */
import { readFile } from 'node:fs/promises';
import type { TLSConnectionOptions, TLSProtocolVersion } from '@reclaimprotocol/tls';
import { createTlsCrypto, type Supported, supportedBy } from '../clients/tls/index.ts';
import { connect } from '../rpc/client/connect.ts';
import { type CertificateKind, type Issued, makeAuthority, makeCertificate } from './certificates.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { withoutLocalCrypto } from './local-crypto.ts';
import { type Conversation, converse, install } from './tls-client.ts';
import { Workspace } from './workspace.ts';

export interface Handshake {
  readonly version: TLSProtocolVersion;
  readonly suite: NonNullable<TLSConnectionOptions['cipherSuites']>[number];
  readonly certificate: CertificateKind;
  readonly curve: 'SECP256R1' | 'SECP384R1' | 'X25519';
}

const tls12 = (
  suite: Handshake['suite'],
  certificate: CertificateKind,
  curve: Handshake['curve'] = 'SECP256R1',
): Handshake => ({ version: 'TLS1_2', suite, certificate, curve });

const tls13 = (
  suite: Handshake['suite'],
  certificate: CertificateKind,
  curve: Handshake['curve'] = 'SECP256R1',
): Handshake => ({ version: 'TLS1_3', suite, certificate, curve });

/** The one suite without a key agreement: its premaster secret goes out under the certificate's key. */
const RSA_KEY_EXCHANGE = 'TLS_RSA_WITH_AES_128_GCM_SHA256';

export const HANDSHAKES: readonly Handshake[] = [
  tls12('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'rsa'),
  tls12('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'p256'),
  tls12('TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 'rsa'),
  tls12('TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', 'p256'),
  tls12('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'rsa'),
  tls12('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'p384', 'SECP384R1'),
  tls12('TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'rsa', 'X25519'),
  tls12('TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 'p256'),
  tls12(RSA_KEY_EXCHANGE, 'rsa'),
  tls13('TLS_AES_128_GCM_SHA256', 'rsa'),
  tls13('TLS_AES_128_GCM_SHA256', 'p256'),
  tls13('TLS_AES_256_GCM_SHA384', 'rsa'),
  tls13('TLS_AES_256_GCM_SHA384', 'p384', 'SECP384R1'),
  tls13('TLS_CHACHA20_POLY1305_SHA256', 'rsa', 'X25519'),
];

export const nameOf = ({ version, suite, certificate, curve }: Handshake): string => {
  const agreement = suite === RSA_KEY_EXCHANGE ? 'no curve' : curve;
  return `${version.replace('TLS1_', 'TLS 1.')} ${suite}, ${certificate} certificate, ${agreement}`;
};

/** More than one record each way; the second line is longer than a block and no multiple of one. */
const LINES = ['h5sm', 'every primitive of this record was computed by the emulator', 'bye'] as const;

export interface Seen extends Conversation {
  /** PSA calls until the handshake was done, and all of them with data and cleaning up. */
  readonly handshakeCalls: number;
  readonly calls: number;
}

const CERTIFICATES: readonly CertificateKind[] = ['rsa', 'p256', 'p384'];

export interface Server extends Issued {
  readonly port: number;
}

/** Whose server it is, and what it answers to a line. */
export interface Peer {
  readonly name: string;
  start(workspace: Workspace, identity: Issued): Promise<number>;
  answer(line: string): string;
}

export const OPENSSL: Peer = {
  name: 'openssl',
  start: async (workspace, { key, certificate }) => {
    // Port 0: the system chooses. -rev answers each line with its reverse.
    const options = ['-accept', '127.0.0.1:0', '-rev', '-key', key, '-cert', certificate];
    const [, port] = await workspace.start('openssl', ['s_server', ...options], /ACCEPT \S*:(\d+)\s/);
    return Number(port);
  },
  answer: (line) => [...line].reverse().join(''),
};

export interface StageOptions {
  /** The emulator's; psa-full where not given. */
  readonly profile?: string;
  readonly peer?: Peer;
}

export class TlsStage {
  readonly workspace: Workspace;
  readonly emulator: Emulator;
  readonly supported: Supported;
  readonly #servers: ReadonlyMap<CertificateKind, Server>;
  readonly #peer: Peer;

  private constructor(
    workspace: Workspace,
    emulator: Emulator,
    supported: Supported,
    servers: ReadonlyMap<CertificateKind, Server>,
    peer: Peer,
  ) {
    this.workspace = workspace;
    this.emulator = emulator;
    this.supported = supported;
    this.#servers = servers;
    this.#peer = peer;
  }

  static async open({ profile, peer = OPENSSL }: StageOptions = {}): Promise<TlsStage> {
    const workspace = new Workspace();
    try {
      const emulator = await startEmulator(workspace, profile);
      const servers = new Map<CertificateKind, Server>();
      for (const kind of CERTIFICATES) {
        const issued = await makeCertificate(workspace, kind);
        servers.set(kind, { ...issued, port: await peer.start(workspace, issued) });
      }
      const connection = await connect(emulator.endpoint, { token: '' });
      const supported = await supportedBy(connection);
      await connection.close();
      return new TlsStage(workspace, emulator, supported, servers, peer);
    } catch (error) {
      workspace.close();
      throw error;
    }
  }

  close(): void {
    this.workspace.close();
  }

  server(kind: CertificateKind): Server {
    const server = this.#servers.get(kind);
    if (server === undefined) throw new Error(`no server with a certificate of kind ${kind}`);
    return server;
  }

  /** PEM of an authority that did not issue the server's certificate, although it has the same name. */
  async impostor(kind: CertificateKind): Promise<string> {
    const { certificate } = await makeAuthority(
      this.workspace,
      `${kind}-impostor`,
      kind,
      `h5sm demo ${kind}`,
    );
    return readFile(certificate, 'utf8');
  }

  /** PEM of an authority that has nothing to do with the server's. */
  async stranger(kind: CertificateKind): Promise<string> {
    const { certificate } = await makeAuthority(this.workspace, `${kind}-stranger`, kind, 'stranger');
    return readFile(certificate, 'utf8');
  }

  /** Throws unless the handshake is as asked for, all lines came back and the device did all that was counted. */
  async shake(handshake: Handshake, authority?: string): Promise<Seen> {
    const { version, suite, certificate, curve } = handshake;
    const server = this.server(certificate);
    let calls = 0;
    let atHandshake = 0;
    const connection = await connect(this.emulator.endpoint, { token: '' });
    try {
      const before = await this.emulator.calls();
      const crypto = await createTlsCrypto(connection, { onCall: () => calls++ });
      const filling = calls;
      let conversation: Conversation;
      try {
        install(crypto);
        conversation = await withoutLocalCrypto(() =>
          converse({
            port: server.port,
            authority: authority ?? server.authority,
            version,
            cipherSuites: [suite],
            namedCurves: [curve],
            signatureAlgorithms: this.supported.signatureAlgorithms,
            lines: LINES,
            onHandshake: () => {
              atHandshake = calls - filling;
            },
          }),
        );
      } finally {
        await crypto.close();
      }
      const counted = (await this.emulator.calls()) - before;
      if (counted !== calls) throw new Error(`the stack made ${calls} calls, the device answered ${counted}`);
      const left = await this.emulator.keys();
      if (left !== 0) throw new Error(`${left} keys were left in the device`);
      check(conversation, handshake, this.#peer);
      return { ...conversation, handshakeCalls: atHandshake, calls };
    } finally {
      await connection.close();
    }
  }
}

const check = ({ suite, version, replies }: Conversation, asked: Handshake, peer: Peer): void => {
  if (suite !== asked.suite || version !== asked.version)
    throw new Error(`negotiated ${version} ${suite}, not what was asked for`);
  const expected = LINES.map((line) => peer.answer(line));
  if (replies.length !== expected.length || replies.some((reply, i) => reply !== expected[i]))
    throw new Error(`the server answered ${JSON.stringify(replies)}`);
};
