/**
 * A trace, or a key log, into a file as it comes. Written at once and in order: a disk or a reader that is slow slows
 * the device down instead of filling its memory, and what has been written is there however the process ends. Only
 * SIGKILL and a crash of node itself take the last moments along.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

/** Characters that are gathered before they are written. */
const CHUNK = 64 * 1024;
/** A reader waits for what is gathered no longer than this. */
const DELAY_MS = 50;

export interface LineFile {
  write(line: string): void;
  close(): void;
}

const writeWhole = (file: number, text: string): void => {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
};

/** Throws where the file cannot be made. It is readable by its owner alone. */
export const createLineFile = (path: string, onError: (error: unknown) => void): LineFile => {
  let file: number | undefined = openSync(path, 'w', 0o600);
  let text = '';
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const gathered = text;
    text = '';
    if (file === undefined || gathered === '') return;
    try {
      writeWhole(file, gathered);
    } catch (error) {
      // Once: a full disk stays full, and the device has its work to do.
      file = undefined;
      onError(error);
    }
  };
  const close = (): void => {
    process.off('exit', flush);
    flush();
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  process.on('exit', flush);

  return {
    write(line) {
      if (file === undefined) return;
      text += `${line}\n`;
      if (text.length >= CHUNK) flush();
      else timer ??= setTimeout(flush, DELAY_MS).unref();
    },
    close,
  };
};
