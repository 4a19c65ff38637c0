/** A device: identity, determinism, and what it says of itself. */

import { describe, expect, it } from 'vitest';
import { createDevice } from '../../../emulator/device.ts';
import { PROFILE_NAMES } from '../../../emulator/profiles/profiles.ts';
import {
  PSA_ALG_CTR,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_GCM,
  PSA_ALG_SHA_256,
  PSA_KEY_ID_ST_DUA_USER,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
} from '../../../psa-api/constants.ts';
import { FUNCTIONS, TABLE } from '../../../psa-api/functions.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { hex } from '../../support/bytes.ts';
import { openForTest } from '../../support/device.ts';
import { aesKey, P256_PAIR_TYPE } from '../../support/keys.ts';
import { must } from '../../support/status.ts';

/** Everything that chance has a part in. */
const chances = async (psa: Psa): Promise<string[]> => {
  const usage = PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_SIGN_HASH;
  const alg = PSA_ALG_ECDSA_ANY;
  const { output } = await must(psa.generateRandom(20));
  const curve = await must(psa.generateKey({ type: P256_PAIR_TYPE, bits: 256, usage, alg }));
  const rsa = await must(psa.generateKey({ type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 1024, usage }));
  const { signature } = await must(psa.signHash(curve.key, alg, new Uint8Array(32)));
  const aes = await aesKey(psa, PSA_ALG_CTR);
  const encrypted = await must(psa.cipherEncrypt(aes, PSA_ALG_CTR, new Uint8Array(5)));
  const pair = await must(psa.exportKey(curve.key));
  const der = await must(psa.exportKey(rsa.key));
  return [output, pair.data, der.data, signature, encrypted.output].map(hex);
};

const dua = async (psa: Psa): Promise<string> =>
  hex((await must(psa.exportPublicKey(PSA_KEY_ID_ST_DUA_USER))).data);

describe('a seed', () => {
  it('makes the same calls give the same bytes', async () => {
    const [first, second, third] = [
      await openForTest({ insecureSeed: 11 }),
      await openForTest({ insecureSeed: '11' }),
      await openForTest({ insecureSeed: 12 }),
    ];
    const [one, two, three] = [await chances(first.psa), await chances(second.psa), await chances(third.psa)];
    expect(one).toEqual(two);
    expect(one.filter((value, i) => value === three[i])).toEqual([]);
  });

  it('is the identity, whatever was drawn before', async () => {
    const [first, second, third] = [
      await openForTest({ insecureSeed: 11 }),
      await openForTest({ insecureSeed: 11 }),
      await openForTest({ insecureSeed: 12 }),
    ];
    await must(second.psa.generateRandom(100));
    expect(await dua(first.psa)).toBe(await dua(second.psa));
    expect(await dua(first.psa)).not.toBe(await dua(third.psa));
  });

  it('is told to those who ask, and null where there is none', async () => {
    const { device } = await openForTest({ insecureSeed: 11 });
    expect(device.status().insecureSeed).toBe('11');
    const [one, two] = [createDevice(), createDevice()];
    expect(one.status().insecureSeed).toBeNull();
    expect(one.keys()).toHaveLength(1);
    one.close();
    two.close();
  });
});

describe('a device', () => {
  it('counts what it does', async () => {
    const { psa, device, another } = await openForTest();
    const before = device.status();
    expect(before).toMatchObject({ profile: 'psa-full', connections: 1, store: 'memory' });
    const client = await another();
    await aesKey(psa, PSA_ALG_GCM);
    await aesKey(psa, PSA_ALG_GCM, { id: 3 });
    const operation = { family: 'hash' as const, handle: 0 };
    await must(client.psa.hashSetup(operation, PSA_ALG_SHA_256));
    const after = device.status();
    expect(after).toMatchObject({ connections: 2, keys: { volatile: 1, persistent: 1, builtIn: 1 } });
    expect(after.operations).toEqual([
      {
        handle: operation.handle,
        family: 'hash',
        alg: PSA_ALG_SHA_256,
        owner: -1,
        connection: 2,
        failed: false,
      },
    ]);
    expect(after.calls).toBe(before.calls + 4);
    expect(device.keys().map(({ kind }) => kind)).toEqual(['built-in', 'volatile', 'persistent']);
    await client.close();
    expect(device.status()).toMatchObject({ connections: 1, operations: [] });
  });

  it('closes a session once, however often it is told', async () => {
    const { device } = await openForTest();
    const session = device.connect();
    session.close();
    session.close();
    expect(device.status().connections).toBe(1);
  });

  it('gives no handle that a client may still hold from before', async () => {
    const { device } = await openForTest();
    const session = device.connect({ lastHandle: 1000 });
    await session.call(0x0001, []);
    expect(await session.call(0x0304, [0, PSA_ALG_SHA_256])).toEqual([0, 1001]);
  });

  it('with an unknown profile is refused with the known ones', () => {
    expect(() => createDevice({ profile: 'no such' })).toThrow(
      `no such: no such profile; there is ${PROFILE_NAMES.join(', ')}, or a file: ./name.json`,
    );
  });
});

describe('capabilities', () => {
  it('list every function of the table', async () => {
    const { device } = await openForTest();
    const { functions } = device.capabilities();
    expect(functions).toHaveLength(135);
    expect(functions.map(({ name }) => name)).toEqual(FUNCTIONS.map(({ name }) => name));
    expect(functions.filter(({ name }) => name.endsWith('_init')).every((f) => f.implemented)).toBe(true);
  });

  it('list the services beside Crypto, and that there is no firmware to update', async () => {
    const { device } = await openForTest();
    const { services } = device.capabilities();
    expect(services.flatMap((s) => s.functions).length).toBe(TABLE.length - FUNCTIONS.length);
    const counts = services.map(({ library, functions }) => [
      library,
      functions.filter((f) => f.implemented).length,
      functions.length,
    ]);
    expect(counts).toEqual([
      ['its', 4, 4],
      ['attestation', 2, 2],
      ['fwu', 0, 11],
      ['lifecycle', 1, 1],
      ['device', 1, 1],
      ['framework', 5, 5],
      ['tf-m', 2, 2],
      ['control', 15, 15],
    ]);
  });

  it('name algorithms and key types, each once', async () => {
    const { device } = await openForTest();
    const { algorithms, keyTypes, settings } = device.capabilities();
    expect(new Set(algorithms).size).toBe(algorithms.length);
    expect(algorithms).toContain('PSA_ALG_HMAC(PSA_ALG_SHA_256)');
    expect(algorithms).toContain('PSA_ALG_ECDSA(PSA_ALG_SHAKE256_512)');
    expect(algorithms).not.toContain('PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHAKE256_512)');
    expect(algorithms.filter((name) => name.includes('0x'))).toEqual([]);
    expect(keyTypes.map(({ name }) => name)).toContain('PSA_KEY_TYPE_AES');
    const names = settings.map(({ setting }) => setting);
    expect(names).toEqual(expect.arrayContaining(['operations', 'volatileKeys', 'sharedArea']));
  });
});
