/** What the C client makes of a wire that misbehaves; the program runs under the sanitizers of the compiler. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cases, SEED } from '../../support/generator.ts';
import { type Answer, FakeServer, frame, type Request, text } from './fake-server.ts';
import { Steps, type Variables, Workshop } from './programs.ts';

const FAILED = -145;
const REFUSED = -130;
const MEBIBYTE = 1048576;

const workshop = new Workshop(['-O0', '-fsanitize=address,undefined', '-fno-sanitize-recover=all']);
let program: string;
const running: { end(): Promise<unknown> }[] = [];
const listening: FakeServer[] = [];

beforeAll(async () => {
  await workshop.prepare();
  program = await workshop.program('steps.c');
}, 60_000);

afterEach(async () => {
  await Promise.allSettled(running.splice(0).map((steps) => steps.end()));
  await Promise.all(listening.splice(0).map((server) => server.close()));
});

afterAll(() => workshop.remove());

const serve = async (answer: Answer, over: 'unix' | 'tcp' = 'unix') => {
  const server = new FakeServer(answer);
  listening.push(server);
  return { server, endpoint: await server.listen(over) };
};

const steps = (env: Variables): Steps => {
  const started = new Steps(program, env);
  running.push(started);
  return started;
};

const start = async (answer: Answer, over: 'unix' | 'tcp' = 'unix', more: Variables = {}) => {
  const { server, endpoint } = await serve(answer, over);
  return { server, endpoint, client: steps({ H5SM_ENDPOINT: endpoint, ...more }) };
};

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(0x11);

/** Like a device that succeeds, for the commands of steps.c that the tests use. */
const wellBehaved: Answer = ([seq, id, ...inputs]) => {
  switch (id) {
    case 0x0301:
      return frame([seq, 0, bytes(32)]);
    case 0x0304:
      return frame([seq, 0, 41]);
    case 0x0305:
      return frame([seq, 0, Number(inputs[0])]);
    case 0x0308:
      return frame([seq, 0, 0]);
    case 0x0d01:
      return frame([seq, 0, bytes(Number(inputs[0]))]);
    default:
      return frame([seq, 0]);
  }
};

const ids = (requests: readonly Request[]): unknown[] => requests.map(([, id]) => id);

describe('slow and cut up', () => {
  it('takes answers that come byte by byte', async () => {
    const { client } = await start((request, socket) => {
      const answer = wellBehaved(request, socket) ?? new Uint8Array();
      const drip = (i: number) => {
        if (i === answer.length) return;
        socket.write(answer.subarray(i, i + 1));
        setImmediate(drip, i + 1);
      };
      drip(0);
      return undefined;
    });
    expect(await client.ask('init')).toBe('0');
    expect(await client.ask('compute 3 64')).toBe('0 32 1111111111111111 touched 0');
  });

  it('sends input of many MiB to a server that takes it when it likes, and takes as much', async () => {
    const { client, server } = await start(([seq, , , input], socket) => {
      socket.pause();
      setTimeout(() => socket.resume(), 50);
      return frame([seq, 0, input as Uint8Array]);
    });
    expect(await client.ask(`compute ${5 * MEBIBYTE} ${6 * MEBIBYTE}`)).toBe(
      `0 ${5 * MEBIBYTE} aaaaaaaaaaaaaaaa touched 0`,
    );
    expect(server.requests[0]?.[3]).toHaveLength(5 * MEBIBYTE);
  });

  it('asks for any number of random bytes in pieces of a MiB', async () => {
    const { client, server } = await start(wellBehaved);
    expect(await client.ask(`random ${3 * MEBIBYTE + 7}`)).toBe(
      `0 ${3 * MEBIBYTE + 7} 1111111111111111 touched 0`,
    );
    expect(server.requests.map(([, , size]) => size)).toEqual([MEBIBYTE, MEBIBYTE, MEBIBYTE, 7]);
  });
});

