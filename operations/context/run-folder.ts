import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, join } from "node:path";

import { type Holder, holderSchema, isRunning, mayLive } from "./holder.ts";
import { writeAtomically } from "./atomic-write.ts";
import { type Place, makePrivate } from "./place.ts";

/**
 * What one process works on: the stacks as Terraform reads them, the saved plans, and what Terraform leaves. It is
 * `<runs>/<environment>-<pid>-<random>/`, with `owner.json` and a directory for each stack, in which Terraform runs:
 *
 * - `cdk.tf.json`, `.terraform/`, `.terraform.lock.hcl`: the stack, made ready
 * - {@link planFile}: the saved plan, with secrets in clear
 * - {@link pidFile}: the Terraform that runs in it
 * - {@link unsavedState}: a state that Terraform could not write where it belongs
 *
 * Nothing beside a process changes what it judged, and nothing of it is left when it ends.
 */
export interface RunFolder {
  /** Absolute. */
  readonly path: string;
  /** Directory of a stack, made where it is not there yet. */
  stack(name: string): string;
  /** Removes all of it, unless a Terraform still runs in it, or a state lies in it and nowhere else. */
  remove(): void;
}

/** A run folder that lies there, of this or another process. */
export interface FoundRun {
  readonly path: string;
  readonly environment: string;
  /** Undefined for one that does not say whose it is yet. */
  readonly owner: Holder | undefined;
  /** Process number of the owner. */
  readonly pid: number;
  /** Files with states that Terraform could not write where they belong, absolute. */
  readonly unsavedStates: readonly string[];
  /** Whether its process may still be there. */
  readonly isOwned: boolean;
  readonly running: readonly RunningTerraform[];
}

/** A Terraform that runs in a run folder. */
export interface RunningTerraform {
  readonly pid: number;
  /** Name of the stack. */
  readonly stack: string;
  readonly since: Date;
}

/** Name of a saved plan in its stack's directory. */
export const planFile = "plan";

/** Name of the file in which a Terraform that runs in a stack's directory says its process number. */
export const pidFile = "terraform.pid";

/** Name of the file that Terraform leaves when it cannot write a state (1.11.4, internal/backend/local). */
export const unsavedState = "errored.tfstate";

const ownerFile = "owner.json";

/** The run folders that this process has. They go with it, however it ends. */
const own = new Set<RunFolder>();

const removeOwn = () => {
  for (const folder of own) folder.remove();
};

/** Makes the run folder of a process, and clears away what dead ones left. */
export function openRunFolder(
  { root, runs }: Place,
  environment: string,
  owner: Holder,
): RunFolder {
  [root, runs].forEach(makePrivate);
  for (const found of findRuns({ runs }).filter(({ isOwned }) => !isOwned)) clearAway(found);
  const name = `${environment}-${owner.pid}-${randomBytes(4).toString("hex")}`;
  const path = join(runs, name);
  mkdirSync(path, { mode: 0o700 });
  writeAtomically(join(path, ownerFile), JSON.stringify({ ...owner, environment }), 0o600);
  const folder: RunFolder = {
    path,
    stack: (stack) => {
      const directory = join(path, stack);
      makePrivate(directory);
      return directory;
    },
    remove: () => {
      own.delete(folder);
      const found = findRun(runs, name);
      if (found) clearAway(found);
    },
  };
  if (own.size === 0) process.off("exit", removeOwn).once("exit", removeOwn);
  own.add(folder);
  return folder;
}

/** Every run folder of a checkout: of processes that work, and of dead ones whose left-overs are still needed. */
export function findRuns({ runs }: Pick<Place, "runs">): FoundRun[] {
  if (!existsSync(runs)) return [];
  return readdirSync(runs).flatMap((name) => findRun(runs, name) ?? []);
}

/** Removes what a process worked on. Where a part of it is still needed, the rest and what holds secrets is removed. */
function clearAway({ path, unsavedStates, running }: FoundRun): void {
  if (running.length > 0) return;
  if (unsavedStates.length === 0) {
    rmSync(path, { recursive: true, force: true });
    return;
  }
  for (const stack of stacksIn(path)) {
    for (const name of readdirSync(stack).filter(isOfPlan)) rmSync(join(stack, name));
  }
}

/** A saved plan is applied only by the process that judged it; the other is what was read of it. */
function isOfPlan(name: string): boolean {
  return name === planFile || name.startsWith("terraform-show.");
}

function findRun(runs: string, name: string): FoundRun | undefined {
  const [, environment, pid] = /^(.+)-(\d+)-[0-9a-f]+$/.exec(name) ?? [];
  if (environment === undefined) return undefined;
  const path = join(runs, name);
  try {
    const stacks = stacksIn(path);
    const owner = ownerOf(path);
    return {
      path,
      environment,
      pid: Number(pid),
      owner,
      isOwned: owner ? mayLive(owner) : isRunning(Number(pid)),
      unsavedStates: stacks.map((stack) => join(stack, unsavedState)).filter(existsSync),
      running: stacks.flatMap(runningIn),
    };
  } catch (error) {
    // Its process ended meanwhile, and took it away.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Directories of the stacks that a run works on. */
function stacksIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name));
}

function ownerOf(path: string): Holder | undefined {
  const text = textOf(join(path, ownerFile));
  return text === undefined ? undefined : holderSchema.safeParse(JSON.parse(text)).data;
}

/** The Terraform that runs in a directory, if any. */
export function runningIn(directory: string): RunningTerraform[] {
  const file = join(directory, pidFile);
  const pid = Number(textOf(file) ?? NaN);
  if (!Number.isInteger(pid) || pid <= 0 || !isRunning(pid)) return [];
  // A later process of the same number is somewhere else.
  const where = workingDirectoryOf(pid);
  if (where !== undefined && where !== realpathSync(directory)) return [];
  return [{ pid, stack: basename(directory), since: statSync(file).mtime }];
}

/** Where a process works; undefined where the system does not say. */
function workingDirectoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
