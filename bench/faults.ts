/** What it costs that faults can be set: the same calls on devices without one, with one elsewhere, and after the last. */
import { createDevice } from '../emulator/device.ts';
import { functionByName } from '../psa-api/functions.ts';
import type { Session } from '../psa-api/service.ts';
import { median } from './median.ts';

const ROUNDS = 9;
const CALLS = 5000;
const RANDOM = functionByName('psa_generate_random')?.id ?? 0;
const INIT = functionByName('psa_crypto_init')?.id ?? 0;

/** Nanoseconds of one call. */
const measure = (session: Session): number => {
  const begin = performance.now();
  for (let i = 0; i < CALLS; i++) session.call(RANDOM, [32]);
  return ((performance.now() - begin) * 1e6) / CALLS;
};

/** In this process, so that no wire hides the difference. Two devices without any show what is noise. */
export const faultCost = (): void => {
  const cleared = createDevice({ profile: 'psa-full' });
  cleared.faults.add('alg.*->count');
  cleared.faults.clear();
  const devices = [
    ['no faults', createDevice({ profile: 'psa-full' })],
    ['no faults, once more', createDevice({ profile: 'psa-full' })],
    ['all cleared', cleared],
    [
      'one at another call',
      createDevice({ profile: 'psa-full', faults: ['api.psa_sign_hash.leave->count'] }),
    ],
    ['one inside, elsewhere', createDevice({ profile: 'psa-full', faults: ['alg.ecdsa.k->count'] })],
  ] as const;
  const sessions = devices.map(([name, device]) => [name, device.connect(), [] as number[]] as const);
  for (const [, session] of sessions) session.call(INIT, []);
  // The first rounds are the compiler's.
  for (let round = 0; round < 3; round++) for (const [, session] of sessions) measure(session);
  for (let round = 0; round < ROUNDS; round++)
    for (const [, session, times] of sessions) times.push(measure(session));
  const base = median(sessions[0]?.[2] ?? []);
  console.log(
    `\nFaults (psa_generate_random 32 B in process; medians of ${ROUNDS} interleaved rounds of ${CALLS})`,
  );
  for (const [name, , times] of sessions) {
    const ns = median(times);
    console.log(
      `${name.padEnd(30)} ${(ns / 1000).toFixed(2).padStart(8)} us/call ${(ns / base).toFixed(2).padStart(7)}x`,
    );
  }
  for (const [, device] of devices) device.close();
};
