/** Whether a run that completed gave what the golden run gave. */
import type { TraceEvent } from '../../trace/event.ts';
import type { Finding } from '../outcome.ts';
import type { Output, Run } from '../run.ts';

const shown = (value: string): string => {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
};

const wrong = (property: string, detail: string): Finding => ({
  oracle: 'golden-diff',
  class: 'corrupt',
  property,
  detail,
});

const outputFindings = (run: readonly Output[], golden: readonly Output[]): readonly Finding[] => {
  const length = Math.max(run.length, golden.length);
  for (let i = 0; i < length; i++) {
    const [now, then] = [run[i], golden[i]];
    if (now?.name === then?.name && now?.value === then?.value) continue;
    if (now === undefined || then === undefined)
      return [
        wrong('output', `output ${i + 1}: ${now === undefined ? 'missing' : `${now.name} is one too many`}`),
      ];
    return [wrong('output', `${now.name}: ${shown(now.value)}, in the golden run ${shown(then.value)}`)];
  }
  return [];
};

/** Of a scenario that reports nothing: the calls that succeeded, what they took and gave. */
const successes = (events: readonly TraceEvent[]): readonly string[] =>
  events
    .filter(({ status }) => status === 0)
    .map(({ function: name, scalars, digests, lengths }) =>
      JSON.stringify([name, scalars, lengths, digests]),
    );

const callFindings = (run: Run, golden: Run): readonly Finding[] => {
  const [now, then] = [successes(run.events), successes(golden.events)];
  const at = Array.from({ length: Math.max(now.length, then.length) }).findIndex(
    (_, i) => now[i] !== then[i],
  );
  return at < 0
    ? []
    : [
        wrong(
          'output',
          `successful call ${at + 1} is not that of the golden run; report outputs to compare those instead`,
        ),
      ];
};

const stateFindings = ({ state }: Run, golden: Run): readonly Finding[] => {
  if (state === undefined || golden.state === undefined) return [];
  const names = [...new Set([...state.keys(), ...golden.state.keys()])].sort();
  return names
    .filter((name) => state.get(name) !== golden.state?.get(name))
    .map((name) => {
      const [now, then] = [state.get(name), golden.state?.get(name)];
      const detail =
        now === undefined
          ? 'is not there'
          : then === undefined
            ? 'is there'
            : `is ${now}, in the golden run ${then}`;
      return wrong('state', `${name} ${detail}`);
    });
};

export const goldenFindings = (run: Run, golden: Run): readonly Finding[] => [
  ...(golden.outputs.length === 0 ? callFindings(run, golden) : outputFindings(run.outputs, golden.outputs)),
  ...stateFindings(run, golden),
];
