/** The diagnosis itself: live or after the fact, once each, bounded, in order. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../../../emulator/device.ts';
import { BoundedMap } from '../../../../emulator/diagnose/bounded.ts';
import { Diagnosis, diagnose } from '../../../../emulator/diagnose/diagnosis.ts';
import { RULES } from '../../../../emulator/diagnose/rules.ts';
import { profileNamed } from '../../../../emulator/profiles/profile-file.ts';
import type { TraceEvent, TraceRecord } from '../../../../emulator/trace/event.ts';
import { PSA_ALG_GCM, PSA_ALG_SHA_256 } from '../../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../../psa-api/generated/psa.ts';
import { PSA_ERROR_BAD_STATE, PSA_ERROR_NOT_SUPPORTED } from '../../../../psa-api/status.ts';
import { inProcess } from '../../../support/device.ts';
import { examine, rulesOf } from '../../../support/diagnosis.ts';
import { aesKey } from '../../../support/keys.ts';

const event = (seq: number, name: string, more: Partial<TraceEvent>): TraceEvent => ({
  seq,
  time: 0,
  board: 0,
  boardDuration: 0,
  duration: 0,
  client: -1,
  connection: 1,
  function: name,
  scalars: {},
  lengths: {},
  digests: {},
  status: 0,
  ...more,
});

const START: TraceRecord = { event: 'start', seq: 0, time: 0, board: 0, version: 1, profile: 'psa-full' };

describe('a diagnosis', () => {
  it('gives each finding once, in the moment it shows', async () => {
    const device = createDevice({ profile: 'psa-full', insecureSeed: 1 });
    onTestFinished(() => device.close());
    const heard: string[] = [];
    const diagnosis = new Diagnosis({ onFinding: ({ rule }) => heard.push(rule) });
    device.trace.listen((record) => diagnosis.take(record));
    const { psa } = await inProcess(device);
    const operation = hashOperationInit();
    await psa.hashSetup(operation, PSA_ALG_SHA_256);
    await psa.hashFinish(operation);
    expect(heard).toEqual([]);
    await psa.hashFinish(operation);
    expect(heard).toEqual(['finished-twice']);
    await psa.hashFinish(operation);
    await psa.hashFinish(operation);
    expect(heard).toEqual(['finished-twice']);
    expect(diagnosis.findings()).toMatchObject([{ rule: 'finished-twice', times: 1, consequences: 2 }]);
  });

  it('reads from an async iterable, and takes a profile that the trace only names', async () => {
    const profile = profileNamed('stm32h573-sm-1.1');
    async function* records(): AsyncGenerator<TraceRecord> {
      yield { ...START, profile: 'a-board-of-ours' };
      yield event(1, 'psa_aead_encrypt_setup', {
        status: PSA_ERROR_NOT_SUPPORTED,
        family: 'aead',
        handle: 0,
        handleAfter: 0,
        alg: PSA_ALG_GCM,
      });
    }
    const [known] = await diagnose(records(), { profile });
    expect(known?.what).toMatch(/profile stm32h573-sm-1\.1 has no psa_aead_encrypt_setup/);
    const [unknown] = await diagnose(records());
    expect(unknown?.what).toMatch(/as far as profile a-board-of-ours tells/);
  });

  it('tells what is left over after all else, whichever connection ended first', async () => {
    const findings = await examine({ profile: 'psa-full' }, async ({ psa, another }) => {
      const first = await another();
      await aesKey(first.psa, PSA_ALG_GCM);
      await first.close();
      await psa.hashFinish(hashOperationInit());
    });
    expect(rulesOf(findings)).toEqual(['finished-twice', 'unfreed-keys']);
  });

  it('passes over functions that it does not know', () => {
    const diagnosis = new Diagnosis();
    diagnosis.take(START);
    diagnosis.take(event(1, 'psa_of_tomorrow', { status: PSA_ERROR_NOT_SUPPORTED }));
    expect(diagnosis.findings()).toEqual([]);
  });

  it('keeps no more than 200 findings of a trace in which everything is wrong', () => {
    const diagnosis = new Diagnosis();
    diagnosis.take({ ...START, profile: 'stm32h573-sm-1.2' });
    for (let client = 0; client < 300; client++)
      diagnosis.take(
        event(client + 1, 'psa_hash_finish', {
          client,
          connection: client,
          family: 'hash',
          handle: client + 1,
          handleAfter: 0,
          status: PSA_ERROR_BAD_STATE,
        }),
      );
    expect(diagnosis.findings()).toHaveLength(200);
  });
});

it('a bounded map forgets its oldest entries', () => {
  const map = new BoundedMap<number, string>(3);
  for (const key of [1, 2, 3, 1, 4]) map.set(key, `${key}`);
  expect([...map.values()]).toEqual(['3', '1', '4']);
  expect([map.get(2), map.size]).toEqual([undefined, 3]);
});

it('every rule has a name of its own, and says what it means in sentences', () => {
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  for (const { name, title, explanation, fix } of RULES) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title).toMatch(/^([A-Z]|psa_)/);
    for (const sentence of [explanation, fix]) expect(sentence).toMatch(/^([A-Z]|psa_).*\.$/);
  }
});
