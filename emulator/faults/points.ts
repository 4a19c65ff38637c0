/** Where faults can wait. Points of calls have the names of the function table. */
import { functionByName, TABLE } from '../../psa-api/functions.ts';
import type { PointKind } from './fault.ts';

const kinds = (kind: PointKind, ...names: readonly string[]): readonly (readonly [string, PointKind])[] =>
  names.map((name) => [name, kind]);

const rounds = Array.from({ length: 14 }, (_, i) => `alg.aes.round${i + 1}`);

/** Name to kind, in the order in which a call meets them. */
export const POINTS: ReadonlyMap<string, PointKind> = new Map([
  ...kinds('wire', 'rpc.recv', 'rpc.send'),
  ...kinds('clock', 'clock'),
  ...TABLE.filter(({ local, library }) => !local && library !== 'control').flatMap(({ name }) =>
    kinds('call', `api.${name}.enter`, `api.${name}.leave`),
  ),
  ...kinds('slot', 'op.slot'),
  ...kinds('key', 'key.load', 'key.store', 'key.destroy'),
  ...kinds('check', 'policy.check'),
  ...kinds('random', 'rng.draw'),
  ...kinds('storage', 'storage.read', 'storage.write', 'storage.erase'),
  ...kinds('data', 'alg.ecdsa.k', 'alg.ecdsa.hash', 'alg.ecdsa.r', 'alg.ecdsa.s'),
  ...kinds('check', 'alg.ecdsa.verify'),
  ...kinds('step', 'alg.ecdh.validate'),
  ...kinds('data', 'alg.ecdh.point', 'alg.eddsa.r', 'alg.eddsa.hash', 'alg.eddsa.s'),
  ...kinds('check', 'alg.eddsa.verify'),
  ...kinds('data', 'alg.rsa.crt.p', 'alg.rsa.crt.q', 'alg.rsa.crt.recombine'),
  ...kinds('check', 'alg.rsa.oaep.compare', 'alg.rsa.verify'),
  ...kinds('data', ...rounds, 'alg.ctr.counter', 'alg.gcm.counter', 'alg.gcm.h', 'alg.gcm.tag'),
  ...kinds('check', 'alg.gcm.compare', 'alg.ccm.compare', 'alg.chachapoly.compare', 'alg.mac.compare'),
  ...kinds('data', 'alg.kdf.block'),
]);

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');

/** A name in which `*` stands for any letters. */
export const pattern = (text: string): RegExp => new RegExp(`^${escaped(text)}$`);

export const pointsLike = (text: string): readonly string[] => {
  if (POINTS.has(text)) return [text];
  const like = pattern(text);
  return [...POINTS.keys()].filter((name) => like.test(name));
};

/** `psa_sign_hash` of `api.psa_sign_hash.leave`. */
export const functionOf = (point: string): string | undefined => {
  const [, name = ''] = /^api\.(\w+)\./.exec(point) ?? [];
  return functionByName(name) === undefined ? undefined : name;
};

/** What lies inside the core, which has to be built with the points in it. */
export const isInside = (point: string): boolean => /^(alg|rng|key|policy|storage)\b/.test(point);
