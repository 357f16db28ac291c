import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { asAdministrator, reachDatabase } from "../../../operations/access/database.ts";
import { psqlSession } from "../../../operations/access/psql.ts";
import { distrust, trust } from "../../../operations/access/trusted-sources.ts";
import { plainProgress } from "../../../operations/context/progress.ts";
import { placeVariable } from "../../../operations/context/place.ts";
import type { TestPlatform } from "../../support/platform.ts";
import {
  clusterOf,
  openDatabasePlatform,
  readersOf,
  serverOf,
  sessionsOf,
  sourcesOf,
  startMam,
  testDatabase,
} from "./support/database.ts";

let platform: TestPlatform;
/** The address that this machine has on the rehearsal's internet. */
const visitorAddress = "203.0.113.1";

beforeAll(async () => {
  platform = await openDatabasePlatform();
}, 120_000);
afterAll(async () => {
  await platform.end();
});

const silent = plainProgress(() => undefined);
const session = (...args: string[]) =>
  startMam(platform, ["psql", "staging", "--reason", "ticket 1", ...args]);
const sql = (text: string, ...args: string[]) => session("--command", text, ...args).ended;

const nothingOpen = async () => {
  expect(sourcesOf(platform)).toEqual([clusterOf(platform).rules[0]!.value]);
  expect(sourcesOf(platform)[0]).toMatch(/^10\./);
  expect(await readersOf(platform)).toEqual([]);
};

testDatabase("SQL is answered, and nothing stays open but the record", async () => {
  const { exitCode, stdout, stderr } = await sql("SELECT title FROM assets ORDER BY id");

  expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0, stdout: "first\nsecond\n" });
  await nothingOpen();
  expect((await sessionsOf(platform)).at(-1)).toMatchObject({
    kind: "psql",
    may: "read",
    reason: "ticket 1",
    address: visitorAddress,
    result: "ended",
    exitCode: 0,
  });
});

testDatabase("a session may not write, not even when it turns read-only off", async () => {
  const { exitCode, stderr } = await sql(
    "SET default_transaction_read_only = off; SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; DELETE FROM assets",
  );

  expect(exitCode).toBe(3);
  expect(stderr).toContain("permission denied for table assets");
  expect(await serverOf(platform)("SELECT count(*)::int AS n FROM assets")).toEqual([{ n: 2 }]);
  expect((await sessionsOf(platform)).at(-1)).toMatchObject({ result: "ended", exitCode: 3 });
  await nothingOpen();
});

testDatabase("rights of tables name no user that goes with its session", async () => {
  const running = session();
  running.write("SELECT current_user;\n");
  await running.printed("mam_reader_");
  const rights = await serverOf(platform)(
    "SELECT relacl::text AS rights FROM pg_class WHERE relname = 'assets'",
  );
  running.write("\\q\n");

  expect(await running.ended).toMatchObject({ exitCode: 0 });
  expect(JSON.stringify(rights)).toContain("mam_readers=r/doadmin");
  expect(JSON.stringify(rights)).not.toContain("mam_reader_");
});

testDatabase("with --write the administrator changes what is there", async () => {
  const { exitCode } = await sql("UPDATE assets SET title = 'new' WHERE id = 2", "--write");

  expect(exitCode).toBe(0);
  expect(await serverOf(platform)("SELECT title FROM assets WHERE id = 2")).toEqual([
    { title: "new" },
  ]);
  expect((await sessionsOf(platform)).at(-1)).toMatchObject({ may: "write", result: "ended" });
  await nothingOpen();
});

testDatabase("while a session is open its address is trusted beside all others", async () => {
  const running = session();
  running.write("SELECT 'i am in';\n");
  await running.printed("i am in");

  expect(sourcesOf(platform)).toEqual([expect.stringMatching(/^10\./), visitorAddress]);
  expect(await readersOf(platform)).toHaveLength(1);
  const files = passwordFiles(platform);
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  const passwords = files.map((file) => readFileSync(file, "utf8").trim().split(":").at(-1)!);
  const lines = everyCommandLine();
  for (const password of passwords) expect(lines).not.toContain(password);
  running.kill("SIGTERM");
  expect(await running.ended).toMatchObject({ exitCode: 130 });
  expect((await sessionsOf(platform)).at(-1)).toMatchObject({ result: "interrupted" });
  await nothingOpen();
  expect(passwordFiles(platform)).toEqual([]);
});

testDatabase("a session from the same address outlives one that ends before it", async () => {
  const first = session();
  first.write("SELECT 'first is in';\n");
  await first.printed("first is in");
  await sql("SELECT 1");

  expect(sourcesOf(platform)).toContain(visitorAddress);
  first.write("\\q\n");
  await first.ended;
  await nothingOpen();
});

testDatabase(
  "what a killed session left is found by doctor, and taken back by the next",
  async () => {
    const killed = session();
    killed.write("SELECT 'i am in';\n");
    await killed.printed("i am in");
    killed.kill("SIGKILL");
    await killed.ended;

    expect(sourcesOf(platform)).toContain(visitorAddress);
    const doctor = await startMam(platform, ["doctor", "staging"]).ended;
    expect(doctor.stdout).toContain("mam psql staging --close");
    const verify = await startMam(platform, ["verify", "staging"]).ended;
    expect(verify.stdout).toContain("mam psql staging --close");

    expect(await sql("SELECT 1")).toMatchObject({ exitCode: 0 });
    await nothingOpen();
    expect((await sessionsOf(platform)).at(-2)).toMatchObject({ result: "closed" });
  },
);

