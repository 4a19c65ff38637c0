/**
 * Key derivation of which each block of output can be disturbed: `alg.kdf.block`, as long as the PRF's output, as it is
 * handed out. What the next block is chained on stays as it was.
 */

import type { Engine, Kdf, KdfStream, Long, LongKdfStream } from '../engine.ts';
import { drain } from '../noble/long.ts';
import type { Probe } from '../probe.ts';

class DisturbedStream implements LongKdfStream {
  readonly #stream: KdfStream | LongKdfStream;
  readonly #block: number;
  readonly #probe: Probe;
  #left = new Uint8Array(0);

  constructor(stream: KdfStream | LongKdfStream, block: number, probe: Probe) {
    this.#stream = stream;
    this.#block = block;
    this.#probe = probe;
  }

  *readLong(length: number): Long<Uint8Array> {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      if (this.#left.length === 0) this.#left = yield* this.#next();
      const part = this.#left.subarray(0, length - at);
      out.set(part, at);
      at += part.length;
      this.#left = this.#left.subarray(part.length);
    }
    return out;
  }

  read(length: number): Uint8Array {
    return drain(this.readLong(length));
  }

  wipe(): void {
    this.#left.fill(0);
    this.#stream.wipe();
  }

  *#next(): Long<Uint8Array<ArrayBuffer>> {
    const stream = this.#stream;
    const block = 'readLong' in stream ? yield* stream.readLong(this.#block) : stream.read(this.#block);
    return new Uint8Array(this.#probe.data('alg.kdf.block', block));
  }
}

export function faultyKdf(engine: Engine, probe: Probe): Pick<Engine, 'kdf'> {
  const plain = engine.kdf;
  const CMAC = 16;
  const of = (hash: Parameters<Kdf['hkdfExpand']>[0]): number => engine.hashLengths(hash).output;
  const wants = () => probe.wants('alg.kdf');
  const disturbed = (stream: KdfStream, block: number): KdfStream =>
    wants() ? new DisturbedStream(stream, block, probe) : stream;
  const disturbedLong = (stream: LongKdfStream, block: number): LongKdfStream =>
    wants() ? new DisturbedStream(stream, block, probe) : stream;
  return {
    kdf: {
      hkdfExtract: (...given) => plain.hkdfExtract(...given),
      hkdfExpand: (...given) => disturbed(plain.hkdfExpand(...given), of(given[0])),
      tls12Prf: (...given) => disturbed(plain.tls12Prf(...given), of(given[0])),
      pbkdf2Hmac: (...given) => disturbedLong(plain.pbkdf2Hmac(...given), of(given[0])),
      pbkdf2AesCmac: (...given) => disturbedLong(plain.pbkdf2AesCmac(...given), CMAC),
      counterHmac: (...given) => disturbed(plain.counterHmac(...given), of(given[0])),
      counterCmac: (...given) => disturbed(plain.counterCmac(...given), CMAC),
    },
  };
}
