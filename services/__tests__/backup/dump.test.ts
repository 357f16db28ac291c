import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

import { HeadObjectCommand } from "@aws-sdk/client-s3";

import { migrationLock } from "@mam-services/common/database";
import { lockDays } from "../../local/storage.ts";
import { launch } from "../../local/processes.ts";
import { until } from "../../local/wait.ts";
import { cuttingClients, restoreProgram } from "./support/clients.ts";
import { type BackupPlatform, fill, needs, startBackupPlatform } from "./support/platform.ts";

const run = promisify(execFile);
const assetsCount = 500;
/** Bytes that no compression makes smaller: pg_dump has seconds to do. */
const manyBytes =
  "select n, (select string_agg(md5(random()::text || n || m), '') from generate_series(1, 100) m)";

let platform: BackupPlatform;
const dump = (told: Readonly<Record<string, string>> = {}) =>
  launch("once", { ...platform.variables, ...told }, { service: "backup" });

/** Memory that a dump of any size may take, in bytes: Node.js itself, and two parts. */
const mostMemory = 256 * 2 ** 20;

/** The most memory that a process has had, in bytes, as Linux counts it; 0 elsewhere. */
async function peakMemory(pid: number | undefined, ended: Promise<unknown>): Promise<number> {
  let peak = 0;
  const over = new AbortController();
  void ended.then(() => {
    over.abort();
  });
  while (!over.signal.aborted) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? peak / 1024) * 1024;
    await delay(20);
  }
  return peak;
}

/** Nothing of a dump that failed may look like one. */
async function nothingNew(work: () => Promise<void>): Promise<void> {
  const { keys } = await platform.stored();
  await work();
  assert.deepEqual(await platform.stored(), { keys, uploads: [] });
}

