/** docs/faults.md: what can go wrong on purpose, from the points and effects that there are. */
import { COUNTERMEASURES } from '../../emulator/faults/countermeasures.ts';
import {
  type ArgumentKind,
  EFFECTS,
  type EffectName,
  effectKind,
  type PointKind,
} from '../../emulator/faults/fault.ts';
import { POINTS } from '../../emulator/faults/points.ts';

const ARGUMENTS: Readonly<Record<ArgumentKind, string>> = {
  status: 'PSA_ERROR_...',
  count: 'n',
  milliseconds: 'ms',
  hex: 'hex',
  key: 'key id',
  verdict: 'true or false',
  bias: 'high or low, bits',
  seed: 'seed',
};

const KINDS: Readonly<Record<PointKind, string>> = {
  call: 'a call: before it is carried out, and when its outcome is there',
  wire: 'bytes: a payload that arrived, a frame (with its length) that leaves',
  clock: 'each call, before it',
  slot: 'each setup of an operation',
  key: 'a key that is looked up, made or destroyed',
  check: 'what a comparison or a permission says',
  random: 'each draw from the generator of the device',
  storage: 'flash: each read, each program of quad-words, each erase of a sector',
  data: 'a value of a computation',
  step: 'a step of a computation',
};

const MEASURES: Readonly<Record<(typeof COUNTERMEASURES)[number], string>> = {
  'verify-after-sign':
    'a signature is verified before it leaves; a wrong one is PSA_ERROR_CORRUPTION_DETECTED',
  'double-compute': 'ciphers compute twice and compare',
  'infective-crt': 'an RSA signature with a wrong half tells nothing about the primes',
  'hedged-nonce': 'per-signature secrets come from the key, the message and randomness together',
  'constant-status': 'wrong padding is answered as if it were right',
  'double-compare': 'comparisons are made twice',
  'anti-rollback':
    'always there: older contents of the storage are refused as long as the counter of the chip is not put back too',
  'point-check': "a peer's point is looked at again",
};

const effectsAt = (kind: PointKind): readonly EffectName[] =>
  (Object.keys(EFFECTS) as EffectName[]).filter((name) => effectKind(name).at.includes(kind));

const shown = (name: EffectName): string => {
  const { argument } = effectKind(name);
  return argument === undefined ? `\`${name}\`` : `\`${name}(${ARGUMENTS[argument]})\``;
};

const pointsOf = (kind: PointKind): string => {
  if (kind === 'call') return '`api.<function>.enter`, `api.<function>.leave`';
  const names = [...POINTS].filter(([, of]) => of === kind).map(([name]) => name);
  const rounds = names.filter((name) => name.startsWith('alg.aes.round'));
  const others = names.filter((name) => !rounds.includes(name)).map((name) => `\`${name}\``);
  return [...others, ...(rounds.length > 0 ? ['`alg.aes.round1` to `alg.aes.round14`'] : [])].join(', ');
};

const kinds = [...new Set(POINTS.values())];

export const faultsPage =
  (): string => `<!-- Generated from emulator/faults by \`npm run generate\`. Do not edit. -->

# Faults

What does firmware do when the secure world fails, or is made to compute wrongly? A fault is a point where something
passes, a trigger that says when, and an effect:

\`\`\`console
$ h5sm exec --fault 'api.psa_sign_hash.leave:nth=3->return(PSA_ERROR_HARDWARE_FAILURE)' -- ./firmware-tests
$ h5sm fault add 'rng.draw:fn=psa_sign_hash->bias(high,32)'
$ h5sm fault list
$ h5sm fault clear
\`\`\`

\`--fault\` may be given to \`start\` and \`exec\` more than once; \`h5sm fault\` and \`/v1/faults\` (POST a line or JSON, GET,
DELETE) set faults of an emulator that runs; in TypeScript it is \`createDevice({ faults: [...] })\` and
\`device.faults\`, in C \`h5sm/ctl.h\` ([testing.md](testing.md#from-c)). The JSON form has the same parts: \`{ "point": "rng.draw", "when": { "nth": 3 }, "effect": "zero" }\`. A
fault that cannot be is refused with the place marked.

Faults are as deterministic as the device: with the same seed and the same calls they strike at the same places. A strike
is a mark in the trace. Without faults nothing of this is in the way of a call. An emulator listens on this machine alone,
so nobody else can set faults; those that spoil random numbers are told on stderr. Faults outlive a reset of the device.

## Points

In a name \`*\` stands for any letters: \`api.psa_*.leave\`.

| points | what passes there | effects |
| --- | --- | --- |
${kinds
  .map(
    (kind) =>
      `| ${pointsOf(kind)} | ${KINDS[kind]} | ${effectsAt(kind)
        .map((name) => `\`${name}\``)
        .join(', ')} |`,
  )
  .join('\n')}

What the emulator does for itself (starting, snapshots, lists) visits no point. The points \`alg.*\` are inside of
computations: while a fault waits at one, that algorithm is computed by steps of the emulator's own that have such places.

## Triggers

Filters come first; what passes them is counted. Without a trigger a fault strikes at every visit until it is cleared.

| trigger | meaning |
| --- | --- |
| \`fn=psa_sign_hash\`, \`client=-1\`, \`key=0x40000000\`, \`alg=PSA_ALG_GCM\`, \`len=32\` | filters: the call under way, its client, key, algorithm, bytes of all inputs together |
| \`seq=7\` | only within the seventh call since the first fault was set |
| \`nth=3\` | the third visit |
| \`every=2\`, \`after=4\`, \`window=2..5\` | every second; all after the fourth; the second to the fifth |
| \`p=0.01\` | by chance, decided by the device's seed |
| \`once\`, \`times=3\` | strikes no more than so often |
| \`param=ciphertext\` | the parameter whose bytes are changed, where it is not the first |

## Effects

Several are carried out one after the other: \`->flip(3)->return(PSA_SUCCESS)\`.

| effect | meaning |
| --- | --- |
${(Object.keys(EFFECTS) as EffectName[]).map((name) => `| ${shown(name)} | ${effectKind(name).help} |`).join('\n')}

A status that is forced at \`enter\` leaves the call undone; at \`leave\` it has been carried out, so an operation that was set
up is there, and a key was made. A success that is forced upon a failure has empty outputs. A client whose power or
connection went away gets \`PSA_ERROR_COMMUNICATION_FAILURE\`, and has to connect anew.

## Countermeasures

\`--countermeasures verify-after-sign,double-compare\`, or \`createDevice({ countermeasures: [...] })\`: whether they hold is
what [attacks](attacks) show.

| name | what |
| --- | --- |
${COUNTERMEASURES.map((name) => `| \`${name}\` | ${MEASURES[name]} |`).join('\n')}
`;
