/** Wrong use of the command line: one line that says what, where and the mend; exit code 2. */
export class UsageError extends Error {}
