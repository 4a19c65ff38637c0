/** `h5sm snapshot save|restore|diff`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileNames, textFlag } from './arguments.ts';
import { ask, send } from './ask.ts';
import { print } from './print.ts';
import { UsageError } from './usage.ts';
import type { Invocation, Run } from './verbs.ts';

export const save: Run = async (invocation) => {
  const [path = ''] = fileNames(invocation, 'snapshot save', 'one file to write');
  const snapshot = await ask<object>(invocation, '/v1/snapshot');
  // Keys are in it.
  writeFileSync(path, `${JSON.stringify(snapshot, undefined, 1)}\n`, { mode: 0o600 });
  return 0;
};

export const restore: Run = async (invocation) => {
  const [path = ''] = fileNames(invocation, 'snapshot restore', 'the file to restore');
  await send(invocation, 'PUT', '/v1/snapshot', readFileSync(path));
  return 0;
};

export const diff: Run = async (invocation) => {
  const [before = '', after = ''] = fileNames(
    invocation,
    'snapshot diff',
    'the file before',
    'the file after',
  );
  const { diffSnapshots } = await import('../snapshot/diff.ts');
  const differences = diffSnapshots(readFileSync(before), readFileSync(after));
  print(invocation, differences, (all) =>
    all
      .map(({ what, before: old, after: now }) =>
        [
          what,
          ...(old === undefined ? [] : [`  - ${old}`]),
          ...(now === undefined ? [] : [`  + ${now}`]),
          '',
        ].join('\n'),
      )
      .join(''),
  );
  return differences.length === 0 ? 0 : 1;
};

/** The bytes that --snapshot names. */
export const snapshotFlag = (invocation: Invocation): Uint8Array | undefined => {
  const path = textFlag(invocation, 'snapshot');
  if (path === undefined) return undefined;
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(`--snapshot ${path}: ${error instanceof Error ? error.message : error}`);
  }
};
