/** docs/statuses.md and docs/coverage.md: what is documented, and which tests hold it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DOCUMENTED, type RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { FUNCTIONS, type FunctionRow, type Version } from '../../../psa-api/functions.ts';
import { shortName } from '../../support/status.ts';
import { ROWS } from './all.ts';
import { sceneFileOf } from './families.ts';
import type { Row, StatusName } from './row.ts';
import { UNPROVOKED } from './unprovoked.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HERE = 'tests/unit/statuses';

const GENERATED = '<!-- Generated from tests/unit/statuses by `npm run generate`. Do not edit. -->';

const sections = (section: (rows: readonly FunctionRow[]) => string): string =>
  [...new Set(FUNCTIONS.map(({ group }) => group))]
    .map((group) => {
      const title = `${group[0]?.toUpperCase()}${group.slice(1)}`;
      return `## ${title}\n\n${section(FUNCTIONS.filter((f) => f.group === group))}`;
    })
    .join('\n');

const link = (path: string): string => `[${basename(path).replace(/(\.test)?\.ts$/, '')}](../${path})`;

const isRemote = ({ local }: FunctionRow): boolean => !local;
const documentationOf = ({ name }: FunctionRow) => DOCUMENTED[name as RemoteFunction];
const provoking = (name: string, status: string): readonly Row[] =>
  ROWS.filter((row) => row.function === name && row.status === status);

const statusLine = (name: string, status: string): string => {
  const rows = provoking(name, status);
  const { reason } =
    UNPROVOKED.find(
      (u) => u.functions.some((f) => f === name) && u.statuses.includes(status as StatusName),
    ) ?? {};
  const whens = rows.map(({ when, clause }) => (clause === undefined ? when : `${when} (${clause})`));
  const files = [...new Set(rows.map(({ file }) => link(`${HERE}/${file}`)))];
  return `| ${status} | ${whens.join('; ') || `*not here: ${reason}*`} | ${files.join(', ')} |\n`;
};

const statusTable = (f: FunctionRow): string => {
  const { clause, statuses } = documentationOf(f);
  const lines = statuses.map((status) => statusLine(f.name, shortName(status)));
  return `### ${f.name}\n\nSection ${clause}.\n\n| status | when | test |\n| --- | --- | --- |\n${lines.join('')}`;
};

const pairs = (): readonly (readonly [string, string])[] =>
  Object.entries(DOCUMENTED).flatMap(([name, { statuses }]) =>
    statuses.map((status) => [name, shortName(status)] as const),
  );

export const statusPage = (): string => {
  const all = pairs();
  const provoked = all.filter((pair) => provoking(...pair).length > 0).length;
  return `${GENERATED}

# Statuses

Every status that PSA Crypto 1.5 documents for a function, and when a device with the profile \`psa-full\` answers it, or
one with tighter limits where it says so. Sections are those of 1.5; the one in brackets says what the function's own
does not. Statuses are without their prefix.

Of ${all.length} pairs of function and status, ${provoked} are provoked by ${ROWS.length} rows. Each is a test that makes the call and asks for
exactly this status, and for the state of the operation and the number of keys after it. The other ${all.length - provoked} cannot happen
here and say why.

${sections((rows) => rows.filter(isRemote).map(statusTable).join('\n'))}`;
};

/** Where calls are looked for: what the functions mean, and the C programs. */
const TEST_FOLDERS = ['tests/unit/psa-api', 'tests/unit/c-headers', 'tests/e2e/c'];
const MOST_LINKS = 2;

const SOURCES: readonly (readonly [path: string, text: string])[] = TEST_FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => /\.(ts|c)$/.test(name))
    .sort()
    .map((name) => [`${folder}/${name}`, readFileSync(join(ROOT, folder, name), 'utf8')] as const),
);

/** \`psa_hash_setup(\` of C, or \`.hashSetup(\` of TypeScript. */
const callsOf = (name: string, text: string): number => {
  const method = name.replace(/^psa_/, '').replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());
  return text.match(new RegExp(`\\b${name}\\(|\\.${method}\\(`, 'g'))?.length ?? 0;
};

/** The files that call the function most. */
const callers = (name: string): readonly string[] =>
  SOURCES.map(([path, text]) => ({ path, calls: callsOf(name, text) }))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls)
    .slice(0, MOST_LINKS)
    .map(({ path }) => path);

/** The file with the function's scene, which every row of it starts from. */
const scenesOf = (name: string): string => {
  const path = `${HERE}/${sceneFileOf(name as RemoteFunction)}`;
  if (!readFileSync(join(ROOT, path), 'utf8').includes(`  ${name}: `))
    throw new Error(`${path} has no scene of ${name}`);
  return path;
};

const coverageLine = (f: FunctionRow, implemented: ReadonlySet<string>): string => {
  const tests = [...(f.local ? [] : [scenesOf(f.name)]), ...callers(f.name)];
  if (tests.length === 0) throw new Error(`no test calls ${f.name}`);
  const links = tests.map(link).join(', ');
  if (f.local) return `| \`${f.name}\` | ${f.since} | in the client | | ${links} |\n`;
  const { statuses } = documentationOf(f);
  const provoked = statuses.filter((status) => provoking(f.name, shortName(status)).length > 0).length;
  const answer = implemented.has(f.name) ? 'yes' : 'no';
  return `| \`${f.name}\` | ${f.since} | ${answer} | ${provoked} of ${statuses.length} | ${links} |\n`;
};

const versionLine = (since: Version, implemented: ReadonlySet<string>): string => {
  const rows = FUNCTIONS.filter((f) => f.since === since);
  const remote = rows.filter(isRemote);
  const there = remote.filter(({ name }) => implemented.has(name));
  return `| ${since} | ${rows.length} | ${there.length} of ${remote.length} | ${rows.length - remote.length} |\n`;
};

export const coveragePage = (implemented: ReadonlySet<string>): string => {
  const versions = [...new Set(FUNCTIONS.map(({ since }) => since))].sort();
  return `${GENERATED}

# Function coverage

Every function of PSA Crypto 1.0 to 1.5 with the tests that call it: first its rows in [statuses.md](statuses.md), then
the files of \`tests/unit/psa-api\`, \`tests/unit/c-headers\` and \`tests/e2e/c\` that call it most. Besides,
\`tests/e2e/c/calls.test.ts\` calls every function that crosses the wire from C. The statuses are those provoked of those
documented. Versions are those of the main specification: password-authenticated key exchange was an extension before
1.3.

| since | functions | implemented on the device | in the client |
| --- | --- | --- | --- |
${versions.map((since) => versionLine(since, implemented)).join('')}
${sections(
  (rows) => `| function | since | implemented | statuses | tests |
| --- | --- | --- | --- | --- |
${rows.map((f) => coverageLine(f, implemented)).join('')}`,
)}`;
};
