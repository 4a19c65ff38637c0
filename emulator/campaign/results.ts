/** The files of a report: results.ndjson, to which cases are added as they end, and what they are held against. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CampaignError, type LoadedCampaign } from './campaign-file.ts';
import { patienceOf } from './generators/generate.ts';
import type { Laboratory } from './laboratory.ts';
import { type CaseResult, DEFAULT_ACCEPT, type OutcomeClass } from './outcome.ts';

/** Of a whole campaign, whatever part of it was run. */
export interface Summary {
  readonly name: string;
  readonly path: string;
  readonly profile: string | undefined;
  readonly seed: string | number | undefined;
  /** Tells campaigns apart: the file's content, the golden run, the cases. */
  readonly fingerprint: string;
  readonly cases: number;
  readonly patience: number | undefined;
  readonly accept: readonly OutcomeClass[];
  readonly golden: {
    readonly trace: string;
    readonly calls: readonly string[];
    readonly visits: Readonly<Record<string, number>>;
    readonly findings: readonly string[];
  };
}

const RESULTS = 'results.ndjson';
const SUMMARY = 'golden.json';

export const summaryOf = (loaded: LoadedCampaign, { golden, cases }: Laboratory): Summary => {
  const { campaign, name, path } = loaded;
  const hash = createHash('sha256').update(JSON.stringify(campaign)).update(golden.hash);
  for (const { faults } of cases) hash.update(`${faults.join(' ')}\n`);
  return {
    name,
    path,
    profile: campaign.profile,
    seed: campaign.seed,
    fingerprint: hash.digest('hex'),
    cases: cases.length,
    patience: patienceOf(campaign),
    accept: campaign.accept ?? DEFAULT_ACCEPT,
    golden: {
      trace: golden.hash,
      calls: golden.lines,
      visits: golden.visits,
      findings: golden.findings.map(({ property, detail }) => `${property}: ${detail}`),
    },
  };
};

const byIndex = (results: readonly CaseResult[]): readonly CaseResult[] =>
  [...results].sort((a, b) => a.index - b.index);

/** Cases up to the one after which `patience` cases in a row gave no new class and no new trace. */
export const withinPatience = (
  results: readonly CaseResult[],
  patience: number | undefined,
): readonly CaseResult[] => {
  if (patience === undefined) return results;
  const seen = new Set<string>();
  let dull = 0;
  for (const [i, { index, class: kind, trace }] of results.entries()) {
    // Of what comes after a hole nobody can say whether it would have been news.
    if (index !== i) return results;
    const news = [kind, trace].filter((what) => !seen.has(what));
    for (const what of news) seen.add(what);
    dull = news.length > 0 ? 0 : dull + 1;
    if (dull === patience) return results.slice(0, i + 1);
  }
  return results;
};

const lineOf = (result: CaseResult): string => `${JSON.stringify(result)}\n`;

/** A last line that was cut off by an interruption is left out: that case is run again. */
const readResults = (folder: string): readonly CaseResult[] => {
  const path = join(folder, RESULTS);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const results = lines.map((line, i): CaseResult => {
    try {
      return JSON.parse(line);
    } catch {
      throw new CampaignError(`${path}:${i + 1}: not a result; remove the folder and run anew`);
    }
  });
  return byIndex([...new Map(results.map((result) => [result.index, result])).values()]);
};

const readSummary = (folder: string): Summary | undefined => {
  const path = join(folder, SUMMARY);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
};

export const writeResults = (folder: string, summary: Summary, results: readonly CaseResult[]): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, SUMMARY), `${JSON.stringify(summary, undefined, 1)}\n`);
  // Whoever reads meanwhile finds the old file or the new one.
  const path = join(folder, RESULTS);
  writeFileSync(`${path}.new`, byIndex(results).map(lineOf).join(''));
  renameSync(`${path}.new`, path);
};

export interface ResultLog {
  /** What an earlier run of the same campaign has left. */
  readonly done: readonly CaseResult[];
  add(result: CaseResult): void;
}

/** Begins a report, or goes on with one. Throws CampaignError where it is of another campaign. */
export const openLog = (folder: string, summary: Summary, resume: boolean): ResultLog => {
  const before = resume ? readSummary(folder) : undefined;
  if (before !== undefined && before.fingerprint !== summary.fingerprint)
    throw new CampaignError(
      `--resume: ${folder} holds results of another campaign, or of this one before it was changed; use another folder, or leave --resume out`,
    );
  const done = before === undefined ? [] : readResults(folder);
  writeResults(folder, summary, done);
  return { done, add: (result) => appendFileSync(join(folder, RESULTS), lineOf(result)) };
};

export interface Report {
  readonly summary: Summary;
  readonly results: readonly CaseResult[];
}

/** Throws CampaignError for a folder without a report. */
export const readReport = (folder: string): Report => {
  const summary = readSummary(folder);
  if (summary === undefined)
    throw new CampaignError(
      `${folder}: no report of a campaign in it (${SUMMARY}); h5sm campaign run --out writes one`,
    );
  return { summary, results: readResults(folder) };
};

/** Shards put together: what one run of all would have given. Throws CampaignError. */
export const mergeReports = (folders: readonly string[]): Report => {
  const all = folders.map((folder) => ({ folder, ...readReport(folder) }));
  const [first] = all;
  if (first === undefined) throw new CampaignError('nothing to merge');
  const { summary } = first;
  const foreign = all.find((report) => report.summary.fingerprint !== summary.fingerprint);
  if (foreign !== undefined)
    throw new CampaignError(`${foreign.folder} and ${first.folder} are of different campaigns`);
  const byPlace = new Map(all.flatMap(({ results }) => results.map((result) => [result.index, result])));
  const results = withinPatience(byIndex([...byPlace.values()]), summary.patience);
  const isWhole = results.length === summary.cases || results.length < byPlace.size;
  const hole = results.findIndex(({ index }, i) => index !== i);
  if (!isWhole || hole >= 0)
    throw new CampaignError(
      `${summary.cases - byPlace.size} of ${summary.cases} cases are missing, the first is case ${hole >= 0 ? hole : results.length}; name the folders of all shards`,
    );
  return { summary, results };
};
