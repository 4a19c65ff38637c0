/** Long arithmetic in pieces: how its synchronous form is made of it. */

import type { Long } from '../engine.ts';

/** Does all pieces at once. */
export function drain<T>(long: Long<T>): T {
  for (;;) {
    const step = long.next();
    if (step.done === true) return step.value;
  }
}
