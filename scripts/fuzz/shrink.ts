/** The shortest part of a finding that still shows it. */
import type { Finding } from './corpus.ts';

const TRIES = 150;
const PATIENCE_MS = 60_000;

/** Without step `at`; later references to it go nowhere, those to later steps move up. */
const without = (finding: Finding, at: number): Finding => ({
  ...finding,
  steps: finding.steps
    .filter((_, i) => i !== at)
    .map((step) =>
      'bytes' in step
        ? step
        : {
            ...step,
            inputs: step.inputs.map((value) => {
              if (typeof value !== 'object' || !('of' in value)) return value;
              if (value.of === at) return 0;
              return value.of > at ? { of: value.of - 1 } : value;
            }),
          },
    ),
});

export const shrink = async (
  finding: Finding,
  fails: (candidate: Finding) => Promise<boolean>,
): Promise<Finding> => {
  const end = performance.now() + PATIENCE_MS;
  let best = finding;
  let tries = 0;
  for (let at = best.steps.length - 1; at >= 0 && tries < TRIES && performance.now() < end; at--) {
    const candidate = without(best, at);
    tries++;
    if (await fails(candidate)) best = candidate;
  }
  return best;
};
