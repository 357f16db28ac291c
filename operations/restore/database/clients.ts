import { join } from "node:path";

import { execa } from "execa";

import { NotConfigured } from "../../context/credentials.ts";
import type { Variables } from "../../context/variables.ts";
import { RestoreRefused } from "../refused.ts";

/** Variable that names the directory with PostgreSQL's client programs, one directory a major. */
export const clientsVariable = "MAM_POSTGRES_CLIENTS";

/** How one of PostgreSQL's client programs is run. */
export interface PostgresProgram {
  readonly name: "pg_dump" | "pg_restore";
  readonly path: string;
  /** Milliseconds after which one of its runs is ended. */
  readonly limit: number;
}

const minutes = 60_000;

/** Longest that one run may take. */
const longestRun = 120 * minutes;

/**
 * A client program of a major version.
 *
 * @throws NotConfigured with the line that brings it, when it is not there.
 */
export async function postgresProgram(
  name: PostgresProgram["name"],
  major: string,
  variables: Variables,
): Promise<PostgresProgram> {
  const directory = variables[clientsVariable] ?? "/usr/lib/postgresql";
  const path = join(directory, major, "bin", name);
  const { failed } = await execa(path, ["--version"], { reject: false, extendEnv: false });
  if (!failed) return { name, path, limit: longestRun };
  throw new NotConfigured(
    `${path} is missing: the database is of PostgreSQL ${major}.\n  fix: apt-get install postgresql-client-${major}, or name the directory that has ${major}/bin/${name} in ${clientsVariable}`,
  );
}

/** What a run is told. */
export interface ProgramRun {
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs a program. @returns what it wrote. @throws RestoreRefused with its last words. */
export async function runProgram(
  { name, path, limit }: PostgresProgram,
  { arguments: parameters, environment = {}, signal: cancelSignal }: ProgramRun,
): Promise<string> {
  const options = { env: environment, extendEnv: false, timeout: limit, cancelSignal };
  const run = await execa(path, parameters, { ...options, reject: false, stdin: "ignore" });
  cancelSignal.throwIfAborted();
  if (!run.failed) return run.stdout;
  throw new RestoreRefused(
    run.timedOut
      ? `${name} took longer than ${limit / minutes} minutes`
      : `${name}: ${lastWords(run.stderr)}`,
  );
}

/** Lines of a program's last words that are kept. */
const kept = 3;

/** What went wrong: the first error, and what follows it, which may be a long command; without one the last lines. */
function lastWords(said: string): string {
  const lines = said.trim().split("\n");
  const at = lines.findIndex((line) => line.includes("error: "));
  return (at < 0 ? lines.slice(-kept) : lines.slice(at, at + kept)).join(" / ");
}
