/** What `h5sm` and `--help` print. */
import { type Flag, VERBS, type Verb } from './verbs.ts';

const flagText = (flag: Flag): string =>
  `${flag.short === undefined ? '' : `-${flag.short}, `}--${flag.name}${flag.value === undefined ? '' : ` <${flag.value}>`}`;

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
};

export const overview =
  (): string => `h5sm emulates the PSA Crypto API of the STM32H5 Secure Manager. It is not a secure element.

Usage: h5sm <verb> [flags]

${columns(VERBS.map((verb) => [verb.name, verb.help]))}
h5sm <verb> --help shows a verb's flags; h5sm --version the version.

Examples:
  h5sm exec -- ./my-firmware-tests
  h5sm start --seed 1 --store memory
`;

export const verbHelp = (
  verb: Verb,
): string => `Usage: h5sm ${verb.name} [flags]${verb.rest === undefined ? '' : ` ${verb.rest}`}

${verb.help}

${columns(verb.flags.map((flag) => [flagText(flag), flag.help]))}`;
