/** The same row for many functions, as far as they document its status. */
import { DOCUMENTED, type RemoteFunction } from '../../../psa-api/documented-statuses.ts';
import { FUNCTIONS, type FunctionRow } from '../../../psa-api/functions.ts';
import { shortName } from '../../support/status.ts';
import type { Row, StatusName } from './row.ts';

/** The rows of every function that documents the status and that `applies` to. */
export const everywhere = (
  status: StatusName,
  applies: (described: FunctionRow) => boolean,
  make: (name: RemoteFunction, described: FunctionRow) => readonly Row[],
): readonly Row[] =>
  FUNCTIONS.filter((described) => !described.local && applies(described)).flatMap((described) => {
    const name = described.name as RemoteFunction;
    const documents = DOCUMENTED[name].statuses.some((value) => shortName(value) === status);
    return documents ? make(name, described) : [];
  });
