/** A call's two ends that an attack may meet. */
import { PSA_ERROR_CORRUPTION_DETECTED, statusName } from '../../psa-api/status.ts';

/** Whether a countermeasure refused the call. Any status but that and success means that the attack itself is broken. */
export const isDetected = (status: number): boolean => {
  if (status !== 0 && status !== PSA_ERROR_CORRUPTION_DETECTED)
    throw new Error(`an attack met ${statusName(status)}`);
  return status !== 0;
};
