/** All rules. Of several that meet the same failing call, the first has it. */
import type { Rule } from './finding.ts';
import { additionalDataMissing, tagNeverRead } from './rules/aead.ts';
import { aeadThroughCipher } from './rules/aead-through-cipher.ts';
import { cloneNotMade } from './rules/clone-not-made.ts';
import { importType } from './rules/import-type.ts';
import { keyGone, keyPolicy, persistentIdCollision } from './rules/keys.ts';
import { operationLeak, unfreedKeys } from './rules/leaks.ts';
import { missingInit } from './rules/missing-init.ts';
import { nonceLengthByte, nonceReuse } from './rules/nonces.ts';
import { notOnDevice } from './rules/not-on-device.ts';
import { alreadyActive, callOrder, finishedTwice, staleOperation } from './rules/operations.ts';
import { areaExceeded, roomTooSmall } from './rules/rooms.ts';
import { statusIgnored } from './rules/status-ignored.ts';

export const RULES: readonly Rule[] = [
  missingInit,
  statusIgnored,
  aeadThroughCipher,
  importType,
  notOnDevice,
  areaExceeded,
  roomTooSmall,
  operationLeak,
  unfreedKeys,
  persistentIdCollision,
  keyGone,
  keyPolicy,
  cloneNotMade,
  staleOperation,
  finishedTwice,
  alreadyActive,
  additionalDataMissing,
  callOrder,
  nonceLengthByte,
  nonceReuse,
  tagNeverRead,
];
