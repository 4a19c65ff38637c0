/** --trace and --keylog: what is recorded of a device, and where to. */
import type { DeviceOptions } from '../device.ts';
import { createLineFile, type LineFile } from '../trace/file.ts';
import { isOn, textFlag } from './arguments.ts';
import { UsageError } from './usage.ts';
import type { Invocation } from './verbs.ts';

const openFile = (flag: string, path: string): LineFile => {
  const say = (error: unknown) => (error instanceof Error ? error.message : String(error));
  try {
    return createLineFile(path, (error) =>
      process.stderr.write(`h5sm: ${flag} ${path}: ${say(error)}; nothing more is written there\n`),
    );
  } catch (error) {
    throw new UsageError(`${flag} ${path}: ${say(error)}`);
  }
};

const traceOf = (invocation: Invocation): DeviceOptions['trace'] => {
  const path = textFlag(invocation, 'trace');
  const revealInsecure = isOn(invocation, 'reveal-insecure');
  if (path === undefined) {
    if (revealInsecure)
      throw new UsageError('--reveal-insecure: of what --trace records; use --trace <file>');
    return undefined;
  }
  if (path === 'memory') return { revealInsecure };
  const file = openFile('--trace', path);
  return { revealInsecure, sink: (record) => file.write(JSON.stringify(record)) };
};

const clientRandomOf = (invocation: Invocation): Uint8Array | undefined => {
  const text = textFlag(invocation, 'keylog-client-random');
  if (text === undefined) return undefined;
  if (textFlag(invocation, 'keylog') === undefined)
    throw new UsageError('--keylog-client-random: of what --keylog writes; use --keylog <file>');
  if (/^[0-9a-f]{64}$/i.test(text)) return Uint8Array.from(Buffer.from(text, 'hex'));
  throw new UsageError(`--keylog-client-random ${text}: expected 64 hex digits`);
};

export const traceFlags = (invocation: Invocation): Pick<DeviceOptions, 'trace' | 'insecureKeylog'> => {
  const clientRandom = clientRandomOf(invocation);
  const trace = traceOf(invocation);
  const path = textFlag(invocation, 'keylog');
  if (path === undefined) return { trace, insecureKeylog: undefined };
  const file = openFile('--keylog', path);
  return { trace, insecureKeylog: { clientRandom, write: (line) => file.write(line) } };
};
