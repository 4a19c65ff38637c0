/** Every stub of the C client against the codec of the server: what goes over the wire, and what comes back of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRequest, writeSuccess } from '../../../rpc/generated/codec.ts';
import { carriesHandle } from '../../../rpc/handles.ts';
import { type Case, everyFunction, KEPT_HANDLE, programOf } from './every-function.ts';
import { FakeServer, frame, type Request } from './fake-server.ts';
import { succeed, Workshop, with32 } from './programs.ts';

/** Byte strings of any kind as text, which also compares faster. */
const plain = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

const cases = everyFunction();

const widths = with32() ? ['-m64', '-m32'] : ['-m64'];

describe.each(widths)('every function of the table, %s', (width) => {
  const workshop = new Workshop([width]);
  const byName = new Map<number, Case>(cases.map((c) => [c.row.id, c]));
  let seen: Request[] = [];
  let lines: string[] = [];

  beforeAll(async () => {
    await workshop.prepare();
    const source = join(workshop.path, 'every.c');
    writeFileSync(source, programOf(cases));
    const program = await workshop.program(source);
    const server = new FakeServer(([seq, id]) => {
      const { outputs } = byName.get(Number(id)) ?? { outputs: [] };
      // A connection that follows a successful psa_crypto_init would begin with another.
      if (server.requests.length <= cases.length)
        return frame(writeSuccess[Number(id)]?.(Number(seq), [0, ...outputs]) ?? []);
      return frame([seq, -132, ...(carriesHandle(Number(id)) ? [KEPT_HANDLE] : [])]);
    });
    const endpoint = await server.listen();
    lines = (await succeed(program, [], { env: { H5SM_ENDPOINT: endpoint } })).trimEnd().split('\n');
    seen = server.requests;
    await server.close();
  }, 60_000);

  afterAll(() => workshop.remove());

  it('sends what the C parameters say, in elements that the server takes', () => {
    expect(seen).toHaveLength(2 * cases.length);
    for (const [i, c] of cases.entries()) {
      for (const request of [seen[i] ?? [], seen[cases.length + i] ?? []]) {
        expect(request[1], c.row.name).toBe(c.row.id);
        expect(readRequest[c.row.id]?.(request)?.map(plain), c.row.name).toEqual(c.inputs.map(plain));
      }
    }
  });

  it('gives the outputs of a success to their parameters', () => {
    for (const [i, c] of cases.entries()) expect(lines[i]).toBe(c.success);
  });

  it('leaves no length, key or attributes after a failure, and the handle that the server names', () => {
    for (const [i, c] of cases.entries()) expect(lines[cases.length + i]).toBe(c.failure);
  });
});
