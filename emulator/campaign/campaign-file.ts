/** Reads a campaign file; what is wrong with one is told with its place and the mend. */
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import Value from 'typebox/value';
import { didYouMean } from '../../psa-api/nearest.ts';
import { CLASSES } from './outcome.ts';
import {
  type Campaign,
  CampaignSchema,
  type CommandScenario,
  GENERATOR_NAMES,
  type GeneratorSpec,
  type ModuleScenario,
  ORACLES,
} from './schema.ts';

/** What is wrong in a campaign, where, and the mend. */
export class CampaignError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CampaignError';
  }
}

export interface LoadedCampaign {
  readonly campaign: Campaign;
  /** As it was named. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  /** That relative paths in it are relative to. */
  readonly folder: string;
  readonly name: string;
}

export const isModule = (scenario: Campaign['scenario']): scenario is ModuleScenario => 'module' in scenario;
export const isCommand = (scenario: Campaign['scenario']): scenario is CommandScenario =>
  'command' in scenario;

const TOP = Object.keys(CampaignSchema.properties);

/** `/generator/exhaustive/points` as people write it. */
const placeOf = (path: string): string => path.slice(1).replaceAll('/', '.') || 'the file';

const at = (json: unknown, path: string): unknown => {
  let found = json;
  for (const step of path.split('/').slice(1))
    found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
  return found;
};

const shown = (value: unknown): string => {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
};

type Problem = ReturnType<typeof Value.Errors>[number];

const namesAt = (place: string): readonly string[] => {
  if (place === 'the file') return TOP;
  if (/^generator(\.\d+)?$/.test(place)) return GENERATOR_NAMES;
  if (/^oracles\.\d+$/.test(place)) return ORACLES;
  if (/^accept\.\d+$/.test(place)) return CLASSES;
  if (place === 'budget') return ['wallMs', 'virtualMs', 'events', 'slowdown'];
  if (place === 'scenario') return ['command', 'module', 'export', 'prepare', 'cwd', 'env', 'negative'];
  return [];
};

const listed = (names: readonly string[]): string =>
  names.length === 0 ? '' : `; there is ${names.join(', ')}`;

const missing = (place: string, names: readonly string[]): string =>
  `${place}: ${names.map((name) => `"${name}"`).join(', ')} ${names.length === 1 ? 'is' : 'are'} missing`;

const unknown = (place: string, given: unknown, names: readonly string[]): string => {
  const known = namesAt(place);
  return names
    .map((name) => {
      const why = at(given, `/${name}`);
      return `${place}: "${name}" (${shown(why)}) means nothing here${didYouMean(name, known) || listed(known)}`;
    })
    .join('; ');
};

const sentence = (json: unknown, problem: Problem): string => {
  const place = placeOf(problem.instancePath);
  const value = at(json, problem.instancePath);
  const { keyword, message } = problem;
  const { requiredProperties = [], additionalProperties = [] } = problem.params as {
    readonly requiredProperties?: string[];
    readonly additionalProperties?: string[];
  };
  if (keyword === 'required') return missing(place, requiredProperties);
  if (keyword === 'additionalProperties') return unknown(place, value, additionalProperties);
  if (keyword === 'enum') {
    const known = namesAt(place);
    return `${place}: ${shown(value)} is none${didYouMean(String(value), known) || listed(known)}`;
  }
  return `${place}: ${message}, not ${shown(value)}`;
};

/** Of the branches of a union, the one that somebody may have meant says more than that none matches. */
const telling = (json: unknown, problems: readonly Problem[]): Problem | undefined => {
  const deepest = [...problems]
    .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'boolean')
    .sort((a, b) => b.instancePath.split('/').length - a.instancePath.split('/').length);
  const isObject = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return (
    deepest.find((problem) => {
      const value = at(json, problem.instancePath);
      // A branch for another kind of value than the given one: of no help.
      if (problem.keyword !== 'type') return problem.keyword !== 'required' || !hasSibling(problems, problem);
      return !isObject(value) || problems.length === 1;
    }) ?? problems[0]
  );
};

/** A union says that each of its branches lacks something; an unknown name in the same place is the cause. */
const hasSibling = (problems: readonly Problem[], problem: Problem): boolean =>
  problems.some(
    (other) => other.keyword === 'additionalProperties' && other.instancePath === problem.instancePath,
  );

const checkScenario = (json: unknown): void => {
  const scenario = at(json, '/scenario');
  if (typeof scenario !== 'object' || scenario === null) return;
  if ('command' in scenario === 'module' in scenario)
    throw new CampaignError(
      'scenario: expected either "command": ["./program"] or "module": "./scenario.mjs"',
    );
};

const checkGenerators = (generators: readonly GeneratorSpec[]): void => {
  for (const [i, generator] of generators.entries()) {
    const names = Object.keys(generator);
    if (names.length === 1) continue;
    throw new CampaignError(
      `generator${generators.length > 1 ? `.${i}` : ''}: expected one of ${GENERATOR_NAMES.join(', ')}, got ${names.length === 0 ? 'none' : names.join(', ')}; several generators are a list`,
    );
  }
};

export const generatorsOf = ({ generator }: Campaign): readonly GeneratorSpec[] =>
  Array.isArray(generator) ? generator : [generator as GeneratorSpec];

/** Throws CampaignError; `where` is the file's name. */
export const checkCampaign = (json: unknown, where: string): Campaign => {
  try {
    checkScenario(json);
    if (!Value.Check(CampaignSchema, json)) {
      const problem = telling(json, Value.Errors(CampaignSchema, json));
      throw new CampaignError(problem === undefined ? 'not a campaign' : sentence(json, problem));
    }
    checkGenerators(generatorsOf(json));
    return json;
  } catch (error) {
    if (error instanceof CampaignError) throw new CampaignError(`${where}: ${error.message}`);
    throw error;
  }
};

/** Throws CampaignError. */
export const loadCampaign = (path: string): LoadedCampaign => {
  const file = resolve(path);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CampaignError(`${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
  const campaign = checkCampaign(json, path);
  return { campaign, path, file, folder: dirname(file), name: campaign.name ?? basename(file, '.json') };
};
