/** What the specification allows with MACs. PSA Crypto 1.3, 10.3.3. */

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { PSA_ALG_HMAC, PSA_ALG_SHA_256 } from '../../../psa-api/constants.ts';
import { macOperationInit } from '../../../psa-api/generated/psa.ts';
import { hex, join, NOTHING } from '../../support/bytes.ts';
import { HMAC_KEY } from '../../support/keys.ts';
import { abort, as, BAD_STATE, type Model, type Step, SUCCESS, setup, step } from '../model.ts';

interface Mac {
  readonly data: Uint8Array;
  readonly purpose: 'sign' | 'verify';
}

export const macModel = (key: number): Model<Mac> => {
  const alg = PSA_ALG_HMAC(PSA_ALG_SHA_256);
  const mac = ({ data }: Mac) => createHmac('sha256', HMAC_KEY).update(data).digest();
  const given = { mac: NOTHING };
  const fixed: readonly Step<Mac>[] = [
    setup('sign setup', { purpose: 'sign', data: NOTHING }, (psa, o) => psa.macSignSetup(as(o), key, alg)),
    setup('verify setup', { purpose: 'verify', data: NOTHING }, (psa, o) =>
      psa.macVerifySetup(as(o), key, alg),
    ),
    {
      name: 'setup without a key',
      expects: (state) => (state === undefined ? ['INVALID_HANDLE'] : BAD_STATE),
      after: () => undefined,
      run: (psa, o) => psa.macSignSetup(as(o), 0, alg),
    },
    step(
      'sign finish',
      ({ purpose }) => (purpose === 'sign' ? SUCCESS : BAD_STATE),
      (state) => {
        expect(hex(given.mac)).toBe(hex(mac(state)));
        return undefined;
      },
      async (psa, o) => {
        const answer = await psa.macSignFinish(as(o));
        given.mac = answer.mac;
        return answer;
      },
    ),
    step(
      'sign finish without room',
      ({ purpose }) => (purpose === 'sign' ? ['BUFFER_TOO_SMALL'] : BAD_STATE),
      () => undefined,
      (psa, o) => psa.macSignFinish(as(o), 31),
    ),
    step(
      'verify finish with a wrong MAC',
      ({ purpose }) => (purpose === 'verify' ? ['INVALID_SIGNATURE'] : BAD_STATE),
      () => undefined,
      (psa, o) => psa.macVerifyFinish(as(o), new Uint8Array(32)),
    ),
    abort((psa, o) => psa.macAbort(as(o))),
  ];
  const updates = fc.uint8Array({ maxLength: 150 }).map((data) =>
    step<Mac>(
      `update with ${data.length} bytes`,
      () => SUCCESS,
      (state) => ({ ...state, data: join(state.data, data) }),
      (psa, o) => psa.macUpdate(as(o), data),
    ),
  );
  const reaches = ['sign finish: SUCCESS', 'verify finish with a wrong MAC: INVALID_SIGNATURE'];
  return { init: macOperationInit, reaches, steps: fc.oneof(fc.constantFrom(...fixed), updates) };
};
