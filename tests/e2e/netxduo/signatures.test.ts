/** ECDSA and RSA against node's: keys, signatures and their encodings. */
import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  publicDecrypt,
  sign,
  verify,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Emulator } from '../c/emulator.ts';
import { Steps, type Variables } from '../c/programs.ts';
import { Methods } from './programs.ts';

const methods = new Methods('-m64');
const emulator = new Emulator('stm32h573-sm-1.2');
const whole = new Emulator('psa-full');
let program: string;
let steps: Steps;
let full: Steps;

beforeAll(async () => {
  await methods.prepare();
  program = await methods.program('signatures');
  const told = { OPERATIONS: '8', KEYS: '32' };
  const start = async (of: Emulator, more: Variables) =>
    new Steps(program, { ...(await of.start()).unix, ...more });
  steps = await start(emulator, told);
  full = await start(whole, {});
}, 120_000);

afterAll(async () => {
  expect(await steps.ask('left')).toBe('ok');
  expect(await steps.end()).toBe('');
  await full.end();
  await emulator.close();
  await whole.close();
  methods.remove();
});

const OK = '0';
const AUTHENTICATION_FAILED = '20003';
const INVALID_ALGORITHM = '20004';
const INVALID_KEY = '20005';
const INVALID_BUFFER_SIZE = '20006';
const SIZE_ERROR = '20008';
const INVALID_PARAMETER = '2000a';

const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex') || '-';
const fromUrl = (value: string | undefined): Buffer => Buffer.from(value ?? '', 'base64url');

const CURVES = [
  ['256', 'P-256', 32],
  ['384', 'P-384', 48],
  ['521', 'P-521', 66],
] as const;
const HASHES = ['sha224', 'sha256', 'sha384', 'sha512'] as const;

const point = (key: KeyObject): string => {
  const { x, y } = key.export({ format: 'jwk' });
  return `04${hex(fromUrl(x))}${hex(fromUrl(y))}`;
};

const digestOf = (hash: string, message: string): string => hex(createHash(hash).update(message).digest());

/** PSA_KEY_ID_ST_DUA_USER as 4 bytes of this machine. */
const DUA = hex(new Uint8Array(Uint32Array.of(0x3ffffffe).buffer));

const ask = async (line: string): Promise<readonly [status: string, rest: string]> => {
  const [status = '', rest = ''] = (await steps.ask(line)).split(' ');
  return [status, rest];
};

