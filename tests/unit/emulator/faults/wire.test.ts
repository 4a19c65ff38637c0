import { describe, expect, it } from 'vitest';
import { PSA_ALG_SHA_256 } from '../../../../psa-api/constants.ts';
import { PSA_ERROR_COMMUNICATION_FAILURE } from '../../../../psa-api/status.ts';
import { type Client, openBehindSocket } from '../../../support/device.ts';

const compute = ({ psa }: Client) => psa.hashCompute(PSA_ALG_SHA_256, Uint8Array.of(1));

describe('faults on the wire', () => {
  it.each(['rpc.recv:nth=2->disconnect', 'rpc.send:nth=2->disconnect', 'rpc.recv:nth=2->truncate(2)'])(
    'end one connection: %s',
    async (fault) => {
      const bench = await openBehindSocket();
      bench.device.faults.add(fault);
      expect((await compute(bench)).status).toBe(0);
      expect((await compute(bench)).status).toBe(PSA_ERROR_COMMUNICATION_FAILURE);
      const other = await bench.another();
      expect((await compute(other)).status).toBe(0);
    },
  );

  it('leave a client without an answer, and others with theirs', async () => {
    const bench = await openBehindSocket();
    const other = await bench.another();
    bench.device.faults.add('rpc.send:once->drop');
    let isAnswered = false;
    void compute(bench).then(() => {
      isAnswered = true;
    });
    await expect.poll(() => bench.device.faults.list()[0]?.hits).toBe(1);
    expect((await compute(other)).status).toBe(0);
    expect(isAnswered).toBe(false);
  });

  it('a call that ends its connection ends no other', async () => {
    const bench = await openBehindSocket();
    const other = await bench.another();
    bench.device.faults.add('api.psa_hash_compute.leave:once->disconnect');
    expect((await compute(bench)).status).toBe(PSA_ERROR_COMMUNICATION_FAILURE);
    expect((await compute(other)).status).toBe(0);
  });

  it('power that goes away ends the connection, and the next client finds the device started', async () => {
    const bench = await openBehindSocket();
    bench.device.faults.add('api.psa_hash_compute.enter:once->power-off');
    expect((await compute(bench)).status).toBe(PSA_ERROR_COMMUNICATION_FAILURE);
    const after = await bench.another();
    expect((await compute(after)).status).toBe(0);
  });
});
