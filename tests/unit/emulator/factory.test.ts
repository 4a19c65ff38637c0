/** What a device is provisioned with from a seed file: keys and data that nobody changes. */

import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDevice } from '../../../emulator/device.ts';
import type { FactoryKeySeed, FactorySeed } from '../../../emulator/factory/seed-file.ts';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_ECDSA,
  PSA_ALG_SHA_256,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_AES,
} from '../../../psa-api/constants.ts';
import { PSA_STORAGE_FLAG_WRITE_ONCE } from '../../../psa-api/service-constants.ts';
import { ascii, hex, NOTHING } from '../../support/bytes.ts';
import { openForTest } from '../../support/device.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { AES_KEY, P256_POINT, P256_SCALAR, RSA_PAIR, RSA_PUBLIC } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

const AES: FactoryKeySeed = {
  id: '0x23',
  type: 'PSA_KEY_TYPE_AES',
  usage: ['PSA_KEY_USAGE_ENCRYPT', 'PSA_KEY_USAGE_DECRYPT'],
  alg: 'PSA_ALG_CBC_NO_PADDING',
  hex: hex(AES_KEY),
};
const EC: FactoryKeySeed = {
  id: 0x45,
  type: 'PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)',
  bits: 256,
  usage: 'PSA_KEY_USAGE_SIGN_HASH',
  alg: 'PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)',
  hex: hex(P256_SCALAR),
};
const DATA = { uid: '0x1000000000000201', utf8: 'a root certificate' };
const SEED: FactorySeed = { keys: [AES, EC], data: [DATA] };
const UID = 0x1000000000000201n;

const pem = (key: KeyObject): string => {
  const type = key.type === 'private' ? 'pkcs8' : 'spki';
  return key.export({ type, format: 'pem' } as { type: 'spki'; format: 'pem' }) as string;
};

