/** The life of multi-part operations, alike for every family. PSA Crypto 1.3, 3.3.3. */

import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../psa-api/call.ts';
import {
  PSA_ALG_CTR,
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_SHAKE128,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
} from '../../../psa-api/constants.ts';
import {
  aeadOperationInit,
  cipherOperationInit,
  hashOperationInit,
  keyDerivationOperationInit,
  macOperationInit,
  type Psa,
  signOperationInit,
  verifyOperationInit,
  xofOperationInit,
} from '../../../psa-api/generated/psa.ts';
import { NOTHING } from '../../support/bytes.ts';
import { type Bench, onBothCarriers } from '../../support/device.ts';
import { aesKey, deriveKey, hmacKey, p256Pair } from '../../support/keys.ts';
import { type Answered, must, named } from '../../support/status.ts';

const HMAC = PSA_ALG_HMAC(PSA_ALG_SHA_256);
const HKDF = PSA_ALG_HKDF(PSA_ALG_SHA_256);
const ECDSA = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
const DATA = new Uint8Array(20);

/** Does something to an operation of the family of its suite. */
type Act = (operation: Operation) => Promise<Answered>;

interface Family {
  readonly name: string;
  readonly init: () => Operation;
  /** Every way to make an operation active. The first is the one that is used. */
  readonly setups: readonly Act[];
  /** Calls on an active operation, none of which makes it active. */
  readonly uses: Readonly<Record<string, Act>>;
  readonly abort: Act;
  /** A key that operations after `setups[0]` stand on. */
  readonly key?: number;
}

