import { execa } from "execa";

/** Longest wait for git, in milliseconds. What is asked of it takes milliseconds, except on a network disk that is gone. */
const timeoutMilliseconds = 10_000;

/** What git said. */
export interface GitAnswer {
  /** Undefined when it did not end by itself: there is none, it took too long, or the command was interrupted. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
}

/** Asks git something in a directory. It never fails: the caller says what an exit code means. */
export async function askGit(
  directory: string,
  args: readonly string[],
  interruption?: AbortSignal,
): Promise<GitAnswer> {
  const { exitCode, stdout } = await execa("git", args, {
    cwd: directory,
    reject: false,
    timeout: timeoutMilliseconds,
    // It would otherwise ask for passwords of a remote, and take locks to be quicker next time.
    env: { GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" },
    stdin: "ignore",
    ...(interruption ? { cancelSignal: interruption } : {}),
  });
  return { exitCode, stdout };
}
