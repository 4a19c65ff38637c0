/** The connections of one client: which service a psa_call on a handle goes to. */
import { PSA_ERROR_CONNECTION_BUSY, PSA_ERROR_CONNECTION_REFUSED } from '../../psa-api/status.ts';

/** Service ids as psa_connect takes them (client_extension.h of the Secure Manager's API). */
export const SERVICES = { storage: 2, crypto: 3, firmwareUpdate: 4, attestation: 5 } as const;

const KNOWN: ReadonlySet<number> = new Set(Object.values(SERVICES));

export interface Connections {
  /** What psa_connect returns: a handle, or what says that there is none. */
  open(service: number): number;
  serviceOf(handle: number): number | undefined;
  close(handle: number): void;
}

/** Every connection of the non-secure world has this handle. */
const NON_SECURE_HANDLE = -1;
const PSA_NULL_HANDLE = 0;

/**
 * The table of the device's own client. All handles are the same, so a call finds the first connection there is; a
 * service is entered once, except that the first place is not looked at; closing empties the first place, whoever
 * stands there.
 */
export const sharedHandle = (count: number): Connections => {
  const table: (number | undefined)[] = new Array(count).fill(undefined);
  return {
    open(service) {
      const free = table.indexOf(undefined);
      if (!KNOWN.has(service) || free < 0) return PSA_NULL_HANDLE;
      if (table.lastIndexOf(service) <= 0) table[free] = service;
      return NON_SECURE_HANDLE;
    },
    serviceOf: (handle) =>
      handle === NON_SECURE_HANDLE ? table.find((service) => service !== undefined) : undefined,
    close(handle) {
      if (handle === NON_SECURE_HANDLE) table[0] = undefined;
    },
  };
};

/** PSA Firmware Framework-M 1.0, psa_connect: a handle is positive and given out once; an error is its status. */
export const uniqueHandles = (count: number): Connections => {
  const open = new Map<number, number>();
  let last = 0;
  return {
    open(service) {
      if (!KNOWN.has(service)) return PSA_ERROR_CONNECTION_REFUSED;
      if (open.size >= count) return PSA_ERROR_CONNECTION_BUSY;
      open.set(++last, service);
      return last;
    },
    serviceOf: (handle) => open.get(handle),
    close(handle) {
      open.delete(handle);
    },
  };
};
