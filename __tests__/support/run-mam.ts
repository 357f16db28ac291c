import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { join } from "node:path";

import type { Variables } from "../../operations/context/variables.ts";

/** What happens to a command. */
export interface Strike {
  /** What it has said by then. */
  readonly words: string;
  readonly signal: NodeJS.Signals;
  /** What is done once it was sent. */
  readonly after?: () => void;
}

/** How a command ended; the signal's own number and 128 for one that was killed. */
export interface Ended {
  readonly exitCode: number;
  /** Standard output and error, in the order in which they came. */
  readonly output: string;
  readonly stdout: string;
}

const program = join(import.meta.dirname, "../../operations/mam.mjs");

/** Runs `mam …` in a directory, and sends it a signal when it says something. */
export async function runMam(
  env: Variables,
  args: readonly string[],
  { strike, cwd }: { readonly strike?: Strike | undefined; readonly cwd?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    ...{ env, cwd },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, stdout, struck] = ["", "", false];
  const hear = (text: string) => {
    output += text;
    if (struck || strike === undefined || !output.includes(strike.words)) return;
    struck = true;
    child.kill(strike.signal);
    strike.after?.();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    hear(text);
  });
  child.stderr.setEncoding("utf8").on("data", hear);
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0), output, stdout };
}
