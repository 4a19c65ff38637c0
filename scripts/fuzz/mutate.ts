/** Frames with something wrong in them, at the level of bytes. */
import type { Random } from './random.ts';

type Mutation = (frame: Uint8Array, random: Random) => Uint8Array;

const HEADER = 4;

const withLength = (payload: Uint8Array, length = payload.length): Uint8Array => {
  const frame = new Uint8Array(HEADER + payload.length);
  new DataView(frame.buffer).setUint32(0, length);
  frame.set(payload, HEADER);
  return frame;
};

const payloadOf = (frame: Uint8Array): Uint8Array => frame.slice(HEADER);

const splice = (bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]));

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** The beginnings of every MessagePack type, with lengths that lie. */
const ELEMENTS = [
  'c0',
  'c1',
  'c2',
  'c3',
  'c400',
  'c4ff',
  'c50000',
  'c5ffff',
  'c600000000',
  'c6ffffffff',
  'c67fffffff',
  'c70000',
  'c7ff00',
  'c8ffff00',
  'c9ffffffff00',
  'ca7fc00000',
  'cb7ff8000000000000',
  'cc00',
  'cd0000',
  'ce00000000',
  'cf0000000000000001',
  'cfffffffffffffffff',
  'd0ff',
  'd1ffff',
  'd2ffffffff',
  'd280000000',
  'd3ffffffffffffffff',
  'd40000',
  'd5000000',
  'd6ff00000000',
  'd7ff0000000000000000',
  'd472ff',
  'd90141',
  'da000141',
  'dbffffffff',
  'dc0000',
  'dcffff',
  'dd00000000',
  'ddffffffff',
  'de0000',
  'deffff',
  'df00000000',
  'dfffffffff',
  '80',
  '8100c0',
  '90',
  '9100',
  '91c0',
  '9190',
  'a0',
  'a141',
  'e0',
  'ff',
  '7f',
  '9f',
  '96000000000000',
  '95ceffffffff00000000',
].map(hex);

const LENGTHS = [
  0, 1, 3, 4095, 4096, 4097, 16_777_215, 16_777_216, 16_777_217, 0x01ffffff, 0x7fffffff, 0xffffffff,
];

const MUTATIONS: readonly Mutation[] = [
  (frame, random) => {
    const out = frame.slice();
    for (let i = random.below(4); i >= 0; i--) {
      const at = random.below(out.length);
      out[at] = (out[at] ?? 0) ^ (1 << random.below(8));
    }
    return out;
  },
  (frame, random) => {
    const payload = payloadOf(frame);
    for (let i = random.below(4); i >= 0; i--) payload[random.below(payload.length)] = random.below(256);
    return withLength(payload);
  },
  // Cut short, with a header that knows it and with one that does not.
  (frame, random) => withLength(payloadOf(frame).subarray(0, random.below(frame.length - HEADER))),
  (frame, random) => frame.subarray(0, random.below(frame.length)),
  (frame, random) =>
    withLength(splice(payloadOf(frame), frame.length - HEADER, 0, random.bytes(1 + random.below(40)))),
  (frame, random) =>
    withLength(
      splice(payloadOf(frame), random.below(frame.length - HEADER), random.below(9), new Uint8Array(0)),
    ),
  (frame, random) =>
    withLength(splice(payloadOf(frame), random.below(frame.length - HEADER), 0, random.pick(ELEMENTS))),
  (frame, random) =>
    withLength(
      splice(
        payloadOf(frame),
        1 + random.below(frame.length - HEADER),
        random.below(4),
        random.pick(ELEMENTS),
      ),
    ),
  // Another count of elements than there are.
  (frame, random) => {
    const payload = payloadOf(frame);
    payload[0] = random.pick([0x90 | random.below(16), 0x80 | random.below(16), random.below(256)]);
    return withLength(payload);
  },
  (frame, random) => {
    const elements = random.pick([
      hex('dc000f'),
      hex('dc0010'),
      hex('dd00000002'),
      hex('ddffffffff'),
      hex('dc0003'),
    ]);
    return withLength(splice(payloadOf(frame), 0, 1, elements));
  },
  // The same elements in longer forms: allowed.
  (frame) => {
    const payload = payloadOf(frame);
    const count = (payload[0] ?? 0) & 0x0f;
    return withLength(splice(payload, 0, 1, Uint8Array.of(0xdd, 0, 0, 0, count)));
  },
  (frame) => {
    const payload = payloadOf(frame);
    const seq = payload[1] ?? 0;
    return seq < 0x80 ? withLength(splice(payload, 1, 1, Uint8Array.of(0xce, 0, 0, 0, seq))) : frame;
  },
  (frame, random) => withLength(payloadOf(frame), random.pick([...LENGTHS, frame.length, frame.length - 5])),
  (_, random) => withLength(random.bytes(random.below(40))),
  (_, random) => withLength(new Uint8Array(0), random.pick(LENGTHS)),
  (_, random) => withLength(hex('91').subarray(0, random.below(2))),
  (_, random) =>
    withLength(
      new Uint8Array(Buffer.concat([hex('9f'), ...Array.from({ length: 15 }, () => random.pick(ELEMENTS))])),
    ),
  (frame, random) => splice(frame, 0, 0, random.bytes(1 + random.below(8))),
];

export const mutate = (frame: Uint8Array, random: Random): Uint8Array => {
  let out = frame;
  for (let i = random.pick([1, 1, 1, 2, 3]); i > 0 && out.length > HEADER + 1; i--)
    out = random.pick(MUTATIONS)(out, random);
  return out;
};