/** The generated API tells operations of families apart by type; a table over all of them cannot. */
const families = async (psa: Psa): Promise<Family[]> => {
  const hmac = await hmacKey(psa, HMAC);
  const ctr = await aesKey(psa, PSA_ALG_CTR);
  const gcm = await aesKey(psa, PSA_ALG_GCM);
  const secret = await deriveKey(psa, HKDF);
  const pair = await p256Pair(psa, ECDSA);
  const as = <F extends string>(operation: Operation): Operation<F> => operation as Operation<F>;
  return [
    {
      name: 'hash',
      init: hashOperationInit,
      setups: [
        (o) => psa.hashSetup(as(o), PSA_ALG_SHA_256),
        async (o) => {
          const source = hashOperationInit();
          await must(psa.hashSetup(source, PSA_ALG_SHA_256));
          const cloned = await psa.hashClone(source, as(o));
          await must(psa.hashAbort(source));
          return cloned;
        },
      ],
      uses: {
        update: (o) => psa.hashUpdate(as(o), DATA),
        finish: (o) => psa.hashFinish(as(o)),
        verify: (o) => psa.hashVerify(as(o), DATA),
        suspend: (o) => psa.hashSuspend(as(o)),
      },
      abort: (o) => psa.hashAbort(as(o)),
    },
    {
      name: 'mac',
      init: macOperationInit,
      setups: [(o) => psa.macSignSetup(as(o), hmac, HMAC), (o) => psa.macVerifySetup(as(o), hmac, HMAC)],
      uses: {
        update: (o) => psa.macUpdate(as(o), DATA),
        'sign finish': (o) => psa.macSignFinish(as(o)),
        'verify finish': (o) => psa.macVerifyFinish(as(o), DATA),
      },
      abort: (o) => psa.macAbort(as(o)),
      key: hmac,
    },
    {
      name: 'cipher',
      init: cipherOperationInit,
      setups: [
        (o) => psa.cipherEncryptSetup(as(o), ctr, PSA_ALG_CTR),
        (o) => psa.cipherDecryptSetup(as(o), ctr, PSA_ALG_CTR),
      ],
      uses: {
        'generate iv': (o) => psa.cipherGenerateIv(as(o)),
        'set iv': (o) => psa.cipherSetIv(as(o), new Uint8Array(16)),
        update: (o) => psa.cipherUpdate(as(o), DATA),
        finish: (o) => psa.cipherFinish(as(o)),
      },
      abort: (o) => psa.cipherAbort(as(o)),
      key: ctr,
    },
    {
      name: 'aead',
      init: aeadOperationInit,
      setups: [
        (o) => psa.aeadEncryptSetup(as(o), gcm, PSA_ALG_GCM),
        (o) => psa.aeadDecryptSetup(as(o), gcm, PSA_ALG_GCM),
      ],
      uses: {
        'set lengths': (o) => psa.aeadSetLengths(as(o), 1, 1),
        'generate nonce': (o) => psa.aeadGenerateNonce(as(o)),
        'set nonce': (o) => psa.aeadSetNonce(as(o), new Uint8Array(12)),
        'update ad': (o) => psa.aeadUpdateAd(as(o), DATA),
        update: (o) => psa.aeadUpdate(as(o), DATA),
        finish: (o) => psa.aeadFinish(as(o)),
        verify: (o) => psa.aeadVerify(as(o), DATA),
      },
      abort: (o) => psa.aeadAbort(as(o)),
      key: gcm,
    },
    {
      name: 'key derivation',
      init: keyDerivationOperationInit,
      setups: [(o) => psa.keyDerivationSetup(as(o), HKDF)],
      uses: {
        'get capacity': (o) => psa.keyDerivationGetCapacity(as(o)),
        'set capacity': (o) => psa.keyDerivationSetCapacity(as(o), 1),
        'input bytes': (o) => psa.keyDerivationInputBytes(as(o), PSA_KEY_DERIVATION_INPUT_INFO, NOTHING),
        'input integer': (o) => psa.keyDerivationInputInteger(as(o), PSA_KEY_DERIVATION_INPUT_COST, 1n),
        'input key': (o) => psa.keyDerivationInputKey(as(o), PSA_KEY_DERIVATION_INPUT_SECRET, secret),
        'key agreement': (o) =>
          psa.keyDerivationKeyAgreement(as(o), PSA_KEY_DERIVATION_INPUT_SECRET, secret, DATA),
        'output bytes': (o) => psa.keyDerivationOutputBytes(as(o), 1),
        'output key': (o) => psa.keyDerivationOutputKey({ type: PSA_KEY_TYPE_AES, bits: 128 }, as(o)),
        'output key custom': (o) =>
          psa.keyDerivationOutputKeyCustom(
            { type: PSA_KEY_TYPE_AES, bits: 128 },
            as(o),
            { flags: 0 },
            NOTHING,
          ),
        'verify bytes': (o) => psa.keyDerivationVerifyBytes(as(o), DATA),
        'verify key': (o) => psa.keyDerivationVerifyKey(as(o), secret),
      },
      abort: (o) => psa.keyDerivationAbort(as(o)),
    },
    {
      name: 'sign',
      init: signOperationInit,
      setups: [(o) => psa.signSetup(as(o), pair, ECDSA)],
      uses: {
        'set context': (o) => psa.signSetContext(as(o), NOTHING),
        update: (o) => psa.signUpdate(as(o), DATA),
        finish: (o) => psa.signFinish(as(o)),
      },
      abort: (o) => psa.signAbort(as(o)),
      key: pair,
    },
    {
      name: 'verify',
      init: verifyOperationInit,
      setups: [(o) => psa.verifySetup(as(o), pair, ECDSA, DATA)],
      uses: {
        'set context': (o) => psa.verifySetContext(as(o), NOTHING),
        update: (o) => psa.verifyUpdate(as(o), DATA),
        finish: (o) => psa.verifyFinish(as(o)),
      },
      abort: (o) => psa.verifyAbort(as(o)),
      key: pair,
    },
    {
      name: 'xof',
      init: xofOperationInit,
      setups: [(o) => psa.xofSetup(as(o), PSA_ALG_SHAKE128)],
      uses: {
        'set context': (o) => psa.xofSetContext(as(o), NOTHING),
        update: (o) => psa.xofUpdate(as(o), DATA),
        output: (o) => psa.xofOutput(as(o), 1),
      },
      abort: (o) => psa.xofAbort(as(o)),
    },
  ];
};

const NAMES = ['hash', 'mac', 'cipher', 'aead', 'key derivation', 'sign', 'verify', 'xof'] as const;

