import { chmodSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** Environment variable that names another directory than `.mam` of the project, as a rehearsal does. */
export const placeVariable = "MAM_DIRECTORY";

/**
 * Where a checkout keeps what `mam` is working on, absolute. Nobody else may look into it, and git ignores it:
 *
 * - `runs/<environment>-<pid>-<random>/`: what one process works on (run-folder.ts)
 * - `locks/`: who changes which environment (environment-lock.ts)
 * - `ready/<hash>/`: what `terraform init` made, for stacks that say the same (terraform/initialisation.ts)
 */
export interface Place {
  /** All of it. */
  readonly root: string;
  readonly runs: string;
  readonly locks: string;
  readonly ready: string;
}

/** The place of a checkout. Nothing is made yet. */
export function placeOf(
  project: string,
  variables: Readonly<Record<string, string | undefined>>,
): Place {
  const root = resolve(project, variables[placeVariable] ?? ".mam");
  return {
    root,
    runs: join(root, "runs"),
    locks: join(root, "locks"),
    ready: join(root, "ready"),
  };
}

/** Makes a directory, and what it is in, that only this user may look into; also one that stood open before. */
export function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
}
