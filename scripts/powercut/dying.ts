/**
 * A process that is killed in the middle of a write: `node dying.js <folder> <event>` does the changes of the scenario
 * in that folder, says a line after each, and ends itself by SIGKILL at that event, within the quad-word where it is one.
 */
import { writeSync } from 'node:fs';
import type { Chip } from '../../keystore/chip.ts';
import { ERASED, QUAD_WORD } from '../../keystore/flash.ts';
import { folderChip } from '../../keystore/folder-chip.ts';
import { GEOMETRY, KILLED } from './killed.ts';
import { HUK } from './recorder.ts';

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
};

let events = 0;

/** Counts like the recorder: a quad-word, an erasure, a sync, a step of the counter. */
const dying = ({ flash, counter, ...rest }: Chip, at: number): Chip => {
  const event = <Result>(action: () => Result): Result => (events++ === at ? die() : action());
  return {
    ...rest,
    flash: {
      ...flash,
      program: (address, data) => {
        const words = data.length / QUAD_WORD;
        if (events + words <= at) {
          events += words;
          return flash.program(address, data);
        }
        const whole = (at - events) * QUAD_WORD;
        flash.program(address, data.subarray(0, whole));
        const torn = data.slice(whole, whole + QUAD_WORD).fill(ERASED, 1 + (at % (QUAD_WORD - 1)));
        flash.program(address + whole, torn);
        die();
      },
      erase: (sector) => event(() => flash.erase(sector)),
      sync: () => event(() => flash.sync()),
    },
    counter: {
      get value() {
        return counter.value;
      },
      advance: (to) => event(() => counter.advance(to)),
    },
  };
};

const [folder = '', at = ''] = process.argv.slice(2);
const store = await KILLED.open(dying(folderChip(folder, GEOMETRY, HUK), Number(at)));
for (const step of store.steps) {
  await step();
  writeSync(1, 'done\n');
}
