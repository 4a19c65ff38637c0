/** Questions to a running emulator, over HTTP. */
import http from 'node:http';
import { defaultSocket, parseEndpoint } from '../../rpc/endpoint.ts';
import { textFlag } from './arguments.ts';
import { UsageError } from './usage.ts';
import type { Invocation } from './verbs.ts';

const TIMEOUT_MS = 5000;

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

const get = (endpoint: string, options: http.RequestOptions): Promise<{ code: number; body: string }> =>
  new Promise((resolve, reject) => {
    const request = http.get({ ...options, agent: false, timeout: TIMEOUT_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ code: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    request.on('error', (error) => reject(new Error(`cannot ask ${endpoint}: ${whyNot(error)}`)));
  });

/** The answer to `GET path`; its form is what this version's server gives. */
export const ask = async <T>(invocation: Invocation, path: string): Promise<T> => {
  const endpoint = endpointOf(invocation);
  const { H5SM_TOKEN } = process.env;
  const token = textFlag(invocation, 'token') ?? H5SM_TOKEN;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const { code, body } = await get(endpoint, { ...target(endpoint), path, headers });
  if (code === 200) return JSON.parse(body);
  const { error = body } = body.startsWith('{') ? JSON.parse(body) : {};
  throw new Error(`${endpoint}${path}: ${error}`);
};
