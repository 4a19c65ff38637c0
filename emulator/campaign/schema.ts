/** What a campaign file says: one schema, from which both the types and the check come. docs/campaigns.md. */
import { type Static, Type } from 'typebox';
import { COUNTERMEASURES } from '../../engine/guarded/countermeasure.ts';
import { CLASSES } from './outcome.ts';

const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1 });
const count = Type.Integer({ minimum: 1 });
const words = Type.Array(text, { minItems: 1 });

/** Of the built-in oracles; all of them where a campaign names none. */
export const ORACLES = [
  'golden-diff',
  'statuses',
  'ignored-status',
  'keystore',
  'leaks',
  'nonces',
  'rng',
  'secrets',
] as const;
export type OracleName = (typeof ORACLES)[number];

const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));

const Command = Type.Object(
  {
    command: words,
    /** The folder it runs in; that of the campaign file where not given. */
    cwd: Type.Optional(text),
    env: Type.Optional(Type.Record(Type.String(), Type.String())),
    negative: Type.Optional(Type.Boolean()),
  },
  closed,
);

const Module = Type.Object(
  {
    module: text,
    export: Type.Optional(text),
    /** An export that is called once, before the state is taken that every case begins with. */
    prepare: Type.Optional(text),
    negative: Type.Optional(Type.Boolean()),
  },
  closed,
);

const Places = Type.Object({ points: words, effects: words }, closed);
const Range = Type.Object({ from: Type.Integer(), to: Type.Integer(), step: Type.Optional(count) }, closed);

const GENERATORS = {
  exhaustive: Places,
  powerLoss: Type.Object({ effects: Type.Optional(words) }, closed),
  bitSweep: Type.Object(
    { points: words, width: count, effect: Type.Optional(oneOf(['flip', 'corrupt'] as const)) },
    closed,
  ),
  grid: Type.Object(
    {
      fault: text,
      ranges: Type.Record(
        Type.String(),
        Type.Union([Range, Type.Array(Type.Union([Type.String(), Type.Integer()]))]),
      ),
    },
    closed,
  ),
  random: Type.Object(
    { points: words, effects: words, seed: Type.Integer(), count, patience: Type.Optional(count) },
    closed,
  ),
  pairs: Places,
  list: Type.Array(Type.Union([text, words]), { minItems: 1 }),
} as const;

export const GENERATOR_NAMES = Object.keys(GENERATORS) as readonly (keyof typeof GENERATORS)[];

const Generator = Type.Partial(Type.Object(GENERATORS, closed), closed);

const findingClass = oneOf(['degraded', 'corrupt', 'security', 'exploited'] as const);

/** An oracle of the user's own. */
const UserOracle = Type.Object(
  {
    /** Exit codes that are a success; 0 where not given. */
    exitCode: Type.Optional(Type.Union([Type.Integer(), Type.Array(Type.Integer())])),
    /** A regular expression that the output of a successful run matches. */
    stdout: Type.Optional(text),
    /** A regular expression that the output of no run matches. */
    notStdout: Type.Optional(text),
    /** A module whose function gets the run and gives findings. */
    script: Type.Optional(text),
    export: Type.Optional(text),
    class: Type.Optional(findingClass),
    property: Type.Optional(text),
  },
  closed,
);

export const CampaignSchema = Type.Object(
  {
    name: Type.Optional(text),
    scenario: Type.Union([Command, Module]),
    seed: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), text])),
    profile: Type.Optional(text),
    snapshot: Type.Optional(text),
    countermeasures: Type.Optional(Type.Array(oneOf(COUNTERMEASURES))),
    generator: Type.Union([Generator, Type.Array(Generator, { minItems: 1 })]),
    oracles: Type.Optional(Type.Array(Type.Union([oneOf(ORACLES), UserOracle]))),
    accept: Type.Optional(Type.Array(oneOf(CLASSES))),
    /** Calls after the fault until an error is answered, from which on `detected` is `detected-late`. */
    late: Type.Optional(count),
    budget: Type.Optional(
      Type.Object(
        {
          wallMs: Type.Optional(count),
          virtualMs: Type.Optional(count),
          events: Type.Optional(count),
          /** Calls of a run for each call of the golden run, above which a run is degraded. */
          slowdown: Type.Optional(Type.Number({ exclusiveMinimum: 1 })),
        },
        closed,
      ),
    ),
  },
  closed,
);

export type Campaign = Static<typeof CampaignSchema>;
export type CommandScenario = Static<typeof Command>;
export type ModuleScenario = Static<typeof Module>;
export type GeneratorSpec = Static<typeof Generator>;
export type PlacesSpec = Static<typeof Places>;
export type RangeSpec = Static<typeof Range>;
export type UserOracleSpec = Static<typeof UserOracle>;
