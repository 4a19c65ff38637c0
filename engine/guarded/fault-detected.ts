/** A countermeasure saw that a computation went wrong. The caller gets PSA_ERROR_CORRUPTION_DETECTED and no output. */
export class FaultDetected extends Error {
  override readonly name = 'FaultDetected';
}
