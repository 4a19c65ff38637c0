/** A fault that cannot be: what is wrong, and where in its line. */
export class FaultError extends Error {
  constructor(line: string, at: number, length: number, what: string) {
    super(`${what}\n  ${line}\n  ${' '.repeat(at)}${'^'.repeat(length)}`);
    this.name = 'FaultError';
  }
}
