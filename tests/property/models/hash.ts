/** What the specification allows with hashes. PSA Crypto 1.3, 10.2.3. */

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { PSA_ALG_CTR, PSA_ALG_SHA_256 } from '../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { hex, join, NOTHING } from '../../support/bytes.ts';
import { abort, as, BAD_STATE, INVALID, type Model, type Step, SUCCESS, setup, step } from '../model.ts';

interface Message {
  readonly data: Uint8Array;
}

export const hashModel = (): Model<Message> => {
  const digest = ({ data }: Message) => createHash('sha256').update(data).digest();
  const clone: Step<Message> = {
    name: 'clone',
    expects: (state, source) => (state === undefined && source !== undefined ? SUCCESS : BAD_STATE),
    after: (_, source) => source,
    run: (psa, o, source) => psa.hashClone(as(source), as(o)),
  };
  const given = { hash: NOTHING };
  const fixed: readonly Step<Message>[] = [
    setup('setup', { data: NOTHING }, (psa, o) => psa.hashSetup(as(o), PSA_ALG_SHA_256)),
    {
      name: 'setup with no hash',
      expects: (state) => (state === undefined ? INVALID : BAD_STATE),
      after: () => undefined,
      run: (psa, o) => psa.hashSetup(as(o), PSA_ALG_CTR),
    },
    clone,
    step(
      'suspend',
      () => ['SUCCESS', 'NOT_SUPPORTED'],
      () => undefined,
      (psa, o) => psa.hashSuspend(as(o)),
    ),
    step(
      'finish without room',
      () => ['BUFFER_TOO_SMALL'],
      () => undefined,
      (psa, o) => psa.hashFinish(as(o), 31),
    ),
    step(
      'verify a wrong digest',
      () => ['INVALID_SIGNATURE'],
      () => undefined,
      (psa, o) => psa.hashVerify(as(o), new Uint8Array(32)),
    ),
    step(
      'finish',
      () => SUCCESS,
      (state) => {
        expect(hex(given.hash)).toBe(hex(digest(state)));
        return undefined;
      },
      async (psa, o) => {
        const answer = await psa.hashFinish(as(o));
        given.hash = answer.hash;
        return answer;
      },
    ),
    abort((psa, o) => psa.hashAbort(as(o))),
  ];
  const updates = fc.uint8Array({ maxLength: 150 }).map((data) =>
    step<Message>(
      `update with ${data.length} bytes`,
      () => SUCCESS,
      (state) => ({ data: join(state.data, data) }),
      (psa, o) => psa.hashUpdate(as(o), data),
    ),
  );
  const reaches = ['clone: SUCCESS', 'finish: SUCCESS', 'verify a wrong digest: INVALID_SIGNATURE'];
  return { init: hashOperationInit, reaches, steps: fc.oneof(fc.constantFrom(...fixed), updates) };
};
