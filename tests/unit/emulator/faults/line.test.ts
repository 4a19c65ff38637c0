import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../../emulator/faults/fault-error.ts';
import { parseFault } from '../../../../emulator/faults/line.ts';
import { lineOf } from '../../../../emulator/faults/spec.ts';
import { PSA_ERROR_HARDWARE_FAILURE } from '../../../../psa-api/status.ts';

describe('the one-line form', () => {
  it('has a point, triggers and effects', () => {
    const fault = parseFault(
      'api.psa_sign_hash.leave: nth=3, client=-1 -> delay(2.5) -> return(PSA_ERROR_HARDWARE_FAILURE)',
    );
    expect(fault.point).toBe('api.psa_sign_hash.leave');
    expect(fault.trigger).toEqual({ nth: 3, client: -1 });
    expect(fault.effects.map(({ name, number }) => [name, number])).toEqual([
      ['delay', 2.5],
      ['return', PSA_ERROR_HARDWARE_FAILURE],
    ]);
  });

  it.each([
    ['rng.draw:once->stuck', { times: 1 }],
    ['rng.draw:window=2..5->zero', { window: [2, 5] }],
    ['rng.draw:p=0.25,times=3->zero', { p: 0.25, times: 3 }],
    ['rng.draw:fn=psa_sign_*,after=0->bias(high,32)', { fn: 'psa_sign_*', after: 0 }],
    ['api.*.leave:alg=PSA_ALG_ECDSA(PSA_ALG_SHA_256),key=0x10->count', { alg: 0x06000609, key: 16 }],
  ])('reads %s', (line, trigger) => {
    expect(parseFault(line).trigger).toEqual(trigger);
  });

  it.each([
    [
      'api.psa_sign_hsah.leave->skip',
      'no point api.psa_sign_hsah.leave; did you mean api.psa_sign_hash.leave?',
      0,
      23,
    ],
    ['rng.draw->stcuk', 'no effect stcuk; did you mean stuck?', 10, 5],
    ['rng.draw->force(true)', 'force does not suit rng.draw; there', 10, 11],
    [
      'api.*.leave->return(PSA_ERROR_HARDWARE_FAIL)',
      'no status PSA_ERROR_HARDWARE_FAIL; did you mean',
      20,
      23,
    ],
    ['rng.draw:nht=1->stuck', 'no trigger nht; did you mean nth?', 9, 5],
    ['rng.draw:nth=0->stuck', 'expected a whole number, 1 at least', 13, 1],
    ['rng.draw:window=5..2->stuck', 'the first visit is after the last', 16, 4],
    ['rng.draw:p=2->stuck', 'expected a probability', 11, 1],
    ['rng.draw', 'an effect is missing', 8, 1],
    ['rng.draw->bias(left,2)', 'expected an end and a count of bits', 15, 6],
    ['rng.draw->stuck(1)', 'stuck takes nothing in parentheses', 10, 8],
    ['rng.draw->xor(abc)', 'an even count of hex digits', 14, 3],
    ['rng.draw:fn=psa_sing_hash->stuck', 'no function psa_sing_hash; did you mean psa_sign_hash?', 12, 13],
    ['alg.*->truncate(1)', 'truncate does not suit', 7, 11],
  ])('refuses %s with a mark under the place', (line, what, at, length) => {
    const [message, shown, caret] = thrown(() => parseFault(line)).message.split('\n');
    expect(message).toContain(what);
    expect(shown).toBe(`  ${line}`);
    expect(caret).toBe(`  ${' '.repeat(at)}${'^'.repeat(length)}`);
  });
});

describe('the JSON form', () => {
  it('is the line by its parts', () => {
    expect(lineOf({ point: 'rng.draw', when: { nth: 2, once: true }, effect: ['zero', 'flip(1)'] })).toBe(
      'rng.draw:nth=2,once->zero->flip(1)',
    );
  });

  it.each([
    [42, 'expected a fault'],
    [{ point: 'rng.draw' }, 'effect: expected one as text'],
    [{ effect: 'skip' }, 'point: expected the name of a point'],
    [{ point: 'rng.draw', effect: 'zero', nth: 1 }, 'no field nth'],
    [{ point: 'rng.draw', effect: 'zero', when: 3 }, 'when: expected triggers by name'],
  ])('refuses %j', (spec, what) => {
    expect(thrown(() => lineOf(spec)).message).toContain(what);
  });
});

const thrown = (act: () => unknown): FaultError => {
  try {
    act();
  } catch (error) {
    if (error instanceof FaultError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