describe('outputs', () => {
  it('writes nothing where more was produced than there is room for, and stays in step', async () => {
    const { client } = await start(([seq]) => frame([seq, 0, bytes(70000)]));
    expect(await client.ask('compute 3 64')).toBe('-138 0  touched 0');
    expect(await client.ask('compute 3 70000')).toBe('0 70000 1111111111111111 touched 0');
    expect(await client.end()).toBe('');
  });

  it('takes a capacity without bound for SIZE_MAX', async () => {
    const { client } = await start(([seq]) => frame([seq, 0, 0xffffffff]));
    expect(await client.ask('capacity')).toBe('0 SIZE_MAX');
  });

  it('keeps the handle that a failure names, and 0 where it names none', async () => {
    let handle: readonly number[] = [];
    const { client } = await start((request, socket) =>
      request[1] === 0x0305 ? frame([request[0], -143, ...handle]) : wellBehaved(request, socket),
    );
    expect(await client.ask('setup')).toBe('0 41');
    handle = [41];
    expect(await client.ask('update 3')).toBe('-143 41');
    handle = [];
    expect(await client.ask('update 3')).toBe('-143 0');
  });

  it('leaves fresh attributes and no key behind a failure', async () => {
    const { client } = await start(([seq]) => frame([seq, -133]));
    expect(await client.ask('attributes 5')).toBe('-133 0 0 0');
    expect(await client.ask('generate')).toBe('-133 0');
  });
});

describe('arguments that need no server', () => {
  it('refuses what does not fit into a frame, and ends the operation', async () => {
    const { client, server } = await start(wellBehaved);
    expect(await client.ask('setup')).toBe('0 41');
    expect(await client.ask(`update ${16 * MEBIBYTE}`)).toBe('-141 0');
    expect(await client.ask(`compute ${17 * MEBIBYTE} 32`)).toBe('-141 0  touched 0');
    expect(ids(server.requests)).toEqual([0x0304, 0x0308]);
    expect(server.requests[1]?.[2]).toBe(41);
  });

  it('aborts an operation whose call was refused for a null pointer', async () => {
    const { client, server } = await start(wellBehaved);
    await client.ask('setup');
    expect(await client.ask('update-null 5')).toBe('-135 0');
    expect(await client.ask('update-null 0')).toBe('0 0');
    expect(ids(server.requests)).toEqual([0x0304, 0x0308, 0x0305]);
  });
});

