/** A device with an RSA key of 1024 bits, the smallest it has, that others encrypt to. */
import { type RsaPublicNumbers, readRsaPublicKey } from '../../attacks/index.ts';
import {
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { openTarget, type Target, type TargetOptions } from './target.ts';

export interface RsaTarget extends Target {
  readonly key: number;
  readonly publicKey: RsaPublicNumbers;
}

export const openRsaTarget = async (alg: number, options: TargetOptions): Promise<RsaTarget> => {
  const target = await openTarget(options);
  const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
  const { key } = await target.psa.generateKey({ type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 1024, alg, usage });
  const { data } = await target.psa.exportPublicKey(key);
  return { ...target, key, publicKey: readRsaPublicKey(data) };
};
