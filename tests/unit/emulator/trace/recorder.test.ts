/** What is recorded of calls, and what is kept of it. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TraceEvent, TraceRecord } from '../../../../emulator/trace/event.ts';
import { TRACE_VERSION } from '../../../../emulator/trace/recorder.ts';
import {
  PSA_ALG_GCM,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../../../psa-api/constants.ts';
import { hashOperationInit, type Psa } from '../../../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING } from '../../../support/bytes.ts';
import { derivation } from '../../../support/derivation.ts';
import { openForTest } from '../../../support/device.ts';
import { AES_KEY, aesKey } from '../../../support/keys.ts';
import { must } from '../../../support/status.ts';

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

const eventsOf = (records: readonly TraceRecord[]): TraceEvent[] =>
  records.flatMap((record) => ('event' in record ? [] : [record]));

const traced = async (options: Parameters<typeof openForTest>[0] = {}) => {
  const bench = await openForTest({ trace: {}, ...options });
  const { trace } = bench.device;
  return { ...bench, events: () => eventsOf(trace.since()), last: () => eventsOf(trace.since()).at(-1) };
};

/** A bit of everything. */
const work = async (psa: Psa): Promise<void> => {
  const operation = hashOperationInit();
  await psa.hashSetup(operation, PSA_ALG_SHA_256);
  await psa.hashUpdate(operation, ascii('abc'));
  await psa.hashFinish(operation);
  const { key } = await must(
    psa.generateKey({ type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT, alg: PSA_ALG_GCM }),
  );
  await psa.aeadEncrypt(key, PSA_ALG_GCM, new Uint8Array(12), NOTHING, ascii('text'));
  await psa.generateRandom(16);
  await psa.destroyKey(key);
};

