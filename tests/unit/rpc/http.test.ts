import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import type net from 'node:net';
import { describe, expect, it } from 'vitest';
import { createDevice } from '../../../emulator/device.ts';
import type { Outcome } from '../../../psa-api/call.ts';
import type { CertifiedKey } from '../../../psa-api/service.ts';
import { PSA_ERROR_BAD_STATE, PSA_ERROR_CORRUPTION_DETECTED } from '../../../psa-api/status.ts';
import { decode, encode } from '../../../rpc/elements.ts';
import { idOf } from './fake-service.ts';
import { rawClient } from './raw-client.ts';
import { serveFake, serveForTest } from './served.ts';

/** What answers hold, of which tests look at these. */
interface Json {
  readonly p_info?: unknown;
  readonly p_data?: string;
  readonly error?: string;
  readonly status?: number;
  readonly attributes?: unknown;
  readonly data?: string;
  readonly hash?: string;
  readonly output?: string;
  readonly operation?: number;
}

interface Answer {
  readonly code: number;
  readonly type: string;
  readonly body: Uint8Array;
  readonly json: Json;
}

type Ask = (
  method: string,
  path: string,
  body?: string | Uint8Array,
  headers?: http.OutgoingHttpHeaders,
) => Promise<Answer>;

const asker =
  (target: net.NetConnectOpts): Ask =>
  (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const where = 'path' in target ? { socketPath: target.path } : { host: '127.0.0.1', port: target.port };
      const type = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
      const request = http.request(
        { ...where, method, path, agent: false, headers: { ...type, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const whole = Buffer.concat(chunks);
            const contentType = `${response.headers['content-type']}`;
            const json = contentType.includes('json') ? JSON.parse(whole.toString()) : {};
            resolve({ code: response.statusCode ?? 0, type: contentType, body: new Uint8Array(whole), json });
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });

const served = async () => {
  const fake = await serveFake();
  return { ...fake, ask: asker(fake.target) };
};

const device = async () => {
  const service = createDevice({ profile: 'psa-full', insecureSeed: 'http' });
  const { target } = await serveForTest(service);
  const ask = asker(target);
  return {
    service,
    call: (name: string, body: object) => ask('POST', `/v1/call/${name}`, JSON.stringify(body)),
  };
};

describe('views', () => {
  it('are what the device reports', async () => {
    const service = createDevice({ profile: 'psa-full', insecureSeed: 'http' });
    const ask = asker((await serveForTest(service)).target);
    expect((await ask('GET', '/v1/status')).json).toEqual(service.status());
    expect((await ask('GET', '/v1/keys')).json).toEqual(service.keys());
    expect((await ask('GET', '/v1/capabilities')).json).toEqual(service.capabilities());
    expect((await ask('GET', '/healthz')).json).toEqual({ ok: true });
  });

  it('tell who the device is, certificates as PEM', async () => {
    const service = createDevice({ insecureSeed: 'http' });
    const { user, initialAttestation } = service.identity();
    const asPem = ({ serial, certificate, ca }: CertifiedKey) => ({
      serial,
      certificate: new X509Certificate(certificate).toString(),
      ca: new X509Certificate(ca).toString(),
    });
    const { json } = await asker((await serveForTest(service)).target)('GET', '/v1/identity');
    expect(json).toEqual({ user: asPem(user), initialAttestation: asPem(initialAttestation) });
  });

  it('do not open a session; calls share one, initialised', async () => {
    const { ask, service } = await served();
    await ask('GET', '/v1/status');
    expect(service.sessions).toHaveLength(0);
    await ask('POST', '/v1/call/psa_crypto_init');
    await ask('POST', '/v1/call/psa_crypto_init', '{}');
    expect(service.sessions.map(({ options }) => options.owner)).toEqual([-1]);
    expect(service.log).toHaveLength(3);
  });

  it('live on the same socket as frames', async () => {
    const { ask, target } = await served();
    const client = await rawClient(target);
    expect(await client.hello()).toEqual([0, 0, 1, 0]);
    expect((await ask('GET', '/healthz')).code).toBe(200);
    client.end();
  });
});

describe('calls with JSON', () => {
  it('take bytes as hex or base64 and constants by name', async () => {
    const { call } = await device();
    const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    for (const input of ['616263', { base64: 'YWJj' }]) {
      const { code, json } = await call('psa_hash_compute', { alg: 'PSA_ALG_SHA_256', input });
      expect([code, json]).toEqual([200, { status: 0, statusName: 'PSA_SUCCESS', hash }]);
    }
    expect(
      (await call('psa_hash_compute', { alg: 0x02000009, input: '616263', hash_size: 31 })).json,
    ).toEqual({
      status: -138,
      statusName: 'PSA_ERROR_BUFFER_TOO_SMALL',
    });
  });

  it('make and show keys', async () => {
    const { call, service } = await device();
    const usage = 'PSA_KEY_USAGE_ENCRYPT|PSA_KEY_USAGE_EXPORT';
    const attributes = { type: 'PSA_KEY_TYPE_AES', bits: 128, usage, alg: 'PSA_ALG_GCM', id: 5 };
    expect(
      (await call('psa_import_key', { attributes, data: '00112233445566778899aabbccddeeff' })).json,
    ).toMatchObject({ status: 0, key: 5 });
    expect((await call('psa_get_key_attributes', { key: 5 })).json.attributes).toEqual({
      type: 0x2400,
      bits: 128,
      // As psa_set_key_id does: an id makes a key persistent.
      lifetime: 1,
      usage: 0x101,
      alg: 0x05500200,
      id: 5,
    });
    expect((await call('psa_export_key', { key: 5 })).json.data).toBe('00112233445566778899aabbccddeeff');
    expect(service.keys().map(({ id }) => id)).toContain(5);
  });

  it('carry operations by handle', async () => {
    const { call, service } = await device();
    const { operation } = (await call('psa_hash_setup', { alg: 'PSA_ALG_SHA_256' })).json;
    expect((await call('psa_hash_update', { operation, input: '616263' })).json).toEqual({
      status: 0,
      statusName: 'PSA_SUCCESS',
      operation,
    });
    expect(service.status().operations).toHaveLength(1);
    const { hash, operation: ended } = (await call('psa_hash_finish', { operation })).json;
    expect([String(hash).slice(0, 8), ended]).toEqual(['ba7816bf', 0]);
    expect((await call('psa_hash_finish', { operation })).json).toEqual({
      status: PSA_ERROR_BAD_STATE,
      statusName: 'PSA_ERROR_BAD_STATE',
      operation: 0,
    });
  });

  it('take 64-bit integers as numbers or decimal strings', async () => {
    const { call } = await device();
    for (const value of [1000, '1000']) {
      const { operation } = (
        await call('psa_key_derivation_setup', { alg: 'PSA_ALG_PBKDF2_AES_CMAC_PRF_128' })
      ).json;
      const { code } = await call('psa_key_derivation_input_integer', {
        operation,
        step: 'PSA_KEY_DERIVATION_INPUT_COST',
        value,
      });
      expect(code).toBe(200);
    }
  });

  it('reach the services beside Crypto', async () => {
    const { call } = await device();
    const uid = '18446744073709551615';
    const create_flags = 'PSA_STORAGE_FLAG_WRITE_ONCE|PSA_STORAGE_FLAG_NO_CONFIDENTIALITY';
    expect((await call('psa_its_set', { uid, p_data: '616263', create_flags })).json.status).toBe(0);
    expect((await call('psa_its_get', { uid, data_offset: 1 })).json.p_data).toBe('6263');
    const { json } = await call('psa_its_get_info', { uid });
    expect(json.p_info).toEqual({ capacity: 3, size: 3, flags: 3 });
    const { code, json: refused } = await call('psa_fwu_query', {});
    expect(code).toBe(404);
    expect(refused.error).toMatch(/^psa_fwu_query is answered by the client's library/);
  });

  it.each([
    [
      'psa_hash_compute',
      '{"alg": 5}',
      /^psa_hash_compute, input: expected an even count of hex digits or .*, got nothing/,
    ],
    ['psa_hash_compute', '{"alg": 5, "input": "abc"}', /input: expected an even count of hex/],
    ['psa_hash_compute', '{"alg": 5, "input": {"base64": "%"}}', /input: expected/],
    [
      'psa_hash_compute',
      '{"alg": "PSA_ALG_SHA256", "input": ""}',
      /alg: no constant PSA_ALG_SHA256; did you mean PSA_ALG_SHA_256\?/,
    ],
    ['psa_hash_compute', '{"alg": -1, "input": ""}', /alg: expected an integer of 32 bits.*, got -1/],
    [
      'psa_hash_compute',
      '{"algo": 5, "input": ""}',
      /^psa_hash_compute: no parameter algo; did you mean alg\?/,
    ],
    ['psa_crypto_init', '{"alg": 5}', /no parameter alg; it takes none/],
    ['psa_hash_compute', '[]', /expected a JSON object/],
    ['psa_hash_compute', '{', /the body is not JSON/],
    ['psa_generate_key', '{"attributes": {"typ": 1}}', /attributes: no parameter typ; did you mean type\?/],
    [
      'psa_generate_key',
      '{"attributes": {"bits": 65536}}',
      /attributes\.bits: expected an integer of 16 bits/,
    ],
    ['psa_generate_key', '{"attributes": 5}', /attributes: expected an object of type, bits, /],
    ['psa_hash_update', '{"input": ""}', /operation: expected an integer of 32 bits.*, got nothing/],
    ['psa_generate_random', '{}', /output_size: expected/],
  ])('%s %s is answered with what is wrong', async (name, body, text) => {
    const { ask, service } = await served();
    const { code, json } = await ask('POST', `/v1/call/${name}`, body);
    expect(code).toBe(400);
    expect(json.error).toMatch(text);
    expect(service.log).toEqual([]);
  });

  it('are answered in order, one after the other', async () => {
    const { ask, service } = await served();
    let finish: (outcome: Outcome) => void = () => {};
    const begun = new Promise<void>((resolve) => {
      service.on('psa_generate_random', () => {
        resolve();
        return new Promise((done) => (finish = done));
      });
    });
    const slow = ask('POST', '/v1/call/psa_generate_random', '{"output_size": 2}');
    await begun;
    const next = ask('POST', '/v1/call/psa_crypto_init');
    expect((await ask('GET', '/v1/status')).code).toBe(200);
    expect(service.log).toHaveLength(2);
    finish([0, new Uint8Array([1, 2])]);
    expect((await slow).json.output).toBe('0102');
    expect((await next).json.status).toBe(0);
  });

  it('that meet a bug say CORRUPTION_DETECTED', async () => {
    const { ask, service, faults } = await served();
    service.on('psa_hash_setup', () => {
      throw new Error('a bug');
    });
    expect((await ask('POST', '/v1/call/psa_hash_setup', '{"alg": 5}')).json).toEqual({
      status: PSA_ERROR_CORRUPTION_DETECTED,
      statusName: 'PSA_ERROR_CORRUPTION_DETECTED',
      operation: 0,
    });
    expect(faults).toHaveLength(1);
  });

  it('may be as long as a frame, and no longer', async () => {
    const { ask } = await served();
    const input = 'ab'.repeat(4_250_000);
    const { json } = await ask('POST', '/v1/call/psa_hash_compute', JSON.stringify({ alg: 5, input }));
    expect(json.hash === input).toBe(true);
    const { code } = await ask(
      'POST',
      '/v1/call/psa_hash_compute',
      JSON.stringify({ alg: 5, input: `${input}${input}` }),
    );
    expect(code).toBe(413);
  });
});

describe('calls with MessagePack', () => {
  const type = { 'content-type': 'application/msgpack' };

  it('carry the arrays of frames', async () => {
    const { ask } = await served();
    const body = new Uint8Array(encode([3, idOf('psa_hash_compute'), 5, new Uint8Array([9]), 99]));
    const answer = await ask('POST', '/v1/call/psa_hash_compute', body, type);
    expect([answer.code, answer.type]).toEqual([200, 'application/msgpack']);
    expect(decode(answer.body)).toEqual([3, 0, new Uint8Array([9])]);
  });

  it('are refused with what is wrong', async () => {
    const { ask } = await served();
    const post = async (elements: readonly unknown[]) =>
      (await ask('POST', '/v1/call/psa_hash_compute', new Uint8Array(encode(elements)), type)).json.error;
    const hash = idOf('psa_hash_compute');
    expect(await post([3, hash, 5, 5, 5])).toMatch(
      /psa_hash_compute, input: expected a binary string, got 5/,
    );
    expect(await post([3, hash, 5, {}, 5])).toMatch(/psa_hash_compute, input: a map/);
    expect(await post([3, idOf('psa_crypto_init')])).toMatch(/the body calls 1 \(psa_crypto_init\)/);
  });
});

describe('what is not there', () => {
  it('is 404 with the nearest name', async () => {
    const { ask } = await served();
    const errors = await Promise.all(
      ['/v1/call/psa_hash_compte', '/v1/call/psa_set_key_type', '/v1/call/memcpy', '/v1/stauts', '/'].map(
        async (path) => {
          const { code, json } = await ask('POST', path, '{}');
          expect(code).toBe(404);
          return json.error;
        },
      ),
    );
    expect(errors[0]).toMatch(/no function psa_hash_compte; did you mean psa_hash_compute\?/);
    expect(errors[1]).toMatch(/psa_set_key_type works on the caller's memory/);
    expect(errors[2]).toMatch(/see \/v1\/capabilities/);
    expect(errors[3]).toMatch(/did you mean \/v1\/status\?/);
  });
});

describe('over TCP', () => {
  it('needs the token, no Origin and a loopback Host', async () => {
    const { target } = await serveFake({ tcp: '0', token: 'secret' });
    const ask = asker(target);
    const code = async (headers: http.OutgoingHttpHeaders, path = '/v1/status') =>
      (await ask('GET', path, undefined, headers)).code;
    const authorization = 'Bearer secret';
    expect(await code({ authorization })).toBe(200);
    expect(await code({ authorization, host: 'localhost:1' })).toBe(200);
    expect(await code({ authorization, host: '[::1]:1' })).toBe(200);
    expect(await code({})).toBe(401);
    expect(await code({ authorization: 'Bearer secre' })).toBe(401);
    expect(await code({ authorization: 'Basic secret' })).toBe(401);
    expect(await code({ authorization, origin: 'http://localhost' })).toBe(403);
    expect(await code({ authorization, host: 'rebound.example' })).toBe(403);
    expect(await code({ authorization, host: '127.0.0.1.rebound.example' })).toBe(403);
    expect(await code({}, '/healthz')).toBe(200);
    expect(await code({ origin: 'http://localhost' }, '/healthz')).toBe(403);
  });
});
