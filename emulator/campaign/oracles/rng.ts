/** Whether random numbers look random: none twice, no pattern in one, as many ones as zeros. SP 800-90B, 4.4, in small. */
import type { TraceEvent } from '../../trace/event.ts';
import type { Finding } from '../outcome.ts';
import type { KnownKey } from '../watched-device.ts';

const DRAWING: Readonly<Record<string, string>> = {
  psa_generate_random: 'output',
  psa_cipher_generate_iv: 'iv',
  psa_aead_generate_nonce: 'nonce',
};
const GENERATING = new Set(['psa_generate_key', 'psa_generate_key_custom']);

/** Bytes of a value that comes twice by chance in 2^64 draws. */
const TELLING = 8;
/** Of all draws together, for their ones to be counted; and standard deviations that chance does not reach. */
const COUNTED = 64;
const SIGMAS = 7;
/** Repetitions of a pattern within one draw. */
const LONGEST_PERIOD = 16;

interface Draw {
  readonly what: string;
  readonly bytes: Uint8Array;
}

const drawsOf = (events: readonly TraceEvent[], keys: readonly KnownKey[]): readonly Draw[] => {
  return events.flatMap((event, at) => {
    if (event.status !== 0) return [];
    const what = `call ${at + 1}, ${event.function}`;
    const key = keys.find(({ from }) => from === at);
    if (GENERATING.has(event.function)) return key === undefined ? [] : [{ what, bytes: key.data }];
    const hex = event.bytes?.[DRAWING[event.function] ?? ''];
    return hex === undefined ? [] : [{ what, bytes: new Uint8Array(Buffer.from(hex, 'hex')) }];
  });
};

/** The shortest pattern that a draw repeats from its beginning to its end, at least twice. */
const periodOf = (bytes: Uint8Array): number | undefined => {
  for (let period = 1; period <= LONGEST_PERIOD && 2 * period <= bytes.length; period++)
    if (bytes.every((byte, i) => i < period || byte === bytes[i - period])) return period;
  return undefined;
};

const onesIn = (bytes: Uint8Array): number => {
  let ones = 0;
  for (let byte of bytes) for (; byte !== 0; byte &= byte - 1) ones++;
  return ones;
};

const isBiased = (draws: readonly Draw[]): string | undefined => {
  const bits = 8 * draws.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (bits < 8 * COUNTED) return undefined;
  const ones = draws.reduce((sum, { bytes }) => sum + onesIn(bytes), 0);
  return Math.abs(ones - bits / 2) > (SIGMAS * Math.sqrt(bits)) / 2
    ? `${ones} ones in ${bits} bits of all draws`
    : undefined;
};

export const rngFindings = (events: readonly TraceEvent[], keys: readonly KnownKey[]): readonly Finding[] => {
  const draws = drawsOf(events, keys);
  const finding = (detail: string): Finding => ({
    oracle: 'rng',
    class: 'security',
    property: 'weak-random',
    detail,
  });
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { what, bytes } of draws) {
    if (bytes.length < TELLING) continue;
    const name = Buffer.from(bytes).toString('hex');
    const before = seen.get(name);
    if (before !== undefined) findings.push(finding(`${what} gave what ${before} had given`));
    else seen.set(name, what);
    const period = periodOf(bytes);
    if (period !== undefined) findings.push(finding(`${what}: the same ${period} bytes again and again`));
  }
  const biased = isBiased(draws);
  return biased === undefined ? findings : [...findings, finding(biased)];
};
