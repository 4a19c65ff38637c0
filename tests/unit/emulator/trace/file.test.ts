/** Lines into a file: all of them, in order, and a disk that is full. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLineFile } from '../../../../emulator/trace/file.ts';
import { temporaryFolder } from '../../../support/folder.ts';

const never = (error: unknown): never => {
  throw error;
};

describe('a file of lines', () => {
  it('holds every line in its order, for its owner alone', () => {
    const path = join(temporaryFolder(), 'lines');
    const file = createLineFile(path, never);
    const lines = Array.from({ length: 5000 }, (_, i) => `${i} ${'ä'.repeat(i % 100)}`);
    for (const line of lines) file.write(line);
    file.close();
    expect(readFileSync(path, 'utf8')).toBe(`${lines.join('\n')}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('shows what was written without more being written', async () => {
    const path = join(temporaryFolder(), 'lines');
    const file = createLineFile(path, never);
    file.write('one');
    await expect.poll(() => readFileSync(path, 'utf8')).toBe('one\n');
    file.close();
  });

  it('says once that the disk is full, and writes no more', () => {
    const errors: unknown[] = [];
    const file = createLineFile('/dev/full', (error) => errors.push(error));
    for (let i = 0; i < 3; i++) file.write('x'.repeat(100_000));
    file.close();
    expect(errors).toMatchObject([{ code: 'ENOSPC' }]);
  });

  it('cannot be where there is no folder', () => {
    expect(() => createLineFile(join(temporaryFolder(), 'none', 'lines'), never)).toThrow('ENOENT');
  });
});
