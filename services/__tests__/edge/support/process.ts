import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { freePort } from "../../../bench/processes.ts";
import { builtServices } from "../../../local/programs.ts";

const main = join(builtServices, "edge/dist/main.js");

/** An edge that is a process of its own. */
export interface EdgeProcess {
  readonly port: number;
  readonly process: ChildProcess;
  /** What it wrote: standard output and standard error. */
  readonly output: () => { readonly lines: string[]; readonly errors: string };
  /** Its exit code, or null when a signal ended it, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts an edge with these variables and no others, and waits until it listens or has ended. */
export async function startEdgeProcess(
  variables: Readonly<Record<string, string>>,
): Promise<EdgeProcess> {
  const port = await freePort();
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, ["--no-deprecation", main], {
    env: { PATH, NODE_NO_WARNINGS: "1", ...variables, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [text, errors] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, "close").then(([code]) => code as number | null);
  await Promise.race([once(child.stdout, "data"), ended]);
  return {
    port,
    process: child,
    output: () => ({ lines: text.split("\n").filter(Boolean), errors }),
    ended,
  };
}
