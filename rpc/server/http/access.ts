/** Who may use HTTP: over TCP those with the token, and no web page whatever name it gives this machine. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from '../../endpoint.ts';
import type { Gatekeeper } from '../gatekeeper.ts';
import type { Peer } from '../peer.ts';

const hostName = (host: string): string =>
  /^(?:\[([^\]]+)\]|([^:]*))(?::\d+)?$/.exec(host)?.slice(1).find(Boolean) ?? host;

const refusal = (
  gatekeeper: Gatekeeper,
  peer: Peer,
  request: FastifyRequest,
): [code: number, error: string] | undefined => {
  if (peer.transport === 'unix') return undefined;
  const { host = '', origin, authorization = '' } = request.headers;
  if (origin !== undefined)
    return [403, `Origin ${origin}: web pages are not served; call from outside a browser`];
  // A name that an attacker's DNS points to 127.0.0.1 arrives here as the Host.
  if (!isLoopback(hostName(host))) return [403, `Host ${host}: not loopback; use 127.0.0.1 or localhost`];
  if (request.url === '/healthz') return undefined;
  const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
  if (token === undefined) return [401, 'TCP needs the token; send Authorization: Bearer <token>'];
  return gatekeeper.admits(peer, token) ? undefined : [401, 'wrong token; see H5SM_TOKEN'];
};

export const accessHook =
  (gatekeeper: Gatekeeper, peerOf: (request: FastifyRequest) => Peer | undefined) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const peer = peerOf(request);
    const refused = peer === undefined ? undefined : refusal(gatekeeper, peer, request);
    if (refused === undefined && peer !== undefined) return undefined;
    const [code, error] = refused ?? [500, 'a request of no connection'];
    return reply.code(code).send({ error });
  };
