/** Snapshots and the life cycle from the command line, against an emulator that runs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PSA_ALG_GCM } from '../../../psa-api/constants.ts';
import { connect } from '../../../rpc/client/connect.ts';
import { aesKey } from '../../support/keys.ts';
import { named } from '../../support/status.ts';
import { folderForTest, h5sm, launch, nextLine, ready } from './h5sm.ts';

beforeAll(ready);

const started = async (...args: readonly string[]) => {
  const folder = folderForTest();
  const { child, ended, lines } = launch(['start', '--json', '--quiet', '--store', 'memory', ...args], {
    folder,
  });
  const { endpoint } = JSON.parse(await nextLine({ child, ended, lines }));
  const ask = (...words: readonly string[]) => h5sm(words, { folder });
  return {
    folder,
    ask,
    endpoint,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

describe('h5sm snapshot', () => {
  it('saves, compares, restores, and another emulator begins with it', async () => {
    const { folder, ask, endpoint, end } = await started('--seed', '5');
    const psa = await connect(endpoint);
    const key = await aesKey(psa, PSA_ALG_GCM, { id: 9 });
    const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
    expect(await ask('snapshot', 'save', before)).toMatchObject({ code: 0, stderr: '' });
    expect(await named(psa.destroyKey(key))).toBe('SUCCESS');
    expect(await ask('snapshot', 'save', after)).toMatchObject({ code: 0 });
    const diff = await ask('snapshot', 'diff', before, after);
    expect(diff.code).toBe(1);
    expect(diff.stdout).toMatch(
      /^persistent key 0x00000009 of -1\n {2}- PSA_KEY_TYPE_AES 128 bits, PSA_ALG_GCM, usage /m,
    );
    expect(await ask('snapshot', 'diff', before, before)).toMatchObject({ code: 0, stdout: '' });
    expect(await ask('snapshot', 'restore', before)).toMatchObject({ code: 0 });
    expect(await named(psa.exportKey(key))).toBe('SUCCESS');
    await psa.close();
    await end();

    const other = await started('--snapshot', before);
    const again = await connect(other.endpoint);
    expect(await named(again.exportKey(key))).toBe('SUCCESS');
    await again.close();
    await other.end();
  });

  it('says what is wrong', async () => {
    const { folder, ask, end } = await started();
    const file = join(folder, 'x.json');
    writeFileSync(file, '{}');
    expect(await ask('snapshot', 'restore', file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^h5sm: .*\/v1\/snapshot: not a snapshot: no "format"/),
    });
    expect(await ask('snapshot', 'save')).toMatchObject({
      code: 2,
      stderr: 'h5sm: snapshot save: expected one file to write, got 0 file names\n',
    });
    expect(await ask('start', '--snapshot', join(folder, 'none'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ENOENT'),
    });
    await end();
  });
});

describe('h5sm device', () => {
  it('goes through its life: reset, power cycle, regression', async () => {
    const { ask, endpoint, end } = await started();
    const psa = await connect(endpoint);
    const volatile = await aesKey(psa, PSA_ALG_GCM);
    await aesKey(psa, PSA_ALG_GCM, { id: 9 });
    expect(await ask('device', 'state')).toMatchObject({ code: 0, stdout: 'TZ-Closed\n' });
    expect(await ask('device', 'reset')).toMatchObject({ code: 0 });
    expect(await named(psa.exportKey(volatile))).toBe('INVALID_HANDLE');
    expect(await named(psa.exportKey(9))).toBe('SUCCESS');
    expect(await ask('device', 'state', 'Provisioning')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('by a regression alone'),
    });
    expect(await ask('device', 'regression')).toMatchObject({ code: 0 });
    expect(await named(psa.exportKey(9))).toBe('INVALID_HANDLE');
    expect(await ask('device', 'state')).toMatchObject({ stdout: 'Open\n' });
    await expect(connect(endpoint)).rejects.toThrow(
      'starts no application in product state Open, TZ-Closed at least',
    );
    expect(await ask('device', 'state', 'Locked')).toMatchObject({ code: 0, stdout: 'Locked\n' });
    expect(await ask('device', 'regression')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Locked takes no regression'),
    });
    expect(await ask('device', 'state', 'Ajar')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'Ajar: no product state; there are Open, Provisioning, TZ-Closed, Closed, Locked',
      ),
    });
    await psa.close();
    await end();
  });
});
