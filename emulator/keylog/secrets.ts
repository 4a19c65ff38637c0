/** TLS secrets as lines of an NSS key log: what they are called there, and which connection they are of. */
import { BoundedMap } from './bounded-map.ts';
import type { HkdfLabel } from './hkdf-label.ts';
import type { Transcripts } from './transcripts.ts';

export interface KeylogOptions {
  /** Takes lines without their end. */
  readonly write: (line: string) => void;
  /** 32 bytes: of the one connection there is, where the device cannot tell. */
  readonly clientRandom?: Uint8Array | undefined;
}

/** Labels of RFC 8446 7.1, as the key log calls their secrets. */
const NAMES: Readonly<Record<string, string>> = {
  'c e traffic': 'CLIENT_EARLY_TRAFFIC_SECRET',
  'e exp master': 'EARLY_EXPORTER_SECRET',
  'c hs traffic': 'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
  's hs traffic': 'SERVER_HANDSHAKE_TRAFFIC_SECRET',
  'c ap traffic': 'CLIENT_TRAFFIC_SECRET_0',
  's ap traffic': 'SERVER_TRAFFIC_SECRET_0',
  'exp master': 'EXPORTER_SECRET',
};

const RANDOM = 32;
const MASTER_SECRET = 48;
/** Draws of a connection that may have been its client random. */
const DRAWS = 8;
const KEPT = 1024;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export class Secrets {
  readonly #options: KeylogOptions;
  readonly #transcripts: Transcripts;
  readonly #written = new BoundedMap<string, true>(KEPT);
  readonly #draws = new BoundedMap<number, readonly Uint8Array[]>(KEPT);

  constructor(options: KeylogOptions, transcripts: Transcripts) {
    if (options.clientRandom !== undefined && options.clientRandom.length !== RANDOM)
      throw new RangeError(`a client random of ${options.clientRandom.length} bytes: it has ${RANDOM}`);
    this.#options = options;
    this.#transcripts = transcripts;
  }

  /** Random bytes that a connection was given. */
  drawn(connection: number, bytes: Uint8Array): void {
    if (bytes.length !== RANDOM) return;
    const before = this.#draws.get(connection) ?? [];
    this.#draws.set(connection, [...before, bytes.slice()].slice(-DRAWS));
  }

  /** RFC 5246 6.3 and 8.1, RFC 7627 4: what the PRF gave out first for a label and a seed. */
  prf(connection: number, label: string, seed: Uint8Array, secret: Uint8Array, output: Uint8Array): void {
    const isPair = seed.length === 2 * RANDOM;
    // server_random || client_random
    if (label === 'key expansion' && isPair && secret.length === MASTER_SECRET)
      this.#line('CLIENT_RANDOM', seed.subarray(RANDOM), secret);
    if (output.length < MASTER_SECRET) return;
    const master = output.subarray(0, MASTER_SECRET);
    if (label === 'master secret' && isPair) this.#line('CLIENT_RANDOM', seed.subarray(0, RANDOM), master);
    if (label === 'extended master secret') this.#bound(connection, 'CLIENT_RANDOM', seed, master);
  }

  /** RFC 8446 7.1: what HKDF-Expand-Label gave out. */
  expanded(connection: number, { label, context, length }: HkdfLabel, output: Uint8Array): void {
    const name = NAMES[label];
    if (name !== undefined && output.length >= length)
      this.#bound(connection, name, context, output.subarray(0, length));
  }

  /** A secret that is bound to the hash of a transcript. */
  #bound(connection: number, name: string, transcript: Uint8Array, secret: Uint8Array): void {
    const { clientRandom } = this.#options;
    const known = this.#transcripts.clientRandom(transcript) ?? clientRandom;
    // A line for a random that is no client random is one that nobody looks up.
    const candidates = known === undefined ? (this.#draws.get(connection) ?? []) : [known];
    for (const candidate of candidates) this.#line(name, candidate, secret);
    if (candidates.length === 0)
      this.#write(`# no client random known; see --keylog-client-random: ${name} ${hex(secret)}`);
  }

  #line(name: string, clientRandom: Uint8Array, secret: Uint8Array): void {
    this.#write(`${name} ${hex(clientRandom)} ${hex(secret)}`);
  }

  #write(line: string): void {
    if (this.#written.has(line)) return;
    this.#written.set(line, true);
    this.#options.write(line);
  }
}
