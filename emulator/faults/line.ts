/**
 * The one-line form of a fault, `point[:trigger,...]->effect[->effect...]`, as
 * `api.psa_sign_hash.leave:nth=3->return(PSA_ERROR_HARDWARE_FAILURE)`.
 */
import { ExpressionError, evaluate } from '../../psa-api/expression.ts';
import { TABLE } from '../../psa-api/functions.ts';
import { didYouMean } from '../../psa-api/nearest.ts';
import { STATUSES, statusName } from '../../psa-api/status.ts';
import {
  type ArgumentKind,
  EFFECTS,
  type Effect,
  type EffectName,
  effectKind,
  type Fault,
  type Trigger,
} from './fault.ts';
import { FaultError } from './fault-error.ts';
import { POINTS, pattern, pointsLike } from './points.ts';

/** A part of the line and where it begins in it. */
interface Part {
  readonly text: string;
  readonly at: number;
}

type Refuse = (part: Part, what: string) => never;

const ARROW = '->';

const trimmed = ({ text, at }: Part): Part => ({
  text: text.trim(),
  at: at + text.length - text.trimStart().length,
});

/** Parts between separators that stand outside of parentheses. */
const split = ({ text, at }: Part, separator: string): readonly Part[] => {
  const parts: Part[] = [];
  let depth = 0;
  let begin = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (depth > 0 || !text.startsWith(separator, i)) continue;
    parts.push(trimmed({ text: text.slice(begin, i), at: at + begin }));
    begin = i + separator.length;
  }
  return [...parts, trimmed({ text: text.slice(begin), at: at + begin })];
};

const wholeNumber = (part: Part, least: number, refuse: Refuse): number => {
  const number = /^(0x[0-9a-f]+|\d+)$/i.test(part.text) ? Number(part.text) : Number.NaN;
  return Number.isSafeInteger(number) && number >= least
    ? number
    : refuse(part, `expected a whole number, ${least} at least`);
};

const expression = (part: Part, refuse: Refuse): number => {
  try {
    return evaluate(part.text);
  } catch (error) {
    if (error instanceof ExpressionError) return refuse(part, error.message);
    throw error;
  }
};

const status = (part: Part, refuse: Refuse): number => {
  const named = (STATUSES as Readonly<Record<string, number>>)[part.text];
  if (named !== undefined) return named;
  if (/^-\d+$/.test(part.text) && !statusName(Number(part.text)).startsWith('status '))
    return Number(part.text);
  return refuse(part, `no status ${part.text}${didYouMean(part.text, Object.keys(STATUSES))}`);
};

const NONE = new Uint8Array(0);

const hex = (part: Part, refuse: Refuse): Uint8Array =>
  /^([0-9a-f]{2})+$/i.test(part.text)
    ? Uint8Array.from(Buffer.from(part.text, 'hex'))
    : refuse(part, 'expected bytes as an even count of hex digits');

const bias = (part: Part, refuse: Refuse): Pick<Effect, 'word' | 'number'> => {
  const [end, bits] = split(part, ',');
  if (end === undefined || bits === undefined || (end.text !== 'high' && end.text !== 'low'))
    return refuse(part, 'expected an end and a count of bits, as in bias(high,32)');
  return { word: end.text, number: wholeNumber(bits, 1, refuse) };
};

const verdict = (part: Part, refuse: Refuse): Pick<Effect, 'word'> =>
  part.text === 'true' || part.text === 'false'
    ? { word: part.text }
    : refuse(part, 'expected true or false');

const argument = (kind: ArgumentKind, part: Part, refuse: Refuse): Partial<Omit<Effect, 'name'>> => {
  switch (kind) {
    case 'status':
      return { number: status(part, refuse) };
    case 'count':
      return { number: wholeNumber(part, 0, refuse) };
    case 'milliseconds':
      return /^\d+(\.\d+)?$/.test(part.text)
        ? { number: Number(part.text) }
        : refuse(part, 'expected milliseconds of board time');
    case 'hex':
      return { bytes: hex(part, refuse) };
    case 'key':
      return { number: wholeNumber(part, 1, refuse) };
    case 'verdict':
      return verdict(part, refuse);
    case 'bias':
      return bias(part, refuse);
    case 'seed':
      return part.text === '' ? refuse(part, 'expected a seed') : { word: part.text };
  }
};

