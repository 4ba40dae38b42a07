/** What the process says to a script. The same for every command. */
export const exitCode = {
  /** All is well, and what was asked for is true now. */
  ok: 0,
  /** `lint`: findings at or above `--fail-on`. Live commands: refused, failed, or not in step. */
  findings: 1,
  /** The command line, or a file named on it, cannot be used. */
  usage: 2,
  /** A fault of this program. */
  internal: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Ends a command with exit code 2 and a message instead of a result. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** What to type instead. */
    readonly advice?: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