describe('factory keys', () => {
  it('are there at once, by their ids', async () => {
    const { psa } = await openForTest({ factory: SEED });
    const hash = createHash('sha256').update('firmware').digest();
    const { signature } = await must(psa.signHash(0x45, PSA_ALG_ECDSA(PSA_ALG_SHA_256), hash));
    const part = (from: number) => Buffer.from(P256_POINT.subarray(from, from + 32)).toString('base64url');
    const key = createPublicKey({
      key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) },
      format: 'jwk',
    });
    expect(verify('sha256', Buffer.from('firmware'), { key, dsaEncoding: 'ieee-p1363' }, signature)).toBe(
      true,
    );
    await must(psa.cipherEncrypt(0x23, PSA_ALG_CBC_NO_PADDING, new Uint8Array(16)));
  });

  it('have the attributes of the file, and a lifetime that says they stay', async () => {
    const { psa, device } = await openForTest({ factory: SEED });
    const { attributes } = await must(psa.getKeyAttributes(0x23));
    expect(attributes).toEqual({
      type: PSA_KEY_TYPE_AES,
      bits: 128,
      usage: 0x300,
      alg: PSA_ALG_CBC_NO_PADDING,
      lifetime: 0xff,
      id: 0x23,
    });
    // SIGN_HASH carries SIGN_MESSAGE with it.
    expect((await must(psa.getKeyAttributes(0x45))).attributes.usage).toBe(0x1400);
    expect(device.keys().map(({ kind, owner, id }) => [kind, owner, id])).toEqual([
      ['built-in', 0, 0x3ffffffe],
      ['factory', -1, 0x23],
      ['factory', -1, 0x45],
    ]);
    expect(device.status().keys).toEqual({ volatile: 0, persistent: 0, builtIn: 3 });
  });

  it('can be neither destroyed nor replaced, and their policy holds', async () => {
    const { psa } = await openForTest({ factory: SEED });
    expect(await named(psa.destroyKey(0x23))).toBe('NOT_PERMITTED');
    expect(await named(psa.purgeKey(0x23))).toBe('SUCCESS');
    const attributes = { type: PSA_KEY_TYPE_AES, id: 0x23, lifetime: PSA_KEY_LIFETIME_PERSISTENT };
    expect(await named(psa.importKey(attributes, AES_KEY))).toBe('ALREADY_EXISTS');
    expect(await named(psa.exportKey(0x23))).toBe('NOT_PERMITTED');
    await must(psa.cipherEncrypt(0x23, PSA_ALG_CBC_NO_PADDING, new Uint8Array(16)));
  });

  it('belong to one owner', async () => {
    const factory = { keys: [AES, { ...AES, owner: 0x1234, hex: hex(AES_KEY).replaceAll('2', '3') }] };
    const { psa, another } = await openForTest({ factory });
    const module = await another({ owner: 0x1234 });
    const stranger = await another({ owner: 7 });
    const encrypt = (client: typeof psa) =>
      client.cipherEncrypt(0x23, PSA_ALG_CBC_NO_PADDING, new Uint8Array(16));
    await must(encrypt(psa));
    await must(encrypt(module.psa));
    expect(await named(encrypt(stranger.psa))).toBe('INVALID_HANDLE');
  });

  it.each([
    ['PSA_KEY_TYPE_RSA_KEY_PAIR', { hex: hex(RSA_PAIR) }],
    ['PSA_KEY_TYPE_RSA_PUBLIC_KEY', { hex: hex(RSA_PUBLIC) }],
    ['PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)', { hex: hex(P256_POINT) }],
  ])('of type %s come as hex', async (type, material) => {
    const key = { id: 5, type, usage: 'PSA_KEY_USAGE_EXPORT', alg: 0, ...material };
    const { psa } = await openForTest({ factory: { keys: [key] } });
    expect(hex((await must(psa.exportKey(5))).data)).toBe(material.hex);
  });

  const export5 = async (type: string, source: string): Promise<Uint8Array> => {
    const key = { id: 5, type, usage: 'PSA_KEY_USAGE_EXPORT', alg: 'PSA_ALG_NONE', pem: source };
    const { psa } = await openForTest({ factory: { keys: [key] } });
    return (await must(psa.exportKey(5))).data;
  };

  it.each([
    ['SECP_R1', 'ec', { namedCurve: 'P-256' }],
    ['SECP_R1', 'ec', { namedCurve: 'P-521' }],
    ['SECP_K1', 'ec', { namedCurve: 'secp256k1' }],
    ['TWISTED_EDWARDS', 'ed25519', {}],
    ['TWISTED_EDWARDS', 'ed448', {}],
    ['MONTGOMERY', 'x25519', {}],
  ] as const)('on curves of %s come as PEM, pairs and public keys', async (family, kind, options) => {
    const pair = generateKeyPairSync(kind as 'ec', options as { namedCurve: string });
    const { d = '', x = '', y } = pair.privateKey.export({ format: 'jwk' });
    const decode = (part: string) => Buffer.from(part, 'base64url').toString('hex');
    const type = `PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_${family})`;
    expect(hex(await export5(type, pem(pair.privateKey)))).toBe(decode(d));
    const point = y === undefined ? decode(x) : `04${decode(x)}${decode(y)}`;
    const publicType = type.replace('KEY_PAIR', 'PUBLIC_KEY');
    expect(hex(await export5(publicType, pem(pair.publicKey)))).toBe(point);
    // The public part of a pair will do.
    expect(hex(await export5(publicType, pem(pair.privateKey)))).toBe(point);
  });

  it('of RSA come as PEM', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const der = (key: KeyObject) => (key.export({ type: 'pkcs1', format: 'der' }) as Buffer).toString('hex');
    expect(hex(await export5('PSA_KEY_TYPE_RSA_KEY_PAIR', pem(privateKey)))).toBe(der(privateKey));
    expect(hex(await export5('PSA_KEY_TYPE_RSA_PUBLIC_KEY', pem(publicKey)))).toBe(der(publicKey));
  });
});

describe('factory data', () => {
  it('are read and never written', async () => {
    const { psa } = await openForTest({ factory: SEED, init: false });
    expect((await must(psa.itsGet(UID, 2, 4))).data).toEqual(ascii('root'));
    expect((await must(psa.itsGetInfo(UID))).info).toEqual({
      capacity: 18,
      size: 18,
      flags: PSA_STORAGE_FLAG_WRITE_ONCE,
    });
    expect(await named(psa.itsSet(UID, NOTHING, 0))).toBe('NOT_PERMITTED');
    expect(await named(psa.itsRemove(UID))).toBe('NOT_PERMITTED');
  });

  it('are not changed by whoever changes what was read', async () => {
    const { psa } = await openForTest({ factory: SEED });
    (await must(psa.itsGet(UID, 0))).data.fill(0);
    expect((await must(psa.itsGet(UID, 0))).data).toEqual(ascii('a root certificate'));
  });

  it('come in four forms', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'data.bin'), 'from a file');
    const data = [
      { uid: 1, hex: '00ff' },
      { uid: 2, base64: 'AP8=' },
      { uid: '18446744073709551615', utf8: 'ü' },
      { uid: 4n, file: join(folder, 'data.bin') },
    ];
    const { psa } = await openForTest({ factory: { data } });
    const read = async (uid: bigint) => hex((await must(psa.itsGet(uid, 0))).data);
    expect(await read(1n)).toBe('00ff');
    expect(await read(2n)).toBe('00ff');
    expect(await read((1n << 64n) - 1n)).toBe('c3bc');
    expect(await read(4n)).toBe(hex(ascii('from a file')));
  });
});

