import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { migrationLock } from "@mam-services/common/database";
import type pg from "pg";

import { connectDirectly, keepMigrationsOut } from "../../backup/src/dump/sessions.ts";
import { takeSnapshot } from "../../backup/src/dump/snapshot.ts";
import { countRows, emptied, tablesOf } from "../../backup/src/dump/tables.ts";
import { until } from "../../local/wait.ts";
import { type BackupPlatform, fill, needs, startBackupPlatform } from "./support/platform.ts";

const uploads = '"public"."uploads"';
/** Each time: a column that has the type already is not rewritten without an expression. */
const rewriting = "alter table uploads alter column size type numeric using size * 1";

describe("a snapshot for a dump", needs, () => {
  let platform: BackupPlatform;
  const clients: pg.Client[] = [];
  const direct = async () => {
    const { POSTGRES_URL: url, POSTGRES_CA_CERT: certificateAuthority } = platform.database.migrate;
    const client = await connectDirectly({ url, certificateAuthority }, "test");
    clients.push(client);
    return client;
  };
  before(async () => {
    platform = await startBackupPlatform();
    await fill(await direct(), 5000);
  });
  after(async () => {
    await Promise.all(clients.map((client) => client.end()));
    await platform.close();
  });

  /** Begins to rewrite a table, lets work wait for it, and commits. */
  async function beside<T>(work: () => Promise<T>): Promise<T> {
    const migration = await direct();
    await migration.query("begin");
    await migration.query(rewriting);
    const result = work();
    await until("somebody waits for the table", async () => {
      const [row] = await platform.database.server.query(
        "select count(*)::int as waiting from pg_locks where not granted",
      );
      return row?.waiting === 1;
    });
    await migration.query("commit");
    return result;
  }

  test("that is taken before the locks, as pg_dump does it, has a table that was rewritten empty", async () => {
    const client = await direct();
    const rows = await beside(async () => {
      await client.query("begin isolation level repeatable read");
      await client.query("select pg_export_snapshot()");
      return countRows(client, [uploads]);
    });
    await client.query("rollback");
    assert.deepEqual(rows, { [uploads]: 0 });
  });

  test("has every row of a table that was rewritten meanwhile", async () => {
    const client = await direct();
    const tables = await tablesOf(client);
    await beside(() => takeSnapshot(client, tables));
    assert.deepEqual(await countRows(client, [uploads]), { [uploads]: 5000 });
  });

  test("is refused when a table came meanwhile", async () => {
    const client = await direct();
    const tables = await tablesOf(client);
    const other = await direct();
    await other.query("create table late (id int)");
    await assert.rejects(takeSnapshot(client, tables), /tables were made or dropped/);
  });

  test("says what it may not read, and not that somebody alters it", async () => {
    const { server } = platform.database;
    await server.query(
      "create schema secret; create table secret.notes (id int); grant usage on schema secret to doadmin",
      [],
      "defaultdb",
    );
    const client = await direct();
    await assert.rejects(takeSnapshot(client, ['"secret"."notes"']), /^error: permission denied/);
    await server.query("drop schema secret cascade", [], "defaultdb");
  });

  test("is refused when a table stays locked, and a dump when a migration goes on", async () => {
    const other = await direct();
    await other.query("create table kept (id int)");
    await other.query("begin; lock table kept in access exclusive mode");
    await other.query("select pg_advisory_lock($1)", [migrationLock]);
    const client = await direct();
    // Both locks are held for as long as this takes: nobody has to wait for a minute.
    await client.query("set lock_timeout = 1");

    await assert.rejects(keepMigrationsOut(client), {
      name: "DumpError",
      message: "a migration runs: the dump waited for a minute",
    });
    await assert.rejects(takeSnapshot(client, ['"public"."kept"']), {
      name: "DumpError",
      message: "the tables could not be locked within a minute: somebody alters one",
    });
    await client.query("rollback");
    await other.query("select pg_advisory_unlock($1)", [migrationLock]);
    await other.query("rollback");
  });

  test("is not taken through a pool that drops the settings of a connection", async () => {
    const { pooler, api } = platform.database;
    const pool = { name: "mam-pool", user: "mam_app", database: "defaultdb" };
    await pooler!.setPools([{ ...pool, mode: "transaction", size: 10 }], {
      ignore_startup_parameters: "extra_float_digits,options",
    });
    const access = { url: api.POSTGRES_URL, certificateAuthority: api.POSTGRES_CA_CERT };

    await assert.rejects(connectDirectly(access, "test"), {
      name: "DumpError",
      message: "POSTGRES_URL leads to a pool: a dump needs the cluster's own port",
    });
  });

  test("keeps migrations out until the session ends", async () => {
    const holder = await direct();
    await keepMigrationsOut(holder);
    const migration = await direct();
    const isFree = async () => {
      const { rows } = await migration.query<{ free: boolean }>(
        "select pg_try_advisory_lock($1) as free",
        [migrationLock],
      );
      return rows[0]?.free === true;
    };
    assert.equal(await isFree(), false);
    clients.splice(clients.indexOf(holder), 1);
    await holder.end();
    assert.equal(await until("the lock is free", isFree), true);
  });
});

test("a table with rows right before the dump and none in it counts as emptied", () => {
  assert.deepEqual(emptied({ a: 5, b: 0, c: 2 }, { a: 0, b: 0, c: 1 }), ["a"]);
  assert.deepEqual(emptied({ a: 5 }, {}), ["a"]);
  assert.deepEqual(emptied({ a: 0 }, { a: 3 }), []);
});
