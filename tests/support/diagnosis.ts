/** Calls on a device of their own, and what a diagnosis makes of their trace. */
import { onTestFinished } from 'vitest';
import { createDevice, type DeviceOptions } from '../../emulator/device.ts';
import { diagnose } from '../../emulator/diagnose/diagnosis.ts';
import type { Finding } from '../../emulator/diagnose/finding.ts';
import type { TraceRecord } from '../../emulator/trace/event.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import type { Service } from '../../psa-api/service.ts';
import { type Client, type ClientOptions, inProcess } from './device.ts';

export interface Patient {
  readonly device: Service;
  readonly psa: Psa;
  readonly records: readonly TraceRecord[];
  another(options?: ClientOptions): Promise<Client>;
}

export interface Examination extends DeviceOptions, ClientOptions {
  /** Records bytes too. */
  readonly reveals?: boolean;
}

/** The findings in the calls that `body` makes; its connections end with it. */
export const examine = async (
  options: Examination,
  body: (patient: Patient) => Promise<void>,
): Promise<readonly Finding[]> => {
  const { reveals = false, ...deviceOptions } = options;
  const records: TraceRecord[] = [];
  const device = createDevice({
    insecureSeed: 'the tests',
    onBug: (error, name) => {
      throw new Error(`a bug in ${name}`, { cause: error });
    },
    trace: { revealInsecure: reveals, sink: (record) => records.push(record) },
    ...deviceOptions,
  });
  onTestFinished(() => device.close());
  const clients: Client[] = [];
  const another = async (more: ClientOptions = {}): Promise<Client> => {
    const client = await inProcess(device, more);
    clients.push(client);
    return client;
  };
  const { psa } = await another(options);
  await body({ device, psa, records, another });
  for (const client of clients) await client.close();
  return diagnose(records);
};

export const rulesOf = (findings: readonly Finding[]): string[] => findings.map(({ rule }) => rule);

/** The functions of a finding's evidence, in order. */
export const evidenceOf = (finding: Finding | undefined): string[] =>
  finding?.evidence.map(({ function: name }) => name) ?? [];

/** A profile without room for much, and the default. */
export const PROFILES = ['stm32h573-sm-1.2', 'psa-full'] as const;
