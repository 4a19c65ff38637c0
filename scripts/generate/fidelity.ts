/** docs/fidelity.md: what the device's profiles say, value by value, with source and confidence. */
import type { Fact } from '../../emulator/profiles/fact.ts';
import type { Facts, Profile } from '../../emulator/profiles/profile.ts';
import { PROFILES } from '../../emulator/profiles/profiles.ts';
import { SETTINGS, type SettingName, TOPICS } from '../../emulator/profiles/settings.ts';
import { NOT_REPRODUCED, STM32H573_SM_1_2, UNSETTLED } from '../../emulator/profiles/stm32h573.ts';
import { CYCLES } from '../../emulator/timing/cycles.ts';
import { FILLS_OUTPUT, LEAVES_LENGTH } from '../../psa-api/board-client.ts';

type AnyFact = Fact<number | string | boolean | null>;

const factsOf = (facts: Facts, name: SettingName): readonly AnyFact[] => [facts[name]].flat();

const shown = (name: SettingName, value: AnyFact['value']): string => {
  if (value === null) return SETTINGS[name].kind === 'names' ? 'all' : 'no limit';
  return typeof value === 'string' ? `\`${value}\`` : String(value);
};

/** Facts of one setting with the same source stand in one row. */
const rowsOf = (name: SettingName, facts: readonly AnyFact[]): string[] => {
  const groups = new Map<string, AnyFact[]>();
  for (const fact of facts) {
    const key = `${fact.confidence}|${fact.source}`;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  if (groups.size === 0) return [`| \`${name}\` | none | | |`];
  return [...groups.values()].map((group) => {
    const values = group.map(({ value }) => shown(name, value)).join(', ');
    return `| \`${name}\` | ${values} | ${group[0]?.confidence} | ${group[0]?.source} |`;
  });
};

const HEAD = '| setting | value | confidence | source |\n| --- | --- | --- | --- |\n';

const table = ({ facts }: Profile, names: readonly SettingName[]): string =>
  HEAD + names.flatMap((name) => rowsOf(name, factsOf(facts, name))).join('\n');

const meanings = (names: readonly SettingName[]): string =>
  names.map((name) => `- \`${name}\`: ${SETTINGS[name].meaning}`).join('\n');

const topics = TOPICS.map(
  ([topic, names]) => `## ${topic}\n\n${meanings(names)}\n\n${table(STM32H573_SM_1_2, names)}\n`,
).join('\n');

/** Where a profile differs from the one above. */
const differences = (profile: Profile): string => {
  const ours = JSON.stringify;
  const names = TOPICS.flatMap(([, list]) => list).filter(
    (name) => ours(profile.facts[name]) !== ours(STM32H573_SM_1_2.facts[name]),
  );
  const rest = (name: SettingName): readonly AnyFact[] => {
    const known = factsOf(STM32H573_SM_1_2.facts, name).map(({ value }) => value);
    const all = factsOf(profile.facts, name);
    const added = all.filter(({ value }) => !known.includes(value));
    return added.length > 0 && added.length < all.length ? added : all;
  };
  return `## ${profile.name}\n\n${profile.summary}. Where it differs:\n\n${HEAD}${names
    .flatMap((name) => rowsOf(name, rest(name)))
    .join('\n')}\n`;
};

const list = (facts: readonly Fact<string>[]): string =>
  facts.map(({ value, source, confidence }) => `| ${value} | ${confidence} | ${source} |`).join('\n');

const cycles = Object.entries(CYCLES)
  .map(([name, { value, confidence, source }]) => `| \`${name}\` | ${value} | ${confidence} | ${source} |`)
  .join('\n');

const names = (set: ReadonlySet<string>): string => [...set].map((name) => `\`${name}\``).join(', ');

export const fidelity =
  (): string => `<!-- Generated from emulator/profiles by \`npm run generate\`. Do not edit. -->

# Fidelity

What h5sm takes the device to be, value by value. \`${STM32H573_SM_1_2.name}\` is the default: ${STM32H573_SM_1_2.summary}.
Confidence: **read** in a source about the device; **inferred** from such sources; **proxy**, read in a sibling with the
same front end; **chosen** by us, because the truth is not public; **specified** by the PSA specification. A profile
file of your own overrides any of it ([cli.md](cli.md)).

${topics}
## The client

The C library does what the device's own client does, where the profile says so. Outputs filled with random bytes first
(\`outputsFilled\`): ${names(FILLS_OUTPUT)}. Lengths not touched by an error (\`lengthsOnError\`): ${names(LEAVES_LENGTH)};
every other function leaves the size of the buffer in it.

## Time

With \`timing\` every call is charged what the board would have taken: three changes between the worlds, the copies, and
the cycles of the arithmetic. \`h5sm status\` shows the sum; \`--pace board\` makes callers wait for it.

| figure | cycles | confidence | source |
| --- | --- | --- | --- |
${cycles}

## Left out by choice

| what | confidence | why |
| --- | --- | --- |
${list(UNSETTLED)}

## Known and not reproduced

| what | confidence | source, and why not |
| --- | --- | --- |
${list(NOT_REPRODUCED)}

${PROFILES.filter((profile) => profile !== STM32H573_SM_1_2)
  .map(differences)
  .join('\n')}`;
