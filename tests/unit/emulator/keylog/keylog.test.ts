/** TLS secrets that are derived in the device, as lines of a key log; the expected ones come from node's HMAC. */
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type KeyAttributes,
  PSA_ALG_HKDF,
  PSA_ALG_HKDF_EXPAND,
  PSA_ALG_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_TLS12_PRF,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_DERIVATION_INPUT_SEED,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_SIGN_MESSAGE,
} from '../../../../psa-api/constants.ts';
import { hashOperationInit, macOperationInit, type Psa } from '../../../../psa-api/generated/psa.ts';
import { ascii, bytesOf, hex, join, NOTHING } from '../../../support/bytes.ts';
import { derivation } from '../../../support/derivation.ts';
import { openForTest } from '../../../support/device.ts';
import { must } from '../../../support/status.ts';

const RANDOM = new Uint8Array(32).fill(0xc1);
const SERVER_RANDOM = new Uint8Array(32).fill(0x5e);
const SECRET = new Uint8Array(32).fill(7);
const MASTER = new Uint8Array(48).fill(9);
const HMAC_SHA_256 = PSA_ALG_HMAC(PSA_ALG_SHA_256);
const PRF = PSA_ALG_TLS12_PRF(PSA_ALG_SHA_256);

/** RFC 8446 4: type, length of 24 bits, then legacy_version and random. */
const hello = (type: number, random: Uint8Array): Uint8Array => {
  const body = join(Uint8Array.of(3, 3), random, new Uint8Array(20));
  return join(Uint8Array.of(type, 0, 0, body.length), body);
};
const CLIENT_HELLO = hello(1, RANDOM);
const SERVER_HELLO = hello(2, SERVER_RANDOM);

const sha256 = (data: Uint8Array): Uint8Array => bytesOf(createHash('sha256').update(data).digest());
const hmac = (key: Uint8Array, data: Uint8Array): Uint8Array =>
  bytesOf(createHmac('sha256', key).update(data).digest());

/** RFC 8446 7.1. */
const hkdfLabel = (label: string, context: Uint8Array, length = 32): Uint8Array =>
  join(
    Uint8Array.of(0, length, 6 + label.length),
    ascii(`tls13 ${label}`),
    Uint8Array.of(context.length),
    context,
  );

/** RFC 5246 5: the first 48 bytes of P_SHA256. */
const prf48 = (secret: Uint8Array, label: string, seed: Uint8Array): Uint8Array => {
  const whole = join(ascii(label), seed);
  const a1 = hmac(secret, whole);
  const a2 = hmac(secret, a1);
  return join(hmac(secret, join(a1, whole)), hmac(secret, join(a2, whole))).subarray(0, 48);
};

const open = async (clientRandom?: Uint8Array) => {
  const lines: string[] = [];
  const bench = await openForTest({ insecureKeylog: { write: (line) => lines.push(line), clientRandom } });
  return { ...bench, lines };
};

const deriveKey = async (psa: Psa, alg: number, data: Uint8Array): Promise<{ key: number }> =>
  must(psa.importKey({ type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_DERIVE, alg }, data));

/** Has the device hash the transcript in parts, with a clone in between as stacks do. */
const hashTranscript = async (psa: Psa, ...messages: readonly Uint8Array[]): Promise<Uint8Array> => {
  const [running, fork] = [hashOperationInit(), hashOperationInit()];
  await must(psa.hashSetup(running, PSA_ALG_SHA_256));
  for (const message of messages) {
    await must(psa.hashUpdate(running, message.subarray(0, 5)));
    await must(psa.hashUpdate(running, message.subarray(5)));
  }
  await must(psa.hashClone(running, fork));
  await must(psa.hashAbort(running));
  return (await must(psa.hashFinish(fork))).hash;
};

const expandOperation = async (psa: Psa, info: Uint8Array) => {
  const alg = PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256);
  return derivation(
    psa,
    alg,
    [PSA_KEY_DERIVATION_INPUT_SECRET, await deriveKey(psa, alg, SECRET)],
    [PSA_KEY_DERIVATION_INPUT_INFO, info],
  );
};

