import { type DatabaseAccess, clientSettings, migrationLock } from "@mam-services/common/database";
import pg from "pg";

import { DumpError } from "./error.ts";

/** Milliseconds to wait for a lock: a value that nobody else sets, so that it shows whether it arrived. */
const lockTimeout = 61_001;

/** Limits that would end a session which waits for a long dump. Not every version of PostgreSQL has all of them. */
const limits = [
  "statement_timeout",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
  "transaction_timeout",
];

/**
 * Opens a connection that is PostgreSQL's own. A pool refuses the settings at the connection's begin, or drops them: through
 * one, a snapshot and a lock would belong to whatever connection it takes next, and pg_dump's settings to other clients.
 *
 * @throws DumpError when POSTGRES_URL leads to a pool.
 */
export async function connectDirectly(access: DatabaseAccess, name: string): Promise<pg.Client> {
  const client = new pg.Client({
    ...clientSettings(access, name),
    options: `-c lock_timeout=${lockTimeout}`,
    keepAlive: true,
  });
  // What it was waiting for fails with it.
  client.on("error", () => undefined);
  await client.connect().catch((error: unknown) => {
    throw isOfPool(error) ? pooled() : error;
  });
  try {
    await prepare(client);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function prepare(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ lock: string }>(
    "select current_setting('lock_timeout') as lock",
  );
  if (rows[0]?.lock !== `${lockTimeout}ms`) throw pooled();
  await client.query(
    "select set_config(name, '0', false) from pg_settings where name = any($1::text[])",
    [limits],
  );
}

const isOfPool = (error: unknown) =>
  error instanceof Error && error.message.includes("unsupported startup parameter");

const pooled = () =>
  new DumpError("POSTGRES_URL leads to a pool: a dump needs the cluster's own port");

/** Whether PostgreSQL gave up to wait for a lock: SQLSTATE 55P03. */
export const isLockTimeout = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === "55P03";

/** Version of the server: `170012`, and as it says it itself. */
export async function serverVersion(client: pg.Client): Promise<{ major: number; text: string }> {
  const { rows } = await client.query<{ number: string; text: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as text",
  );
  const { number = "", text = "" } = rows[0] ?? {};
  return { major: Math.floor(Number(number) / 10_000), text: text.split(" ")[0] ?? "" };
}

/**
 * Keeps migrations out until the connection ends: a migration that begins meanwhile waits.
 *
 * @throws DumpError when a migration runs for a minute already.
 */
export async function keepMigrationsOut(client: pg.Client): Promise<void> {
  await client.query("select pg_advisory_lock($1)", [migrationLock]).catch((cause: unknown) => {
    if (!isLockTimeout(cause)) throw cause;
    throw new DumpError("a migration runs: the dump waited for a minute", { cause });
  });
}
