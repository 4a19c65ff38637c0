/** Profiles that users write: what they override, and what they are told when they err. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../../emulator/profiles/profile.ts';
import { profileNamed, readProfile } from '../../../../emulator/profiles/profile-file.ts';
import { PROFILES } from '../../../../emulator/profiles/profiles.ts';
import { SETTINGS, TOPICS } from '../../../../emulator/profiles/settings.ts';
import {
  PSA_ALG_GCM,
  PSA_ALG_JPAKE,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA3_256,
} from '../../../../psa-api/constants.ts';
import { pakeOperationInit } from '../../../../psa-api/generated/psa.ts';
import { openForTest } from '../../../support/device.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { aesKey, passwordKey } from '../../../support/keys.ts';
import { jpakeSuite } from '../../../support/pake.ts';
import { must, named } from '../../../support/status.ts';

const write = (content: unknown): string => {
  const path = join(temporaryFolder(), 'board.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

describe('a profile', () => {
  it.each(PROFILES.map((profile) => [profile.name, profile] as const))(
    '%s has a fact for every setting',
    (_, { facts }) => {
      expect(Object.keys(facts).sort()).toEqual(Object.keys(SETTINGS).sort());
      const sources = Object.values(facts).flatMap((fact) => [fact].flat().map(({ source }) => source));
      expect(sources.filter((source) => source.trim() === '')).toEqual([]);
    },
  );

  it('has every setting under one topic', () => {
    expect(TOPICS.flatMap(([, names]) => names).sort()).toEqual(Object.keys(SETTINGS).sort());
  });
});

describe('a profile file', () => {
  it('overrides what it names, with or without a source, and leaves the rest', () => {
    const path = write({
      extends: 'stm32h573-sm-1.1',
      summary: 'our board',
      operations: { value: 12, source: 'measured in May', confidence: 'read' },
      aeadNonce: null,
      algorithms: { add: ['PSA_ALG_SHA3_256'], remove: ['PSA_ALG_SHA_1'] },
      aesBits: [128, 192, 256],
    });
    const profile = readProfile(path);
    const base = settingsOf(profileNamed('stm32h573-sm-1.1'));
    expect(profile).toMatchObject({ name: 'board', summary: 'our board' });
    expect(profile.facts.operations).toEqual({ value: 12, source: 'measured in May', confidence: 'read' });
    expect(profile.facts.aeadNonce).toEqual({ value: null, source: 'board.json', confidence: 'chosen' });
    const settings = settingsOf(profile);
    expect(settings.algorithms).toEqual([
      ...(base.algorithms ?? []).filter((name) => name !== 'PSA_ALG_SHA_1'),
      'PSA_ALG_SHA3_256',
    ]);
    expect(settings).toEqual({
      ...base,
      operations: 12,
      aeadNonce: null,
      algorithms: settings.algorithms,
      aesBits: ['128', '192', '256'],
    });
  });

  it('changes the device: a larger area takes 16 KiB of AES-GCM', async () => {
    const zeros = (length: number) => new Uint8Array(length);
    const profile = write({ sharedArea: 65_536, algorithms: { add: ['PSA_ALG_SHA3_256'] } });
    const { psa } = await openForTest({ profile, init: false });
    const key = await aesKey(psa, PSA_ALG_GCM);
    const sealed = psa.aeadEncrypt(key, PSA_ALG_GCM, zeros(12), zeros(0), zeros(16_384), 16_400);
    expect(await named(sealed)).toBe('SUCCESS');
    expect(await named(psa.hashCompute(PSA_ALG_SHA3_256, zeros(1), 32))).toBe('SUCCESS');
  });

  it('changes what a PAKE takes for an identity', async () => {
    const { psa } = await openForTest({ profile: write({ extends: 'psa-full', pakeIdentity: 16 }) });
    const alg = PSA_ALG_JPAKE(PSA_ALG_SHA_256);
    const key = await passwordKey(psa, alg);
    const setUser = async (length: number) => {
      const operation = pakeOperationInit();
      await must(psa.pakeSetup(operation, key, jpakeSuite(alg)));
      return named(psa.pakeSetUser(operation, new Uint8Array(length)));
    };
    expect(await setUser(16)).toBe('SUCCESS');
    expect(await setUser(17)).toBe('NOT_SUPPORTED');
  });

  const WRONG: readonly (readonly [what: string, content: unknown, message: string])[] = [
    ['is no JSON', '{ operations: 1 }', 'board.json: not JSON: '],
    ['is no object', [], 'board.json: expected a JSON object: { "extends": "stm32h573-sm-1.2", ... }'],
    [
      'extends what is not there',
      { extends: 'psa-ful' },
      'board.json: extends: psa-ful: no such profile; did you mean psa-full?',
    ],
    [
      'names no setting',
      { operation: 3 },
      'board.json: operation: no such setting; did you mean operations?',
    ],
    [
      'has a text for a count',
      { operations: '8' },
      'board.json: operations: expected 1 to 65536 operations, got "8"',
    ],
    [
      'has a count out of range',
      { sharedArea: 4095 },
      'board.json: sharedArea: expected 4096 to 253952 bytes, or null for no limit, got 4095',
    ],
    [
      'has a count for a switch',
      { initialized: 1 },
      'board.json: initialized: expected true or false, got 1',
    ],
    ['has another choice', { ctrIv: 'all' }, 'board.json: ctrIv: expected any or block'],
    [
      'has no such status',
      { operationsExhausted: 'PSA_ERROR_BAD_STAT' },
      'did you mean PSA_ERROR_BAD_STATE?',
    ],
    [
      'has an unknown name',
      { algorithms: ['PSA_ALG_GCMM'] },
      'board.json: algorithms[0]: "PSA_ALG_GCMM" is no name of this list; did you mean PSA_ALG_GCM?',
    ],
    [
      'adds what is no list',
      { algorithms: { add: 'PSA_ALG_GCM' } },
      'board.json: algorithms.add: expected a list of names, got "PSA_ALG_GCM"',
    ],
    ['adds a size that is none', { aesBits: { add: [129] } }, 'aesBits.add[0]: 129 is no name of this list'],
    [
      'misspells a part',
      { operations: { valu: 3 } },
      'board.json: operations.valu: unknown; did you mean value?',
    ],
    [
      'gives no value',
      { operations: { source: 'x' } },
      'board.json: operations: no "value" in {"source":"x"}',
    ],
    [
      'gives an unknown confidence',
      { operations: { value: 3, confidence: 'sure' } },
      'board.json: operations.confidence: expected read, ',
    ],
    [
      'gives a number for a source',
      { operations: { value: 3, source: 3 } },
      'board.json: operations.source: expected text, got 3',
    ],
    ['has a number for a name', { name: 3 }, 'board.json: name: expected text, got 3'],
  ];

  it.each(WRONG)('that %s is refused with where and how to mend it', (_, content, message) => {
    expect(() => readProfile(write(content))).toThrow(message);
  });

  it('that is not there is refused', () => {
    expect(() => profileNamed('./none.json')).toThrow('./none.json: cannot be read: ENOENT');
  });
});
