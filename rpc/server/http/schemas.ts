/** The shapes of what HTTP answers; held against psa-api/service.ts by the compiler. */
import { type Static, Type } from 'typebox';
import {
  type Capabilities,
  type KeyReport,
  POWER_ACTIONS,
  type StatusReport,
} from '../../../psa-api/service.ts';
import type { IdentityText } from '../../identity-text.ts';

const integer = Type.Integer();

export const statusSchema = Type.Object({
  profile: Type.String(),
  insecureSeed: Type.Union([Type.String(), Type.Null()]),
  store: Type.String(),
  productState: Type.String(),
  boardTime: Type.Number(),
  connections: integer,
  calls: integer,
  keys: Type.Object({ volatile: integer, persistent: integer, builtIn: integer }),
  operations: Type.Array(
    Type.Object({
      handle: integer,
      family: Type.String(),
      alg: integer,
      owner: integer,
      connection: integer,
      failed: Type.Boolean(),
    }),
  ),
});

export const keysSchema = Type.Array(
  Type.Object({
    id: integer,
    owner: integer,
    kind: Type.Union([
      Type.Literal('volatile'),
      Type.Literal('persistent'),
      Type.Literal('built-in'),
      Type.Literal('factory'),
    ]),
    type: integer,
    bits: integer,
    lifetime: integer,
    usage: integer,
    alg: integer,
  }),
);

export const capabilitiesSchema = Type.Object({
  profile: Type.String(),
  summary: Type.String(),
  functions: Type.Array(
    Type.Object({
      name: Type.String(),
      since: Type.String(),
      group: Type.String(),
      implemented: Type.Boolean(),
    }),
  ),
  services: Type.Array(
    Type.Object({
      library: Type.String(),
      functions: Type.Array(
        Type.Object({ name: Type.String(), since: Type.String(), implemented: Type.Boolean() }),
      ),
    }),
  ),
  algorithms: Type.Array(Type.String()),
  keyTypes: Type.Array(
    Type.Object({ name: Type.String(), bits: Type.Union([Type.Array(integer), Type.String()]) }),
  ),
  settings: Type.Array(
    Type.Object({
      setting: Type.String(),
      value: Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()]),
      source: Type.String(),
      confidence: Type.String(),
    }),
  ),
});

const certifiedKey = Type.Object({ serial: Type.String(), certificate: Type.String(), ca: Type.String() });

export const identitySchema = Type.Object({ user: certifiedKey, initialAttestation: certifiedKey });

export const errorSchema = Type.Object({ error: Type.String() });

export const callParams = Type.Object({ function: Type.String({ maxLength: 100 }) });

export const deviceBody = Type.Object(
  {
    power: Type.Optional(Type.Union(POWER_ACTIONS.map((action) => Type.Literal(action)))),
    state: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const traceQuery = Type.Object(
  {
    since: Type.Optional(Type.Integer({ minimum: 0 })),
    last: Type.Optional(Type.Integer({ minimum: 0 })),
    follow: Type.Optional(Type.Union([Type.Literal('1'), Type.Literal('0')])),
  },
  { additionalProperties: false },
);

type Mutable<T> = T extends readonly (infer U)[]
  ? Mutable<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

/** A field that is missing here would be left out of the answers: then this does not compile. */
export type Checked = [
  Same<Static<typeof statusSchema>, Mutable<StatusReport>>,
  Same<Static<typeof keysSchema>, Mutable<readonly KeyReport[]>>,
  Same<Static<typeof capabilitiesSchema>, Mutable<Capabilities>>,
  Same<Static<typeof identitySchema>, Mutable<IdentityText>>,
];
export const checked: Checked = [true, true, true, true];

export const faultsSchema = Type.Array(
  Type.Object({ id: integer, line: Type.String(), visits: integer, hits: integer }),
);

export const faultParams = Type.Object({ id: Type.Integer({ minimum: 1 }) });
