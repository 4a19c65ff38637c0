/** All scenes and all rows of their own. */
import type { RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import * as aead from './aead.ts';
import * as asymmetricEncryption from './asymmetric-encryption.ts';
import * as cipher from './cipher.ts';
import * as hash from './hash.ts';
import * as keyAgreement from './key-agreement.ts';
import * as keyDerivation from './key-derivation.ts';
import * as keyManagement from './key-management.ts';
import * as keyWrap from './key-wrap.ts';
import * as mac from './mac.ts';
import * as multiPartSignature from './multi-part-signature.ts';
import * as pake from './pake.ts';
import * as random from './random.ts';
import type { Row, Scene, Scenes } from './row.ts';
import * as signature from './signature.ts';
import * as xof from './xof.ts';

const FAMILIES: Readonly<Record<string, { readonly scenes: Scenes; readonly rows: readonly Row[] }>> = {
  'random.ts': random,
  'key-management.ts': keyManagement,
  'hash.ts': hash,
  'mac.ts': mac,
  'cipher.ts': cipher,
  'aead.ts': aead,
  'key-derivation.ts': keyDerivation,
  'signature.ts': signature,
  'multi-part-signature.ts': multiPartSignature,
  'asymmetric-encryption.ts': asymmetricEncryption,
  'key-agreement.ts': keyAgreement,
  'pake.ts': pake,
  'xof.ts': xof,
  'key-wrap.ts': keyWrap,
};

const found = (name: RemoteFunction): { readonly file: string; readonly scene: Scene } => {
  for (const [file, { scenes }] of Object.entries(FAMILIES)) {
    const scene = scenes[name];
    if (scene !== undefined) return { file, scene };
  }
  throw new Error(`${name} has no scene`);
};

/** A call as it should be, for every function. */
export const sceneOf = (name: RemoteFunction): Scene => found(name).scene;
export const sceneFileOf = (name: RemoteFunction): string => found(name).file;

export const FAMILY_ROWS: readonly Row[] = Object.values(FAMILIES).flatMap(({ rows }) => rows);
