/** A server that speaks frames as the test likes, right or wrong. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, unpack } from 'msgpackr';

export type Request = readonly unknown[];

/** A frame around elements, or around bytes that need not be any. */
export const frame = (content: readonly unknown[] | Uint8Array): Buffer => {
  const payload = content instanceof Uint8Array ? content : pack(content);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(payload.length);
  return Buffer.concat([head, payload]);
};

export const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** Answers one request: bytes are sent, undefined is silence; the socket is there for everything else. */
export type Answer = (request: Request, socket: Socket) => Uint8Array | undefined;

const greet: Answer = ([seq]) => frame([seq, 0, 1, 0]);

export class FakeServer {
  /** Requests in their order, hellos apart. */
  readonly requests: Request[] = [];
  readonly hellos: Request[] = [];
  hello: Answer = greet;
  answer: Answer;
  /** Stops reading from connections that are made from now on. */
  deaf = false;
  readonly #folder = mkdtempSync(join(tmpdir(), 'h5sm-fake-'));
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(answer: Answer) {
    this.answer = answer;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  get #path(): string {
    return join(this.#folder, 'socket');
  }

  async listen(over: 'unix' | 'tcp' = 'unix', port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      if (over === 'unix') this.#server.listen(this.#path, resolve);
      else this.#server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    return typeof address === 'object' && address !== null
      ? `tcp://127.0.0.1:${address.port}`
      : `unix:${this.#path}`;
  }

  #accept(socket: Socket): void {
    let buffer = Buffer.alloc(0);
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    if (this.deaf) {
      socket.pause();
      return;
    }
    socket.on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      while (buffer.length >= 4 && buffer.length >= 4 + buffer.readUInt32BE(0)) {
        const end = 4 + buffer.readUInt32BE(0);
        this.#serve(unpack(buffer.subarray(4, end)), socket);
        buffer = buffer.subarray(end);
      }
    });
  }

  #serve(request: Request, socket: Socket): void {
    const isHello = request[1] === 0;
    (isHello ? this.hellos : this.requests).push(request);
    const bytes = (isHello ? this.hello : this.answer)(request, socket);
    if (bytes !== undefined && !socket.destroyed) socket.write(bytes);
  }

  /** Ends the connections, not the listening. */
  async hangUp(): Promise<void> {
    const gone = [...this.#sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(gone);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    await this.hangUp();
    await closed;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