onBothCarriers((carrier, open) => {
  describe.each(NAMES)(`%s operations ${carrier}`, (name) => {
    const start = async (): Promise<
      Bench & { readonly family: Family; readonly others: readonly Family[] }
    > => {
      const bench = await open();
      const all = await families(bench.psa);
      const [family] = all.filter((f) => f.name === name);
      if (family === undefined) throw new Error(name);
      return { ...bench, family, others: all.filter((f) => f !== family) };
    };
    const active = async (family: Family): Promise<Operation> => {
      const operation = family.init();
      expect(await named(family.setups[0]?.(operation) ?? Promise.reject())).toBe('SUCCESS');
      expect(operation.handle).not.toBe(0);
      return operation;
    };

    it('are inactive until they are set up', async () => {
      const { family, device } = await start();
      for (const use of Object.values(family.uses)) {
        const operation = family.init();
        expect(await named(use(operation))).toBe('BAD_STATE');
        expect(operation.handle).toBe(0);
      }
      expect(device.status().operations).toEqual([]);
    });

    it('are not set up twice, and end when it is tried', async () => {
      const { family, device } = await start();
      for (const setup of family.setups) {
        const operation = await active(family);
        expect(await named(setup(operation))).toBe('BAD_STATE');
        expect(operation.handle).toBe(0);
        expect(device.status().operations).toEqual([]);
        expect(await named(setup(operation))).toBe('SUCCESS');
        expect(await named(family.abort(operation))).toBe('SUCCESS');
      }
    });

    it('may be aborted at any time', async () => {
      const { family, device } = await start();
      const operation = family.init();
      expect(await named(family.abort(operation))).toBe('SUCCESS');
      const running = await active(family);
      const copy = { ...running };
      expect(await named(family.abort(running))).toBe('SUCCESS');
      expect(running.handle).toBe(0);
      expect(await named(family.abort(running))).toBe('SUCCESS');
      expect(await named(family.abort(copy))).toBe('SUCCESS');
      expect(copy.handle).toBe(0);
      expect(device.status().operations).toEqual([]);
    });

    it('are the same through a copied object, which is stale once they have ended', async () => {
      const { family } = await start();
      for (const use of Object.values(family.uses)) {
        const running = await active(family);
        const copy = { ...running };
        await family.abort(running);
        // Another operation is active meanwhile, and must not be met through the old handle.
        const next = await active(family);
        expect(next.handle).not.toBe(copy.handle);
        const { handle } = copy;
        expect(await named(use(copy))).toBe('BAD_STATE');
        expect(await named(use({ ...copy, handle }))).toBe('BAD_STATE');
        expect(await named(family.abort(next))).toBe('SUCCESS');
      }
    });

    it('are not reached with handles of another family', async () => {
      const { family, others, device } = await start();
      const running = await active(family);
      for (const other of others) {
        for (const use of Object.values(other.uses)) {
          expect(await named(use({ ...running }))).toBe('BAD_STATE');
        }
        for (const setup of other.setups) {
          expect(await named(setup({ ...running }))).toBe('BAD_STATE');
        }
        expect(await named(other.abort({ ...running }))).toBe('SUCCESS');
      }
      expect(device.status().operations.map((o) => o.handle)).toEqual([running.handle]);
    });

    it('are not reached by another owner', async () => {
      const { family, another, device } = await start();
      const running = await active(family);
      const other = await another({ owner: 5 });
      const [theirs] = (await families(other.psa)).filter((f) => f.name === name);
      if (theirs === undefined) throw new Error(name);
      for (const use of Object.values(theirs.uses))
        expect(await named(use({ ...running }))).toBe('BAD_STATE');
      expect(await named(theirs.abort({ ...running }))).toBe('SUCCESS');
      expect(device.status().operations).toHaveLength(1);
    });

    it('end with their connection', async () => {
      const { another, device } = await start();
      const client = await another();
      const [family] = (await families(client.psa)).filter((f) => f.name === name);
      if (family === undefined) throw new Error(name);
      await active(family);
      expect(device.status().operations).toHaveLength(1);
      await client.close();
      await expect.poll(() => device.status().operations).toEqual([]);
    });

    // Hashes have no key, and a derivation is done with a key once it is an input.
    it.runIf(['mac', 'cipher', 'aead', 'sign', 'verify'].includes(name))(
      'fail once their key is destroyed',
      async () => {
        const { family, psa, device } = await start();
        if (family.key === undefined) throw new Error('no key');
        const operations = [];
        for (let i = 0; i < Object.keys(family.uses).length; i++) operations.push(await active(family));
        await must(psa.destroyKey(family.key));
        for (const use of Object.values(family.uses)) {
          const operation = operations.pop() ?? family.init();
          expect(await named(use(operation))).toBe('BAD_STATE');
          expect(operation.handle).toBe(0);
        }
        expect(device.status().operations).toEqual([]);
      },
    );
  });
});
