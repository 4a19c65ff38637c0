/** The statuses that a specification documents for a function: those that a caller has to reckon with. */
import { DOCUMENTED } from '../../psa-api/documented-statuses.ts';
import {
  PSA_ERROR_DOES_NOT_EXIST,
  PSA_ERROR_INSUFFICIENT_STORAGE,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_ERROR_STORAGE_FAILURE,
  PSA_SUCCESS,
} from '../../psa-api/status.ts';

/** PSA Secure Storage 1.0, 5.2: Internal Trusted Storage. */
const STORAGE: Readonly<Record<string, readonly number[]>> = {
  psa_its_set: [
    PSA_SUCCESS,
    PSA_ERROR_NOT_PERMITTED,
    PSA_ERROR_NOT_SUPPORTED,
    PSA_ERROR_INSUFFICIENT_STORAGE,
    PSA_ERROR_STORAGE_FAILURE,
    PSA_ERROR_INVALID_ARGUMENT,
  ],
  psa_its_get: [PSA_SUCCESS, PSA_ERROR_DOES_NOT_EXIST, PSA_ERROR_STORAGE_FAILURE, PSA_ERROR_INVALID_ARGUMENT],
  psa_its_get_info: [
    PSA_SUCCESS,
    PSA_ERROR_DOES_NOT_EXIST,
    PSA_ERROR_STORAGE_FAILURE,
    PSA_ERROR_INVALID_ARGUMENT,
  ],
  psa_its_remove: [
    PSA_SUCCESS,
    PSA_ERROR_DOES_NOT_EXIST,
    PSA_ERROR_NOT_PERMITTED,
    PSA_ERROR_STORAGE_FAILURE,
    PSA_ERROR_INVALID_ARGUMENT,
  ],
};

const TABLE: ReadonlyMap<string, readonly number[]> = new Map([
  ...Object.entries(DOCUMENTED).map(([name, { statuses }]) => [name, statuses] as const),
  ...Object.entries(STORAGE),
]);

/** Success among them; undefined for a function that no table here describes. */
export const documentedFor = (name: string): readonly number[] | undefined => TABLE.get(name);
