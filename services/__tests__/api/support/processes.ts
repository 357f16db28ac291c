import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const services = fileURLToPath(new URL("../../../", import.meta.url));

/** A program of the api that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Environment of a program: what the platform tells it and nothing else. */
export type Variables = Readonly<Record<string, string>>;

/** A program of the api that runs. */
export interface Process {
  readonly child: ChildProcess;
  /** Lines of its log so far. */
  lines(): readonly Readonly<Record<string, unknown>>[];
  readonly ended: Promise<Ended>;
}

/** Runs one of the api's entry points from its sources. */
export function launch(
  entry: "main" | "migrate" | "administrator",
  environment: Variables,
  { parameters = [], input = "" }: { parameters?: readonly string[]; input?: string } = {},
): Process {
  const child = spawn(process.execPath, ["--import", "tsx", `api/src/${entry}.ts`, ...parameters], {
    cwd: services,
    env: { PATH: process.env.PATH, ...environment },
    stdio: "pipe",
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
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
