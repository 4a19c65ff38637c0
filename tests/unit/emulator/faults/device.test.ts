import { describe, expect, it } from 'vitest';
import type { DeviceOptions } from '../../../../emulator/device.ts';
import {
  PSA_ALG_ECDSA,
  PSA_ALG_SHA_256,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../../../psa-api/constants.ts';
import { createPsa, hashOperationInit, type Psa } from '../../../../psa-api/generated/psa.ts';
import { Disconnected } from '../../../../psa-api/service.ts';
import * as S from '../../../../psa-api/status.ts';
import { type Bench, openInProcess } from '../../../support/device.ts';

const HASH = new Uint8Array(32).fill(7);
const ECDSA = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
const SIGNING = {
  type: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
  bits: 256,
  alg: ECDSA,
  usage: PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH,
};

const open = (options: DeviceOptions = {}): Promise<Bench> =>
  openInProcess({ onInsecure: () => {}, ...options });
const signingKey = async (psa: Psa): Promise<number> => (await psa.generateKey(SIGNING)).key;
const random = async (psa: Psa, length = 16): Promise<string> =>
  Buffer.from((await psa.generateRandom(length)).output).toString('hex');
/** `psa_sign_hash` under faults, so many times. */
const signing = async (faults: readonly unknown[], times: number) => {
  const { psa, device } = await open();
  const key = await signingKey(psa);
  for (const fault of faults) device.faults.add(fault);
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await psa.signHash(key, ECDSA, HASH)).status);
  return { psa, device, key, statuses };
};

