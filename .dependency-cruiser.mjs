// Which room may know which: the one-way imports of ARCHITECTURE.md, as rules a machine checks.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}` },
  to: {
    path: '^(psa-api|engine|keystore|emulator|rpc|clients|attacks|scripts|bench|demo|examples|tests|index\\.ts)',
    pathNot: allowed.map((p) => `^${p}`),
  },
});

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'at run time: looked for in the compiled files, where imports of types are gone',
      severity: 'error',
      from: { path: '^dist/' },
      to: { circular: true },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { pathNot: '^tests' },
      to: { path: '^tests' },
    },
    {
      name: 'pure-rooms-have-no-node',
      comment: 'psa-api and engine do no I/O',
      severity: 'error',
      from: { path: '^(psa-api|engine)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'psa-api-has-no-packages',
      severity: 'error',
      from: { path: '^psa-api/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional'] },
    },
    {
      name: 'engine-is-behind-its-interface',
      comment: 'psa-api knows the shape of an engine (engine/engine.ts, types only), never an engine',
      severity: 'error',
      from: { path: '^psa-api/' },
      to: { path: '^engine/', pathNot: '^engine/engine\\.ts$' },
    },
    only(
      'psa-api-stands-alone',
      'psa-api/',
      ['psa-api/', 'engine/engine\\.ts$'],
      'what the psa_* functions mean',
    ),
    only('engine-stands-alone', 'engine/', ['engine/'], 'mathematics only'),
    only('keystore-knows-psa-api', 'keystore/', ['keystore/', 'psa-api/'], 'keys, ids, owners, storage'),
    only('rpc-knows-the-table', 'rpc/', ['rpc/', 'psa-api/'], 'wire formats only'),
    only(
      'emulator-never-knows-the-wire',
      'emulator/(?!cli/)',
      ['emulator/(?!cli/)', 'keystore/', 'psa-api/', 'engine/'],
      'the device',
    ),
    only(
      'framework-is-a-room',
      'emulator/framework/',
      ['emulator/framework/', 'emulator/client-side\\.ts$', 'emulator/profiles/settings\\.ts$', 'psa-api/'],
      'what a psa_call means: a call record and nothing else',
    ),
    {
      name: 'framework-has-one-door',
      comment: 'the device puts it before its sessions; nobody else knows of it',
      severity: 'error',
      from: { pathNot: '^(emulator/framework/|emulator/device\\.ts$|tests/|dist/)' },
      to: { path: '^emulator/framework/' },
    },
    only(
      'cli-wires-emulator-and-rpc',
      'emulator/cli/',
      ['emulator/', 'rpc/', 'psa-api/', 'keystore/'],
      'the only place where both meet',
    ),
    only(
      'clients-know-the-api',
      'clients/(?!testing/)',
      ['clients/(?!testing/)', 'psa-api/', 'rpc/client/'],
      'clients',
    ),
    only(
      'testing-has-a-device',
      'clients/testing/',
      ['clients/testing/', 'emulator/(device|trace/)', 'psa-api/', 'rpc/(client|server)/'],
      'a device for tests, in the process or behind a socket',
    ),
    only(
      'examples-use-what-users-have',
      'examples/',
      [
        'examples/',
        'clients/tls/',
        'demo/(certificates|workspace)\\.ts$',
        'emulator/(campaign|device|diagnose|trace)',
        'psa-api/',
        'rpc/server/',
      ],
      'programs as users have them; folders and certificates as in the demo, diagnoses as the command line makes them',
    ),
    only('attacks-know-public-data', 'attacks/', ['attacks/'], 'mathematics on what anybody sees'),
    {
      name: 'vitest-is-optional',
      comment: 'the product runs without a test runner; one file knows it',
      severity: 'error',
      from: { pathNot: '^((dist/)?clients/testing/vitest\\.(js|ts|d\\.ts)$|tests/)' },
      to: { path: 'node_modules/(@vitest|vitest)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
