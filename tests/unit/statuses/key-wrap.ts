/** Key wrapping. */
import { keyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_ALG_CTR,
  PSA_ALG_KW,
  PSA_ALG_KWP,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_UNWRAP,
  PSA_KEY_USAGE_WRAP,
} from '../../../psa-api/constants.ts';
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { AES_KEY, aesKey, hmacKey, importing } from '../../support/keys.ts';
import { must } from '../../support/status.ts';
import { UNKNOWN_KEY_WRAP } from '../../support/unsupported.ts';
import { type Given, type KeyMaker, type Row, rowsOf, type Scenes } from './row.ts';

const row = rowsOf(import.meta.url);

const USAGE = PSA_KEY_USAGE_WRAP | PSA_KEY_USAGE_UNWRAP | PSA_KEY_USAGE_EXPORT;
const ATTRIBUTES = keyAttributes({ type: PSA_KEY_TYPE_AES, usage: PSA_KEY_USAGE_EXPORT });

const wrappingKey: KeyMaker = (psa, alg, extra) => aesKey(psa, alg, { usage: USAGE, ...extra });
/** 20 bytes, as no whole number of semiblocks. */
const oddKey = importing(PSA_KEY_TYPE_HMAC, new Uint8Array(20).fill(1));

const wrapped = async (psa: Psa, wrap = PSA_ALG_KW): Promise<Uint8Array> =>
  (await must(psa.wrapKey(await wrappingKey(psa, wrap), wrap, await aesKey(psa, PSA_ALG_CTR)))).data;

const wrapping = async (given: Given) => ({
  wrapping_key: await given.key(wrappingKey, PSA_ALG_KW),
  alg: PSA_ALG_KW,
});

export const scenes: Scenes = {
  psa_wrap_key: async (given) => ({ ...(await wrapping(given)), key: await given.key(aesKey, PSA_ALG_CTR) }),
  psa_unwrap_key: async (given) => ({
    ...(await wrapping(given)),
    attributes: ATTRIBUTES,
    data: await wrapped(given.psa),
  }),
};

const both: readonly RemoteFunction[] = ['psa_wrap_key', 'psa_unwrap_key'];

export const rows: readonly Row[] = [
  ...both.flatMap((name) => [
    row(name, 'NOT_PERMITTED', 'the wrapping key is for another algorithm', { alg: PSA_ALG_KWP }),
    row(name, 'INVALID_ARGUMENT', 'the algorithm wraps nothing', { alg: PSA_ALG_CTR }),
    row(
      name,
      'INVALID_ARGUMENT',
      'the wrapping key is of a type that the algorithm is not for',
      async ({ psa }) => ({
        wrapping_key: await hmacKey(psa, PSA_ALG_KW, { usage: USAGE }),
      }),
    ),
    row(name, 'NOT_SUPPORTED', 'the wrapping algorithm is not there', async ({ psa }) => ({
      wrapping_key: await wrappingKey(psa, UNKNOWN_KEY_WRAP),
      alg: UNKNOWN_KEY_WRAP,
    })),
  ]),
  row('psa_wrap_key', 'NOT_PERMITTED', 'the key may not be exported', async ({ psa }) => ({
    key: await aesKey(psa, PSA_ALG_CTR, { usage: 0 }),
  })),
  row(
    'psa_wrap_key',
    'INVALID_ARGUMENT',
    'the key has a length that the algorithm does not take',
    async ({ psa }) => ({
      key: await oddKey(psa, 0),
    }),
  ),
  row('psa_unwrap_key', 'INVALID_SIGNATURE', 'the data are changed', (_, { data }) => ({
    data: (data as Uint8Array).map((byte) => byte ^ 1),
  })),
  row('psa_unwrap_key', 'INVALID_ARGUMENT', 'the key has another size', {
    attributes: { ...ATTRIBUTES, bits: 256 },
  }),
  row('psa_unwrap_key', 'INVALID_ARGUMENT', 'what was wrapped is no key of the type', async ({ psa }) => ({
    wrapping_key: await wrappingKey(psa, PSA_ALG_KWP),
    alg: PSA_ALG_KWP,
    data: (
      await must(
        psa.wrapKey(
          await wrappingKey(psa, PSA_ALG_KWP),
          PSA_ALG_KWP,
          await importing(PSA_KEY_TYPE_HMAC, AES_KEY.subarray(1))(psa, 0),
        ),
      )
    ).data,
  })),
];
