import { setTimeout } from "node:timers/promises";

import type { Strike } from "../../harness/commands.ts";
import type { Mam } from "../../harness/mam.ts";

/** What may happen to a deployment. */
export type StrikeName = "SIGTERM" | "SIGKILL" | "SIGKILL of Terraform";

/** How often a Terraform is looked for, in milliseconds: the shortest of them runs for a quarter of a second. */
const pause = 5;

/** Strikes at a moment, in milliseconds after the start of a command; not at all when it has ended by then. */
export function strikeAt(name: StrikeName, milliseconds: number, mam: Mam): Strike {
  return async (kill, ended) => {
    await setTimeout(milliseconds, undefined, { signal: ended }).catch(() => undefined);
    if (ended.aborted) return;
    if (name === "SIGKILL of Terraform") await killTerraform(mam, ended);
    else kill(name);
  };
}

/** Kills every Terraform that runs, or the next one that does. */
async function killTerraform(mam: Mam, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    const running = mam.runningTerraform();
    for (const pid of running) killIfThere(pid);
    if (running.length > 0) return;
    await setTimeout(pause);
  }
}

/** Kills a process, which may have ended since it was found. */
export function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It has ended since.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
