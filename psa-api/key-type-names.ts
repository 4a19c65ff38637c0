/** Key types in the specification's words. */
import * as types from './key-types.ts';

const families = (prefix: string): (readonly [string, number])[] =>
  Object.entries(types).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'number' ? [[name, value] as const] : [],
  );

/** Types over a family, by name. */
const OVER_A_FAMILY: readonly (readonly [name: string, of: (family: number) => number, prefix: string])[] = [
  ['PSA_KEY_TYPE_ECC_KEY_PAIR', types.PSA_KEY_TYPE_ECC_KEY_PAIR, 'PSA_ECC_FAMILY_'],
  ['PSA_KEY_TYPE_ECC_PUBLIC_KEY', types.PSA_KEY_TYPE_ECC_PUBLIC_KEY, 'PSA_ECC_FAMILY_'],
  ['PSA_KEY_TYPE_SPAKE2P_KEY_PAIR', types.PSA_KEY_TYPE_SPAKE2P_KEY_PAIR, 'PSA_ECC_FAMILY_'],
  ['PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY', types.PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY, 'PSA_ECC_FAMILY_'],
  ['PSA_KEY_TYPE_DH_KEY_PAIR', types.PSA_KEY_TYPE_DH_KEY_PAIR, 'PSA_DH_FAMILY_'],
  ['PSA_KEY_TYPE_DH_PUBLIC_KEY', types.PSA_KEY_TYPE_DH_PUBLIC_KEY, 'PSA_DH_FAMILY_'],
];

const NAMED: ReadonlyMap<number, string> = new Map([
  ...families('PSA_KEY_TYPE_').map(([name, type]) => [type, name] as const),
  ...OVER_A_FAMILY.flatMap(([name, of, prefix]) =>
    families(prefix).map(([family, value]) => [of(value), `${name}(${family})`] as const),
  ),
]);

/** As a program writes it: `PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)`; hex where it has no name. */
export const keyTypeName = (type: number): string =>
  NAMED.get(type) ?? `0x${type.toString(16).padStart(4, '0')}`;

const BY_NAME: ReadonlyMap<string, number> = new Map([...NAMED].map(([type, name]) => [name, type]));

export const keyTypeNamed = (name: string): number | undefined => BY_NAME.get(name);
export const KEY_TYPE_NAMES: readonly string[] = [...NAMED.values()];
