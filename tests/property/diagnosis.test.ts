/** Programs that use the API as they should, whatever the order: no diagnosis. With one mistake in them: that one. */
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM,
  PSA_ALG_CTR,
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_SHA_256,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
} from '../../psa-api/constants.ts';
import {
  aeadOperationInit,
  cipherOperationInit,
  hashOperationInit,
  keyDerivationOperationInit,
  macOperationInit,
  type Psa,
} from '../../psa-api/generated/psa.ts';
import { examine, PROFILES, rulesOf } from '../support/diagnosis.ts';
import { cases, type Generator, SEED } from '../support/generator.ts';
import { ALL_USAGE, deriveKey, hmacKey, P256_POINT, p256Pair } from '../support/keys.ts';
import { must } from '../support/status.ts';

/** A piece of a program; others may run between its calls. */
type Flow = (psa: Psa, random: Generator) => AsyncGenerator<void>;

const key = async (psa: Psa, random: Generator, alg: number): Promise<number> =>
  (await must(psa.importKey({ type: PSA_KEY_TYPE_AES, alg, usage: ALL_USAGE }, random.bytes(16)))).key;

async function* hash(psa: Psa, random: Generator): AsyncGenerator<void> {
  const running = hashOperationInit();
  await must(psa.hashSetup(running, PSA_ALG_SHA_256));
  for (const part of random.split(random.bytes(random.length()))) {
    yield;
    await must(psa.hashUpdate(running, part));
    if (random.below(3) > 0) continue;
    const copy = hashOperationInit();
    await must(psa.hashClone(running, copy));
    yield;
    await must(psa.hashFinish(copy, 32));
    await psa.hashAbort(copy);
  }
  yield;
  if (random.below(4) === 0) await psa.hashAbort(running);
  else await must(psa.hashFinish(running, 32));
  if (random.below(2) === 0) await psa.hashAbort(running);
}

async function* badHash(psa: Psa, random: Generator): AsyncGenerator<void> {
  const operation = hashOperationInit();
  await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
  yield;
  // What was received does not match; the program sees that and gives up.
  await psa.hashVerify(operation, random.bytes(32));
  await psa.hashAbort(operation);
}

async function* mac(psa: Psa, random: Generator): AsyncGenerator<void> {
  const alg = PSA_ALG_HMAC(PSA_ALG_SHA_256);
  const id = await hmacKey(psa, alg);
  const operation = macOperationInit();
  await must(psa.macSignSetup(operation, id, alg));
  yield;
  await must(psa.macUpdate(operation, random.bytes(random.length())));
  yield;
  await must(psa.macSignFinish(operation));
  await must(psa.destroyKey(id));
}

async function* cipher(psa: Psa, random: Generator): AsyncGenerator<void> {
  const alg = random.pick([PSA_ALG_CTR, PSA_ALG_CBC_NO_PADDING, PSA_ALG_CBC_PKCS7]);
  const id = await key(psa, random, alg);
  const isWhole = alg === PSA_ALG_CBC_NO_PADDING;
  for (let record = random.below(3); record >= 0; record--) {
    const operation = cipherOperationInit();
    await must(psa.cipherEncryptSetup(operation, id, alg));
    yield;
    if (random.below(2) === 0) await must(psa.cipherGenerateIv(operation));
    else await must(psa.cipherSetIv(operation, random.bytes(16)));
    for (const part of random.split(random.bytes(random.length()))) {
      yield;
      await must(psa.cipherUpdate(operation, isWhole ? random.bytes(16 * (part.length & 3)) : part));
    }
    yield;
    await must(psa.cipherFinish(operation));
  }
  await must(psa.destroyKey(id));
}

async function* aead(psa: Psa, random: Generator): AsyncGenerator<void> {
  const alg = random.pick([PSA_ALG_GCM, PSA_ALG_CCM]);
  const id = await key(psa, random, alg);
  const text = random.bytes(1 + random.length());
  const ad = random.bytes(random.pick([0, 5, 13]));
  const seal = aeadOperationInit();
  await must(psa.aeadEncryptSetup(seal, id, alg));
  await must(psa.aeadSetLengths(seal, ad.length, text.length));
  yield;
  const nonce = random.bytes(12);
  await must(psa.aeadSetNonce(seal, nonce));
  await must(psa.aeadUpdateAd(seal, ad));
  yield;
  const { output } = await must(psa.aeadUpdate(seal, text));
  yield;
  const { tag } = await must(psa.aeadFinish(seal));
  const open = aeadOperationInit();
  await must(psa.aeadDecryptSetup(open, id, alg));
  await must(psa.aeadSetLengths(open, ad.length, text.length));
  await must(psa.aeadSetNonce(open, nonce));
  yield;
  await must(psa.aeadUpdateAd(open, ad));
  await must(psa.aeadUpdate(open, output));
  await must(psa.aeadVerify(open, tag));
  yield;
  const sealed = await must(psa.aeadEncrypt(id, alg, random.bytes(12), ad, text));
  expect(sealed.ciphertext).toHaveLength(text.length + 16);
  await must(psa.destroyKey(id));
}

async function* derivation(psa: Psa, random: Generator): AsyncGenerator<void> {
  const alg = PSA_ALG_HKDF(PSA_ALG_SHA_256);
  const secret = await deriveKey(psa, alg);
  const operation = keyDerivationOperationInit();
  await must(psa.keyDerivationSetup(operation, alg));
  await must(psa.keyDerivationInputKey(operation, PSA_KEY_DERIVATION_INPUT_SECRET, secret));
  yield;
  await must(psa.keyDerivationInputBytes(operation, PSA_KEY_DERIVATION_INPUT_INFO, random.bytes(9)));
  await must(psa.keyDerivationOutputBytes(operation, 40));
  yield;
  await psa.keyDerivationAbort(operation);
  await must(psa.destroyKey(secret));
}