describe('a seed file', () => {
  it('names files from its own folder', async () => {
    const folder = temporaryFolder();
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(join(folder, 'device.pem'), pem(privateKey));
    const { hex: _, ...key } = EC;
    const path = join(folder, 'factory.json');
    writeFileSync(path, JSON.stringify({ keys: [{ ...key, pemFile: 'device.pem' }] }));
    const { psa } = await openForTest({ factory: path });
    await must(psa.getKeyAttributes(0x45));
  });

  const { hex: _, ...noMaterial } = AES;
  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['a list', [], 'factory: expected an object of keys, data, got []'],
    ['a stranger', { key: [] }, 'factory: no field key; it takes keys, data'],
    ['no list', { keys: {} }, 'factory, keys: expected a list, got {}'],
    ['a stranger in a key', { keys: [{ ...AES, algorithm: 1 }] }, 'factory, keys[0]: no field algorithm'],
    [
      'no id',
      { keys: [{ ...AES, id: undefined }] },
      'factory, keys[0].id: expected an integer of 0 to 4294967295',
    ],
    ['id 0', { keys: [{ ...AES, id: 0 }] }, 'factory, keys[0].id: expected 1 to 0x3fffffff'],
    ['the DUA key', { keys: [{ ...AES, id: 'PSA_KEY_ID_ST_DUA_USER' }] }, 'the DUA user key; got 1073741822'],
    ['owner 0', { keys: [{ ...AES, owner: 0 }] }, 'factory, keys[0].owner: expected a client id'],
    [
      'a bad type',
      { keys: [{ ...AES, type: 0x7fff }] },
      'keys[0].type: keys of type 0x7fff are not supported',
    ],
    ['a bad name', { keys: [AES, { ...EC, alg: 'PSA_ALG_ECDSA(SHA)' }] }, 'keys[1].alg: "SHA)" is no number'],
    [
      'a bad usage',
      { keys: [{ ...AES, usage: [1, 'PSA_KEY_USAGE_X'] }] },
      'keys[0].usage[1]: no constant PSA_KEY_USAGE_X',
    ],
    ['a usage that is none', { keys: [{ ...AES, usage: 0x10 }] }, 'keys[0].usage: 0x10 has bits that are no'],
    [
      'no material',
      { keys: [noMaterial] },
      'factory, keys[0]: nothing to provision; give one of hex, pem, pemFile',
    ],
    ['two materials', { keys: [{ ...EC, pem: '' }] }, 'factory, keys[0]: hex and pem: give one of them'],
    [
      'odd hex',
      { keys: [{ ...AES, hex: '123' }] },
      'factory, keys[0].hex: expected an even count of hex digits',
    ],
    [
      'a short key',
      { keys: [{ ...AES, hex: '12' }] },
      'keys[0]: its material is no key of this type and size (PSA_ERROR_INVALID_ARGUMENT)',
    ],
    [
      'another size',
      { keys: [{ ...AES, bits: 256 }] },
      'keys[0]: its material is no key of this type and size',
    ],
    [
      'a PEM that is none',
      { keys: [{ ...noMaterial, ...{ type: EC.type, pem: 'PEM' } }] },
      'keys[0].pem: expected an unencrypted private key in PEM',
    ],
    [
      'PEM for AES',
      { keys: [{ ...noMaterial, pem: 'x' }] },
      'keys[0].pem: PEM is for RSA and elliptic curves',
    ],
    [
      'the same key twice',
      { keys: [AES, EC, AES] },
      'factory, keys[2].id: 0x23 is also the id of [0], for the same owner',
    ],
    ['uid 0', { data: [{ ...DATA, uid: 0 }] }, 'factory, data[0].uid: 0 is no uid'],
    [
      'a long uid',
      { data: [{ ...DATA, uid: '18446744073709551616' }] },
      'data[0].uid: expected an integer of 64 bits',
    ],
    ['bad base64', { data: [{ uid: 1, base64: 'A' }] }, 'data[0].base64: expected base64'],
    ['a missing file', { data: [{ uid: 1, file: '/no/such' }] }, 'data[0].file: ENOENT'],
    [
      'the same uid twice',
      { data: [DATA, DATA] },
      'factory, data[1].uid: 0x1000000000000201 is also the uid of [0]',
    ],
  ];

  it.each(wrong)('with %s is refused, with the place', (_, factory, message) => {
    expect(() => createDevice({ factory: factory as FactorySeed })).toThrow(message);
  });

  it('with a key on another curve than its type says is refused', () => {
    const { hex: _, ...key } = EC;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const refuse = (more: object, message: string) =>
      expect(() => createDevice({ factory: { keys: [{ ...key, ...more }] } })).toThrow(message);
    refuse(
      { pem: pem(privateKey) },
      'keys[0].pem: a key on secp256k1; the type says another family of curves',
    );
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    refuse({ pem: pem(other.privateKey) }, 'keys[0].bits: 256, but the key has 384');
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
    refuse({ pem: pem(rsa.privateKey) }, 'keys[0].pem: an RSA key; the type says another');
  });

  it('that cannot be read, or is not JSON, is refused by its name', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'factory.json');
    expect(() => createDevice({ factory: path })).toThrow(`${path}: ENOENT`);
    writeFileSync(path, '{');
    expect(() => createDevice({ factory: path })).toThrow(`${path}: not JSON: `);
  });

  it('has at most what the profile has room for', async () => {
    const item = (bytes: number) => [1, 2].map((uid) => ({ uid, hex: '00'.repeat(bytes) }));
    const create = (bytes: number, more: FactorySeed['data'] = []) =>
      openForTest({ profile: 'stm32h573-sm-1.2', factory: { data: [...item(bytes), ...more] } });
    await expect(create(2017)).rejects.toThrow(
      'data[0]: 2017 bytes, at most 2016 of one item are provisioned',
    );
    // 12 bytes, and 20 with each item.
    await expect(create(2016, [{ uid: 3, hex: '00'.repeat(1016) }])).rejects.toThrow(
      'factory: 5120 bytes in all, at most 5119 are provisioned',
    );
    await create(2016, [{ uid: 3, hex: '00'.repeat(1015) }]);
    const { psa } = await openForTest({ factory: { data: item(7_000) } });
    expect((await must(psa.itsGet(2n, 0))).data.length).toBe(7_000);
  });
});

