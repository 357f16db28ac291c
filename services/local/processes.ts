import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { after } from "node:test";

import type { Variables } from "./api-variables.ts";
import { builtServices } from "./programs.ts";

/** A program that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A program that runs. */
export interface Process {
  readonly child: ChildProcess;
  /** Lines of its log so far. */
  lines(): readonly Readonly<Record<string, unknown>>[];
  readonly ended: Promise<Ended>;
}

const running = new Set<ChildProcess>();

// A test that fails may leave its program behind, and the file would never end. Commands end what they start.
if (process.env.NODE_TEST_CONTEXT !== undefined)
  after(() => {
    for (const child of running) child.kill("SIGKILL");
  });

/** How a program is run beside its environment. */
interface Launching {
  /** Default: none. */
  readonly parameters?: readonly string[];
  /** What it reads; default nothing. */
  readonly input?: string;
  /** Whose entry point it is; default the api's. */
  readonly service?: "api" | "backup";
}

/** Runs one of a service's entry points, as its image does. */
export function launch(
  entry: "main" | "migrate" | "administrator" | "once",
  environment: Variables,
  { parameters = [], input = "", service = "api" }: Launching = {},
): Process {
  const child = spawn(process.execPath, [`dist/${entry}.js`, ...parameters], {
    cwd: join(builtServices, service),
    env: { PATH: process.env.PATH, ...environment },
    stdio: "pipe",
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  let output = "";
  let errors = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  // Its end says why it read nothing.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const ended = once(child, "close").then(([code]) => ({
    code: code as number | null,
    output,
    errors,
  }));
  const lines = () => output.split("\n").filter((line) => line.startsWith("{"));
  return {
    child,
    ended,
    lines: () => lines().map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** Runs one of them to its end. */
export function run(...parameters: Parameters<typeof launch>): Promise<Ended> {
  return launch(...parameters).ended;
}