describe('an event', () => {
  it('has what a one-shot call was given and what it gave', async () => {
    const { psa, last } = await traced();
    const key = await aesKey(psa, PSA_ALG_GCM);
    const nonce = new Uint8Array(12).fill(1);
    const { ciphertext } = await must(psa.aeadEncrypt(key, PSA_ALG_GCM, nonce, NOTHING, ascii('text')));
    expect(last()).toMatchObject({
      client: -1,
      connection: 1,
      function: 'psa_aead_encrypt',
      key,
      alg: PSA_ALG_GCM,
      keyType: PSA_KEY_TYPE_AES,
      keyBits: 128,
      lengths: { nonce: 12, additional_data: 0, plaintext: 4, ciphertext: 20 },
      status: 0,
    });
    expect(last()?.digests).toEqual({
      nonce: digest(nonce),
      plaintext: digest(ascii('text')),
      ciphertext: digest(ciphertext),
    });
  });

  it('follows an operation by its handle', async () => {
    const { psa, events } = await traced();
    const [operation, clone] = [hashOperationInit(), hashOperationInit()];
    await psa.hashSetup(operation, PSA_ALG_SHA_256);
    const { handle } = operation;
    await psa.hashUpdate(operation, ascii('abc'));
    await psa.hashClone(operation, clone);
    await psa.hashFinish(operation);
    await psa.hashFinish(operation);
    const seen = events().filter((event) => event.family === 'hash');
    expect(seen.map((event) => [event.handle, event.handleAfter, event.status])).toEqual([
      [0, handle, 0],
      [handle, handle, 0],
      [0, clone.handle, 0],
      [handle, 0, 0],
      [0, 0, PSA_ERROR_BAD_STATE],
    ]);
    expect(seen.map((event) => event.alg)).toEqual([...Array(4).fill(PSA_ALG_SHA_256), undefined]);
    expect(seen[2]).toMatchObject({ function: 'psa_hash_clone', source: handle });
  });

  it('names the algorithm of an operation that was resumed', async () => {
    const { psa, last } = await traced();
    const operation = hashOperationInit();
    await psa.hashSetup(operation, PSA_ALG_SHA_256);
    const { hashState } = await must(psa.hashSuspend(operation));
    await psa.hashResume(operation, hashState);
    expect(last()).toMatchObject({ function: 'psa_hash_resume', alg: PSA_ALG_SHA_256 });
  });

  it('has scalars by name, the fields of structures, and the key that was made', async () => {
    const { psa, events } = await traced();
    const attributes = { type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT, alg: PSA_ALG_GCM };
    const { key } = await must(psa.generateKey(attributes));
    await psa.getKeyAttributes(key);
    await derivation(
      psa,
      PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256),
      [PSA_KEY_DERIVATION_INPUT_COST, 5n],
      [PSA_KEY_DERIVATION_INPUT_SALT, ascii('salt')],
    );
    const [, made, asked, , cost, salt] = events();
    expect(made).toMatchObject({ made: key, keyBits: 128 });
    expect(made?.scalars).toMatchObject({ 'attributes.type': PSA_KEY_TYPE_AES, 'attributes.bits': 128 });
    expect(asked).toMatchObject({ key, scalars: { 'attributes.id': key, 'attributes.alg': PSA_ALG_GCM } });
    expect(cost?.scalars).toEqual({ step: PSA_KEY_DERIVATION_INPUT_COST, value: '5' });
    expect(salt).toMatchObject({ scalars: { step: PSA_KEY_DERIVATION_INPUT_SALT }, lengths: { data: 4 } });
  });

  it('has them of services beside Crypto too', async () => {
    const { psa, events } = await traced();
    await must(psa.itsSet(5n, ascii('data'), 0));
    await must(psa.itsGet(5n, 1, 3));
    await must(psa.itsGetInfo(5n));
    const [, set, get, info] = events();
    expect(set).toMatchObject({ scalars: { uid: '5', create_flags: 0 }, lengths: { p_data: 4 } });
    expect(get).toMatchObject({ scalars: { data_offset: 1 }, digests: { p_data: digest(ascii('ata')) } });
    expect(info?.scalars).toMatchObject({ uid: '5', 'p_info.size': 4 });
  });

  it('has the declared room of a failure, and no outputs', async () => {
    const { psa, last } = await traced();
    await psa.hashCompute(PSA_ALG_SHA_256, ascii('abc'), 31);
    expect(last()).toMatchObject({
      lengths: { input: 3, hash_size: 31 },
      digests: { input: digest(ascii('abc')) },
      status: PSA_ERROR_BUFFER_TOO_SMALL,
    });
    expect(last()?.lengths).not.toHaveProperty('hash');
  });

  it('says what the client of the device refused, and how long the board takes', async () => {
    const { psa, events } = await traced({ profile: 'stm32h573-sm-1.2' });
    const key = await aesKey(psa, PSA_ALG_GCM);
    await psa.aeadEncrypt(key, PSA_ALG_GCM, new Uint8Array(17), NOTHING, NOTHING);
    await psa.aeadEncrypt(key, PSA_ALG_GCM, new Uint8Array(12), NOTHING, NOTHING);
    const [refused, done] = events().slice(-2);
    expect(refused).toMatchObject({ refusedBy: 'client', status: PSA_ERROR_INVALID_ARGUMENT });
    expect(done).toMatchObject({ status: 0, board: (refused?.board ?? 0) + (refused?.boardDuration ?? 0) });
    expect(done).not.toHaveProperty('refusedBy');
    expect(done?.boardDuration).toBeGreaterThan(0);
  });

  it('of a long call comes when it ends, after calls that were made meanwhile', async () => {
    const { psa, another, events } = await traced();
    const other = await another();
    const operation = await derivation(
      psa,
      PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256),
      [PSA_KEY_DERIVATION_INPUT_COST, 20_000n],
      [PSA_KEY_DERIVATION_INPUT_SALT, ascii('salt')],
      [PSA_KEY_DERIVATION_INPUT_PASSWORD, ascii('password')],
    );
    const long = psa.keyDerivationOutputBytes(operation, 32);
    await other.psa.generateRandom(1);
    const { output } = await must(long);
    const [between, derived] = events().slice(-2);
    expect(between).toMatchObject({ function: 'psa_generate_random', connection: 2 });
    expect(derived).toMatchObject({
      function: 'psa_key_derivation_output_bytes',
      digests: { output: digest(output) },
    });
  });
});

