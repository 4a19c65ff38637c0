/** Constants of the wire; docs/wire.md describes it. */

export const PROTOCOL_VERSION = 1;

/** The longest payload of a frame, in bytes; checked before anything is buffered or decoded. */
export const MAX_FRAME = 16_777_216;

/** Function id of the first request of every connection. */
export const HELLO = 0;

/** Bits of the hello's answer: what the device's own client does, for clients that stand in for it. */
export const CLIENT_QUIRKS = { lengthsOnError: 1, outputsFilled: 2 } as const;
