/** A campaign's scenario: a TLS 1.3 handshake of a TypeScript stack on the device, and a line that comes back reversed. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadX509FromPem, makeTLSClient, setCryptoImplementation } from '@reclaimprotocol/tls';
import { createTlsCrypto } from '../../clients/tls/index.ts';
import type { Scenario } from '../../emulator/campaign/scenario.ts';
import { Tls13Peer } from './tls13-peer.ts';

const HERE = new URL(
  import.meta.url.includes('/dist/') ? '../../../examples/campaigns/' : './',
  import.meta.url,
);
const read = (name: string): string => readFileSync(new URL(name, HERE), 'utf8');

const ROOT = read('peer-root.pem');
const PEER = read('peer.pem');
const { d = '' } = createPrivateKey(PEER).export({ format: 'jwk' });
const PRIVATE_KEY = new Uint8Array(Buffer.from(d, 'base64url'));

const LINE = 'every primitive of this was computed by the device';

const textOf = (data: unknown): string => (data instanceof Error ? data.message : String(data));

/** Ends when the line is back; throws when the handshake, or anything after it, fails. */
const scenario: Scenario = async (device, report) => {
  const crypto = await createTlsCrypto(device);
  try {
    setCryptoImplementation(crypto);
    const peer = new Tls13Peer({ certificate: PEER, privateKey: PRIVATE_KEY, forges: device.negative });
    await new Promise<void>((resolve, reject) => {
      let failure: unknown;
      // The stack (0.1.2) tells its logger of a handshake that failed, and goes on.
      const hear = (data: unknown): void => {
        failure ??= data;
      };
      const logger = { debug() {}, info() {}, trace() {}, warn() {}, error: hear };
      let turn = Promise.resolve();
      /** One after the other, as they would come from a socket. */
      const deliver = (answers: readonly Uint8Array[]): void => {
        for (const answer of answers)
          turn = turn.then(() => client.handleReceivedBytes(new Uint8Array(answer))).catch(reject);
      };
      const client = makeTLSClient({
        host: 'localhost',
        rootCAs: [loadX509FromPem(ROOT)],
        supportedProtocolVersions: ['TLS1_3'],
        cipherSuites: ['TLS_AES_128_GCM_SHA256'],
        namedCurves: ['SECP256R1'],
        logger,
        write: ({ header, content }) => {
          try {
            deliver([...peer.receive(header), ...peer.receive(content)]);
          } catch (error) {
            reject(error);
          }
        },
        onHandshake: () => {
          if (failure !== undefined) return reject(new Error(`the handshake failed: ${textOf(failure)}`));
          client.write(Buffer.from(LINE)).catch(reject);
        },
        onApplicationData: (data) => {
          report.output('line', Buffer.from(data).reverse().toString());
          report.output('connected', peer.isConnected);
          resolve();
        },
        onTlsEnd: (error) => reject(error ?? new Error('the stack ended the connection')),
      });
      client.startHandshake().catch(reject);
    });
  } finally {
    await crypto.close();
  }
};

export default scenario;
