/** h5sm/ctl.h: a program in C and the emulator, with the library and the single file, in both widths. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Emulator } from './emulator.ts';
import { run, Workshop, with32 } from './programs.ts';

const REPORT = `NOT MET: psa_generate_random = PSA_ERROR_BAD_STATE, expected 1 time, came 0 times
calls made:
   1  psa_generate_random(output 1 B) = PSA_SUCCESS
`;

const WHY = expect.stringMatching(/^h5sm: fault: .*\n {2}api\.psa_no\.enter->count\n {2}\^+\n$/);

describe.each(with32() ? ['-m64', '-m32'] : ['-m64'])('built with %s', (width) => {
  const workshop = new Workshop(
    [width, '-fsanitize=undefined', '-fno-sanitize-recover=all'],
    ['h5sm_psa', 'h5sm_ctl'],
  );
  let program: string;

  beforeAll(async () => {
    await workshop.prepare();
    program = await workshop.program('control.c');
  }, 60_000);

  afterAll(() => workshop.remove());

  it.each(['stm32h573-sm-1.1', 'stm32h573-sm-1.2', 'psa-full'])(
    'a test asks the emulator: %s',
    async (profile) => {
      const emulator = new Emulator(profile);
      const { unix, tcp } = await emulator.start();
      for (const env of [unix, tcp])
        expect(await run(program, [], { env })).toEqual({
          code: 0,
          signal: null,
          stdout: REPORT,
          stderr: WHY,
        });
      await emulator.close();
    },
  );

  it('no emulator is a failure of communication', async () => {
    const source = join(workshop.path, 'nobody.c');
    writeFileSync(
      source,
      `#include <h5sm/ctl.h>
#include <stdio.h>
int main(void)
{
    size_t count = 7;
    char report[10] = "stale";
    printf("%d %d", (int)h5sm_ctl_reset(), (int)h5sm_ctl_open_operations(&count));
    printf(" %zu %d", count, (int)h5sm_ctl_verify(report, sizeof report));
    printf(" [%s]\\n", report);
    return 0;
}
`,
    );
    const { stdout, stderr } = await run(await workshop.program(source), [], { env: {} });
    expect(stdout).toBe('-145 -145 0 -145 []\n');
    expect(stderr).toContain('H5SM_ENDPOINT');
  });
});
