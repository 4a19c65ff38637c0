/** One conversation of @reclaimprotocol/tls with a server: a handshake, then lines that come back reversed. */
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import {
  loadX509FromPem,
  makeTLSClient,
  setCryptoImplementation,
  crypto as stackCrypto,
  type TLSConnectionOptions,
  type TLSProtocolVersion,
} from '@reclaimprotocol/tls';
import type { TlsCrypto } from '../clients/tls/index.ts';
import { HOST } from './certificates.ts';

export interface ConversationOptions {
  readonly port: number;
  /** PEM; the certificates that the client trusts beside the public ones. */
  readonly authority: string;
  readonly version: TLSProtocolVersion;
  readonly cipherSuites: NonNullable<TLSConnectionOptions['cipherSuites']>;
  readonly namedCurves: NonNullable<TLSConnectionOptions['namedCurves']>;
  readonly signatureAlgorithms: NonNullable<TLSConnectionOptions['signatureAlgorithms']>;
  readonly lines: readonly string[];
  readonly onHandshake: () => void;
}

export interface Conversation {
  readonly suite: string;
  readonly version: string;
  readonly replies: readonly string[];
}

const TIMEOUT = 30_000;

/** Makes `crypto` all that the stack has; throws where something else is left in it. */
export const install = (crypto: TlsCrypto): void => {
  setCryptoImplementation(crypto);
  const foreign = Object.entries(stackCrypto).filter(([name, value]) => Reflect.get(crypto, name) !== value);
  if (foreign.length > 0)
    throw new Error(`the stack keeps cryptography of its own: ${foreign.map(([name]) => name).join(', ')}`);
};

export const converse = async (options: ConversationOptions): Promise<Conversation> => {
  const { port, version, lines } = options;
  const socket = connectTcp({ host: '127.0.0.1', port, noDelay: true });
  let settle: (error?: Error) => void = () => {};
  const finished = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  // It may fail before anybody waits for it.
  finished.catch(() => {});
  const timer = setTimeout(() => settle(new Error('the conversation took too long')), TIMEOUT);
  const replies: string[] = [];
  let received = '';
  // The stack (0.1.2) reports a handshake as done although CertificateVerify failed in it; its logger hears of that first.
  let failed = false;
  const logger = {
    debug() {},
    info() {},
    trace() {},
    warn() {},
    error(...said: readonly unknown[]) {
      failed = true;
      const [about] = said;
      // The cause: what the stack rejects with may be what followed from it.
      if (typeof about === 'object' && about !== null && 'err' in about && about.err instanceof Error)
        settle(about.err);
    },
  };
  let negotiated = { suite: '', version: '' };

  const client = makeTLSClient({
    host: HOST,
    rootCAs: [loadX509FromPem(options.authority)],
    supportedProtocolVersions: [version],
    cipherSuites: options.cipherSuites,
    namedCurves: options.namedCurves,
    signatureAlgorithms: options.signatureAlgorithms,
    logger,
    write: ({ header, content }) => {
      socket.write(header);
      socket.write(content);
    },
    onHandshake: () => {
      if (failed) return;
      const { cipherSuite = '', version: agreed = '' } = client.getMetadata();
      negotiated = { suite: cipherSuite, version: agreed };
      options.onHandshake();
      say().catch(settle);
    },
    onApplicationData: (data) => {
      received += Buffer.from(data).toString();
      const complete = received.split('\n');
      received = complete.pop() ?? '';
      replies.push(...complete);
      if (replies.length >= lines.length) settle();
    },
    onTlsEnd: (error) => settle(error ?? new Error('the server ended the conversation')),
  });
  const say = async (): Promise<void> => {
    for (const line of lines) await client.write(Buffer.from(`${line}\n`));
  };

  socket.on('data', (chunk: Uint8Array) => {
    client.handleReceivedBytes(new Uint8Array(chunk)).catch(settle);
  });
  socket.on('error', settle);
  socket.on('close', () => settle(new Error('the server closed the connection')));
  try {
    await once(socket, 'connect');
    await client.startHandshake();
    await finished;
    return { ...negotiated, replies };
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
};
