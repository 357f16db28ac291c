import { type DatabaseAccess, migrationLock } from "@mam-services/common/database";
import { runner } from "node-pg-migrate";
import pg from "pg";
import type { Logger } from "pino";

import { connectionOf } from "./pool.ts";

/** What a migration needs. */
export interface MigrationOptions extends DatabaseAccess {
  /** Users of the API; each gets its rights on everything there is, every time. */
  readonly applicationUsers: readonly string[];
  /** Directory of the SQL files, which run in the order of their numbers. */
  readonly directory: string;
  readonly log: Logger;
}

/**
 * Brings the schema up to date and grants the API's users their rights, over a direct connection as the administrator.
 *
 * Two migrations at once take turns: the second waits for the first and finds nothing left to do. An older image that
 * is deployed again leaves newer tables alone, so a migration only ever adds (expand), and removes what no running
 * release reads any more a release later (contract).
 *
 * @throws Error when a migration or a grant fails: nothing of it is kept then.
 */
export async function migrate(options: MigrationOptions): Promise<void> {
  const client = new pg.Client(connectionOf(options));
  await client.connect();
  try {
    await client.query("set lock_timeout = '5min'");
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    // A change that waits for a table's lock holds up everybody behind it: better to fail and come again.
    await client.query("set lock_timeout = '10s'");
    await runMigrations(client, options);
    await grantRights(client, options);
  } finally {
    // The lock goes with the session.
    await client.end();
  }
}

async function runMigrations(dbClient: pg.Client, { directory, log }: MigrationOptions) {
  const say = (message: string) => {
    log.info({ detail: message.trim() }, "migration");
  };
  const done = await runner({
    dbClient,
    dir: directory,
    direction: "up",
    migrationsTable: "migrations",
    schema: "public",
    singleTransaction: true,
    noLock: true,
    logger: { debug: say, info: () => undefined, warn: say, error: say },
  });
  log.info({ migrations: done.map(({ name }) => name) }, "the schema is up to date");
}

async function grantRights(client: pg.Client, { applicationUsers, log }: MigrationOptions) {
  for (const user of applicationUsers) {
    const name = pg.escapeIdentifier(user);
    for (const right of [
      "grant usage on schema public",
      "grant select, insert, update, delete on all tables in schema public",
      "grant usage, select on all sequences in schema public",
    ])
      await client.query(`${right} to ${name}`);
  }
  log.info({ users: applicationUsers }, "the API's users have their rights");
}
