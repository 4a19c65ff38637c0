import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PSA_ALG_SHA_256 } from '../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { check } from '../../../rpc/client/check.ts';
import { connect } from '../../../rpc/client/connect.ts';
import { folderForTest, h5sm, launch, nextLine, type Options, ready } from './h5sm.ts';

beforeAll(ready);

const startJson = async (args: readonly string[], options: Options) => {
  const running = launch(['start', '--json', ...args], options);
  return { ...running, info: JSON.parse(await nextLine(running)) };
};

describe('h5sm start', () => {
  it('says it is ready when it is, and stops cleanly', async () => {
    const folder = folderForTest();
    const running = launch(['start', '--store', 'memory'], { folder });
    const socket = join(folder, 'h5sm.sock');
    expect(await nextLine(running)).toBe('h5sm ready');
    await using connection = await connect(`unix:${socket}`);
    expect((await connection.generateRandom(4)).status).toBe(0);
    running.child.kill('SIGTERM');
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(0);
    expect(existsSync(socket)).toBe(false);
    expect(stdout.split('\n')).toEqual([
      'h5sm ready',
      `  endpoint  export H5SM_ENDPOINT=unix:${socket}`,
      '  seed      system entropy',
      '  profile   stm32h573-sm-1.2',
      expect.stringMatching(/^ {2}store {5}memory/),
      `  pid       ${running.child.pid}`,
      '',
    ]);
    expect(stderr).toBe('h5sm: a software emulator, not a secure element; its keys are not protected\n');
  });

  it('stops on SIGINT, with a client connected', async () => {
    const folder = folderForTest();
    const { child, ended, info } = await startJson(['--store', 'memory', '--quiet'], { folder });
    const connection = await connect(info.endpoint);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect((await connection.generateRandom(1)).status).toBe(-145);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps persistent keys in a folder of the user', async () => {
    const folder = folderForTest();
    const first = await startJson([], { folder });
    expect(first.info.store).toContain(join(folder, 'state', 'h5sm'));
    const connection = await connect(first.info.endpoint);
    check(await connection.importKey({ type: 0x1001, bits: 64, id: 77 }, new Uint8Array(8)));
    await connection.close();
    first.child.kill('SIGTERM');
    await first.ended;
    const second = await startJson([], { folder });
    const keys = await h5sm(['keys', 'list', '--json'], { folder });
    expect(JSON.parse(keys.stdout).map(({ id }: { id: number }) => id)).toContain(77);
    second.child.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
  });

  it('repeats everything with a seed', async () => {
    const random = async () => {
      const { child, ended, info } = await startJson(['--seed', '0xC0FFEE', '--store', 'memory'], {});
      const connection = await connect(info.endpoint);
      const { output } = check(await connection.generateRandom(16));
      await connection.close();
      child.kill('SIGTERM');
      await ended;
      return { output, seed: info.seed };
    };
    const [one, two] = await Promise.all([random(), random()]);
    expect(one.seed).toBe('c0ffee');
    expect(two).toEqual(one);
  });

  it('serves TCP with a token, and the socket beside it', async () => {
    const folder = folderForTest();
    const { info } = await startJson(['--tcp', '0', '--store', 'memory'], { folder });
    expect(info.endpoints).toHaveLength(2);
    expect(info.endpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
    await using connection = await connect(info.endpoint, { token: info.token });
    expect((await connection.generateRandom(1)).status).toBe(0);
    const asked = await Promise.all([
      h5sm(['status', '--json'], { folder }),
      h5sm(['status', '--json', '--endpoint', info.endpoint, '--token', info.token], { folder }),
      h5sm(['status', '--json'], { folder, env: { H5SM_ENDPOINT: info.endpoint, H5SM_TOKEN: info.token } }),
      h5sm(['status', '--json', '--endpoint', info.endpoint], { folder }),
    ]);
    expect(asked.map(({ code }) => code)).toEqual([0, 0, 0, 1]);
    expect(asked[3]?.stderr).toMatch(/TCP needs the token/);
  });

  it('does not put its socket where others can write', async () => {
    const folder = folderForTest();
    chmodSync(folder, 0o777);
    const { code, stderr } = await h5sm(['start', '--store', 'memory'], { folder });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `h5sm: folder ${folder}: others can write there; remove it or name a socket with --socket\n`,
    );
  });

  it('does not take the socket of another', async () => {
    const folder = folderForTest();
    await startJson(['--store', 'memory'], { folder });
    const { code, stdout, stderr } = await h5sm(['start', '--store', 'memory'], { folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^h5sm: socket .*h5sm\.sock: an emulator is listening there already; stop it or choose another path\n$/,
    );
  });
});

describe('questions to a running emulator', () => {
  it('are answered for people and for programs', async () => {
    const folder = folderForTest();
    const { info } = await startJson(['--store', 'memory', '--seed', '1'], { folder });
    await using connection = await connect(info.endpoint);
    check(await connection.hashSetup(hashOperationInit(), PSA_ALG_SHA_256));
    const [status, statusJson, keys, keysJson, capabilities] = await Promise.all([
      h5sm(['status'], { folder }),
      h5sm(['status', '--json'], { folder }),
      h5sm(['keys', 'list'], { folder }),
      h5sm(['keys', 'list', '--json'], { folder }),
      h5sm(['capabilities', '--json'], { folder }),
    ]);
    expect(status.stdout).toMatch(/^operations +1 open$/m);
    expect(status.stdout).toMatch(/hash +0x02000009 +-1/);
    expect(JSON.parse(statusJson.stdout)).toMatchObject({ connections: 1, operations: [{ family: 'hash' }] });
    expect(keys.stdout).toMatch(/^0x3ffffffe .* built-in /m);
    expect(JSON.parse(keysJson.stdout)).toMatchObject([{ id: 0x3ffffffe, kind: 'built-in' }]);
    expect(JSON.parse(capabilities.stdout).profile).toBe('stm32h573-sm-1.2');
  });

  it('without one fail with what to do; a profile can be asked for without', async () => {
    const folder = folderForTest();
    const [status, json, text] = await Promise.all([
      h5sm(['status'], { folder }),
      h5sm(['capabilities', '--profile', 'psa-full', '--json'], { folder }),
      h5sm(['capabilities', '--profile', 'psa-full'], { folder }),
    ]);
    expect(status).toMatchObject({ code: 1, stdout: '' });
    expect(status.stderr).toMatch(
      /^h5sm: cannot ask unix:.*: no emulator there; start one with `h5sm start`/,
    );
    expect(JSON.parse(json.stdout).functions.length).toBeGreaterThan(100);
    expect(text.stdout).toMatch(/^profile psa-full: .*\n\d+ of \d+ functions/);
  });
});
