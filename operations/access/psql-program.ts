import { type ChildProcess, type StdioOptions, spawn, spawnSync } from "node:child_process";

import { NotConfigured } from "../context/credentials.ts";
import type { Variables } from "../context/variables.ts";

/** What of this process's environment psql gets: no token and no key, since `\!` opens a shell. */
const passedOn = [
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TERM", "COLUMNS", "LINES"],
  ...["LANG", "LC_ALL", "LC_CTYPE", "TZ", "PAGER", "PSQL_PAGER", "LESS", "EDITOR", "VISUAL"],
  ...["PSQLRC", "PSQL_HISTORY", "PSQL_EDITOR", "NO_COLOR"],
];

/** Where psql connects to, as its variables (PostgreSQL documentation, "Environment Variables" of libpq). */
export type ConnectionVariables = Readonly<Record<`PG${string}`, string>>;

/** Name of the system's program. */
const program = "psql";

/**
 * Looks for psql.
 *
 * @returns its major version.
 * @throws NotConfigured with the line that installs it.
 */
export function psqlMajor(variables: Variables): number {
  const { output } = spawnSync(program, ["--version"], {
    env: { PATH: variables.PATH },
    encoding: "utf8",
  });
  // Null, whatever its type says, when there is no such program.
  const [, stdout = ""] = (output as readonly (string | null)[] | null) ?? [];
  const [, major] = /psql \(PostgreSQL\) (\d+)/.exec(stdout ?? "") ?? [];
  if (major !== undefined) return Number(major);
  throw new NotConfigured(
    `psql is not on the PATH\n  fix: ${process.platform === "darwin" ? "brew install libpq && brew link --force libpq" : "sudo apt-get install postgresql-client"}`,
  );
}

/** How psql is run. */
export interface PsqlRun {
  readonly variables: Variables;
  readonly connection: ConnectionVariables;
  readonly args: readonly string[];
  readonly stdio: StdioOptions;
}

/** Starts psql. Nothing secret is among its arguments or variables. */
export function startPsql({ variables, connection, args, stdio }: PsqlRun): ChildProcess {
  const given = passedOn.flatMap((name) => {
    const value = variables[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return spawn(program, args, { env: { ...Object.fromEntries(given), ...connection }, stdio });
}

/** What SQL came to that was run to its end. */
export interface SqlResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options under which a script stops at its first error, and prints rows and nothing else. */
export const scriptArgs = [
  "--no-psqlrc",
  "--quiet",
  "--no-align",
  "--tuples-only",
  "--set=ON_ERROR_STOP=1",
  "--file=-",
];

/** Runs SQL to its end. It is given by standard input, so that no process list has it. */
export async function runSql(
  { variables, connection }: Pick<PsqlRun, "variables" | "connection">,
  sql: string,
): Promise<SqlResult> {
  const child = startPsql({ variables, connection, args: scriptArgs, stdio: "pipe" });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  // It may have ended before it read everything, which its exit code says.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(sql);
  return { exitCode: await endOf(child), ...output };
}

/** The exit code of a process; that of a shell for one that a signal ended. @throws Error when it cannot be started. */
export function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}
