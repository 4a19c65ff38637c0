/**
 * A user's profile: a JSON file that extends a profile and overrides what it names.
 *
 *     { "extends": "stm32h573-sm-1.2",
 *       "sharedArea": 65536,
 *       "operations": { "value": 12, "source": "our board, 3 May", "confidence": "read" },
 *       "algorithms": { "add": ["PSA_ALG_XTS"], "remove": ["PSA_ALG_SHA_1"] } }
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { didYouMean } from '../../psa-api/nearest.ts';
import { CONFIDENCES, type Confidence, type Fact } from './fact.ts';
import type { Facts, Profile } from './profile.ts';
import { builtInProfile, DEFAULT_PROFILE } from './profiles.ts';
import { SETTINGS, type Setting, type SettingName } from './settings.ts';

/** What is wrong in a profile file, where, and the mend. */
export class ProfileError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProfileError';
  }
}

type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);

/** Checks one value against its setting; says what it should be. */
const problem = (setting: Setting, value: unknown): string | undefined => {
  switch (setting.kind) {
    case 'count': {
      const { least, most, unit, optional } = setting;
      if (optional && value === null) return undefined;
      const right = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
      return right
        ? undefined
        : `expected ${least} to ${most} ${unit}${optional ? ', or null for no limit' : ''}`;
    }
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'expected true or false';
    case 'choice':
      if (setting.of.includes(value as string)) return undefined;
      return `expected ${setting.of.length > 4 ? 'one of its names' : setting.of.join(' or ')}${didYouMean(String(value), setting.of)}`;
    case 'names':
      return value === null || Array.isArray(value) ? undefined : 'expected a list of names, or null for all';
  }
};

/** Every item of a list must be a name that the setting knows. */
const checkNames = (where: string, of: readonly string[], values: unknown): readonly string[] => {
  if (!Array.isArray(values))
    throw new ProfileError(`${where}: expected a list of names, got ${shown(values)}`);
  return values.map((value: unknown, i) => {
    const name = typeof value === 'number' ? String(value) : value;
    if (typeof name === 'string' && of.includes(name)) return name;
    const mend = didYouMean(String(value), of) || (of.length <= 8 ? `; there is ${of.join(', ')}` : '');
    throw new ProfileError(`${where}[${i}]: ${shown(value)} is no name of this list${mend}`);
  });
};

interface Origin {
  readonly source: string;
  readonly confidence: Confidence;
}

/** `{ value, source, confidence }`, or the value alone. */
const originOf = (where: string, given: Json, fallback: Origin): Origin => {
  const { source = fallback.source, confidence = fallback.confidence } = given;
  if (typeof source !== 'string')
    throw new ProfileError(`${where}.source: expected text, got ${shown(source)}`);
  if (!CONFIDENCES.includes(confidence as Confidence))
    throw new ProfileError(
      `${where}.confidence: expected ${CONFIDENCES.join(', ')}, got ${shown(confidence)}`,
    );
  return { source, confidence: confidence as Confidence };
};

const KEYS: readonly string[] = ['value', 'source', 'confidence', 'add', 'remove'];

const checkKeys = (where: string, given: Json): void => {
  for (const key of Object.keys(given))
    if (!KEYS.includes(key))
      throw new ProfileError(
        `${where}.${key}: unknown${didYouMean(key, KEYS) || `; use ${KEYS.join(', ')}`}`,
      );
};

type ListFacts = readonly Fact<string>[] | Fact<null>;

const changedList = (
  where: string,
  of: readonly string[],
  base: ListFacts,
  given: Json,
  origin: Origin,
): ListFacts => {
  const { add, remove } = given;
  const added = checkNames(`${where}.add`, of, add ?? []);
  const removed = checkNames(`${where}.remove`, of, remove ?? []);
  const start = 'value' in base ? of.map((value) => ({ ...base, value })) : base;
  const kept = start.filter(({ value }) => !removed.includes(value) && !added.includes(value));
  return [...kept, ...added.map((value) => ({ value, ...origin }))];
};

const valueIn = ({ value }: Json): unknown => value;

const factFor = (
  file: string,
  name: SettingName,
  given: unknown,
  base: Facts[SettingName],
  fallback: Origin,
) => {
  const where = `${file}: ${name}`;
  const setting: Setting = SETTINGS[name];
  const wrapped = isObject(given);
  if (wrapped) checkKeys(where, given);
  const origin = wrapped ? originOf(where, given, fallback) : fallback;
  if (wrapped && setting.kind === 'names' && !('value' in given))
    return changedList(where, setting.of, base as ListFacts, given, origin);
  if (wrapped && !('value' in given)) throw new ProfileError(`${where}: no "value" in ${shown(given)}`);
  const value = wrapped ? valueIn(given) : given;
  const wrong = problem(setting, value);
  if (wrong !== undefined) throw new ProfileError(`${where}: ${wrong}, got ${shown(value)}`);
  if (setting.kind === 'names' && value !== null)
    return checkNames(where, setting.of, value).map((item) => ({ value: item, ...origin }));
  return { value, ...origin };
};

const parse = (path: string): Json => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ProfileError(`${path}: cannot be read: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch (error) {
    throw new ProfileError(`${path}: not JSON: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
  throw new ProfileError(`${path}: expected a JSON object: { "extends": "${DEFAULT_PROFILE}", ... }`);
};

/** Throws ProfileError. */
export const readProfile = (path: string): Profile => {
  const {
    extends: extended = DEFAULT_PROFILE,
    name = basename(path, '.json'),
    summary,
    ...settings
  } = parse(path);
  for (const [key, value] of Object.entries({ extends: extended, name, summary }))
    if (value !== undefined && typeof value !== 'string')
      throw new ProfileError(`${path}: ${key}: expected text, got ${shown(value)}`);
  let base: Profile;
  try {
    base = builtInProfile(extended as string);
  } catch (error) {
    throw new ProfileError(`${path}: extends: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
  const known = Object.keys(SETTINGS);
  const fallback: Origin = { source: basename(path), confidence: 'chosen' };
  const changed = Object.entries(settings).map(([key, given]) => {
    if (!known.includes(key)) {
      const mend = didYouMean(key, known) || '; h5sm capabilities lists the settings';
      throw new ProfileError(`${path}: ${key}: no such setting${mend}`);
    }
    const setting = key as SettingName;
    return [setting, factFor(path, setting, given, base.facts[setting], fallback)] as const;
  });
  return {
    name: name as string,
    summary: (summary as string | undefined) ?? `${base.name}, changed by ${basename(path)}`,
    facts: { ...base.facts, ...Object.fromEntries(changed) } as Facts,
  };
};

/** A profile's name, or the path of a file: something with a slash, or ending in .json. */
export const isProfilePath = (text: string): boolean => text.includes('/') || text.endsWith('.json');

/** Throws RangeError for an unknown name, ProfileError for a bad file. */
export const profileNamed = (text: string): Profile =>
  isProfilePath(text) ? readProfile(text) : builtInProfile(text);