describe.each(CURVES)('ECDSA on %s', (name, curve, size) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });

  it('signs with a private key of NetX, for the other side to verify', async () => {
    const { d } = privateKey.export({ format: 'jwk' });
    for (const hash of HASHES) {
      const [status, der] = await ask(`sign ${name} ${hex(fromUrl(d))} ${digestOf(hash, 'm')} 200`);
      expect(status).toBe(OK);
      expect(verify(hash, Buffer.from('m'), publicKey, Buffer.from(der, 'hex')), hash).toBe(true);
    }
    const digest = digestOf('sha256', 'm');
    expect(await ask(`sign ${name} ${hex(fromUrl(d))} ${digest} 40`)).toEqual([SIZE_ERROR, '']);
    expect(await ask(`sign ${name} 00${hex(fromUrl(d))} ${digest} 200`)).toEqual([SIZE_ERROR, '']);
    // Not the length of any digest
    expect((await ask(`sign ${name} ${hex(fromUrl(d))} ${digest}00 200`))[0]).toBe(INVALID_PARAMETER);
  });

  it('verifies what the other side has signed, and nothing else', async () => {
    const key = point(publicKey);
    for (const hash of HASHES) {
      const signature = hex(sign(hash, Buffer.from('m'), privateKey));
      const digest = digestOf(hash, 'm');
      expect(await steps.ask(`verify ${name} ${key} ${digest} ${signature}`)).toBe(OK);
      const other = digestOf(hash, 'n');
      expect(await steps.ask(`verify ${name} ${key} ${other} ${signature}`)).toBe(AUTHENTICATION_FAILED);
      for (const wrong of [`${signature}00`, signature.slice(0, -2), '-', '30', '3000', '3080'])
        expect(await steps.ask(`verify ${name} ${key} ${digest} ${wrong}`), wrong).toBe(
          AUTHENTICATION_FAILED,
        );
    }
    const rest = `${digestOf('sha256', 'm')} ${hex(sign('sha256', Buffer.from('m'), privateKey))}`;
    expect(await steps.ask(`verify ${name} ${key}00 ${rest}`)).toBe(INVALID_KEY);
    const offCurve = `${key.slice(0, -2)}${key.endsWith('00') ? '01' : '00'}`;
    expect(await steps.ask(`verify ${name} ${offCurve} ${rest}`)).toBe(INVALID_PARAMETER);
  });

  it('converts numbers of every length, and takes no other encoding', async () => {
    const integer = (value: bigint): string => {
      let digits = value.toString(16);
      if (digits.length % 2 === 1) digits = `0${digits}`;
      if (Number.parseInt(digits.slice(0, 2), 16) >= 0x80) digits = `00${digits}`;
      return `02${(digits.length / 2).toString(16).padStart(2, '0')}${digits}`;
    };
    const sequence = (content: string): string => {
      const length = content.length / 2;
      return `30${length < 0x80 ? '' : '81'}${length.toString(16).padStart(2, '0')}${content}`;
    };
    const number = (value: bigint): string => value.toString(16).padStart(2 * size, '0');
    for (let bits = 0; bits < 8 * size; bits += 3) {
      const r = 1n << BigInt(bits);
      const s = (1n << BigInt(8 * size - bits)) - 1n;
      const raw = `${number(r)}${number(s)}`;
      const der = sequence(`${integer(r)}${integer(s)}`);
      expect(await steps.ask(`der ${raw}`)).toBe(der);
      expect(await ask(`raw ${size} ${der}`)).toEqual([OK, raw]);
    }
    const one = integer(1n);
    const wrong = {
      negative: sequence(`0201ff${one}`),
      'more zeros than needed': sequence(`02020001${one}`),
      empty: sequence(`0200${one}`),
      'too long': sequence(`${integer(1n << BigInt(8 * size))}${one}`),
      'one number': sequence(one),
      'three numbers': sequence(`${one}${one}${one}`),
      'something behind': `${sequence(`${one}${one}`)}00`,
      'cut off': sequence(`${one}${one}`).slice(0, -2),
      'a set': `31${sequence(`${one}${one}`).slice(2)}`,
      'a length in too many bytes': `3081${sequence(`${one}${one}`).slice(2)}`,
      'a length in two bytes': `308200${sequence(`${one}${one}`).slice(2)}`,
      'no number': sequence(`030101${one}`),
    };
    for (const [what, der] of Object.entries(wrong))
      expect(await ask(`raw ${size} ${der}`), what).toEqual([AUTHENTICATION_FAILED, '']);
  });
});

describe('the key of the device', () => {
  it('signs by its id', async () => {
    const key = await steps.ask('dua');
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: Buffer.from(key.slice(2, 66), 'hex').toString('base64url'),
      y: Buffer.from(key.slice(66), 'hex').toString('base64url'),
    };
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    for (const hash of HASHES) {
      const [status, der] = await ask(`sign 256 ${DUA} ${digestOf(hash, 'm')} 72`);
      expect(status).toBe(OK);
      expect(verify(hash, Buffer.from('m'), publicKey, Buffer.from(der, 'hex')), hash).toBe(true);
    }
  });

  it('is no key of another curve, and other ids are no keys', async () => {
    const digest = digestOf('sha256', 'm');
    expect((await ask(`sign 384 ${DUA} ${digest} 200`))[0]).toBe(INVALID_KEY);
    expect((await ask(`sign 256 00000001 ${digest} 200`))[0]).toBe(INVALID_KEY);
  });
});