const expand = async (psa: Psa, info: Uint8Array, length = 32): Promise<void> => {
  await must(psa.keyDerivationOutputBytes(await expandOperation(psa, info), length));
};

const expandedLine = (name: string, info: Uint8Array, random: Uint8Array = RANDOM): string =>
  `${name} ${hex(random)} ${hex(hmac(SECRET, join(info, Uint8Array.of(1))))}`;

describe('secrets of TLS 1.3', () => {
  it.each([
    ['c e traffic', 'CLIENT_EARLY_TRAFFIC_SECRET'],
    ['e exp master', 'EARLY_EXPORTER_SECRET'],
    ['c hs traffic', 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'],
    ['s hs traffic', 'SERVER_HANDSHAKE_TRAFFIC_SECRET'],
    ['c ap traffic', 'CLIENT_TRAFFIC_SECRET_0'],
    ['s ap traffic', 'SERVER_TRAFFIC_SECRET_0'],
    ['exp master', 'EXPORTER_SECRET'],
  ])('%s is %s of the ClientHello that was hashed', async (label, name) => {
    const { psa, lines } = await open();
    const info = hkdfLabel(label, await hashTranscript(psa, CLIENT_HELLO, SERVER_HELLO));
    await expand(psa, info);
    expect(lines).toEqual([expandedLine(name, info)]);
  });

  it('are no others: keys, IVs, Finished, tickets', async () => {
    const { psa, lines } = await open();
    const transcript = await hashTranscript(psa, CLIENT_HELLO, SERVER_HELLO);
    for (const label of ['key', 'iv', 'finished', 'derived', 'res master', 'traffic upd', 'c hs traffi'])
      await expand(psa, hkdfLabel(label, transcript));
    const info = hkdfLabel('c hs traffic', transcript);
    await expand(psa, join(info, Uint8Array.of(0)));
    await expand(psa, info.subarray(0, -1));
    await expand(psa, ascii('tls13 c hs traffic'));
    expect(lines).toEqual([]);
  });

  it('are there when they come out in pieces, or as a key', async () => {
    const { psa, lines } = await open();
    const transcript = await hashTranscript(psa, CLIENT_HELLO, SERVER_HELLO);
    const [client, server] = [hkdfLabel('c ap traffic', transcript), hkdfLabel('s ap traffic', transcript)];
    const inPieces = await expandOperation(psa, client);
    await must(psa.keyDerivationOutputBytes(inPieces, 20));
    expect(lines).toEqual([]);
    await must(psa.keyDerivationOutputBytes(inPieces, 12));
    const attributes: Partial<KeyAttributes> = {
      type: PSA_KEY_TYPE_DERIVE,
      bits: 256,
      usage: PSA_KEY_USAGE_DERIVE,
      alg: PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256),
    };
    await must(psa.keyDerivationOutputKey(attributes, await expandOperation(psa, server)));
    expect(lines).toEqual([
      expandedLine('CLIENT_TRAFFIC_SECRET_0', client),
      expandedLine('SERVER_TRAFFIC_SECRET_0', server),
    ]);
  });

  it('are those of HKDF in one too', async () => {
    const { psa, lines } = await open();
    const info = hkdfLabel('c hs traffic', await hashTranscript(psa, CLIENT_HELLO, SERVER_HELLO));
    const alg = PSA_ALG_HKDF(PSA_ALG_SHA_256);
    const operation = await derivation(
      psa,
      alg,
      [PSA_KEY_DERIVATION_INPUT_SALT, ascii('salt')],
      [PSA_KEY_DERIVATION_INPUT_SECRET, await deriveKey(psa, alg, SECRET)],
      [PSA_KEY_DERIVATION_INPUT_INFO, info],
    );
    await must(psa.keyDerivationOutputBytes(operation, 32));
    const expected = new Uint8Array(hkdfSync('sha256', SECRET, ascii('salt'), info, 32));
    expect(lines).toEqual([`CLIENT_HANDSHAKE_TRAFFIC_SECRET ${hex(RANDOM)} ${hex(expected)}`]);
  });

  it('are known from HMAC by itself, in one call and in parts', async () => {
    const { psa, lines } = await open();
    const transcript = (await must(psa.hashCompute(PSA_ALG_SHA_256, join(CLIENT_HELLO, SERVER_HELLO)))).hash;
    const usage = PSA_KEY_USAGE_SIGN_MESSAGE;
    const { key } = await must(psa.importKey({ type: PSA_KEY_TYPE_HMAC, usage, alg: HMAC_SHA_256 }, SECRET));
    const [client, server] = [hkdfLabel('c hs traffic', transcript), hkdfLabel('s hs traffic', transcript)];
    await must(psa.macCompute(key, HMAC_SHA_256, join(client, Uint8Array.of(1))));
    const operation = macOperationInit();
    await must(psa.macSignSetup(operation, key, HMAC_SHA_256));
    await must(psa.macUpdate(operation, server));
    await must(psa.macUpdate(operation, Uint8Array.of(1)));
    await must(psa.macSignFinish(operation));
    expect(lines).toEqual([
      expandedLine('CLIENT_HANDSHAKE_TRAFFIC_SECRET', client),
      expandedLine('SERVER_HANDSHAKE_TRAFFIC_SECRET', server),
    ]);
  });

  it('are found after a HelloRetryRequest', async () => {
    const { psa, lines } = await open();
    const first = await hashTranscript(psa, CLIENT_HELLO);
    const synthetic = join(Uint8Array.of(0xfe, 0, 0, 32), first);
    const info = hkdfLabel('c hs traffic', await hashTranscript(psa, synthetic, SERVER_HELLO, CLIENT_HELLO));
    await expand(psa, info);
    expect(lines).toEqual([expandedLine('CLIENT_HANDSHAKE_TRAFFIC_SECRET', info)]);
  });

  it('are found in a transcript of DTLS', async () => {
    const { psa, lines } = await open();
    const message = join(
      CLIENT_HELLO.subarray(0, 4),
      new Uint8Array(8),
      Uint8Array.of(0xfe, 0xfd),
      CLIENT_HELLO.subarray(6),
    );
    const info = hkdfLabel('c hs traffic', await hashTranscript(psa, message));
    await expand(psa, info);
    expect(lines).toEqual([expandedLine('CLIENT_HANDSHAKE_TRAFFIC_SECRET', info)]);
  });

  it('of a transcript that others hashed have the client random that was given', async () => {
    const { psa, lines } = await open(RANDOM);
    const info = hkdfLabel('c hs traffic', sha256(CLIENT_HELLO));
    await expand(psa, info);
    expect(lines).toEqual([expandedLine('CLIENT_HANDSHAKE_TRAFFIC_SECRET', info)]);
  });

  it('have those that the same connection drew otherwise, or are told of', async () => {
    const { psa, another, lines } = await open();
    const info = hkdfLabel('c hs traffic', sha256(CLIENT_HELLO));
    const name = 'CLIENT_HANDSHAKE_TRAFFIC_SECRET';
    await (await another()).psa.generateRandom(32);
    await psa.generateRandom(16);
    await expand(psa, info);
    const [one, two] = [await must(psa.generateRandom(32)), await must(psa.generateRandom(32))];
    await expand(psa, info);
    const secret = hex(hmac(SECRET, join(info, Uint8Array.of(1))));
    expect(lines).toEqual([
      `# no client random known; see --keylog-client-random: ${name} ${secret}`,
      expandedLine(name, info, one.output),
      expandedLine(name, info, two.output),
    ]);
  });

  it('are written once', async () => {
    const { psa, lines } = await open();
    const info = hkdfLabel('c hs traffic', await hashTranscript(psa, CLIENT_HELLO));
    await expand(psa, info);
    await expand(psa, info);
    expect(lines).toHaveLength(1);
  });
});

