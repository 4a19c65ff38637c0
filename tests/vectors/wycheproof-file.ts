/** Files of Wycheproof, which test runs which, and the account of what became of every case in one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import { hex } from '../support/bytes.ts';
import { must, shortName } from '../support/status.ts';

/** Beside the project: the vectors are shared with other projects and are not part of this one. */
export const FOLDER = fileURLToPath(new URL('../../../shared/vectors/wycheproof/', import.meta.url));

export interface Case {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

export interface Group<C extends Case> {
  readonly tests: readonly C[];
}

interface Content<C extends Case, G extends Group<C>> {
  readonly numberOfTests: number;
  readonly testGroups: readonly G[];
}

const ENDING = '_test.json';

export const names = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .sort();

/** A file's text, trusted to have the fields that its schema promises. */
export const load = <C extends Case, G extends Group<C>>(name: string): Content<C, G> =>
  JSON.parse(readFileSync(`${FOLDER}${name}${ENDING}`, 'utf8')) as Content<C, G>;

export const isPresent = existsSync(FOLDER);

/** What a case came to. Every case of the files that are run can be asked of the API. */
export interface Verdict {
  readonly accepted: boolean;
  readonly problem?: string | undefined;
}

export const accepted: Verdict = { accepted: true };
export const problem = (text: string): Verdict => ({ accepted: false, problem: text });

/** A refusal is right when its status is one of `expected`. */
export const refused = (status: string, ...expected: readonly string[]): Verdict => ({
  accepted: false,
  problem: expected.includes(status)
    ? undefined
    : `refused with ${status}, expected ${expected.join(' or ')}`,
});

export class Account {
  readonly problems: string[] = [];
  /** What became of acceptable cases, by their flags. */
  readonly #acceptable = new Map<string, number>();
  readonly #counts = { valid: 0, invalid: 0, acceptable: 0 };
  #total = 0;

  /** How many cases were looked at, whatever came of them. */
  get total(): number {
    return this.#total;
  }

  enter({ tcId, comment, flags, result }: Case, verdict: Verdict): void {
    this.#total++;
    const title = `${tcId} ${result} [${flags.join(' ')}] ${comment}`.trimEnd();
    this.#counts[result]++;
    const { accepted: isAccepted, problem: text } = verdict;
    if (text !== undefined) this.problems.push(`${title}: ${text}`);
    else if (result === 'acceptable') {
      const outcome = `${isAccepted ? 'accepted' : 'refused'} [${flags.join(' ')}]`;
      this.#acceptable.set(outcome, (this.#acceptable.get(outcome) ?? 0) + 1);
    } else if (isAccepted !== (result === 'valid'))
      this.problems.push(`${title}: ${isAccepted ? 'accepted' : 'refused'}`);
  }

  summary(name: string): string {
    const { valid, invalid, acceptable } = this.#counts;
    const lines = [
      `${name}: ${this.#total} cases, ${valid} valid, ${invalid} invalid, ${acceptable} acceptable`,
      ...[...this.#acceptable].map(([outcome, n]) => `  ${n} acceptable ${outcome}`),
    ];
    return lines.join('\n');
  }
}

/** Imports a key for as long as `use` runs. A key that is refused gives the status instead. */
export const withKey = async (
  psa: Psa,
  attributes: Partial<KeyAttributes>,
  data: Uint8Array,
  use: (key: number) => Promise<Verdict>,
  ...refusals: readonly string[]
): Promise<Verdict> => {
  const { status, key } = await psa.importKey(attributes, data);
  if (status !== 0) return refused(shortName(status), ...refusals);
  try {
    return await use(key);
  } finally {
    await must(psa.destroyKey(key));
  }
};

/** The outcome of a call whose output is known. */
export const compared = (
  status: number,
  got: Uint8Array,
  wanted: string,
  ...refusals: readonly string[]
): Verdict => {
  if (status !== 0) return refused(shortName(status), ...refusals);
  return hex(got) === wanted ? accepted : problem(`gave ${hex(got)}, expected ${wanted}`);
};

type Runner<C extends Case, G extends Group<C>> = (test: C, group: G) => Promise<Verdict>;

export const run = async <C extends Case, G extends Group<C>>(
  name: string,
  runner: Runner<C, G>,
): Promise<void> => {
  const { numberOfTests, testGroups } = load<C, G>(name);
  const account = new Account();
  for (const group of testGroups)
    for (const test of group.tests) account.enter(test, await runner(test, group));
  console.log(account.summary(name));
  expect(account.problems).toEqual([]);
  expect(account.total).toBe(numberOfTests);
};

/** In which test a file is run, or why it is not: no file of the folder goes unmentioned. */
export const PLAN: Readonly<Record<string, { readonly by: Suite } | { readonly not: string }>> = {
  aes_cbc_pkcs5: { by: 'symmetric' },
  aes_ccm: { by: 'symmetric' },
  aes_cmac: { by: 'symmetric' },
  aes_gcm: { by: 'symmetric' },
  aes_kwp: { by: 'key-wrap' },
  aes_wrap: { by: 'key-wrap' },
  chacha20_poly1305: { by: 'symmetric' },
  ecdh_secp256r1_ecpoint: { by: 'asymmetric' },
  ecdsa_secp256r1_sha256_p1363: { by: 'asymmetric' },
  ed25519: { by: 'asymmetric' },
  hkdf_sha256: { by: 'symmetric' },
  hmac_sha1: { by: 'symmetric' },
  hmac_sha256: { by: 'symmetric' },
  pbkdf2_hmacsha256: { by: 'symmetric' },
  rsa_oaep_2048_sha256_mgf1sha256: { by: 'asymmetric' },
  rsa_pkcs1_2048: { by: 'asymmetric' },
  rsa_pss_2048_sha256_mgf1_32: { by: 'asymmetric' },
  rsa_signature_2048_sha256: { by: 'asymmetric' },
  x25519: { by: 'asymmetric' },
};

export type Suite = 'symmetric' | 'asymmetric' | 'key-wrap';

/** Runs the files of a suite: all that the plan gives to it, and no other. */
export const runSuite = (
  suite: Suite,
  files: Readonly<Record<string, (name: string) => Promise<void>>>,
): void => {
  describe(`Wycheproof, ${suite}`, () => {
    it('runs what it is planned to run', () => {
      const planned = Object.entries(PLAN).flatMap(([name, entry]) =>
        'by' in entry && entry.by === suite ? [name] : [],
      );
      expect(Object.keys(files).sort()).toEqual(planned.sort());
    });

    it.runIf(isPresent).each(Object.entries(files))('%s', (name, runFile) => runFile(name));
  });
};
