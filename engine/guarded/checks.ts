/** Checks that more than one family makes. */

import type { Guard } from './countermeasure.ts';
import { FaultDetected } from './fault-detected.ts';

/** 'double-compare': what one fault turns, the other does not. */
export function decide({ has }: Guard, verify: () => boolean): boolean {
  const first = verify();
  if (has('double-compare') && verify() !== first) throw new FaultDetected('two verifications disagree');
  return first;
}

/** 'verify-after-sign'. */
export function checkSignature({ has }: Guard, verify: () => boolean): void {
  if (has('verify-after-sign') && !verify()) throw new FaultDetected('the signature made does not verify');
}
