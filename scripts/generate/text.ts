/** Names and wrapping shared by the generators. */

export const HEADER = '// Generated from psa-api/functions.ts by `npm run generate`. Do not edit.\n';

/** `source_operation` -> `sourceOperation`; `p_data` -> `data`: a value is no pointer. */
export const camel = (name: string): string =>
  name.replace(/^p_/, '').replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

/** `key_derivation` -> `KeyDerivation`. */
export const pascal = (name: string): string => camel(`_${name}`);

/** `psa_hash_setup` -> `hashSetup`. */
export const method = (name: string): string => camel(name.replace(/^(psa|h5sm)_/, ''));

export const hex4 = (id: number): string => `0x${id.toString(16).padStart(4, '0')}`;
