/** A client that may say anything: what a well-behaved one never sends. */
import net from 'node:net';
import { decode, type Elements, encodeFrame } from '../../../rpc/elements.ts';
import { FrameReader } from '../../../rpc/frame.ts';

export interface RawClient {
  readonly socket: net.Socket;
  /** Bytes as they are. */
  send(bytes: Uint8Array): void;
  /** One frame of these elements. */
  frame(...elements: Elements): void;
  /** The next answer; rejects when the connection ends before it. */
  answer(): Promise<Elements>;
  /** A hello, and its answer. */
  hello(options?: { owner?: number; token?: string; lastHandle?: number }): Promise<Elements>;
  readonly closed: Promise<void>;
  end(): void;
}

const NO_TOKEN = '';

export const rawClient = (target: net.NetConnectOpts): Promise<RawClient> =>
  new Promise((resolve, reject) => {
    const socket = net.connect(target);
    const reader = new FrameReader();
    const answers: Elements[] = [];
    const waiting: { resolve: (answer: Elements) => void; reject: (error: Error) => void }[] = [];
    socket.on('data', (chunk) => {
      reader.push(chunk);
      for (let payload = reader.next(); payload !== undefined; payload = reader.next()) {
        const first = waiting.shift();
        if (first === undefined) answers.push(decode(payload));
        else first.resolve(decode(payload));
      }
    });
    const closed = new Promise<void>((done) => {
      socket.on('close', () => {
        for (const { reject } of waiting.splice(0)) reject(new Error('the connection ended'));
        done();
      });
    });
    const send = (bytes: Uint8Array) => void socket.write(bytes);
    const frame = (...elements: Elements) => send(encodeFrame(elements) ?? new Uint8Array());
    const answer = () =>
      new Promise<Elements>((resolve, reject) => {
        const ready = answers.shift();
        if (ready !== undefined) resolve(ready);
        else if (socket.destroyed) reject(new Error('the connection ended'));
        else waiting.push({ resolve, reject });
      });
    const hello: RawClient['hello'] = ({ owner = -1, token = NO_TOKEN, lastHandle = 0 } = {}) => {
      frame(0, 0, 1, owner, new TextEncoder().encode(token), lastHandle);
      return answer();
    };
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => {});
      resolve({ socket, send, frame, answer, hello, closed, end: () => socket.destroy() });
    });
  });

export const textOf = (element: unknown): string =>
  element instanceof Uint8Array ? new TextDecoder().decode(element) : `no text but ${String(element)}`;
