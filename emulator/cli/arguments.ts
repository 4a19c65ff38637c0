/** From words to a verb with its flags. */
import { parseArgs } from 'node:util';
import { didYouMean } from '../../psa-api/nearest.ts';
import { UsageError } from './usage.ts';
import { type Flag, type Invocation, VERBS, type Verb } from './verbs.ts';

export const findVerb = (words: readonly string[]): { verb: Verb; words: readonly string[] } => {
  for (const verb of VERBS) {
    const parts = verb.name.split(' ');
    if (parts.every((part, i) => words[i] === part)) return { verb, words: words.slice(parts.length) };
  }
  const [word = '', second = ''] = words;
  const group = VERBS.filter((verb) => verb.name.startsWith(`${word} `)).map((verb) => verb.name);
  if (group.length > 0)
    throw new UsageError(`${word} ${second}: no such verb; use ${group.join(', ')}`.replace(' :', ':'));
  const names = VERBS.map((verb) => verb.name);
  const mend =
    didYouMean(
      word,
      names.map((name) => name.split(' ')[0] ?? name),
    ) || `; use ${names.join(', ')} or --help`;
  throw new UsageError(`${word}: no such verb${mend}`);
};

const findFlag = (verb: Verb, word: string): Flag => {
  const name = word.replace(/^--?/, '');
  const flag = verb.flags.find((candidate) => candidate.name === name || `-${candidate.short}` === word);
  if (flag !== undefined) return flag;
  const known = verb.flags.map((candidate) => `--${candidate.name}`);
  throw new UsageError(
    `${verb.name}: no flag ${word}${didYouMean(word, known) || `; use ${known.join(', ')}`}`,
  );
};

/** Flags, and what stands between them: up to the first word that is neither, or all where flags may come anywhere. */
const flagTokens = (verb: Verb, words: readonly string[]) => {
  const options = Object.fromEntries(
    verb.flags.map(({ name, value, short }) => [
      name,
      {
        type: value === undefined ? 'boolean' : 'string',
        ...(short === undefined ? {} : { short }),
      } as const,
    ]),
  );
  const { tokens } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const end = tokens.findIndex(
    ({ kind }) => kind === 'option-terminator' || (kind === 'positional' && !verb.mixed),
  );
  return { tokens: end < 0 ? tokens : tokens.slice(0, end), next: end < 0 ? undefined : tokens[end] };
};

/** The flags before the first word that is none; `--` ends them. */
export const parseFlags = (verb: Verb, words: readonly string[]): Invocation => {
  const flags: Record<string, string | true> = {};
  const between: string[] = [];
  const { tokens, next } = flagTokens(verb, words);
  for (const token of tokens) {
    if (token.kind === 'positional') between.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = findFlag(verb, token.rawName);
    if (flag.value === undefined) {
      if (token.value !== undefined)
        throw new UsageError(`${verb.name}: --${flag.name} takes no value; leave it out`);
      flags[flag.name] = true;
    } else {
      if (token.value === undefined || token.value === '')
        throw new UsageError(`${verb.name}: --${flag.name} needs a value: --${flag.name} ${flag.value}`);
      const before = flag.repeats ? flags[flag.name] : undefined;
      flags[flag.name] = before === undefined ? token.value : `${before}\n${token.value}`;
    }
  }
  const after =
    next === undefined ? [] : words.slice(next.kind === 'option-terminator' ? next.index + 1 : next.index);
  const rest = [...between, ...after];
  if (verb.rest === undefined && rest.length > 0) {
    throw new UsageError(`${verb.name}: ${rest[0]} is not expected here; flags begin with --`);
  }
  return { flags, rest };
};

/** A flag's text; switches have none. */
export const textFlag = ({ flags }: Invocation, name: string): string | undefined => {
  const value = flags[name];
  return value === true ? undefined : value;
};

/** The values of a flag that may be given more than once. */
export const textFlags = (invocation: Invocation, name: string): readonly string[] =>
  textFlag(invocation, name)?.split('\n') ?? [];

export const isOn = ({ flags }: Invocation, name: string): boolean => flags[name] === true;

/** The words after the flags, as many as there should be. */
export const fileNames = (
  { rest }: Invocation,
  verb: string,
  ...names: readonly string[]
): readonly string[] => {
  if (rest.length === names.length) return rest;
  throw new UsageError(`${verb}: expected ${names.join(' and ')}, got ${rest.length} file names`);
};