describe('the hello', () => {
  it('carries the client id, the token over TCP, and the highest handle so far', async () => {
    let next = 40;
    const { client, server } = await start(
      ([seq, id]) => frame(id === 0x0304 ? [seq, 0, next--] : [seq, 0, 7]),
      'tcp',
      { H5SM_TOKEN: 'open sesame', H5SM_CLIENT_ID: '-1234567' },
    );
    await client.ask('setup');
    await client.ask('update 3');
    await server.hangUp();
    expect(await client.ask('setup')).toBe('0 39');
    expect(server.hellos.map((hello) => hello.slice(1))).toEqual([
      [0, 1, -1234567, Buffer.from('open sesame'), 0],
      [0, 1, -1234567, Buffer.from('open sesame'), 40],
    ]);
  });

  it('gives no token to a UNIX socket, and -1 for a client that has no id', async () => {
    const { client, server } = await start(wellBehaved, 'unix', { H5SM_TOKEN: 'secret' });
    await client.ask('init');
    expect(server.hellos[0]?.slice(1)).toEqual([0, 1, -1, Buffer.alloc(0), 0]);
  });

  it('prints why the server refuses it, once, and tries again with the next call', async () => {
    const { client, server } = await start(wellBehaved);
    server.hello = ([seq], socket) => {
      socket.end(frame([seq, REFUSED, text('wrong \u001b[31mtoken; see H5SM_TOKEN')]));
      return undefined;
    };
    expect(await client.ask('init')).toBe(`${FAILED}`);
    expect(await client.ask('compute 3 32')).toBe(`${FAILED} 0  touched 0`);
    expect(server.hellos).toHaveLength(2);
    expect(client.stderr).toMatch(/^h5sm: unix:\S+ refused: wrong \?\[31mtoken; see H5SM_TOKEN\n$/);
    server.hello = ([seq]) => frame([seq, 0, 1, 0]);
    expect(await client.ask('init')).toBe('0');
  });

  it('does not take another version, and says so', async () => {
    const { client, server } = await start(wellBehaved);
    server.hello = ([seq]) => frame([seq, 0, 2]);
    expect(await client.ask('init')).toBe(`${FAILED}`);
    expect(await client.end()).toContain('names another version of the protocol');
    expect(server.requests).toHaveLength(0);
  });

  it('tells of a server that closes instead of answering', async () => {
    const { client, server } = await start(wellBehaved);
    server.hello = (_, socket) => void socket.destroy();
    expect(await client.ask('init')).toBe(`${FAILED}`);
    expect(await client.end()).toMatch(
      /^h5sm: the connection to \S+ was closed before the hello was answered/,
    );
  });
});

describe('a connection that ends', () => {
  it.each(['unix', 'tcp'] as const)('between two calls goes unnoticed (%s)', async (over) => {
    const { client, server } = await start(wellBehaved, over);
    expect(await client.ask('init')).toBe('0');
    for (let i = 0; i < 3; i++) {
      await server.hangUp();
      expect(await client.ask('compute 3 32')).toMatch(/^0 32 /);
    }
    // A program initializes the library once; a device wants to hear it on each connection.
    expect(ids(server.requests)).toEqual([1, 1, 0x0301, 1, 0x0301, 1, 0x0301]);
    expect(await client.end()).toBe('');
  });

  it('between two calls with words for nobody goes unnoticed too', async () => {
    const { client, server } = await start((request, socket) => {
      if (request[1] === 0x0204) setTimeout(() => socket.end(frame([0, -129, text('stopping')])), 10);
      return wellBehaved(request, socket);
    }, 'tcp');
    expect(await client.ask('destroy 1')).toBe('0');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await client.ask('destroy 2')).toBe('0');
    expect(server.hellos).toHaveLength(2);
  });

  it.each(['unix', 'tcp'] as const)(
    'during a call fails it, and the call is never repeated (%s)',
    async (over) => {
      const { client, server } = await start((_, socket) => void socket.destroy(), over);
      expect(await client.ask('setup')).toBe(`${FAILED} 0`);
      expect(server.requests).toHaveLength(1);
      expect(client.stderr).toMatch(/^h5sm: the connection to \S+ ended before the answer came/);
      server.answer = wellBehaved;
      expect(await client.ask('setup')).toBe('0 41');
      expect(server.requests).toHaveLength(2);
    },
  );

  it('in the middle of an output fails the call and leaves no length', async () => {
    const { client } = await start(([seq], socket) => {
      socket.end(frame([seq, 0, bytes(9000)]).subarray(0, 6000));
      return undefined;
    });
    expect(await client.ask('compute 3 9000')).toMatch(/^-145 0 {2}touched 5\d\d\d$/);
  });

  it('while input is being sent fails the call after one more try', async () => {
    const { client, server } = await start(wellBehaved);
    await client.ask('init');
    server.hello = ([seq], socket) => {
      setTimeout(() => socket.destroy(), 20);
      socket.pause();
      return frame([seq, 0, 1, 0]);
    };
    await server.hangUp();
    expect(await client.ask(`compute ${9 * MEBIBYTE} 32`)).toBe(`${FAILED} 0  touched 0`);
    expect(server.hellos.length).toBeLessThanOrEqual(3);
  });
});

