/** What went over a TCP connection, as the capture that a sniffer would have made of it. */
import { connect as connectTcp, createServer, type Socket } from 'node:net';

/** The classic format: little-endian, microseconds; packets begin with their IP header. */
const PCAP_HEADER = [0xa1b2c3d4, 0x00040002, 0, 0, 65_535, 101];
const ACK = 0x10;
const SYN = 0x02;
const LONGEST = 1400;
const HEADERS = 40;

export type Side = 'client' | 'server';

const u32 = (...values: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
};

export class TcpCapture {
  readonly #chunks: Uint8Array[] = [u32(...PCAP_HEADER)];
  readonly #ports: Readonly<Record<Side, number>>;
  readonly #next = { client: 1000, server: 2000 };
  #time = 0;

  constructor(ports: Readonly<Record<Side, number>>) {
    this.#ports = ports;
    this.#segment('client', SYN, new Uint8Array(0));
    this.#segment('server', SYN | ACK, new Uint8Array(0));
  }

  add(from: Side, data: Uint8Array): void {
    for (let at = 0; at < data.length; at += LONGEST)
      this.#segment(from, ACK, data.subarray(at, at + LONGEST));
  }

  /** The file so far. */
  pcap(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#chunks));
  }

  /** IPv4 and TCP without options; checksums are 0, which nobody checks. */
  #segment(from: Side, flags: number, data: Uint8Array): void {
    const to = from === 'client' ? 'server' : 'client';
    const view = new DataView(new ArrayBuffer(HEADERS));
    view.setUint16(0, 0x4500);
    view.setUint16(2, HEADERS + data.length);
    view.setUint16(8, 0x4006);
    view.setUint32(12, 0x7f000001);
    view.setUint32(16, 0x7f000001);
    view.setUint16(20, this.#ports[from]);
    view.setUint16(22, this.#ports[to]);
    view.setUint32(24, this.#next[from]);
    view.setUint32(28, (flags & ACK) === 0 ? 0 : this.#next[to]);
    view.setUint16(32, 0x5000 | flags);
    view.setUint16(34, 65_535);
    this.#next[from] += data.length + ((flags & SYN) === 0 ? 0 : 1);
    const length = HEADERS + data.length;
    this.#chunks.push(u32(1, this.#time++, length, length), new Uint8Array(view.buffer), data.slice());
  }
}

export interface Proxy {
  readonly port: number;
  readonly capture: TcpCapture;
  close(): void;
}

/** Passes one connection on to a server and captures it. */
export const capturingProxy = (server: number): Promise<Proxy> =>
  new Promise((resolve) => {
    const sockets: Socket[] = [];
    const capture = new TcpCapture({ client: 50_000, server: 443 });
    const listener = createServer((client) => {
      const upstream = connectTcp(server, '127.0.0.1');
      sockets.push(client, upstream);
      const pass = (from: Side, source: Socket, target: Socket): void => {
        source.on('data', (data: Uint8Array) => {
          capture.add(from, data);
          target.write(data);
        });
        source.on('error', () => target.destroy());
        source.on('close', () => target.destroy());
      };
      pass('client', client, upstream);
      pass('server', upstream, client);
    });
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({
        port,
        capture,
        close: () => {
          listener.close();
          for (const socket of sockets) socket.destroy();
        },
      });
    });
  });
