import { describe, expect, it } from 'vitest';
import { outcome } from '../../../support/campaigns.ts';

const properties = ({ findings }: Awaited<ReturnType<typeof outcome>>) =>
  findings.map(({ property }) => property);

describe('the class of a run', () => {
  it('is not-reached where the fault did not strike', async () => {
    const result = await outcome({}, 'api.psa_hash_compute.leave->return(PSA_ERROR_HARDWARE_FAILURE)');
    expect(result).toMatchObject({ class: 'not-reached', hits: [0] });
  });

  it('is masked where outputs and state are those of the golden run', async () => {
    const fault = 'api.psa_hash_compute.enter:nth=1->return(PSA_ERROR_INSUFFICIENT_MEMORY)';
    const result = await outcome({ scenario: 'stubborn' }, fault);
    expect(result).toMatchObject({ class: 'masked', end: { kind: 'completed' }, hits: [1], calls: 3 });
    expect(result.excerpt?.same).toBe(1);
  });

  it('is detected where the run refuses, with nothing left behind', async () => {
    const fault = 'api.psa_aead_encrypt.leave->return(PSA_ERROR_CORRUPTION_DETECTED)';
    expect(await outcome({}, fault)).toMatchObject({
      class: 'detected',
      end: { kind: 'failed' },
      findings: [],
    });
  });

  it('is detected-late where calls went by in between', async () => {
    const fault = 'api.psa_generate_random.leave:param=output->flip(0)';
    const late = { scenario: 'checking', late: 1 };
    expect(await outcome(late, fault)).toMatchObject({ class: 'detected-late' });
    expect(await outcome({ ...late, late: 8 }, fault)).toMatchObject({ class: 'detected' });
  });

  it('is degraded where a key is left behind, and says whether a second run would do', async () => {
    const fault = 'api.psa_aead_encrypt.enter->return(PSA_ERROR_HARDWARE_FAILURE)';
    const result = await outcome({ scenario: 'leaking' }, fault);
    expect(result).toMatchObject({ class: 'degraded', end: { kind: 'failed' } });
    expect(properties(result)).toEqual(['leak']);
  });

  it('is degraded where more calls were made than the bound allows', async () => {
    const fault = 'api.psa_hash_compute.enter:window=1..9->return(PSA_ERROR_INSUFFICIENT_MEMORY)';
    const given = { scenario: 'stubborn', budget: { slowdown: 3 } };
    expect(await outcome(given, fault)).toMatchObject({ class: 'degraded' });
  });

  it('is hang where calls, board time or time are used up', async () => {
    const fault = 'api.psa_hash_compute.enter->return(PSA_ERROR_INSUFFICIENT_MEMORY)';
    const calls = await outcome({ scenario: 'stubborn', budget: { events: 50 } }, fault);
    expect(calls).toMatchObject({ class: 'hang', end: { why: 'more than 50 calls' } });
    const slow = 'api.psa_hash_compute.enter->delay(5000)';
    const board = { scenario: 'stubborn', profile: 'stm32h573-sm-1.2', budget: { virtualMs: 1000 } };
    expect(await outcome(board, slow)).toMatchObject({
      class: 'hang',
      end: { why: '1000 ms of board time' },
    });
    const never = await outcome({ budget: { wallMs: 200 } }, 'api.psa_aead_encrypt.enter->hang');
    expect(never).toMatchObject({ class: 'hang', end: { why: '200 ms on this machine' } });
  });

  it('is crash-client where the program is wrong, not the call', async () => {
    const fault = 'api.psa_hash_compute.leave->return(PSA_ERROR_HARDWARE_FAILURE)';
    const result = await outcome({ scenario: 'crashing' }, fault);
    expect(result).toMatchObject({ class: 'crash-client', end: { kind: 'crashed' } });
  });

  it('is corrupt where a wrong output was accepted', async () => {
    const fault = 'api.psa_hash_compute.leave->return(PSA_ERROR_HARDWARE_FAILURE)';
    const ignored = await outcome({ scenario: 'careless' }, fault);
    expect(ignored).toMatchObject({ class: 'corrupt', end: { kind: 'completed' } });
    expect(properties(ignored)).toEqual(['output']);
    const flipped = await outcome({ scenario: 'careless' }, 'api.psa_hash_compute.leave->flip(3)');
    expect(flipped.class).toBe('corrupt');
  });

  it('is security where a verification that failed was taken for one that did not', async () => {
    const fault = 'api.psa_hash_compare.leave->return(PSA_ERROR_INVALID_SIGNATURE)';
    const result = await outcome({ scenario: 'trusting' }, fault);
    expect(result.class).toBe('security');
    expect(properties(result)).toEqual(['forgery-accepted']);
  });

  it('is security where the run with the bad input succeeds', async () => {
    const given = { scenario: 'verifying', negative: true };
    const forced = await outcome(given, 'api.psa_verify_message.leave->return(PSA_SUCCESS)');
    expect(forced).toMatchObject({ class: 'security', negative: { kind: 'completed' } });
    expect(properties(forced)).toEqual(['forgery-accepted']);
    const kept = await outcome(given, 'api.psa_sign_message.leave->return(PSA_ERROR_HARDWARE_FAILURE)');
    expect(kept).toMatchObject({ class: 'detected', negative: { kind: 'failed' } });
  });

  it('is exploited where the scenario has the secret', async () => {
    const result = await outcome({ scenario: 'solving' }, 'api.psa_hash_compute.leave->flip(0)');
    expect(result.class).toBe('exploited');
    expect(properties(result)).toContain('first-byte');
  });

  it('is the same for a second run, with the same trace', async () => {
    const fault = 'rng.draw:nth=2->flip(5)';
    const [one, other] = [await outcome({}, fault), await outcome({}, fault)];
    expect({ ...one, replay: '' }).toEqual({ ...other, replay: '' });
  });
});
