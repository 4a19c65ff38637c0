/** The command: which cases, and what is printed. */
import { EXPECTATIONS, type Expectation } from './expectations.ts';
import { CASES, type Case, Matrix, type Seen } from './matrix.ts';
import { headText, reasonsText, seenText, sumText, variantText } from './report.ts';

/** Cases that have each of these words as the name of a variant, a suite or a profile. */
const chosen = (words: readonly string[]): readonly Case[] => {
  const kinds = ['variant', 'suite', 'profile'] as const;
  return CASES.filter((one) =>
    kinds.every((kind) => {
      const asked = words.filter((word) => CASES.some((each) => each[kind] === word));
      return asked.length === 0 || asked.includes(one[kind]);
    }),
  );
};

const unknownIn = (words: readonly string[]): string | undefined =>
  words.find((word) => !CASES.some((one) => Object.values(one).includes(word)));

const usage = (word: string): string => {
  const names = (kind: keyof Case) => [...new Set(CASES.map((one) => one[kind]))].join(', ');
  return (
    `thread: ${word}: no variant (${names('variant')}), suite (${names('suite')}) or ` +
    `profile (${names('profile')})\n`
  );
};

/** Prints the matrix, or what is asked for of it. The exit code: 1 if anything differs, 2 for words that mean nothing. */
export const thread = async (
  words: readonly string[],
  print: (text: string) => void,
  table: readonly Expectation[] = EXPECTATIONS,
): Promise<number> => {
  const unknown = unknownIn(words);
  if (unknown !== undefined) {
    print(usage(unknown));
    return 2;
  }
  const matrix = new Matrix(table);
  try {
    const running = chosen(words).map((one) => matrix.see(one));
    for (const one of running) one.catch(() => undefined);
    const all: Seen[] = [];
    print(headText());
    for (const one of running) {
      const seen = await one;
      const ofVariant = all.filter(({ variant }) => variant === seen.variant);
      const last = all.at(-1);
      if (ofVariant.length === 0) {
        if (last !== undefined) print(reasonsText(all.filter(({ variant }) => variant === last.variant)));
        print(variantText(seen));
      }
      print(seenText(seen));
      all.push(seen);
    }
    print(reasonsText(all.filter(({ variant }) => variant === all.at(-1)?.variant)));
    print(sumText(all));
    return all.every(({ isExpected }) => isExpected) ? 0 : 1;
  } finally {
    matrix.close();
  }
};
