/**
 * A trace as a capture (pcapng): each record is a packet of an "exported PDU", the link type that names its dissector
 * in the packet itself, so that Wireshark shows the JSON as a tree without any setting.
 */
import type { TraceRecord } from './event.ts';
import { callText } from './text.ts';

/** pcapng, 4: types of blocks; all integers are little-endian here. */
const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER = 0x1a2b3c4d;
const OPTION = { end: 0, comment: 1, interfaceName: 2, timeResolution: 9, application: 4 } as const;
const NANOSECONDS = 9;

const LINKTYPE_WIRESHARK_UPPER_PDU = 252;
/** Tags before the packet of an exported PDU; these integers are big-endian. Wireshark knows the last from 4.2 on. */
const TAG = { end: 0, dissector: 12, protocolColumn: 33, infoColumn: 36 } as const;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const padded = (bytes: Uint8Array): Uint8Array => joined(bytes, new Uint8Array(-bytes.length & 3));

const u32 = (...values: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  return new Uint8Array(view.buffer);
};

const block = (type: number, body: Uint8Array): Uint8Array => {
  const length = 12 + body.length;
  return joined(u32(type, length), body, u32(length));
};

const option = (code: number, value: Uint8Array): Uint8Array =>
  joined(Uint8Array.of(code, 0, value.length & 0xff, value.length >> 8), padded(value));

const END_OF_OPTIONS = Uint8Array.of(OPTION.end, 0, 0, 0);

const sectionHeader = (): Uint8Array => {
  const version = Uint8Array.of(1, 0, 0, 0);
  const unknownLength = u32(0xffffffff, 0xffffffff);
  const options = joined(option(OPTION.application, utf8('h5sm')), END_OF_OPTIONS);
  return block(SECTION_HEADER, joined(u32(BYTE_ORDER), version, unknownLength, options));
};

const interfaceDescription = (): Uint8Array => {
  const linkType = Uint8Array.of(LINKTYPE_WIRESHARK_UPPER_PDU, 0, 0, 0);
  const options = joined(
    option(OPTION.interfaceName, utf8('h5sm')),
    option(OPTION.timeResolution, Uint8Array.of(NANOSECONDS)),
    END_OF_OPTIONS,
  );
  return block(INTERFACE_DESCRIPTION, joined(linkType, u32(0), options));
};

const tag = (code: number, value: Uint8Array): Uint8Array => {
  const content = padded(value);
  return joined(Uint8Array.of(0, code, content.length >> 8, content.length & 0xff), content);
};

const summary = (record: TraceRecord): string => ('event' in record ? record.event : callText(record));

/** Wireshark refuses a file with a packet above 256 KiB: then the revealed bytes are left out. */
const LONGEST_JSON = 200_000;

const jsonOf = (record: TraceRecord): Uint8Array => {
  const whole = JSON.stringify(record);
  return utf8(whole.length > LONGEST_JSON ? JSON.stringify({ ...record, bytes: undefined }) : whole);
};

const packetData = (record: TraceRecord): Uint8Array =>
  joined(
    tag(TAG.dissector, utf8('json')),
    tag(TAG.protocolColumn, utf8('PSA')),
    tag(TAG.infoColumn, utf8(summary(record))),
    Uint8Array.of(0, TAG.end, 0, 0),
    jsonOf(record),
  );

const packet = (record: TraceRecord): Uint8Array => {
  const data = packetData(record);
  const whole = Math.trunc(record.time);
  const ns = BigInt(whole) * 1_000_000n + BigInt(Math.round((record.time - whole) * 1e6));
  const head = u32(0, Number(ns >> 32n), Number(ns & 0xffffffffn), data.length, data.length);
  const options = joined(option(OPTION.comment, utf8(summary(record))), END_OF_OPTIONS);
  return block(ENHANCED_PACKET, joined(head, padded(data), options));
};

/** The bytes of the whole file, in pieces. */
export async function* pcapngBytes(records: AsyncIterable<TraceRecord>): AsyncGenerator<Uint8Array> {
  yield sectionHeader();
  yield interfaceDescription();
  for await (const record of records) yield packet(record);
}
