/** Real processes on a real folder, ended by SIGKILL in the middle of a write. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../../rpc/client/check.ts';
import { connect } from '../../../rpc/client/connect.ts';
import { killProcesses } from '../../../scripts/powercut/killed.ts';
import { folderForTest, launch, nextLine, ready } from '../cli/h5sm.ts';

const DYING = fileURLToPath(new URL('../../../dist/scripts/powercut/dying.js', import.meta.url));

beforeAll(ready);

describe('a process killed', () => {
  it('at a quad-word, an erasure, a sync or a step of the counter leaves the old or the new state', async () => {
    const report = await killProcesses(DYING, 6);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ lost: 0, half: 0 });
    expect(report.old).toBeGreaterThan(0);
    expect(report.new).toBeGreaterThan(0);
  });

  it('while clients write keeps every key that it acknowledged', async () => {
    const folder = folderForTest();
    const acknowledged: number[] = [];
    for (let round = 0; round < 3; round++) {
      const running = launch(['start', '--json', '--quiet'], { folder });
      const { endpoint } = JSON.parse(await nextLine(running));
      const connection = await connect(endpoint);
      for (const id of acknowledged)
        expect(check(await connection.exportKey(id)).data).toEqual(new Uint8Array(100).fill(id));
      // Killed while it has many calls to answer; those that it answered count.
      const writing = Array.from({ length: 40 }, async (_, i) => {
        const id = 100 * round + i + 1;
        const data = new Uint8Array(100).fill(id);
        const { status } = await connection.importKey({ type: 0x1001, usage: 1, id }, data);
        if (status === 0) acknowledged.push(id);
      });
      await Promise.race(writing.slice(5 + 7 * round));
      running.child.kill('SIGKILL');
      await Promise.all(writing);
      await running.ended;
      await connection.close();
    }
    expect(acknowledged.length).toBeGreaterThan(15);
  });
});

describe('h5sm start', () => {
  it('refuses an older copy of the flash', async () => {
    const folder = folderForTest();
    const store = join(folder, 'state', 'h5sm', 'stm32h573-sm-1.2');
    const [flash, older] = [join(store, 'flash.bin'), join(folder, 'older.bin')];
    for (const id of [1, 2]) {
      const running = launch(['start', '--json', '--quiet'], { folder });
      const { endpoint } = JSON.parse(await nextLine(running));
      const connection = await connect(endpoint);
      check(await connection.importKey({ type: 0x1001, id }, new Uint8Array(8)));
      await connection.close();
      running.child.kill('SIGTERM');
      await running.ended;
      if (id === 1) copyFileSync(flash, older);
    }
    copyFileSync(older, flash);
    const { code, stdout, stderr } = await launch(['start', '--quiet'], { folder }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `h5sm: the flash of the store ${store} is not as this device left it: it is at write 1, the counter at 2: an older copy, or damaged; put back what it wrote last, or name another folder with --store\n`,
    );
  });
});
