/** What functions answer alike that fill a room of the caller's. */
import type { FunctionRow, Param } from '../../../psa-api/functions.ts';
import { everywhere } from './everywhere.ts';
import { sceneOf } from './families.ts';
import { givenFor } from './perform.ts';
import { inOrder, type Row, rowsOf } from './row.ts';

const row = rowsOf(import.meta.url);

type Room = Param & { readonly kind: 'room' };

/** Rooms for what is left at the end: all text has been given out before. */
const ALWAYS_EMPTY: readonly (readonly [string, string])[] = [
  ['psa_aead_finish', 'ciphertext'],
  ['psa_aead_verify', 'plaintext'],
];

const rooms = ({ name, params }: FunctionRow): readonly Room[] =>
  params.filter(
    (p): p is Room => p.kind === 'room' && !ALWAYS_EMPTY.some(([f, room]) => f === name && room === p.name),
  );

const isOutput = (p: Param): boolean => {
  if (p.kind === 'operation') return p.role !== 'source';
  return ['scalar-out', 'attributes-out', 'room', 'fill'].includes(p.kind);
};

/** How much the scene's call puts into the room when it has no bound. */
const lengthOf = async (described: FunctionRow, room: Room): Promise<number> => {
  const given = await givenFor({});
  const inputs = await sceneOf(described.name as Row['function'])(given);
  const [, ...outputs] = await given.call(described.id, inOrder(described, inputs));
  const output = outputs[described.params.filter(isOutput).indexOf(room)];
  if (!(output instanceof Uint8Array) || output.length === 0)
    throw new Error(`${described.name} puts nothing into ${room.name}`);
  return output.length;
};

export const rows: readonly Row[] = everywhere(
  'BUFFER_TOO_SMALL',
  () => true,
  (name, described) =>
    rooms(described).map((room) =>
      row(name, 'BUFFER_TOO_SMALL', `${room.size} is a byte short`, async () => {
        return { [room.size]: (await lengthOf(described, room)) - 1 };
      }),
    ),
);
