/** What a device does besides answering: restoring snapshots, and letting others in while it computes for long. */
import { createDevice } from '../emulator/device.ts';
import {
  PSA_ALG_FFDH,
  PSA_ALG_GCM,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_DH_FAMILY_RFC7919,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DH_KEY_PAIR,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
} from '../psa-api/constants.ts';
import {
  createPsa,
  hashOperationInit,
  keyDerivationOperationInit,
  type Psa,
} from '../psa-api/generated/psa.ts';
import { check } from '../rpc/client/check.ts';
import { type Connection, connect } from '../rpc/client/connect.ts';

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

/** Milliseconds of one restore of a device with keys and open operations. */
export const snapshotCost = async (): Promise<{ bytes: number; p50: number; p99: number }> => {
  const device = createDevice({ profile: 'psa-full', insecureSeed: 'bench' });
  const psa = createPsa(device.connect().call);
  check(await psa.cryptoInit());
  const attributes = { type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT, alg: PSA_ALG_GCM };
  for (let id = 1; id <= 10; id++) {
    check(await psa.generateKey(attributes));
    check(await psa.generateKey({ ...attributes, id }));
  }
  for (let i = 0; i < 3; i++) {
    const operation = hashOperationInit();
    check(await psa.hashSetup(operation, PSA_ALG_SHA_256));
    check(await psa.hashUpdate(operation, new Uint8Array(200)));
  }
  const snapshot = device.snapshot();
  const times = Array.from({ length: 300 }, () => {
    const begin = performance.now();
    device.restore(snapshot);
    return performance.now() - begin;
  }).slice(50);
  device.close();
  return { bytes: snapshot.length, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
};

const pbkdf2 = async (psa: Psa): Promise<unknown> => {
  const operation = keyDerivationOperationInit();
  check(await psa.keyDerivationSetup(operation, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256)));
  check(await psa.keyDerivationInputInteger(operation, PSA_KEY_DERIVATION_INPUT_COST, 16_777_216n));
  const bytes = (step: number) => psa.keyDerivationInputBytes(operation, step, new Uint8Array(16));
  check(await bytes(PSA_KEY_DERIVATION_INPUT_SALT));
  check(await bytes(PSA_KEY_DERIVATION_INPUT_PASSWORD));
  return psa.keyDerivationOutputBytes(operation, 32);
};

const ffdh = (psa: Psa): Promise<unknown> => {
  const type = PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919);
  return psa.generateKey({ type, bits: 8192, usage: PSA_KEY_USAGE_DERIVE, alg: PSA_ALG_FFDH });
};

const LONG: readonly (readonly [name: string, call: (psa: Psa) => Promise<unknown>])[] = [
  ['PBKDF2, 16,777,216 iterations', pbkdf2],
  ['RSA-4096 key generation', (psa) => psa.generateKey({ type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 4096 })],
  ['FFDHE-8192 key pair', ffdh],
];

/** How long another client's calls take meanwhile, in milliseconds. */
const meanwhile = async (other: Connection, isOver: () => boolean): Promise<number[]> => {
  const times: number[] = [];
  const end = performance.now() + 3000;
  while (performance.now() < end && !isOver()) {
    const begin = performance.now();
    check(await other.generateRandom(16));
    times.push(performance.now() - begin);
  }
  return times;
};

export const stalls = async (
  endpoint: string,
): Promise<readonly { name: string; calls: number; p50: number; longest: number }[]> => {
  const rows = [];
  for (const [name, call] of LONG) {
    const busy = await connect(endpoint);
    const other = await connect(endpoint);
    let over = false;
    const long = call(busy).finally(() => {
      over = true;
    });
    const times = await meanwhile(other, () => over);
    // The caller's end is the call's.
    await Promise.all([busy.close(), other.close(), long.catch(() => {})]);
    rows.push({ name, calls: times.length, p50: percentile(times, 0.5), longest: Math.max(...times) });
  }
  return rows;
};