describe('a store that was provisioned', () => {
  it('keeps the items, with or without the file', async () => {
    const store = temporaryFolder();
    createDevice({ profile: 'psa-full', store, factory: SEED }).close();
    for (const factory of [undefined, SEED]) {
      const { psa, device } = await openForTest({ store, insecureSeed: undefined, factory });
      await must(psa.cipherEncrypt(0x23, PSA_ALG_CBC_NO_PADDING, new Uint8Array(16)));
      expect((await must(psa.itsGet(UID, 0))).data).toEqual(ascii('a root certificate'));
      expect(await named(psa.destroyKey(0x23))).toBe('NOT_PERMITTED');
      device.close();
    }
  });

  it('refuses other items', () => {
    const store = temporaryFolder();
    createDevice({ profile: 'psa-full', store, factory: SEED }).close();
    expect(() => createDevice({ profile: 'psa-full', store, factory: { keys: [AES] } })).toThrow(
      'was provisioned with other keys or data: leave --factory out, or name another folder with --store',
    );
    // The folder is not left locked.
    createDevice({ profile: 'psa-full', store }).close();
  });

  it('that has an item of the application in the place of one of these is refused', async () => {
    const store = temporaryFolder();
    const { psa, device } = await openForTest({ store, insecureSeed: undefined });
    await must(psa.itsSet(UID, NOTHING, 0));
    device.close();
    expect(() => createDevice({ profile: 'psa-full', store, factory: SEED })).toThrow(
      'has its-ffffffff-1000000000000201 already, which --factory provisions',
    );
    createDevice({ profile: 'psa-full', store, factory: { keys: [AES] } }).close();
  });
});
