/** What the specification allows with ciphers. PSA Crypto 1.3, 10.4.3. */

import fc from 'fast-check';
import { PSA_ALG_CBC_PKCS7, PSA_ALG_CTR, PSA_ALG_ECB_NO_PADDING } from '../../../psa-api/constants.ts';
import { cipherOperationInit } from '../../../psa-api/generated/psa.ts';
import { abort, as, BAD_STATE, INVALID, type Model, type Step, SUCCESS, setup, step } from '../model.ts';

interface Cipher {
  readonly alg: number;
  readonly direction: 'encrypt' | 'decrypt';
  readonly hasIv: boolean;
  readonly bytes: number;
}

export const cipherModel = (keys: ReadonlyMap<number, number>): Model<Cipher> => {
  const setups = [...keys].flatMap(([alg, key]) =>
    (['encrypt', 'decrypt'] as const).map((direction) =>
      setup<Cipher>(
        `${direction} setup ${alg.toString(16)}`,
        { alg, direction, hasIv: alg === PSA_ALG_ECB_NO_PADDING, bytes: 0 },
        (psa, o) =>
          direction === 'encrypt'
            ? psa.cipherEncryptSetup(as(o), key, alg)
            : psa.cipherDecryptSetup(as(o), key, alg),
      ),
    ),
  );
  const withIv = (state: Cipher): Cipher => ({ ...state, hasIv: true });
  const finished = ({ alg, direction, hasIv, bytes }: Cipher): readonly string[] => {
    if (!hasIv) return BAD_STATE;
    const whole = bytes % 16 === 0;
    if (alg === PSA_ALG_CTR) return SUCCESS;
    if (alg !== PSA_ALG_CBC_PKCS7) return whole ? SUCCESS : INVALID;
    if (direction === 'encrypt') return SUCCESS;
    return whole && bytes > 0 ? ['SUCCESS', 'INVALID_PADDING'] : INVALID;
  };
  const fixed: readonly Step<Cipher>[] = [
    ...setups,
    step(
      'set iv',
      ({ hasIv }) => (hasIv ? BAD_STATE : SUCCESS),
      withIv,
      (psa, o) => psa.cipherSetIv(as(o), new Uint8Array(16)),
    ),
    step(
      'set iv too short',
      ({ hasIv, alg }) => (hasIv ? BAD_STATE : alg === PSA_ALG_CTR ? SUCCESS : INVALID),
      withIv,
      (psa, o) => psa.cipherSetIv(as(o), new Uint8Array(15)),
    ),
    step(
      'generate iv',
      ({ hasIv, direction }) => (hasIv || direction === 'decrypt' ? BAD_STATE : SUCCESS),
      withIv,
      (psa, o) => psa.cipherGenerateIv(as(o)),
    ),
    step(
      'finish',
      finished,
      () => undefined,
      (psa, o) => psa.cipherFinish(as(o)),
    ),
    abort((psa, o) => psa.cipherAbort(as(o))),
  ];
  const updates = fc.oneof(fc.nat(40), fc.constantFrom(16, 32)).map((length) =>
    step<Cipher>(
      `update with ${length} bytes`,
      ({ hasIv }) => (hasIv ? SUCCESS : BAD_STATE),
      (state) => ({ ...state, bytes: state.bytes + length }),
      (psa, o) => psa.cipherUpdate(as(o), new Uint8Array(length)),
    ),
  );
  const reaches = ['SUCCESS', 'BAD_STATE'].map((s) => `finish: ${s}`);
  return { init: cipherOperationInit, reaches, steps: fc.oneof(fc.constantFrom(...fixed), updates) };
};
