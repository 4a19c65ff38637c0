/** How far a campaign is, on a terminal: a line that is written over. */

const WIDTH = 24;
const EVERY_MS = 100;

const clock = (seconds: number): string => {
  const rest = Math.round(seconds);
  return `${Math.floor(rest / 60)}:${`${rest % 60}`.padStart(2, '0')}`;
};

export interface Progress {
  /** One more is done, so many are left. */
  step(left: number): void;
  end(): void;
}

const SILENT: Progress = { step: () => {}, end: () => {} };

export const createProgress = (stream: NodeJS.WriteStream, isOff: boolean): Progress => {
  if (isOff || stream.isTTY !== true) return SILENT;
  const begun = performance.now();
  let done = 0;
  let shown = 0;
  return {
    step: (left) => {
      done++;
      const now = performance.now();
      if (left > 0 && now - shown < EVERY_MS) return;
      shown = now;
      const rate = (done * 1000) / (now - begun);
      const full = Math.round((WIDTH * done) / (done + left));
      const bar = `${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}`;
      stream.write(
        `\r[${bar}] ${done}/${done + left}  ${rate.toFixed(1)} cases/s  ${clock(left / rate)} left \u001b[K`,
      );
    },
    end: () => {
      if (done > 0) stream.write('\r\u001b[K');
    },
  };
};
