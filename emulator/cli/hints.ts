/** --hints: what a diagnosis finds, on stderr while the device runs. */
import type { Device } from '../device.ts';
import { Diagnosis } from '../diagnose/diagnosis.ts';
import { hintText } from '../diagnose/text.ts';
import { profileNamed } from '../profiles/profile-file.ts';

/** Hears every call of the device from now on. `profile` is the flag's: a name or a file. */
export const giveHints = ({ trace }: Device, profile: string | undefined): void => {
  const diagnosis = new Diagnosis({
    profile: profile === undefined ? undefined : profileNamed(profile),
    onFinding: (finding) => process.stderr.write(hintText(finding)),
  });
  // A recording that has begun has said what device it is of.
  for (const record of trace.since()) diagnosis.take(record);
  trace.listen((record) => diagnosis.take(record));
};
