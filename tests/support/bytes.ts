/** Byte strings as tests write them. */

export const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');

/** Spaces and line ends may stand anywhere. */
export const unhex = (text: string): Uint8Array => {
  const digits = text.replaceAll(/\s/g, '');
  const data = new Uint8Array(Buffer.from(digits, 'hex'));
  if (data.length * 2 !== digits.length) throw new Error(`not hexadecimal: ${text}`);
  return data;
};

export const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

export const bytesOf = (data: Uint8Array): Uint8Array => new Uint8Array(data);

export const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

export const NOTHING: Uint8Array = new Uint8Array(0);
