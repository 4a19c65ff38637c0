/** Questions to a running emulator, over HTTP. */
import http from 'node:http';
import { createInterface } from 'node:readline';
import { defaultSocket, parseEndpoint } from '../../rpc/endpoint.ts';
import { textFlag } from './arguments.ts';
import { UsageError } from './usage.ts';
import type { Invocation } from './verbs.ts';

const TIMEOUT_MS = 30_000;

export const endpointOf = (invocation: Invocation): string => {
  const { H5SM_ENDPOINT: fromEnvironment } = process.env;
  const given = textFlag(invocation, 'endpoint') ?? fromEnvironment;
  return given === undefined || given === '' ? `unix:${defaultSocket()}` : given;
};

const target = (endpoint: string): http.RequestOptions => {
  try {
    const parsed = parseEndpoint(endpoint);
    return parsed.kind === 'unix' ? { socketPath: parsed.path } : { host: parsed.host, port: parsed.port };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const whyNot = (error: NodeJS.ErrnoException): string =>
  error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
    ? 'no emulator there; start one with `h5sm start` or name another with --endpoint'
    : error.message;

/** An emulator that stops breaks off what it was saying. */
const isEnd = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');

const authorization = (invocation: Invocation): http.OutgoingHttpHeaders => {
  const { H5SM_TOKEN } = process.env;
  const token = textFlag(invocation, 'token') ?? H5SM_TOKEN;
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
};

/** Resolves with the answer's beginning. */
const exchange = (
  endpoint: string,
  options: http.RequestOptions,
  content?: string | Uint8Array,
): Promise<http.IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = http.request(
      { ...target(endpoint), ...options, agent: false, timeout: TIMEOUT_MS },
      resolve,
    );
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    request.on('error', (error) => reject(new Error(`cannot ask ${endpoint}: ${whyNot(error)}`)));
    request.end(content);
  });

const bodyOf = async (response: http.IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

/** Throws what the emulator has against it. */
const checkAnswer = async (where: string, response: http.IncomingMessage): Promise<void> => {
  if (response.statusCode === 200) return;
  const body = await bodyOf(response);
  const { error = body } = body.startsWith('{') ? JSON.parse(body) : {};
  throw new Error(`${where}: ${error}`);
};

const request = async (
  invocation: Invocation,
  method: string,
  path: string,
  content?: string | Uint8Array,
): Promise<string> => {
  const endpoint = endpointOf(invocation);
  const type = typeof content === 'string' ? 'application/json' : 'application/octet-stream';
  const headers = {
    ...authorization(invocation),
    ...(content === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(content) }),
  };
  const response = await exchange(endpoint, { method, path, headers }, content);
  await checkAnswer(`${endpoint}${path}`, response);
  return bodyOf(response);
};

/** The answer to `GET path`; its form is what this version's server gives. */
export const ask = async <T>(invocation: Invocation, path: string): Promise<T> =>
  JSON.parse(await request(invocation, 'GET', path));

/** Sends JSON text, or bytes as they are. */
export const send = async (
  invocation: Invocation,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  content?: string | Uint8Array,
): Promise<void> => {
  await request(invocation, method, path, content);
};

/** Sends JSON text, and gives what comes back. */
export const receive = async <T>(
  invocation: Invocation,
  method: 'POST',
  path: string,
  content: string,
): Promise<T> => JSON.parse(await request(invocation, method, path, content));

/** The lines of an answer that goes on, as they come; it ends with the emulator. */
export async function* askLines(invocation: Invocation, path: string): AsyncGenerator<string> {
  const endpoint = endpointOf(invocation);
  const response = await exchange(endpoint, { path, headers: authorization(invocation) });
  await checkAnswer(`${endpoint}${path}`, response);
  // Nothing may happen for long.
  response.socket.setTimeout(0);
  try {
    yield* createInterface(response);
  } catch (error) {
    if (!isEnd(error)) throw error;
  }
}
