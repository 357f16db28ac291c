/** What a command came to, for people and for machines. */
export interface Outcome {
  /** Whether everything is as it should be: exit code 0, or 1. */
  readonly ok: boolean;
  /** For `--json`: plain data. What is written begins with `ok`. */
  readonly data: object;
  /** For a terminal: ends with what to do next, if anything. */
  readonly text: string;
  /** Whether the text is secrets that a person asked to be shown: it then goes out as it is. */
  readonly disclosed?: true;
  /** Exit code where 0 and 1 are not enough, such as 2 for `plan --detailed-exitcode`. */
  readonly exitCode?: number;
}
