/** Those at the other end of a socket, and those who talk to them. */
import type { Socket } from 'node:net';

/** A connection and how it came: told by the listener, since a socket that was reset knows no address. */
export interface Peer {
  readonly socket: Socket;
  readonly transport: 'unix' | 'tcp';
}

/** Understands what connections say. */
export interface Front {
  accept(peer: Peer): void;
  close(): Promise<void>;
}
