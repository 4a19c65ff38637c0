/** Wireshark's command line, where it is installed; under CI it has to be. */
import { execFileSync, spawnSync } from 'node:child_process';
import { environment } from './environment.ts';

export const hasTshark: boolean = spawnSync('tshark', ['--version']).status === 0;

if (!hasTshark) {
  const mend = 'tshark is missing: apt install tshark';
  if (environment.CI !== undefined) throw new Error(mend);
  console.warn(`${mend}; what it would prove is skipped`);
}

/** What it says of a capture. */
export const tshark = (capture: string, ...options: readonly string[]): string =>
  execFileSync('tshark', ['-r', capture, ...options], {
    encoding: 'utf8',
    // As root it warns of itself.
    stdio: ['ignore', 'pipe', 'ignore'],
  });
