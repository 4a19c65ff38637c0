/** All rows there are. */
import { rows as anyCall } from './any-call.ts';
import { rows as anyCreation } from './any-creation.ts';
import { rows as anyKey } from './any-key.ts';
import { rows as anyOperation } from './any-operation.ts';
import { rows as anyRoom } from './any-room.ts';
import { FAMILY_ROWS } from './families.ts';
import type { Row } from './row.ts';

export const ROWS: readonly Row[] = [
  ...anyCall,
  ...anyOperation,
  ...anyKey,
  ...anyRoom,
  ...anyCreation,
  ...FAMILY_ROWS,
];
