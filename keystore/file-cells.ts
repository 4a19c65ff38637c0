/** Cells of flash in a file. It reaches as far as anything was written; what lies beyond is erased. */
import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { failure } from './file-error.ts';
import { type Cells, ERASED } from './flash.ts';

export interface FileCells extends Cells {
  close(): void;
}

const writeAll = (fd: number, at: number, data: Uint8Array): void => {
  for (let done = 0; done < data.length; ) done += writeSync(fd, data, done, data.length - done, at + done);
};

/** The file has to exist. */
export const fileCells = (path: string): FileCells => {
  const attempt = <Result>(what: string, action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      throw failure(`cannot ${what} ${path}`, error);
    }
  };
  const fd = attempt('open', () => openSync(path, 'r+'));
  let size = attempt('read', () => fstatSync(fd).size);
  return {
    extent: () => size,
    read: (at, length) => {
      const data = new Uint8Array(length).fill(ERASED);
      const end = Math.min(length, size - at);
      attempt('read', () => {
        for (let done = 0; done < end; ) {
          const count = readSync(fd, data, done, end - done, at + done);
          if (count === 0) throw new Error('it became shorter');
          done += count;
        }
      });
      return data;
    },
    write: (at, data) =>
      attempt('write', () => {
        if (at > size) {
          writeAll(fd, size, new Uint8Array(at - size).fill(ERASED));
          size = at;
        }
        writeAll(fd, at, data);
        size = Math.max(size, at + data.length);
      }),
    sync: () => attempt('sync', () => fdatasyncSync(fd)),
    close: () => closeSync(fd),
  };
};