describe('a fault at a call', () => {
  it('gives the third one a status, and leaves the others', async () => {
    const { statuses, device } = await signing(
      ['api.psa_sign_hash.leave:nth=3->return(PSA_ERROR_HARDWARE_FAILURE)'],
      5,
    );
    expect(statuses).toEqual([0, 0, S.PSA_ERROR_HARDWARE_FAILURE, 0, 0]);
    expect(device.faults.list()).toEqual([
      { id: 1, line: expect.stringContaining('nth=3'), visits: 5, hits: 1 },
    ]);
    expect(device.faults.visits()).toEqual({ 'api.psa_sign_hash.leave': 5 });
  });

  it.each([
    ['every=2', [0, -1, 0, -1, 0, -1]],
    ['after=4', [0, 0, 0, 0, -1, -1]],
    ['window=2..3', [0, -1, -1, 0, 0, 0]],
    ['times=2', [-1, -1, 0, 0, 0, 0]],
    ['once', [-1, 0, 0, 0, 0, 0]],
    ['p=1,times=1', [-1, 0, 0, 0, 0, 0]],
    ['p=0', [0, 0, 0, 0, 0, 0]],
    ['seq=2', [0, -1, 0, 0, 0, 0]],
    ['fn=psa_hash_*', [0, 0, 0, 0, 0, 0]],
    ['len=32,client=-1', [-1, -1, -1, -1, -1, -1]],
    ['len=31', [0, 0, 0, 0, 0, 0]],
    ['alg=PSA_ALG_ECDSA(PSA_ALG_SHA_256)', [-1, -1, -1, -1, -1, -1]],
    ['client=7', [0, 0, 0, 0, 0, 0]],
  ])('strikes by %s', async (trigger, expected) => {
    const { statuses } = await signing(
      [`api.psa_sign_hash.enter:${trigger}->return(PSA_ERROR_BAD_STATE)`],
      6,
    );
    expect(statuses).toEqual(expected.map((struck) => (struck === 0 ? 0 : S.PSA_ERROR_BAD_STATE)));
  });

  it('by chance strikes the same calls with the same seed', async () => {
    const run = async () =>
      (await signing(['api.psa_sign_hash.leave:p=0.5->return(PSA_ERROR_BAD_STATE)'], 12)).statuses;
    const first = await run();
    expect(first).toEqual(await run());
    expect(new Set(first).size).toBe(2);
  });

  it('skips a verification, which says that all is well', async () => {
    const { psa, key } = await signing(['api.psa_verify_hash.enter->skip'], 1);
    expect((await psa.verifyHash(key, ECDSA, HASH, new Uint8Array(64))).status).toBe(0);
  });

  it('turns a failure into a success with empty outputs', async () => {
    const { psa } = await signing(['api.psa_sign_hash.leave->return(PSA_SUCCESS)'], 1);
    expect(await psa.signHash(0x77, ECDSA, HASH)).toEqual({ status: 0, signature: new Uint8Array(0) });
  });

  it('changes what goes in and what comes out', async () => {
    const { psa, device } = await open();
    const plain = (await psa.hashCompute(PSA_ALG_SHA_256, HASH)).hash;
    device.faults.add('api.psa_hash_compute.leave:nth=1->flip(9)');
    const flipped = (await psa.hashCompute(PSA_ALG_SHA_256, HASH)).hash;
    expect(flipped.map((byte, i) => byte ^ (plain[i] ?? 0))).toEqual(
      new Uint8Array(32).map((_, i) => (i === 1 ? 2 : 0)),
    );
    device.faults.clear();
    device.faults.add('api.psa_hash_compute.enter:param=input->overwrite(0707)->xor(00ff)');
    const other = (await psa.hashCompute(PSA_ALG_SHA_256, HASH)).hash;
    device.faults.clear();
    const changed = HASH.slice();
    changed[1] = 0xf8;
    expect(other).toEqual((await psa.hashCompute(PSA_ALG_SHA_256, changed)).hash);
  });

  it('gives stale output again', async () => {
    const { psa } = await open({
      faults: ['api.psa_generate_random.leave:nth=2->stale', 'api.psa_generate_random.leave->count'],
    });
    const first = await random(psa);
    expect(await random(psa)).toBe(first);
    expect(await random(psa)).not.toBe(first);
  });

  it('carries a call out twice', async () => {
    const { psa, device } = await open();
    const operation = hashOperationInit();
    await psa.hashSetup(operation, PSA_ALG_SHA_256);
    device.faults.add('api.psa_hash_update.enter:once->repeat');
    await psa.hashUpdate(operation, HASH);
    const { hash } = await psa.hashFinish(operation);
    const twice = new Uint8Array(64).fill(7);
    expect(hash).toEqual((await psa.hashCompute(PSA_ALG_SHA_256, twice)).hash);
  });

  it('lets an operation leak when a setup is said to have failed', async () => {
    const { psa, device } = await open({
      faults: ['api.psa_hash_setup.leave->return(PSA_ERROR_HARDWARE_FAILURE)'],
    });
    const operation = hashOperationInit();
    expect((await psa.hashSetup(operation, PSA_ALG_SHA_256)).status).toBe(S.PSA_ERROR_HARDWARE_FAILURE);
    expect(device.status().operations).toHaveLength(1);
    await psa.hashAbort(operation);
    expect(device.status().operations).toHaveLength(0);
  });

  it('fills the operation slots', async () => {
    const { psa } = await open({ faults: ['op.slot:nth=2->return(PSA_ERROR_INSUFFICIENT_MEMORY)'] });
    const [one, two] = [hashOperationInit(), hashOperationInit()];
    expect((await psa.hashSetup(one, PSA_ALG_SHA_256)).status).toBe(0);
    expect((await psa.hashSetup(two, PSA_ALG_SHA_256)).status).toBe(S.PSA_ERROR_INSUFFICIENT_MEMORY);
    expect(two.handle).toBe(0);
  });

  it('takes the other key', async () => {
    const { psa, device } = await open();
    const [one, two] = [await signingKey(psa), await signingKey(psa)];
    device.faults.add(`api.psa_sign_hash.enter->swap(${two})`);
    const { signature } = await psa.signHash(one, ECDSA, HASH);
    expect((await psa.verifyHash(one, ECDSA, HASH, signature)).status).toBe(S.PSA_ERROR_INVALID_SIGNATURE);
    expect((await psa.verifyHash(two, ECDSA, HASH, signature)).status).toBe(0);
  });

  it('delays board time', async () => {
    const { psa, device } = await open({ faults: ['api.psa_generate_random.enter->delay(250)'] });
    await random(psa);
    expect(device.status().boardTime).toBe(250e6);
  });

  it('ends the connection', async () => {
    const { psa } = await open({ faults: ['api.psa_generate_random.enter->disconnect'] });
    await expect(psa.generateRandom(1)).rejects.toThrow(Disconnected);
  });
});

