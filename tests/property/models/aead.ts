/** What the specification allows with AEAD. PSA Crypto 1.3, 10.5.3. */

import fc from 'fast-check';
import { PSA_ALG_CCM } from '../../../psa-api/constants.ts';
import { aeadOperationInit } from '../../../psa-api/generated/psa.ts';
import { NOTHING } from '../../support/bytes.ts';
import { abort, as, BAD_STATE, INVALID, type Model, type Step, SUCCESS, setup, step } from '../model.ts';

interface Aead {
  readonly alg: number;
  readonly direction: 'encrypt' | 'decrypt';
  readonly lengths?: { readonly ad: number; readonly text: number };
  readonly hasNonce: boolean;
  readonly ad: number;
  readonly text: number;
  readonly inText: boolean;
}

export const aeadModel = (keys: ReadonlyMap<number, number>): Model<Aead> => {
  const setups = [...keys].flatMap(([alg, key]) =>
    (['encrypt', 'decrypt'] as const).map((direction) =>
      setup<Aead>(
        `${direction} setup ${alg.toString(16)}`,
        { alg, direction, hasNonce: false, ad: 0, text: 0, inText: false },
        (psa, o) =>
          direction === 'encrypt'
            ? psa.aeadEncryptSetup(as(o), key, alg)
            : psa.aeadDecryptSetup(as(o), key, alg),
      ),
    ),
  );
  const needsNonce = ({ alg, hasNonce, lengths }: Aead): boolean =>
    !hasNonce && (alg !== PSA_ALG_CCM || lengths !== undefined);
  const withNonce = (state: Aead): Aead => ({ ...state, hasNonce: true });
  /** What a last call of the right direction gives. */
  const last = (state: Aead, right: Aead['direction'], status: string): readonly string[] => {
    const { direction, hasNonce, lengths, ad, text } = state;
    if (direction !== right || !hasNonce) return BAD_STATE;
    return lengths !== undefined && (ad !== lengths.ad || text !== lengths.text) ? INVALID : [status];
  };
  const updated = (
    { hasNonce, lengths, ad, text }: Aead,
    length: number,
    status: string,
  ): readonly string[] => {
    if (!hasNonce) return BAD_STATE;
    if (lengths !== undefined && (ad !== lengths.ad || text + length > lengths.text)) return INVALID;
    return [status];
  };
  const fixed: readonly Step<Aead>[] = [
    ...setups,
    step(
      'generate nonce',
      (state) => (needsNonce(state) && state.direction === 'encrypt' ? SUCCESS : BAD_STATE),
      withNonce,
      (psa, o) => psa.aeadGenerateNonce(as(o)),
    ),
    step(
      'set nonce',
      (state) => (needsNonce(state) ? SUCCESS : BAD_STATE),
      withNonce,
      (psa, o) => psa.aeadSetNonce(as(o), new Uint8Array(12)),
    ),
    step(
      'set an empty nonce',
      (state) => (needsNonce(state) ? INVALID : BAD_STATE),
      () => undefined,
      (psa, o) => psa.aeadSetNonce(as(o), NOTHING),
    ),
    step(
      'update without room',
      (state) => updated(state, 2, 'BUFFER_TOO_SMALL'),
      () => undefined,
      (psa, o) => psa.aeadUpdate(as(o), new Uint8Array(2), 1),
    ),
    step(
      'finish',
      (state) => last(state, 'encrypt', 'SUCCESS'),
      () => undefined,
      (psa, o) => psa.aeadFinish(as(o)),
    ),
    step(
      'verify a wrong tag',
      (state) => last(state, 'decrypt', 'INVALID_SIGNATURE'),
      () => undefined,
      (psa, o) => psa.aeadVerify(as(o), new Uint8Array(16)),
    ),
    abort((psa, o) => psa.aeadAbort(as(o))),
  ];
  const setLengths = fc.tuple(fc.nat(3), fc.nat(3)).map(([ad, text]) =>
    step<Aead>(
      `set lengths ${ad} and ${text}`,
      ({ hasNonce, lengths }) => (hasNonce || lengths !== undefined ? BAD_STATE : SUCCESS),
      (state) => ({ ...state, lengths: { ad, text } }),
      (psa, o) => psa.aeadSetLengths(as(o), ad, text),
    ),
  );
  const updateAds = fc.nat(3).map((length) =>
    step<Aead>(
      `update ad with ${length} bytes`,
      ({ hasNonce, inText, lengths, ad }) => {
        if (!hasNonce || inText) return BAD_STATE;
        return lengths !== undefined && ad + length > lengths.ad ? INVALID : SUCCESS;
      },
      (state) => ({ ...state, ad: state.ad + length }),
      (psa, o) => psa.aeadUpdateAd(as(o), new Uint8Array(length)),
    ),
  );
  const updates = fc.nat(3).map((length) =>
    step<Aead>(
      `update with ${length} bytes`,
      (state) => updated(state, length, 'SUCCESS'),
      (state) => ({ ...state, text: state.text + length, inText: true }),
      (psa, o) => psa.aeadUpdate(as(o), new Uint8Array(length)),
    ),
  );
  return {
    init: aeadOperationInit,
    reaches: ['finish: SUCCESS', 'update ad with 3 bytes: SUCCESS', 'update with 3 bytes: SUCCESS'],
    steps: fc.oneof({ arbitrary: fc.constantFrom(...fixed), weight: 3 }, setLengths, updateAds, updates),
  };
};
