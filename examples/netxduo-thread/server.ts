/** `openssl s_server` for so many connections, and the alerts that it saw. */
import { spawn } from 'node:child_process';
import type { Certificate } from '../../demo/certificates.ts';
import type { Suite } from './suites.ts';

/** From a client that never came. */
const PATIENCE = 10_000;

const VERBS = { read: 'received', write: 'sent' } as const;

/** What OpenSSL 3 sends where the client is gone without an alert, if it hears of that before it writes. */
const INTO_THE_VOID = 'sent decode error';

/** Fatal alerts of the last connection: what `-state` prints begins anew with each. */
const alertsOf = (said: string): string => {
  const last = said.slice(said.lastIndexOf('before SSL initialization'));
  const alerts = [...last.matchAll(/alert (read|write):fatal:(.*)/g)]
    .map(([, verb, name = '']) => `${VERBS[verb === 'read' ? 'read' : 'write']} ${name.trim()}`)
    .filter((alert) => alert !== INTO_THE_VOID);
  return alerts.length === 0 ? 'no alert' : alerts.join(', ');
};

export interface Server {
  readonly port: number;
  /** Waits for its last connection to end. */
  alerts(): Promise<string>;
}

export const startServer = (
  { server }: Suite,
  { key, certificate }: Certificate,
  connections: number,
): Promise<Server> =>
  new Promise((resolve, reject) => {
    const own = ['-accept', '127.0.0.1:0', '-naccept', String(connections), '-rev', '-state'];
    const child = spawn('openssl', ['s_server', ...own, '-key', key, '-cert', certificate, ...server], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    let said = '';
    let listening = '';
    const closed = new Promise<void>((ended) => {
      child.once('close', () => {
        process.off('exit', kill);
        ended();
        reject(new Error(`openssl s_server ended\n${said}`));
      });
    });
    child.once('error', (error) => reject(new Error(`openssl: ${error.message}`)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      listening += text;
      const [, port] = /ACCEPT \S*:(\d+)\s/.exec(listening) ?? [];
      if (port === undefined) return;
      resolve({
        port: Number(port),
        alerts: async () => {
          const timer = setTimeout(kill, PATIENCE);
          await closed;
          clearTimeout(timer);
          return alertsOf(said);
        },
      });
    });
  });
