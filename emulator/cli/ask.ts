/** Questions to a running emulator, over HTTP. */
import http from 'node:http';
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

const exchange = (
  endpoint: string,
  options: http.RequestOptions,
  content?: string | Uint8Array,
): Promise<{ code: number; body: string }> =>
  new Promise((resolve, reject) => {
    const request = http.request({ ...options, agent: false, timeout: TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ code: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    request.on('error', (error) => reject(new Error(`cannot ask ${endpoint}: ${whyNot(error)}`)));
    request.end(content);
  });

const request = async (
  invocation: Invocation,
  method: string,
  path: string,
  content?: string | Uint8Array,
): Promise<string> => {
  const endpoint = endpointOf(invocation);
  const { H5SM_TOKEN } = process.env;
  const token = textFlag(invocation, 'token') ?? H5SM_TOKEN;
  const type = typeof content === 'string' ? 'application/json' : 'application/octet-stream';
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(content === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(content) }),
  };
  const { code, body } = await exchange(endpoint, { ...target(endpoint), method, path, headers }, content);
  if (code === 200) return body;
  const { error = body } = body.startsWith('{') ? JSON.parse(body) : {};
  throw new Error(`${endpoint}${path}: ${error}`);
};

/** The answer to `GET path`; its form is what this version's server gives. */
export const ask = async <T>(invocation: Invocation, path: string): Promise<T> =>
  JSON.parse(await request(invocation, 'GET', path));

/** Sends JSON text, or bytes as they are. */
export const send = async (
  invocation: Invocation,
  method: 'POST' | 'PUT',
  path: string,
  content: string | Uint8Array,
): Promise<void> => {
  await request(invocation, method, path, content);
};
