/** --fault and --countermeasures: what goes wrong in the device, and what it does against it. */
import { didYouMean } from '../../psa-api/nearest.ts';
import type { DeviceOptions } from '../device.ts';
import { textFlag, textFlags } from './arguments.ts';
import { UsageError } from './usage.ts';
import type { Invocation } from './verbs.ts';

/** A fault that cannot be is told before anything is started. */
const checkFault = async (line: string): Promise<string> => {
  const { parseFault } = await import('../faults/line.ts');
  try {
    parseFault(line);
    return line;
  } catch (error) {
    throw new UsageError(`--fault: ${error instanceof Error ? error.message : error}`);
  }
};

const countermeasuresOf = async (text: string): Promise<DeviceOptions['countermeasures']> => {
  const { COUNTERMEASURES } = await import('../faults/countermeasures.ts');
  return text.split(',').map((name) => {
    const found = COUNTERMEASURES.find((known) => known === name.trim());
    if (found !== undefined) return found;
    const mend = didYouMean(name, COUNTERMEASURES) || `; there are ${COUNTERMEASURES.join(', ')}`;
    throw new UsageError(`--countermeasures ${name}: no such countermeasure${mend}`);
  });
};

export const faultFlags = async (
  invocation: Invocation,
): Promise<Pick<DeviceOptions, 'faults' | 'countermeasures'>> => {
  const lines = textFlags(invocation, 'fault');
  const countermeasures = textFlag(invocation, 'countermeasures');
  return {
    faults: await Promise.all(lines.map(checkFault)),
    ...(countermeasures === undefined ? {} : { countermeasures: await countermeasuresOf(countermeasures) }),
  };
};
