/** The floor of a round trip: a bare echo on a UNIX socket. Prints a line when it listens. */
import { createServer } from 'node:net';

const [path = ''] = process.argv.slice(2);
createServer((socket) => {
  socket.on('data', (chunk) => socket.write(chunk));
  socket.on('error', () => {});
}).listen(path, () => console.log('listening'));