describe('the deadline', () => {
  it('ends a call that is not answered, says so, and the next call connects anew', async () => {
    const { client, server } = await start(() => undefined, 'unix', { H5SM_TIMEOUT_MS: '200' });
    const begin = performance.now();
    expect(await client.ask('setup')).toBe(`${FAILED} 0`);
    const lasted = performance.now() - begin;
    expect(lasted).toBeGreaterThan(190);
    expect(lasted).toBeLessThan(5000);
    expect(await client.ask('setup')).toBe(`${FAILED} 0`);
    expect(client.stderr).toMatch(
      /^h5sm: no answer from \S+ within H5SM_TIMEOUT_MS; the next call connects anew\n$/,
    );
    server.answer = wellBehaved;
    expect(await client.ask('setup')).toBe('0 41');
    expect(server.hellos).toHaveLength(3);
  });

  it('ends a call that cannot be sent', async () => {
    const { client, server } = await start(wellBehaved, 'unix', { H5SM_TIMEOUT_MS: '200' });
    server.hello = ([seq], socket) => {
      socket.pause();
      return frame([seq, 0, 1, 0]);
    };
    expect(await client.ask(`compute ${9 * MEBIBYTE} 32`)).toBe(`${FAILED} 0  touched 0`);
    expect(client.stderr).toContain('no answer');
  });

  it('is longer than a slow answer, or is none at all', async () => {
    for (const limit of ['1300', '0']) {
      const { client } = await start(
        (request, socket) => void setTimeout(() => socket.write(wellBehaved(request, socket) ?? ''), 250),
        'unix',
        { H5SM_TIMEOUT_MS: limit },
      );
      expect(await client.ask('setup')).toBe('0 41');
    }
  });

  it('forgives a program that was stopped while its answer came', async () => {
    const { client } = await start(
      (request, socket) => void setTimeout(() => socket.write(wellBehaved(request, socket) ?? ''), 150),
      'unix',
      { H5SM_TIMEOUT_MS: '400' },
    );
    await client.ask('init');
    const answer = client.ask('setup');
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.kill(client.pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 700));
    process.kill(client.pid, 'SIGCONT');
    expect(await answer).toBe('0 41');
  });
});