const prf = async (psa: Psa, secret: Uint8Array, label: string, seed: Uint8Array) =>
  derivation(
    psa,
    PRF,
    [PSA_KEY_DERIVATION_INPUT_SEED, seed],
    [PSA_KEY_DERIVATION_INPUT_SECRET, await deriveKey(psa, PRF, secret)],
    [PSA_KEY_DERIVATION_INPUT_LABEL, ascii(label)],
  );

const line = (master: Uint8Array): string => `CLIENT_RANDOM ${hex(RANDOM)} ${hex(master)}`;

describe('secrets of TLS 1.2', () => {
  it('are the master secret, by the client random in its seed', async () => {
    const { psa, lines } = await open();
    const seed = join(RANDOM, SERVER_RANDOM);
    const operation = await prf(psa, SECRET, 'master secret', seed);
    const { output } = await must(psa.keyDerivationOutputBytes(operation, 48));
    expect(hex(output)).toBe(hex(prf48(SECRET, 'master secret', seed)));
    expect(lines).toEqual([line(output)]);
  });

  it('are the master secret that never leaves the device', async () => {
    const { psa, lines } = await open();
    const seed = join(RANDOM, SERVER_RANDOM);
    const operation = await prf(psa, SECRET, 'master secret', seed);
    const attributes = { type: PSA_KEY_TYPE_DERIVE, bits: 384, usage: PSA_KEY_USAGE_DERIVE, alg: PRF };
    const { key } = await must(psa.keyDerivationOutputKey(attributes, operation));
    expect(lines).toEqual([line(prf48(SECRET, 'master secret', seed))]);
    // And the same again when keys are made of it.
    const expansion = await derivation(
      psa,
      PRF,
      [PSA_KEY_DERIVATION_INPUT_SEED, join(SERVER_RANDOM, RANDOM)],
      [PSA_KEY_DERIVATION_INPUT_SECRET, { key }],
      [PSA_KEY_DERIVATION_INPUT_LABEL, ascii('key expansion')],
    );
    await must(psa.keyDerivationOutputBytes(expansion, 40));
    expect(lines).toHaveLength(1);
  });

  it('are the secret of the key expansion, whose seed has the randoms the other way about', async () => {
    const { psa, lines } = await open();
    const operation = await prf(psa, MASTER, 'key expansion', join(SERVER_RANDOM, RANDOM));
    await must(psa.keyDerivationOutputBytes(operation, 40));
    expect(lines).toEqual([line(MASTER)]);
  });

  it('are the extended master secret, by the transcript that it is bound to', async () => {
    const { psa, lines } = await open();
    const session = await hashTranscript(psa, CLIENT_HELLO, SERVER_HELLO);
    const operation = await prf(psa, SECRET, 'extended master secret', session);
    const { output } = await must(psa.keyDerivationOutputBytes(operation, 48));
    expect(lines).toEqual([line(output)]);
  });

  it('are known from HMAC by itself at the key expansion', async () => {
    const { psa, lines } = await open();
    const usage = PSA_KEY_USAGE_SIGN_MESSAGE;
    const { key } = await must(psa.importKey({ type: PSA_KEY_TYPE_HMAC, usage, alg: HMAC_SHA_256 }, MASTER));
    await must(psa.macCompute(key, HMAC_SHA_256, join(ascii('key expansion'), SERVER_RANDOM, RANDOM)));
    expect(lines).toEqual([line(MASTER)]);
  });

  it('are no Finished, and no output that begins in the middle', async () => {
    const { psa, lines } = await open();
    const finished = await prf(psa, MASTER, 'client finished', sha256(NOTHING));
    await must(psa.keyDerivationOutputBytes(finished, 48));
    const seed = join(RANDOM, SERVER_RANDOM);
    const operation = await prf(psa, SECRET, 'master secret', seed);
    const begin = prf48(SECRET, 'master secret', seed).subarray(0, 12);
    await must(psa.keyDerivationVerifyBytes(operation, begin));
    await must(psa.keyDerivationOutputBytes(operation, 48));
    expect(lines).toEqual([]);
  });
});

it('takes no client random of another length', async () => {
  await expect(open(new Uint8Array(31))).rejects.toThrow('a client random of 31 bytes: it has 32');
});
