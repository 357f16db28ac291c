import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { type TestDatabase, startTestDatabase } from "../../../packages/engines/src/index.ts";
import { type Variables, account, variablesOf } from "../../local/api-variables.ts";
import { startTestStorage } from "../../local/storage.ts";
import type { Bench } from "../bench.ts";
import { type ValkeyAccess, startValkey } from "./valkey.ts";

/** What is around the api. */
export interface Surroundings {
  readonly database: TestDatabase;
  readonly valkey: ValkeyAccess;
  /** What an instance is told. */
  readonly variables: Variables;
}

/** Starts PostgreSQL with its pool, Valkey and storage, migrates, and makes an account. */
export async function surroundings(bench: Bench): Promise<Surroundings> {
  const database = await startTestDatabase(bench.engines);
  bench.defer(() => database.close());
  const storage = await startTestStorage();
  bench.defer(() => storage.close());
  const valkey = await startValkey(bench);
  const { REDIS_URL, authorityFile } = valkey;
  const variables = variablesOf(database, { REDIS_URL, authorityFile }, storage);
  await run(bench, "migrate", { ...variables, ...database.migrate });
  const parameters = ["--email", account.email, "--password-stdin"];
  await run(bench, "administrator", variables, { parameters, input: account.password });
  return { database, valkey, variables };
}

/** Runs one of the api's programs to its end. @throws with what it wrote when it fails */
async function run(
  { built, signal }: Bench,
  program: "migrate" | "administrator",
  variables: Variables,
  { parameters = [], input = "" }: { parameters?: readonly string[]; input?: string } = {},
): Promise<void> {
  const main = join(built, "api/dist", `${program}.js`);
  const env = { PATH: process.env.PATH, ...variables };
  const child = spawn(process.execPath, [main, ...parameters], { env, signal });
  child.stdin.end(input);
  const ended = once(child, "close") as Promise<[number | null]>;
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${output}${errors}`);
}
