/** Where a device listens (docs/wire.md, Endpoints): `unix:/path` or `tcp://127.0.0.1:7333`. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface UnixEndpoint {
  readonly kind: 'unix';
  readonly path: string;
}

export interface TcpEndpoint {
  readonly kind: 'tcp';
  readonly host: string;
  readonly port: number;
}

export type Endpoint = UnixEndpoint | TcpEndpoint;

const FORMS = 'use unix:/path/to/socket or tcp://127.0.0.1:7333';

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/** Frames and HTTP are not encrypted, and the token is all that guards them. */
export const loopbackOnly = ({ host }: TcpEndpoint): void => {
  if (isLoopback(host)) return;
  throw new Error(
    `TCP host ${host}: only loopback is served (127.0.0.1, ::1); use ssh -L to reach it from elsewhere`,
  );
};

/** `host:port`, `[::1]:port` or a port alone. */
export const parseTcp = (text: string): TcpEndpoint => {
  const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]+)\]|([^:/]+)):)?(\d{1,5})\/?$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65535) throw new Error(`expected [host:]port, got ${text}; ${FORMS}`);
  return { kind: 'tcp', host: bracketed ?? plain ?? '127.0.0.1', port };
};

export const parseEndpoint = (text: string): Endpoint => {
  if (text.startsWith('unix:')) {
    const path = text.slice(text.startsWith('unix:///') ? 'unix://'.length : 'unix:'.length);
    if (path !== '') return { kind: 'unix', path };
  }
  if (text.startsWith('tcp://')) return parseTcp(text.slice('tcp://'.length));
  if (text.startsWith('/')) return { kind: 'unix', path: text };
  throw new Error(`endpoint ${JSON.stringify(text)}: not an endpoint; ${FORMS}`);
};

export const formatEndpoint = (endpoint: Endpoint): string => {
  if (endpoint.kind === 'unix') return `unix:${endpoint.path}`;
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return `tcp://${host}:${endpoint.port}`;
};

/** The socket of those who name none: in the user's runtime folder, else in one of the user's own in tmp. */
export const defaultSocket = (env: NodeJS.ProcessEnv = process.env): string => {
  const { XDG_RUNTIME_DIR: runtime } = env;
  if (runtime !== undefined && runtime !== '') return join(runtime, 'h5sm.sock');
  return join(tmpdir(), `h5sm-${process.getuid?.() ?? 'user'}`, 'h5sm.sock');
};
