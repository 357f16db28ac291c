import { type Dirent, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import type { Workspace } from "./workspace.ts";

/** A file that a rehearsal's commands left. */
export interface LeftFile {
  readonly file: string;
  /** Where it is, as a person finds it in the workspace. */
  readonly place: string;
}

/** Every file that commands left in a workspace, but for the provider programs, which are the same for everybody. */
export function leftFiles({ root }: Pick<Workspace, "root">): LeftFile[] {
  const programs = join(root, "providers");
  return readdirSync(root, { withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== programs)
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]))
    .map((file) => ({ file, place: relative(root, file) }));
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry: Dirent) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * What speaks against files that are left: a saved plan, which holds secrets in a form that no search finds, and anything
 * of `mam`'s own that somebody else could read.
 */
export function objectionsTo({ root, runs }: Pick<Workspace, "root" | "runs">): string[] {
  return leftFiles({ root }).flatMap(({ file, place }) => [
    ...(isSavedPlan(file) ? [`a saved plan lies in ${place}`] : []),
    ...(file.startsWith(runs) && isReadable(file, root) ? [`others may read ${place}`] : []),
  ]);
}

/** Whether a file is a plan of Terraform: a ZIP archive with an entry of this name (1.11.4, internal/plans/planfile). */
function isSavedPlan(file: string): boolean {
  const content = readFileSync(file);
  return (
    content.subarray(0, 4).toString("latin1") === "PK\u0003\u0004" && content.includes("tfplan")
  );
}

/** Whether somebody else may read a file: it and every directory on the way to it let them. */
function isReadable(file: string, root: string): boolean {
  const mayPass = (path: string): boolean =>
    path === root || ((statSync(path).mode & 0o011) !== 0 && mayPass(dirname(path)));
  return (statSync(file).mode & 0o044) !== 0 && mayPass(dirname(file));
}
