/** A kind of device: a value for every setting, each with where it comes from. */
import type { Fact } from './fact.ts';
import type { SettingName, Settings } from './settings.ts';

/** Of a list of names each name is a fact of its own; `null` for all names is one. */
type FactsOf<Value> = Value extends readonly string[] ? readonly Fact<string>[] : Fact<Value>;

export type Facts = { readonly [Name in SettingName]: FactsOf<Settings[Name]> };

export interface Profile {
  readonly name: string;
  /** What it stands for, in a line. */
  readonly summary: string;
  readonly facts: Facts;
}

const isList = (facts: Facts[SettingName]): facts is readonly Fact<string>[] => Array.isArray(facts);

/** The values alone, as the device works with them. */
export const settingsOf = ({ facts }: Profile): Settings =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      isList(fact) ? fact.map(({ value }) => value) : fact.value,
    ]),
  ) as Settings;
