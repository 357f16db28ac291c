import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where everything that a rehearsal writes lives, and nothing of it lives elsewhere. */
export const rehearsalDirectory = ".rehearsal";

/** The files of one rehearsal. */
export interface Workspace {
  /** `.rehearsal/<environment>`, absolute. */
  readonly root: string;
  /** Terraform JSON of the stacks, as `cdktf` writes it. */
  readonly outdir: string;
  /** Release and sealed files of the rehearsal: the environment's own stay as they are. */
  readonly releases: string;
  /** What `mam` works on; the checkout's own stays as it is. */
  readonly runs: string;
  /** Home directory of every child process. */
  readonly home: string;
  /** Temporary directory of every child process. */
  readonly temporary: string;
  /** What every command printed, a file each. */
  readonly logs: string;
}

/** Thrown when a rehearsal cannot begin; the message says what to do. */
export class CannotRehearse extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CannotRehearse";
  }
}

/**
 * Makes an empty workspace with the release files of environments. Left-overs of an earlier rehearsal are removed, whatever state it left them in.
 *
 * @param directory that it lies in; default: that of the project.
 * @throws CannotRehearse when another rehearsal of the environment is still running.
 */
export function openWorkspace(
  project: string,
  name: string,
  environments: readonly string[] = [name],
  directory = project,
): Workspace {
  const root = join(directory, rehearsalDirectory, name);
  refuseSecondRehearsal(root, name);
  rmSync(root, { recursive: true, force: true });
  const workspace = {
    root,
    outdir: join(root, "cdktf.out"),
    releases: join(root, "releases"),
    runs: join(root, "mam"),
    home: join(root, "home"),
    temporary: join(root, "tmp"),
    logs: join(root, "logs"),
  };
  for (const directory of Object.values(workspace)) mkdirSync(directory, { recursive: true });
  writeFileSync(lockFile(root), String(process.pid));
  for (const environment of environments) {
    const release = `${environment}.release.json`;
    cpSync(join(project, "environments", release), join(workspace.releases, release));
  }
  return workspace;
}

/** Gives the workspace back: its files stay for inspection, or go. */
export function closeWorkspace({ root }: Workspace, keep: boolean): void {
  if (keep) rmSync(lockFile(root), { force: true });
  else rmSync(root, { recursive: true, force: true });
}

function refuseSecondRehearsal(root: string, environment: string): void {
  const file = lockFile(root);
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8")) : NaN;
  if (Number.isInteger(pid) && pid !== process.pid && isRunning(pid)) {
    throw new CannotRehearse(
      `Another rehearsal of ${environment} is running (process ${pid}). Wait for it, or end it: kill ${pid}`,
    );
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function lockFile(root: string): string {
  return join(root, "rehearsal.pid");
}
