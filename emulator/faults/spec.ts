/** The JSON form of a fault: the parts of its line by name. It is read as that line, so both forms say the same. */
import { FaultError } from './fault-error.ts';

export interface FaultSpec {
  readonly point: string;
  /** `{ "nth": 3, "fn": "psa_sign_hash" }`; a switch is `true`. */
  readonly when?: Readonly<Record<string, string | number | boolean>>;
  /** `"flip(3)"`, or several, one after the other. */
  readonly effect: string | readonly string[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const bad = (value: unknown, what: string): never => {
  const text = JSON.stringify(value) ?? String(value);
  throw new FaultError(text, 0, text.length, what);
};

/** Throws FaultError for what is neither a line nor a specification. */
export const lineOf = (fault: unknown): string => {
  if (typeof fault === 'string') return fault;
  if (!isRecord(fault)) return bad(fault, 'expected a fault: its line, or { "point", "when", "effect" }');
  const { point, when = {}, effect, ...others } = fault;
  const [other] = Object.keys(others);
  if (other !== undefined) bad(fault, `no field ${other}; a fault has point, when and effect`);
  if (typeof point !== 'string') return bad(fault, 'point: expected the name of a point');
  if (!isRecord(when)) return bad(fault, 'when: expected triggers by name, as in { "nth": 3 }');
  const effects: readonly unknown[] = Array.isArray(effect) ? effect : [effect];
  if (effects.length === 0 || !effects.every((one) => typeof one === 'string'))
    return bad(fault, 'effect: expected one as text, or a list of them');
  const triggers = Object.entries(when).map(([name, value]) => (value === true ? name : `${name}=${value}`));
  return [`${point}${triggers.length > 0 ? `:${triggers.join(',')}` : ''}`, ...effects].join('->');
};
