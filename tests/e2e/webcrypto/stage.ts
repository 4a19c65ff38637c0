/** An emulator in a process of its own, the Web Cryptography API on it, and a folder for the openssl command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createCrypto, type PsaCrypto } from '../../../clients/webcrypto/index.ts';
import { type Emulator, startEmulator } from '../../../demo/emulator.ts';
import { Workspace } from '../../../demo/workspace.ts';
import { connect } from '../../../rpc/client/connect.ts';
import type { IdentityText } from '../../../rpc/identity-text.ts';

export interface Stage {
  readonly emulator: Emulator;
  readonly crypto: PsaCrypto;
  /** Names of the PSA calls so far. */
  readonly calls: string[];
  /** Of the DUA user key; PEM. */
  readonly identity: IdentityText['user'];
  /** The path of a file in the folder, with this content where it is given. */
  file(name: string, content?: string | Uint8Array): string;
  read(name: string): Uint8Array;
  /** Runs openssl, which has to succeed; what it prints. */
  openssl(...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export const openStage = async (): Promise<Stage> => {
  const workspace = new Workspace();
  const emulator = await startEmulator(workspace, 'stm32h573-sm-1.2');
  const connection = await connect(emulator.endpoint, { token: '' });
  const calls: string[] = [];
  const crypto = await createCrypto(connection, { onCall: (name) => calls.push(name) });
  const { user } = await emulator.get<IdentityText>('/v1/identity');
  return {
    emulator,
    crypto,
    calls,
    identity: user,
    file: (name, content) => {
      if (content !== undefined) writeFileSync(workspace.path(name), content);
      return workspace.path(name);
    },
    read: (name) => new Uint8Array(readFileSync(workspace.path(name))),
    openssl: async (...args) => {
      const { code, output } = await workspace.result('openssl', args);
      if (code !== 0) throw new Error(`openssl ${args.join(' ')}: ${output}`);
      return output;
    },
    close: async () => {
      await crypto.close();
      await connection.close();
      workspace.close();
    },
  };
};

export const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;

export const derOf = (text: string): Uint8Array =>
  new Uint8Array(Buffer.from(text.replaceAll(/-----.*-----|\s/g, ''), 'base64'));
