/** `h5sm trace tail`: the calls of a running emulator as they come. */
import type { TraceRecord } from '../trace/event.ts';
import { recordText } from '../trace/text.ts';
import { isOn, textFlag } from './arguments.ts';
import { askLines } from './ask.ts';
import { UsageError } from './usage.ts';
import type { Run } from './verbs.ts';

export const run: Run = async (invocation) => {
  const lines = textFlag(invocation, 'lines') ?? '10';
  if (!/^\d{1,9}$/.test(lines)) throw new UsageError(`trace tail: --lines ${lines}: expected a number`);
  // A reader that has seen enough, as `head`, is no failure.
  process.stdout.once('error', () => process.exit(0));
  for await (const line of askLines(invocation, `/v1/trace?follow=1&last=${lines}`)) {
    const record: TraceRecord = JSON.parse(line);
    process.stdout.write(`${isOn(invocation, 'json') ? line : recordText(record)}\n`);
  }
  return 0;
};