describe('faults inside', () => {
  it('spoil random numbers, and say so', async () => {
    const said: string[] = [];
    const { psa, device } = await open({ onInsecure: (message) => said.push(message) });
    const draws = async (fault: string) => {
      device.faults.add(fault);
      const drawn = [await random(psa, 4), await random(psa, 4)];
      device.faults.clear();
      return drawn;
    };
    expect(await draws('rng.draw->zero')).toEqual(['00000000', '00000000']);
    expect(said).toEqual([expect.stringContaining('random numbers are spoilt by rng.draw->zero')]);
    const [one, again] = await draws('rng.draw->stuck');
    expect(again).toBe(one);
    expect(one).not.toBe('00000000');
    for (const drawn of await draws('rng.draw->bias(high,12)')) expect(drawn).toMatch(/^000/);
    for (const drawn of await draws('rng.draw->bias(low,12)')) expect(drawn).toMatch(/000$/);
    for (const drawn of await draws('rng.draw->short(1)')) expect(drawn).toMatch(/^..000000$/);
    const replayed = await draws('rng.draw->replay(again)');
    expect(await draws('rng.draw->replay(again)')).toEqual(replayed);
  });

  it('open a policy, and close one', async () => {
    const { psa, device } = await open();
    const { key } = await psa.generateKey({ ...SIGNING, usage: PSA_KEY_USAGE_VERIFY_HASH });
    expect((await psa.signHash(key, ECDSA, HASH)).status).toBe(S.PSA_ERROR_NOT_PERMITTED);
    device.faults.add('policy.check:once->force(true)');
    const { status, signature } = await psa.signHash(key, ECDSA, HASH);
    expect(status).toBe(0);
    expect((await psa.signHash(key, ECDSA, HASH)).status).toBe(S.PSA_ERROR_NOT_PERMITTED);
    device.faults.add('policy.check:once->force(false)');
    expect((await psa.verifyHash(key, ECDSA, HASH, signature)).status).toBe(S.PSA_ERROR_NOT_PERMITTED);
  });

  it('load, store and destroy keys wrongly', async () => {
    const { psa, device } = await open();
    const raw = { type: PSA_KEY_TYPE_RAW_DATA, usage: PSA_KEY_USAGE_EXPORT };
    const exported = async (key: number) => (await psa.exportKey(key)).data;
    device.faults.add('key.store:nth=1->flip(0)');
    const { key } = await psa.importKey(raw, Uint8Array.of(2, 2));
    expect(await exported(key)).toEqual(Uint8Array.of(3, 2));
    device.faults.clear();
    device.faults.add('key.load:once->xor(ff)');
    expect(await exported(key)).toEqual(Uint8Array.of(0xfc, 2));
    expect(await exported(key)).toEqual(Uint8Array.of(3, 2));
    device.faults.add('key.load:once->return(PSA_ERROR_STORAGE_FAILURE)');
    expect((await psa.exportKey(key)).status).toBe(S.PSA_ERROR_STORAGE_FAILURE);
    device.faults.add('key.destroy:once->skip');
    expect((await psa.destroyKey(key)).status).toBe(0);
    expect(await exported(key)).toEqual(Uint8Array.of(3, 2));
    expect((await psa.destroyKey(key)).status).toBe(0);
    expect((await psa.exportKey(key)).status).toBe(S.PSA_ERROR_INVALID_HANDLE);
  });

  it('come and go under open operations', async () => {
    const { psa, device } = await open();
    const operation = hashOperationInit();
    await psa.hashSetup(operation, PSA_ALG_SHA_256);
    await psa.hashUpdate(operation, HASH);
    device.faults.add('rng.draw->zero');
    await psa.hashUpdate(operation, HASH);
    device.faults.clear();
    const { hash } = await psa.hashFinish(operation);
    expect(hash).toEqual((await psa.hashCompute(PSA_ALG_SHA_256, new Uint8Array(64).fill(7))).hash);
  });
});

