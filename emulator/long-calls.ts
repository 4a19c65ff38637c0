/** Long arithmetic in slices, so that other clients and the control channel are answered in between. */
import type { Long } from '../engine/engine.ts';
import type { Caller } from '../psa-api/handler.ts';
import type { Maybe } from '../psa-api/maybe.ts';
import { Abandoned } from '../psa-api/services.ts';

/** What is done within this time is answered at once; longer work yields this often. */
const SLICE_MS = 5;

/** Does pieces until the time is over; the result, if it came. */
const slice = <T>(long: Long<T>): { readonly result: T } | undefined => {
  const end = performance.now() + SLICE_MS;
  for (;;) {
    const step = long.next();
    if (step.done) return { result: step.value };
    if (performance.now() >= end) return undefined;
  }
};

export const runLong = <T>(long: Long<T>, caller: Caller): Maybe<T> => {
  const first = slice(long);
  if (first !== undefined) return first.result;
  return new Promise((resolve, reject) => {
    const turn = () => {
      try {
        if (caller.closed) {
          long.return(undefined as never);
          reject(new Abandoned('the caller is gone'));
          return;
        }
        const done = slice(long);
        if (done === undefined) setImmediate(turn);
        else resolve(done.result);
      } catch (error) {
        reject(error);
      }
    };
    setImmediate(turn);
  });
};
