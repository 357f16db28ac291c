import { type ChildProcess, spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";

import { type KnownProcess, isStill, processNow } from "../context/holder.ts";

/** Milliseconds that what was told to end has for it. */
const grace = 1000;

/** A process that runs: its number, and its parent's. */
type Kin = readonly [pid: number, parent: number];

/**
 * Ends a program with everything that was started from it. psql's `\!` opens a shell, which ignores the signal that ends psql
 * and puts what it starts into process groups of its own, so that neither psql nor its group is enough. What ignores the end of
 * its terminal as well is killed.
 */
export async function endWithDescendants(child: ChildProcess): Promise<void> {
  // Before psql is gone: its children are nobody's afterwards.
  const others = child.pid === undefined ? [] : descendantsOf(child.pid, running()).map(processNow);
  child.kill("SIGTERM");
  if (others.length === 0) return;
  signal(others, "SIGHUP");
  // Nothing that is stopped hears of it.
  signal(others, "SIGCONT");
  await setTimeout(grace);
  signal(others.filter(isStill), "SIGKILL");
}

/** Numbers of everything that was started from a process, and from what it has started. */
export function descendantsOf(root: number, all: readonly Kin[]): number[] {
  const children = all.flatMap(([pid, parent]) => (parent === root ? [pid] : []));
  return children.flatMap((pid) => [pid, ...descendantsOf(pid, all)]);
}

/** Every process of this machine, by the system's own program (POSIX). */
function running(): Kin[] {
  const { output } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  // Null, whatever its type says, when there is no such program.
  const [, stdout = ""] = (output as readonly (string | null)[] | null) ?? [];
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return pid && parent ? [[pid, parent] as const] : [];
  });
}

function signal(processes: readonly KnownProcess[], name: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}
