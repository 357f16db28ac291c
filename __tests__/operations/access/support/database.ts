import { spawn } from "node:child_process";
import { join } from "node:path";

import { type EngineName, databaseEngines, findEngines, skipReason } from "@mam-infra/engines";

import { type Access, readAccesses } from "../../../../operations/ledger/accesses.ts";
import { ledgerOf } from "../../../../operations/ledger/place.ts";
import { imageOfData } from "../../../../rehearsal/harness/rehearsal-cloud.ts";
import { type TestPlatform, openDeployedPlatform } from "../../../support/platform.ts";

const needed: readonly EngineName[] = ["postgres", "pgbouncer", "valkey"];
const engines = await findEngines({ only: needed });

/** `test` where PostgreSQL and Valkey are there; else skipped, with what brings them in the name. */
export function testDatabase(name: string, play: () => Promise<void>) {
  const reason = skipReason(engines, ["postgres", "valkey"]);
  if (reason === undefined) test(name, play, 120_000);
  else test.skip(`${name} [not run: ${reason}]`, play);
}

/** A deployed environment whose databases are real, with a table of the administrator's. */
export async function openDatabasePlatform(): Promise<TestPlatform> {
  const databases = databaseEngines(engines);
  const platform = await openDeployedPlatform("staging", { imageOf: imageOfData, databases });
  await serverOf(platform)(
    "SET ROLE doadmin; CREATE TABLE assets (id int, title text); INSERT INTO assets VALUES (1, 'first'), (2, 'second')",
  );
  return platform;
}

/** The environment's PostgreSQL cluster, as the account has it. */
export function clusterOf({ cloud }: TestPlatform) {
  const cluster = cloud.digitalOcean.store.databases.find(({ engine }) => engine === "pg");
  if (!cluster) throw new Error("there is no PostgreSQL");
  return cluster;
}

/** SQL as the server's superuser, in the environment's database. */
export function serverOf(platform: TestPlatform) {
  const { query } = platform.cloud.digitalOcean.databases!.measurable(clusterOf(platform).id)!;
  return (text: string) => query!(text, "mam");
}

/** Names of the users that were made for sessions. */
export async function readersOf(platform: TestPlatform): Promise<unknown[]> {
  const rows = await serverOf(platform)(
    "SELECT rolname FROM pg_roles WHERE rolname LIKE 'mam\\_reader\\_%'",
  );
  return rows.map(({ rolname }) => rolname);
}

/** Values of the cluster's trusted sources. */
export const sourcesOf = (platform: TestPlatform) =>
  clusterOf(platform).rules.map(({ value }) => value);

/** The sessions of the history, oldest first. */
export const sessionsOf = (platform: TestPlatform): Promise<readonly Access[]> =>
  readAccesses(ledgerOf(platform.session()));

/** A `mam` that runs. */
export interface RunningMam {
  readonly pid: number;
  readonly ended: Promise<{
    readonly exitCode: number;
    readonly stdout: string;
    readonly stderr: string;
  }>;
  /** Gives it something to read. */
  write(text: string): void;
  /** Waits until its standard output has a text. */
  printed(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

const program = join(import.meta.dirname, "../../../../operations/mam.mjs");

/** Starts `mam` with the environment variables of a command. */
export function startMam(
  platform: TestPlatform,
  args: readonly string[],
  changed: Readonly<Record<string, string>> = {},
): RunningMam {
  const env = { ...platform.variables, ...changed };
  const child = spawn(process.execPath, [program, ...args], { env });
  const output = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<Awaited<RunningMam["ended"]>>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ exitCode: code ?? -1, ...output });
    });
  });
  return {
    pid: child.pid!,
    ended,
    write: (text) => child.stdin.write(text),
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!output.stdout.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`it ended without ${text}: ${output.stderr}`));
        });
      }),
    kill: (signal) => child.kill(signal),
  };
}
