/** What one connection does: a class of things, drawn from its own random numbers. */
import net from 'node:net';
import { encodeFrame } from '../../rpc/elements.ts';
import { FLOWS } from './flows.ts';
import { CALLS, Mind } from './mind.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';
import { isSlow } from './slow.ts';
import { Talk } from './talk.ts';
import { OWNERS } from './values.ts';

export const KINDS = ['bytes', 'calls', 'flows', 'http'] as const;
export type Kind = (typeof KINDS)[number];

export const kindOf = (random: Random): Kind => {
  const drawn = random.below(100);
  if (drawn < 1) return 'http';
  return drawn < 92 ? 'bytes' : drawn < 96 ? 'calls' : 'flows';
};

/** psa_crypto_init: without it nearly everything is PSA_ERROR_BAD_STATE. */
const INIT = 1;

const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;

/** A frame of some call, whole. */
const someFrame = (mind: Mind): Uint8Array => {
  const row = mind.random.pick(CALLS);
  const inputs = mind.inputs(row);
  if (isSlow(row, inputs)) return mind.talk.frame(1, []);
  return mind.random.once(40)
    ? (encodeFrame([mind.talk.nextSeq(), mind.random.below(0x1000)]) ?? new Uint8Array(0))
    : mind.talk.frame(row.id, inputs);
};

const noise = (mind: Mind): Uint8Array => {
  const { random } = mind;
  const frames = Array.from({ length: random.pick([1, 1, 2, 4, 8, 16]) }, () => {
    const frame = someFrame(mind);
    return random.once(3) ? mutate(frame, random) : frame;
  });
  return new Uint8Array(Buffer.concat(frames));
};

const bytes = async (mind: Mind): Promise<void> => {
  const { random, talk } = mind;
  for (let i = 1 + random.below(12); i > 0 && !talk.over; i--) {
    const sent = noise(mind);
    const isHttp = !talk.greeted && isCapital(sent[0] ?? 0);
    if (sent.length === 0 || isHttp) continue;
    await talk.send(sent, random.pick([1, 1, 1, 2, 5]));
    if (random.once(2)) await talk.settled();
  }
};

const calls = async (mind: Mind): Promise<void> => {
  const { random, talk } = mind;
  for (let i = random.below(5); i > 0; i--) await mind.key();
  for (let i = 5 + random.below(40); i > 0 && !talk.over; i--) {
    talk.cork();
    const burst = Array.from({ length: random.pick([1, 2, 4, 8, 16]) }, () => mind.any());
    talk.uncork();
    await Promise.all(burst);
  }
};

const flows = async (mind: Mind): Promise<void> => {
  const { random } = mind;
  for (let i = 1 + random.below(6); i > 0 && !mind.over; i--) await random.pick(FLOWS)(mind);
};

/** Bytes that begin as HTTP does: only the emulator's life is at stake. */
const http = (path: string, random: Random): Promise<void> =>
  new Promise((resolve) => {
    const lines = [
      'GET /v1/status HTTP/1.1\r\nHost: h5sm\r\n\r\n',
      'POST /v1/call/psa_hash_compute HTTP/1.1\r\n',
      'A',
      'GET',
    ];
    const socket = net.connect(path);
    const timer = setTimeout(() => socket.destroy(), 1000);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on('data', () => socket.destroy());
    socket.write(random.pick(lines));
    socket.end(random.bytes(1 + random.below(200)));
  });

const BODIES = { bytes, calls, flows };

/** Undefined: nothing that a talk would know of. */
export const converse = async (path: string, kind: Kind, random: Random): Promise<Talk | undefined> => {
  if (kind === 'http') {
    await http(path, random);
    return undefined;
  }
  const talk = await Talk.open(path);
  const mind = new Mind(talk, random);
  const lastHandle = random.once(500) ? random.u32() : 0;
  if (kind !== 'bytes' || !random.once(6)) await talk.hello(random.pick(OWNERS), lastHandle);
  if (!talk.over && talk.greeted && !random.once(20)) await talk.call(INIT, []);
  await BODIES[kind](mind);
  if (kind !== 'bytes' && random.once(4) && !talk.over) await talk.send(noise(mind), random.pick([1, 3]));
  // Some leave without waiting for their answers.
  if (!random.once(10)) await talk.settled();
  await talk.leave(random.once(3));
  if (talk.violation !== undefined) throw talk.violation;
  return talk;
};
