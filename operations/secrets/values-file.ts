import { existsSync, mkdirSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";

import { askGit } from "../context/git.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";
import { writeAtomically } from "../context/atomic-write.ts";

/** Where generated values go unless a person names another file. `.gitignore` has the directory. */
export function valuesPath({ project, environment }: Session, file: string | undefined): string {
  if (file !== undefined) return isAbsolute(file) ? file : resolve(project, file);
  return join(project, ".secrets", `${environment.config.name}.env`);
}

/**
 * Refuses a file in which values would be lost or published.
 *
 * @throws NotConfigured when the file exists, or git would take it.
 */
export async function refuseUnsafe(path: string): Promise<void> {
  if (existsSync(path)) {
    throw new NotConfigured(
      `${path} exists, and the values in it may be in use. Nothing was written.\n  fix: use what it has, name another file with --file, or remove it`,
    );
  }
  if (await isSeenByGit(path)) {
    throw new NotConfigured(
      `git would take ${path} into the repository. Nothing was written.\n  fix: leave --file out, name a file outside the repository, or add it to .gitignore`,
    );
  }
}

/** Writes values so that only this user reads them, from the first byte. */
export function writeValues(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeAtomically(path, content, 0o600);
}

/** Whether a file lies in a repository that does not ignore it. Exit codes of check-ignore: 0 ignored, 1 not, 128 no repository. */
async function isSeenByGit(path: string): Promise<boolean> {
  const directory = existingAncestor(dirname(path));
  const { exitCode } = await askGit(directory, ["check-ignore", "-q", "--", path]);
  return exitCode === 1;
}

function existingAncestor(directory: string): string {
  return existsSync(directory) ? directory : existingAncestor(dirname(directory));
}
