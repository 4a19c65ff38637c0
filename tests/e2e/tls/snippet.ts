/** The program of docs/tls.md, word for word; snippet.test.ts runs it and holds it against the page. */
import { once } from 'node:events';
import net from 'node:net';
import { loadX509FromPem, makeTLSClient, setCryptoImplementation } from '@reclaimprotocol/tls';
import { createTlsCrypto, supportedBy } from '../../../clients/tls/index.ts';
import { connect } from '../../../rpc/client/connect.ts';

export async function ask(host: string, port: number, rootCa: string, question: string): Promise<string> {
  await using device = await connect(); // H5SM_ENDPOINT
  await using crypto = await createTlsCrypto(device);
  setCryptoImplementation(crypto);
  const supported = await supportedBy(device); // cipherSuites, namedCurves, signatureAlgorithms

  const socket = net.connect(port, host);
  await once(socket, 'connect');
  try {
    return await new Promise<string>((resolve, reject) => {
      const client = makeTLSClient({
        host,
        rootCAs: [loadX509FromPem(rootCa)],
        ...supported,
        write: ({ header, content }) => void socket.write(Buffer.concat([header, content])),
        onHandshake: () => void client.write(Buffer.from(question)).catch(reject),
        onApplicationData: (data) => resolve(Buffer.from(data).toString()),
        onTlsEnd: (error) => reject(error ?? new Error('the server ended the connection')),
      });
      socket.on('data', (chunk: Uint8Array) => void client.handleReceivedBytes(chunk).catch(reject));
      socket.on('error', reject);
      client.startHandshake().catch(reject);
    });
  } finally {
    socket.destroy();
  }
}
