/**
 * What power can leave of a run of events: cut between any two, after any byte of a quad-word, after any quad-word of
 * an erasure, and with bits of both that went their own way. On a host, besides, where blocks reach the disk in any
 * order until they are synced.
 */
import type { Left } from '../../keystore/chip.ts';
import { ERASED, type Geometry, QUAD_WORD } from '../../keystore/flash.ts';
import { apply, type Event } from './recorder.ts';

export interface Cut {
  /** For people. */
  readonly where: string;
  readonly left: Left;
  /** How many events were over, and how many begun. */
  readonly over: number;
  readonly begun: number;
}

/** Every other bit has its new value. */
const mixed = (old: number, now: number): number => (old & 0x55) | (now & 0xaa);

interface Torn {
  readonly where: string;
  readonly bytes: Uint8Array;
}

function* tornProgram(bytes: Uint8Array, { address, word }: Event & { kind: 'program' }): Iterable<Torn> {
  const torn = bytes.slice();
  for (let i = 0; i < QUAD_WORD - 1; i++) {
    torn[address + i] = word[i] ?? ERASED;
    yield { where: `${i + 1} bytes into the quad-word at ${address}`, bytes: torn.slice() };
  }
  const half = bytes.slice();
  for (let i = 0; i < QUAD_WORD; i++) half[address + i] = mixed(half[address + i] ?? 0, word[i] ?? 0);
  yield { where: `half of the bits of the quad-word at ${address}`, bytes: half };
}

function* tornErase(
  bytes: Uint8Array,
  { sector }: Event & { kind: 'erase' },
  { sectorSize }: Geometry,
): Iterable<Torn> {
  const [start, end] = [sector * sectorSize, (sector + 1) * sectorSize];
  const torn = bytes.slice();
  for (let at = start + QUAD_WORD; at < end; at += QUAD_WORD) {
    torn.fill(ERASED, at - QUAD_WORD, at);
    yield { where: `sector ${sector} erased up to ${at - start}`, bytes: torn.slice() };
  }
  const backwards = bytes.slice();
  backwards.fill(ERASED, (start + end) / 2, end);
  yield { where: `the end of sector ${sector} erased`, bytes: backwards };
  const half = bytes.map((byte, at) => (at >= start && at < end ? mixed(byte, ERASED) : byte));
  yield { where: `half of the bits of sector ${sector} erased`, bytes: half };
}

const torn = (bytes: Uint8Array, event: Event, geometry: Geometry): Iterable<Torn> => {
  if (event.kind === 'program') return tornProgram(bytes, event);
  return event.kind === 'erase' ? tornErase(bytes, event, geometry) : [];
};

/** Each differs from the one before it. */
export function* cuts(geometry: Geometry, start: Left, events: readonly Event[]): Iterable<Cut> {
  const bytes = start.flash.slice();
  let { counter } = start;
  let last: Uint8Array = bytes.slice();
  yield { where: 'before all', left: { flash: last, counter }, over: 0, begun: 0 };
  for (const [i, event] of events.entries()) {
    for (const { where, bytes: flash } of torn(bytes, event, geometry)) {
      if (Buffer.compare(flash, last) === 0) continue;
      last = flash;
      yield { where, left: { flash, counter }, over: i, begun: i + 1 };
    }
    apply(bytes, event, geometry);
    if (event.kind === 'count') counter = event.to;
    if (event.kind !== 'count' && Buffer.compare(bytes, last) === 0) continue;
    last = bytes.slice();
    const where = `after ${event.kind} ${i + 1}`;
    yield { where, left: { flash: last, counter }, over: i + 1, begun: i + 1 };
  }
}

const BLOCK = 512;

/** A host's: of the blocks that were written since the last sync, each one is there or not, at random. */
function* reorderings(
  geometry: Geometry,
  synced: Uint8Array,
  unsynced: readonly Event[],
  count: number,
  random: () => number,
): Iterable<Uint8Array> {
  const versions = [synced];
  for (const event of unsynced) {
    const next = versions.at(-1)?.slice() ?? synced;
    apply(next, event, geometry);
    if (event.kind !== 'program' || event.address % BLOCK === 0) versions.push(next);
    else versions[versions.length - 1] = next;
  }
  for (let i = 0; i < count; i++) {
    const flash = synced.slice();
    // From nearly nothing to nearly all.
    const share = (i + 0.5) / count;
    for (let at = 0; at < flash.length; at += BLOCK) {
      const block = versions[random() < share ? versions.length - 1 : Math.floor(random() * versions.length)];
      if (block !== undefined) flash.set(block.subarray(at, at + BLOCK), at);
    }
    yield flash;
  }
}

/** The counter is written after the sync, and itself never synced: it may be any that it was. */
export function* hostCuts(
  geometry: Geometry,
  start: Left,
  events: readonly Event[],
  perSync: number,
  random: () => number,
): Iterable<Cut> {
  const synced = start.flash.slice();
  const counters = [start.counter];
  let unsynced: Event[] = [];
  for (const [i, event] of [...events, { kind: 'sync' } as const].entries()) {
    if (event.kind === 'count') counters.push(event.to);
    if (event.kind !== 'sync') {
      unsynced.push(event);
      continue;
    }
    for (const flash of reorderings(geometry, synced, unsynced, perSync, random)) {
      const counter = counters[Math.floor(random() * counters.length)] ?? start.counter;
      const where = `blocks in another order before sync ${i + 1}`;
      yield { where, left: { flash, counter }, over: i, begun: i };
    }
    for (const done of unsynced) apply(synced, done, geometry);
    unsynced = [];
  }
}
