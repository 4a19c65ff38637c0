/** `GET /v1/trace`: records as lines, kept ones and those to come. */
import http from 'node:http';
import type net from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { createDevice, type DeviceOptions } from '../../../emulator/device.ts';
import { connect } from '../../../rpc/client/connect.ts';
import { serveForTest } from './served.ts';

interface Line {
  readonly seq: number;
  readonly event?: string;
  readonly function?: string;
}

const get = (target: net.NetConnectOpts, path: string): Promise<http.IncomingMessage> =>
  new Promise((resolve, reject) => {
    if (!('path' in target)) throw new Error('not a UNIX socket');
    http.get({ socketPath: target.path, path, agent: false }, resolve).on('error', reject);
  });

const bodyOf = async (response: http.IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of response) body += chunk;
  return body;
};

const served = async (options: DeviceOptions) => {
  const device = createDevice({ profile: 'psa-full', ...options });
  const { endpoint, target, server } = await serveForTest(device);
  const psa = await connect(endpoint);
  const ask = (query: string) => get(target, `/v1/trace${query}`);
  const lines = async (query: string): Promise<Line[]> => {
    const response = await ask(query);
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    return (await bodyOf(response)).split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line)));
  };
  return { device, psa, ask, lines, server };
};

describe('what is kept', () => {
  it('is answered as lines: all, those after a number, the last ones', async () => {
    const { psa, lines, device } = await served({ trace: {} });
    await psa.generateRandom(1);
    await psa.generateRandom(2);
    const all = await lines('');
    expect(all).toEqual(device.trace.since());
    expect(all.map((line) => line.event ?? line.function)).toEqual([
      'start',
      'connect',
      'psa_crypto_init',
      'psa_generate_random',
      'psa_generate_random',
    ]);
    expect(await lines('?since=3')).toEqual(all.slice(3));
    expect(await lines('?since=5')).toEqual([]);
    expect(await lines('?last=2')).toEqual(all.slice(-2));
    expect(await lines('?last=0')).toEqual([]);
    expect(await lines('?last=100')).toEqual(all);
  });

  it('is nothing where nothing is recorded, and that is said', async () => {
    const { ask } = await served({});
    const response = await ask('');
    expect([response.statusCode, await bodyOf(response)]).toEqual([
      400,
      expect.stringMatching(/nothing is recorded; start with --trace/),
    ]);
  });

  it('is asked for in numbers', async () => {
    const { ask } = await served({ trace: {} });
    for (const query of ['?since=-1', '?since=x', '?last=-1', '?follow=2']) {
      const response = await ask(query);
      expect([query, response.statusCode]).toEqual([query, 400]);
      expect(await bodyOf(response)).toMatch(/"error":"querystring/);
    }
  });
});

describe('following', () => {
  it('goes on with what is recorded, and records because somebody follows', async () => {
    const { psa, ask, device } = await served({});
    const response = await ask('?follow=1');
    const lines = createInterface(response)[Symbol.asyncIterator]();
    const next = async (): Promise<Line> => JSON.parse((await lines.next()).value);
    expect(await next()).toMatchObject({ event: 'start', seq: 1 });
    expect(device.trace.isRecording()).toBe(true);
    await psa.generateRandom(1);
    expect(await next()).toMatchObject({ function: 'psa_generate_random', seq: 2 });
    await psa.generateRandom(1);
    expect(await next()).toMatchObject({ seq: 3 });
    response.destroy();
    await expect.poll(() => device.trace.isRecording()).toBe(false);
  });

  it('begins its answer before there is anything to say', async () => {
    const { psa, ask } = await served({ trace: {} });
    const response = await ask('?follow=1&last=0');
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    const lines = createInterface(response)[Symbol.asyncIterator]();
    await psa.generateRandom(1);
    const { value } = await lines.next();
    expect(JSON.parse(value)).toMatchObject({ function: 'psa_generate_random' });
    response.destroy();
  });

  it('loses nothing that is kept, however fast it comes', async () => {
    const { psa, ask } = await served({ trace: {} });
    const response = await ask('?follow=1');
    const lines = createInterface(response)[Symbol.asyncIterator]();
    await Promise.all(Array.from({ length: 1000 }, () => psa.generateRandom(1)));
    const seqs: number[] = [];
    while (seqs.length < 1003) seqs.push(JSON.parse((await lines.next()).value).seq);
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
    response.destroy();
  });

  it('ends with the server', async () => {
    const { ask, server, device } = await served({});
    const response = await ask('?follow=1');
    const ended = bodyOf(response).catch((error) => error.code);
    await server.close();
    expect(await ended).toBe('ECONNRESET');
    expect(device.trace.isRecording()).toBe(false);
  });
});
