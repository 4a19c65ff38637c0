/** docs/attacks/ecdsa-differential.md */
import { differentials } from '../../scripts/attacks/ecdsa-differential.ts';
import { bothWays } from './both-ways.ts';

for (const scenario of differentials) bothWays(scenario);
