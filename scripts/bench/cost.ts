import { execa } from "execa";

/** What a command took, with all that it started and waited for. */
export interface Cost {
  /** User and system, in seconds. */
  readonly cpu: number;
  /** Largest resident memory that any one of its processes had, in MiB. */
  readonly peak: number;
}

/** Says what a command took on its last line, by GNU time. */
const format = "%U %S %M";

/**
 * Runs a command, and says what it took.
 *
 * @throws Error with what it said when it failed; and where there is no GNU time: Debian's package `time`.
 */
export async function costOf(
  [program, ...args]: readonly [string, ...string[]],
  directory: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Cost> {
  const { stderr } = await execa("/usr/bin/time", ["-f", format, program, ...args], {
    cwd: directory,
    env,
    stdout: "ignore",
  });
  const [user = NaN, system = NaN, kibibytes = NaN] =
    stderr.trimEnd().split("\n").at(-1)?.split(" ").map(Number) ?? [];
  return { cpu: user + system, peak: kibibytes / 1024 };
}
