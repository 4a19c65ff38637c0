/** C programs against the emulator: the whole API, signals, threads, children, restarts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Emulator } from './emulator.ts';
import { FakeServer, frame } from './fake-server.ts';
import { run, Steps, succeed, type Variables, Workshop, with32 } from './programs.ts';

const emulator = new Emulator();
let unix: Variables;
let tcp: Variables;

beforeAll(async () => {
  ({ unix, tcp } = await emulator.start());
});

afterAll(() => emulator.close());

describe.each(with32() ? ['-m64', '-m32'] : ['-m64'])('built with %s', (width) => {
  const workshop = new Workshop([width]);

  beforeAll(() => workshop.prepare(), 60_000);

  afterAll(() => workshop.remove());

  it('a firmware finds its way through the API, over a UNIX socket and over TCP', async () => {
    const program = await workshop.program('tour.c');
    expect(await succeed(program, [], { env: unix })).toBe('tour: all is well\n');
    expect(await succeed(program, [], { env: tcp })).toBe('tour: all is well\n');
  });

  it('a firmware uses the services beside Crypto, each as its own client', async () => {
    const program = await workshop.program('services.c');
    const client = width === '-m64' ? ['21', '22'] : ['23', '24'];
    for (const [i, over] of [unix, tcp].entries())
      expect(await succeed(program, [], { env: { ...over, H5SM_CLIENT_ID: client[i] } })).toBe(
        'services: all is well\n',
      );
    expect(await run(program, [], { env: {} })).toMatchObject({
      code: 0,
      stdout: 'services: no emulator\nservices: all is well\n',
      stderr: expect.stringContaining('H5SM_ENDPOINT'),
    });
  });

  it('links into a program that cannot be moved (non-PIE)', async () => {
    const program = await workshop.program('hooks.c', ['-no-pie']);
    expect(await succeed(program, [], { env: unix })).toBe('hooks 1\n');
  });
});

describe('a program', () => {
  const workshop = new Workshop();

  beforeAll(() => workshop.prepare(), 60_000);

  afterAll(() => workshop.remove());

  it('that allows no heap can make calls, and can be told that they fail', async () => {
    const program = await workshop.program('no-heap.c');
    await succeed(program, [], { env: unix });
    await succeed(program, [], { env: tcp });
    const dead = { ...tcp, H5SM_ENDPOINT: 'tcp://localhost:1', EXPECT_FAILURE: '1' };
    expect(await run(program, [], { env: dead })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('nothing listens there'),
    });
    expect(await run(program, [], { env: { EXPECT_FAILURE: '1' } })).toMatchObject({ code: 0 });
  });

  it('in a storm of signals has all its calls answered', async () => {
    const program = await workshop.program('signals.c');
    const storm = await succeed(program, ['2000'], { env: unix });
    expect(Number(/^signals (\d+)$/m.exec(storm)?.[1])).toBeGreaterThan(10);
  });

  it('gets a signal that comes during a call after it', async () => {
    const program = await workshop.program('signals.c');
    const server = new FakeServer(([seq, id], socket) => {
      if (id === 1) return frame([seq, 0]);
      setTimeout(() => socket.write(frame([seq, 0, 3])), 100);
      return undefined;
    });
    const env = { H5SM_ENDPOINT: await server.listen() };
    expect(await succeed(program, [], { env })).toBe('signals 1\n');
    await server.close();
  });

  it('calls from many threads, loses some of them, and forks', async () => {
    const program = await workshop.program('threads.c');
    expect(await succeed(program, [], { env: unix })).toBe('threads: all is well\n');
  });

  it('has its own hooks called in pairs, also around a call that fails', async () => {
    const program = await workshop.program('hooks.c');
    expect(await succeed(program, [], { env: unix })).toBe('hooks 1\n');
    expect(await succeed(program, [], { env: {} })).toBe('hooks 0\n');
  });

  it.each(['unix', 'tcp'] as const)('goes on with an emulator that was started anew (%s)', async (over) => {
    const program = await workshop.program('steps.c');
    const client = new Steps(program, over === 'unix' ? unix : tcp);
    expect(await client.ask('init')).toBe('0');
    const handle = Number(/^0 (\d+)$/.exec(await client.ask('setup'))?.[1]);
    await emulator.stop();
    expect(await client.ask('compute 3 32')).toBe('-145 0  touched 0');
    await emulator.start();
    expect(await client.ask('compute 3 32')).toMatch(/^0 32 /);
    // The old operation is gone, and a new one does not get its handle.
    expect(await client.ask('update 3')).toBe('-137 0');
    const fresh = Number(/^0 (\d+)$/.exec(await client.ask('setup'))?.[1]);
    expect(fresh).toBeGreaterThan(handle);
    // A second time the call that has to notice is one on an old object.
    await emulator.stop();
    await emulator.start();
    expect(await client.ask('update 3')).toBe('-137 0');
    expect(Number(/^0 (\d+)$/.exec(await client.ask('setup'))?.[1])).toBeGreaterThan(fresh);
    expect(await client.end()).toMatch(/^h5sm: cannot reach the emulator at [^\n]+\n$/);
  });
});
