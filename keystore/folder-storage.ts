/**
 * A folder with one file a record. A write goes to a temporary file, is synced, renamed over the record and the
 * folder synced: after a crash at any point the record is the old one or the new one.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Storage, StorageError } from './storage.ts';

const LOCK = 'lock';
const TEMPORARY = '.new';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const failure = (what: string, error: unknown): StorageError => {
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error));
  return new StorageError(
    full ? 'full' : 'failed',
    `${what}: ${error instanceof Error ? error.message : error}`,
    { cause: error },
  );
};

const syncFolder = (folder: string): void => {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

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

/** One process a folder: two would not see each other's keys. A lock of a process that is gone is taken over. */
const lock = (folder: string): void => {
  const path = join(folder, LOCK);
  if (HELD.has(realpathSync(folder)))
    throw new StorageError(
      'failed',
      `the store ${folder} is in use by another device of this process: close it, or name another folder`,
    );
  for (let attempt = 0; ; attempt++) {
    try {
      const fd = openSync(path, 'wx', 0o600);
      writeSync(fd, String(process.pid));
      closeSync(fd);
      HELD.add(realpathSync(folder));
      return;
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

export const folderStorage = (folder: string): Storage => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw failure(`cannot make the store ${folder}`, error);
  }
  const place = realpathSync(folder);
  lock(folder);
  // What a crash left half written was never a record.
  for (const name of readdirSync(folder))
    if (name.endsWith(TEMPORARY)) rmSync(join(folder, name), { force: true });

  return {
    description: folder,

    names: () => readdirSync(folder).filter((name) => name !== LOCK && !name.endsWith(TEMPORARY)),

    read: (name) => {
      try {
        return new Uint8Array(readFileSync(join(folder, name)));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw failure(`cannot read ${join(folder, name)}`, error);
      }
    },

    write: (name, data) => {
      const path = join(folder, name);
      try {
        const fd = openSync(path + TEMPORARY, 'w', 0o600);
        try {
          for (let at = 0; at < data.length; ) at += writeSync(fd, data, at);
          fsyncSync(fd);
        } finally {
          closeSync(fd);
        }
        renameSync(path + TEMPORARY, path);
        syncFolder(folder);
      } catch (error) {
        rmSync(path + TEMPORARY, { force: true });
        throw failure(`cannot write ${path}`, error);
      }
    },

    remove: (name) => {
      try {
        rmSync(join(folder, name), { force: true });
        syncFolder(folder);
      } catch (error) {
        throw failure(`cannot remove ${join(folder, name)}`, error);
      }
    },

    close: () => {
      HELD.delete(place);
      rmSync(join(folder, LOCK), { force: true });
    },
  };
};
