/**
 * Before start, test, check, bench, demo and thread: installs what package-lock.json names and builds what is older than its
 * source. Plain JavaScript without packages, since it runs before there are any. Says everything on stderr.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE = [20, 19];
const ROOMS = [
  'psa-api',
  'engine',
  'keystore',
  'emulator',
  'rpc',
  'clients',
  'attacks',
  'scripts',
  'bench',
  'demo',
  'examples',
];
const FILES = ['index.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const STAMP = join(ROOT, 'dist/.built');
const CLI = join(ROOT, 'dist/emulator/cli/main.js');

const say = (text) => process.stderr.write(`h5sm: ${text}\n`);

const fail = (text) => {
  say(text);
  process.exit(1);
};

const run = (command, args) => {
  // What belongs to stdout comes later, from the command that this prepares.
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', process.stderr.fd, 'inherit'],
  });
  if (error !== undefined) fail(`${command}: ${error.message}`);
  return status === 0;
};

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  } catch {
    return undefined;
  }
};

/** Versions are compared, not times: a fresh checkout has the newest times of all. */
const isInstalled = () => {
  const wanted = readJson('package-lock.json')?.packages ?? {};
  const present = readJson('node_modules/.package-lock.json')?.packages;
  if (present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional === true || devOptional === true || present[path]?.version === version,
  );
};

const sources = () => {
  const inRooms = ROOMS.flatMap((room) => {
    try {
      return readdirSync(join(ROOT, room), { recursive: true }).map((path) => join(room, path));
    } catch {
      return [];
    }
  });
  return [...inRooms.filter((path) => path.endsWith('.ts')), ...FILES];
};

const time = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The stamp holds the names, so that a file that went away counts as a change too. */
const isBuilt = (files) => {
  const stamp = time(STAMP);
  if (stamp === 0 || time(CLI) === 0 || readFileSync(STAMP, 'utf8') !== files.join('\n')) return false;
  return files.every((path) => time(join(ROOT, path)) <= stamp);
};

const build = () => {
  const files = sources();
  if (isBuilt(files)) return;
  say('building');
  const start = new Date();
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(STAMP, '');
  if (!run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json']))
    fail('the build failed; see above');
  chmodSync(CLI, 0o755);
  writeFileSync(STAMP, files.join('\n'));
  // What is edited while the compiler runs is newer than this.
  utimesSync(STAMP, start, start);
};

const succeeds = (command, args, input) => spawnSync(command, args, { input, stdio: 'pipe' }).status === 0;

const builds32 = (compiler, language) =>
  succeeds(
    compiler,
    ['-m32', '-x', language, '-', '-o', '/dev/null'],
    '#include <stdio.h>\nint main(void) { return 0; }\n',
  );

/** Of the version that the differential test is about. */
const hasMbedcrypto = () =>
  succeeds('gcc', [
    join(ROOT, 'tests/differential/mbedcrypto/probe.c'),
    '-lmbedcrypto',
    ...['-o', '/dev/null'],
  ]);

/** What the tests run besides node, and the Debian package that brings it. */
const TOOLS = [
  ['gcc', 'gcc', () => succeeds('gcc', ['--version'])],
  ['g++', 'g++', () => succeeds('g++', ['--version'])],
  ['cmake', 'cmake', () => succeeds('cmake', ['--version'])],
  ['pkg-config', 'pkg-config', () => succeeds('pkg-config', ['--version'])],
  ['openssl', 'openssl', () => succeeds('openssl', ['version'])],
  ['gnutls-serv', 'gnutls-bin', () => succeeds('gnutls-serv', ['--version'])],
  ['gnutls', 'libgnutls28-dev', () => succeeds('pkg-config', ['--exists', 'gnutls'])],
  ['gcc -m32', 'gcc-multilib', () => builds32('gcc', 'c')],
  ['g++ -m32', 'g++-multilib', () => builds32('g++', 'c++')],
  ['tshark', 'tshark', () => succeeds('tshark', ['--version'])],
  ['libmbedcrypto 2.28', 'libmbedtls-dev', hasMbedcrypto],
];

const reportTools = () => {
  const missing = TOOLS.filter(([, , works]) => !works());
  if (missing.length === 0) return;
  say(`missing for some of the tests: ${missing.map(([name]) => name).join(', ')}`);
  say(`on Debian and Ubuntu: sudo apt install ${missing.map(([, from]) => from).join(' ')}`);
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NODE[0] || (major === NODE[0] && minor < NODE[1])) {
  fail(
    `node ${process.versions.node} is too old; install ${NODE.join('.')} or newer from https://nodejs.org`,
  );
}
if (!isInstalled()) {
  say('installing packages');
  // Not `npm ci`: it refuses a lock file that lacks other platforms' optional packages, which some registries do not have.
  if (!run('npm', ['install', '--no-save', '--no-audit', '--no-fund'])) fail('npm install failed; see above');
}
build();
if (process.env.npm_lifecycle_event === 'pretest') reportTools();
