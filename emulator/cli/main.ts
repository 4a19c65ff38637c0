#!/usr/bin/env node
/** The command `h5sm`. Exit codes: 0 ok, 1 what was asked failed, 2 wrong use. */
import { findVerb, parseFlags } from './arguments.ts';
import { UsageError } from './usage.ts';
import type { Run, VerbName } from './verbs.ts';

/** Loaded when called: `exec` has to start about as fast as node itself. */
const RUNNERS: Readonly<Record<VerbName, () => Promise<{ readonly run: Run }>>> = {
  start: () => import('./start.ts'),
  exec: () => import('./exec.ts'),
  status: () => import('./status.ts'),
  'keys list': () => import('./keys.ts'),
  capabilities: () => import('./capabilities.ts'),
  'snapshot save': async () => ({ run: (await import('./snapshot.ts')).save }),
  'snapshot restore': async () => ({ run: (await import('./snapshot.ts')).restore }),
  'snapshot diff': async () => ({ run: (await import('./snapshot.ts')).diff }),
  'device reset': async () => ({ run: (await import('./power.ts')).reset }),
  'device power-cycle': async () => ({ run: (await import('./power.ts')).powerCycle }),
  'device regression': async () => ({ run: (await import('./power.ts')).regression }),
  'device state': async () => ({ run: (await import('./power.ts')).state }),
  'trace tail': () => import('./trace-tail.ts'),
  'trace show': async () => ({ run: (await import('./trace.ts')).show }),
  'trace stats': async () => ({ run: (await import('./trace.ts')).stats }),
  'trace diff': async () => ({ run: (await import('./trace.ts')).diff }),
  'trace export': async () => ({ run: (await import('./trace.ts')).exportTrace }),
  'fault add': async () => ({ run: (await import('./fault.ts')).add }),
  'fault list': async () => ({ run: (await import('./fault.ts')).list }),
  'fault clear': async () => ({ run: (await import('./fault.ts')).clear }),
  diagnose: () => import('./diagnose.ts'),
  'campaign run': () => import('./campaign-run.ts'),
  'campaign merge': () => import('./campaign-merge.ts'),
  'campaign replay': () => import('./campaign-replay.ts'),
  'identity show': () => import('./identity-show.ts'),
  'identity export': () => import('./identity-export.ts'),
};

const HELP = new Set(['--help', '-h', 'help']);

const version = async (): Promise<string> => {
  const { readFileSync } = await import('node:fs');
  // Two folders up from the source, three from the compiled file.
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (name === 'h5sm') return version;
    } catch {}
  }
  return 'unknown';
};

const main = async (words: readonly string[]): Promise<number> => {
  const [first] = words;
  if (first === undefined || HELP.has(first)) {
    const { overview } = await import('./help.ts');
    process.stdout.write(overview());
    return 0;
  }
  if (first === '--version' || first === '-v') {
    process.stdout.write(`h5sm ${await version()}\n`);
    return 0;
  }
  const { verb, words: rest } = findVerb(words);
  if (rest[0] === '--help' || rest[0] === '-h') {
    const { verbHelp } = await import('./help.ts');
    process.stdout.write(verbHelp(verb));
    return 0;
  }
  const invocation = parseFlags(verb, rest);
  const { run } = await RUNNERS[verb.name]();
  return run(invocation);
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`h5sm: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
