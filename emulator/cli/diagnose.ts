/** `h5sm diagnose`: what a trace in a file says of the program that was traced. */
import { Diagnosis } from '../diagnose/diagnosis.ts';
import type { Finding } from '../diagnose/finding.ts';
import { findingsText } from '../diagnose/text.ts';
import type { Profile } from '../profiles/profile.ts';
import { profileNamed } from '../profiles/profile-file.ts';
import { BadTrace, readTrace } from '../trace/read.ts';
import { fileNames, textFlag } from './arguments.ts';
import { checkProfile } from './device.ts';
import { print } from './print.ts';
import { UsageError } from './usage.ts';
import type { Run } from './verbs.ts';

interface Examined {
  readonly findings: readonly Finding[];
  readonly calls: number;
}

const isMissing = (error: unknown): error is Error => error instanceof Error && 'code' in error;

const examine = async (path: string, profile: Profile | undefined): Promise<Examined> => {
  const diagnosis = new Diagnosis({ profile });
  let calls = 0;
  try {
    for await (const record of readTrace(path)) {
      if (!('event' in record)) calls++;
      diagnosis.take(record);
    }
  } catch (error) {
    // 1 says that something was found: a file that cannot be read is wrong use.
    if (error instanceof BadTrace) throw new UsageError(`diagnose: ${error.message}`);
    if (isMissing(error)) throw new UsageError(`diagnose: ${path}: cannot be read: ${error.message}`);
    throw error;
  }
  return { findings: diagnosis.findings(), calls };
};

export const run: Run = async (invocation) => {
  const [path = ''] = fileNames(invocation, 'diagnose', 'one trace to read');
  const name = textFlag(invocation, 'profile');
  await checkProfile(name);
  const { findings, calls } = await examine(path, name === undefined ? undefined : profileNamed(name));
  print(invocation, findings, (all) => findingsText(all, calls));
  return findings.length === 0 ? 0 : 1;
};
