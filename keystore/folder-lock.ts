/** One process a folder: two would not see each other's keys. A lock of a process that is gone is taken over. */
import { closeSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, failure } from './file-error.ts';
import { StorageError } from './storage.ts';

const LOCK = 'lock';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
};

/** Folders that this process holds: a lock with its own number is left over from another life of that number. */
const HELD = new Set<string>();

/** Gives what unlocks. */
export const lockFolder = (folder: string): (() => void) => {
  const path = join(folder, LOCK);
  const place = realpathSync(folder);
  if (HELD.has(place))
    throw new StorageError(
      'failed',
      `the store ${folder} is in use by another device of this process: close it, or name another folder`,
    );
  for (let attempt = 0; ; attempt++) {
    try {
      const fd = openSync(path, 'wx', 0o600);
      writeSync(fd, String(process.pid));
      closeSync(fd);
      HELD.add(place);
      return () => {
        HELD.delete(place);
        rmSync(path, { force: true });
      };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || attempt > 0) throw failure(`cannot lock ${folder}`, error);
      const pid = Number(readFileSync(path, 'utf8'));
      if (pid !== process.pid && Number.isInteger(pid) && pid > 0 && isAlive(pid))
        throw new StorageError(
          'failed',
          `the store ${folder} is in use by process ${pid}: stop it, or name another folder with --store`,
        );
      rmSync(path, { force: true });
    }
  }
};
