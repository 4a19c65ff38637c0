/** What a run plays. */
import {
  agreementScene,
  asymmetricRoomScene,
  ecdsaScene,
  generatedAgreementScene,
  pssSaltScene,
  rsaCryptScene,
  rsaSignScene,
} from './asymmetric-scenes.ts';
import { derivationChaosScene, derivationScene } from './derivation-scenes.ts';
import { copyScene, crossScene, generateScene, importScene, persistentScene } from './key-scenes.ts';
import { longScene } from './other-scenes.ts';
import { wildcardScene } from './policy-scenes.ts';
import type { Scene } from './script.ts';
import * as symmetric from './symmetric-scenes.ts';

/** How often each kind of scene is played. */
export const PLAN: readonly (readonly [times: number, play: (scene: Scene) => void])[] = [
  [50, importScene],
  [30, generateScene],
  [60, copyScene],
  [40, wildcardScene],
  [70, crossScene],
  [30, persistentScene],
  [60, symmetric.hashScene],
  [50, symmetric.hashChaosScene],
  [80, symmetric.macScene],
  [30, symmetric.macChaosScene],
  [50, symmetric.cipherScene],
  [50, symmetric.cipherPartsScene],
  [50, symmetric.cipherChaosScene],
  [50, symmetric.aeadScene],
  [20, symmetric.roomScene],
  [30, ecdsaScene],
  [40, rsaSignScene],
  [4, pssSaltScene],
  [40, rsaCryptScene],
  [40, agreementScene],
  [8, generatedAgreementScene],
  [1, asymmetricRoomScene],
  [80, derivationScene],
  [60, derivationChaosScene],
  [3, longScene],
];
