/** A real handshake whose secrets come out of the device, read by tshark from a capture and the key log. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTlsCrypto, type TlsCrypto, type TlsKey } from '../../../clients/tls/index.ts';
import { type Issued, makeCertificate } from '../../../demo/certificates.ts';
import { converse, install } from '../../../demo/tls-client.ts';
import { h5smCommand, Workspace } from '../../../demo/workspace.ts';
import {
  PSA_ALG_HKDF_EXPAND,
  PSA_ALG_SHA_256,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_USAGE_DERIVE,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { connect } from '../../../rpc/client/connect.ts';
import { derivation } from '../../support/derivation.ts';
import { must } from '../../support/status.ts';
import { hasTshark, tshark } from '../../support/tshark.ts';
import { ready } from '../cli/h5sm.ts';
import { capturingProxy } from './tcp-capture.ts';

const LINES = ['what the device derived opens', 'this conversation'] as const;

const workspace = new Workspace();
let issued: Issued;
let server: number;

beforeAll(async () => {
  ready();
  if (!hasTshark) return;
  issued = await makeCertificate(workspace, 'p256');
  const args = [
    's_server',
    '-accept',
    '127.0.0.1:0',
    '-rev',
    '-key',
    issued.key,
    '-cert',
    issued.certificate,
  ];
  const [, port] = await workspace.start('openssl', args, /ACCEPT \S*:(\d+)\s/);
  server = Number(port);
});

afterAll(() => workspace.close());

/** An emulator that keeps a key log, and the file of it. */
const startEmulator = async (name: string): Promise<readonly [endpoint: string, keylog: string]> => {
  const [socket, keylog] = [workspace.path(`${name}.sock`), workspace.path(`${name}.keys`)];
  const [node, main] = h5smCommand();
  const flags = ['--profile', 'psa-full', '--store', 'memory', '--json', '--quiet'];
  await workspace.start(
    node,
    [main, 'start', '--socket', socket, '--keylog', keylog, ...flags],
    /"endpoint":.*\n/,
  );
  return [`unix:${socket}`, keylog];
};

/** The adapter, but for HKDF-Expand: the stack puts it together from HMAC, here it is a derivation in the device. */
const derivingInside = (psa: Psa, crypto: TlsCrypto): { crypto: TlsCrypto; derived: () => number } => {
  const alg = PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256);
  const raw = new WeakMap<TlsKey, Uint8Array>();
  let derived = 0;
  const importKey: TlsCrypto['importKey'] = async (algorithm, bytes, form) => {
    const key = await crypto.importKey(algorithm, bytes, form);
    raw.set(key, bytes.slice());
    return key;
  };
  const hmac: TlsCrypto['hmac'] = async (algorithm, key, data) => {
    const [secret, isLabel] = [raw.get(key), Buffer.from(data).includes('tls13 ')];
    if (secret === undefined || !isLabel) return crypto.hmac(algorithm, key, data);
    derived++;
    const attributes = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_DERIVE, alg };
    const { key: id } = await must(psa.importKey(attributes, secret));
    const operation = await derivation(
      psa,
      alg,
      [PSA_KEY_DERIVATION_INPUT_SECRET, { key: id }],
      // Without the number of the block.
      [PSA_KEY_DERIVATION_INPUT_INFO, data.subarray(0, -1)],
    );
    return (await must(psa.keyDerivationOutputBytes(operation, 32))).output;
  };
  return { crypto: { ...crypto, importKey, hmac }, derived: () => derived };
};

type Wrap = (psa: Psa, crypto: TlsCrypto) => TlsCrypto;

type Asked = Pick<Parameters<typeof converse>[0], 'version' | 'cipherSuites' | 'namedCurves'>;

/** Talks to the server through the emulator; the capture of it. */
const talk = async (
  endpoint: string,
  name: string,
  asked: Asked,
  wrap: Wrap = (_, crypto) => crypto,
): Promise<string> => {
  const proxy = await capturingProxy(server);
  const connection = await connect(endpoint);
  try {
    const crypto = wrap(connection, await createTlsCrypto(connection));
    install(crypto);
    const { replies } = await converse({
      ...asked,
      port: proxy.port,
      authority: issued.authority,
      signatureAlgorithms: ['ECDSA_SECP256R1_SHA256'],
      lines: LINES,
      onHandshake: () => {},
    });
    expect(replies).toEqual(LINES.map((line) => [...line].reverse().join('')));
    await crypto.close();
  } finally {
    await connection.close();
    proxy.close();
  }
  const path = workspace.path(`${name}.pcap`);
  writeFileSync(path, proxy.capture.pcap());
  return path;
};

/** The conversation as tshark reads it. */
const read = (capture: string, ...options: readonly string[]): string =>
  tshark(capture, '-q', '-d', 'tcp.port==443,tls', ...options, '-z', 'follow,tls,ascii,0');

const TLS13: Asked = {
  version: 'TLS1_3',
  cipherSuites: ['TLS_AES_128_GCM_SHA256'],
  namedCurves: ['SECP256R1'],
};
const TLS13_LINES =
  /^CLIENT_HANDSHAKE_TRAFFIC_SECRET \w{64} (\w{64}|\w{96})\nSERVER_HANDSHAKE_TRAFFIC_SECRET .*\nCLIENT_TRAFFIC_SECRET_0 .*\nSERVER_TRAFFIC_SECRET_0 .*\n$/;

const SUITES: readonly (readonly [name: string, asked: Asked, lines: RegExp])[] = [
  ['TLS 1.3', TLS13, TLS13_LINES],
  [
    'TLS 1.3 with SHA-384',
    { version: 'TLS1_3', cipherSuites: ['TLS_AES_256_GCM_SHA384'], namedCurves: ['SECP384R1'] },
    TLS13_LINES,
  ],
  [
    'TLS 1.2',
    {
      version: 'TLS1_2',
      cipherSuites: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
      namedCurves: ['SECP256R1'],
    },
    /^CLIENT_RANDOM \w{64} \w{96}\n$/,
  ],
];

/** The capture says nothing by itself and all with the key log. */
const expectOpened = async (capture: string, keylog: string, lines: RegExp): Promise<void> => {
  await expect.poll(() => readFileSync(keylog, 'utf8')).toMatch(lines);
  for (const line of LINES) expect(read(capture)).not.toContain(line);
  const opened = read(capture, '-o', `tls.keylog_file:${keylog}`);
  for (const line of LINES) expect(opened).toContain(line);
};

describe.skipIf(!hasTshark)('a capture of a handshake through the device', () => {
  test.each(SUITES)('of %s opens with the key log, and not without', async (name, asked, lines) => {
    const file = name.replaceAll(/\W/g, '');
    const [endpoint, keylog] = await startEmulator(file);
    const capture = await talk(endpoint, file, asked);
    await expectOpened(capture, keylog, lines);
  });

  test('of TLS 1.3 opens where HKDF is a derivation in the device', async () => {
    const [endpoint, keylog] = await startEmulator('hkdf');
    let derived = (): number => 0;
    const capture = await talk(endpoint, 'hkdf', TLS13, (psa, crypto) => {
      const inside = derivingInside(psa, crypto);
      derived = inside.derived;
      return inside.crypto;
    });
    expect(derived()).toBeGreaterThan(4);
    await expectOpened(capture, keylog, TLS13_LINES);
  });
});
