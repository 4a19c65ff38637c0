/** The comparison itself: what it has to see, and what it must not take for a difference. */
import { expect, it } from 'vitest';
import * as psa from '../../../psa-api/constants.ts';
import { compare } from './compare.ts';
import { explain } from './differences.ts';

const INIT = 'psa_crypto_init';
const SHA_256 = psa.PSA_ALG_SHA_256;
const IMPORT = `psa_import_key {${psa.PSA_KEY_TYPE_AES},0,0,0,0x700,${psa.PSA_ALG_CMAC}} =${'00'.repeat(16)} >$k0`;
const MAC = `psa_mac_compute $k0 ${psa.PSA_ALG_CMAC} =00 [16]`;

const differences = (script: readonly string[], theirs: readonly string[], ours: readonly string[]) =>
  compare([INIT, ...script], ['0', ...theirs], ['0', ...ours]).differences;

it('sees another byte, another length, another status, and explains none of them', () => {
  const hash = [`psa_hash_compute ${SHA_256} =00 [32]`];
  for (const [theirs, ours] of [
    ['0 2:aabb', '0 2:aabc'],
    ['0 2:aabb', '0 1:aa'],
    ['0 2:aabb', '-138'],
    ['-138', '0 2:aabb'],
    ['0 2:aabb', '0 2:aabb overrun'],
  ] as const) {
    const [difference, ...more] = differences(hash, [theirs], [ours]);
    expect(more).toEqual([]);
    expect(difference === undefined ? 'none' : explain(difference)).toBeUndefined();
  }
});

it('compares lengths alone where no two runs give the same', () => {
  const lines = [
    'psa_generate_random [4]',
    `psa_generate_key {${psa.PSA_KEY_TYPE_AES},128,0,0,1,0} >$k0`,
    'psa_export_key $k0 [16]',
  ];
  const theirs = ['0 4:00000000', '0 key', '0 16:00'];
  expect(differences(lines, theirs, ['0 4:11111111', '0 key', '0 16:11'])).toEqual([]);
  expect(differences(lines, theirs, ['0 4:11111111', '0 key', '0 15:11'])).toHaveLength(1);
});

it('does not count what follows from a difference', () => {
  const result = compare(
    [INIT, IMPORT, MAC, MAC],
    ['0', '0 key', '0 1:aa', '0 1:aa'],
    ['0', '-134 null', '-136', '-136'],
  );
  expect(result.differences.map(({ at }) => at)).toEqual([1]);
  expect(result.followers).toEqual(['psa_mac_compute', 'psa_mac_compute']);
});

it('does not take our status for explained where its condition is not there', () => {
  const success = '0 16:00';
  for (const status of [
    psa.PSA_ERROR_NOT_PERMITTED,
    psa.PSA_ERROR_INVALID_HANDLE,
    psa.PSA_ERROR_INVALID_ARGUMENT,
    psa.PSA_ERROR_NOT_SUPPORTED,
  ]) {
    for (const theirs of [success, String(psa.PSA_ERROR_BUFFER_TOO_SMALL)]) {
      const [difference] = differences([IMPORT, MAC], ['0 key', theirs], ['0 key', String(status)]);
      expect(difference === undefined ? 'none' : explain(difference)?.id).toBeUndefined();
    }
  }
});
