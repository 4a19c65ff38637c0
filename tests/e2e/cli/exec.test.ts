import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderForTest, h5sm, launch, MAIN, nextLine, ready } from './h5sm.ts';

beforeAll(ready);

const LIBRARY = pathToFileURL(join(MAIN, '../../../index.js')).href;

/** A program that talks to the device of its environment. */
const script = (body: string): string[] => [
  process.execPath,
  '--input-type=module',
  '-e',
  `import { connect, check } from '${LIBRARY}';\n${body}`,
];

describe('h5sm exec', () => {
  it('runs a command with a device of its own and leaves nothing behind', async () => {
    const folder = folderForTest();
    const program =
      'const c = await connect(); console.log(check(await c.generateRandom(4)).output.length, c.endpoint);';
    const { code, stdout, stderr } = await h5sm(['exec', '--', ...script(program)], { folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^4 unix:.*\/h5sm\.sock\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives each command another device, or the same one by seed', async () => {
    const program = script(
      'const c = await connect(); console.log((await c.generateRandom(8)).output.join());',
    );
    const outputs = await Promise.all(
      [[], [], ['--seed', '5'], ['--seed=5']].map(
        async (flags) => (await h5sm(['exec', ...flags, '--', ...program])).stdout,
      ),
    );
    expect(new Set(outputs.slice(0, 3)).size).toBe(3);
    expect(outputs[3]).toBe(outputs[2]);
  });

  it('hands the flags after the command to the command', async () => {
    const { stdout } = await h5sm(['exec', 'echo', '--seed', '--json', '--', 'x']);
    expect(stdout).toBe('--seed --json -- x\n');
  });

  it('takes H5SM_TOKEN of another emulator away', async () => {
    const { stdout } = await h5sm(['exec', '--', 'sh', '-c', 'echo "[$H5SM_TOKEN]"'], {
      env: { H5SM_TOKEN: 'x' },
    });
    expect(stdout).toBe('[]\n');
  });

  it('returns what the command does, 128 and the number where a signal ended it', async () => {
    const folder = folderForTest();
    const commands = ['exit 0', 'exit 7', 'kill -9 $$', 'kill -15 $$'];
    const ended = await Promise.all(
      commands.map((command) => h5sm(['exec', '--', 'sh', '-c', command], { folder })),
    );
    expect(ended.map(({ code }) => code)).toEqual([0, 7, 128 + 9, 128 + 15]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('answers 127 for a command that is not there and 126 for one that cannot be run', async () => {
    const folder = folderForTest();
    const text = join(folder, 'text');
    writeFileSync(text, 'not a program');
    chmodSync(text, 0o644);
    const [missing, refused] = await Promise.all([
      h5sm(['exec', '--', 'nonesuch']),
      h5sm(['exec', '--', text]),
    ]);
    expect(missing).toMatchObject({ code: 127, stderr: 'h5sm: exec: nonesuch: command not found\n' });
    expect(refused).toMatchObject({ code: 126, stderr: `h5sm: exec: ${text}: not executable\n` });
  });

  it('forwards signals and goes with the command', async () => {
    const folder = folderForTest();
    const forwards = async (signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP') => {
      const program = `process.on('${signal}', () => process.exit(33)); setInterval(() => {}, 1000); console.log('up');`;
      const running = launch(['exec', '--', process.execPath, '-e', program], { folder });
      expect(await nextLine(running)).toBe('up');
      running.child.kill(signal);
      return (await running.ended).code;
    };
    expect(await Promise.all([forwards('SIGTERM'), forwards('SIGINT'), forwards('SIGHUP')])).toEqual([
      33, 33, 33,
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('provisions the device from a seed file, and tells what is wrong with one before it runs anything', async () => {
    const folder = folderForTest();
    const file = join(folder, 'factory.json');
    writeFileSync(file, JSON.stringify({ data: [{ uid: '0x100', utf8: 'from the factory' }] }));
    const program = `const c = await connect();
      console.log(new TextDecoder().decode(check(await c.itsGet(0x100n, 0)).data));`;
    const { code, stdout } = await h5sm(['exec', '--factory', file, '--', ...script(program)]);
    expect([code, stdout]).toEqual([0, 'from the factory\n']);
    writeFileSync(file, JSON.stringify({ data: [{ uid: 0, utf8: '' }] }));
    const wrong = await h5sm(['exec', '--factory', file, '--', 'echo', 'ran']);
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toBe(`h5sm: ${file}, data[0].uid: 0 is no uid (PSA Secure Storage 1.0, 5.3)\n`);
  });

  it('signs attestation tokens with the key that is wanted', async () => {
    const program = `const c = await connect();
      console.log(Buffer.from(check(await c.initialAttestGetToken(new Uint8Array(32))).tokenBuf).toString('hex'));`;
    // The instance id of TF-M's published key.
    const published = '01fa58755f658627ce5460f29b75296713248cae7ad9e2984b90280efcbcb50248';
    const [plain, own] = await Promise.all(
      [[], ['--attestation-key', 'device']].map((flags) =>
        h5sm(['exec', '--seed', '1', ...flags, '--', ...script(program)]),
      ),
    );
    expect(plain?.stdout).toContain(published);
    expect(own?.stdout).toMatch(/^d284/);
    expect(own?.stdout).not.toContain(published);
  });

  it('tells of a store that cannot be used before it runs anything', async () => {
    const folder = folderForTest();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { code, stdout, stderr } = await h5sm(['exec', '--store', file, '--', 'echo', 'ran']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^h5sm: /);
  });
});
