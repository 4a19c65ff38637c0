/** HTTP for people and tools (docs/http.md): the calls of the wire, and what the device holds. */
import type { Socket } from 'node:net';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { didYouMean } from '../../../psa-api/nearest.ts';
import type { PowerAction, Service } from '../../../psa-api/service.ts';
import { identityText } from '../../identity-text.ts';
import { MAX_FRAME } from '../../protocol.ts';
import type { Gatekeeper } from '../gatekeeper.ts';
import type { Log } from '../log.ts';
import type { Front, Peer } from '../peer.ts';
import { accessHook } from './access.ts';
import { Calls, UnknownFunction } from './calls.ts';
import { BadCall } from './json.ts';
import {
  callParams,
  capabilitiesSchema,
  deviceBody,
  errorSchema,
  faultParams,
  faultsSchema,
  identitySchema,
  keysSchema,
  statusSchema,
  traceQuery,
} from './schemas.ts';
import { type TraceQuery, traceLines } from './trace.ts';

const MSGPACK = 'application/msgpack';
const ROUTES = [
  '/v1/call/psa_...',
  '/v1/status',
  '/v1/keys',
  '/v1/capabilities',
  '/v1/identity',
  '/v1/snapshot',
  '/v1/trace',
  '/v1/device',
  '/v1/faults',
  '/healthz',
];

const answering = <T>(schema: T) => ({
  schema: { response: { 200: schema, '4xx': errorSchema, '5xx': errorSchema } },
});

const parseBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  // What curl -d sends when nobody says otherwise is read as JSON too.
  const json = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];
  app.addContentTypeParser(json, { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) => {
    if (body.length === 0) return undefined;
    try {
      return JSON.parse(body.toString());
    } catch (error) {
      throw new BadCall(`the body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  app.addContentTypeParser(
    [MSGPACK, 'application/octet-stream'],
    { parseAs: 'buffer' },
    async (_request: unknown, body: string | Buffer) => body,
  );
};

/** What the device says when it cannot is for whoever asked. */
const told = <T>(act: () => T): T => {
  try {
    return act();
  } catch (error) {
    throw new BadCall(error instanceof Error ? error.message : String(error));
  }
};

const isBytes = (body: unknown): body is Uint8Array => body instanceof Uint8Array;

const addRoutes = (app: FastifyInstance, service: Service, calls: Calls): void => {
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/v1/status', answering(statusSchema), async () => service.status());
  app.get('/v1/keys', answering(keysSchema), async () => service.keys());
  app.get('/v1/capabilities', answering(capabilitiesSchema), async () => service.capabilities());
  app.get('/v1/snapshot', async (_request, reply) =>
    reply.type('application/json').send(Buffer.from(told(() => service.snapshot()))),
  );
  app.put('/v1/snapshot', async (request) => {
    const { body } = request;
    if (!isBytes(body)) throw new BadCall('send the file as it is, content type application/octet-stream');
    told(() => service.restore(body));
    return { ok: true };
  });
  app.get<{ Querystring: TraceQuery }>(
    '/v1/trace',
    { schema: { querystring: traceQuery } },
    async ({ query }, reply) => {
      const { trace } = service;
      if (!trace.isRecording() && query.follow !== '1')
        throw new BadCall('nothing is recorded; start with --trace <file|memory>, or ask with follow=1');
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      reply.type('application/x-ndjson').send(traceLines(trace, query, gone.signal));
      // There may be nothing to say for long.
      reply.raw.flushHeaders();
      return reply;
    },
  );
  app.post<{ Body: { power?: PowerAction; state?: string } }>(
    '/v1/device',
    { schema: { body: deviceBody } },
    async ({ body: { power, state } }) => {
      if (power !== undefined) told(() => service.power(power));
      if (state !== undefined) told(() => service.setProductState(state));
      return { ok: true };
    },
  );
  app.get('/v1/faults', answering(faultsSchema), async () => service.faults.list());
  app.post('/v1/faults', async ({ body }) => ({ id: told(() => service.faults.add(body)) }));
  app.delete('/v1/faults', async () => {
    told(() => service.faults.clear());
    return { ok: true };
  });
  app.delete<{ Params: { id: number } }>(
    '/v1/faults/:id',
    { schema: { params: faultParams } },
    async ({ params: { id } }) => {
      told(() => service.faults.clear(id));
      return { ok: true };
    },
  );
  app.get('/v1/identity', answering(identitySchema), async () => identityText(service.identity()));
  app.post<{ Params: { function: string } }>(
    '/v1/call/:function',
    { schema: { params: callParams } },
    async (request, reply) => {
      const { function: name } = request.params;
      if (!isBytes(request.body)) return calls.json(name, request.body);
      const answer = await calls.msgpack(name, request.body);
      return reply.type(MSGPACK).send(answer);
    },
  );
};

const addErrors = (app: FastifyInstance, log: Log): void => {
  app.setErrorHandler((error: FastifyError, request, reply): FastifyReply => {
    if (error instanceof BadCall) return reply.code(400).send({ error: error.message });
    if (error instanceof UnknownFunction) return reply.code(404).send({ error: error.message });
    const { statusCode = 500 } = error;
    if (statusCode >= 500) log.fault(`${request.method} ${request.url}`, error);
    return reply
      .code(statusCode)
      .send({ error: statusCode >= 500 ? 'internal error; see the log' : error.message });
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const mend = didYouMean(path, ROUTES) || `; there are ${ROUTES.join(', ')}`;
    return reply.code(404).send({ error: `no ${request.method} ${path}${mend}` });
  });
};

export const createHttpFront = async (service: Service, gatekeeper: Gatekeeper, log: Log): Promise<Front> => {
  const app = fastify({ bodyLimit: MAX_FRAME, forceCloseConnections: true });
  const calls = new Calls(service, log);
  const peers = new WeakMap<Socket, Peer>();
  parseBodies(app);
  app.addHook(
    'onRequest',
    accessHook(gatekeeper, (request) => peers.get(request.raw.socket)),
  );
  addRoutes(app, service, calls);
  addErrors(app, log);
  await app.ready();
  return {
    accept(peer) {
      peers.set(peer.socket, peer);
      // The server never listens itself: the sockets come from the endpoint that also serves frames.
      app.server.emit('connection', peer.socket);
      peer.socket.resume();
    },
    async close() {
      calls.close();
      await app.close();
    },
  };
};
