/**
 * Comparisons that can be disturbed. The engine is asked the same question for all of them, so the AEAD that made a tag
 * leaves word of it: a comparison with such a tag is `alg.gcm.compare`, `alg.ccm.compare` or
 * `alg.chachapoly.compare`, every other (MACs, hashes, derived values) `alg.mac.compare`.
 */

import type { AeadState, Engine } from '../engine.ts';
import type { Probe } from '../probe.ts';

export function faultyCompare(
  engine: Engine,
  probe: Probe,
): Pick<Engine, 'gcm' | 'ccm' | 'chachaPoly1305' | 'equal'> {
  /** By what a tag lies in: it may be compared through another view of the same bytes. */
  const origins = new WeakMap<ArrayBufferLike, string>();
  const marking = (point: string, state: AeadState): AeadState => ({
    updateAd: (data) => state.updateAd(data),
    update: (input) => state.update(input),
    tag: () => {
      const tag = state.tag();
      origins.set(tag.buffer, point);
      return tag;
    },
    wipe: () => state.wipe(),
  });
  return {
    gcm: (...given) => marking('alg.gcm.compare', engine.gcm(...given)),
    ccm: (...given) => marking('alg.ccm.compare', engine.ccm(...given)),
    chachaPoly1305: (...given) => marking('alg.chachapoly.compare', engine.chachaPoly1305(...given)),
    equal: (a, b) => {
      const point = origins.get(a.buffer) ?? origins.get(b.buffer) ?? 'alg.mac.compare';
      // Strings of two lengths are told apart before there is anything to compare.
      if (!probe.wants(point) || a.length !== b.length) return engine.equal(a, b);
      return probe.check(point, a.length, (length) =>
        engine.equal(a.subarray(0, length), b.subarray(0, length)),
      );
    },
  };
}
