/** A C program against the C client, run under `h5sm exec`; its signature is checked by the openssl command. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeEcdsaSignature, writeSpki } from '../clients/tls/index.ts';
import { type Row, rowOf } from './table.ts';
import { h5smCommand, projectRoot, type Workspace } from './workspace.ts';

/** The program and the client library, which is one file, in one command, as in a host build without CMake. */
const compile = async (workspace: Workspace): Promise<string> => {
  const root = projectRoot();
  const client = join(root, 'clients/c');
  const files = [join(root, 'demo/c/board.c'), join(client, 'amalgamation/h5sm_psa.c')];
  const program = workspace.path('board');
  const flags = ['-std=c11', '-O1', '-Wall', '-Wextra', `-I${join(client, 'include')}`];
  await workspace.run('cc', [...flags, ...files, '-lpthread', '-o', program]);
  return program;
};

/** The program's lines as rows; that it ran to its end is one too. */
const runProgram = async (workspace: Workspace, program: string): Promise<Row[]> => {
  const [node, main] = h5smCommand();
  const args = [main, 'exec', '--', program, workspace.folder];
  const { code, output } = await workspace.result(node, args);
  const lines = output.split('\n').filter((line) => line.includes('\t'));
  const rows = lines.map((line): Row => {
    const [result = '', what = ''] = line.split('\t');
    return { what: `C: ${what}`, ok: result === 'ok', detail: '' };
  });
  const ended = { what: 'C: the program under h5sm exec', ok: code === 0, detail: `exit code ${code}` };
  return [...rows, ended.ok ? ended : { ...ended, detail: `${ended.detail} ${output.trim()}` }];
};

const P256_POINT = 65;

/** The program writes what PSA gives; openssl takes DER. */
const writeForOpenssl = async (workspace: Workspace): Promise<void> => {
  const point = await readFile(workspace.path('public-key'));
  if (point.length !== P256_POINT) throw new Error(`a public key of ${point.length} bytes`);
  await writeFile(workspace.path('public-key.der'), writeSpki({ kind: 'P-256', data: point }));
  const signature = await readFile(workspace.path('signature'));
  await writeFile(workspace.path('signature.der'), writeEcdsaSignature(signature));
};

const opensslVerify = (workspace: Workspace, message: string) =>
  workspace.result('openssl', [
    ...['dgst', '-sha256', '-keyform', 'DER', '-verify', 'public-key.der'],
    ...['-signature', 'signature.der', message],
  ]);

const checkSignature = async (workspace: Workspace): Promise<Row[]> => [
  await rowOf('openssl accepts the signature of the C program', async () => {
    await writeForOpenssl(workspace);
    const { code, output } = await opensslVerify(workspace, 'message');
    if (code !== 0) throw new Error(output.trim());
    return { detail: output.trim() };
  }),
  await rowOf('openssl refuses it for another message', async () => {
    await writeFile(workspace.path('other'), 'another message\n');
    const { code, output } = await opensslVerify(workspace, 'other');
    if (code === 0) throw new Error(`accepted: ${output.trim()}`);
    return { detail: output.split('\n')[0] ?? '' };
  }),
];

export const cRows = async (workspace: Workspace): Promise<Row[]> => {
  let program = '';
  const compiled = await rowOf('cc compiles demo/c/board.c with clients/c', async () => {
    program = await compile(workspace);
    return { detail: '' };
  });
  if (!compiled.ok) return [compiled];
  return [compiled, ...(await runProgram(workspace, program)), ...(await checkSignature(workspace))];
};