const readEffect = (part: Part, points: readonly string[], refuse: Refuse): Effect => {
  const [, word = '', inside] = /^([\w-]+)(?:\((.*)\))?$/.exec(part.text) ?? [];
  if (!Object.hasOwn(EFFECTS, word))
    return refuse(
      part,
      `no effect ${word || part.text}${didYouMean(word, Object.keys(EFFECTS)) || `; there are ${Object.keys(EFFECTS).join(', ')}`}`,
    );
  const name = word as EffectName;
  const { argument: kind, at } = effectKind(name);
  const unfit = points.find((point) => !at.includes(POINTS.get(point) ?? 'call'));
  if (unfit !== undefined) {
    const fitting = Object.keys(EFFECTS).filter((other) =>
      effectKind(other as EffectName).at.includes(POINTS.get(unfit) ?? 'call'),
    );
    refuse(part, `${name} does not suit ${unfit}; there ${fitting.join(', ')} do`);
  }
  const effect = { name, number: 0, bytes: NONE, word: '' };
  if (kind === undefined)
    return inside === undefined ? effect : refuse(part, `${name} takes nothing in parentheses`);
  if (inside === undefined)
    return refuse(part, `${name} needs something in parentheses: ${effectKind(name).help}`);
  return { ...effect, ...argument(kind, { text: inside, at: part.at + word.length + 1 }, refuse) };
};

const TRIGGERS = [
  'nth',
  'seq',
  'every',
  'after',
  'window',
  'p',
  'once',
  'times',
  'client',
  'key',
  'alg',
  'len',
  'fn',
  'param',
] as const;

const functionPattern = (part: Part, refuse: Refuse): string => {
  const like = pattern(part.text);
  const names = TABLE.filter((row) => !row.local).map(({ name }) => name);
  return names.some((name) => like.test(name))
    ? part.text
    : refuse(part, `no function ${part.text}${didYouMean(part.text, names)}`);
};

const readTrigger = (part: Part, refuse: Refuse): Trigger => {
  const equals = part.text.indexOf('=');
  const word = equals < 0 ? part.text : part.text.slice(0, equals).trim();
  const name = TRIGGERS.find((known) => known === word);
  if (name === undefined)
    return refuse(
      part,
      `no trigger ${word}${didYouMean(word, TRIGGERS) || `; there are ${TRIGGERS.join(', ')}`}`,
    );
  if (name === 'once') return equals < 0 ? { times: 1 } : refuse(part, 'once takes no value');
  if (equals < 0) return refuse(part, `${name} needs a value: ${name}=...`);
  const value = trimmed({ text: part.text.slice(equals + 1), at: part.at + equals + 1 });
  switch (name) {
    case 'nth':
    case 'seq':
    case 'every':
    case 'times':
    case 'key':
      return { [name]: wholeNumber(value, 1, refuse) };
    case 'after':
    case 'len':
      return { [name]: wholeNumber(value, 0, refuse) };
    case 'window': {
      const [from, to] = split(value, '..');
      if (from === undefined || to === undefined)
        return refuse(value, 'expected the first and the last visit, as in window=2..5');
      const window = [wholeNumber(from, 1, refuse), wholeNumber(to, 1, refuse)] as const;
      return window[0] <= window[1] ? { window } : refuse(value, 'the first visit is after the last');
    }
    case 'p': {
      const p = /^(0?\.\d+|0|1)$/.test(value.text) ? Number(value.text) : Number.NaN;
      return p >= 0 && p <= 1 ? { p } : refuse(value, 'expected a probability between 0 and 1, as in p=0.01');
    }
    case 'client':
      return /^-?\d+$/.test(value.text)
        ? { client: Number(value.text) }
        : refuse(value, 'expected a client id, as in client=-1');
    case 'alg':
      return { alg: expression(value, refuse) };
    case 'fn':
      return { fn: functionPattern(value, refuse) };
    case 'param':
      return { param: value.text };
  }
};

const readPoint = (part: Part, refuse: Refuse): readonly string[] => {
  const points = pointsLike(part.text);
  if (points.length > 0) return points;
  if (part.text === '') return refuse(part, 'a fault begins with its point, as in rng.draw->stuck');
  return refuse(
    part,
    `no point ${part.text}${didYouMean(part.text, [...POINTS.keys()]) || '; docs/faults.md has all of them'}`,
  );
};

/** Throws FaultError: what is wrong, with the line and a mark under the place. */
export const parseFault = (line: string): Fault => {
  const refuse: Refuse = ({ text, at }, what) => {
    throw new FaultError(line, at, Math.max(1, text.length), what);
  };
  const [head = { text: '', at: 0 }, ...tails] = split({ text: line, at: 0 }, ARROW);
  const colon = head.text.indexOf(':');
  const name = trimmed({ text: colon < 0 ? head.text : head.text.slice(0, colon), at: head.at });
  const points = readPoint(name, refuse);
  const triggers = colon < 0 ? [] : split({ text: head.text.slice(colon + 1), at: head.at + colon + 1 }, ',');
  const trigger: Trigger = Object.assign({}, ...triggers.map((part) => readTrigger(part, refuse)));
  if (tails.length === 0)
    refuse({ text: '', at: line.length }, 'an effect is missing: ->return(...), ->skip, ->flip(0) ...');
  return {
    point: name.text,
    trigger,
    effects: tails.map((part) => readEffect(part, points, refuse)),
    line: line.trim(),
  };
};