describe('answers that are none', () => {
  const seqOf = ([seq]: Request): number => Number(seq);
  const seqBytes = ([seq]: Request): number[] => [0xce, 0, 0, Number(seq) >> 8, Number(seq) & 0xff];
  const raw = (...content: number[]) => frame(Uint8Array.from(content));
  const wrong: readonly (readonly [
    what: string,
    command: string,
    answer: (request: Request) => Uint8Array,
  ])[] = [
    ['a length beyond any frame', 'init', () => Uint8Array.of(0xff, 0xff, 0xff, 0xff)],
    ['a length beyond the limit by one', 'init', () => Uint8Array.of(1, 0, 0, 1)],
    ['an empty frame', 'init', () => raw()],
    ['an integer', 'init', () => raw(0)],
    ['an empty array', 'init', () => raw(0x90)],
    ['an array of one', 'init', (r) => frame([seqOf(r)])],
    ['a map', 'init', () => raw(0x81, 0, 0)],
    ['a string of text', 'init', (r) => frame([seqOf(r), 0, 'text'])],
    ['a nil', 'init', (r) => frame([seqOf(r), null])],
    ['a float', 'init', (r) => frame([seqOf(r), 0.5])],
    ['a 64-bit integer', 'init', () => raw(0x92, 0xcf, 0, 0, 0, 0, 0, 0, 0, 1, 0)],
    ['an answer to another call', 'init', (r) => frame([seqOf(r) + 1, 0])],
    ['an answer to no call', 'init', () => frame([0, 0])],
    ['a status beyond 31 bits', 'init', (r) => frame([seqOf(r), 0x80000000])],
    ['a status that is bytes', 'init', (r) => frame([seqOf(r), bytes(2)])],
    ['an output too many', 'init', (r) => frame([seqOf(r), 0, 1])],
    [
      'bytes behind the array',
      'init',
      (r) => Buffer.concat([frame(Buffer.concat([frame([seqOf(r), 0]).subarray(4), bytes(3)]))]),
    ],
    ['two frames', 'init', (r) => Buffer.concat([frame([seqOf(r), 0]), frame([seqOf(r), 0])])],
    ['an output too few', 'compute 3 32', (r) => frame([seqOf(r), 0])],
    ['an integer for bytes', 'compute 3 32', (r) => frame([seqOf(r), 0, 32])],
    ['bytes for an integer', 'generate', (r) => frame([seqOf(r), 0, bytes(4)])],
    ['a negative key', 'generate', (r) => frame([seqOf(r), 0, -1])],
    [
      'more bytes than the frame has',
      'compute 3 32',
      (r) => {
        const whole = frame([seqOf(r), 0, bytes(32)]);
        whole.writeUInt32BE(whole.length - 4 - 8, 0);
        return whole;
      },
    ],
    ['4 GiB of bytes', 'compute 3 32', (r) => raw(0x93, ...seqBytes(r), 0, 0xc6, 0xff, 0xff, 0xff, 0xff)],
    [
      'bytes that never come',
      `compute 3 ${8 * MEBIBYTE}`,
      (r) => raw(0x93, ...seqBytes(r), 0, 0xc6, 0, 0x7f, 0, 0),
    ],
    [
      'a head that is cut off',
      'compute 3 32',
      (r) => {
        const whole = frame([seqOf(r), 0, bytes(300)]).subarray(0, 4 + 1 + 1 + 1 + 2);
        whole.writeUInt32BE(whole.length - 4, 0);
        return whole;
      },
    ],
    ['fewer random bytes than asked for', 'random 32', (r) => frame([seqOf(r), 0, bytes(31)])],
    ['attributes of five', 'attributes 1', (r) => frame([seqOf(r), 0, [1, 2, 3, 4, 5]])],
    ['attributes of bytes', 'attributes 1', (r) => frame([seqOf(r), 0, [1, 2, 3, 4, 5, bytes(1)]])],
    ['attributes that are none', 'attributes 1', (r) => frame([seqOf(r), 0, 6])],
    ['a failure with a handle for nothing', 'init', (r) => frame([seqOf(r), -133, 5])],
    ['a failure with too much', 'setup', (r) => frame([seqOf(r), -133, 5, 6])],
    ['a handle that is an array', 'setup', (r) => frame([seqOf(r), 0, [5]])],
  ];

  it('fail the call with one line on stderr, and the next call connects anew', async () => {
    const { client, server } = await start(wellBehaved);
    for (const [what, command, answer] of wrong) {
      const before = client.stderr.length;
      server.answer = (request) => answer(request);
      expect(await client.ask(command), what).toMatch(/^-145\b/);
      server.answer = wellBehaved;
      expect(await client.ask('init'), what).toBe('0');
      expect(client.stderr.slice(before), what).toMatch(/^h5sm: the (answer from|connection to) [^\n]+\n$/);
    }
  });

  it('print the words of a refusal', async () => {
    const { client, server } = await start(([,], socket) => {
      socket.end(frame([0, -129, text('psa_hash_compute, alg: expected an unsigned integer')]));
      return undefined;
    });
    expect(await client.ask('compute 3 32')).toBe(`${FAILED} 0  touched 0`);
    expect(client.stderr).toMatch(
      /^h5sm: \S+ refused: psa_hash_compute, alg: expected an unsigned integer\n$/,
    );
    server.answer = wellBehaved;
    expect(await client.ask('init')).toBe('0');
  });

  it(`never bring it down, whatever they are (H5SM_TEST_SEED=${SEED})`, async () => {
    const { client, server } = await start(wellBehaved, 'unix', { H5SM_TIMEOUT_MS: '1000' });
    const commands = [
      'init',
      'compute 3 32',
      'setup',
      'update 9',
      'random 40',
      'generate',
      'attributes 1',
      'finish 64',
    ];
    const answers: Readonly<Record<number, (seq: unknown) => unknown[]>> = {
      1: (seq) => [seq, 0],
      257: (seq) => [seq, 0, [1, 2, 3, 4, 5, 6]],
      514: (seq) => [seq, 0, 7],
      774: (seq) => [seq, 0, 0, bytes(32)],
    };
    await cases('garbled answers', 400, async (random) => {
      server.answer = (request, socket) => {
        const right = answers[Number(request[1])]?.(request[0]);
        const answer = Buffer.from(right === undefined ? (wellBehaved(request, socket) ?? '') : frame(right));
        for (let i = random.between(1, 3); i > 0; i--) {
          const at =
            random.below(4) === 0
              ? random.below(answer.length)
              : random.between(4, Math.min(12, answer.length - 1));
          answer[at] = random.pick([0, 0x7f, 0x80, 0xff, 0xc4, 0xc6, 0xce, 0xdd, random.below(256)]);
        }
        // What is cut off or promised and never comes ends with the connection.
        socket.end(answer.subarray(0, random.pick([answer.length, random.below(answer.length)])));
        return undefined;
      };
      expect(await client.ask(random.pick(commands))).toMatch(/^-?\d+\b/);
    });
    server.answer = wellBehaved;
    // The last answer may have been a good one, of a connection that has ended since: the next call finds that out.
    expect(await client.ask('init')).toMatch(/^(0|-145)$/);
    expect(await client.ask('init')).toBe('0');
    expect(await client.ask('compute 3 32')).toBe('0 32 1111111111111111 touched 0');
    await client.end();
  });
});

