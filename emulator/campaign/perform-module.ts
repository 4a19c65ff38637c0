/** Runs a scenario of a module in this process. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPsa } from '../../psa-api/generated/psa.ts';
import { statusName } from '../../psa-api/status.ts';
import { CampaignError, type LoadedCampaign } from './campaign-file.ts';
import type { End, Finding } from './outcome.ts';
import type { Output, Performance } from './run.ts';
import type { Report, Scenario, ScenarioDevice } from './scenario.ts';
import type { ModuleScenario } from './schema.ts';
import type { WatchedDevice } from './watched-device.ts';

/** Not what a scenario throws to say that it is not satisfied. */
const PROGRAMMING = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError];

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const endOf = (error: unknown): End =>
  PROGRAMMING.some((kind) => error instanceof kind)
    ? { kind: 'crashed', why: `${(error as Error).name}: ${textOf(error)}` }
    : { kind: 'failed', why: textOf(error) };

const valueText = (value: Uint8Array | string | number | boolean): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);

/** What a scenario says of its run. */
const reporter = () => {
  const outputs: Output[] = [];
  const findings: Finding[] = [];
  const report: Report = {
    output: (name, value) => void outputs.push({ name, value: valueText(value) }),
    violated: (property, detail = '') =>
      void findings.push({ oracle: 'scenario', class: 'security', property, detail }),
    exploited: (property, evidence = '') =>
      void findings.push({ oracle: 'scenario', class: 'exploited', property, detail: evidence }),
  };
  return { outputs, findings, report };
};

const afterMs = (ms: number): { readonly passed: Promise<void>; stop(): void } => {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  return { passed, stop: () => clearTimeout(timer) };
};

/** Rejections that the scenario let fall end its run too: in the meantime nobody else runs in this thread. */
const strayRejection = (): { readonly seen: Promise<End>; stop(): void } => {
  let hear: (reason: unknown) => void = () => {};
  const seen = new Promise<End>((resolve) => {
    hear = (reason) => resolve({ kind: 'crashed', why: `unhandled rejection: ${textOf(reason)}` });
  });
  process.on('unhandledRejection', hear);
  return { seen, stop: () => process.off('unhandledRejection', hear) };
};

/** Calls the scenario until it ends, or until a budget is used up. */
export const performModule = async (
  scenario: Scenario,
  watched: WatchedDevice,
  wallMs: number,
  negative: boolean,
): Promise<Performance> => {
  const { outputs, findings, report } = reporter();
  const session = watched.device.connect();
  const psa = createPsa(session.call);
  const device: ScenarioDevice = { ...psa, call: session.call, service: watched.device, negative };
  const work = async (): Promise<End> => {
    try {
      const { status } = await psa.cryptoInit();
      if (status !== 0) return { kind: 'failed', why: `psa_crypto_init answered ${statusName(status)}` };
      await scenario(device, report);
      return { kind: 'completed' };
    } catch (error) {
      return endOf(error);
    }
  };
  const wall = afterMs(wallMs);
  const stray = strayRejection();
  const end = await Promise.race([
    work(),
    stray.seen,
    watched.exhausted.then((why): End => ({ kind: 'hang', why })),
    wall.passed.then((): End => ({ kind: 'hang', why: `${wallMs} ms on this machine` })),
  ]);
  wall.stop();
  stray.stop();
  session.close();
  return { end, outputs, findings, stdout: '', exitCode: undefined };
};

const functionIn = async (path: string, name: string, where: string): Promise<unknown> => {
  let exports: object;
  try {
    exports = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new CampaignError(`${where}: ${path}: ${textOf(error)}`, { cause: error });
  }
  const found: unknown = Reflect.get(exports, name);
  if (typeof found === 'function') return found;
  const names = Object.keys(exports).join(', ') || 'nothing';
  throw new CampaignError(`${where}: ${path} exports no function "${name}"; it exports ${names}`);
};

/** A function of a module that a campaign names. Throws CampaignError. */
export const importFunction = async <T>(
  { folder }: LoadedCampaign,
  module: string,
  name: string,
  where: string,
): Promise<T> => (await functionIn(resolve(folder, module), name, where)) as T;

export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly prepare: ((device: ScenarioDevice) => Promise<void>) | undefined;
}

/** Throws CampaignError. */
export const loadScenario = async (
  loaded: LoadedCampaign,
  { module, export: name = 'default', prepare }: ModuleScenario,
): Promise<LoadedScenario> => ({
  scenario: await importFunction<Scenario>(loaded, module, name, 'scenario.export'),
  prepare:
    prepare === undefined ? undefined : await importFunction(loaded, module, prepare, 'scenario.prepare'),
});
