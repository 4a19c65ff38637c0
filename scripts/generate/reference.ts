/** docs/functions.md: every function with its wire id, version, parameters and what crosses the wire. */
import { DOCUMENTED, type RemoteFunction } from '../../psa-api/documented-statuses.ts';
import { FUNCTIONS, type FunctionRow, type Param, TABLE } from '../../psa-api/functions.ts';
import { statusName } from '../../psa-api/status.ts';
import { hex4, method } from './text.ts';

const request = (p: Param): string | undefined => {
  switch (p.kind) {
    case 'scalar':
    case 'bytes':
      return p.name;
    case 'room':
    case 'fill':
      return p.size;
    case 'vectors':
      return p.name;
    case 'vectors-out':
      return `[${p.name}]`;
    case 'attributes':
    case 'cipher-suite':
    case 'custom':
      return `[${p.name}]`;
    case 'operation':
      return p.name;
    default:
      return undefined;
  }
};

const answer = (p: Param): string | undefined => {
  switch (p.kind) {
    case 'scalar-out':
    case 'room':
    case 'fill':
    case 'vectors-out':
      return p.name;
    case 'attributes-out':
    case 'storage-info-out':
      return `[${p.name}]`;
    case 'operation':
      return p.role === 'source' ? undefined : p.name;
    default:
      return undefined;
  }
};

const list = (f: FunctionRow, of: (p: Param) => string | undefined): string => {
  const names = f.params.map(of).filter((n) => n !== undefined);
  return names.length === 0 ? '' : names.map((n) => `\`${n}\``).join(' ');
};

const remark = (f: FunctionRow): string =>
  f.refused ? 'client library only, `PSA_ERROR_NOT_SUPPORTED`' : 'client library only';

const row = (f: FunctionRow): string =>
  f.local
    ? `| \`${f.name}\` | ${f.since} | | | ${remark(f)} |\n`
    : `| \`${f.name}\` | ${f.since} | \`${hex4(f.id)}\` | ${list(f, request)} | ${list(f, answer)} |\n`;

/** Of the specification's functions alone: the others say theirs where they are described. */
const statuses = (rows: readonly FunctionRow[]): string => {
  const lines = rows.flatMap((f) => {
    if (f.local || f.library !== 'crypto') return [];
    const { clause, statuses } = DOCUMENTED[f.name as RemoteFunction];
    const names = statuses.map((status) => statusName(status).replace(/^PSA_(ERROR_)?/, ''));
    return [`| \`${f.name}\` | ${clause} | ${names.join(', ')} |\n`];
  });
  return lines.length === 0
    ? ''
    : `
| function | section | statuses |
| --- | --- | --- |
${lines.join('')}`;
};

const sections = (functions: readonly FunctionRow[]): string => {
  const groups = [...new Set(functions.map((f) => f.group))];
  return groups
    .map((group) => {
      const rows = functions.filter((f) => f.group === group);
      return `## ${group[0]?.toUpperCase()}${group.slice(1)}

| function | since | id | request | answer after the status |
| --- | --- | --- | --- | --- |
${rows.map(row).join('')}${statuses(rows)}`;
    })
    .join('\n');
};

export const reference = (): string => {
  const remote = FUNCTIONS.filter((f) => !f.local).length;
  return `<!-- Generated from psa-api/functions.ts by \`npm run generate\`. Do not edit. -->

# Functions

The ${FUNCTIONS.length} functions of PSA Crypto 1.0 to 1.5: ${remote} cross the wire, the rest initialize and read objects
of the client. The other services, and functions of h5sm itself with its own version, stand at the end. Elements stand
as in [wire.md](wire.md); a list in brackets is an array. In TypeScript the name loses its prefix
(\`${method('psa_hash_setup')}\`). Which of them this build implements: \`h5sm capabilities\`.

The statuses are those that PSA Crypto 1.5 documents, in the section named, without their prefix; when this device
answers them: [statuses.md](statuses.md). Which tests call a function: [coverage.md](coverage.md).

${sections(FUNCTIONS)}
# Other services

The functions of the Secure Manager beside Crypto ([services.md](services.md)), each service in a C library of its own.
They need no psa_crypto_init.

${sections(TABLE.filter((f) => !['crypto', 'device', 'framework', 'tf-m', 'control'].includes(f.library)))}
# Below and beside them

The framework calls ([framework.md](framework.md)), in a C library of their own, and functions of the device that no
specification has: not among the ${FUNCTIONS.length}, and in the crypto library.

${sections(TABLE.filter((f) => ['framework', 'tf-m'].includes(f.library)))}
# Of h5sm itself

${sections(TABLE.filter((f) => f.library === 'device'))}
What a test in C asks of the emulator ([testing.md](testing.md#from-c)), in a C library of its own. These are no calls of
the device.

${sections(TABLE.filter((f) => f.library === 'control'))}`;
};
