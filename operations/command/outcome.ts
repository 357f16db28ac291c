/** What a command came to, for people and for machines. */
export interface Outcome {
  /** Whether everything is as it should be: exit code 0, or 1. */
  readonly ok: boolean;
  /** For `--json`: plain data without secrets. */
  readonly data: unknown;
  /** For a terminal: ends with what to do next, if anything. */
  readonly text: string;
  /** Exit code where 0 and 1 are not enough, such as 2 for `plan --detailed-exitcode`. */
  readonly exitCode?: number;
}
