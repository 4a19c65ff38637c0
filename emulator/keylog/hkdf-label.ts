/** HkdfLabel of TLS 1.3 (RFC 8446 7.1): uint16 length, "tls13 " and the label, the context. */
export interface HkdfLabel {
  readonly length: number;
  /** Without "tls13 ". */
  readonly label: string;
  readonly context: Uint8Array;
}

const PREFIX = 'tls13 ';

const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** undefined for what is no such structure, whole and nothing after it. */
export const parseHkdfLabel = (info: Uint8Array): HkdfLabel | undefined => {
  const [high = 0, low = 0, labelLength = 0] = info;
  const label = ascii(info.subarray(3, 3 + labelLength));
  const contextAt = 3 + labelLength + 1;
  const contextLength = info[contextAt - 1];
  if (!label.startsWith(PREFIX) || contextLength === undefined) return undefined;
  const context = info.subarray(contextAt);
  if (context.length !== contextLength) return undefined;
  return { length: (high << 8) | low, label: label.slice(PREFIX.length), context: context.slice() };
};
