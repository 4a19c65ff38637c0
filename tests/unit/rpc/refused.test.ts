/** What the server does with bytes that no honest client sends (docs/wire.md, When something is wrong). */
import { describe, expect, it } from 'vitest';
import { PSA_ERROR_CONNECTION_REFUSED, PSA_ERROR_PROGRAMMER_ERROR } from '../../../psa-api/status.ts';
import { idOf } from './fake-service.ts';
import { rawClient, textOf } from './raw-client.ts';
import { type Served, serveFake } from './served.ts';

/** The others notice nothing. */
const isAlive = async ({ target }: Served): Promise<boolean> => {
  const client = await rawClient(target);
  const [, status] = await client.hello();
  client.end();
  return status === 0;
};

const GARBAGE: readonly (readonly [name: string, bytes: number[], text: RegExp])[] = [
  ['a length of 4 GiB', [255, 255, 255, 255], /frame of 4294967295 bytes/],
  ['a length above what a hello needs', [0, 0, 0x10, 1], /frame of 4097 bytes, at most 4096/],
  ['an empty frame', [0, 0, 0, 0], /empty frame/],
  ['a map', [0, 0, 0, 1, 0x80], /a map instead of an array/],
  ['an array bomb', [0, 0, 0, 5, 0xdd, 255, 255, 255, 255], /more than 15 elements/],
  ['small letters', [...new TextEncoder().encode('get / http/1.1\r\n')], /frame of 1734702112 bytes/],
];

describe('bytes that are no request', () => {
  it.each(GARBAGE)('%s', async (_, bytes, text) => {
    const served = await serveFake();
    const client = await rawClient(served.target);
    client.send(new Uint8Array(bytes));
    const [seq, status, why] = await client.answer();
    expect([seq, status]).toEqual([0, PSA_ERROR_PROGRAMMER_ERROR]);
    expect(textOf(why)).toMatch(text);
    await client.closed;
    expect(await isAlive(served)).toBe(true);
    expect(served.faults).toEqual([]);
  });
});

describe('hello', () => {
  it('comes before every call', async () => {
    const { target } = await serveFake();
    const client = await rawClient(target);
    client.frame(7, idOf('psa_crypto_init'));
    const [seq, status, text] = await client.answer();
    expect([seq, status]).toEqual([7, PSA_ERROR_PROGRAMMER_ERROR]);
    expect(textOf(text)).toMatch(/before the hello/);
    await client.closed;
  });

  it('comes once', async () => {
    const { target } = await serveFake();
    const client = await rawClient(target);
    expect(await client.hello()).toEqual([0, 0, 1, 0]);
    expect((await client.hello())[1]).toBe(PSA_ERROR_PROGRAMMER_ERROR);
    await client.closed;
  });

  it('names the version', async () => {
    const { target } = await serveFake();
    const client = await rawClient(target);
    client.frame(1, 0, 2, -1, new Uint8Array(), 0);
    const [seq, status, text] = await client.answer();
    expect([seq, status]).toEqual([1, PSA_ERROR_CONNECTION_REFUSED]);
    expect(textOf(text)).toMatch(/version 2, this server speaks 1/);
  });

  it('hands the client id and the last handle to the device', async () => {
    const { target, service } = await serveFake();
    const client = await rawClient(target);
    await client.hello({ owner: -7, lastHandle: 41 });
    expect(service.sessions.map(({ options }) => options)).toEqual([{ owner: -7, lastHandle: 41 }]);
    client.frame(1, idOf('psa_hash_setup'), 0, 0x02000009);
    expect(await client.answer()).toEqual([1, 0, 42]);
  });
});

const WRONG: readonly (readonly [name: string, inputs: unknown[], text: RegExp])[] = [
  ['psa_hash_compute', [5, 6, 7], /^psa_hash_compute, input: expected a binary string, got 6/],
  ['psa_hash_compute', [5, new Uint8Array(3)], /^psa_hash_compute, hash_size: expected .*, got nothing/],
  ['psa_hash_compute', [5, new Uint8Array(3), 7, 8], /^psa_hash_compute: expected 3 elements .*, got 4/],
  [
    'psa_hash_compute',
    [-5, new Uint8Array(3), 7],
    /^psa_hash_compute, alg: expected an unsigned integer of 32 bits, got -5/,
  ],
  ['psa_import_key', [[1, 2, 3], new Uint8Array(3)], /^psa_import_key, attributes: .*got an array of 3/],
  ['psa_import_key', [[65536, 0, 0, 0, 0, 0], new Uint8Array(3)], /^psa_import_key, attributes: /],
  [
    'psa_key_derivation_input_integer',
    [1, 2, new Uint8Array(7)],
    /, value: expected 8 bytes, big-endian, got .* 7 bytes/,
  ],
  ['psa_pake_set_role', [1, 256], /, role: expected an integer of 8 bits, got 256/],
  ['psa_hash_compute', [5, null, 7], /^psa_hash_compute, input: nil; only integers/],
  ['psa_hash_compute', [5, 'text', 7], /^psa_hash_compute, input: a text string; only/],
  ['psa_hash_compute', [1.5, new Uint8Array(3), 7], /^psa_hash_compute, alg: a floating-point number; only/],
];

describe('elements of a wrong kind', () => {
  it.each(WRONG)('%s %j', async (name, inputs, text) => {
    const served = await serveFake();
    const client = await rawClient(served.target);
    await client.hello();
    client.frame(9, idOf(name), ...inputs);
    const [seq, status, why] = await client.answer();
    expect([seq, status]).toEqual([9, PSA_ERROR_PROGRAMMER_ERROR]);
    expect(textOf(why)).toMatch(text);
    await client.closed;
    expect(served.service.log).toEqual([]);
    expect(served.service.sessions[0]?.closed).toBe(true);
  });

  it('answers what came before and nothing after', async () => {
    const { target, service } = await serveFake();
    const client = await rawClient(target);
    await client.hello();
    client.frame(1, idOf('psa_crypto_init'));
    client.frame(2, idOf('psa_crypto_init'), 'extra');
    client.frame(3, idOf('psa_crypto_init'));
    expect(await client.answer()).toEqual([1, 0]);
    expect((await client.answer())[0]).toBe(2);
    await client.closed;
    expect(service.log).toHaveLength(1);
  });
});