describe('a trace', () => {
  it('repeats with the seed and the calls, but for times', async () => {
    const run = async () => {
      const { psa, close, device } = await traced({ profile: 'stm32h573-sm-1.2', insecureSeed: 3 });
      await work(psa);
      await close();
      return device.trace.since().map(({ time: _, ...record }) => ({ ...record, duration: undefined }));
    };
    expect(await run()).toEqual(await run());
  });

  it('has no bytes unless they are revealed', async () => {
    const secret = hex(AES_KEY);
    const hidden = await traced();
    await aesKey(hidden.psa, PSA_ALG_GCM);
    expect(JSON.stringify(hidden.events())).not.toContain(secret);
    const revealed = await traced({ trace: { revealInsecure: true } });
    await aesKey(revealed.psa, PSA_ALG_GCM);
    expect(revealed.last()?.bytes).toEqual({ data: secret });
  });

  it('marks where clients come and go, and what they leave behind', async () => {
    const { psa, device, close } = await traced({ owner: 7 });
    const key = await aesKey(psa, PSA_ALG_GCM);
    const operation = hashOperationInit();
    await psa.hashSetup(operation, PSA_ALG_SHA_256);
    const snapshot = device.snapshot();
    await close();
    device.power('reset');
    device.restore(snapshot);
    const marks = device.trace.since().filter((record) => 'event' in record);
    expect(marks).toMatchObject([
      { event: 'start', seq: 1, version: TRACE_VERSION, profile: 'psa-full', seed: 'the tests' },
      { event: 'connect', seq: 2, client: 7, connection: 1 },
      {
        event: 'disconnect',
        client: 7,
        connection: 1,
        operations: [{ handle: operation.handle, family: 'hash', alg: PSA_ALG_SHA_256, owner: 7 }],
        keys: [key],
      },
      { event: 'reset' },
      { event: 'restore' },
    ]);
  });

  it('goes to the sink record by record, and whole', async () => {
    const records: TraceRecord[] = [];
    const { psa, device } = await traced({ trace: { sink: (record) => records.push(record) } });
    await work(psa);
    expect(records).toEqual(device.trace.since());
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i + 1));
  });

  it('keeps the last records, and how it began', async () => {
    const { psa, device } = await traced({ trace: { keep: 3 } });
    for (let i = 0; i < 10; i++) await psa.generateRandom(i);
    const [start, ...rest] = device.trace.since();
    expect(start).toMatchObject({ event: 'start' });
    expect(eventsOf(rest).map(({ lengths: { output } }) => output)).toEqual([7, 8, 9]);
    const [, last] = rest.slice(-2);
    expect(device.trace.since((last?.seq ?? 0) - 1)).toEqual([last]);
    expect(device.trace.since(last?.seq)).toEqual([]);
  });

  it('is not made while nobody listens', async () => {
    const { psa, device } = await openForTest();
    await psa.generateRandom(1);
    expect([device.trace.isRecording(), device.trace.since()]).toEqual([false, []]);
    const heard: TraceRecord[] = [];
    const stop = device.trace.listen((record) => heard.push(record));
    expect(device.trace.isRecording()).toBe(true);
    await psa.generateRandom(2);
    stop();
    await psa.generateRandom(3);
    expect(device.trace.isRecording()).toBe(false);
    expect(eventsOf(heard).map(({ lengths: { output } }) => output)).toEqual([2]);
    expect(device.trace.since()).toMatchObject([{ event: 'start', seq: 1 }, { seq: 2 }]);
  });

  it('is none of the caller’s concern when a listener fails', async () => {
    const bugs: unknown[] = [];
    const { psa } = await traced({
      trace: {
        sink: () => {
          throw new Error('full');
        },
      },
      onBug: (error) => bugs.push(error),
    });
    expect((await psa.generateRandom(1)).status).toBe(0);
    expect(bugs).toContainEqual(new Error('full'));
  });
});