describe('no server', () => {
  const said = async (env: Variables): Promise<string> => {
    const client = steps(env);
    expect(await client.ask('init')).toBe(`${FAILED}`);
    expect(await client.ask('setup')).toBe(`${FAILED} 0`);
    expect(await client.ask('compute 3 32')).toBe(`${FAILED} 0  touched 0`);
    return client.end();
  };

  it.each([
    [undefined, 'H5SM_ENDPOINT is not set; start the emulator with "h5sm start" and export the endpoint'],
    ['', 'H5SM_ENDPOINT is not set'],
    [
      'http://localhost:80',
      'H5SM_ENDPOINT=http://localhost:80 is neither unix:/path nor tcp://127.0.0.1:<port>',
    ],
    ['unix:', 'H5SM_ENDPOINT=unix: has no path after unix:'],
    [`unix:/${'x'.repeat(108)}`, 'is longer than the path of a UNIX socket may be'],
    [
      'unix:/nonexistent/h5sm.sock',
      'cannot reach the emulator at unix:/nonexistent/h5sm.sock: there is no such socket',
    ],
    [
      '/nonexistent/h5sm.sock',
      'cannot reach the emulator at /nonexistent/h5sm.sock: there is no such socket',
    ],
    ['tcp://127.0.0.1', 'has no port'],
    ['tcp://127.0.0.1:0', 'has no port'],
    ['tcp://127.0.0.1:65536', 'has no port'],
    ['tcp://127.0.0.1:12a', 'has no port'],
    ['tcp://192.0.2.1:7333', 'is not a loopback address; expected 127.0.0.1, [::1] or localhost'],
    ['tcp://example.org:7333', 'is not a loopback address'],
    ['tcp://[::2]:7333', 'is not a loopback address'],
    ['tcp://:7333', 'is not a loopback address'],
    [
      'tcp://127.0.0.1:1',
      'cannot reach the emulator at tcp://127.0.0.1:1: nothing listens there; is it running?',
    ],
    ['tcp://localhost:1', 'nothing listens there'],
    ['tcp://[::1]:1', 'cannot reach the emulator'],
  ])('at %s is told in one line', async (endpoint, words) => {
    const line = await said({ H5SM_ENDPOINT: endpoint });
    expect(line).toContain(words);
    expect(line).toMatch(/^h5sm: [^\n]+\n$/);
  });

  it('and a wrong id or time is told the same way', async () => {
    const { endpoint } = await serve(wellBehaved);
    const wrong = [
      ['H5SM_CLIENT_ID', '12x', 'is not a client id'],
      ['H5SM_CLIENT_ID', '-2147483648', 'is not a client id'],
      ['H5SM_TIMEOUT_MS', 'soon', 'is not a number of milliseconds'],
      ['H5SM_TIMEOUT_MS', '4294967296', 'is not a number of milliseconds'],
    ] as const;
    for (const [name, value, words] of wrong) {
      const line = await said({ H5SM_ENDPOINT: endpoint, [name]: value });
      expect(line).toBe(line.startsWith(`h5sm: ${name}=${value} ${words}`) ? line : '');
    }
  });

  it('is noticed when it goes, and when it is back', async () => {
    const gone = new FakeServer(wellBehaved);
    const endpoint = await gone.listen('tcp');
    const port = Number(endpoint.split(':').at(-1));
    const client = steps({ H5SM_ENDPOINT: endpoint });
    await client.ask('init');
    await gone.close();
    expect(await client.ask('setup')).toBe(`${FAILED} 0`);
    expect(await client.ask('setup')).toBe(`${FAILED} 0`);
    const back = new FakeServer(wellBehaved);
    listening.push(back);
    await back.listen('tcp', port);
    expect(await client.ask('setup')).toBe('0 41');
    await back.hangUp();
    expect(await client.ask('setup')).toBe('0 41');
    expect(await client.end()).toMatch(/^h5sm: cannot reach the emulator at [^\n]+\n$/);
  });
});
