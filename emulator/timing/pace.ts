/** Real time on demand: answers come when the board would have given them. */

/** Timers know no less; shorter debts add up. */
const TICK_NS = 1_000_000;

/** Waits out what the board would have taken beyond `spent`, both in nanoseconds; undefined where there is nothing to wait for yet. */
export const createPace = (): ((board: number, spent: number) => Promise<void> | undefined) => {
  let debt = 0;
  return (board, spent) => {
    debt = Math.max(0, debt + board - spent);
    if (debt < TICK_NS) return undefined;
    const wait = debt;
    debt = 0;
    return new Promise((resolve) => setTimeout(resolve, wait / TICK_NS));
  };
};
