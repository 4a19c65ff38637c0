/** `h5sm capabilities`: of a running emulator, or of a profile in this process. */
import type { Capabilities } from '../../psa-api/service.ts';
import { textFlag } from './arguments.ts';
import { ask } from './ask.ts';
import { deviceFlags, loadDevice } from './device.ts';
import { print, table } from './print.ts';
import { UsageError } from './usage.ts';
import type { Invocation, Run } from './verbs.ts';

const ofProfile = async (invocation: Invocation): Promise<Capabilities> => {
  const device = await loadDevice(await deviceFlags(invocation, 'memory'));
  try {
    return device.capabilities();
  } finally {
    device.close();
  }
};

/** What is one value; lists have been shown already. */
const single = (settings: Capabilities['settings']): string[][] => {
  const count = (name: string) => settings.filter(({ setting }) => setting === name).length;
  return settings
    .filter(({ setting, value }) => count(setting) === 1 && value !== null)
    .map(({ setting, value, source, confidence }) => [`  ${setting}`, `${value}`, confidence, source]);
};

/** What a name of a library does not say by itself. */
const LABELS: Readonly<Record<string, string>> = {
  device: 'h5sm itself',
  'tf-m': 'TF-M, not PSA (psa_open_key, psa_close_key)',
};

const servicesText = (services: Capabilities['services']): string =>
  table(
    services.map(({ library, functions }) => [
      `  ${LABELS[library] ?? library}`,
      `${functions.filter((f) => f.implemented).length} of ${functions.length} functions`,
    ]),
  );

const text = (report: Capabilities): string => {
  const { profile, summary, functions, services, algorithms, keyTypes, settings } = report;
  const missing = functions.filter((f) => !f.implemented).map((f) => f.name);
  return [
    `profile ${profile}: ${summary}\n${functions.length - missing.length} of ${functions.length} functions\n`,
    missing.length === 0 ? '' : `answering PSA_ERROR_NOT_SUPPORTED: ${missing.join(', ')}\n`,
    `\nservices\n${servicesText(services)}`,
    `\nalgorithms\n${algorithms.map((name) => `  ${name}\n`).join('')}`,
    `\nkey types\n${table(keyTypes.map(({ name, bits }) => [`  ${name}`, typeof bits === 'string' ? bits : bits.join(' ')]))}`,
    `\nsettings\n${table(single(settings))}`,
  ].join('');
};

export const run: Run = async (invocation) => {
  const inProcess = textFlag(invocation, 'profile') !== undefined;
  if (inProcess && textFlag(invocation, 'endpoint') !== undefined) {
    throw new UsageError(
      'capabilities: --profile describes a profile, --endpoint asks an emulator; use one of them',
    );
  }
  const report = await (inProcess
    ? ofProfile(invocation)
    : ask<Capabilities>(invocation, '/v1/capabilities'));
  print(invocation, report, text);
  return 0;
};