async function* signature(psa: Psa, random: Generator): AsyncGenerator<void> {
  const alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
  const id = await p256Pair(psa, alg);
  const digest = random.bytes(32);
  const { signature: made } = await must(psa.signHash(id, alg, digest, 64));
  yield;
  await must(psa.verifyHash(id, alg, digest, made));
  await psa.verifyHash(id, alg, random.bytes(32), made);
  await must(psa.destroyKey(id));
  const pair = await p256Pair(psa, PSA_ALG_ECDH);
  await must(psa.rawKeyAgreement(PSA_ALG_ECDH, pair, P256_POINT, 32));
  await must(psa.destroyKey(pair));
}

async function* persistent(psa: Psa, random: Generator): AsyncGenerator<void> {
  const id = 1 + random.below(1_000_000);
  if ((await psa.getKeyAttributes(id)).status === 0) return;
  await must(
    psa.importKey({ type: PSA_KEY_TYPE_AES, alg: PSA_ALG_CTR, usage: ALL_USAGE, id }, random.bytes(16)),
  );
  yield;
  await must(psa.cipherEncrypt(id, PSA_ALG_CTR, random.bytes(40)));
  if (random.below(2) === 0) await must(psa.destroyKey(id));
}

const CORRECT: readonly Flow[] = [hash, badHash, mac, cipher, aead, derivation, signature, persistent];

/** Runs the flows, a few at a time, in turns that chance decides. */
const interleave = async (psa: Psa, random: Generator, flows: readonly Flow[]): Promise<void> => {
  const waiting = [...flows];
  const running: AsyncGenerator<void>[] = [];
  while (waiting.length > 0 || running.length > 0) {
    const next = running.length < 3 ? waiting.shift() : undefined;
    if (next !== undefined) running.push(next(psa, random));
    const at = random.below(running.length);
    if ((await running[at]?.next())?.done === true) running.splice(at, 1);
  }
};

const program = (random: Generator): Flow[] =>
  Array.from({ length: random.between(4, 10) }, () => random.pick(CORRECT));

const NOTHING_BETWEEN = async function* (): AsyncGenerator<void> {};

/** One mistake each, and the rule that names it. */
const MISTAKES: Readonly<Record<string, Flow>> = {
  async *'operation-leak'(psa, random) {
    const operation = hashOperationInit();
    await psa.hashSetup(operation, PSA_ALG_SHA_256);
    yield;
    await psa.hashUpdate(operation, random.bytes(9));
  },
  async *'unfreed-keys'(psa, random) {
    await key(psa, random, PSA_ALG_GCM);
    yield* NOTHING_BETWEEN();
  },
  async *'stale-operation'(psa, random) {
    const operation = macOperationInit();
    const alg = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    const id = await hmacKey(psa, alg);
    await psa.macSignSetup(operation, id, alg);
    yield;
    await psa.macSignFinish({ ...operation });
    await psa.macUpdate(operation, random.bytes(3));
    await psa.macSignFinish(operation);
    await psa.destroyKey(id);
  },
  async *'tag-never-read'(psa, random) {
    const id = await key(psa, random, PSA_ALG_GCM);
    const operation = aeadOperationInit();
    await psa.aeadEncryptSetup(operation, id, PSA_ALG_GCM);
    await psa.aeadSetNonce(operation, random.bytes(12));
    await psa.aeadUpdateAd(operation, random.bytes(13));
    yield;
    await psa.aeadUpdate(operation, random.bytes(20));
    await psa.aeadAbort(operation);
    await psa.destroyKey(id);
  },
  async *'nonce-reuse'(psa, random) {
    const id = await key(psa, random, PSA_ALG_CCM);
    const nonce = random.bytes(12);
    for (let record = 0; record < 2; record++) {
      yield;
      await psa.aeadEncrypt(id, PSA_ALG_CCM, nonce, random.bytes(13), random.bytes(30));
    }
    await psa.destroyKey(id);
  },
  async *'status-ignored'(psa, random) {
    const id = await key(psa, random, PSA_ALG_CBC_NO_PADDING);
    const operation = cipherOperationInit();
    await psa.cipherEncryptSetup(operation, id, PSA_ALG_CBC_NO_PADDING);
    await psa.cipherSetIv(operation, random.bytes(12));
    await psa.cipherUpdate(operation, random.bytes(16));
    await psa.cipherAbort(operation);
    await psa.destroyKey(id);
    yield* NOTHING_BETWEEN();
  },
};

describe.each(PROFILES)(`random programs on %s, seed ${SEED}`, (profile) => {
  it('without a mistake: nothing is found', async () => {
    await cases(`correct ${profile}`, 30, async (random) => {
      const findings = await examine({ profile }, ({ psa }) => interleave(psa, random, program(random)));
      expect(findings.map(({ rule, what }) => `${rule}: ${what}`)).toEqual([]);
    });
  });

  it.each(Object.entries(MISTAKES))(
    'with one mistake: %s is found, and nothing else',
    async (rule, mistake) => {
      await cases(`${rule} ${profile}`, 8, async (random) => {
        const flows = program(random);
        flows.splice(random.below(flows.length + 1), 0, mistake);
        const findings = await examine({ profile }, ({ psa }) => interleave(psa, random, flows));
        expect(rulesOf(findings)).toEqual([rule]);
      });
    },
  );
});
