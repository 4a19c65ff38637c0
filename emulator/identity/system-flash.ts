/**
 * The read-only system flash, as far as firmware reads it for its certificates: two packs of 512 bytes with serial
 * number, public key and signature at fixed places, everything else erased.
 */
import type { SystemFlash } from '../../psa-api/services.ts';

const START = 0x0bf9fc00;
const PACK = 0x200;
const ERASED = 0xff;

/** What of a certificate is not the same for all chips. */
export interface Pack {
  readonly serial: Uint8Array;
  /** X || Y, without the 0x04 that says so. */
  readonly publicKey: Uint8Array;
  /** r || s */
  readonly signature: Uint8Array;
}

type Places = Readonly<Record<keyof Pack, number>>;

/** Pack 2 comes first. */
const USER: Places = { publicKey: 12, signature: 76, serial: 140 };
const INITIAL_ATTESTATION: Places = { publicKey: PACK + 152, signature: PACK + 216, serial: PACK + 484 };

export const systemFlash = (user: Pack, initialAttestation: Pack): SystemFlash => {
  const image = new Uint8Array(2 * PACK).fill(ERASED);
  const put = (pack: Pack, places: Places) => {
    image.set(pack.publicKey, places.publicKey);
    image.set(pack.signature, places.signature);
    image.set(pack.serial, places.serial);
  };
  put(user, USER);
  put(initialAttestation, INITIAL_ATTESTATION);
  return (address, length) => {
    const from = address - START;
    return from < 0 || from + length > image.length ? undefined : image.slice(from, from + length);
  };
};
