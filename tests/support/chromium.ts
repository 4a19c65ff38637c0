/** A browser without a window, where it is installed; under CI it has to be. */
import { spawnSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { environment } from './environment.ts';

const PROGRAM = 'chromium';

const where = spawnSync('sh', ['-c', `command -v ${PROGRAM}`], { encoding: 'utf8' }).stdout.trim();

export const hasChromium: boolean = where !== '';

if (!hasChromium) {
  const mend = 'chromium is missing: apt install chromium';
  if (environment.CI !== undefined) throw new Error(mend);
  console.warn(`${mend}; what it would prove is skipped`);
}

export const openBrowser = async (): Promise<Browser> => {
  const { chromium } = await import('playwright-core');
  // Without a sandbox of its own: tests run as root in containers.
  return chromium.launch({ executablePath: where, args: ['--no-sandbox', '--disable-gpu'] });
};
