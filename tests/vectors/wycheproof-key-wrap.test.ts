/** Wycheproof's key wrapping through psa_wrap_key and psa_unwrap_key. */

import { afterAll } from 'vitest';
import {
  PSA_ALG_KW,
  PSA_ALG_KWP,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_UNWRAP,
  PSA_KEY_USAGE_WRAP,
} from '../../psa-api/constants.ts';
import { hex, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { must, shortName } from '../support/status.ts';
import {
  accepted,
  type Case,
  problem,
  refused,
  run,
  runSuite,
  type Verdict,
  withKey,
} from './wycheproof-file.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

interface WrapCase extends Case {
  readonly key: string;
  readonly msg: string;
  readonly ct: string;
}

const RAW = { type: PSA_KEY_TYPE_RAW_DATA, usage: PSA_KEY_USAGE_EXPORT };

/** What a wrapping of the message must come to: whether it is the file's is asked of valid cases alone. */
const wrap = async (wrapping: number, alg: number, test: WrapCase): Promise<string | undefined> => {
  const plain = unhex(test.msg);
  // There is no key without a byte.
  if (plain.length === 0) return undefined;
  const { key } = await must(psa.importKey(RAW, plain));
  const { status, data } = await psa.wrapKey(wrapping, alg, key);
  await must(psa.destroyKey(key));
  const isKey = alg === PSA_ALG_KWP || (plain.length >= 16 && plain.length % 8 === 0);
  const wanted = isKey ? 'SUCCESS' : 'INVALID_ARGUMENT';
  if (shortName(status) !== wanted) return `wrapping answered ${shortName(status)}, expected ${wanted}`;
  return isKey && test.result === 'valid' && hex(data) !== test.ct ? `wrapped to ${hex(data)}` : undefined;
};

const unwrap = async (wrapping: number, alg: number, test: WrapCase): Promise<Verdict> => {
  const { status, key } = await psa.unwrapKey(RAW, wrapping, alg, unhex(test.ct));
  if (status !== 0) return refused(shortName(status), 'INVALID_SIGNATURE');
  const { data } = await must(psa.exportKey(key));
  await must(psa.destroyKey(key));
  return hex(data) === test.msg ? accepted : problem(`unwrapped to ${hex(data)}`);
};

const keyWrap = (alg: number) => (test: WrapCase) => {
  const usage = PSA_KEY_USAGE_WRAP | PSA_KEY_USAGE_UNWRAP;
  return withKey(psa, { type: PSA_KEY_TYPE_AES, usage, alg }, unhex(test.key), async (key) => {
    const wrong = await wrap(key, alg, test);
    return wrong === undefined ? unwrap(key, alg, test) : problem(wrong);
  });
};

runSuite('key-wrap', {
  aes_kwp: (name) => run(name, keyWrap(PSA_ALG_KWP)),
  aes_wrap: (name) => run(name, keyWrap(PSA_ALG_KW)),
});
