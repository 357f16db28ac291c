import { join } from "node:path";

import { execa } from "execa";

import { NotConfigured } from "../../context/credentials.ts";
import type { Variables } from "../../context/variables.ts";
import { RestoreRefused } from "../refused.ts";

/** Variable that names the directory with PostgreSQL's client programs, one directory a major. */
export const clientsVariable = "MAM_POSTGRES_CLIENTS";

/** How pg_restore is run. */
export interface RestoreProgram {
  readonly path: string;
  /** Milliseconds after which one of its runs is ended. */
  readonly limit: number;
}

const minutes = 60_000;

/** Longest that one run of pg_restore may take. */
const longestRun = 120 * minutes;

/**
 * pg_restore of a major version.
 *
 * @throws NotConfigured with the line that brings it, when it is not there.
 */
export async function restoreProgram(major: string, variables: Variables): Promise<RestoreProgram> {
  const directory = variables[clientsVariable] ?? "/usr/lib/postgresql";
  const path = join(directory, major, "bin", "pg_restore");
  const { failed } = await execa(path, ["--version"], { reject: false, extendEnv: false });
  if (!failed) return { path, limit: longestRun };
  throw new NotConfigured(
    `${path} is missing: the dump is of PostgreSQL ${major}.\n  fix: apt-get install postgresql-client-${major}, or name the directory that has ${major}/bin/pg_restore in ${clientsVariable}`,
  );
}

/** What a run of pg_restore is told. */
export interface RestoreRun {
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs pg_restore. @returns what it wrote. @throws RestoreRefused with its last words. */
export async function runRestore(
  { path, limit }: RestoreProgram,
  { arguments: parameters, environment = {}, signal: cancelSignal }: RestoreRun,
): Promise<string> {
  const options = { env: environment, extendEnv: false, timeout: limit, cancelSignal };
  const run = await execa(path, parameters, { ...options, reject: false, stdin: "ignore" });
  cancelSignal.throwIfAborted();
  if (!run.failed) return run.stdout;
  const words = run.stderr.trim().split("\n").slice(-3).join(" / ");
  throw new RestoreRefused(
    run.timedOut
      ? `pg_restore took longer than ${limit / minutes} minutes`
      : `pg_restore: ${words}`,
  );
}
