/** Tells by the first byte what a connection speaks: HTTP begins with a capital letter, a frame with 00 or 01. */
import type { Service } from '../../psa-api/service.ts';
import { FrameConnection } from './connection.ts';
import { Gatekeeper } from './gatekeeper.ts';
import { type Log, stderrLog } from './log.ts';
import type { Front, Peer } from './peer.ts';

const isCapital = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x41 && byte <= 0x5a;

export const createFront = (service: Service, token: string | undefined, log: Log = stderrLog): Front => {
  const gatekeeper = new Gatekeeper(token);
  // fastify costs more to load than everything else here together, and most runs never use it.
  let http: Promise<Front> | undefined;
  const loadHttp = () => {
    http ??= import('./http/front.ts').then(({ createHttpFront }) =>
      createHttpFront(service, gatekeeper, log),
    );
    return http;
  };
  const toHttp = (peer: Peer, first: Uint8Array) => {
    const { socket } = peer;
    socket.pause();
    socket.unshift(first);
    loadHttp().then(
      (front) => front.accept(peer),
      (error) => {
        log.fault('HTTP', error);
        socket.destroy();
      },
    );
  };
  return {
    accept(peer) {
      peer.socket.once('data', (first: Uint8Array) => {
        if (isCapital(first[0])) toHttp(peer, first);
        else new FrameConnection(peer, service, gatekeeper, log).receive(first);
      });
    },
    async close() {
      await (await http)?.close();
    },
  };
};
