/**
 * A comparison that stops after a few bytes: a forger needs to be right in those alone. The same holds for a loop that is
 * left early by a fault, and for a `memcmp` told a wrong length.
 */

/** Asks whether a MAC is accepted. */
export type MacOracle = (mac: Uint8Array) => Promise<boolean>;

/** A MAC of `length` bytes that is accepted, and the tries it took; undefined where no first byte is. At most 256 tries. */
export const forgeByFirstByte = async (
  length: number,
  accepts: MacOracle,
): Promise<{ readonly mac: Uint8Array; readonly tries: number } | undefined> => {
  const mac = new Uint8Array(length);
  for (let first = 0; first < 256; first++) {
    mac[0] = first;
    if (await accepts(mac)) return { mac, tries: first + 1 };
  }
  return undefined;
};
