import net from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_COMMUNICATION_FAILURE,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_NOT_SUPPORTED,
} from '../../../psa-api/status.ts';
import { check, PsaStatusError } from '../../../rpc/client/check.ts';
import { type Connection, type ConnectOptions, connect } from '../../../rpc/client/connect.ts';
import { encodeFrame } from '../../../rpc/elements.ts';
import { serve } from '../../../rpc/server/serve.ts';
import { fakeService } from './fake-service.ts';
import { folderForTest, serveFake, until } from './served.ts';

afterEach(() => vi.unstubAllEnvs());

/** A server that answers a hello and then these bytes to everything. */
const scripted = async (...answers: Uint8Array[]): Promise<string> => {
  const path = join(folderForTest(), 'socket');
  const server = net.createServer((socket) => {
    let i = 0;
    socket.on('data', () => socket.write(answers[i++] ?? new Uint8Array()));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  server.unref();
  return `unix:${path}`;
};

const HELLO = encodeFrame([0, 0, 1, 0]) ?? new Uint8Array();

const connected = async (
  options: ConnectOptions = {},
): Promise<{ connection: Connection; fake: Awaited<ReturnType<typeof serveFake>> }> => {
  const fake = await serveFake();
  return { connection: await connect(fake.endpoint, options), fake };
};

describe('connect', () => {
  it('gives the API, initialised', async () => {
    const { connection, fake } = await connected();
    expect(fake.service.log).toEqual(['1']);
    expect(connection.endpoint).toBe(fake.endpoint);
    expect(await connection.hashCompute(5, new Uint8Array([1, 2]))).toEqual({
      status: 0,
      hash: new Uint8Array([1, 2]),
    });
    expect(await connection.getKeyAttributes(7)).toMatchObject({
      status: 0,
      attributes: { id: 7, bits: 128 },
    });
    await connection.close();
  });

  it('leaves psa_crypto_init out where told', async () => {
    const { connection, fake } = await connected({ init: false });
    expect(fake.service.log).toEqual([]);
    await connection.close();
  });

  it('takes endpoint and client id from the environment', async () => {
    const fake = await serveFake();
    vi.stubEnv('H5SM_ENDPOINT', fake.endpoint);
    vi.stubEnv('H5SM_CLIENT_ID', '-9');
    const connection = await connect();
    expect(fake.service.sessions[0]?.options.owner).toBe(-9);
    await connection.close();
    vi.stubEnv('H5SM_CLIENT_ID', 'me');
    await expect(connect()).rejects.toThrow(/client id me: .*H5SM_CLIENT_ID/);
  });

  it('takes the token from the options or the environment', async () => {
    const fake = await serveFake({ tcp: '0', token: 'secret' });
    await (await connect(fake.endpoint, { token: 'secret' })).close();
    vi.stubEnv('H5SM_TOKEN', 'secret');
    await (await connect(fake.endpoint)).close();
    await expect(connect(fake.endpoint, { token: 'other' })).rejects.toThrow(
      /cannot connect to tcp:.*: wrong token/,
    );
  });

  it('says why it cannot', async () => {
    vi.stubEnv('H5SM_ENDPOINT', '');
    await expect(connect()).rejects.toThrow(/no endpoint: set H5SM_ENDPOINT/);
    await expect(connect('nowhere')).rejects.toThrow(/not an endpoint; use unix:/);
    await expect(connect('unix:/nonexistent/socket')).rejects.toThrow(
      /cannot connect to unix:\/nonexistent\/socket: no socket there; start/,
    );
    const silent = await scripted();
    await expect(connect(silent, { timeout: 30 })).rejects.toThrow(/no answer within 30 ms/);
    const strange = await scripted(new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n'));
    await expect(connect(strange)).rejects.toThrow(/cannot connect/);
  });

  it('is disposable', async () => {
    const fake = await serveFake();
    {
      await using connection = await connect(fake.endpoint);
      expect(check(await connection.generateRandom(3)).output).toHaveLength(3);
    }
    await until(() => fake.service.sessions[0]?.closed === true);
  });
});

describe('calls', () => {
  it('may be many at once, answered in order', async () => {
    const { connection } = await connected();
    const sizes = Array.from({ length: 3000 }, (_, i) => i % 50);
    const results = await Promise.all(sizes.map((size) => connection.generateRandom(size)));
    expect(results.map(({ output }) => output.length)).toEqual(sizes);
    await connection.close();
  });

  it('keep the handle in the operation object', async () => {
    const { connection } = await connected();
    const operation = hashOperationInit();
    check(await connection.hashSetup(operation, 5));
    expect(operation.handle).toBeGreaterThan(0);
    check(await connection.hashUpdate(operation, new Uint8Array(1)));
    expect(await connection.hashSetup(operation, 5)).toEqual({ status: PSA_ERROR_BAD_STATE });
    expect(operation.handle).toBe(0);
    await connection.close();
  });

  it('of functions that do not cross the wire are not supported', async () => {
    const { connection } = await connected();
    expect(await connection.call(0x7777, [])).toEqual([PSA_ERROR_NOT_SUPPORTED]);
    await connection.close();
  });

  it('too long for a frame fail at home', async () => {
    const { connection } = await connected();
    expect(await connection.hashCompute(5, new Uint8Array(17_000_000))).toMatchObject({
      status: PSA_ERROR_INSUFFICIENT_MEMORY,
    });
    expect((await connection.generateRandom(1)).status).toBe(0);
    await connection.close();
  });

  it('under way when the device goes answer COMMUNICATION_FAILURE, and so do later ones', async () => {
    const { connection, fake } = await connected();
    fake.service.on('psa_generate_random', () => new Promise(() => {}));
    const operation = hashOperationInit();
    check(await connection.hashSetup(operation, 5));
    const pending = [connection.generateRandom(1), connection.hashUpdate(operation, new Uint8Array(1))];
    await until(() => fake.service.log.length === 3);
    await fake.server.close();
    expect((await Promise.all(pending)).map(({ status }) => status)).toEqual([
      PSA_ERROR_COMMUNICATION_FAILURE,
      PSA_ERROR_COMMUNICATION_FAILURE,
    ]);
    expect(operation.handle).toBe(0);
    expect((await connection.generateRandom(1)).status).toBe(PSA_ERROR_COMMUNICATION_FAILURE);
    await connection.close();
  });

  it('under way when the connection is closed are answered first', async () => {
    const { connection } = await connected();
    const pending = connection.generateRandom(5);
    await connection.close();
    expect((await pending).output).toHaveLength(5);
    await connection.close();
  });

  it('answered with nonsense end the connection with a warning', async () => {
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(warning.message);
    process.on('warning', listen);
    const nonsense = [
      encodeFrame([9, 0]),
      encodeFrame([1, 0]),
      encodeFrame([1, 0, 5]),
      encodeFrame([1, -129, new TextEncoder().encode('the reason')]),
      new Uint8Array([0, 0, 0, 1, 0x80]),
      new Uint8Array([255, 0, 0, 1]),
    ];
    for (const bytes of nonsense) {
      const connection = await connect(await scripted(HELLO, bytes ?? HELLO), { init: false });
      expect((await connection.generateRandom(1)).status).toBe(PSA_ERROR_COMMUNICATION_FAILURE);
    }
    await until(() => warnings.length === nonsense.length);
    process.off('warning', listen);
    expect(warnings[0]).toMatch(/an answer to no call/);
    expect(warnings[1]).toMatch(/another form/);
    expect(warnings[3]).toMatch(/the reason/);
  });

  it('tell a device started anew which handles are taken', async () => {
    const { connection } = await connected();
    const operation = hashOperationInit();
    check(await connection.hashSetup(operation, 5));
    const path = join(folderForTest(), 'socket');
    const service = fakeService();
    const server = await serve(service, { unix: path });
    const later = await connect(`unix:${path}`);
    expect(service.sessions[0]?.options.lastHandle).toBeGreaterThanOrEqual(operation.handle);
    expect((await later.hashUpdate(operation, new Uint8Array(1))).status).toBe(PSA_ERROR_BAD_STATE);
    await later.close();
    await connection.close();
    await server.close();
  });
});

describe('check', () => {
  it('passes successes through and throws the others by name', () => {
    const result = { status: 0 as const, key: 5 };
    expect(check(result)).toBe(result);
    expect(() => check({ status: PSA_ERROR_BAD_STATE })).toThrow(PsaStatusError);
    expect(() => check({ status: PSA_ERROR_BAD_STATE })).toThrow('PSA_ERROR_BAD_STATE (-137)');
  });
});
