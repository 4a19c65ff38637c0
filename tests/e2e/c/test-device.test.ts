/** A C program given the device of a test. */
import { afterAll, beforeAll, expect } from 'vitest';
import { deviceTest } from '../../../clients/testing/vitest.ts';
import { PSA_ALG_SHA_256 } from '../../../psa-api/constants.ts';
import { succeed, Workshop } from './programs.ts';

const workshop = new Workshop();
const test = deviceTest({ carrier: 'socket' });
let program = '';

beforeAll(async () => {
  await workshop.prepare();
  program = await workshop.program('leaves.c');
});
afterAll(() => workshop.remove());

test("its calls are the device's", async ({ device }) => {
  await succeed(program, [], { env: device.env });
  expect(device).toHaveCalled('psa_hash_compute', {
    alg: PSA_ALG_SHA_256,
    status: 0,
    lengths: { input: 3, hash: 32 },
    times: 1,
  });
});

test('what it leaves behind is told, though it is gone', async ({ device }) => {
  await succeed(program, [], { env: device.env });
  expect(() => expect(device).toLeaveNoOperationsOpen()).toThrow(
    /hash operation \d+, PSA_ALG_SHA_256, client -1/,
  );
  expect(() => expect(device).toLeaveNoVolatileKeys()).toThrow(/1 key:\n {2}key 0x[0-9a-f]{8}, client -1/);
});
