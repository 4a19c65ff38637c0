/** Traces in files: of a device that did a little work. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceOptions } from '../../../../emulator/device.ts';
import type { TraceRecord } from '../../../../emulator/trace/event.ts';
import type { Psa } from '../../../../psa-api/generated/psa.ts';
import { openForTest } from '../../../support/device.ts';
import { temporaryFolder } from '../../../support/folder.ts';

export const record = async (
  work: (psa: Psa) => Promise<unknown>,
  options: DeviceOptions = {},
): Promise<TraceRecord[]> => {
  const records: TraceRecord[] = [];
  const { psa, close } = await openForTest({ trace: { sink: (entry) => records.push(entry) }, ...options });
  await work(psa);
  await close();
  return records;
};

export const fileOf = (text: string): string => {
  const path = join(temporaryFolder(), 'trace.ndjson');
  writeFileSync(path, text);
  return path;
};

export const ndjson = (records: readonly TraceRecord[]): string =>
  records.map((entry) => `${JSON.stringify(entry)}\n`).join('');

export async function* stream<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

export const collect = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
};
