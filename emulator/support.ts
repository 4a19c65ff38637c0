/** What a profile lets the device compute, as the operations ask for it. */
import { algorithmParts } from '../psa-api/algorithm-names.ts';
import {
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_RSA,
} from '../psa-api/constants.ts';
import { keyTypeName } from '../psa-api/key-type-names.ts';
import type { Supports } from '../psa-api/services.ts';
import type { Settings } from './profiles/settings.ts';

const has = (list: readonly string[] | null, name: string): boolean => list === null || list.includes(name);

const sizesFor = (settings: Settings, type: number): readonly string[] | null => {
  if (type === PSA_KEY_TYPE_AES) return settings.aesBits;
  if (PSA_KEY_TYPE_IS_RSA(type)) return settings.rsaBits;
  const onCurve = PSA_KEY_TYPE_IS_ECC(type) && PSA_KEY_TYPE_ECC_GET_FAMILY(type) === PSA_ECC_FAMILY_SECP_R1;
  return onCurve ? settings.eccBits : null;
};

/** Answers are kept: there are few algorithms, and every call asks. */
export const createSupport = (settings: Settings): Supports => {
  const known = new Map<number, boolean>();
  return {
    algorithm: (alg) => {
      let answer = known.get(alg);
      if (answer === undefined) {
        answer =
          settings.algorithms === null || algorithmParts(alg).every((part) => has(settings.algorithms, part));
        known.set(alg, answer);
      }
      return answer;
    },
    shortCtrIv: settings.ctrIv === 'any',
    pakeIdentity: settings.pakeIdentity ?? Number.POSITIVE_INFINITY,
    key: (type, bits) =>
      has(settings.keyTypes, keyTypeName(type)) && has(sizesFor(settings, type), String(bits)),
  };
};