describe('faults in storage', () => {
  const persistent = (id: number) => ({
    type: PSA_KEY_TYPE_RAW_DATA,
    usage: PSA_KEY_USAGE_EXPORT,
    lifetime: PSA_KEY_LIFETIME_PERSISTENT,
    id,
  });
  const DATA = Uint8Array.of(1, 2, 3);

  it('refuse writing', async () => {
    const { psa, device } = await open();
    device.faults.add('storage.write:once->full');
    expect((await psa.importKey(persistent(1), DATA)).status).toBe(S.PSA_ERROR_INSUFFICIENT_STORAGE);
    device.faults.add('storage.write:once->return(PSA_ERROR_STORAGE_FAILURE)');
    expect((await psa.importKey(persistent(1), DATA)).status).toBe(S.PSA_ERROR_STORAGE_FAILURE);
    expect((await psa.importKey(persistent(1), DATA)).status).toBe(0);
  });

  it('corrupt what is read', async () => {
    const { psa, device } = await open();
    await psa.importKey(persistent(1), DATA);
    device.power('reset');
    await psa.cryptoInit();
    device.faults.add('storage.read:once->flip(5)');
    expect((await psa.exportKey(1)).status).toBe(S.PSA_ERROR_DATA_CORRUPT);
  });

  it('take power away: the key is there or it is not, and the device begins anew', async () => {
    const whole = await open({ faults: ['storage.*->count'] });
    await whole.psa.importKey(persistent(1), DATA);
    const { 'storage.write': writes = 0, 'storage.erase': erases = 0 } = whole.device.faults.visits();
    expect(writes).toBeGreaterThan(0);
    const points = [
      ...Array.from({ length: writes }, (_, i) => `storage.write:nth=${i + 1}`),
      ...Array.from({ length: erases }, (_, i) => `storage.erase:nth=${i + 1}`),
    ];
    for (const point of points) {
      const { psa, device } = await open({ faults: [`${point}->power-off`] });
      await expect(psa.importKey(persistent(1), DATA), point).rejects.toThrow(Disconnected);
      device.faults.clear();
      const after = createPsa(device.connect().call);
      await after.cryptoInit();
      const { status, data } = await after.exportKey(1);
      if (status === 0) expect(data).toEqual(DATA);
      else expect(S.statusName(status)).toBe('PSA_ERROR_INVALID_HANDLE');
    }
  });
});

describe('without faults', () => {
  it('a device that had some answers as one that never had', async () => {
    const calls = async ({ psa }: Bench) => {
      const key = await signingKey(psa);
      return [await random(psa), (await psa.signHash(key, ECDSA, HASH)).signature];
    };
    const had = await open();
    had.device.faults.add('rng.draw->count');
    had.device.faults.clear();
    const [never, once] = [await calls(await open()), await calls(had)];
    expect(once).toEqual(never);
    const counted = await open({ faults: ['api.*->count', 'alg.*->count', 'rng.draw->count'] });
    expect(await calls(counted)).toEqual(never);
  });

  it('a fault that cannot be is refused and changes nothing', async () => {
    const { device } = await open();
    expect(() => device.faults.add('rng.draw->skipp')).toThrow('did you mean skip?');
    expect(() => device.faults.clear(9)).toThrow('no fault 9');
    expect(device.faults.list()).toEqual([]);
  });
});
