/** docs/attacks/eddsa-differential.md */
import { eddsaDifferentials } from '../../scripts/attacks/eddsa-differential.ts';
import { bothWays } from './both-ways.ts';

for (const scenario of eddsaDifferentials) bothWays(scenario);
