import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { migrationLock } from "@mam-services/common/database";
import pg from "pg";

import { connectionOf } from "../../api/src/database/pool.ts";
import { launch, run } from "../../local/processes.ts";
import { needs } from "./support/needs.ts";
import { Person } from "./support/person.ts";
import { type Platform, account, startPlatform } from "../../local/platform.ts";
import { until } from "../../local/wait.ts";

describe("the database", needs, () => {
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.close());

  const migrate = (overrides = {}) =>
    run("migrate", { ...platform.variables, ...platform.database.migrate, ...overrides });
  const asAdministrator = (sql: string) => platform.database.server.query(sql, [], "defaultdb");
  const administrator = (parameters: string[], input = "", variables = {}) =>
    run("administrator", { ...platform.variables, ...variables }, { parameters, input });
  /** What an application user gets when it runs SQL on a connection of its own. */
  const as = async (which: "api" | "apiB", sql: string) => {
    const { POSTGRES_URL: url, POSTGRES_CA_CERT: certificateAuthority } = platform.database[which];
    const client = new pg.Client(connectionOf({ url, certificateAuthority }));
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  test("is migrated by two deployments at once, and again without a change", async () => {
    await platform.database.server.createDatabase("fresh", "doadmin");
    const url = new URL(platform.database.migrate.POSTGRES_URL);
    url.pathname = "/fresh";
    const fresh = () => migrate({ POSTGRES_URL: url.href });
    const runs = [...(await Promise.all([fresh(), fresh(), fresh()])), await fresh()];

    assert.deepEqual(
      runs.map(({ code, output }) => (code === 0 ? 0 : output)),
      [0, 0, 0, 0],
    );
    const names = await platform.database.server.query(
      "select name from migrations order by id",
      [],
      "fresh",
    );
    assert.deepEqual(
      names.map(({ name }) => name),
      ["0001_accounts", "0002_media", "0003_service_levels", "0004_backups"],
    );
  });

  test("is migrated by one deployment at a time: the others wait", async () => {
    const { POSTGRES_URL: url, POSTGRES_CA_CERT: certificateAuthority } = platform.database.migrate;
    const other = new pg.Client(connectionOf({ url, certificateAuthority }));
    await other.connect();
    await other.query("select pg_advisory_lock($1)", [migrationLock]);
    const waiting = migrate();
    await until("the migration waits", async () => {
      const rows = await asAdministrator(
        "select 1 from pg_locks where locktype = 'advisory' and not granted",
      );
      return rows.length === 1;
    });
    await other.end();

    assert.equal((await waiting).code, 0);
  });

  test("gives both application users their rights on what there is, at each migration", async () => {
    await asAdministrator(
      "set role doadmin; create table later (id int generated always as identity, a int)",
    );
    await assert.rejects(as("apiB", "insert into later (a) values (1)"), /permission denied/);
    await migrate();

    await as("api", "insert into later (a) values (1)");
    assert.deepEqual(await as("apiB", "delete from later returning id, a"), [{ id: 1, a: 1 }]);
    await assert.rejects(as("api", "create table mine (id int)"), /permission denied/);
    await asAdministrator("drop table later");
  });

  test("is not migrated when the certificate is of another authority, a user is missing, or nothing is said", async () => {
    const stranger = platform.valkey.authority;
    const foreign = await migrate({ POSTGRES_CA_CERT: stranger });
    const nobody = await migrate({ POSTGRES_APPLICATION_USERS: "nobody" });
    const silent = await run("migrate", { MAM_ENVIRONMENT: "test", LOG_LEVEL: "info" });

    assert.equal(foreign.code, 1);
    assert.match(foreign.output, /self-signed|unable to verify|certificate/i);
    assert.equal(nobody.code, 1);
    assert.match(nobody.output, /role \\"nobody\\" does not exist/);
    assert.equal(silent.code, 2);
    assert.match(silent.errors, /POSTGRES_URL is missing/);
    const password = new URL(platform.database.migrate.POSTGRES_URL).password;
    for (const { output, errors } of [foreign, nobody])
      assert.ok(!`${output}${errors}`.includes(password));
  });

  test("ends what the api's users ask for too long, on connections of the pool too", async () => {
    await platform.start();
    await until("the pool opens connections with it", async () => {
      const rows = await asAdministrator(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'mam_app'",
      );
      const [row] = await as("api", "select current_setting('statement_timeout') as timeout");
      return rows.length >= 0 && row?.timeout === "10s";
    });
    const [row] = await as(
      "api",
      "select current_setting('idle_in_transaction_session_timeout') as timeout",
    );
    assert.equal(row?.timeout, "30s");
  });

  test("serves the other application user when the two take turns", async () => {
    const api = await platform.start(platform.database.apiB);
    const person = new Person(api.url);
    assert.equal((await person.signIn()).status, 200);
    assert.equal((await person.call("GET", "/api/assets")).status, 200);
  });

  test("an account is made once, and its generated password is shown once", async () => {
    const made = await administrator(["--email", "New@Example.com"]);
    const password = /shown this once: (\S+)/.exec(made.output)?.[1] ?? "";
    const again = await administrator(["--email", "new@example.com"]);
    const api = await platform.start();
    const signIn = async (secret: string) => {
      const body = { email: "new@example.com", password: secret };
      return (await new Person(api.url).call("POST", "/api/session", { body })).status;
    };

    assert.equal(made.code, 0);
    assert.ok(password.length >= 20);
    assert.equal(again.code, 0);
    assert.match(again.output, /nothing was changed/);
    assert.doesNotMatch(again.output, /shown this once/);
    assert.equal(await signIn(password), 200);
  });

  test("a password is replaced when that is asked for, and the account's sessions end", async () => {
    const stdin = ["--email", account.email, "--password-stdin"];
    const person = new Person((await platform.start()).url);
    await person.signIn();
    const same = await administrator(stdin, `${account.password}\n`);
    const other = await administrator(stdin, "another long password");
    assert.deepEqual([same.code, other.code], [0, 1]);
    assert.equal((await person.refresh()).status, 200);

    const reset = await administrator([...stdin, "--reset-password"], "another long password");
    assert.equal(reset.code, 0);
    assert.ok(!reset.output.includes("another long password"));
    assert.equal((await person.refresh()).status, 401);
    assert.equal((await person.signIn()).status, 401);
    assert.equal((await person.signIn("another long password")).status, 200);
    await administrator([...stdin, "--reset-password"], account.password);
  });

  test("a command line that cannot be understood is explained, and changes nothing", async () => {
    const wrong = await Promise.all([
      administrator([]),
      administrator(["--email", "nobody"]),
      administrator(["--emial", "a@b.c"]),
      administrator(["--email", "a@b.c", "--password-stdin"], "short"),
    ]);
    const help = await administrator(["--help"]);

    for (const { code, errors } of wrong) {
      assert.equal(code, 2);
      assert.match(errors, /--help/);
    }
    assert.equal(help.code, 0);
    assert.match(help.output, /Examples:\n {2}npm run administrator -- --email/);
    assert.deepEqual(await asAdministrator("select 1 from users where email = 'a@b.c'"), []);
  });

  test("that refuses the password keeps a new instance out of traffic", async () => {
    const url = new URL(platform.database.api.POSTGRES_URL);
    url.password = "wrong";
    const api = launch("main", { ...platform.variables, POSTGRES_URL: url.href });
    const port = await until(
      "it listens",
      () => api.lines().find(({ msg }) => msg === "listening")?.port as number | undefined,
    );
    const health = await until("only the database is away", async () => {
      const response = await fetch(`http://127.0.0.1:${port}/api/health`);
      const body = (await response.json()) as { checks: { valkey: string } };
      return body.checks.valkey === "ok" && { status: response.status, body };
    });

    assert.deepEqual(health, {
      status: 503,
      body: {
        status: "starting",
        service: "api",
        release: "sha256:test",
        checks: { database: "away", valkey: "ok" },
      },
    });
    api.child.kill("SIGTERM");
    assert.equal((await api.ended).code, 0);
  });

  test("whose connections end in the middle of transactions fails those, and no instance", async () => {
    const sql = (text: string) => platform.database.server.query(text, [], "defaultdb");
    const api = await platform.start();
    const person = new Person(api.url);
    await person.signIn();
    // Longer than anything here takes: it is ended below.
    const held = sql(
      "begin; lock table refresh_tokens in access exclusive mode; select pg_sleep(600); commit",
    ).then(
      () => "it was not cancelled",
      (error: unknown) => (error as Error).message,
    );
    const waitsFor = (condition: string) =>
      until(`a session waits: ${condition}`, async () => {
        const [row] = await sql(
          `select count(*)::int as count from pg_stat_activity where ${condition}`,
        );
        return Number(row?.count) > 0;
      });
    await waitsFor("wait_event = 'PgSleep'");
    const waiting = Array.from({ length: 6 }, () => person.refresh());
    await waitsFor("wait_event_type = 'Lock'");
    await sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'mam_app%'",
    );
    await sql("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'");
    assert.match(await held, /canceling statement due to user request/);
    const answers = await Promise.all(waiting);

    // Whoever still waited for a connection gets a new one.
    const statuses = new Set(answers.map(({ status }) => status));
    assert.deepEqual(
      [...statuses].filter((status) => status !== 200),
      [503],
    );
    assert.equal((await fetch(`${api.url}/api/health`)).status, 200);
    await until("the next one is served", async () => (await person.refresh()).status === 200);
    assert.equal(await api.stop(), 0);
  });

  test("that goes away fails requests with 503, and no instance", async () => {
    const api = await platform.start();
    const person = new Person(api.url);
    await person.signIn();
    await platform.database.server.close();

    const listed = await person.call<{ error: { code: string } }>("GET", "/api/assets");
    assert.deepEqual([listed.status, listed.body.error.code], [503, "unavailable"]);
    const health = await fetch(`${api.url}/api/health`);
    assert.equal(health.status, 200);
    assert.equal(((await health.json()) as { status: string }).status, "degraded");
    assert.equal(await api.stop(), 0);
  });
});