describe('RSA', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const parts = (key: KeyObject): readonly [modulus: string, exponent: string] => {
    const { n, e } = key.export({ format: 'jwk' });
    return [hex(fromUrl(n)), hex(fromUrl(e))];
  };
  const BITS = { sha224: '224', sha256: '256', sha384: '384', sha512: '512' } as const;
  /** Has the hash method compute the digest of a message, as NetX does before it verifies. */
  const hash = (name: keyof typeof BITS, message: string, by = steps) =>
    by.ask(`hash ${BITS[name]} ${hex(Buffer.from(message))}`);

  it.each(HASHES)('gives the block that the signature is the power of: %s', async (name) => {
    for (const keys of [{ privateKey, publicKey }, other]) {
      const [modulus, exponent] = parts(keys.publicKey);
      const signature = sign(name, Buffer.from('m'), keys.privateKey);
      expect(await hash(name, 'm')).toBe(digestOf(name, 'm'));
      const block = publicDecrypt({ key: keys.publicKey, padding: constants.RSA_NO_PADDING }, signature);
      for (const e of [exponent, `00${exponent}`])
        expect(await ask(`rsa d ${modulus} ${e} ${hex(signature)} 512`)).toEqual([OK, hex(block)]);
    }
  });

  it('finds the digest among the last four, and fails without it', async () => {
    const [modulus, exponent] = parts(publicKey);
    const signature = hex(sign('sha256', Buffer.from('m'), privateKey));
    const line = `rsa d ${modulus} ${exponent} ${signature} 256`;
    await hash('sha256', 'm');
    for (const more of ['a', 'b', 'c']) await hash('sha512', more);
    expect((await ask(line))[0]).toBe(OK);
    await hash('sha384', 'd');
    expect(await ask(line)).toEqual([AUTHENTICATION_FAILED, '']);
  });

  it('verifies, and does nothing else that RSA could', async () => {
    const [modulus, exponent] = parts(publicKey);
    const signature = hex(sign('sha256', Buffer.from('m'), privateKey));
    const forged = `${signature.slice(0, -2)}${signature.endsWith('00') ? '01' : '00'}`;
    const d = hex(fromUrl(privateKey.export({ format: 'jwk' }).d));
    await hash('sha256', 'm');
    const answers = {
      [`rsa d ${modulus} ${exponent} ${forged} 256`]: AUTHENTICATION_FAILED,
      [`rsa d ${parts(other.publicKey)[0]} ${exponent} ${signature} 512`]: AUTHENTICATION_FAILED,
      [`rsa d ${modulus} ${exponent} ${signature.slice(2)} 256`]: AUTHENTICATION_FAILED,
      [`rsa d ${modulus} ${exponent} ${signature} 255`]: INVALID_BUFFER_SIZE,
      [`rsa d ${modulus} ${d} ${signature} 256`]: INVALID_ALGORITHM,
      [`rsa e ${modulus} ${exponent} ${signature} 256`]: INVALID_ALGORITHM,
    };
    for (const [line, status] of Object.entries(answers)) expect(await ask(line), line).toEqual([status, '']);
  });

  it('has the sizes that the device has', async () => {
    const { privateKey: large, publicKey: largePublic } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    const [modulus, exponent] = parts(largePublic);
    const signature = sign('sha256', Buffer.from('m'), large);
    const line = `rsa d ${modulus} ${exponent} ${hex(signature)} 512`;
    await hash('sha256', 'm');
    expect(await ask(line)).toEqual([INVALID_ALGORITHM, '']);
    await hash('sha256', 'm', full);
    const block = publicDecrypt({ key: largePublic, padding: constants.RSA_NO_PADDING }, signature);
    expect(await full.ask(line)).toBe(`${OK} ${hex(block)}`);
  });
});
