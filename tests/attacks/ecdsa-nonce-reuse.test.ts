/** docs/attacks/ecdsa-nonce-reuse.md */
import { nonceReuse, nonceReuseBySnapshot } from '../../scripts/attacks/ecdsa-nonce-reuse.ts';
import { bothWays } from './both-ways.ts';

bothWays(nonceReuse);
bothWays(nonceReuseBySnapshot);
