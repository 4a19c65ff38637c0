/** psa_crypto_init, functions without an implementation, and random bytes. PSA Crypto 1.3, 8.2 and 10.12. */

import { describe, expect, it } from 'vitest';
import type { Inputs, Value } from '../../../psa-api/call.ts';
import {
  PSA_ALG_HKDF,
  PSA_ALG_SHA_256,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_KEY_TYPE_AES,
} from '../../../psa-api/constants.ts';
import { type FunctionRow, type Param, TABLE } from '../../../psa-api/functions.ts';
import { hex, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { must, named, shortName } from '../../support/status.ts';

const ATTRIBUTES = { type: 0, bits: 0, lifetime: 0, usage: 0, alg: 0, id: 0 };

/** Zeros of every kind; undefined for parameters that are no input. */
const zero = (param: Param): Value | undefined => {
  switch (param.kind) {
    case 'scalar':
      return param.type === 'u64' ? 0n : 0;
    case 'room':
    case 'fill':
    case 'operation':
      return 0;
    case 'bytes':
      return NOTHING;
    case 'attributes':
      return ATTRIBUTES;
    case 'custom':
      return { flags: 0 };
    case 'cipher-suite':
      return { alg: 0, type: 0, family: 0, bits: 0, keyConfirmation: 0 };
    default:
      return undefined;
  }
};

const zeros = (row: FunctionRow): Inputs =>
  row.params.map(zero).filter((value): value is Value => value !== undefined);

const isAbort = (row: FunctionRow): boolean =>
  row.params.some((param) => param.kind === 'operation' && param.role === 'abort');

const REMOTE = TABLE.filter(
  ({ local, library, name }) =>
    !local && library !== 'framework' && library !== 'control' && name !== 'psa_crypto_init',
);

onBothCarriers((carrier, open) => {
  describe(`psa_crypto_init ${carrier}`, () => {
    it('comes before everything but abort', async () => {
      const { call, psa } = await open({ init: false });
      for (const row of REMOTE.filter(({ library }) => library === 'crypto' || library === 'tf-m')) {
        const [status] = await call(row.id, zeros(row));
        expect([row.name, shortName(status)]).toEqual([row.name, isAbort(row) ? 'SUCCESS' : 'BAD_STATE']);
      }
      // The other services run from the device's start: what they refuse is uid 0 and a challenge of no bytes.
      for (const row of REMOTE.filter(({ library }) => library !== 'crypto' && library !== 'tf-m')) {
        const [status] = await call(row.id, zeros(row));
        expect([row.name, shortName(status)]).toEqual([row.name, 'INVALID_ARGUMENT']);
      }
      expect(await named(psa.cryptoInit())).toBe('SUCCESS');
      expect(await named(psa.generateRandom(1))).toBe('SUCCESS');
    });

    it('may be called again, and changes nothing then', async () => {
      const { psa } = await open();
      const { key } = await must(psa.generateKey({ type: PSA_KEY_TYPE_AES, bits: 128 }));
      for (let i = 0; i < 3; i++) expect(await named(psa.cryptoInit())).toBe('SUCCESS');
      expect(await named(psa.getKeyAttributes(key))).toBe('SUCCESS');
    });

    it('is each client’s own', async () => {
      const { another } = await open();
      const { psa } = await another({ init: false });
      expect(await named(psa.generateRandom(1))).toBe('BAD_STATE');
    });
  });

  describe(`psa_generate_random ${carrier}`, () => {
    it('gives as many bytes as were asked for, never the same', async () => {
      const { psa } = await open();
      for (const size of [0, 1, 4095, 4096, 4097, 100_000]) {
        expect((await must(psa.generateRandom(size))).output.length).toBe(size);
      }
      const [first, second] = [await must(psa.generateRandom(32)), await must(psa.generateRandom(32))];
      expect(hex(first.output)).not.toBe(hex(second.output));
    });

    it('refuses more than a message can carry', async () => {
      const { psa } = await open();
      expect(await named(psa.generateRandom(0xffffffff))).toBe('INSUFFICIENT_MEMORY');
    });
  });
});

const isInactive = ({ params }: FunctionRow): boolean =>
  params.some((p) => p.kind === 'operation' && (p.role === 'use' || p.role === 'end' || p.role === 'source'));

describe('what is implemented', () => {
  it('is what capabilities say: all else is NOT_SUPPORTED, or BAD_STATE without an active operation', async () => {
    const { call, device } = await openForTest();
    const { functions, services } = device.capabilities();
    const all = [...functions, ...services.flatMap((service) => service.functions)];
    const implemented = new Set(all.flatMap((f) => (f.implemented ? [f.name] : [])));
    for (const row of REMOTE) {
      const [status, handle] = await call(row.id, zeros(row));
      if (row.params.some((p) => p.kind === 'operation' && p.role !== 'source')) expect(handle).toBe(0);
      if (!implemented.has(row.name))
        expect([row.name, shortName(status)]).toEqual([
          row.name,
          isInactive(row) ? 'BAD_STATE' : 'NOT_SUPPORTED',
        ]);
      // Attributes of zeros have no key type, which may be called invalid or not supported.
      else if (row.params.every((p) => p.kind !== 'attributes'))
        expect([row.name, status]).not.toEqual([row.name, PSA_ERROR_NOT_SUPPORTED]);
    }
  });

  it('and what is not ends an active operation, as every failure does', async () => {
    const { psa, call, device } = await openForTest();
    const missing = device.capabilities().functions.filter((f) => !f.implemented);
    for (const { name } of missing) {
      const row = REMOTE.find((r) => r.name === name);
      const [first] = row?.params ?? [];
      if (row === undefined || first?.kind !== 'operation' || first.role === 'setup') continue;
      const operation = { family: first.family, handle: 0 };
      if (first.family === 'hash')
        await must(psa.hashSetup({ ...operation, family: 'hash' }, PSA_ALG_SHA_256));
      else if (first.family === 'key_derivation')
        await must(
          psa.keyDerivationSetup({ ...operation, family: 'key_derivation' }, PSA_ALG_HKDF(PSA_ALG_SHA_256)),
        );
      else continue;
      const { handle } = device.status().operations[0] ?? { handle: 0 };
      const [, ...rest] = zeros(row);
      expect(await call(row.id, [handle, ...rest])).toEqual([PSA_ERROR_NOT_SUPPORTED, 0]);
      expect(device.status().operations).toEqual([]);
    }
  });

  it('that are not in the table answer NOT_SUPPORTED', async () => {
    const { call } = await openForTest();
    for (const id of [0, 0x0102, 0x0303, 0x7fff])
      expect((await call(id, []))[0]).toBe(PSA_ERROR_NOT_SUPPORTED);
  });
});
