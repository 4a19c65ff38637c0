/** Random numbers, and the library itself. */
import { type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

export const scenes: Scenes = {
  psa_crypto_init: () => ({}),
  psa_generate_random: () => ({ output_size: 20 }),
};

export const rows: readonly Row[] = [
  row('psa_generate_random', 'INSUFFICIENT_MEMORY', 'the output is longer than an answer', {
    output_size: 2 ** 24,
  }),
];
