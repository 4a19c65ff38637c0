/** The fixed points M and N of RFC 9383 4, compressed (SEC 1 2.3.3); nobody knows their logarithms. */

import { hexToBytes } from '@noble/curves/utils.js';
import type { Spake2pCurveName } from '../pake.ts';
import { lazy } from './lazy.ts';
import { type Point, pointType } from './points.ts';

export const COMPRESSED: Readonly<Record<Spake2pCurveName, readonly [m: string, n: string]>> = {
  secp256r1: [
    '02886e2f97ace46e55ba9dd7242579f2993b64e16ef3dcab95afd497333d8fa12f',
    '03d8bbd6c639c62937b04d997f38c3770719c629d7014d49a24b4f98baa1292b49',
  ],
  secp384r1: [
    '030ff0895ae5ebf6187080a82d82b42e2765e3b2f8749c7e05eba366434b363d3dc36f15314739074d2eb8613fceec2853',
    '02c72cf2e390853a1c1c4ad816a62fd15824f56078918f43f922ca21518f9c543bb252c5490214cf9aa3f0baab4b665c10',
  ],
  secp521r1: [
    '02003f06f38131b2ba2600791e82488e8d20ab889af753a41806c5db18d37d85608cf' +
      'ae06b82e4a72cd744c719193562a653ea1f119eef9356907edc9b56979962d7aa',
    '0200c7924b9ec017f3094562894336a53c50167ba8c5963876880542bc669e494b253' +
      '2d76c5b53dfb349fdf69154b9e0048c58a42e8ed04cef052a3bc349d95575cd25',
  ],
};

export const fixedPoints = lazy((curve: Spake2pCurveName): { readonly m: Point; readonly n: Point } => {
  const [m, n] = COMPRESSED[curve];
  const type = pointType(curve);
  return { m: type.fromBytes(hexToBytes(m)), n: type.fromBytes(hexToBytes(n)) };
});
