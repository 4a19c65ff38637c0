/** The matrix as lines. */
import type { Outcome } from './expectations.ts';
import type { Case, Seen } from './matrix.ts';
import { VARIANTS } from './variants.ts';

const NUMBERS: Readonly<Record<string, string>> = {
  '0x3': 'a message of another type',
  '0x5': 'the certificate is not valid',
  '0x6': 'the Finished is not right',
  '0x20003': 'NX_CRYPTO_AUTHENTICATION_FAILED',
  '0x20007': 'NX_CRYPTO_PTR_ERROR',
  '0x20009': 'NX_CRYPTO_NOT_SUCCESSFUL',
  'alert 20': 'bad_record_mac',
  'alert 51': 'decrypt_error',
};

const clientWords = (client: string): string => {
  const [, number = ''] = /: (0x[0-9a-f]+|alert \d+)$/.exec(client) ?? [];
  const name = NUMBERS[number];
  return name === undefined ? client : `${client} (${name})`;
};

const cells = ({ client, openssl, diagnosis }: Outcome): readonly string[] => [
  clientWords(client),
  openssl,
  diagnosis.length === 0 ? 'nothing found' : diagnosis.join(', '),
];

const WIDTHS = [11, 18, 74, 26, 21];

const line = (parts: readonly string[]): string =>
  `  ${parts.map((part, i) => part.padEnd(WIDTHS[i] ?? 0)).join('')}`.trimEnd();

/** Ahead of the first line. */
export const headText = (): string =>
  `${line(['suite', 'profile', 'expected: client', 'openssl', 'h5sm diagnose', 'seen'])}\n`;

/** Ahead of the first line of a variant. */
export const variantText = ({ variant }: Case): string => `\n${variant}: ${VARIANTS[variant].what}\n`;

/** What was expected, and what was seen where it differs. */
export const seenText = ({ suite, profile, expected, outcome, isExpected }: Seen): string => {
  const first = line([suite, profile, ...cells(expected), isExpected ? 'the same' : 'DIFFERS']);
  if (isExpected) return `${first}\n`;
  return `${first}\n${line(['', 'but seen:', ...cells(outcome)])}\n${line(['', 'expected,', `because ${expected.why}`])}\n`;
};

/** The reasons of one variant, with the suites that each holds for. */
export const reasonsText = (all: readonly Seen[]): string => {
  const suites = new Map<string, Set<string>>();
  for (const { expected, suite } of all)
    suites.set(expected.why, (suites.get(expected.why) ?? new Set()).add(suite));
  return [...suites].map(([why, names]) => `  ${[...names].join(', ')}: ${why}.\n`).join('');
};

export const sumText = (all: readonly Seen[]): string => {
  const wrong = all.filter(({ isExpected }) => !isExpected).length;
  return wrong === 0 ? `\nall ${all.length} as expected\n` : `\n${wrong} of ${all.length} DIFFER\n`;
};
