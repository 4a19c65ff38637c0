/** gnutls-serv as the peer of a TLS stage. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Peer } from '../../../demo/tls-stage.ts';

/** A port that nobody listens on; gnutls-serv does not say which one it was given for 0. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

export const GNUTLS: Peer = {
  name: 'gnutls',
  start: async (workspace, { key, certificate }) => {
    const port = await freePort();
    const identity = ['--x509keyfile', key, '--x509certfile', certificate];
    await workspace.start(
      'gnutls-serv',
      ['--echo', '--port', `${port}`, ...identity],
      /Listening on IPv4 .*done/i,
    );
    return port;
  },
  answer: (line) => line,
};
