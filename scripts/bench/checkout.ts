import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

/** A commit in a directory of its own, installed as on a fresh machine. */
export interface Checkout {
  readonly directory: string;
  /** What `npm ci` left, in MiB, and how long it took, in seconds. */
  readonly installed: { readonly mebibytes: number; readonly seconds: number };
  remove(): Promise<void>;
}

/**
 * Checks a commit out into a temporary directory, and installs it.
 *
 * @throws Error with what git or npm said.
 */
export async function checkOut(revision: string, interruption: AbortSignal): Promise<Checkout> {
  const directory = join(mkdtempSync(join(tmpdir(), "mam-infra-bench-")), "checkout");
  const options = { cancelSignal: interruption } as const;
  const remove = async () => {
    await execa("git", ["worktree", "remove", "--force", directory], { reject: false });
    rmSync(join(directory, ".."), { recursive: true, force: true });
  };
  try {
    await execa("git", ["worktree", "add", "--detach", directory, revision], options);
    const begun = performance.now();
    const ci = ["ci", "--no-audit", "--no-fund"];
    await execa("npm", ci, { ...options, cwd: directory });
    const seconds = (performance.now() - begun) / 1000;
    const { stdout } = await execa("du", ["-sm", "node_modules"], { cwd: directory });
    return { directory, installed: { mebibytes: parseInt(stdout, 10), seconds }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
