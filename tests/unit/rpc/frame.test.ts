import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader, FrameTooLong } from '../../../rpc/frame.ts';
import { MAX_FRAME } from '../../../rpc/protocol.ts';

const framed = (payloads: readonly Uint8Array[]): Uint8Array => {
  const stream = new Uint8Array(payloads.reduce((sum, payload) => sum + 4 + payload.length, 0));
  let at = 0;
  for (const payload of payloads) {
    new DataView(stream.buffer).setUint32(at, payload.length);
    stream.set(payload, at + 4);
    at += 4 + payload.length;
  }
  return stream;
};

const drain = (reader: FrameReader, into: Uint8Array[]): void => {
  for (let frame = reader.next(); frame !== undefined; frame = reader.next()) into.push(frame);
};

const split = (stream: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const at = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, i) => stream.slice(start, at[i] ?? stream.length));
};

const payloads = fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 12 });

describe('frame reader', () => {
  it('gives the same frames however the stream is cut, whenever they are asked for', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.array(fc.nat(), { maxLength: 30 }),
        fc.array(fc.boolean()),
        (sent, cuts, asks) => {
          const reader = new FrameReader();
          const received: Uint8Array[] = [];
          split(framed(sent), cuts).forEach((chunk, i) => {
            reader.push(chunk);
            // A connection that is busy asks later.
            if (asks[i] ?? true) drain(reader, received);
          });
          drain(reader, received);
          // Compared at the end: a frame handed out early must not be written over by later bytes.
          expect(received.map((frame) => [...frame])).toEqual(sent.map((frame) => [...frame]));
          expect(reader.unread).toBe(0);
        },
      ),
    );
  });

  it('hands out views of a chunk that holds whole frames', () => {
    const stream = framed([new Uint8Array([1, 2]), new Uint8Array([3])]);
    const reader = new FrameReader();
    reader.push(stream);
    expect(reader.next()?.buffer).toBe(stream.buffer);
    expect(reader.next()?.buffer).toBe(stream.buffer);
  });

  it('hands out plain Uint8Arrays, whose slice() copies', () => {
    const reader = new FrameReader();
    reader.push(Buffer.from(framed([new Uint8Array([1])])));
    expect(reader.next()?.constructor).toBe(Uint8Array);
  });

  it('refuses a length above the limit as soon as it is there', () => {
    const reader = new FrameReader();
    reader.push(new Uint8Array([0x01, 0, 0, 1]));
    expect(() => reader.next()).toThrow(FrameTooLong);
    reader.limit = MAX_FRAME + 1;
    expect(reader.next()).toBeUndefined();
  });

  it('takes memory for what has arrived, not for what is promised', () => {
    const promise = new Uint8Array([0x00, 0xff, 0xff, 0xff, 1]);
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 500 }, () => {
      const reader = new FrameReader();
      // Byte by byte, so that it has to be kept.
      for (const byte of promise) reader.push(new Uint8Array([byte]));
      expect(reader.next()).toBeUndefined();
      return reader;
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(readers.length * 20_000);
  });
});
