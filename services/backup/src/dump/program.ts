import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import { DumpError } from "./error.ts";

/** Characters of what a program says that are kept: it says what went wrong last. */
const kept = 2000;

/** One of PostgreSQL's programs that runs. */
export interface Program {
  readonly child: ChildProcess;
  /** Waits for its end. @throws DumpError with its last words when the exit code is not 0. */
  succeeded(): Promise<void>;
  /** Ends it, and waits for that. */
  end(): Promise<void>;
}

/** Starts a program. What is secret goes into its environment and never into its arguments, which everybody can list. */
export function startProgram(
  title: string,
  [command = "", ...parameters]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Program {
  const child = spawn(command, parameters, { env: environment, stdio: "pipe" });
  let said = "";
  child.stderr.on("data", (data: Buffer) => (said = (said + data.toString()).slice(-kept)));
  // Its end says why; a program that ended early cannot be written to.
  child.stdin.on("error", () => undefined);
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  closed.catch(() => undefined);
  return {
    child,
    succeeded: async () => {
      const [code, signal] = await closed;
      if (code !== 0)
        throw new DumpError(`${title} ended with ${signal ?? `exit code ${code}`}: ${said.trim()}`);
    },
    end: async () => {
      child.kill("SIGKILL");
      await closed.catch(() => undefined);
    },
  };
}
