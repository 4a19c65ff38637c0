/** What a server has to say: bugs of ours, with their stack. */

export interface Log {
  fault(where: string, error: unknown): void;
}

export const stderrLog: Log = {
  fault(where, error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`h5sm: internal error in ${where}: ${stack}\n`);
  },
};
