/** The C library stands in for the device's own client, where the profile asks for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Emulator } from './emulator.ts';
import { succeed, Workshop } from './programs.ts';

describe.each([
  ['stm32h573-sm-1.2', 'board'],
  ['psa-full', 'plain'],
])('%s', (profile, kind) => {
  const emulator = new Emulator(profile);
  const workshop = new Workshop();

  beforeAll(() => workshop.prepare(), 60_000);

  afterAll(async () => {
    workshop.remove();
    await emulator.close();
  });

  it(`has lengths after errors and filled outputs as it is ${kind}`, async () => {
    const { unix } = await emulator.start();
    expect(await succeed(await workshop.program('quirks.c'), [kind], { env: unix })).toBe(
      'quirks: all is well\n',
    );
  });
});
