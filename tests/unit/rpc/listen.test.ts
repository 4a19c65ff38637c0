/** Where a server listens, and who gets in. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PSA_ERROR_CONNECTION_REFUSED } from '../../../psa-api/status.ts';
import { formatEndpoint, parseEndpoint } from '../../../rpc/endpoint.ts';
import { serve } from '../../../rpc/server/serve.ts';
import { fakeService } from './fake-service.ts';
import { rawClient, textOf } from './raw-client.ts';
import { folderForTest, serveFake, targetOf } from './served.ts';

describe('endpoints', () => {
  it.each(['unix:/tmp/a b', 'tcp://127.0.0.1:7333', 'tcp://[::1]:0'])('%s reads as it is written', (text) => {
    expect(formatEndpoint(parseEndpoint(text))).toBe(text);
  });

  it.each(['', 'unix:', 'http://127.0.0.1:1', 'tcp://127.0.0.1', 'tcp://127.0.0.1:65536', 'here'])(
    '%j is none',
    (text) => {
      expect(() => parseEndpoint(text)).toThrow(/use unix:\/path\/to\/socket or tcp:\/\/127\.0\.0\.1:7333/);
    },
  );
});

describe('a UNIX socket', () => {
  it('belongs to its user alone and goes with the server', async () => {
    const path = join(folderForTest(), 'new', 'socket');
    const server = await serve(fakeService(), { unix: path });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    expect(server).toMatchObject({ endpoints: [`unix:${path}`], token: undefined });
    await server.close();
    expect(existsSync(path)).toBe(false);
  });

  it('is not taken from an emulator that listens', async () => {
    const path = join(folderForTest(), 'socket');
    const server = await serve(fakeService(), { unix: path });
    await expect(serve(fakeService(), { unix: path })).rejects.toThrow(
      `socket ${path}: an emulator is listening there already`,
    );
    const client = await rawClient({ path });
    expect(await client.hello()).toEqual([0, 0, 1, 0]);
    await server.close();
  });

  it('that nobody listens at any more is replaced', async () => {
    const path = join(folderForTest(), 'socket');
    const dead = net.createServer().listen(path);
    await new Promise((resolve) => dead.once('listening', resolve));
    // As after a SIGKILL: a second name keeps the file that closing removes.
    const { linkSync, renameSync } = await import('node:fs');
    linkSync(path, `${path}.kept`);
    await new Promise((resolve) => dead.close(resolve));
    renameSync(`${path}.kept`, path);
    const server = await serve(fakeService(), { unix: path });
    expect(await (await rawClient({ path })).hello()).toEqual([0, 0, 1, 0]);
    await server.close();
  });

  it('does not replace a file or a folder', async () => {
    const folder = folderForTest();
    writeFileSync(join(folder, 'file'), 'mine');
    mkdirSync(join(folder, 'folder'));
    for (const name of ['file', 'folder']) {
      await expect(serve(fakeService(), { unix: join(folder, name) })).rejects.toThrow(
        /no socket stands there/,
      );
      expect(existsSync(join(folder, name))).toBe(true);
    }
  });

  it('has a path of at most 107 bytes', async () => {
    const folder = folderForTest();
    const longest = join(folder, 'x'.repeat(107 - folder.length - 1));
    await (await serve(fakeService(), { unix: longest })).close();
    await expect(serve(fakeService(), { unix: `${longest}x` })).rejects.toThrow(
      /108 bytes, a socket path has at most 107/,
    );
  });
});

describe('TCP', () => {
  it('is served on loopback only', async () => {
    for (const tcp of ['0.0.0.0:0', '192.0.2.1:0', 'example.org:80', '[::]:0']) {
      await expect(serve(fakeService(), { tcp })).rejects.toThrow(/only loopback is served/);
    }
  });

  it('says when the port is taken', async () => {
    const { server } = await serveFake({ tcp: '0' });
    const tcp = server.endpoints[0]?.slice('tcp://'.length);
    await expect(serve(fakeService(), { tcp })).rejects.toThrow(/the port is taken/);
  });

  it('needs the token', async () => {
    const { server, target } = await serveFake({ tcp: '0', token: 'the token' });
    expect(server.token).toBe('the token');
    for (const token of ['', 'the toke', 'the tokem', 'the token2']) {
      const client = await rawClient(target);
      const [, status, text] = await client.hello({ token });
      expect(status).toBe(PSA_ERROR_CONNECTION_REFUSED);
      expect(textOf(text)).toMatch(/token.*H5SM_TOKEN/);
      await client.closed;
    }
    expect(await (await rawClient(target)).hello({ token: 'the token' })).toEqual([0, 0, 1, 0]);
  });

  it('makes up a token where none is given', async () => {
    const { server, target } = await serveFake({ tcp: '127.0.0.1:0' });
    expect(server.token).toMatch(/^[0-9a-f]{32}$/);
    expect(await (await rawClient(target)).hello({ token: server.token ?? '' })).toEqual([0, 0, 1, 0]);
  });

  it('goes together with a UNIX socket, which needs none', async () => {
    const path = join(folderForTest(), 'socket');
    const server = await serve(fakeService(), { unix: path, tcp: '0' });
    for (const endpoint of server.endpoints) {
      const token = endpoint.startsWith('tcp') ? (server.token ?? '') : '';
      expect(await (await rawClient(targetOf(endpoint))).hello({ token })).toEqual([0, 0, 1, 0]);
    }
    await server.close();
  });
});

describe('a device that is made when somebody comes', () => {
  it('is made once, and the first client waits for it', async () => {
    const path = join(folderForTest(), 'socket');
    let made = 0;
    const server = await serve(
      async () => {
        made++;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return fakeService();
      },
      { unix: path },
    );
    expect(made).toBe(0);
    const clients = await Promise.all([rawClient({ path }), rawClient({ path })]);
    expect(await Promise.all(clients.map((client) => client.hello()))).toEqual([
      [0, 0, 1, 0],
      [0, 0, 1, 0],
    ]);
    expect(made).toBe(1);
    await server.close();
  });

  it('that cannot be made is logged and ends the connection', async () => {
    const path = join(folderForTest(), 'socket');
    const faults: unknown[] = [];
    const log = { fault: (_: string, error: unknown) => void faults.push(error) };
    const server = await serve(async () => Promise.reject(new Error('no device')), { unix: path, log });
    await (await rawClient({ path })).closed;
    expect(faults).toEqual([new Error('no device')]);
    await server.close();
  });
});
