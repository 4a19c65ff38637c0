/** psa_connect, psa_call and psa_close from C: a client of a vendor's kind on every profile, and on a broken wire. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Emulator } from './emulator.ts';
import { type Answer, FakeServer, frame, type Request } from './fake-server.ts';
import { run, succeed, Workshop, with32 } from './programs.ts';

const CONNECT = 0x4403;
const CALL = 0x4404;
const CLOSE = 0x4405;

describe.each(with32() ? ['-m64', '-m32'] : ['-m64'])('built with %s', (width) => {
  const workshop = new Workshop([width], ['h5sm_ipc']);

  beforeAll(() => workshop.prepare(), 60_000);

  afterAll(() => workshop.remove());

  it.each([
    ['psa-full', 'plain', 'aead'],
    ['stm32h573-sm-1.2', 'board', 'aead'],
    ['stm32h573-sm-1.1', 'board', 'no'],
  ])('a non-secure client finds its way through the services of %s', async (profile, kind, aead) => {
    const emulator = new Emulator(profile);
    try {
      const { unix } = await emulator.start();
      const program = await workshop.program('framework.c');
      expect(await succeed(program, [kind, aead], { env: unix })).toBe('framework: all is well\n');
    } finally {
      await emulator.close();
    }
  });
});

describe('an answer', () => {
  const workshop = new Workshop(
    ['-O0', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'],
    ['h5sm_ipc'],
  );
  let server: FakeServer | undefined;
  let program: string;

  beforeAll(async () => {
    await workshop.prepare();
    program = await workshop.program('vectors.c');
  }, 60_000);

  afterAll(() => workshop.remove());

  afterEach(() => server?.close());

  /** What the program says when psa_call is answered so. */
  const answered = async (answer: (seq: unknown) => Uint8Array | undefined) => {
    const all: Answer = ([seq, id]) => {
      if (id === CONNECT) return frame([seq, 0, 0xffffffff]);
      return id === CALL ? answer(seq) : frame([seq, 0]);
    };
    server = new FakeServer(all);
    const env = { H5SM_ENDPOINT: await server.listen() };
    const { code, stdout, stderr } = await run(program, [], { env });
    expect(code).toBe(0);
    return { stdout, stderr, requests: server.requests };
  };

  const packed = (...vectors: number[][]): Uint8Array =>
    Uint8Array.from(vectors.flatMap((v) => [0, 0, 0, v.length, ...v]));

  it('fills vectors as far as there is something, and their lengths follow', async () => {
    const { stdout, requests } = await answered((seq) => frame([seq, 0, packed([1, 2, 3], [4, 5, 6, 7])]));
    expect(stdout).toBe('-1 0 3:010203eeeeeeeeee 4:04050607eeeeeeee\n');
    const [connect, call, close] = requests as [Request, Request, Request];
    expect(connect.slice(1)).toEqual([CONNECT, 2, 1]);
    expect(call.slice(1)).toEqual([
      CALL,
      0xffffffff,
      1002,
      Buffer.from([0, 0, 0, 3, ...Buffer.from('abc'), 0, 0, 0, 0]),
      [8, 4],
    ]);
    expect(close.slice(1)).toEqual([CLOSE, 0xffffffff]);
  });

  it('may leave vectors empty', async () => {
    const { stdout } = await answered((seq) => frame([seq, 0, packed([], [])]));
    expect(stdout).toBe('-1 0 0:eeeeeeeeeeeeeeee 0:eeeeeeeeeeeeeeee\n');
  });

  it('that is a failure leaves them as they were', async () => {
    const { stdout, stderr } = await answered((seq) => frame([seq, -137]));
    expect(stdout).toBe('-1 -137 8:eeeeeeeeeeeeeeee 4:eeeeeeeeeeeeeeee\n');
    expect(stderr).toBe('');
  });

  it.each<[string, unknown]>([
    ['one vector too few', packed([1])],
    ['one too many', packed([], [], [])],
    ['a vector longer than its room', packed([], [1, 2, 3, 4, 5])],
    ['a vector longer than the answer', Uint8Array.of(0, 0, 0, 8, 1)],
    ['half a length', Uint8Array.of(0, 0)],
    ['bytes behind the last', Uint8Array.of(...packed([], []), 0)],
    ['an integer', 5],
    ['an array', [0, 0]],
  ])('with %s is no answer', async (_, element) => {
    const { stdout, stderr } = await answered((seq) => frame([seq, 0, element]));
    expect(stdout).toMatch(/^-1 -145 8:[0-9a-f]{16} 4:eeeeeeeeeeeeeeee\n$/);
    expect(stderr).toMatch(/^h5sm: the answer from [^\n]+\n$/);
  });

  it('that never comes to psa_connect is no handle', async () => {
    expect(await run(program, [], { env: {} })).toMatchObject({
      code: 0,
      stdout: '0 -129 8:eeeeeeeeeeeeeeee 4:eeeeeeeeeeeeeeee\n',
      stderr: expect.stringContaining('H5SM_ENDPOINT'),
    });
  });
});