describe("a dump", needs, () => {
  before(async () => {
    platform = await startBackupPlatform();
    const client = await platform.connect();
    await fill(client, assetsCount);
    await client.end();
  });
  after(() => platform.close());

  test("is in the bucket with a manifest that says what is in it", async () => {
    const { code, output } = await dump().ended;
    assert.equal(code, 0, output);
    const { keys, uploads } = await platform.stored();
    const manifest = await platform.manifest();
    assert.deepEqual(keys, [manifest.object, `dumps/${manifest.id}/manifest.json`]);
    assert.deepEqual(uploads, []);
    const archive = await platform.read(manifest.object);
    assert.equal(archive.length, manifest.bytes);
    assert.equal(createHash("sha256").update(archive).digest("hex"), manifest.sha256);
    assert.equal(manifest.rows.dumped['"public"."assets"'], assetsCount);
    assert.deepEqual(manifest.rows.before, manifest.rows.dumped);
    assert.equal(manifest.migration, "0004_backups");
    assert.match(manifest.newest.assets?.createdAt ?? "", /^\d{4}-/);
    assert.equal(manifest.newest.jobs, null);
    assert.ok(manifest.privileges.includes("public.assets: DELETE to mam_app"));
    assert.match(output, /"msg":"database dumped"/);
    assert.doesNotMatch(output, /AVNS_|secret-of/);
  });

  test("cannot be deleted before its time", async () => {
    const { object } = await platform.manifest();
    const head = await platform.storage.root.send(
      new HeadObjectCommand({ Bucket: platform.storage.buckets.backups, Key: object }),
    );
    assert.equal(head.ObjectLockMode, "GOVERNANCE");
    const days = (head.ObjectLockRetainUntilDate!.getTime() - Date.now()) / 86_400_000;
    assert.ok(days > lockDays - 1, `${days} days`);
  });

  test("is written down where the api sees how old it is", async () => {
    const client = await platform.connect();
    const { rows } = await client.query("select id, bytes::int as bytes from backups");
    await client.end();
    const { id, bytes } = await platform.manifest();
    assert.deepEqual(rows, [{ id, bytes }]);
  });

  test("restores, with every row", async () => {
    const { object } = await platform.manifest();
    const directory = await mkdtemp(join(tmpdir(), "mam-restore-"));
    try {
      const file = join(directory, "database.dump");
      await writeFile(file, await platform.read(object));
      const { server } = platform.database;
      await server.createDatabase("copy", "doadmin");
      const way = ["--host", server.socketDirectory, "--port", String(server.port)];
      const parameters = [...way, "--username", "postgres", "--exit-on-error", "--dbname", "copy"];
      await run(restoreProgram.path, [...parameters, file], { env: restoreProgram.environment });
      const [row] = await server.query("select count(*)::int as count from assets", [], "copy");
      assert.equal(row?.count, assetsCount);
      await server.dropDatabase("copy");
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test("is made where a table of that name is something else", async () => {
    const client = await platform.connect();
    await client.query("alter table backups rename column taken_at to at");
    const { code, output } = await dump().ended;
    const { rows } = await client.query("select count(*)::int as count from backups");
    await client.query("alter table backups rename column at to taken_at");
    await client.end();
    assert.equal(code, 0, output);
    assert.deepEqual(rows, [{ count: 1 }]);
  });

  test("that has fewer bytes than pg_dump wrote is not there, although pg_dump ended well", async () => {
    const cut = await cuttingClients(20_000);
    await nothingNew(async () => {
      const { code, output } = await dump({ POSTGRES_CLIENTS: cut.path }).ended;
      assert.equal(code, 1);
      assert.match(output, /pg_restore ended with exit code 1/);
    });
    await cut.remove();
  });

  test("that storage does not take says why, also where nothing of it can be taken back", async () => {
    const { faults } = platform.storage.cloud;
    const failing = { platform: "wasabi", kind: "error-before-effect", times: 20 } as const;
    for (const method of ["PUT", "DELETE"])
      faults.add({ ...failing, method, path: "/database\\.dump$" });
    const { code, output } = await dump().ended;
    faults.clear();
    assert.equal(code, 1);
    assert.match(
      output,
      /"message":"[^"]+; what was sent stays until the bucket's rule removes it: /,
    );
    await platform.forgetUploads();
  });

  test("through the pool is refused", async () => {
    await nothingNew(async () => {
      const { POSTGRES_URL } = platform.database.api;
      const { code, output } = await dump({ POSTGRES_URL }).ended;
      assert.equal(code, 1);
      assert.match(output, /leads to a pool/);
    });
  });

  test("with programs of another major is refused before anything is done", async () => {
    await nothingNew(async () => {
      const { code, output } = await dump({ POSTGRES_CLIENTS: tmpdir() }).ended;
      assert.equal(code, 1);
      assert.match(output, /the image needs postgresql-client-\d\d/);
    });
  });

  test("without its variables ends with 2, and says which", async () => {
    const { code, errors } = await dump({ BACKUP_HOUR: "24", BACKUPS_BUCKET: "" }).ended;
    assert.equal(code, 2);
    assert.match(errors, /BACKUPS_BUCKET/);
    assert.match(errors, /BACKUP_HOUR: expected an hour/);
  });

  test("that has no rows of a table which had some right before is not there", async () => {
    const { server } = platform.database;
    const [first, last] = [await platform.connect(), await platform.connect()];
    await first.query("create table aaa as select 1 as one");
    await last.query("begin; lock table users in access exclusive mode");
    await nothingNew(async () => {
      const { ended } = dump();
      await until("the rows of users are counted", async () => {
        const [row] = await server.query(
          "select count(*)::int as n from pg_locks where not granted",
        );
        return row?.n === 1;
      });
      await first.query("truncate aaa");
      await last.query("commit");
      const { code, output } = await ended;
      assert.equal(code, 1, output);
      assert.match(
        output,
        /no rows of tables that had some right before it: \\"public\\"\.\\"aaa\\"/,
      );
    });
    await first.query("drop table aaa");
    await Promise.all([first.end(), last.end()]);
  });

  describe("of much data", () => {
    before(async () => {
      const client = await platform.connect();
      await client.query(
        `create table much as ${manyBytes} as text from generate_series(1, 25000) n`,
      );
      await client.end();
    });

    const copying = () =>
      until("pg_dump copies the table", async () => {
        const [row] = await platform.database.server.query(
          "select pid from pg_stat_activity where query ilike 'copy public.much%' and state = 'active'",
        );
        return row?.pid as number | undefined;
      });

    test("has several parts, and needs little memory", async () => {
      const { child, ended } = dump();
      const peak = await peakMemory(child.pid, ended);
      const { code, output } = await ended;
      assert.equal(code, 0, output);
      assert.ok(peak < mostMemory, `${peak} bytes`);
      const { bytes, object } = await platform.manifest();
      assert.ok(bytes > 40 * 2 ** 20, `${bytes} bytes`);
      assert.equal((await platform.read(object)).length, bytes);
    });

    test("keeps migrations out until it is there", async () => {
      const { ended } = dump();
      await copying();
      const client = await platform.connect();
      const lock = "select pg_try_advisory_lock($1) as free";
      const { rows } = await client.query<{ free: boolean }>(lock, [migrationLock]);
      const { code } = await ended;
      const after = await client.query<{ free: boolean }>(lock, [migrationLock]);
      await client.end();
      assert.deepEqual([rows[0]?.free, code, after.rows[0]?.free], [false, 0, true]);
    });

    test("whose connection the server ends half-way is not there", async () => {
      await nothingNew(async () => {
        const { ended } = dump();
        await platform.database.server.query("select pg_terminate_backend($1)", [await copying()]);
        const { code, output } = await ended;
        assert.equal(code, 1);
        assert.match(output, /pg_dump ended with exit code 1/);
      });
    });

    test("that is interrupted leaves nothing behind", async () => {
      await nothingNew(async () => {
        const { child, ended } = dump();
        await copying();
        child.kill("SIGTERM");
        const { code, output } = await ended;
        assert.equal(code, 130);
        assert.match(output, /dump given up/);
      });
    });

    test("is made at once by the service of a new platform, which ends with 0 at SIGTERM", async () => {
      const client = await platform.connect();
      await client.query("truncate backups");
      // No dump is due by the hour while this looks.
      const BACKUP_HOUR = String((new Date().getUTCHours() + 12) % 24);
      const told = { ...platform.variables, BACKUP_HOUR };
      const service = launch("main", told, { service: "backup" });
      await until("the service waits", () =>
        service.lines().some(({ msg }) => msg === "waiting for the next dump"),
      );
      assert.deepEqual(
        service.lines().map(({ msg }) => msg),
        ["database dumped", "waiting for the next dump"],
      );
      service.child.kill("SIGTERM");
      assert.equal((await service.ended).code, 0);
      await client.end();
    });
  });
});
