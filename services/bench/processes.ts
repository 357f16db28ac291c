import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

import type { Bench } from "./bench.ts";

/** A program that runs beside a benchmark, and ends with it. */
export interface Program {
  readonly pid: number;
}

export { takeFreePort as freePort } from "../../packages/cloud/src/programs/free-ports.ts";

/**
 * Starts a program and waits until it listens.
 *
 * @param environment all that it is told, beside PATH.
 * @throws with what it wrote when it ends before.
 */
export async function startProgram(
  bench: Bench,
  [command, ...args]: readonly [string, ...string[]],
  port: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const { PATH = "" } = process.env;
  const child = spawn(command, args, {
    env: { PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    // In a session of its own, so that Ctrl-C reaches it through us and in its turn.
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-4000)));
  const ended = once(child, "close");
  bench.defer(() => endChild(child, ended));
  while (!(await isOpen(port))) {
    if (child.exitCode !== null) throw new Error(`${command} ended at once:\n${output}`);
    await delay(50, undefined, { signal: bench.signal });
  }
  return { pid: child.pid ?? 0 };
}

/** Milliseconds that a program has to end in order. */
const patience = 10_000;

async function endChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  await ended;
  clearTimeout(timer);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => {
      resolve(false);
    });
  });
}

/** Runs one of our modules as a program of its own, and reads the JSON that it writes. */
export async function askProgram<Answer>(
  { signal }: Bench,
  module: URL,
  argument: string,
): Promise<Answer> {
  const args = ["--import", "tsx", module.pathname, argument];
  const { stdout } = await promisify(execFile)(process.execPath, args, { signal });
  return JSON.parse(stdout) as Answer;
}

/** Memory of a process in MiB, as Linux counts it: what it has now, and the most that it ever had. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const mebibytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
  return { now: mebibytes("VmRSS"), most: mebibytes("VmHWM") };
}

/** Seconds that a process and those it started have had of a CPU; those that ended count when they were waited for. */
export function cpuSecondsOf(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
  });
  return ticks.reduce((sum, one) => sum + one, 0) / 100;
}

/** A process and those that it started. */
export function familyOf(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return [pid, ...children.split(" ").filter(Boolean).map(Number)];
}