testDatabase("--close ends every session, and takes out what was let in by hand", async () => {
  const running = session();
  running.write("SELECT 'i am in';\n");
  await running.printed("i am in");
  clusterOf(platform).rules.push({
    ...clusterOf(platform).rules[0]!,
    uuid: "by-hand",
    value: "198.51.100.9",
  });
  const closed = await startMam(platform, ["psql", "staging", "--close"]).ended;

  expect(closed).toMatchObject({ exitCode: 0 });
  expect(closed.stdout).toContain("took 198.51.100.9 out of the trusted sources");
  await nothingOpen();
  running.write("SELECT 1;\n\\q\n");
  expect((await running.ended).stderr).toContain("terminating connection");
});

testDatabase("when its time is up a session ends, whatever psql does", async () => {
  const sleeps = Array.from({ length: 9 }, () => "SELECT pg_sleep(1);").join("");
  const asked = { minutes: 0.05, reason: "ticket 1", write: false, command: sleeps };
  const { ok, exitCode } = await psqlSession(platform.session(), asked, silent);

  expect({ ok, exitCode }).toEqual({ ok: false, exitCode: 1 });
  expect((await sessionsOf(platform)).at(-1)).toMatchObject({ result: "timed out" });
  await nothingOpen();
});

testDatabase(
  "a plan shows the address of an open session, and a deployment would take it out",
  async () => {
    const running = session();
    running.write("SELECT 'i am in';\n");
    await running.printed("i am in");
    const plan = await startMam(platform, ["plan", "staging"]).ended;
    running.write("\\q\n");
    await running.ended;

    expect(plan.stdout).toContain(visitorAddress);
  },
);

testDatabase("without a reason, and for longer than half a day, there is no session", async () => {
  const before = await sessionsOf(platform);
  const silent = await startMam(platform, ["psql", "staging"]).ended;
  const long = await sql("SELECT 1", "--minutes", "241");
  const elsewhere = await sql("SELECT 1", "--address", "somewhere");

  expect(silent).toMatchObject({ exitCode: 2 });
  expect(silent.stderr).toContain("--reason");
  expect(long).toMatchObject({ exitCode: 2 });
  expect(elsewhere).toMatchObject({ exitCode: 2 });
  expect(await sessionsOf(platform)).toEqual(before);
});

testDatabase("without psql the line is said that installs it, and nothing is opened", async () => {
  const args = ["psql", "staging", "--reason", "x"];
  const { exitCode, stderr } = await startMam(platform, args, { PATH: "/nowhere" }).ended;

  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/apt-get install postgresql-client|brew install libpq/);
  await nothingOpen();
});

testDatabase(
  "what the server refuses its administrator is said in the server's words",
  async () => {
    const opened = platform.session();
    const database = await reachDatabase(opened);
    const api = opened.clients.digitalOcean();
    await trust(api, database.clusterId, visitorAddress);
    const asked = asAdministrator(opened, database, "SELECT nothing");

    await expect(asked).rejects.toThrow(/^mam-staging-postgres said: .*"nothing" does not exist/s);
    await distrust(api, database.clusterId, [visitorAddress]);
    await nothingOpen();
  },
);

testDatabase(
  "a session for which the server makes no user is said, recorded as failed, and leaves nothing open",
  async () => {
    await serverOf(platform)("ALTER ROLE doadmin NOCREATEROLE");
    const { exitCode, stderr } = await sql("SELECT 1");
    await serverOf(platform)("ALTER ROLE doadmin CREATEROLE");

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^mam-staging-postgres said: .*permission denied/ms);
    expect((await sessionsOf(platform)).at(-1)).toMatchObject({ result: "failed" });
    await nothingOpen();
  },
);

testDatabase("an answer that got lost leaves nothing open", async () => {
  const lost = { platform: "digitalocean", method: "PUT", path: "/firewall$", times: 2 } as const;
  platform.cloud.faults.add({ ...lost, kind: "dropped-connection" });
  expect(await sql("SELECT 1")).toMatchObject({ exitCode: 0 });
  await nothingOpen();
});

testDatabase(
  "a platform that is gone holds nobody: what may be left is said, with the way out",
  async () => {
    const told: string[] = [];
    const opened = platform.session();
    const heard = {
      ...opened,
      output: { ...opened.output, tell: (text: string) => void told.push(text) },
    };
    const asked = { minutes: 1, reason: "ticket 1", write: false, command: "SELECT pg_sleep(2)" };
    const going = psqlSession(heard, asked, silent, { takeBackSeconds: 0.5 });
    while ((await readersOf(platform)).length === 0)
      await new Promise((done) => setTimeout(done, 50));
    const gone = {
      platform: "digitalocean",
      kind: "dropped-connection",
      path: "/firewall$",
    } as const;
    platform.cloud.faults.add({ ...gone, times: 40 });
    const { ok, data } = await going;
    platform.cloud.faults.clear();

    expect(ok).toBe(false);
    expect(data).toMatchObject({ result: "ended", exitCode: 0 });
    const words = told.join("");
    expect(words).toContain("Not everything of the session was closed");
    expect(words).toMatch(
      /what may be left: 203\.0\.113\.1 among the trusted sources of \S+, and the user mam_reader_/,
    );
    expect(words).toContain("fix: mam psql staging --close");
    expect(await startMam(platform, ["psql", "staging", "--close"]).ended).toMatchObject({
      exitCode: 0,
    });
    await nothingOpen();
  },
);

/** Files with passwords in the run folders. */
function passwordFiles({ variables }: TestPlatform): string[] {
  const place = variables[placeVariable] ?? "";
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".pgpass"))
    .map((name) => join(place, name));
}

/** What every process of this machine was started with. */
function everyCommandLine(): string {
  const lines = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        // It has ended meanwhile.
        return "";
      }
    });
  return lines.join("\n");
}
