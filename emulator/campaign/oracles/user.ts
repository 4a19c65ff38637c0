/** Oracles of the user's own: what a program prints, and functions of a module. */
import type { TraceEvent } from '../../trace/event.ts';
import { CampaignError, type LoadedCampaign } from '../campaign-file.ts';
import type { End, Finding } from '../outcome.ts';
import { importFunction } from '../perform-module.ts';
import type { Output, Run } from '../run.ts';
import type { Campaign, UserOracleSpec } from '../schema.ts';

/** What a function of the user's gets to see of a run. */
export interface RunReport {
  readonly end: End;
  readonly faults: readonly string[];
  readonly calls: readonly TraceEvent[];
  readonly outputs: readonly Output[];
  /** What a command printed, on both streams. */
  readonly stdout: string;
  readonly exitCode: number | undefined;
  /** The golden run; undefined where this is it. */
  readonly golden: RunReport | undefined;
}

type Found = Partial<Omit<Finding, 'oracle'>>;
export type ScriptOracle = (run: RunReport) => readonly Found[] | Promise<readonly Found[]>;

export type UserOracle = (run: Run, golden: Run | undefined) => Promise<readonly Finding[]>;

const specsOf = ({ oracles = [] }: Campaign): readonly UserOracleSpec[] =>
  oracles.filter((oracle) => typeof oracle !== 'string');

const expression = (where: string, source: string): RegExp => {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new CampaignError(`${where}: ${error instanceof Error ? error.message : error}`);
  }
};

const printed = (
  { class: kind = 'corrupt', property = 'stdout', stdout, notStdout }: UserOracleSpec,
  i: number,
) => {
  const wanted = stdout === undefined ? undefined : expression(`oracles.${i}.stdout`, stdout);
  const unwanted = notStdout === undefined ? undefined : expression(`oracles.${i}.notStdout`, notStdout);
  const finding = (detail: string): Finding => ({ oracle: 'stdout', class: kind, property, detail });
  return async (run: Run): Promise<readonly Finding[]> => [
    ...(wanted !== undefined && run.end.kind === 'completed' && !wanted.test(run.stdout)
      ? [finding(`the output does not match ${wanted}`)]
      : []),
    ...(unwanted?.test(run.stdout) === true ? [finding(`the output matches ${unwanted}`)] : []),
  ];
};

const reportOf = (run: Run, golden: Run | undefined): RunReport => ({
  end: run.end,
  faults: run.faults,
  calls: run.events,
  outputs: run.outputs,
  stdout: run.stdout,
  exitCode: run.exitCode,
  golden: golden === undefined ? undefined : reportOf(golden, undefined),
});

const scripted = async (loaded: LoadedCampaign, spec: UserOracleSpec, i: number): Promise<UserOracle> => {
  const { script = '', export: name = 'default' } = spec;
  const look = await importFunction<ScriptOracle>(loaded, script, name, `oracles.${i}.script`);
  return async (run, golden) => {
    const found = await look(reportOf(run, golden));
    return found.map(
      ({ class: kind = spec.class ?? 'corrupt', property = spec.property ?? script, detail = '' }) => ({
        oracle: 'script',
        class: kind,
        property,
        detail,
      }),
    );
  };
};

/** Throws CampaignError. */
export const loadUserOracles = async (loaded: LoadedCampaign): Promise<readonly UserOracle[]> => {
  const all: UserOracle[] = [];
  for (const [i, spec] of specsOf(loaded.campaign).entries()) {
    if (spec.script !== undefined) all.push(await scripted(loaded, spec, i));
    else all.push(printed(spec, i));
  }
  return all;
};

/** Exit codes that are a success. */
export const successCodes = (campaign: Campaign): readonly number[] => {
  const codes = specsOf(campaign).flatMap(({ exitCode = [] }) => exitCode);
  return codes.length === 0 ? [0] : codes;
};

export const userFindings = async (
  run: Run,
  golden: Run | undefined,
  oracles: readonly UserOracle[],
): Promise<readonly Finding[]> => (await Promise.all(oracles.map((oracle) => oracle(run, golden)))).flat();
