/** What a test device remembers, and how it goes back. */
import { describe, expect, it } from 'vitest';
import { startTestDevice } from '../../../clients/testing/index.ts';
import { deviceTest } from '../../../clients/testing/vitest.ts';
import { PSA_ALG_SHA_256, PSA_KEY_TYPE_AES } from '../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { PSA_ERROR_COMMUNICATION_FAILURE, PSA_ERROR_INSUFFICIENT_ENTROPY } from '../../../psa-api/status.ts';
import { connect } from '../../../rpc/client/connect.ts';
import { ascii } from '../../support/bytes.ts';

const KEY = { type: PSA_KEY_TYPE_AES, bits: 128, usage: 0, alg: 0 };

let prepared = 0;
let key = 0;
const test = deviceTest({
  async prepare(device) {
    prepared++;
    ({ key } = await device.generateKey(KEY));
  },
});

describe.each(['process', 'socket'] as const)('a test device, carrier %s', (carrier) => {
  it('repeats exactly, with another seed otherwise', async () => {
    const draw = async (insecureSeed?: string) => {
      await using device = await startTestDevice({ carrier, insecureSeed });
      return (await device.generateRandom(16)).output;
    };
    expect(await draw()).toEqual(await draw());
    expect(await draw('another')).not.toEqual(await draw());
  });

  it('can be made to fail at the nth call, and to cut its client off', async () => {
    await using device = await startTestDevice({ carrier });
    device.failCall('psa_generate_random', PSA_ERROR_INSUFFICIENT_ENTROPY, 2);
    const statuses = async (count: number) => {
      const seen: number[] = [];
      for (let i = 0; i < count; i++) seen.push((await device.generateRandom(1)).status);
      return seen;
    };
    expect(await statuses(3)).toEqual([0, PSA_ERROR_INSUFFICIENT_ENTROPY, 0]);
    device.faults.add('api.psa_generate_random.leave:nth=2->disconnect');
    expect(await statuses(3)).toEqual([0, PSA_ERROR_COMMUNICATION_FAILURE, PSA_ERROR_COMMUNICATION_FAILURE]);
  });

  it('remembers the calls of a test, not its own', async () => {
    await using device = await startTestDevice({ carrier });
    expect(device.calls()).toEqual([]);
    await device.hashCompute(PSA_ALG_SHA_256, ascii('abc'));
    expect(device.calls().map((call) => call.function)).toEqual(['psa_hash_compute']);
    device.clearCalls();
    await device.generateRandom(1);
    expect(device.calls().map((call) => call.function)).toEqual(['psa_generate_random']);
  });

  it('goes back to how it began, and to a snapshot', async () => {
    await using device = await startTestDevice({ carrier });
    const { key } = await device.generateKey(KEY);
    const { output } = await device.generateRandom(16);
    const snapshot = device.snapshot();
    await device.hashSetup(hashOperationInit(), PSA_ALG_SHA_256);
    expect(device.operations()).toHaveLength(1);
    device.reset();
    expect([device.calls(), device.operations(), device.leftVolatileKeys()]).toEqual([[], [], []]);
    expect((await device.generateKey(KEY)).key).toBe(key);
    expect((await device.generateRandom(16)).output).toEqual(output);
    device.restore(snapshot);
    // The key is what this test begins with now.
    expect(device.keys().map(({ id }) => id)).toContain(key);
    expect(device.leftVolatileKeys()).toEqual([]);
    expect((await device.destroyKey(key)).status).toBe(0);
  });
});

describe('who reaches it', () => {
  it('other programs, by a socket that goes with it', async () => {
    const device = await startTestDevice({ carrier: 'socket' });
    const { H5SM_ENDPOINT } = device.env;
    const other = await connect(H5SM_ENDPOINT, { clientId: 5 });
    await other.generateRandom(1);
    await other.close();
    expect(device.calls().map(({ client }) => client)).toContain(5);
    await device.close();
    await expect(connect(H5SM_ENDPOINT)).rejects.toThrow();
  });

  it('nobody else in the process', async () => {
    await using device = await startTestDevice();
    expect(() => device.env).toThrow("start it with carrier: 'socket'");
  });

  it('nobody where the profile does not exist', async () => {
    await expect(startTestDevice({ carrier: 'socket', profile: 'none' })).rejects.toThrow('none');
  });
});

describe('deviceTest', () => {
  test.for([1, 2])('gives a device as it was prepared: %i', async (_, { device }) => {
    expect(device.calls()).toEqual([]);
    expect(device).toLeaveNoVolatileKeys();
    expect((await device.destroyKey(key)).status).toBe(0);
    expect(prepared).toBe(1);
  });
});
