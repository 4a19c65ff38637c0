/** Which answers carry the handle of an operation, a failure's too (docs/wire.md, Frames). */
import { TABLE } from '../psa-api/functions.ts';

const IDS: ReadonlySet<number> = new Set(
  TABLE.filter((row) => row.params.some((p) => p.kind === 'operation' && p.role !== 'source')).map(
    (row) => row.id,
  ),
);

export const carriesHandle = (functionId: number): boolean => IDS.has(functionId);
